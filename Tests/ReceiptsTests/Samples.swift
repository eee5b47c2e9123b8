// SPDX-License-Identifier: Apache-2.0

import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

/// Fixed keys, times and blinds: what the golden files are made of.
enum Samples {
    static let log: UTF8String = "writ.example/1"

    static func seed(_ name: String) -> [UInt8] { digest("seed " + name).bytes }
    static func digest(_ name: String) -> Digest { ContentDigest.of([("", Array(name.utf8))]) ?? TreeHash.emptyRoot }
    static func pair(_ name: String) throws -> Ed25519KeyPair { try Ed25519KeyPair(seed: seed(name)) }
    static func receipts() throws -> Ed25519KeyPair { try pair("receipts") }
    static func logSigner() throws -> NoteSigner { try NoteSigner(name: log.string, kind: .note, seed: seed("log")) }
    static func witness(_ number: Int) throws -> NoteSigner {
        try NoteSigner(name: "witness.example/\(number)", kind: .cosignature, seed: seed("witness \(number)"))
    }

    static func time(_ text: String) throws -> Timestamp { try #require(Timestamp(parsing: text)) }
    static func id(_ text: String) throws -> UUIDv7 { try #require(UUIDv7(parsing: text)) }
    static func denyID() throws -> UUIDv7 { try id("0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c10") }
    static func blind() throws -> Blind { try #require(Blind(bytes: digest("blind").bytes)) }

    static let parameters: JSON = [
        "path": "/internal/finances/payroll.xlsx", "effect": ["verb": "read", "type": "File", "id": "/reports/q1.csv"],
        "a/b~c": 1, "größe": [true, nil],
    ]

    static func commitments() throws -> CallCommitments {
        CallCommitments(
            blind: try blind(), method: "tools/call", serverDigest: nil, tool: "read_document",
            definition: digest("definition"), parameters: parameters, parameterBytes: parameters.serialized(),
            effects: [CommittedEffect(verb: "read", type: "File", id: "/internal/finances/payroll.xlsx")])
    }

    static func identity() -> Receipt.Identity {
        Receipt.Identity(
            state: .verified, kind: "passport", issuer: "Example Ltd", digest: digest("passport"), assurance: 2,
            chain: [digest("root passport")], onBehalfOf: "user:alice")
    }

    static func policy(cedarAllow: Bool, determining: [UTF8String]) -> Receipt.Policy {
        Receipt.Policy(
            digest: digest("policies"), profile: "native", mode: .enforce, cedarAllow: cedarAllow,
            determining: determining)
    }

    static let state = Receipt.State(config: digest("configuration"), killEpoch: 4, revocationEpoch: 17)

    /// The refusal of the acceptance scene, with every member that a refusal can have.
    static func deny() throws -> Receipt {
        let commitments = try commitments()
        var policy = policy(cedarAllow: true, determining: ["business-hours", "reports-only"])
        policy.would = false
        policy.errors = [Receipt.Policy.Failure(policy: "amount-cap", code: "type_error")]
        return Receipt(
            receiptID: try denyID(), log: log, checkedAt: try time("2026-03-18T02:47:11.204Z"), allow: false,
            reason: "policy block: data export pattern detected outside authorized hours",
            reasons: [
                Receipt.Reason(code: "writ.policy_forbidden", policy: "business-hours"),
                Receipt.Reason(code: "oap.policy_error"),
            ],
            agentID: "agent-passport:prod-worker-7", session: "s-2026.03:18", identity: identity(),
            call: Receipt.Call(
                surface: "mcp-stdio", enforcement: .enforcing, server: .known("docs"), tool: .known("read_document"),
                definition: digest("definition"), request: commitments.request, sd: commitments.sd,
                sdOmitted: commitments.omitted),
            policy: policy, state: state,
            limits: [Receipt.Limit(id: "reads-per-hour", kind: .rate, outcome: .exceeded)],
            approval: Receipt.Approval(
                id: try id("0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c11"), group: "finance", state: .required, needed: 2,
                by: [
                    Receipt.Approval.Approver(id: "bob", assurance: .separateUser, kid: digest("bob's key"))
                ]),
            evidence: digest("evidence"), custody: .protected, engine: "writ/0.1.0", nonce: "Z2uLuEznJn3VIN7KSBHI8Q")
    }

    /// An allow of somebody unknown for a tool whose name is not pinned, with as little as possible.
    static func allow() throws -> Receipt {
        let blind = try blind()
        let commitments = CallCommitments(
            blind: blind, method: "tools/call", serverDigest: digest("server"), tool: "t\u{f6}ol", definition: nil,
            parameters: nil, parameterBytes: [], effects: [])
        return Receipt(
            receiptID: try id("0199a6c2-7d40-7000-8000-000000000001"), log: log,
            checkedAt: try time("2026-03-18T02:47:11.208Z"), allow: true, reason: "allowed by open-tools", reasons: [],
            agentID: Receipt.unidentified, identity: Receipt.Identity(),
            call: Receipt.Call(
                surface: "check", enforcement: .advisory, server: .known("local"),
                tool: .committed(blind.name("t\u{f6}ol", as: .tool).digest), serverDigest: digest("server"),
                request: commitments.request, sd: commitments.sd),
            policy: policy(cedarAllow: true, determining: ["open-tools"]), state: state, custody: .cooperative,
            engine: "writ/0.1.0", expiresAt: try time("2026-03-18T02:47:41.208Z"), audience: "gateway:docs")
    }

    static func outcome() throws -> Outcome {
        Outcome(
            log: log, receiptID: try id("0199a6c2-7d40-7000-8000-000000000001"),
            at: try time("2026-03-18T02:47:12.001Z"), status: .toolError,
            result: try blind().result(Array("{\"content\":[]}".utf8)), durationMS: 793,
            findings: [Outcome.Finding(code: "secret.aws-key", count: 2)])
    }

    private static func seal(_ name: UTF8String) throws -> EventDetails.SealSignature {
        let key = try pair(name.string)
        return EventDetails.SealSignature(
            by: name, kid: key.kid,
            signature: try key.sign(EventDetails.SealSignature.message(digest("statement"))))
    }

    /// One event of each kind, in the order of the closed list.
    static func events() throws -> [Event] {
        let at = try time("2026-03-18T02:00:00.000Z")
        let until = try time("2026-03-18T03:00:00.000Z")
        let approval = try id("0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c11")
        let details: [EventDetails] = [
            .boot(
                engine: "writ/0.1.0", size: 41, root: digest("root"),
                previous: EventDetails.PreviousLog(log: "writ.example/0", size: 7, root: digest("old root"))),
            .configurationActivated(digest: digest("configuration"), previous: digest("old configuration")),
            .policyActivated(digest: digest("policies"), previous: nil, mode: .enforce),
            .modeChanged(mode: .observe, previous: .enforce, until: until),
            .killSwitchOn(scope: .agent, target: "agent-passport:prod-worker-7", reason: "reads at night"),
            .killSwitchOff(scope: .everything, target: nil, reason: "drill is over"),
            .passportIssued(
                agentID: "agent-passport:prod-worker-7", digest: digest("passport"), issuer: "Example Ltd",
                expiresAt: until),
            .passportSuspended(agentID: "agent-passport:prod-worker-7", reason: "under review"),
            .passportResumed(agentID: "agent-passport:prod-worker-7", reason: "reviewed"),
            .passportRevoked(agentID: "agent-passport:prod-worker-7", reason: "retired"),
            .approvalRequested(
                id: approval, receiptID: try denyID(), group: "finance", needed: 2, binding: digest("binding"),
                expiresAt: until),
            .approvalGiven(id: approval, approver: "bob", assurance: .hardware, binding: digest("binding")),
            .approvalRefused(id: approval, approver: "client", assurance: .client),
            .toolPinned(
                server: "docs", tool: .known("read_document"), definition: digest("definition"),
                serverDigest: digest("server")),
            .toolChanged(
                server: "docs", tool: .known("read_document"), definition: digest("new definition"),
                pinned: digest("definition"), serverDigest: nil),
            .toolApproved(
                server: "docs", tool: .committed(digest("name")), definition: digest("new definition"),
                previous: digest("definition")),
            .keyAdded(
                role: "receipts", key: try pair("next").publicKey, fromIndex: 42, previous: try receipts().kid),
            .keyRetired(role: "receipts", kid: try receipts().kid, untilIndex: 42),
            .keyCompromised(role: "log", kid: digest("a key"), sinceIndex: 9),
            .evidenceErased(scope: .receipt, target: UTF8String(try denyID().text), count: 1),
            .logPruned(minimumIndex: 256),
            .refusedFrames(count: 12, surface: "mcp-stdio", since: at, until: until),
            .gap(count: 3, since: at, until: until, why: .logUnavailable),
            .clock(why: .behind, expected: until, found: at),
            .sessionLabelled(
                agentID: "agent-passport:prod-worker-7", labels: [.network, .readSecret, .readUntrusted], until: until),
            .sessionCleared(agentID: "agent-passport:prod-worker-7", reason: "the secret was a test's"),
            .sessionThawed(session: "claude-code/7c1e", reason: "another hook had rewritten a path; it is gone"),
            .grantGiven(
                id: approval, agentID: "agent-passport:prod-worker-7", policy: digest("grant"), until: until,
                session: "claude-code/7c1e", reason: "the March report", task: digest("task")),
            .grantRevoked(id: approval, agentID: "agent-passport:prod-worker-7", reason: "the report is done"),
            .sealed(
                seal: digest("seal"), number: 2, mode: .protected, previousMode: .cooperative,
                statement: digest("statement"), signatures: try ["alice", "bob"].map { try seal($0) }),
        ]
        return try details.map { details in
            var event = Event(log: log, at: at, actor: "writ", details: details)
            if case .killSwitchOn = details {
                event.actor = "admin:alice"
                event.subject = "incident 7"
                let admin = try pair("admin")
                event.actorSignature = Event.ActorSignature(
                    kid: admin.kid, signature: try admin.sign(event.actorMessage()))
            }
            return event
        }
    }

    static func entries() throws -> [Entry] {
        [.receipt(try deny()), .receipt(try allow()), .outcome(try outcome())] + (try events().map { .event($0) })
    }

    static func signed() throws -> [SignedEntry] {
        let signer = try receipts()
        return try entries().map { try SignedEntry(signing: $0, with: signer) }
    }

    /// The bundle of an entry in a log of all samples, cosigned by two witnesses.
    static func bundle(of index: Int, in entries: [SignedEntry], origin: UTF8String = log) throws -> LogProof {
        let leaves = entries.map(\.leaf)
        let reader = TreeReader<Never>(
            size: UInt64(leaves.count), leaves: { Array(leaves[Int($0.lowerBound)..<Int($0.upperBound)]) },
            tile: { _, _ in nil })
        let size = UInt64(leaves.count)
        let checkpoint = try #require(Checkpoint(origin: origin.string, size: size, root: try reader.root(size: size)))
        let logSigner = try NoteSigner(name: origin.string, kind: .note, seed: seed("log"))
        var note = try checkpoint.signed(with: logSigner)
        note.add(try Cosignature.sign(text: note.text, time: 1_773_802_100, with: witness(1)))
        note.add(try Cosignature.sign(text: note.text, time: 1_773_802_101, with: witness(2)))
        return ReceiptVerification.bundle(
            entries[index], inclusion: try reader.inclusionProof(index: UInt64(index), size: size), checkpoint: note)
    }

    static func keys() throws -> TrustedKeys { TrustedKeys([TrustedKeys.Key(try receipts().publicKey)]) }

    static func trust(quorum: Int) throws -> LogTrust {
        let (log, one, two) = (try logSigner().key, try witness(1).key, try witness(2).key)
        return try #require(LogTrust(log: log, witnesses: [one, two], quorum: quorum))
    }
}

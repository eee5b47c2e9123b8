// SPDX-License-Identifier: Apache-2.0

import Decisions
import Effects
import Passports
import PortTesting
import Receipts
import StrictJSON
import Testing
import WireTypes

/// Attempts to run what nobody has approved. None runs.
struct ApprovalTheftTests {
    /// A call that is like the approved one but for this.
    static let others: [(String, @Sendable () throws -> ToolCall)] = [
        ("another path", { try Calls.call("read_document", ["path": "/reports/other.csv"]) }),
        ("another argument", { try Calls.call("read_document", ["path": "/reports/planted-secret.csv", "x": 1]) }),
        ("another tool", { try Calls.call("fetch_document", ["path": "/reports/planted-secret.csv"]) }),
        (
            "changed answers",
            {
                try Calls.call {
                    $0.message = $0.message.replacing(
                        JSONPointer(["params"]),
                        with: [
                            "name": "read_document", "arguments": ["path": "/reports/planted-secret.csv"],
                            "inputResponses": ["q": ["action": "accept"]],
                        ])
                }
            }
        ),
        ("another agent", { try Calls.call(as: Agents.credential { $0.agentID = "agent-passport:a2" }) }),
        ("another passport", { try Calls.call(as: Agents.credential { $0.ownerID = "org_9" }) }),
        ("another server's digest", { try Calls.call { $0.serverDigest = Samples(seed: 1).digest() } }),
        ("another definition", { try Calls.call { $0.definition = Samples(seed: 1).digest() } }),
        ("another door", { try Calls.call { $0.surface = .check } }),
        ("another folder", { try Calls.call { $0.place.workingDirectory = "/tmp" } }),
    ]

    @Test(arguments: others.indices)
    func `what is approved of one call is of no use for another`(_ number: Int) async throws {
        let world = try World.withApprovers()
        _ = await world.pipeline.answer(try Calls.call())
        let record = try world.asked()
        try await world.grant()
        let (name, call) = Self.others[number]
        #expect(!(await world.pipeline.answer(try call()).isAllowed), "\(name)")
        #expect(try world.ledger.approval(record.id)?.consumedAt == nil, "\(name)")
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed, "the call itself")
    }

    @Test func `of many retries at once one runs`() async throws {
        let world = try World.withApprovers()
        _ = await world.pipeline.answer(try Calls.call())
        try await world.grant()
        let allowed = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                let call = try Calls.call()
                // Each in a process of its own.
                group.addTask { await world.pipeline.answer(call).isAllowed }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(allowed == 1)
    }

    @Test func `a retry that was judged before another used the approval is refused, and says so`() async throws {
        let world = try World.withApprovers()
        _ = await world.pipeline.answer(try Calls.call())
        let record = try world.asked()
        try await world.grant()
        world.scripted.next { (_, _) in .approvalUnavailable(record.id) }
        let answer = await world.pipeline.answer(try Calls.call())
        #expect(answer.reasons.map(\.code) == [.approvalRequired] && answer.approval == nil)
        #expect(try world.receipt(answer).approval?.state == .expired)
        #expect(try world.replay(answer).differences.isEmpty)
    }

    @Test(arguments: [
        World.asking + #"@id("beside") permit (principal, action, resource);"#,
        #"@id("all") permit (principal, action, resource);"# + World.asking,
    ])
    func `a permit beside the one that asks takes nothing of it`(_ policies: String) async throws {
        let world = try World.withApprovers("one", policies)
        #expect(await world.pipeline.answer(try Calls.call()).reasons.map(\.code) == [.approvalRequired])
    }

    @Test func `two groups together are nobody`() async throws {
        let world = try World.withApprovers(
            "one",
            World.asking + #"@id("l") @approval("legal") permit (principal, action == Action::"read", resource);"#)
        let answer = await world.pipeline.answer(try Calls.call())
        #expect(answer.reason.hasPrefix("approval required: by finance and legal") && answer.approval == nil)
    }

    @Test(arguments: ["policy", "configuration"])
    func `what is changed in between needs another approval`(_ what: String) async throws {
        let world = try World.withApprovers()
        let refused = await world.pipeline.answer(try Calls.call())
        try await world.grant()
        let policies = World.asking + (what == "policy" ? "// another text\n" : "")
        let word: JSON = what == "policy" ? "one" : "separate"
        world.rules.set(try Books.rulebook(policies, configuration: ["of": "a test", "approvals": word]))
        let answer = await world.pipeline.answer(try Calls.call())
        #expect(!answer.isAllowed && answer.approval?.id != refused.approval?.id)
    }

    @Test func `a policy that changes after judging and before the commit needs another approval`() async throws {
        let world = try World.withApprovers()
        _ = await world.pipeline.answer(try Calls.call())
        try await world.grant()
        let changed = try Books.rulebook(
            World.asking + "// another\n", configuration: ["of": "a test", "approvals": "one"])
        world.scripted.next { (request, ledger) async throws(LedgerError) in
            world.rules.set(changed)
            try await world.events.commit(
                .policyActivated(digest: changed.policies.digest, previous: nil, mode: .enforce), actor: "x")
            return try await ledger.commit(request)
        }
        #expect(!(await world.pipeline.answer(try Calls.call()).isAllowed))
    }

    @Test func `an approval is of no use once its time is over, given or not`() async throws {
        let world = try World.withApprovers()
        _ = await world.pipeline.answer(try Calls.call())
        let record = try world.asked()
        let act = try world.act(.grant, of: "alice", on: record)
        world.clock.set(record.expiresAt)
        let late = try world.act(.grant, of: "bob", on: record)
        await #expect(throws: ApprovalRefusal.self) { try await world.take(late).get() }
        world.clock.set(record.expiresAt.adding(milliseconds: -1))
        await #expect(throws: ApprovalRefusal.self, "signed long ago") { try await world.take(act).get() }
        try await world.grant()
        world.clock.set(record.expiresAt)
        #expect(!(await world.pipeline.answer(try Calls.call()).isAllowed))
    }

    @Test func `an approval that runs out between judging and the commit is not used`() async throws {
        let world = try World.withApprovers()
        _ = await world.pipeline.answer(try Calls.call())
        let record = try world.asked()
        try await world.grant()
        world.scripted.next { (request, ledger) async throws(LedgerError) in
            var request = request
            request.time = record.expiresAt
            return try await ledger.commit(request)
        }
        #expect(!(await world.pipeline.answer(try Calls.call()).isAllowed))
    }

    // MARK: who approves

    @Test(arguments: ["org_1", "dora"])
    func `who asks does not approve, by whatever name`(_ name: String) async throws {
        let world = try World.withApprovers("requester")
        _ = await world.pipeline.answer(try Calls.call())
        let record = try world.asked()
        let act = try world.act(.grant, of: name, on: record)
        let result = try await world.take(act, requesters: [Agents.id, "org_1"])
        #expect(throws: ApprovalRefusal.self) { try result.get() }
        // Where nobody knew so when it was given, it does not count when it is to be used.
        _ = try await world.take(act).get()
        let answer = await world.pipeline.answer(try Calls.call())
        #expect(!answer.isAllowed && answer.approval?.given == 0)
        _ = try await world.take(world.act(.grant, of: "alice", on: record)).get()
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
    }

    @Test func `who has handed on what an agent may does not approve what it asks for, however far away`() async throws
    {
        let world = try World.withApprovers("requester")
        let call = try Calls.call(as: .passport(PassportChain(Line.files(3)).bytes))
        _ = await world.pipeline.answer(call)
        let record = try world.asked()
        #expect(record.agentID == "agent:2")
        _ = try await world.take(world.act(.grant, of: "bob", on: record)).get()
        let answer = await world.pipeline.answer(call)
        #expect(!answer.isAllowed && answer.approval?.given == 0)
        _ = try await world.take(world.act(.grant, of: "alice", on: record)).get()
        #expect(await world.pipeline.answer(call).isAllowed)
    }

    @Test func `two of a group are two people`() async throws {
        let world = try World.withApprovers("two")
        _ = await world.pipeline.answer(try Calls.call())
        let record = try world.asked()
        for _ in 0..<3 { _ = try await world.take(world.act(.grant, of: "alice", on: record)).get() }
        #expect(!(await world.pipeline.answer(try Calls.call()).isAllowed))
        #expect(try world.ledger.approval(record.id)?.votes.count == 1)
    }

    /// An act that is refused, and nothing is logged.
    static let forged: [(String, @Sendable (World, ApprovalRecord) throws -> Event)] = [
        ("another group's key", { try $0.act(.grant, of: "carol", on: $1) }),
        ("another's key under a member's name", { try $0.act(.grant, of: "alice", on: $1, signedBy: "carol") }),
        ("a member's key under another member's name", { try $0.act(.grant, of: "alice", on: $1, signedBy: "bob") }),
        (
            "no signature",
            {
                var event = try $0.act(.grant, of: "alice", on: $1)
                event.actorSignature = nil
                return event
            }
        ),
        (
            "a signature over something else",
            {
                var event = try $0.act(.grant, of: "alice", on: $1)
                event.at = event.at.adding(milliseconds: 1)
                return event
            }
        ),
        ("another log", { try $0.act(.grant, of: "alice", on: $1) { $0.log = "example.com/other" } }),
        ("another actor", { try $0.act(.grant, of: "alice", on: $1) { $0.actor = "bob" } }),
        ("worth more than its key", { try $0.act(.grant, of: "alice", on: $1, worth: .hardware) }),
        (
            "another call",
            { world, record in
                try world.act(.grant, of: "alice", on: record) {
                    $0.details = .approvalGiven(
                        id: record.id, approver: "alice", assurance: .sameUser, binding: Samples(seed: 9).digest())
                }
            }
        ),
        ("long ago", { try $0.act(.grant, of: "alice", on: $1) { $0.at = $0.at.adding(milliseconds: -300_001) } }),
        ("from the future", { try $0.act(.grant, of: "alice", on: $1) { $0.at = $0.at.adding(milliseconds: 5_001) } }),
        ("a refusal by nobody of the group", { try $0.act(.deny, of: "carol", on: $1) }),
        (
            "the client's name",
            { world, record in
                try world.act(.grant, of: "alice", on: record) {
                    $0.actor = ApprovalRules.client
                    $0.details = .approvalGiven(
                        id: record.id, approver: ApprovalRules.client, assurance: .client, binding: record.binding)
                }
            }
        ),
    ]

    @Test(arguments: forged.indices)
    func `an act that is not an approver's own is not taken`(_ number: Int) async throws {
        let world = try World.withApprovers()
        _ = await world.pipeline.answer(try Calls.call())
        let record = try world.asked()
        let (name, make) = Self.forged[number]
        let size = try world.ledger.state().size
        let result = try await world.take(make(world, record))
        #expect(throws: ApprovalRefusal.self, "\(name)") { try result.get() }
        #expect(try world.ledger.state().size == size, "\(name)")
        #expect(!(await world.pipeline.answer(try Calls.call()).isAllowed), "\(name)")
    }

    @Test(arguments: forged.indices)
    func `an act is looked at again when it is used, whoever wrote it into the ledger`(_ number: Int) async throws {
        let world = try World.withApprovers()
        _ = await world.pipeline.answer(try Calls.call())
        let record = try world.asked()
        let (name, make) = Self.forged[number]
        let change = try #require(ApprovalChange(make(world, record)))
        var request = Samples(seed: 70).event(.approval(change))
        request.time = World.day
        _ = try await world.ledger.commit(request)
        // Whoever can write there can say when; the rest is signed.
        let isTimeAlone = ["long ago", "from the future"].contains(name)
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed == isTimeAlone, "\(name)")
    }

    @Test func `an act that is said again is of one approval and counts once`() async throws {
        let world = try World.withApprovers()
        _ = await world.pipeline.answer(try Calls.call())
        let record = try world.asked()
        let act = try world.act(.grant, of: "alice", on: record)
        for _ in 0..<2 { _ = try await world.take(act).get() }
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
        // The call is asked for again; what was said of the first approval is of no use for the second.
        _ = await world.pipeline.answer(try Calls.call())
        #expect(try world.asked().binding == record.binding)
        await #expect(throws: ApprovalRefusal.self) { try await world.take(act).get() }
        #expect(!(await world.pipeline.answer(try Calls.call()).isAllowed))
    }

    // MARK: the client's own user

    @Test func `the client's user is enough only where the group says so`() async throws {
        for (word, isEnough) in [("one", false), ("two", false), ("separate", false), ("client", true)] {
            let world = try World.withApprovers(.text(word))
            let refused = await world.pipeline.answer(try Calls.call())
            let id = try #require(refused.approval?.id)
            #expect(refused.approval?.takesClient == isEnough)
            #expect(try await world.pipeline.approveByClient(id, of: "agent-passport:a2") == false)
            #expect(try await world.pipeline.approveByClient(id, of: Agents.id) == isEnough)
            let answer = await world.pipeline.answer(try Calls.call())
            #expect(answer.isAllowed == isEnough)
            if isEnough { #expect(try world.receipt(answer).approval?.by.map(\.assurance) == [.client]) }
        }
    }

    @Test func `an approver whose key is worth too little is not enough`() async throws {
        let world = try World.withApprovers("separate")
        _ = await world.pipeline.answer(try Calls.call())
        let record = try world.asked()
        for worth in [ApprovalAssurance.sameUser, .separateUser] {
            let act = try world.act(.grant, of: "bob", on: record, worth: worth)
            await #expect(throws: ApprovalRefusal.self) { try await world.take(act).get() }
        }
        try await world.grant("alice")
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
    }
}

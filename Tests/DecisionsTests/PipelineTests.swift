// SPDX-License-Identifier: Apache-2.0

import Decisions
import Passports
import PortTesting
import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

// A permit cannot be forged, copied or used twice: this is for the compiler, so no test can show it at run time. Each of
// these lines, put into any module but `Decisions`, stops the build:
//
//     let forged = Permit(ticket: ticket, message: message)   // 'Permit' initializer is inaccessible due to 'internal'
//     let copy = copy permit                                   // 'copy' cannot be applied to noncopyable types
//     send(permit.spend()); send(permit.spend())               // 'permit' consumed more than once
//     let bytes = permit.bytes                                 // 'bytes' is inaccessible due to 'private'
//     OutcomeTicket(receiptID: id, index: 0, blind: blind)     // initializer is inaccessible due to 'internal'

/// From a call to a durable answer.
struct PipelineTests {
    /// What `expires_at` promises.
    private static let permitMilliseconds: Int64 = 30_000

    @Test func `what is forwarded is the message that was judged, with canonical paths`() async throws {
        let world = try World()
        let call = try Calls.call("read_document", ["path": "../reports/./x/%2e%2e/../a.csv"])
        let plain = try Calls.call("read_document", ["path": "../reports/./x/../a.csv"])
        // One reading only, or the path goes out as it came and every reading must be permitted.
        _ = await world.pipeline.decide(call)
        let forwarded = await world.pipeline.decide(plain).forwarded()
        let bytes = try #require(forwarded)
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read_document","arguments":{"path":"/reports/a.csv"}}}"#
        )
    }

    @Test func `a permit's bytes are given once, and not after its time`() async throws {
        for (wall, both, isGood) in [
            (0, Self.permitMilliseconds, true), (0, Self.permitMilliseconds + 1, false),
            (Self.permitMilliseconds + 1, 0, false),
            // A clock that is set back gives no time back.
            (-3_600_000, Self.permitMilliseconds + 1, false),
        ] as [(Int64, Int64, Bool)] {
            let world = try World()
            let decision = await world.pipeline.decide(try Calls.call("read_document", ["path": "/reports/a.csv"]))
            guard case .allowed(let permit, _) = consume decision else {
                Issue.record("not allowed")
                return
            }
            let frame = permit.spend()
            world.clock.advance(milliseconds: both)
            world.clock.set(world.clock.now().adding(milliseconds: wall))
            #expect((frame.take() != nil) == isGood, "wall \(wall), both \(both)")
            #expect(frame.take() == nil)
        }
    }

    @Test func `the receipt commits to the permit's bytes, and to each parameter and effect`() async throws {
        let world = try World()
        let call = try Calls.call("read_document", ["path": "/reports/x/../a.csv"]) {
            $0.definition = Samples(seed: 1).digest()
            $0.serverDigest = Samples(seed: 2).digest()
        }
        let decision = await world.pipeline.decide(call)
        let answer = decision.answer
        let forwarded = decision.forwarded()
        let bytes = try #require(forwarded)
        let receipt = try world.receipt(answer)
        let blind = try blind(world, answer)
        let parameters = try #require(try JSON(parsing: bytes)["params"])
        let request = CallCommitments.request(
            salt: blind.salt(.request), method: "tools/call", serverDigest: call.serverDigest, tool: "read_document",
            definition: call.definition, parameterBytes: parameters.serialized())
        #expect(receipt.call.request == request)
        let all = CallCommitments(
            blind: blind, method: "tools/call", serverDigest: call.serverDigest, tool: "read_document",
            definition: call.definition, parameters: parameters["arguments"],
            parameterBytes: parameters.serialized(),
            effects: [CommittedEffect(verb: "read", type: "File", id: "/reports/a.csv")])
        #expect(all.disclosures.count == 2)
        for disclosure in all.disclosures { #expect(receipt.discloses(disclosure.text) == disclosure) }
        let original = CallCommitments.request(
            salt: blind.salt(.request), method: "tools/call", serverDigest: call.serverDigest, tool: "read_document",
            definition: call.definition, parameterBytes: call.message["params"]?.serialized() ?? [])
        #expect(receipt.call.request != original)
    }

    @Test(.timeLimit(.minutes(15)))
    func `a call with very many parameters takes no more time for each of them`() async throws {
        let world = try World()
        let many = JSONObject((0..<20_000).map { JSONMember(key: UTF8String("k\($0)"), value: .integer($0)) })
        let note = JSON.object(try #require(many))
        let answer = await world.pipeline.answer(try Calls.call("pay", ["amount": 1, "to": "a", "note": note]))
        #expect(answer.isAllowed)
        #expect(!(await world.pipeline.answer(try Calls.call("pay", note)).isAllowed))
        #expect(try world.replay(answer).differences == [])
    }

    @Test func `an unknown tool's name is committed to, and shown only with the blind`() async throws {
        let world = try World()
        let answer = await world.pipeline.answer(try Calls.call("planted-secret", [:]))
        let receipt = try world.receipt(answer)
        #expect(receipt.call.tool.text.hasPrefix("sd:"))
        let disclosure = try blind(world, answer).name("planted-secret", as: .tool)
        #expect(receipt.discloses(disclosure.text)?.value == "planted-secret")
    }

    @Test(arguments: ["a\u{1}b", "sd:AAAA", "sd:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"])
    func `a server's own name for a tool is committed to where the log cannot hold it`(_ name: String) async throws {
        let world = try World()
        let answer = await world.pipeline.answer(try Calls.call(UTF8String(name), [:]) { $0.isListed = true })
        #expect(answer.reasons.first?.code == .notPermitted)
        let receipt = try world.receipt(answer)
        let disclosure = try blind(world, answer).name(UTF8String(name), as: .tool)
        #expect(receipt.call.tool == .committed(disclosure.digest))
        #expect(try world.replay(answer).differences == [])
    }

    @Test func `a call that was stale once is decided again and may be allowed`() async throws {
        let world = try World()
        world.ledger.becomeStaleOnce()
        let decision = await world.pipeline.decide(try Calls.call())
        #expect(decision.answer.isAllowed)
        #expect(try world.entries().compactMap(\.receipt).count == 1)
    }

    @Test func `a call whose state moved a few times is decided again each time`() async throws {
        let world = try World()
        for _ in 0..<3 {
            world.scripted.next { (_, ledger) async throws(LedgerError) in .stale(try ledger.state()) }
        }
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
        #expect(try world.entries().compactMap(\.receipt).count == 1)
    }

    @Test(arguments: [(20, true), (40, false)])
    func `tools that are approved while another is called do not keep it from being decided, within reason`(
        approvals: Int, isAllowed: Bool
    ) async throws {
        let world = try World()
        let digest = try world.rules.current().configurationDigest
        for number in 0..<approvals {
            world.scripted.next { (request, ledger) async throws(LedgerError) in
                try await world.events.commit(
                    .toolApproved(
                        server: "other", tool: .known(UTF8String("tool-\(number)")), definition: digest,
                        previous: nil, serverDigest: nil), actor: "operator")
                return try await ledger.commit(request)
            }
        }
        let answer = await world.pipeline.answer(try Calls.call())
        #expect(answer.isAllowed == isAllowed)
        #expect(isAllowed || answer.reasons.map(\.code) == [.stateChanged])
    }

    @Test func `a call whose state moves each time is denied, with one receipt`() async throws {
        let world = try World()
        for _ in 0..<4 {
            world.scripted.next { (_, ledger) async throws(LedgerError) in .stale(try ledger.state()) }
        }
        let answer = await world.pipeline.answer(try Calls.call())
        #expect(answer.reasons.map(\.code) == [.stateChanged])
        #expect(try world.entries().compactMap(\.receipt).map(\.allow) == [false])
    }

    @Test(arguments: [
        Act.kill(.everything, nil), .kill(.server, "docs"), .kill(.tool, "docs/read_document"),
        .kill(.agent, Agents.id), .kill(.owner, "org_1"), .suspend, .revoke, .policies,
    ])
    func `what is thrown between judging and commit is in force`(_ act: Act) async throws {
        let world = try World()
        // So that the rulebook is in force already and the act is all that changes.
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
        world.scripted.next { (request, ledger) async throws(LedgerError) in
            try await act.perform(world)
            return try await ledger.commit(request)
        }
        let answer = await world.pipeline.answer(try Calls.call())
        #expect(!answer.isAllowed)
        #expect(answer.reasons.first?.code == act.code)
        #expect(try world.entries().compactMap(\.receipt).map(\.allow) == [true, false])
        #expect(try world.replay(answer).differences == [])
    }

    @Test func `a deny holds whatever is thrown meanwhile`() async throws {
        let world = try World()
        try await world.kill(.everything)
        world.ledger.becomeStaleOnce()
        #expect(await world.pipeline.answer(try Calls.call()).reasons.map(\.code) == [.killSwitch])
    }

    @Test(arguments: LedgerError.Code.allCases)
    func `what the ledger cannot log is denied without a receipt`(_ code: LedgerError.Code) async throws {
        let world = try World()
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
        let size = try world.entries().count
        world.ledger.failNext(LedgerError(code, "planted-secret at /home/x"))
        let decision = await world.pipeline.decide(try Calls.call())
        let answer = decision.answer
        #expect(!answer.isAllowed && answer.receiptID == nil && answer.log == nil)
        #expect(answer.agentID == "unidentified")
        #expect(answer.reasons.map(\.code) == [.logUnavailable])
        #expect(answer.reason.hasPrefix("log unavailable: "))
        #expect(!answer.json.serialized().contains(Calls.secret))
        let forwarded = decision.forwarded()
        #expect(forwarded == nil)
        if code != .poisoned {
            #expect(try world.entries().count == size)
            #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
        } else {
            #expect(await world.pipeline.answer(try Calls.call()).receiptID == nil)
        }
    }

    @Test func `a clock that is more than a minute behind the log allows nothing`() async throws {
        let world = try World()
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
        world.clock.set(World.day.adding(milliseconds: -60_001))
        let answer = await world.pipeline.answer(try Calls.call())
        #expect(answer.reason == "log unavailable: the clock is behind the log")
        world.clock.set(World.day.adding(milliseconds: -60_000))
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
        // Until an operator has looked at it, and that is logged.
        let earlier = World.day.adding(milliseconds: -3_600_000)
        world.clock.set(earlier)
        #expect(!(await world.pipeline.answer(try Calls.call()).isAllowed))
        try await world.events.commit(.clock(why: .behind, expected: World.day, found: earlier), actor: "maria")
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
    }

    @Test func `without a usable rulebook nothing is allowed, and its faults are not told`() async throws {
        let world = try World()
        world.rules.set(nil)
        let answer = await world.pipeline.answer(try Calls.call())
        #expect(answer.receiptID == nil && !answer.isAllowed)
        #expect(answer.reason == "log unavailable: there is no usable rulebook")
    }

    @Test func `without evidence keys or a signature nothing is allowed`() async throws {
        let world = try World()
        try await world.pipeline.activateRules()
        let size = try world.entries().count
        let keyless = await world.with { $0.evidenceKeys = NoKeys() }.answer(try Calls.call())
        let unsigned = await world.with { $0.signer = NoSignature() }.answer(try Calls.call())
        for answer in [keyless, unsigned] {
            #expect(!answer.isAllowed && answer.receiptID == nil)
            #expect(answer.reasons.map(\.code) == [.logUnavailable])
        }
        #expect(try world.entries().count == size)
    }

    @Test func `a limit is held in the commit: concurrent calls over it are denied and logged`() async throws {
        let world = try World()
        let call = try Calls.call(as: Agents.limited(to: 5))
        let codes = await withTaskGroup(of: ReasonCode?.self) { group in
            for _ in 0..<12 { group.addTask { await world.pipeline.answer(call).reasons.first?.code } }
            return await group.reduce(into: [ReasonCode: Int]()) { if let code = $1 { $0[code, default: 0] += 1 } }
        }
        #expect(codes == [.allowed: 5, .limitExceeded: 7])
        let receipts = try world.entries().compactMap(\.receipt)
        #expect(receipts.filter(\.allow).allSatisfy { $0.limits?.map(\.outcome) == [.reserved] })
        #expect(receipts.filter { !$0.allow }.allSatisfy { $0.limits?.map(\.outcome) == [.exceeded] })
        // The clock's next minute is 60 seconds from 10:15:00.
        world.clock.advance(milliseconds: 59_999)
        #expect(await world.pipeline.answer(call).reasons.map(\.code) == [.limitExceeded])
        world.clock.advance(milliseconds: 1)
        #expect(await world.pipeline.answer(call).isAllowed)
    }

    @Test func `a call that is refused takes nothing of a limit`() async throws {
        let world = try World()
        let credential = try Agents.limited(to: 1)
        #expect(
            !(await world.pipeline.answer(try Calls.call("read_document", ["path": "/x"], as: credential)).isAllowed))
        world.ledger.becomeStaleOnce()
        #expect(await world.pipeline.answer(try Calls.call(as: credential)).isAllowed)
        #expect(!(await world.pipeline.answer(try Calls.call(as: credential)).isAllowed))
    }

    @Test func `an approval is consumed once`() async throws {
        let world = try World()
        let id = Samples(seed: 3).id()
        world.ledger.approve(id, until: World.day.adding(milliseconds: 1000))
        for _ in 0..<2 {
            world.scripted.next { (request, ledger) async throws(LedgerError) in
                var request = request
                request.consuming = [id]
                return try await ledger.commit(request)
            }
        }
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
        #expect(await world.pipeline.answer(try Calls.call()).reasons.map(\.code) == [.approvalRequired])
    }

    @Test(arguments: [
        (OutcomeReport.result(["ok": true]), Outcome.Status.result, JSON(dictionaryLiteral: ("ok", true))),
        (.toolError(["isError": true]), .toolError, JSON(dictionaryLiteral: ("isError", true))),
        (.error(["code": 1]), .error, JSON(dictionaryLiteral: ("code", 1))),
        (.cancelled, .cancelled, nil), (.noAnswer, .noAnswer, nil), (.notForwarded, .notForwarded, nil),
    ])
    func `an outcome is logged beside its receipt, and commits to the result`(
        _ report: OutcomeReport, _ status: Outcome.Status, _ content: JSON?
    ) async throws {
        let world = try World()
        let decision = await world.pipeline.decide(try Calls.call())
        let answer = decision.answer
        let found = decision.ticket()
        let ticket = try #require(found)
        #expect(ticket.receiptID == answer.receiptID && ticket.index == answer.log?.index)
        world.clock.advance(milliseconds: 40)
        try world.pipeline.record(report, of: ticket, milliseconds: 40)
        let entry = try SignedEntry(parsing: #require(try world.ledger.outcome(of: ticket.receiptID)).bytes)
        let outcome = try #require(entry.outcome)
        #expect(entry.isSigned(by: world.signer.publicKey))
        #expect(outcome.status == status && outcome.durationMS == 40 && outcome.receiptID == ticket.receiptID)
        #expect(outcome.at == World.day.adding(milliseconds: 40))
        let blind = try blind(world, answer)
        #expect(outcome.result == content.map { blind.result($0.serialized()) })
    }

    @Test func `a negative duration is none`() async throws {
        let world = try World()
        let found = await world.pipeline.decide(try Calls.call()).ticket()
        let ticket = try #require(found)
        try world.pipeline.record(.noAnswer, of: ticket, milliseconds: -5)
        let bytes = try #require(try world.ledger.outcome(of: ticket.receiptID)).bytes
        #expect(try SignedEntry(parsing: bytes).outcome?.durationMS == 0)
    }

    @Test func `acts of an operator are signed events and change the state at once`() async throws {
        let world = try World()
        let index = try await world.events.commit(
            .killSwitchOn(scope: .tool, target: "docs/pay", reason: "why"), actor: "maria")
        #expect(index == 0)
        let entry = try #require(try world.entries().first)
        #expect(entry.isSigned(by: world.signer.publicKey))
        #expect(entry.event?.actor == "maria" && entry.event?.at == World.day)
        #expect(
            try world.ledger.state().killSwitches
                == [KillSwitch(scope: .tool(server: "docs", tool: "pay"), reason: "why")])
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
        try await world.events.commit(.killSwitchOff(scope: .tool, target: "docs/pay", reason: "done"), actor: "maria")
        #expect(try world.ledger.state().killSwitches.isEmpty)
        #expect(try world.ledger.state().epochs.kill == 2)
    }

    @Test func `refused frames are one event`() async throws {
        let world = try World()
        try world.pipeline.recordRefusedFrames(3, since: 1500, surface: .gateway)
        guard
            case .refusedFrames(let count, let surface, let since, let until) = try world.entries().first?.event?
                .details
        else {
            Issue.record("no such event")
            return
        }
        #expect(count == 3 && surface == "gateway" && until == World.day)
        #expect(since == World.day.adding(milliseconds: -1500))
    }

    @Test func `a changed rulebook is put in force by events before anything is decided by it`() async throws {
        let world = try World()
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
        world.rules.set(try Books.rulebook("", configuration: ["of": "another"]))
        #expect(await world.pipeline.answer(try Calls.call()).reasons.map(\.code) == [.notPermitted])
        let kinds = try world.entries().map { entry in
            switch entry.event?.details {
            case .configurationActivated: "configuration"
            case .policyActivated: "policy"
            default: "receipt"
            }
        }
        #expect(kinds == ["configuration", "policy", "receipt", "configuration", "policy", "receipt"])
    }

    private func blind(_ world: World, _ answer: Answer) throws -> Blind {
        let text = try #require(try world.evidence(answer)["blind"]?.string)
        return try #require(Blind(bytes: Base64URL.decode(text.string) ?? []))
    }
}

/// Something that happens between judging and commit.
enum Act: Sendable {
    case kill(Receipts.KillScope, UTF8String?)
    case suspend, revoke, policies

    var code: ReasonCode {
        switch self {
        case .kill: .killSwitch
        case .suspend: .passportSuspended
        case .revoke: .passportRevoked
        case .policies: .notPermitted
        }
    }

    func perform(_ world: World) async throws(LedgerError) {
        switch self {
        case .kill(let scope, let target):
            try await world.events.commit(
                .killSwitchOn(scope: scope, target: target, reason: "stop"), actor: "operator")
        case .suspend:
            try await world.events.commit(.passportSuspended(agentID: Agents.id, reason: "leak"), actor: "operator")
        case .revoke:
            try await world.events.commit(.passportRevoked(agentID: Agents.id, reason: "leak"), actor: "operator")
        case .policies:
            do { world.rules.set(try Books.rulebook("")) } catch { throw LedgerError(.notFound, "\(error)") }
            try await world.pipeline.activateRules()
        }
    }
}

private struct NoKeys: EvidenceKeys {
    func wrappingKey(
        agent: UTF8String, month: String, random: any RandomSource
    ) throws(LedgerError) -> (name: UTF8String, key: [UInt8]) { throw LedgerError(.missing, "planted-secret") }

    func wrappingKey(named name: UTF8String) throws(LedgerError) -> [UInt8]? { nil }
}

private struct NoSignature: EntrySigner {
    let kid = Samples(seed: 1).digest()
    func sign(_ message: [UInt8]) throws(SigningError) -> [UInt8] { throw .refused("planted-secret") }
}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import Effects
import Packs
import Passports
import PortTesting
import Receipts
import StrictJSON
import Synchronization
import Testing
import WireTypes

/// `@approval("group")`: asked for, given, used once.
struct ApprovalTests {
    @Test func `a call waits for its approval, runs once with it, and then waits for another`() async throws {
        let world = try World.withApprovers()
        let pipeline = world.pipeline
        let refused = await pipeline.answer(try Calls.call())
        #expect(refused.reasons.map(\.code) == [.approvalRequired])
        let record = try world.asked()
        #expect(refused.approval?.id == record.id && refused.approval?.given == 0)
        #expect(refused.json["approval"]?["id"]?.string == UTF8String(record.id.text))
        #expect(record.receiptID == refused.receiptID && record.agentID == Agents.id && record.group == "finance")
        #expect(record.expiresAt == World.day.adding(milliseconds: 600_000))
        let receipt = try #require(try world.receipt(refused).approval)
        #expect(receipt.id == record.id && receipt.state == .required && receipt.by.isEmpty)

        try await world.grant()
        let decision = await pipeline.decide(try Calls.call())
        let allowed = decision.answer
        #expect(allowed.isAllowed && allowed.approval == nil)
        #expect(decision.forwarded() != nil)
        let used = try #require(try world.receipt(allowed).approval)
        #expect(used.id == record.id && used.state == .consumed && used.by.map(\.id) == ["alice"])
        #expect(used.by.first?.kid == (try Approvers.key("alice").kid) && used.by.first?.assurance == .separateUser)
        #expect(try world.ledger.approval(record.id)?.state(at: World.day) == .used)

        let again = await pipeline.answer(try Calls.call())
        #expect(again.reasons.map(\.code) == [.approvalRequired])
        #expect(try world.asked().id != record.id)
    }

    @Test func `asking again while it waits asks nobody else`() async throws {
        let world = try World.withApprovers()
        let first = await world.pipeline.answer(try Calls.call())
        // Ids of messages and tokens change from try to try.
        let second = await world.pipeline.answer(
            try Calls.call {
                $0.message = $0.message.replacing(JSONPointer(["id"]), with: 8)
                $0.message = $0.message.replacing(
                    JSONPointer(["params"]),
                    with: [
                        "name": "read_document", "arguments": ["path": "/reports/planted-secret.csv"],
                        "_meta": ["progressToken": 9],
                    ])
            })
        #expect(first.approval?.id == second.approval?.id)
        #expect(try world.asked().receiptID == first.receiptID)
    }

    @Test func `each step is in the log, and a replay comes to the same`() async throws {
        let world = try World.withApprovers("two")
        let refused = await world.pipeline.answer(try Calls.call())
        try await world.grant("alice")
        let half = await world.pipeline.answer(try Calls.call())
        #expect(half.approval?.given == 1 && half.approval?.needed == 2)
        try await world.grant("bob")
        let allowed = await world.pipeline.answer(try Calls.call())
        #expect(allowed.isAllowed)
        for answer in [refused, half, allowed] { #expect(try world.replay(answer).differences.isEmpty) }
        let kinds = try world.entries().compactMap { $0.event?.details.kind.rawValue }
        #expect(kinds.suffix(3) == ["approval_requested", "approval_given", "approval_given"])
        // What the log has folds into what storage has.
        var book = ApprovalBook()
        for entry in try world.entries() {
            if case .approval(let change)? = try StateChange(entry: entry.bytes) { book.apply(change) }
        }
        let id = try #require(refused.approval?.id)
        let record = try #require(try world.ledger.approval(id))
        #expect(book.records == [record.id: record])
        // Nothing of the call is in the log in clear.
        for entry in try world.entries() {
            #expect(!String(decoding: entry.bytes, as: UTF8.self).contains(Calls.secret))
        }
    }

    @Test func `calls that need no approval read nothing of approvals`() async throws {
        let world = try World(Books.policies, configuration: ["of": "a test", "approvals": "one"])
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
        #expect(!(await world.pipeline.answer(try Calls.call("read_document", ["path": "/x"])).isAllowed))
        #expect(world.scripted.approvalReads.withLock { $0 } == 0)
    }

    @Test func `policies see an approval, and can demand more of it`() async throws {
        let policies =
            World.asking + #"""
                @id("strong") forbid (principal, action in Action::"docs", resource)
                when { context has approval && context.approval.assurance == "same-user" };
                """#
        let world = try World.withApprovers("one", policies)
        _ = await world.pipeline.answer(try Calls.call())
        let record = try world.asked()
        _ = try await world.take(world.act(.grant, of: "alice", on: record, worth: .sameUser)).get()
        let answer = await world.pipeline.answer(try Calls.call())
        #expect(answer.reasons.map(\.policy) == ["strong"])
        #expect(try world.replay(answer).differences.isEmpty)
        #expect(try world.ledger.approval(record.id)?.consumedAt == nil)
    }

    @Test func `a passport's approval_required asks the group that the configuration names for it`() async throws {
        let world = try World.withApprovers("one", PackCallTests.policies)
        var limits = PackCallTests.limits.object ?? JSONObject()
        limits["approval_required"] = true
        let call = try PackCallTests.refund(1, key: "key-0001", limits: .object(limits))
        #expect(await world.pipeline.answer(call).approval?.group == "finance")
        try await world.grant()
        #expect(await world.pipeline.answer(call).isAllowed)
    }

    @Test func `a refusal ends it, and it is not asked for again until its time is over`() async throws {
        let world = try World.withApprovers()
        _ = await world.pipeline.answer(try Calls.call())
        let record = try world.asked()
        try await world.grant()
        _ = try await world.take(world.act(.deny, of: "bob", on: record)).get()
        let answer = await world.pipeline.answer(try Calls.call())
        #expect(answer.reason.hasPrefix("approval required: bob of finance has refused this call"))
        #expect(answer.approval == nil)
        #expect(try world.receipt(answer).approval?.state == .refused)
        #expect(try world.replay(answer).differences.isEmpty)
        world.clock.set(record.expiresAt)
        #expect(await world.pipeline.answer(try Calls.call()).approval != nil)
    }

    @Test func `an agent has only so many calls waiting`() async throws {
        let world = try World.withApprovers()
        for number in 0..<40 {
            let path = UTF8String("/reports/\(number)")
            let answer = await world.pipeline.answer(try Calls.call("read_document", ["path": .string(path)]))
            #expect((answer.approval != nil) == (number < 32))
            #expect(try world.replay(answer).differences.isEmpty)
        }
    }

    @Test func `an approval given in one month is used in the next`() async throws {
        let world = try World.withApprovers()
        let end = try #require(Timestamp(parsing: "2026-03-31T23:59:00.000Z"))
        world.clock.set(end)
        _ = await world.pipeline.answer(try Calls.call())
        try await world.grant()
        world.clock.set(end.adding(milliseconds: 120_000))
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
    }

    @Test func `the evidence shows what the approval is bound to`() async throws {
        let world = try World.withApprovers()
        let refused = await world.pipeline.answer(try Calls.call())
        let other = await world.pipeline.answer(try Calls.call("read_document", ["path": "/reports/b"]))
        func binding(_ answer: Answer) throws -> Digest? {
            let sealed = try world.sealed(answer)
            let archived = try ArchivedDecision(
                world.evidence(answer), content: { try world.ledger.content($0) },
                rulebook: { try Books.rulebook(configuration: $0, $1) })
            return try archived.approvalBinding(keys: world.keys, wrappedUnder: sealed.wrappingKey)
        }
        #expect(try binding(refused) == (try world.asked { $0.id == refused.approval?.id }.binding))
        #expect(try binding(refused) != (try binding(other)))
    }
}

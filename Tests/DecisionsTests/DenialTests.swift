// SPDX-License-Identifier: Apache-2.0

import PortTesting
import Receipts
import StrictJSON
import Testing

@testable import Decisions

/// Refusals without end: each is made, none is without a trace, and the log does not grow by all of them.
@Suite struct DenialTests {
    private static let agent = DenialBudget.Speaker(agent: "agent-passport:a")
    private static let other = DenialBudget.Speaker(agent: "agent-passport:b")

    @Test func `a speaker has so many receipts at once, and then one a second`() {
        let budget = DenialBudget()
        let taken = (0..<2_000).count { _ in budget.take(Self.agent, bytes: 0, at: 5) }
        #expect(taken == 1_024)
        #expect(!budget.take(Self.agent, bytes: 0, at: 1_004))
        #expect(budget.take(Self.agent, bytes: 0, at: 1_005) && !budget.take(Self.agent, bytes: 0, at: 1_005))
        #expect(budget.take(Self.other, bytes: 0, at: 5), "others have their own")
        #expect(budget.take(DenialBudget.Speaker(agent: Self.agent.agent, isServer: true), bytes: 0, at: 5))
        let later = (0..<5_000).count { _ in budget.take(Self.agent, bytes: 0, at: 100_000_000) }
        #expect(later == 1_024, "never more than at once")
    }

    @Test func `a clock that is set back gives nothing`() {
        let budget = DenialBudget()
        for _ in 0..<1_024 { _ = budget.take(Self.agent, bytes: 0, at: 50_000) }
        #expect(!budget.take(Self.agent, bytes: 0, at: 0) && !budget.take(Self.agent, bytes: 0, at: 50_000))
    }

    @Test func `large messages cost more, and the first of them has its receipt`() {
        let budget = DenialBudget()
        let taken = (0..<100).count { _ in budget.take(Self.agent, bytes: 4 << 20, at: 0) }
        #expect(taken == 4, "257 receipts' worth each")
    }

    @Test func `every attempt is in a receipt or in a count, once`() {
        let budget = DenialBudget()
        var receipts: Int64 = 0
        var counts: Int64 = 0
        for number in 0..<10_000 {
            let now = Int64(number) * 37
            if budget.take(number.isMultiple(of: 3) ? Self.agent : Self.other, bytes: 100, at: now) { receipts += 1 }
            counts += budget.due(at: now).map(\.count).reduce(0, +)
        }
        counts += budget.due(at: 370_000, all: true).map(\.count).reduce(0, +)
        #expect(receipts + counts == 10_000 && counts > 0)
        #expect(budget.due(at: 999_000, all: true).isEmpty)
    }

    @Test func `a flood is told of at once, and then once a minute`() {
        let budget = DenialBudget()
        for _ in 0..<1_025 { _ = budget.take(Self.agent, bytes: 0, at: 0) }
        #expect(budget.due(at: 0).map(\.count) == [1])
        for _ in 0..<9 { _ = budget.take(Self.agent, bytes: 0, at: 500) }
        #expect(budget.due(at: 59_999).isEmpty)
        #expect(budget.due(at: 60_000) == [DenialBudget.Excess(speaker: Self.agent, count: 9, since: 59_500)])
    }

    @Test func `more speakers than are remembered share what is left, and none is without bound`() {
        let budget = DenialBudget()
        let taken = (0..<6_000).count { number in
            let speaker = DenialBudget.Speaker(agent: UTF8String("agent-\(number)"))
            return (0..<3).count { _ in budget.take(speaker, bytes: 0, at: 0) } == 3
        }
        #expect(taken >= 4_096 && taken <= 4_096 + 342)
        #expect(budget.due(at: 0).allSatisfy { $0.speaker.agent == "*" })
    }

    @Test func `what is beyond the bound is refused and counted in an event, and what is allowed is always logged`()
        async throws
    {
        let world = try World()
        let pipeline = world.pipeline
        let refused = try Calls.call("nobody-knows")
        let first = await pipeline.answer(refused)
        #expect(!first.isAllowed && first.receiptID != nil && !first.isCounted)
        let speaker = DenialBudget.Speaker(agent: first.agentID)
        while pipeline.denials.take(speaker, bytes: 0, at: world.clock.monotonicMilliseconds()) {}
        for _ in 0..<3 {
            let answer = await pipeline.answer(refused)
            #expect(!answer.isAllowed && answer.receiptID == nil && answer.log == nil && answer.isCounted)
            #expect(answer.reasons.map(\.code) == [first.reasons[0].code, .denialCounted])
            #expect(answer.reason.hasPrefix(first.reason) && answer.agentID == first.agentID)
        }
        #expect(await pipeline.answer(try Calls.call()).isAllowed)
        let asked = await pipeline.answer(try Calls.call("nobody-knows") { $0.surface = .check })
        #expect(asked.receiptID != nil, "where somebody asks a process of its own, each is logged")
        try pipeline.logCounted(all: true)
        #expect(try world.entries().compactMap(\.receipt).map(\.allow) == [false, true, false])
        let counted = try world.entries().compactMap(\.event).compactMap { event -> UInt64? in
            guard case .refusedFrames(let count, "gateway/denied", _, _) = event.details else { return nil }
            #expect(event.subject == first.agentID)
            return count
        }
        // The one that emptied the budget is counted too.
        #expect(counted.reduce(0, +) == 4)
    }

    @Test func `a limit that is used up is refused within the same bound`() async throws {
        let world = try World()
        let pipeline = world.pipeline
        let call = try Calls.call(as: Agents.limited(to: 0))
        let first = await pipeline.answer(call)
        #expect(first.reasons.map(\.code) == [.limitExceeded])
        while pipeline.denials.take(
            DenialBudget.Speaker(agent: first.agentID), bytes: 0, at: world.clock.monotonicMilliseconds())
        {}
        #expect(await pipeline.answer(call).isCounted)
    }
}

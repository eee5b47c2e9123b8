// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Passports
import PortTesting
import Receipts
import StrictJSON
import Testing
import WireTypes

/// Whatever happens in whatever order: no allow is logged after an act that forbids it.
struct InvariantTests {
    private enum Step: CaseIterable {
        case decide, decideOther, killAll, killServer, killTool, off, suspend, resume, policies, configuration
    }

    private static let others: UTF8String = "agent-passport:b2"
    private static let books = [
        Books.policies, #"permit (principal, action, resource);"#,
        Books.policies + #"@id("no") forbid (principal == Agent::"agent-passport:b2", action, resource);"#,
    ]

    @Test(arguments: 0..<10)
    func `no allow stands in the log after what forbids it, in a hundred random orders`(_ batch: UInt64) async throws {
        let rulebooks = try Self.books.flatMap { policies in
            try [JSON(dictionaryLiteral: ("n", 1)), ["n": 2]].map { try Books.rulebook(policies, configuration: $0) }
        }
        let calls = [
            try Calls.call(), try Calls.call(as: Agents.credential { $0.agentID = Self.others }),
        ]
        var allows = 0
        for seed in batch * 100..<batch * 100 + 100 {
            let world = try World(seed: seed)
            var random = SplitMix(seed)
            for _ in 0..<2 {
                let steps = (0..<random.next(below: 3) + 1).map { _ in
                    Step.allCases[random.next(below: Step.allCases.count)]
                }
                let rulebook = rulebooks[random.next(below: rulebooks.count)]
                await withTaskGroup(of: Void.self) { group in
                    for step in steps + [.decide] {
                        group.addTask { await Self.take(step, world, calls, rulebook) }
                    }
                }
            }
            allows += try Self.check(world, seed)
        }
        #expect(allows > 50)
    }

    private static func take(_ step: Step, _ world: World, _ calls: [ToolCall], _ rulebook: Rulebook) async {
        let events = world.events
        do {
            switch step {
            case .decide: _ = await world.pipeline.decide(calls[0])
            case .decideOther: _ = await world.pipeline.decide(calls[1])
            case .killAll: try await world.kill(.everything)
            case .killServer: try await world.kill(.server, "docs")
            case .killTool: try await world.kill(.tool, "docs/read_document")
            case .off:
                for killSwitch in try world.ledger.state().killSwitches {
                    let word = killSwitch.scope.kind
                    guard let scope = Receipts.KillScope(rawValue: word) else { throw Unmet("no scope \(word)") }
                    try await events.commit(
                        .killSwitchOff(scope: scope, target: killSwitch.scope.target, reason: "done"), actor: "o")
                }
            case .suspend: try await events.commit(.passportSuspended(agentID: Agents.id, reason: "x"), actor: "o")
            case .resume: try await events.commit(.passportResumed(agentID: Agents.id, reason: "x"), actor: "o")
            case .policies, .configuration: world.rules.set(rulebook)
            }
        } catch {
            Issue.record(error)
        }
    }

    /// Folds the log from its bytes alone, and holds every receipt against the state before it.
    private static func check(_ world: World, _ seed: UInt64) throws -> Int {
        var state = LedgerState()
        var allows = 0
        for entry in try world.entries() {
            guard let receipt = entry.receipt else {
                if let change = try StateChange(entry: entry.bytes) { state.apply(change) }
                continue
            }
            guard receipt.allow else { continue }
            allows += 1
            #expect(state.killSwitches.isEmpty, "seed \(seed)")
            #expect(state.standings[receipt.agentID] == nil, "seed \(seed)")
            #expect(receipt.policy.digest == state.epochs.policy, "seed \(seed)")
            #expect(receipt.state.config == state.epochs.configuration, "seed \(seed)")
            #expect(receipt.state.killEpoch == UInt64(state.epochs.kill), "seed \(seed)")
            #expect(receipt.state.revocationEpoch == UInt64(state.epochs.revocation), "seed \(seed)")
        }
        #expect(try world.ledger.state().epochs == state.epochs)
        return allows
    }
}

/// The same numbers for the same seed.
private struct SplitMix {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

    mutating func next(below bound: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ word >> 30) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ word >> 27) &* 0x94d0_49bb_1331_11eb
        return Int((word ^ word >> 31) % UInt64(bound))
    }
}

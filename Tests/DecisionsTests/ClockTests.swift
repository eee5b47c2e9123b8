// SPDX-License-Identifier: Apache-2.0

import Decisions
import PortTesting
import Receipts
import StrictJSON
import Testing
import WireTypes

/// A wall clock that is set while the process runs.
struct ClockTests {
    private let world: World
    private let pipeline: DecisionPipeline
    private let allowed: ToolCall
    private static let minute: Int64 = 60_000

    init() throws {
        world = try World()
        pipeline = world.pipeline
        allowed = try Calls.call("read_document", ["path": "/reports/a.csv"])
    }

    private func code() async throws -> ReasonCode? {
        let answer = await pipeline.answer(allowed)
        #expect(answer.isAllowed == (answer.reasons.first?.code == .allowed))
        return answer.reasons.first?.code
    }

    private func set(forward milliseconds: Int64) {
        world.clock.set(world.clock.now().adding(milliseconds: milliseconds))
    }

    @Test(arguments: [(minute, true), (minute + 1, false), (-minute, true), (3_600_000, false)])
    func `more than a minute's jump allows nothing, and the refusal is logged`(
        jump: Int64, isBearable: Bool
    ) async throws {
        #expect(try await code() == .allowed)
        set(forward: jump)
        let answer = await pipeline.answer(allowed)
        #expect(answer.isAllowed == isBearable)
        guard !isBearable else { return }
        #expect(
            answer.reason
                == UTF8String(
                    "clock: it was set \(jump / 1_000) s forward while this process ran; "
                        + "set it right, or acknowledge it with `writ clock --accept`"))
        #expect(try world.receipt(answer).reasons.map(\.code) == ["writ.clock_jumped"])
    }

    @Test func `a jump stays one until the clock is right again`() async throws {
        #expect(try await code() == .allowed)
        set(forward: 7_200_000)
        for _ in 0..<3 {
            #expect(try await code() == .clockJumped)
            world.clock.advance(milliseconds: 1_000)
        }
        set(forward: -7_200_000)
        // The log has the wrong hours by now, and is ahead of the right ones.
        #expect(try await code() == .logUnavailable)
    }

    @Test func `an acknowledged jump is over`() async throws {
        #expect(try await code() == .allowed)
        set(forward: 7_200_000)
        #expect(try await code() == .clockJumped)
        try await EventLog(world.ports).commit(
            .clock(why: .jumped, expected: World.day, found: world.clock.now()), actor: "tester")
        #expect(try await code() == .allowed)
        set(forward: 7_200_000)
        #expect(try await code() == .clockJumped)
    }

    @Test func `a jump is no reason where the call is refused anyway`() async throws {
        #expect(try await code() == .allowed)
        set(forward: 7_200_000)
        let refused = await pipeline.answer(try Calls.call("read_document", ["path": "/etc/shadow"]))
        #expect(!refused.isAllowed && refused.reasons.first?.code != .clockJumped)
    }

    @Test func `sleep is time that passed, and slow corrections add up to nothing`() async throws {
        #expect(try await code() == .allowed)
        world.clock.advance(milliseconds: 8 * 3_600_000)
        #expect(try await code() == .allowed)
        for _ in 0..<10 {
            world.clock.advance(milliseconds: 3_600_000)
            set(forward: 30_000)
            #expect(try await code() == .allowed)
        }
    }
}

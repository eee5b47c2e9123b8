// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Gateway

@Suite struct AlarmClockTests {
    @Test func `alarms ring in the order of their moments, whatever order they were set in`() async throws {
        let clock = SystemAlarmClock()
        let rung = Inbox<Int>()
        let now = clock.milliseconds()
        clock.ring(at: .max) { rung.add(99) }
        for n in [3, 1, 4, 2] { clock.ring(at: now + 50 + Int64(10 * n)) { rung.add(n) } }
        for n in 1...4 {
            #expect(try await within("an alarm") { await rung.first { _ in true } } == n)
        }
        #expect(clock.milliseconds() >= now + 90, "none rings before its time")
    }

    @Test func `a moment that has passed rings at once`() async throws {
        let clock = SystemAlarmClock()
        let rung = Inbox<Int>()
        clock.ring(at: .max) {}
        for moment in [clock.milliseconds(), 0, -1, .min] { clock.ring(at: moment) { rung.add(1) } }
        for _ in 0..<4 { _ = try await within("an alarm") { await rung.first { _ in true } } }
    }
}

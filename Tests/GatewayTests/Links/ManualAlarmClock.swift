// SPDX-License-Identifier: Apache-2.0

import Synchronization

@testable import Gateway

/// A clock that a test sets; its alarms ring on the thread that does.
final class ManualAlarmClock: AlarmClock {
    private struct State {
        var now: Int64 = 1_000
        var alarms: [(moment: Int64, body: @Sendable () -> Void)] = []
    }

    private let state = Mutex(State())
    /// The moments that somebody asked to be called at.
    let set = Inbox<Int64>()

    func milliseconds() -> Int64 { state.withLock { $0.now } }

    func ring(at moment: Int64, _ body: @escaping @Sendable () -> Void) {
        let isDue = state.withLock { state in
            if moment > state.now { state.alarms.append((moment, body)) }
            return moment <= state.now
        }
        if isDue { body() }
        set.add(moment)
    }

    func advance(_ milliseconds: Int64) {
        state.withLock { $0.now += milliseconds }
        while let body = due() { body() }
    }

    /// Waits until an alarm has been set that rings so long from now at the latest.
    func alarm(within milliseconds: Int64) async throws {
        let latest = self.milliseconds() + milliseconds
        _ = try await within("an alarm") { [set] in await set.first { $0 <= latest } }
    }

    private func due() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard let place = state.alarms.indices.min(by: { state.alarms[$0].moment < state.alarms[$1].moment }),
                state.alarms[place].moment <= state.now
            else { return nil }
            return state.alarms.remove(at: place).body
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Time that never goes back, and calls at moments of it.
protocol AlarmClock: Sendable {
    /// Milliseconds; only differences mean anything.
    func milliseconds() -> Int64

    /// Calls `body` once, at that moment or soon after it, on a thread of the clock's; at once where it has passed. It
    /// must be brief and must not block. What is no longer needed still rings: `body` finds nothing to do then.
    func ring(at moment: Int64, _ body: @escaping @Sendable () -> Void)
}

/// The monotonic clock, with one thread for all alarms.
final class SystemAlarmClock: AlarmClock, @unchecked Sendable {
    static let shared = SystemAlarmClock()

    private struct Alarm {
        let moment: Int64
        let body: @Sendable () -> Void
    }

    // INVARIANT: both are only touched inside `monitor.withLock`.
    /// The latest first. There are few: an owner has one or two at a time.
    private var alarms: [Alarm] = []
    private var hasThread = false
    private let monitor = Monitor()

    func milliseconds() -> Int64 { MonotonicTime.now().nanoseconds / 1_000_000 }

    func ring(at moment: Int64, _ body: @escaping @Sendable () -> Void) {
        let isFirst = monitor.withLock {
            let place = alarms.firstIndex { $0.moment <= moment } ?? alarms.count
            alarms.insert(Alarm(moment: moment, body: body), at: place)
            monitor.signal()
            defer { hasThread = true }
            return !hasThread
        }
        if isFirst { PeerThread.start("alarms") { [self] in run() } }
    }

    private func run() {
        while true {
            let due: Alarm? = monitor.withLock {
                _ = monitor.wait(until: nil) { !alarms.isEmpty }
                guard let next = alarms.last else { return nil }
                let moment = MonotonicTime(nanoseconds: max(0, min(next.moment, .max / 1_000_000)) * 1_000_000)
                // An earlier one may be set meanwhile.
                _ = monitor.wait(until: moment) { alarms.last?.moment != next.moment }
                guard let last = alarms.last, last.moment <= milliseconds() else { return nil }
                return alarms.removeLast()
            }
            due?.body()
        }
    }
}

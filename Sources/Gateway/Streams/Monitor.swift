// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A lock with one condition, whose deadlines are on the monotonic clock: a jump of the wall clock neither wakes nor
/// holds a waiter.
///
/// Threads wait here for peers and pipes; nothing that runs on Swift's cooperative pool does.
final class Monitor: @unchecked Sendable {
    // INVARIANT: both are initialised once and only touched through pthread calls, which are thread-safe.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func withLock<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }

    /// Inside `withLock`: waits until `isDone`, at most until the deadline; whether it is done.
    func wait(until deadline: MonotonicTime?, _ isDone: () -> Bool) -> Bool {
        while !isDone() {
            if let deadline {
                var time = deadline.timespec
                if pthread_cond_timedwait(condition, mutex, &time) == ETIMEDOUT { return isDone() }
            } else {
                pthread_cond_wait(condition, mutex)
            }
        }
        return true
    }

    func signal() { pthread_cond_broadcast(condition) }
}

/// A moment of the monotonic clock.
struct MonotonicTime: Sendable, Comparable {
    let nanoseconds: Int64

    static func now() -> MonotonicTime {
        var time = Glibc.timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    static func after(milliseconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: now().nanoseconds + milliseconds * 1_000_000)
    }

    var timespec: Glibc.timespec {
        Glibc.timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }

    /// Milliseconds from now, rounded up, 0 where it has passed; for poll(2).
    var millisecondsLeft: Int32 {
        Int32(clamping: max(0, (nanoseconds - MonotonicTime.now().nanoseconds + 999_999) / 1_000_000))
    }

    static func < (left: MonotonicTime, right: MonotonicTime) -> Bool { left.nanoseconds < right.nanoseconds }
}

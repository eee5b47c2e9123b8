// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization
import Testing

/// A thread with the smallest stack that a server is likely to give one.
enum SmallStack {
    /// 512 KiB, which a task has on some systems.
    static let bytes = 512 << 10

    /// What `body` returns there.
    static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) throws -> Value {
        let result = Mutex<Value?>(nil)
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            let value = body()
            result.withLock { $0 = value }
            done.signal()
        }
        thread.stackSize = bytes
        thread.start()
        done.wait()
        return try #require(result.withLock { $0 })
    }
}

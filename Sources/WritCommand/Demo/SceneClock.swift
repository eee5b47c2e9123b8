// SPDX-License-Identifier: Apache-2.0

import Decisions
import Synchronization
import WireTypes

/// The scene's time, which stands still but for a few milliseconds a look, and is moved by the scene.
final class SceneClock: Decisions.Clock {
    private let milliseconds: Mutex<Int64>

    init(_ time: Timestamp) { milliseconds = Mutex(time.milliseconds) }

    func move(to time: Timestamp) { milliseconds.withLock { $0 = time.milliseconds } }

    func now() -> Timestamp { Timestamp(clamping: milliseconds.withLock { $0 }) }

    func monotonicMilliseconds() -> Int64 { milliseconds.withLock { $0 } }
}

// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// Runs tasks on the threads that read and write connections, and so without handing each piece of a request to the
/// pool's threads and back.
///
/// What holds its thread waiting does not belong here: other connections wait with it.
final class LoopExecutor: TaskExecutor {
    /// The thread that wakes a task runs it, where that is one of them; else one of them, by turns.
    static let nearest = LoopExecutor(nil)

    private let loop: (any EventLoop)?

    /// Tasks of one connection, on its own thread.
    init(_ loop: (any EventLoop)?) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let loop = loop ?? MultiThreadedEventLoopGroup.singleton.any()
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

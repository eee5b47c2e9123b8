// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// Runs tasks on the threads that read and write connections: those that only pass on what comes and goes, so that it is
/// not handed to the pool's threads and back.
///
/// What holds its thread for long does not belong here, since other connections wait with it: nothing is judged here, no
/// file is asked for, nothing is signed.
final class LoopExecutor: TaskExecutor {
    static let shared = LoopExecutor()

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // Where one of these threads wakes a task, it runs it itself.
        MultiThreadedEventLoopGroup.singleton.any().execute {
            job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}

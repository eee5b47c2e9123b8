// SPDX-License-Identifier: Apache-2.0

import Decisions
import Synchronization

/// What is to be appended, and what comes with it.
struct Work: Sendable {
    var request: CommitRequest

    /// About how many bytes it writes.
    var byteCount: Int {
        request.entry.count + (request.evidence?.ciphertext.count ?? 0)
            + request.contents.reduce(0) { $0 + $1.bytes.count }
    }
}

/// What became of a piece of work.
typealias Answer = Result<CommitResult, LedgerError>

/// A caller that waits for its commit. It is answered once; what comes later is dropped.
final class Waiter: Sendable {
    let work: Work
    /// Milliseconds of `Monotonic`.
    let deadline: Int64
    private let continuation: Mutex<CheckedContinuation<Answer, Never>?>

    init(_ work: Work, deadline: Int64, _ continuation: CheckedContinuation<Answer, Never>) {
        self.work = work
        self.deadline = deadline
        self.continuation = Mutex(continuation)
    }

    func answer(_ answer: Answer) {
        let continuation = continuation.withLock { continuation in
            defer { continuation = nil }
            return continuation
        }
        continuation?.resume(returning: answer)
    }
}

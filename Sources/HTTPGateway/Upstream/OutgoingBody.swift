// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Decisions
import Gateway
import NIOCore
import Synchronization

/// The body of one POST: its bytes are asked for when a connection is there to take them.
struct OutgoingBody: AsyncSequence, Sendable {
    typealias Element = ByteBuffer

    /// Where the bytes come from.
    enum Source: Sendable {
        case bytes([UInt8])
        case permit(PermittedFrame)
    }

    /// The permit's time was over before the bytes could go.
    struct Expired: Error {}

    let source: Source
    let departure: Departure

    var byteCount: Int {
        switch source {
        case .bytes(let bytes): bytes.count
        case .permit(let frame): frame.byteCount
        }
    }

    func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    struct Iterator: AsyncIteratorProtocol {
        private var body: OutgoingBody?

        init(body: OutgoingBody) { self.body = body }

        mutating func next() async throws -> ByteBuffer? {
            guard let body else { return nil }
            self.body = nil
            switch body.source {
            case .bytes(let bytes):
                body.departure.set(.gone)
                return ByteBuffer(bytes: bytes)
            case .permit(let frame):
                guard let bytes = frame.take() else {
                    body.departure.set(.expired)
                    throw Expired()
                }
                body.departure.set(.gone)
                return ByteBuffer(bytes: bytes)
            }
        }
    }
}

/// Whether a message is on its way, once that is known.
final class Departure: Sendable {
    enum Outcome: Sendable, Equatable {
        /// Its bytes were handed to a connection.
        case gone
        /// Its permit's time was over; nothing was sent.
        case expired
        /// It was not sent, and why.
        case failed(UpstreamFailure)
    }

    private struct State {
        var outcome: Outcome?
        var waiter: CheckedContinuation<Outcome, Never>?
    }

    private let state = Mutex(State())

    /// The first counts.
    func set(_ outcome: Outcome) {
        let waiter = state.withLock { state in
            guard state.outcome == nil else { return nil as CheckedContinuation<Outcome, Never>? }
            state.outcome = outcome
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.resume(returning: outcome)
    }

    var known: Outcome? { state.withLock { $0.outcome } }

    func outcome() async -> Outcome {
        await withCheckedContinuation { continuation in
            let outcome = state.withLock { state in
                if state.outcome == nil { state.waiter = continuation }
                return state.outcome
            }
            if let outcome { continuation.resume(returning: outcome) }
        }
    }
}

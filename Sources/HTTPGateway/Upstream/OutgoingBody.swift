// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Decisions
import Gateway
import NIOCore
import Synchronization

/// The body of one POST: its bytes are asked for, once, when a connection is there to take them.
///
/// The library asks for those of a collection where it has written the head, on the connection's own thread; a stream
/// costs each request a task and two changes of thread. Where a permit's time was over there are none, which is fewer
/// than the head has said: that ends the connection.
final class OutgoingBody: Sendable {
    /// Where the bytes come from.
    enum Source: Sendable {
        case bytes([UInt8])
        case permit(PermittedFrame)
    }

    let byteCount: Int
    private let source: Source
    private let departure: Departure
    private let isTaken = Mutex(false)

    init(source: Source, departure: Departure) {
        self.source = source
        self.departure = departure
        byteCount =
            switch source {
            case .bytes(let bytes): bytes.count
            case .permit(let frame): frame.byteCount
            }
    }

    /// As the client library takes it. It cuts larger collections into pieces, so those are streams of one piece.
    func body(upTo pieceMax: Int) -> HTTPClientRequest.Body {
        let length = HTTPClientRequest.Body.Length.known(Int64(byteCount))
        guard byteCount <= pieceMax else {
            return .stream(AsyncStream(unfolding: { self.take().map { ByteBuffer(bytes: $0) } }), length: length)
        }
        return .bytes(Piece(body: self), length: length)
    }

    /// The bytes, the first time; `nil` where the permit's time is over.
    private func take() -> [UInt8]? {
        let wasTaken = isTaken.withLock { isTaken in
            defer { isTaken = true }
            return isTaken
        }
        guard !wasTaken else { return nil }
        switch source {
        case .bytes(let bytes):
            departure.set(.gone)
            return bytes
        case .permit(let frame):
            let bytes = frame.take()
            departure.set(bytes == nil ? .expired : .gone)
            return bytes
        }
    }

    /// What the library makes one buffer of.
    private struct Piece: Collection, Sendable {
        let body: OutgoingBody

        var startIndex: Int { 0 }
        var endIndex: Int { body.byteCount }
        func index(after place: Int) -> Int { place + 1 }
        /// Nobody reads them one by one; in what this would make no server finds a call.
        subscript(place: Int) -> UInt8 { 0 }

        func withContiguousStorageIfAvailable<Result>(
            _ read: (UnsafeBufferPointer<UInt8>) throws -> Result
        ) rethrows -> Result? { try (body.take() ?? []).withUnsafeBufferPointer(read) }
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

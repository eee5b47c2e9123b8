// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Gateway
import Glibc
import MCP
import NIOCore
import NIOHTTP1
import NIOPosix
import StrictJSON

/// Reads a server's event stream, over as many connections as it takes.
struct StreamReading {
    private let transport: HTTPTransport
    private let receiver: any UpstreamReceiver
    private let id: Int64?
    private(set) var lastEventID: UTF8String?
    private(set) var eventCount = 0
    /// How long to wait before asking for the stream again, in milliseconds.
    private(set) var pause: Int64

    init(transport: HTTPTransport, receiver: any UpstreamReceiver, id: Int64?) {
        self.transport = transport
        self.receiver = receiver
        self.id = id
        pause = transport.limits.reconnectMilliseconds
    }

    /// Reads one response to its end, or until the answer has come.
    ///
    /// - Returns: whether the answer has come.
    /// - Throws: `UpstreamFailure` where the stream is one that must not be read on; else what the connection says.
    mutating func read(_ response: HTTPClientResponse) async throws -> Bool {
        let limits = transport.limits
        var parser = EventStreamParser(
            lineBytesMax: limits.eventLineBytes, eventBytesMax: limits.eventBytes, lastEventID: lastEventID)
        for try await buffer in response.body {
            let items: [EventStreamParser.Item]
            do throws(EventStreamParser.Failure) {
                items = try parser.read(Array(buffer.readableBytesView)[...])
            } catch { throw UpstreamFailure(.protocolViolation, "an event of the server is too long") }
            if let id = parser.lastEventID, id != lastEventID {
                lastEventID = id
                eventCount += 1
            }
            for item in items where take(item) { return true }
        }
        return false
    }

    private mutating func take(_ item: EventStreamParser.Item) -> Bool {
        switch item {
        case .retry(let time):
            let limits = transport.limits
            pause = min(max(time, limits.reconnectMillisecondsMin), limits.reconnectMillisecondsMax)
            return false
        case .event("message", let data) where !data.isEmpty:
            eventCount += 1
            let frame = ReadFrame(.line(data))
            receiver.received(frame, on: id)
            guard let id, case .message(let envelope) = frame else { return false }
            return envelope.kind == .result(id: RequestID(id)) || envelope.kind == .error(id: RequestID(id))
        case .event: return false
        }
    }
}

/// The stream of a session that belongs to no request: asked for after the handshake, and again when it breaks.
struct ServerStream: Sendable {
    let transport: HTTPTransport
    let receiver: any UpstreamReceiver

    /// Listens until the session ends, the server has no such stream, or it has broken too often.
    func run() async {
        var reading = StreamReading(transport: transport, receiver: receiver, id: nil)
        var attempts = 0
        while !Task.isCancelled, attempts <= transport.limits.reconnects {
            let count = reading.eventCount
            do {
                let response = try await transport.execute(
                    transport.streamRequest(lastEventID: reading.lastEventID),
                    within: transport.limits.acknowledgeMilliseconds)
                if response.status == .notFound { return transport.sessionLost() }
                guard response.status == .ok, try UpstreamText.mediaType(response) == MediaTypes.eventStream else {
                    return
                }
                _ = try await reading.read(response)
            } catch is UpstreamFailure { return } catch {}
            attempts = reading.eventCount > count ? 1 : attempts + 1
            do { try await Task.sleep(for: .milliseconds(reading.pause)) } catch { return }
        }
    }
}

/// What of a server's answers and of the client library's errors gets any further: nothing that it wrote.
enum UpstreamText {
    /// The media type of an answer.
    ///
    /// - Throws: where it is packed; nothing was offered, so nothing is unpacked.
    static func mediaType(_ response: HTTPClientResponse) throws(UpstreamFailure) -> UTF8String {
        let packed = response.headers["Content-Encoding"].contains { $0.lowercased() != "identity" }
        guard !packed else { throw UpstreamFailure(.protocolViolation, "the server's answer is packed") }
        let types = response.headers["Content-Type"]
        guard types.count == 1 else { return "" }
        return MediaTypes.type(UTF8String(types[0]))
    }

    /// An error in words that quote neither headers nor bodies.
    static func failure(_ error: any Error) -> UpstreamFailure {
        switch error {
        case let failure as UpstreamFailure: failure
        case is CancellationError: UpstreamFailure(.ended, "it was cancelled")
        case let error as HTTPClientError: failure(error)
        case is NIOConnectionError: UpstreamFailure(.unreachable, "the server cannot be connected to")
        case let error as IOError:
            UpstreamFailure(.ended, "the connection failed: \(String(cString: strerror(error.errnoCode)))")
        case HTTPParserError.invalidEOFState: UpstreamFailure(.ended, "the server ended its answer in the middle")
        case is HTTPParserError: UpstreamFailure(.protocolViolation, "the server does not speak HTTP")
        default: UpstreamFailure(.ended, "the connection failed")
        }
    }

    /// An error before anything was sent: the server could not be reached, where nothing better is known.
    static func failureToSend(_ error: any Error) -> UpstreamFailure {
        let failure = failure(error)
        return failure.kind == .ended ? UpstreamFailure(.unreachable, failure.text) : failure
    }

    private static func failure(_ error: HTTPClientError) -> UpstreamFailure {
        let text = error.shortDescription.lowercased()
        switch error {
        case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
            return UpstreamFailure(.unreachable, text)
        case .readTimeout, .deadlineExceeded: return UpstreamFailure(.unanswered, text)
        case .writeTimeout: return UpstreamFailure(.stalled, text)
        default: return UpstreamFailure(.ended, text)
        }
    }
}

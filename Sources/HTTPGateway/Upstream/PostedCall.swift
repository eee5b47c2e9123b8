// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Gateway
import MCP
import NIOCore
import NIOHTTP1
import StrictJSON

/// One POST to a server, from its departure to the end of what it is answered with.
struct PostedCall: Sendable {
    let transport: HTTPTransport
    let receiver: any UpstreamReceiver
    let request: HTTPClientRequest
    let id: Int64?
    let departure: Departure
    let hasSession: Bool
    let isOpening: Bool
    let isModern: Bool

    private var limits: HTTPUpstreamLimits { transport.limits }

    // MARK: - What has no answer

    /// Sends a notification or an answer.
    ///
    /// - Returns: why the server has not taken it; `nil` where it has.
    func acknowledged() async -> UpstreamFailure? {
        let response: HTTPClientResponse
        do { response = try await transport.execute(request, within: limits.acknowledgeMilliseconds) } catch {
            let failure = departure.known == nil ? UpstreamText.failureToSend(error) : UpstreamText.failure(error)
            departure.set(.failed(failure))
            return failure
        }
        // A server may answer before it has read the body; then nobody knows whether it has.
        departure.set(.gone)
        await drain(response)
        let status = Int(response.status.code)
        if (200..<300).contains(status) { return nil }
        if isLost(response) { return lost() }
        return UpstreamFailure(.refused(status: status), "the server answers \(status)")
    }

    /// Reads a little of a body that says nothing, so that the connection can be used again.
    private func drain(_ response: HTTPClientResponse) async {
        do { _ = try await response.body.collect(upTo: 4096) } catch {}
    }

    // MARK: - Requests

    /// Sends a request and gives the receiver everything that belongs to it.
    func answered() async {
        guard let id else { return }
        let failure = await exchange(id)
        if let failure { departure.set(.failed(failure)) }
        // What was never sent has no stream that could end, and where everything has ended this is said once for all.
        guard departure.known == .gone, transport.failure == nil else { return }
        receiver.streamEnded(of: id, failure)
    }

    private func exchange(_ id: Int64) async -> UpstreamFailure? {
        do {
            let response = try await transport.execute(request, within: limits.silentMilliseconds)
            departure.set(.gone)
            let status = Int(response.status.code)
            guard (200..<300).contains(status) else { return try await refused(response, status, id) }
            if isOpening, !transport.keepSession(response.headers[HTTPHeaderName.sessionID.rawValue]) {
                return UpstreamFailure(.protocolViolation, "the server's session id is none")
            }
            switch try UpstreamText.mediaType(response) {
            case MediaTypes.json:
                receiver.received(try await frame(response, id), on: id)
                return nil
            case MediaTypes.eventStream: return try await events(response, id)
            default:
                return UpstreamFailure(.protocolViolation, "the server answers a request neither with JSON nor events")
            }
        } catch {
            return departure.known == nil ? UpstreamText.failureToSend(error) : UpstreamText.failure(error)
        }
    }

    private func frame(_ response: HTTPClientResponse, _ id: Int64) async throws -> ReadFrame {
        do {
            let body = try await response.body.collect(upTo: limits.bodyBytes)
            return ReadFrame(.line(Array(body.readableBytesView)))
        } catch is NIOTooManyBytesError {
            return .malformed(EnvelopeError(.tooLong, id: RequestID(id), isAnswer: true))
        }
    }

    private func events(_ response: HTTPClientResponse, _ id: Int64) async throws -> UpstreamFailure? {
        var reading = StreamReading(transport: transport, receiver: receiver, id: id)
        var current = response
        var attempts = 0
        while true {
            let count = reading.eventCount
            let broken: UpstreamFailure?
            do {
                if try await reading.read(current) { return nil }
                broken = nil
            } catch let failure as UpstreamFailure { return failure } catch { broken = UpstreamText.failure(error) }
            // In the handshake revisions a stream that had an id can be taken up again where it broke off.
            attempts = reading.eventCount > count ? 1 : attempts + 1
            guard !isModern, reading.lastEventID != nil, attempts <= limits.reconnects, !Task.isCancelled else {
                return broken ?? UpstreamFailure(.ended, "the server ended the stream without an answer")
            }
            try await Task.sleep(for: .milliseconds(reading.pause))
            let request = transport.streamRequest(lastEventID: reading.lastEventID)
            let resumed = try await transport.execute(request, within: limits.silentMilliseconds)
            if isLost(resumed) { return lost() }
            guard resumed.status == .ok, try UpstreamText.mediaType(resumed) == MediaTypes.eventStream else {
                return UpstreamFailure(
                    .refused(status: Int(resumed.status.code)), "the server does not take its stream up again")
            }
            current = resumed
        }
    }

    /// A status that is no success: the JSON-RPC error in its body, where it has one that may be passed on.
    private func refused(
        _ response: HTTPClientResponse, _ status: Int, _ id: Int64
    ) async throws -> UpstreamFailure? {
        if isLost(response) { return lost() }
        let failure = UpstreamFailure(.refused(status: status), "the server answers \(status)")
        // What it says about credentials is about ours, not the client's.
        guard ![401, 403, 407].contains(status), try UpstreamText.mediaType(response) == MediaTypes.json,
            case .message(let envelope) = try await frame(response, id)
        else { return failure }
        switch envelope.kind {
        case .error(nil):
            // It could not read the id; whose POST this answers is known all the same.
            var message = envelope.message
            message["id"] = RequestID(id).json
            do throws(EnvelopeError) { receiver.received(.message(try Envelope(.object(message))), on: id) } catch {
                return failure
            }
            return nil
        case .error(.some), .result:
            receiver.received(.message(envelope), on: id)
            return nil
        case .request, .notification: return failure
        }
    }

    private func isLost(_ response: HTTPClientResponse) -> Bool { hasSession && response.status == .notFound }

    private func lost() -> UpstreamFailure {
        transport.sessionLost()
        return UpstreamFailure(.sessionLost, "the server knows the session no more")
    }
}

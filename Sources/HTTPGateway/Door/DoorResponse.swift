// SPDX-License-Identifier: Apache-2.0

import Decisions
import HTTPTypes
import Hummingbird
import MCP
import NIOCore
import StrictJSON

/// The shapes that an answer may have.
enum DoorResponse {
    static func empty(_ status: Int, _ headers: HTTPFields = [:]) -> Response {
        Response(status: HTTPResponse.Status(code: status), headers: headers)
    }

    static func json(_ status: Int, _ body: JSON, _ headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = MediaTypes.json.string
        return Response(
            status: HTTPResponse.Status(code: status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body.serialized())))
    }

    static func refusal(_ refusal: HTTPRefusal) -> Response {
        var headers = HTTPFields()
        for line in refusal.headers {
            guard let name = HTTPField.Name(line.name) else { continue }
            headers.append(HTTPField(name: name, value: line.value))
        }
        return json(refusal.status, refusal.body, headers)
    }

    /// An event stream that writes what a queue gives, until the answer or the client's leaving.
    ///
    /// - Parameter done: called when the last byte is handed over, or the client is gone. Where it is gone before the
    ///   stream begins this is not called: whoever watches the connection hears of that.
    static func events(
        _ queue: OutboundQueue, _ connection: Connection, limits: HTTPDoorLimits, _ headers: HTTPFields = [:],
        done: @escaping @Sendable () -> Void
    ) -> Response {
        var headers = headers
        headers[.contentType] = MediaTypes.eventStream.string
        headers[.cacheControl] = "no-store"
        headers[buffering] = "no"
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                defer { done() }
                do { try await write(queue, connection, limits, to: &writer) } catch {
                    queue.close()
                    throw error
                }
                try await writer.finish(nil)
            })
    }

    private static func write(
        _ queue: OutboundQueue, _ connection: Connection, _ limits: HTTPDoorLimits,
        to writer: inout any ResponseBodyWriter
    ) async throws {
        while let item = await queue.next() {
            switch item {
            case .message(let message): try await writer.write(ByteBuffer(bytes: EventStreamWriter.event(message)))
            case .permit(let frame, let onExpired):
                // What was written before must have left: a permit's time is not to be spent in a queue.
                guard await connection.drained(within: limits.writeDeadlineMilliseconds), let bytes = frame.take()
                else {
                    onExpired()
                    continue
                }
                try await writer.write(ByteBuffer(bytes: EventStreamWriter.event(bytes)))
            case .comment: try await writer.write(ByteBuffer(bytes: EventStreamWriter.comment))
            case .end(let answer, let refusal):
                if let answer = OutboundQueue.Item.answer(answer, unless: refusal) {
                    try await writer.write(ByteBuffer(bytes: EventStreamWriter.event(answer.serialized())))
                }
                return
            }
        }
        throw ClientIsGone()
    }

    private static let buffering = name("X-Accel-Buffering")
    static let proofNonce = name("DPoP-Nonce")
    static let sessionID = name(HTTPHeaderName.sessionID.rawValue)

    private static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is a header's name") }
        return name
    }
}

/// The connection ended while an answer was being written.
struct ClientIsGone: Error {}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import StrictJSON

/// The only way to the server. A tool call gets there by a permit and by nothing else.
struct UpstreamWriter: Sendable {
    private let writer: FrameWriter

    init(_ writer: FrameWriter) { self.writer = writer }

    /// Forwards a permitted call: exactly the bytes that its receipt commits to, once.
    ///
    /// - Throws: `FrameWriter.Failure` where the server is gone; the call was then not forwarded.
    func forward(_ permit: consuming Permit) async throws(FrameWriter.Failure) {
        try await writer.deliver(permit.spend())
    }

    /// Sends what is no tool call: handshakes, lists, notifications, answers.
    ///
    /// - Throws: `FrameWriter.Failure` where the server is gone.
    func send(control message: JSON) throws(FrameWriter.Failure) {
        try writer.send(Self.bytes(control: message))
    }

    /// As `send(control:)`, for tasks.
    func deliver(control message: JSON) async throws(FrameWriter.Failure) {
        try await writer.deliver(Self.bytes(control: message))
    }

    private static func bytes(control message: JSON) -> [UInt8] {
        // INVARIANT: calls come by `forward`. The session never makes one; this line keeps it so.
        precondition(message["method"] != "tools/call", "a tool call may only be forwarded by its permit")
        return message.serialized()
    }

    func start(onFailure: @escaping @Sendable (FrameWriter.Failure) -> Void) { writer.start(onFailure: onFailure) }

    func finish(within deadline: MonotonicTime) { writer.finish(within: deadline) }
}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import StrictJSON

/// The only way to the server. A tool call gets there by a permit and by nothing else.
struct UpstreamWriter: Sendable {
    private let writer: FrameWriter

    init(_ writer: FrameWriter) { self.writer = writer }

    /// Forwards a permitted call: exactly the bytes that its receipt commits to, once, and in time.
    ///
    /// - Parameter onExpired: called on the writer's thread where the permit's time was over before the server took what
    ///   came before it; the call was then not forwarded.
    /// - Throws: `FrameWriter.Failure` where the server is gone; the call was then not forwarded.
    func forward(
        _ permit: consuming Permit, onExpired: @escaping @Sendable () -> Void
    ) async throws(FrameWriter.Failure) {
        let frame = permit.spend()
        try await writer.deliver(
            FrameWriter.Frame(byteCount: frame.byteCount, take: { frame.take() }, onRefused: onExpired))
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

    /// Sends what needs no decision.
    ///
    /// - Throws: `FrameWriter.Failure` where the server is gone.
    func deliver(_ message: FreeMessage) async throws(FrameWriter.Failure) {
        try await writer.deliver(message.json.serialized())
    }

    private static func bytes(control message: JSON) -> [UInt8] {
        // INVARIANT: calls come by `forward`. The session never makes one; this line keeps it so.
        precondition(message["method"] != "tools/call", "a tool call may only be forwarded by its permit")
        return message.serialized()
    }

    func start(onFailure: @escaping @Sendable (FrameWriter.Failure) -> Void) { writer.start(onFailure: onFailure) }

    func finish(within deadline: MonotonicTime) { writer.finish(within: deadline) }
}

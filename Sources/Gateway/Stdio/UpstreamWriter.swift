// SPDX-License-Identifier: Apache-2.0

import Decisions
import StrictJSON

/// The only way to the server. A tool call gets there by a permit and by nothing else.
struct UpstreamWriter: Sendable {
    private let writer: FrameWriter

    init(_ writer: FrameWriter) { self.writer = writer }

    /// Forwards a permitted call: exactly the bytes that its receipt commits to, once.
    ///
    /// - Throws: `FrameWriter.Failure` where the server is gone.
    func forward(_ permit: consuming Permit) throws(FrameWriter.Failure) {
        try writer.send(permit.spend())
    }

    /// Sends what is no tool call: handshakes, lists, notifications, answers.
    ///
    /// - Throws: `FrameWriter.Failure` where the server is gone.
    func send(control message: JSON) throws(FrameWriter.Failure) {
        // INVARIANT: calls come by `forward`. The session never makes one; this line keeps it so.
        precondition(message["method"] != "tools/call", "a tool call may only be forwarded by its permit")
        try writer.send(message.serialized())
    }

    func start(onFailure: @escaping @Sendable (FrameWriter.Failure) -> Void) { writer.start(onFailure: onFailure) }

    func finish(withinMilliseconds milliseconds: Int64) { writer.finish(withinMilliseconds: milliseconds) }
}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import StrictJSON

/// The only way to the server. What is decided gets there by a permit and by nothing else.
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
            FrameWriter.Frame(
                byteCount: frame.byteCount, take: { frame.take() }, onRefused: onExpired,
                mayGoOn: { frame.mayGoOn }))
    }

    /// As `forward`, and returns when the bytes are written, or are not to be written any more.
    ///
    /// - Throws: `FrameWriter.Failure` where the server is gone; it may then have had a part of it.
    func forwardWritten(
        _ permit: consuming Permit, onExpired: @escaping @Sendable () -> Void
    ) async throws(FrameWriter.Failure) {
        let frame = permit.spend()
        let race = Race<FrameWriter.Failure?>()
        try await writer.deliver(
            FrameWriter.Frame(
                byteCount: frame.byteCount, take: { frame.take() },
                onRefused: {
                    onExpired()
                    race.finish(nil)
                }, mayGoOn: { frame.mayGoOn }, onEnd: { race.finish($0) }))
        if let failure = await race.value { throw failure }
    }

    /// Sends what needs no decision.
    ///
    /// - Throws: `FrameWriter.Failure` where the server is gone.
    func deliver(_ message: FreeMessage) async throws(FrameWriter.Failure) {
        try await writer.deliver(message.json.serialized())
    }

    func start(onFailure: @escaping @Sendable (FrameWriter.Failure) -> Void) { writer.start(onFailure: onFailure) }

    func finish(within deadline: MonotonicTime) { writer.finish(within: deadline) }
}

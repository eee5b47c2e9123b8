// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Writes what one turn of a connection's loop has flushed in one system call: the client library flushes the head of a
/// request, its body and its end each by itself.
final class TurnFlusher: ChannelOutboundHandler {
    typealias OutboundIn = NIOAny

    private var isDue = false

    func flush(context: ChannelHandlerContext) {
        guard !isDue else { return }
        isDue = true
        context.eventLoop.assumeIsolated().execute { self.flushIfDue(context) }
    }

    /// What was flushed before is not lost by closing.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        flushIfDue(context)
        context.close(mode: mode, promise: promise)
    }

    func handlerRemoved(context: ChannelHandlerContext) { isDue = false }

    private func flushIfDue(_ context: ChannelHandlerContext) {
        guard isDue else { return }
        isDue = false
        context.flush()
    }
}

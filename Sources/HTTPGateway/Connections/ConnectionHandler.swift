// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTPTypes

/// Watches over one connection in its channel: how long bodies take to come and answers to go, and when the client
/// leaves.
///
/// A client that closes its sending half counts as gone. That is how an aborted request looks, and the stateless revision
/// makes it a cancellation.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let table: ConnectionTable
    private let bodyTime: TimeAmount
    private let writeTime: TimeAmount
    private var connection: Connection?
    private var isInBody = false
    private var bodyDeadline: Scheduled<Void>?
    private var writeDeadline: Scheduled<Void>?

    init(table: ConnectionTable, limits: HTTPDoorLimits) {
        self.table = table
        bodyTime = .milliseconds(limits.bodyMilliseconds)
        writeTime = .milliseconds(limits.writeDeadlineMilliseconds)
    }

    func handlerAdded(context: ChannelHandlerContext) { connection = table.add(context.channel) }

    func handlerRemoved(context: ChannelHandlerContext) { end(context) }

    func channelInactive(context: ChannelHandlerContext) {
        end(context)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isInBody = true
        case .body: break
        case .end:
            isInBody = false
            bodyDeadline?.cancel()
            bodyDeadline = nil
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Most bodies come with their heads and need no clock.
        if isInBody, bodyDeadline == nil { bodyDeadline = closing(context, after: bodyTime) }
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        writeDeadline?.cancel()
        writeDeadline = context.channel.isWritable ? nil : closing(context, after: writeTime)
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed = event as? ChannelEvent {
            end(context)
            context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func closing(_ context: ChannelHandlerContext, after time: TimeAmount) -> Scheduled<Void> {
        let channel = context.channel
        return context.eventLoop.scheduleTask(in: time) { channel.close(promise: nil) }
    }

    private func end(_ context: ChannelHandlerContext) {
        guard let connection else { return }
        self.connection = nil
        bodyDeadline?.cancel()
        writeDeadline?.cancel()
        table.remove(context.channel)
        connection.ended()
    }
}

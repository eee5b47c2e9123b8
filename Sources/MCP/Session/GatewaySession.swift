// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// One client and one server, and what may pass between them: a state machine without I/O.
///
/// The host reads frames, gives them to the machine, and does what it is told. A tool call is handed to the host to be
/// decided; the machine never has the bytes of a call to send, it only learns of it:
///
///     for action in session.client(frame) {
///         if case .decide(let call) = action { … }
///     }
///     // permitted and logged:
///     if session.forwarding(call.token) { write(permit) }    // false: cancelled meanwhile, drop the permit
///     // or denied and logged:
///     perform(session.denied(call.token, answer: answer))
///
/// Rules: MCP 2024-11-05 to 2025-11-25 and 2026-07-28; what those allow and this gateway does not is in `MethodPolicy`.
public struct GatewaySession: Sendable {
    var table: IDTable
    var isServerGone = false
    var isClientGone = false

    /// A session in which nothing has been said.
    public init(openRequestsMax: Int = Limits.openRequestsMax) { table = IDTable(openRequestsMax: openRequestsMax) }

    /// How many of the client's requests have no answer yet.
    public var openRequests: Int { table.count }

    /// One frame from the client, as it was read.
    public mutating func client(_ frame: ReadFrame) -> [GatewayAction] {
        guard !isClientGone else { return [] }
        switch frame {
        case .message(let envelope): return client(envelope)
        case .malformed(let error): return malformedFromClient(error)
        }
    }

    /// One frame from the server, as it was read.
    public mutating func server(_ frame: ReadFrame) -> [GatewayAction] {
        guard !isServerGone else { return [] }
        switch frame {
        case .message(let envelope): return server(envelope)
        case .malformed(let error): return malformedFromServer(error)
        }
    }

    /// What a splitter found on the client's side.
    public mutating func client(_ frame: FrameSplitter.Frame) -> [GatewayAction] { client(ReadFrame(frame)) }

    /// What a splitter found on the server's side.
    public mutating func server(_ frame: FrameSplitter.Frame) -> [GatewayAction] { server(ReadFrame(frame)) }

    /// One line from the client.
    public mutating func client(_ line: [UInt8]) -> [GatewayAction] { client(ReadFrame(.line(line))) }

    /// One line from the server.
    public mutating func server(_ line: [UInt8]) -> [GatewayAction] { server(ReadFrame(.line(line))) }

    /// Call right before a permit's bytes are written to the server.
    ///
    /// - Returns: `false` where the call must not be made any more: the client cancelled it or one side is gone. The
    ///   permit is then dropped unused.
    public mutating func forwarding(_ token: CallToken) -> Bool {
        guard table[outbound: token.outboundID]?.state == .deciding, !isServerGone, !isClientGone else { return false }
        table.mark(token.outboundID, .forwarded)
        return true
    }

    /// Call when a permit's bytes have been handed over to be written.
    ///
    /// - Returns: the cancellation once more, where the client cancelled between `forwarding` and now: the first one may
    ///   be before the call in the queue, and a server forgets a cancellation of what it does not know.
    public func handedOver(_ token: CallToken) -> [GatewayAction] {
        guard table[outbound: token.outboundID]?.state == .cancelled, !isServerGone else { return [] }
        return [.sendToServer(cancellation(of: token.outboundID, reason: nil))]
    }

    /// Call when a call was denied and the decision is logged. `answer` goes to the client.
    public mutating func denied(_ token: CallToken, answer: JSON) -> [GatewayAction] {
        guard let call = table[outbound: token.outboundID], call.state == .deciding else { return [] }
        table.close(call.outboundID)
        return [.sendToClient(Message.denial(call.originalID, era: call.era, answer: answer))]
    }

    /// Call when a forwarded call has had no answer for too long. The server is told, the client gets a failure, and
    /// the outcome is `noAnswer`; what the server still says is dropped.
    public mutating func timedOut(_ token: CallToken) -> [GatewayAction] {
        guard let call = table[outbound: token.outboundID], call.state != .deciding else { return [] }
        table.close(call.outboundID)
        var actions = end(call)
        guard call.state == .forwarded else { return actions }
        if !isServerGone { actions.append(.sendToServer(cancellation(of: call.outboundID, reason: "timed out"))) }
        if !isClientGone {
            actions.append(.sendToClient(Message.failure(call.originalID, era: call.era, "The server did not answer.")))
        }
        return actions
    }

    /// Call when a permit's time was over before its bytes could be written, after `forwarding`: the server has not seen
    /// the call, and the client gets a failure.
    public mutating func expired(_ token: CallToken) -> [GatewayAction] {
        guard let call = table[outbound: token.outboundID], call.state != .deciding else { return [] }
        table.close(call.outboundID)
        guard call.state == .forwarded, !isClientGone else { return [] }
        let text: UTF8String = "The server did not take the call in time. It was permitted, but not made; try again."
        return [.sendToClient(Message.failure(call.originalID, era: call.era, text))]
    }

    /// Call when the server's process has ended: everything open fails, and nothing is forwarded any more.
    public mutating func childExited() -> [GatewayAction] {
        isServerGone = true
        var actions: [GatewayAction] = []
        for request in table.all {
            table.close(request.outboundID)
            if request.state == .deciding {
                actions.append(.cancelledBeforeExecution(CallToken(outboundID: request.outboundID)))
            } else {
                actions += end(request)
            }
            guard request.state != .cancelled, !isClientGone else { continue }
            actions.append(.sendToClient(serverGone(request.originalID)))
        }
        return actions
    }

    /// Call when the client has closed its side: calls that wait for a decision are dropped, those with the server are
    /// still listened for.
    public mutating func clientClosed() -> [GatewayAction] {
        isClientGone = true
        var actions: [GatewayAction] = []
        for request in table.all where request.state == .deciding {
            table.close(request.outboundID)
            actions.append(.cancelledBeforeExecution(CallToken(outboundID: request.outboundID)))
        }
        return actions + [.closeServer]
    }

    /// The end of a request that gets no answer any more.
    func end(_ request: OpenRequest) -> [GatewayAction] {
        guard request.method == "tools/call" else { return [] }
        let token = CallToken(outboundID: request.outboundID)
        return [.outcome(token, request.state == .cancelled ? .cancelled : .noAnswer)]
    }

    func serverGone(_ id: RequestID) -> JSON {
        Message.error(id, code: ErrorCode.internalError, "The server behind this gateway has ended")
    }

    func cancellation(of outboundID: Int64, reason: UTF8String?) -> JSON {
        var params = JSONObject(members: ["requestId": .integer(outboundID)])
        params["reason"] = reason.map(JSON.string)
        return Message.notification("notifications/cancelled", .object(params))
    }
}

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

    /// What a splitter found on the client's side.
    public mutating func client(_ frame: FrameSplitter.Frame) -> [GatewayAction] {
        switch frame {
        case .line(let bytes): client(bytes)
        case .tooLong: malformedFromClient(EnvelopeError(.tooLong))
        }
    }

    /// What a splitter found on the server's side.
    public mutating func server(_ frame: FrameSplitter.Frame) -> [GatewayAction] {
        switch frame {
        case .line(let bytes): server(bytes)
        case .tooLong: malformedFromServer(EnvelopeError(.tooLong))
        }
    }

    /// Call right before a permit's bytes are written to the server.
    ///
    /// - Returns: `false` where the call must not be made any more: the client cancelled it or one side is gone. The
    ///   permit is then dropped unused.
    public mutating func forwarding(_ token: CallToken) -> Bool {
        guard table[outbound: token.outboundID]?.state == .deciding, !isServerGone, !isClientGone else { return false }
        table.mark(token.outboundID, .forwarded)
        return true
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
        var actions: [GatewayAction] = [.outcome(token, .noAnswer)]
        guard call.state == .forwarded else { return actions }
        if !isServerGone { actions.append(.sendToServer(cancellation(of: call.outboundID, reason: "timed out"))) }
        if !isClientGone {
            actions.append(.sendToClient(Message.failure(call.originalID, era: call.era, "The server did not answer.")))
        }
        return actions
    }

    /// Call when the server's process has ended: everything open fails, and nothing is forwarded any more.
    public mutating func childExited() -> [GatewayAction] {
        isServerGone = true
        var actions: [GatewayAction] = []
        for request in table.all {
            table.close(request.outboundID)
            let token = CallToken(outboundID: request.outboundID)
            if request.state == .deciding {
                actions.append(.cancelledBeforeExecution(token))
            } else if request.method == "tools/call" {
                actions.append(.outcome(token, .noAnswer))
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

    func serverGone(_ id: RequestID) -> JSON {
        Message.error(id, code: ErrorCode.internalError, "The server behind this gateway has ended")
    }

    func cancellation(of outboundID: Int64, reason: UTF8String?) -> JSON {
        var params = JSONObject(members: ["requestId": .integer(outboundID)])
        params["reason"] = reason.map(JSON.string)
        return Message.notification("notifications/cancelled", .object(params))
    }
}

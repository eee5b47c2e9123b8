// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension GatewaySession {
    mutating func client(_ envelope: Envelope) -> [GatewayAction] {
        switch envelope.kind {
        case .request(let id, let method): return clientRequest(envelope, id, method)
        case .notification(let method): return clientNotification(envelope, method)
        case .result, .error: return [.count(.unexpectedClientAnswer)]
        }
    }

    mutating func malformedFromClient(_ error: EnvelopeError) -> [GatewayAction] {
        guard !error.isAnswer else { return [.count(.malformedFromClient)] }
        // An error under an id that is open would be taken for that request's answer.
        let id = error.id.flatMap { table.isOpen($0) ? nil : $0 }
        return [.count(.malformedFromClient), .sendToClient(Message.error(id, code: error.code, error.message))]
    }

    private mutating func clientRequest(
        _ envelope: Envelope, _ id: RequestID, _ method: UTF8String
    ) -> [GatewayAction] {
        guard !table.isOpen(id) else {
            let answer = Message.error(nil, code: ErrorCode.invalidRequest, "Invalid request: this id is already open")
            return [.count(.duplicateID), .sendToClient(answer)]
        }
        guard !isServerGone else { return [.count(.serverGone), .sendToClient(serverGone(id))] }
        let header: Header
        do throws(Refusal) { header = try Header(envelope.params) } catch {
            return [.count(error.reason), .sendToClient(error.answer(id))]
        }
        let verdict = MethodPolicy.clientRequest(method)
        guard verdict != .refuse else { return refusal(of: method, id) }
        if verdict == .decide, let problem = Self.problem(withCall: envelope.params) {
            return [.count(.invalidParams), .sendToClient(problem.answer(id))]
        }

        var actions: [GatewayAction] = []
        let (hasRoom, givenUp) = table.makeRoom()
        if let givenUp { actions += end(givenUp) }
        guard hasRoom else { return [.count(.tooManyOpenRequests), .sendToClient(overload(id, method, header.era))] }
        let request = table.add(
            id, method: method, era: header.era, progressToken: header.progressToken,
            state: verdict == .decide ? .deciding : .forwarded)
        let outgoing = rewritten(envelope, as: request)
        if verdict == .decide {
            actions.append(.decide(pendingCall(envelope, request, outgoing)))
        } else {
            actions.append(.sendToServer(outgoing))
        }
        return actions
    }

    private func refusal(of method: UTF8String, _ id: RequestID) -> [GatewayAction] {
        let answer: JSON = [
            "allow": false, "receipt_id": nil,
            "reason": .text("not permitted: this gateway does not pass on \(method)"),
        ]
        return [.count(.refusedMethod), .sendToClient(Message.denied(id, answer: answer))]
    }

    private func overload(_ id: RequestID, _ method: UTF8String, _ era: Era) -> JSON {
        let text: UTF8String = "Too many requests are open. The call was not made; try again when others have ended."
        guard method == "tools/call" else { return Message.error(id, code: ErrorCode.internalError, text) }
        return Message.failure(id, era: era, text)
    }

    /// The request as the server gets it.
    private func rewritten(_ envelope: Envelope, as request: OpenRequest) -> JSON {
        var message = envelope.message
        message["id"] = .integer(request.outboundID)
        if var params = envelope.params {
            params = Meta.rebuilding(params, outboundID: request.outboundID)
            if request.method == "initialize" { params = Capabilities.maskingInitialize(params) }
            message["params"] = .object(params)
        }
        return .object(message)
    }

    private func pendingCall(_ envelope: Envelope, _ request: OpenRequest, _ outgoing: JSON) -> PendingCall {
        let params = envelope.params ?? JSONObject()
        let arguments = params["arguments"]
        var defect: CallDefect?
        if params["task"] != nil { defect = .taskAugmented }
        if params["inputResponses"] != nil || params["requestState"] != nil { defect = .answersInputRequest }
        if arguments != nil, arguments?.object == nil { defect = .argumentsNotAnObject }
        return PendingCall(
            token: CallToken(outboundID: request.outboundID), name: params["name"]?.string ?? "",
            arguments: arguments?.object ?? JSONObject(), requestID: request.originalID, era: request.era,
            meta: params["_meta"]?.object, defect: defect, outgoing: outgoing)
    }

    /// Without a name there is no call to decide.
    private static func problem(withCall params: JSONObject?) -> Refusal? {
        guard let name = params?["name"]?.string, !name.isEmpty, name.byteCount <= Limits.toolNameBytesMax else {
            return Refusal(.invalidParams, "Invalid params: a tool call has a name")
        }
        return nil
    }

    private mutating func clientNotification(_ envelope: Envelope, _ method: UTF8String) -> [GatewayAction] {
        switch MethodPolicy.clientNotification(method) {
        case .forward where !isServerGone:
            var message = envelope.message
            if let params = envelope.params {
                message["params"] = .object(Meta.rebuilding(params, outboundID: nil))
            }
            return [.sendToServer(.object(message))]
        case .map where method == "notifications/cancelled": return cancelled(envelope)
        // Progress of a client concerns requests of the server, and none of those is ever passed on.
        default: return [.count(.droppedClientNotification)]
        }
    }

    private mutating func cancelled(_ envelope: Envelope) -> [GatewayAction] {
        guard let id = envelope.params?["requestId"].flatMap(RequestID.init), let request = table[original: id],
            request.method != "initialize"
        else { return [.count(.droppedClientNotification)] }
        switch request.state {
        case .deciding:
            table.close(request.outboundID)
            return [.cancelledBeforeExecution(CallToken(outboundID: request.outboundID))]
        case .forwarded:
            table.mark(request.outboundID, .cancelled)
            return [
                .sendToServer(cancellation(of: request.outboundID, reason: envelope.params?["reason"]?.string))
            ]
        case .cancelled: return [.count(.droppedClientNotification)]
        }
    }
}

/// What `_meta` says about a request.
private struct Header {
    var era = Era.legacy
    var progressToken: RequestID?

    init(_ params: JSONObject?) throws(Refusal) {
        guard let meta = params?["_meta"] else { return }
        guard let meta = meta.object else { throw Refusal(.invalidParams, "Invalid params: _meta is an object") }
        if let token = meta[Meta.progressTokenKey] {
            progressToken = RequestID(token)
            guard progressToken != nil else {
                throw Refusal(.invalidParams, "Invalid params: progressToken is a string or an integer")
            }
        }
        if let version = meta[Meta.versionKey] {
            guard let text = version.string, Era.modernVersions.contains(text) else {
                throw Refusal(
                    .unsupportedVersion, "Unsupported protocol version", code: ErrorCode.unsupportedVersion,
                    data: ["supported": .array(Era.modernVersions.map(JSON.string)), "requested": version])
            }
            era = .modern
        }
    }
}

private struct Refusal: Error {
    let reason: DropReason
    let code: Int64
    let message: UTF8String
    let data: JSON?

    init(_ reason: DropReason, _ message: UTF8String, code: Int64 = ErrorCode.invalidParams, data: JSON? = nil) {
        self.reason = reason
        self.code = code
        self.message = message
        self.data = data
    }

    func answer(_ id: RequestID) -> JSON { Message.error(id, code: code, message, data: data) }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension GatewaySession {
    mutating func server(_ envelope: Envelope) -> [GatewayAction] {
        switch envelope.kind {
        case .request(let id, let method): return serverRequest(id, method)
        case .notification(let method): return serverNotification(envelope, method)
        case .result(let id): return serverResult(envelope, id)
        case .error(let id): return serverError(envelope, id)
        }
    }

    /// A frame that cannot be read is dropped. Where it is an answer to something open, waiting on would be for ever:
    /// that request fails.
    mutating func malformedFromServer(_ error: EnvelopeError) -> [GatewayAction] {
        let dropped: [GatewayAction] = [.count(.malformedFromServer)]
        guard error.isAnswer, let request = error.id.flatMap(answerable) else { return dropped }
        table.close(request.outboundID)
        return dropped + outcome(request, .noAnswer) + toClient(request, problem(error, request))
    }

    /// What the client hears instead of an answer that cannot be passed on. A call's is for the model to read.
    private func problem(_ error: EnvelopeError, _ request: OpenRequest) -> JSON {
        let text: UTF8String
        switch error.reason {
        case .tooLong:
            text = UTF8String(
                "The server's answer has more than \(Limits.lineBytesMax >> 20) MiB and was not passed on")
        case .notJSON: text = "The server's answer is not strict JSON and was not passed on"
        default: text = "The server's answer is no JSON-RPC response"
        }
        guard request.method == "tools/call" else {
            return Message.error(request.originalID, code: ErrorCode.internalError, text)
        }
        return Message.failure(request.originalID, era: request.era, text)
    }

    private func serverRequest(_ id: RequestID, _ method: UTF8String) -> [GatewayAction] {
        switch MethodPolicy.serverRequest(method) {
        case .answer: return [.sendToServer(Message.result(id, [:]))]
        case .refuse:
            let answer = Message.error(id, code: ErrorCode.methodNotFound, "Not available through this gateway")
            return [.count(.refusedServerRequest), .sendToServer(answer)]
        }
    }

    private mutating func serverNotification(_ envelope: Envelope, _ method: UTF8String) -> [GatewayAction] {
        guard !isClientGone else { return [] }
        switch MethodPolicy.serverNotification(method) {
        case .forward:
            var message = envelope.message
            if let params = envelope.params { message["params"] = .object(Meta.withoutOurKeys(params)) }
            return [.sendToClient(.object(message))]
        case .map where method == "notifications/progress": return progress(envelope)
        // A server cancels only requests of its own, and none of those is ever passed on.
        default: return [.count(.droppedServerNotification)]
        }
    }

    private func progress(_ envelope: Envelope) -> [GatewayAction] {
        guard var params = envelope.params, let id = params["progressToken"].flatMap(RequestID.init),
            let request = answerable(id), let token = request.progressToken, request.state == .forwarded
        else { return [.count(.unknownServerID)] }
        params = Meta.withoutOurKeys(params)
        params["progressToken"] = token.json
        var message = envelope.message
        message["params"] = .object(params)
        return [.sendToClient(.object(message))]
    }

    /// The open request that the server has been given under this id.
    private func answerable(_ id: RequestID) -> OpenRequest? {
        guard let outboundID = id.int64, let request = table[outbound: outboundID], request.state != .deciding else {
            return nil
        }
        return request
    }

    private mutating func serverError(_ envelope: Envelope, _ id: RequestID?) -> [GatewayAction] {
        guard let request = id.flatMap(answerable), let error = envelope.message["error"] else {
            return [.count(.unknownServerID)]
        }
        table.close(request.outboundID)
        let actions = outcome(request, .error(error))
        guard let code = error["code"]?.int64, !Self.withheldCodes.contains(code) else {
            let answer = Message.error(request.originalID, code: ErrorCode.internalError, Self.withheldText)
            return actions + [.count(.withheldResult)] + toClient(request, answer)
        }
        var message = envelope.message
        message["id"] = request.originalID.json
        return actions + toClient(request, .object(message))
    }

    private mutating func serverResult(_ envelope: Envelope, _ id: RequestID) -> [GatewayAction] {
        guard let request = answerable(id), let original = envelope.message["result"]?.object else {
            return [.count(.unknownServerID)]
        }
        table.close(request.outboundID)
        let result = Meta.withoutOurKeys(original)
        guard Self.isComplete(result), let passed = Self.masked(result, request.method) else {
            return outcome(request, .withheld(original)) + [.count(.withheldResult)]
                + toClient(request, withheld(request))
        }
        var actions = outcome(request, .result(original, isError: original["isError"] == true))
        if request.method == "tools/list" { actions.append(.observedTools(passed)) }
        var message = envelope.message
        message["id"] = request.originalID.json
        message["result"] = .object(passed)
        return actions + toClient(request, .object(message))
    }

    /// Only results that end the request pass. `input_required` and `task` would let the server ask something of the
    /// client, or run on unseen.
    private static func isComplete(_ result: JSONObject) -> Bool {
        guard !MemberNames.hasResultVariant(result), result["task"] == nil, result["inputRequests"] == nil else {
            return false
        }
        return result["resultType"].map { $0 == "complete" } ?? true
    }

    private static func masked(_ result: JSONObject, _ method: UTF8String) -> JSONObject? {
        switch method {
        case "initialize": Capabilities.maskingInitializeResult(result)
        case "server/discover": Capabilities.maskingDiscoverResult(result)
        default: result
        }
    }

    /// The data of the one is a URL for a person to open: a request to the client in another dress. The other is ours.
    private static let withheldCodes: Set<Int64> = [ErrorCode.urlElicitationRequired, ErrorCode.denied]

    private static let withheldText: UTF8String = "The server's answer asks for something this gateway does not pass on"

    private func withheld(_ request: OpenRequest) -> JSON {
        if request.method == "tools/call" {
            return Message.failure(request.originalID, era: request.era, Self.withheldText)
        }
        return Message.error(request.originalID, code: ErrorCode.internalError, Self.withheldText)
    }

    private func outcome(_ request: OpenRequest, _ outcome: CallOutcome) -> [GatewayAction] {
        guard request.method == "tools/call" else { return [] }
        return [.outcome(CallToken(outboundID: request.outboundID), outcome)]
    }

    private func toClient(_ request: OpenRequest, _ message: JSON) -> [GatewayAction] {
        guard !isClientGone else { return [] }
        guard request.state != .cancelled else { return [.count(.answerAfterCancellation)] }
        return [.sendToClient(message)]
    }
}

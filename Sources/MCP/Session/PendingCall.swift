// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// One tool call within one session.
public struct CallToken: Sendable, Hashable, CustomStringConvertible {
    let outboundID: Int64

    /// For logs.
    public var description: String { "call \(outboundID)" }
}

/// Why a call must be denied whatever policy says: what it asks for cannot be judged here.
public enum CallDefect: String, Sendable, Equatable, CaseIterable {
    /// `arguments` is no object.
    case argumentsNotAnObject
    /// The call asks to run as a task, whose result would come by a method that does not pass.
    case taskAugmented
    /// The call answers a server's request for input, which was never passed on.
    case answersInputRequest
}

/// A tool call that waits for its decision.
public struct PendingCall: Sendable, Equatable {
    /// Names the call towards the session.
    public let token: CallToken
    /// The tool, as the client names it.
    public let name: UTF8String
    /// The arguments; empty where the client gave none.
    public let arguments: JSONObject
    /// The client's id, for the record.
    public let requestID: RequestID
    /// The protocol of the request.
    public let era: Era
    /// `_meta` as the client sent it; a credential may be in it. The server gets none of this but an allow-list.
    public let meta: JSONObject?
    /// Set where the call must be denied as `oap.invalid_context`.
    public let defect: CallDefect?
    /// The message for the server: our id, our progress token, `_meta` rebuilt, all else as the client wrote it. Only
    /// a permit may make bytes of it.
    public let outgoing: JSON

    /// The message for the server with other arguments: those in which each path is the one that was judged.
    public func outgoing(arguments: JSONObject) -> JSON {
        guard var message = outgoing.object, var params = message["params"]?.object else { return outgoing }
        if params["arguments"] != nil || !arguments.isEmpty { params["arguments"] = .object(arguments) }
        message["params"] = .object(params)
        return .object(message)
    }
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What the host has to do, in order.
public enum GatewayAction: Sendable, Equatable {
    /// Decide this call; then `forwarding(_:)` or `denied(_:answer:)`.
    case decide(PendingCall)
    /// Write this message, and `\n`, to the server. Never a tool call: those are written from their permits.
    case sendToServer(JSON)
    /// Write this message, and `\n`, to the client.
    case sendToClient(JSON)
    /// A forwarded call has come to its end.
    case outcome(CallToken, CallOutcome)
    /// The client took a call back before it was decided or forwarded. It will not be forwarded.
    case cancelledBeforeExecution(CallToken)
    /// A server's answer to `tools/list`, as it is passed on.
    case observedTools(JSONObject)
    /// Something was dropped or refused.
    case count(DropReason)
    /// The client is gone: close the server's input.
    case closeServer
}

/// What the server reported about a call. None of it proves that something happened, or did not.
public enum CallOutcome: Sendable, Equatable {
    /// A result; `isError` as the server said.
    case result(JSONObject, isError: Bool)
    /// A JSON-RPC error object.
    case error(JSON)
    /// A result that does not pass: the server asked the client for input, made a task, or answered out of form.
    case withheld(JSONObject)
    /// The client took it back after it was forwarded, and no answer has come.
    case cancelled
    /// No answer, and none will come.
    case noAnswer
}

/// What was dropped or refused without a decision; a host counts these by name.
public enum DropReason: String, Sendable, Equatable, CaseIterable {
    /// A frame from the client that is no message.
    case malformedFromClient
    /// A frame from the server that is no message.
    case malformedFromServer
    /// A request of the client whose id is already open.
    case duplicateID
    /// More open requests than the limit.
    case tooManyOpenRequests
    /// A method that does not pass.
    case refusedMethod
    /// A request in a protocol revision that is unknown here.
    case unsupportedVersion
    /// A request whose parameters make it no call.
    case invalidParams
    /// A client's notification that does not pass.
    case droppedClientNotification
    /// A client's answer to a request that it never got.
    case unexpectedClientAnswer
    /// A server's request other than ping.
    case refusedServerRequest
    /// A server's notification that does not pass.
    case droppedServerNotification
    /// A server's answer, or progress, to what is not open: late, made up, or before it was forwarded.
    case unknownServerID
    /// An answer to a request that the client cancelled.
    case answerAfterCancellation
    /// A result that asks the client for something.
    case withheldResult
    /// A request after the server ended.
    case serverGone
}

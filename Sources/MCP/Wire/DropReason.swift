// SPDX-License-Identifier: Apache-2.0

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

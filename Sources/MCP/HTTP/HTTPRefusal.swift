// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Why a request gets no further than the door: a status, and a JSON-RPC error as its body.
public struct HTTPRefusal: Error, Sendable, Equatable {
    /// The HTTP status.
    public var status: Int
    /// The JSON-RPC error code.
    public var code: Int64
    /// For the client: what was expected, nothing of what was sent.
    public var message: UTF8String
    /// The error's `data`.
    public var data: JSON?
    /// The request's id, where one could be read.
    public var id: RequestID?
    /// Fields that the answer's head has.
    public var headers: [HTTPHeaderLine]
    /// What the gateway's counter calls it, where it counts.
    public var reason: DropReason?

    /// A refusal.
    public init(
        _ status: Int, code: Int64 = ErrorCode.invalidRequest, _ message: String, data: JSON? = nil,
        id: RequestID? = nil, headers: [HTTPHeaderLine] = [], reason: DropReason? = nil
    ) {
        self.status = status
        self.code = code
        self.message = UTF8String(message)
        self.data = data
        self.id = id
        self.headers = headers
        self.reason = reason
    }

    /// The body: a JSON-RPC error, without an id where none could be read.
    public var body: JSON { Message.error(id, code: code, message, data: data) }
}

/// The error codes of HTTP's door.
public enum HTTPErrorCode {
    /// No credential that verifies: outside the block that JSON-RPC and MCP reserve.
    public static let unauthenticated: Int64 = 40101
    /// A token that lacks a scope: outside that block as well, and not what a policy's refusal has.
    public static let insufficientScope: Int64 = 40302
    /// Too much at once: outside that block as well.
    public static let tooMuch: Int64 = 42901

    /// The status of an answer with this error code in the stateless revision, where nothing was sent before it.
    public static func status(of code: Int64) -> Int {
        switch code {
        case ErrorCode.methodNotFound: 404
        case ErrorCode.headerMismatch, ErrorCode.missingCapability, ErrorCode.unsupportedVersion: 400
        default: 200
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Why a request is answered with an error without being decided: its parameters make it none.
public struct RequestRefusal: Error, Sendable, Equatable {
    /// -32602, or -32022 for a revision that is not served.
    public let code: Int64
    /// For the client: what was expected, never what was sent.
    public let message: UTF8String
    /// What the code wants beside it.
    public let data: JSON?

    /// A refusal.
    public init(_ message: UTF8String, code: Int64 = ErrorCode.invalidParams, data: JSON? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// A revision that is not served (MCP 2026-07-28, "Protocol Version Negotiation").
    public static func unsupportedVersion(_ requested: JSON) -> RequestRefusal {
        RequestRefusal(
            "Unsupported protocol version", code: ErrorCode.unsupportedVersion,
            data: ["supported": .array(Era.modernVersions.map(JSON.string)), "requested": requested])
    }

    /// The error, under the request's id.
    public func answer(_ id: RequestID) -> JSON { Message.error(id, code: code, message, data: data) }
}

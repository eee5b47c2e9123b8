// SPDX-License-Identifier: Apache-2.0

/// The error codes that Writ itself sends, or must know.
public enum ErrorCode {
    /// No JSON (JSON-RPC 2.0 §5.1).
    public static let parseError: Int64 = -32700
    /// JSON that is no request (JSON-RPC 2.0 §5.1).
    public static let invalidRequest: Int64 = -32600
    /// A method that is not there (JSON-RPC 2.0 §5.1).
    public static let methodNotFound: Int64 = -32601
    /// Parameters that the method does not take (JSON-RPC 2.0 §5.1).
    public static let invalidParams: Int64 = -32602
    /// A failure on our side or at the server (JSON-RPC 2.0 §5.1).
    public static let internalError: Int64 = -32603
    /// A resource that is not there (MCP until 2025-11-25; later -32602).
    public static let resourceNotFound: Int64 = -32002
    /// HTTP headers that say something else than the message (MCP 2026-07-28, "Error codes").
    public static let headerMismatch: Int64 = -32020
    /// A request that needs a capability that the client has not declared (MCP 2026-07-28, "Error codes").
    public static let missingCapability: Int64 = -32021
    /// A protocol revision that is not served (MCP 2026-07-28, "Error codes").
    public static let unsupportedVersion: Int64 = -32022
    /// Denied by Writ: outside the block that JSON-RPC and MCP reserve.
    public static let denied: Int64 = 40301
    /// Input wanted from a person by URL (MCP 2025-11-25, elicitation); never passed on as it is.
    public static let urlElicitationRequired: Int64 = -32042

    /// The codes that only MCP's specification gives out, from 2026-07-28 on.
    static let reserved: ClosedRange<Int64> = -32099 ... -32020
}

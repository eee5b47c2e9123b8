// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What an `Mcp-Session-Id` may look like (MCP 2025-11-25, "Session Management").
public enum SessionIDs {
    /// Whether it is visible ASCII, and not absurdly long.
    public static func isValid(_ id: UTF8String) -> Bool {
        !id.isEmpty && id.byteCount <= HTTPLimits.sessionIDBytesMax
            && id.string.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }
}

/// What the rules of HTTP bound.
public enum HTTPLimits {
    /// Bytes of a session id. Servers use UUIDs and tokens.
    public static let sessionIDBytesMax = 1024
    /// Positions of a schema that are searched for header annotations: far above real tools.
    public static let schemaPositionsMax = 10_000
    /// Parameters of one tool that may go into headers.
    public static let annotationsMax = 64
    /// Bytes of one line of an event stream: a message, and a little for the field's name.
    public static let eventLineBytesMax = (4 << 20) + 64
    /// Bytes of one event's data: the largest message that is read.
    public static let eventBytesMax = 4 << 20
}

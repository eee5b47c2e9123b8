// SPDX-License-Identifier: Apache-2.0

/// How large a document may be. Every document from outside is read under such limits.
public struct JSONLimits: Sendable {
    /// Bytes of the whole document. 4 MiB by default: the largest MCP line that Writ accepts.
    public var bytesMax: Int
    /// Arrays and objects inside each other. 64 by default: far above real tool calls, far below a thread's stack.
    public var depthMax: Int
    /// Values in the document. 250,000 by default, so that `[[],[],…` cannot take a hundred times its bytes in memory.
    public var nodesMax: Int
    /// Bytes of one number. 1,024 by default: longer ones are an attack on whoever converts them.
    public var numberBytesMax: Int

    /// Limits of one's own.
    public init(
        bytesMax: Int = 4 << 20, depthMax: Int = 64, nodesMax: Int = 250_000, numberBytesMax: Int = 1024
    ) {
        self.bytesMax = bytesMax
        self.depthMax = min(depthMax, Self.depthCeiling)
        self.nodesMax = nodesMax
        self.numberBytesMax = numberBytesMax
    }

    /// The reader recurses per level; above this a thread with a small stack could overflow it.
    static let depthCeiling = 512

    /// The defaults: for what peers send.
    public static let standard = JSONLimits()
}

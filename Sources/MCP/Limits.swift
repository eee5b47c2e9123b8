// SPDX-License-Identifier: Apache-2.0

/// What the protocol layer takes from a peer before it refuses.
public enum Limits {
    /// Bytes of one line on stdio, without its end. 4 MiB: what `JSONLimits.standard` reads, and far above real calls.
    public static let lineBytesMax = 4 << 20
    /// Bytes that are kept of each end of a line over the limit: enough for a message's own members but its content.
    public static let lineEndBytes = 512
    /// Bytes of a method's name. The longest name in any revision has under 50.
    public static let methodBytesMax = 256
    /// Bytes of a request id or a progress token. Clients use counters and UUIDs.
    public static let idBytesMax = 256
    /// Bytes of a tool's name. The specification recommends at most 128.
    public static let toolNameBytesMax = 512
    /// Requests of one client that may be open at once, pending decisions included. An agent has a handful; each costs
    /// memory here and upstream.
    public static let openRequestsMax = 1024
}

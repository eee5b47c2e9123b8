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
    /// Bytes of a resource's URI or URI template. Data is not sent in URIs here; browsers take about as much.
    public static let uriBytesMax = 8192
    /// Bytes of a task's id. Servers use UUIDs; ours, which are sealed, have a few hundred.
    public static let taskIDBytesMax = 4096
    /// Bytes of a cursor, from a server or of ours.
    public static let cursorBytesMax = 4096
    /// Pages of one list of one server. A server that always has another page does not hold a client up for ever.
    public static let listPagesMax = 64
    /// Items of one list of one server. Models see far fewer tools; file servers list a few thousand resources.
    public static let listItemsMax = 8192
    /// Bytes of the pages of one list after the first: they are all kept, for every principal.
    public static let listBytesMax = 16 << 20
    /// Bytes of a public name: model interfaces cap names at 64, and some clients add a few of their own.
    public static let publicNameBytesMax = 60
    /// Requests in one result that asks for input. Each is decided, and may become a question to a person.
    public static let inputRequestsMax = 16
    /// Bytes of the name of a task's question: the server's, sealed with its task's id and its method.
    public static let questionKeyBytesMax = 8192
    /// Bytes of a `requestState`: it goes to the client and back with each retry.
    public static let requestStateBytesMax = 1 << 18
    /// Resources and tasks that one stream of news may be asked for. Each resource is decided.
    public static let subscribedMax = 256
    /// Bytes of a text by which a client names itself to servers.
    public static let infoTextBytesMax = 512
    /// Revisions that a server may say that it speaks. There are five.
    public static let versionsMax = 64
    /// Bytes of a `requestState` of ours: a server's, sealed, in Base64, with what it is bound to.
    public static let sealedStateBytesMax = 1 << 19
}

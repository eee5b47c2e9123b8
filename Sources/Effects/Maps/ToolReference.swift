// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A tool of a server, by the server's alias and the tool's own name.
public struct ToolReference: Sendable, Hashable, CustomStringConvertible {
    /// The server's alias in the configuration.
    public let server: UTF8String
    /// The tool's name at that server.
    public let tool: UTF8String

    /// A reference.
    public init(server: UTF8String, tool: UTF8String) {
        self.server = server
        self.tool = tool
    }

    /// `server/tool`.
    public var description: String { "\(server)/\(tool)" }
}

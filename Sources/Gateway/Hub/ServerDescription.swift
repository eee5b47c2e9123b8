// SPDX-License-Identifier: Apache-2.0

public import Decisions
public import StrictJSON
public import WireTypes

/// A server that the gateway stands before, and what the operator says of it.
public struct ServerDescription: Sendable {
    /// What happens to a tool that is seen for the first time.
    public typealias FirstSight = ToolListing.FirstSight

    /// What policies call it.
    public var alias: UTF8String
    /// How it is reached.
    public var endpoint: Endpoint
    /// Where its relative paths start and whose file system they are of.
    public var place: WorkingPlace
    /// What the server is, by digest: SHA-256 of the JSON list `["stdio", program, arguments…]` or `["http", url]`.
    public var digest: Digest
    /// The built-in tool map that fits its program, where there is one.
    public var builtInMap: UTF8String?
    /// What happens to its tools at first sight.
    public var firstSight: FirstSight

    /// How a server is reached.
    public enum Endpoint: Sendable {
        /// A program that is started, one process for each principal.
        case process(ServerProgram)
        /// MCP's Streamable HTTP.
        case http(HTTPEndpoint)
    }

    /// A server.
    public init(
        alias: UTF8String, endpoint: Endpoint, place: WorkingPlace, digest: Digest, builtInMap: UTF8String?,
        firstSight: FirstSight
    ) {
        self.alias = alias
        self.endpoint = endpoint
        self.place = place
        self.digest = digest
        self.builtInMap = builtInMap
        self.firstSight = firstSight
    }
}

/// A server's program.
public struct ServerProgram: Sendable {
    /// The program, found on `PATH`.
    public var command: String
    /// Its arguments.
    public var arguments: [String]
    /// Its whole environment, `NAME=value` each.
    public var environment: [String]
    /// Where it is started; `nil` for where the gateway was.
    public var workingDirectory: String?

    /// A program.
    public init(command: String, arguments: [String], environment: [String], workingDirectory: String?) {
        self.command = command
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
    }
}

/// A server's URL, and what it is sent with every request.
public struct HTTPEndpoint: Sendable {
    /// `https:`, or `http:` to a loopback address.
    public var url: String
    /// Headers of the operator's: the server's own credentials. Never the client's.
    public var headers: [(name: String, value: String)]
    /// What besides is shown to it, that changes while this runs.
    public var credential: ServerCredential?

    /// An endpoint.
    public init(url: String, headers: [(name: String, value: String)], credential: ServerCredential? = nil) {
        self.url = url
        self.headers = headers
        self.credential = credential
    }
}

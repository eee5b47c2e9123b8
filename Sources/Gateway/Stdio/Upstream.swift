// SPDX-License-Identifier: Apache-2.0

public import Decisions
public import StrictJSON
public import WireTypes

/// A server to start, and what the gateway knows of it.
public struct Upstream: Sendable {
    /// What policies call it.
    public var alias: UTF8String
    /// The program, found on `PATH`.
    public var command: String
    /// Its arguments.
    public var arguments: [String]
    /// Its whole environment, `NAME=value` each.
    public var environment: [String]
    /// Where it is started; `nil` for where the gateway was.
    public var workingDirectory: String?
    /// Where its relative paths start and whose file system they are of.
    public var place: WorkingPlace
    /// What the server is, by digest.
    public var digest: Digest
    /// The built-in tool map that fits its program, where there is one.
    public var builtInMap: UTF8String?

    /// A server.
    public init(
        alias: UTF8String, command: String, arguments: [String], environment: [String], workingDirectory: String?,
        place: WorkingPlace, digest: Digest, builtInMap: UTF8String?
    ) {
        self.alias = alias
        self.command = command
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.place = place
        self.digest = digest
        self.builtInMap = builtInMap
    }
}

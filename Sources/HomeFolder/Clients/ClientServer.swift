// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A server as an MCP client's configuration has it, in the words of `writ.yaml`.
public struct ClientServer: Sendable {
    /// What the client calls it.
    public var name: UTF8String
    /// How it is reached.
    public var endpoint: Configuration.Endpoint
    /// What the client's file says that Writ does not take over, and what to know of it; for people, without values.
    public var remarks: [String]
}

/// A client's server that cannot be taken over.
public struct UnusableServer: Sendable {
    /// What the client calls it.
    public var name: UTF8String
    /// What is wrong, and what to do; without values.
    public var why: String
}

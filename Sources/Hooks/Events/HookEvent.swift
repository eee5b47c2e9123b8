// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What a harness says: a tool is about to run, or has run.
public enum HookEvent: Sendable, Equatable {
    /// A call that waits for an answer.
    case before(HookCall)
    /// A call that has ended.
    case after(HookResult)
    /// A call that has ended, and of which nobody can tell whether it is the one that was decided: what stands here of it
    /// is what could be read.
    case unreadable(HookResult)
    /// A call that another event says more of, and is decided with that.
    case elsewhere(HookCall)
}

/// A tool as a harness names it.
public enum HookTool: Sendable, Hashable {
    /// One of the harness's own.
    case own(UTF8String)
    /// One of an MCP server, by the name that the harness's configuration has for the server.
    case served(server: UTF8String, tool: UTF8String)
    /// One of an MCP server that the harness names by how it is reached, and not by a name.
    case reached(ServerPlace, tool: UTF8String)

    /// How a server is reached.
    public enum ServerPlace: Sendable, Hashable {
        /// By a command line.
        case command(UTF8String)
        /// By a URL.
        case url(UTF8String)
        /// The harness does not say.
        case unknown
    }
}

/// A call as a harness tells of it.
public struct HookCall: Sendable, Equatable {
    /// Who tells.
    public var harness: Harness
    /// The event, by the harness's own name for it.
    public var event: UTF8String
    /// The harness's session.
    public var session: UTF8String
    /// What the harness calls this call, in all events about it; `nil` where it has no such name.
    public var callID: UTF8String?
    /// Where relative paths start.
    public var workingDirectory: UTF8String
    /// The tool.
    public var tool: HookTool
    /// Its parameters.
    public var parameters: JSONObject
    /// How the harness itself asks its user; as it says.
    public var permissionMode: UTF8String?
    /// Whether the event tells again, in other words and without an id, of a call that another event may have told of.
    public var isEcho: Bool

    /// A call.
    public init(
        harness: Harness, event: UTF8String, session: UTF8String, callID: UTF8String? = nil,
        workingDirectory: UTF8String, tool: HookTool, parameters: JSONObject, permissionMode: UTF8String? = nil,
        isEcho: Bool = false
    ) {
        self.harness = harness
        self.event = event
        self.session = session
        self.callID = callID
        self.workingDirectory = workingDirectory
        self.tool = tool
        self.parameters = parameters
        self.permissionMode = permissionMode
        self.isEcho = isEcho
    }
}

/// What became of a call, as a harness tells.
public struct HookResult: Sendable, Equatable {
    /// How it ended.
    public enum Ending: Sendable, Equatable {
        /// With a result.
        case result(JSON)
        /// With an error.
        case error(JSON)
        /// Somebody stopped it.
        case interrupted
        /// It has not run: somebody has refused it.
        case denied
    }

    /// The call, with the parameters that it ran with.
    public var call: HookCall
    /// How it ended.
    public var ending: Ending
    /// How long it took, in milliseconds, where the harness says.
    public var milliseconds: Int64?

    /// A result.
    public init(call: HookCall, ending: Ending, milliseconds: Int64? = nil) {
        self.call = call
        self.ending = ending
        self.milliseconds = milliseconds
    }
}

/// Why an event cannot be read, in words for people that quote nothing of it.
public struct HookInputError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    init(_ description: String) { self.description = description }
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A tool as its server describes it: what of it becomes types.
public struct ToolDefinition: Sendable, Equatable {
    /// What is known of its parameters.
    public enum Parameters: Sendable, Equatable {
        /// A JSON Schema, as it came.
        case schema(JSON)
        /// Nothing: the tool is known by name only, from a policy or a map.
        case undescribed
    }

    /// The server's own name for it, letter by letter.
    public let name: UTF8String
    /// Its parameters.
    public let input: Parameters
    /// The JSON Schema of its result, where it has one.
    public let output: JSON?

    /// A definition from its parts.
    public init(name: UTF8String, input: Parameters, output: JSON? = nil) {
        self.name = name
        self.input = input
        self.output = output
    }
}

/// A server, or an AgentCore target, and its tools.
public struct ToolServer: Sendable, Equatable {
    /// The alias that policies use; for AgentCore the target's name, empty where actions are tools' bare names.
    public let alias: UTF8String
    /// Its tools, in its own order.
    public let tools: [ToolDefinition]
    /// Whether it has no others: then a policy that names another is wrong.
    public let isComplete: Bool

    /// A server from its parts.
    public init(alias: UTF8String, tools: [ToolDefinition], isComplete: Bool = true) {
        self.alias = alias
        self.tools = tools
        self.isComplete = isComplete
    }
}

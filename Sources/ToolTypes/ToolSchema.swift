// SPDX-License-Identifier: Apache-2.0

public import Cedar
public import StrictJSON

/// A Cedar schema made from tools' definitions, and what it could not say.
///
/// The same definitions in the same order give the same schema. Nothing in a definition makes this fail: what cannot be
/// typed is left out, and `diagnostics` say so.
///
///     let list = try ToolList(parsing: bytes)
///     let tools = ToolSchema([ToolServer(alias: "git", tools: list.tools)], profile: .native())
///     let schema = try Schema([tools.fragment])
public struct ToolSchema: Sendable {
    /// An action that stands for a tool.
    public struct Action: Sendable, Hashable {
        /// The action's id: `git/git_log`, or `Target___tool`.
        public let id: UTF8String
        /// The server's alias, or the target.
        public let server: UTF8String
        /// The server's own name for the tool; empty for all those of a server that are not known.
        public let tool: UTF8String
        /// Whether nothing is known of its parameters, so that no policy can be checked where it uses them.
        public let isLoose: Bool
    }

    /// A place in a tool's parameters.
    public struct Place: Sendable, Hashable, Comparable {
        /// The action's id.
        public let action: UTF8String
        /// Where: `-` stands for each element of an array.
        public let pointer: JSONPointer

        /// By action, then place.
        public static func < (left: Place, right: Place) -> Bool {
            left.action == right.action ? left.pointer < right.pointer : left.action < right.action
        }
    }

    /// Which requests the schema is for.
    public let profile: ToolProfile
    /// The schema.
    public let fragment: SchemaFragment
    /// What could not be taken over, in the order of the definitions; at most `ToolTypesLimits.diagnosticsMax`.
    public let diagnostics: [ToolDiagnostic]
    /// The actions of tools, in the order of the definitions.
    public let actions: [Action]
    /// By name of a type in the schema: the action whose parameters it is of.
    public let typeNames: [UTF8String: UTF8String]
    /// Parameters without a type, and why.
    public let untyped: [Place: UntypedReason]
    /// Objects that may have members besides those that are declared.
    public let open: Set<Place>
    /// Whether calls may have parameters that none of these tools declares: of tools whose action is loose, and of
    /// servers of which not all tools are known.
    public let isOpen: Bool
    /// Parameters that are text of a closed list, which Cedar's type cannot say, and the list.
    public let allowedValues: [Place: [UTF8String]]

    /// A schema for tools.
    ///
    /// - Parameters:
    ///   - servers: the tools; of two servers with one alias both are taken.
    ///   - profile: which requests the schema is for.
    public init(_ servers: [ToolServer], profile: ToolProfile) {
        var builder = ToolSchemaBuilder(profile: profile)
        builder.add(servers)
        self.profile = profile
        fragment = builder.fragment()
        diagnostics = builder.diagnostics
        actions = builder.tools.map {
            Action(id: $0.action, server: $0.server, tool: $0.name, isLoose: $0.input == nil)
        }
        typeNames = builder.names.sources
        untyped = builder.untyped
        open = builder.open
        isOpen = builder.isOpen
        allowedValues = builder.allowedValues
    }
}

/// Which requests a schema is for.
public enum ToolProfile: Sendable {
    /// Writ's own, as docs/policies.md describes them.
    case native(NativeFacts = NativeFacts())
    /// Amazon Bedrock AgentCore's, so that policies written for it can be read as they are.
    case agentCore
}

/// What is known of an installation besides its tools.
public struct NativeFacts: Sendable {
    /// The `limits` of the passports there are: Cedar's records are closed, and limits are what issuers make them.
    public var limits: [JSONObject]

    /// Facts.
    public init(limits: [JSONObject] = []) { self.limits = limits }
}

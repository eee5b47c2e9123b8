// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// The world of Amazon Bedrock AgentCore's gateway: its principals, its gateway, its groups of actions.
enum AgentCoreSchema {
    static let namespace: UTF8String = "AgentCore"
    static let principals: [TypeReference] = ["OAuthUser", "IamEntity", "UnauthenticatedUser"]
    static let resources: [TypeReference] = ["Gateway"]
    static let reservedActions: Set<UTF8String> = [
        "Mcp", "Http", "CallTool", "UnknownTool", "InvokeAgent", "InvokeLLM",
    ]
    static let system: UTF8String = "SystemContext"

    static let entityTypes = [
        // Claims of a token are tags, all of them texts.
        EntityTypeDeclaration("OAuthUser", attributes: [AttributeDeclaration("id", .plainString)], tags: .plainString),
        EntityTypeDeclaration("IamEntity", attributes: [AttributeDeclaration("id", .plainString)]),
        EntityTypeDeclaration("UnauthenticatedUser"),
        EntityTypeDeclaration("Gateway"),
    ]

    static func action(
        _ name: UTF8String, in parent: UTF8String?, _ attributes: [AttributeDeclaration] = []
    ) -> ActionDeclaration {
        let system = AttributeDeclaration("system", .named(TypeReference(system)))
        return ActionDeclaration(
            name, in: parent.map { [ActionReference($0)] } ?? [],
            appliesTo: AppliesToDeclaration(
                principals: principals, resources: resources, context: .record(attributes + [system])))
    }
}

extension ToolSchemaBuilder {
    mutating func agentCoreFragment() -> SchemaFragment {
        let body = AttributeDeclaration("input", .record([]), isRequired: false)
        var actions = [
            AgentCoreSchema.action("Mcp", in: nil), AgentCoreSchema.action("Http", in: nil),
            AgentCoreSchema.action("CallTool", in: "Mcp"), AgentCoreSchema.action("UnknownTool", in: "CallTool"),
            AgentCoreSchema.action("InvokeAgent", in: "Http", [body]),
            AgentCoreSchema.action("InvokeLLM", in: "Http", [body]),
        ]
        actions += aliases.filter { !$0.isEmpty }.map { ActionDeclaration($0, in: [ActionReference("CallTool")]) }
        var commonTypes = [
            CommonTypeDeclaration(
                AgentCoreSchema.system, .record([AttributeDeclaration("now", .named("datetime"))]))
        ]
        for tool in tools {
            var context: [AttributeDeclaration] = []
            if let parameters = tool.input {
                context.append(
                    AttributeDeclaration("input", record(parameters, tool.action, "Input", &commonTypes)))
            } else {
                context.append(AttributeDeclaration("raw", .plainString))
            }
            if let output = tool.output {
                context.append(
                    AttributeDeclaration(
                        "output", record(output, tool.action, "Output", &commonTypes), isRequired: false))
            }
            let group = tool.server.isEmpty ? "CallTool" : tool.server
            actions.append(AgentCoreSchema.action(tool.action, in: group, context))
        }
        return SchemaFragment([
            SchemaNamespace(
                name: AgentCoreSchema.namespace, commonTypes: commonTypes, entityTypes: AgentCoreSchema.entityTypes,
                actions: actions)
        ])
    }

    /// A common type for the parameters or the result of a tool.
    private mutating func record(
        _ parameters: [Parameter], _ action: UTF8String, _ suffix: String, _ types: inout [CommonTypeDeclaration]
    ) -> TypeExpression {
        let name = names.name(for: action, suffix: suffix)
        let place = ToolSchema.Place(
            action: suffix == "Output" ? UTF8String("\(action) result") : action, pointer: JSONPointer())
        types.append(CommonTypeDeclaration(name, .record(attributes(parameters, at: place))))
        return .named(TypeReference(name))
    }
}

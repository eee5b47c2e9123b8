// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

extension ToolProfile {
    /// The action of a tool.
    func action(server: UTF8String, tool: UTF8String) -> UTF8String {
        switch self {
        case .native: UTF8String("\(server)/\(tool)")
        case .agentCore: server.isEmpty ? tool : UTF8String("\(server)___\(tool)")
        }
    }

    /// Actions that are there whatever the tools are.
    var reservedActions: Set<UTF8String> {
        switch self {
        case .native:
            Set(NativeSchema.verbs.map(\.verb)).union(NativeSchema.groups).union(NativeOperation.groups)
                .union(NativeOperation.all.map(\.action))
        case .agentCore: AgentCoreSchema.reservedActions
        }
    }

    /// Types that are there whatever the tools are, and names that Cedar keeps.
    var reservedTypes: Set<UTF8String> {
        let builtin = Set(BuiltinType.allCases.map(\.rawValue)).union(
            ["Boolean", "Entity", "Extension", "Record", "Set", "Action"])
        switch self {
        case .native:
            return builtin.union(NativeSchema.commonTypes.map(\.name)).union(
                NativeSchema.entityTypes(limits: []).map(\.name) + [NativeSchema.allInputs])
        case .agentCore:
            return builtin.union(AgentCoreSchema.entityTypes.map(\.name) + [AgentCoreSchema.system])
        }
    }
}

extension ToolSchemaBuilder {
    /// The schema of what was added.
    mutating func fragment() -> SchemaFragment {
        switch profile {
        case .native(let facts): nativeFragment(facts)
        case .agentCore: agentCoreFragment()
        }
    }
}

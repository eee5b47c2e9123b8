// SPDX-License-Identifier: Apache-2.0

import Cedar
public import Effects
import StrictJSON
public import ToolTypes

/// The parameters of tools, as far as definitions say what they are.
public struct GrantSchema: Sendable {
    private let tools: ToolSchema
    private let schema: Schema

    /// The parameters of the tools of servers.
    ///
    /// - Throws: `GrantMistake` where the definitions are over the limits of schemas.
    public init(_ servers: [ToolServer]) throws(GrantMistake) {
        tools = ToolSchema(servers, profile: .native())
        do throws(SchemaErrors) { schema = try Schema([tools.fragment]) } catch {
            throw GrantMistake("the tools' definitions are more than a grant can be checked against: \(error)")
        }
    }

    /// Whether nothing is known of a tool's parameters, so that tests of them cannot be checked.
    public func isLoose(_ tool: ToolReference) -> Bool { action(tool)?.isLoose ?? true }

    /// What is known of a parameter.
    ///
    /// - Throws: `GrantMistake` where the tool has no such parameter, or one that policies cannot compare.
    func parameter(_ test: ParameterTest, of tool: ToolReference) throws(GrantMistake) -> TestedParameter {
        guard let action = action(tool), !action.isLoose,
            case .record(var record)? = schema.actions[EntityUID(type: .action, id: action.id)]?
                .appliesTo?.context["input"]?.type
        else { return TestedParameter() }
        for (index, name) in test.path.enumerated() {
            let pointer = JSONPointer(Array(test.path.prefix(index + 1)))
            guard let attribute = record[name] else {
                if let reason = tools.untyped.first(where: { $0.key.action == action.id && $0.key.pointer == pointer })
                {
                    throw GrantMistake(
                        "`\(test.text)` cannot be tested: the parameter \(test.name) of \(tool): \(reason.value)")
                }
                let names = record.attributes.map(\.name)
                let near = Suggestion.closest(to: name, among: names).map { "did you mean `\($0)`?" }
                let known = names.isEmpty ? "it has none" : "it has \(names.map(\.string).joined(separator: ", "))"
                throw GrantMistake("`\(test.text)`: \(tool) has no parameter \(name); \(near ?? known)")
            }
            if index == test.path.count - 1 {
                let pointer = if case .set = attribute.type { pointer.appending("-") } else { pointer }
                let allowed = tools.allowedValues.first { $0.key.action == action.id && $0.key.pointer == pointer }
                return TestedParameter(type: attribute.type, allowed: allowed?.value)
            }
            guard case .record(let members) = attribute.type else {
                throw GrantMistake("`\(test.text)`: the parameter \(name) of \(tool) has no members")
            }
            record = members
        }
        return TestedParameter()
    }

    private func action(_ tool: ToolReference) -> ToolSchema.Action? {
        tools.actions.first { $0.server == tool.server && $0.tool == tool.tool }
    }
}

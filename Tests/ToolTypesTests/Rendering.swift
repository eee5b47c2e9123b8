// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import ToolTypes

/// Types as short texts, and the schema of one tool, for tests to compare.
enum Rendering {
    static func text(_ type: TypeExpression) -> String {
        switch type {
        case .named(let reference), .entity(let reference), .common(let reference): reference.name.string
        case .builtin(let type): type.rawValue.string
        case .set(let element): "Set<\(text(element))>"
        case .record(let attributes): "{" + attributes.map(text).joined(separator: ", ") + "}"
        }
    }

    static func text(_ attribute: AttributeDeclaration) -> String {
        "\(attribute.name)\(attribute.isRequired ? "" : "?"): \(text(attribute.type))"
    }
}

extension ToolSchema {
    /// One tool `t` of the server `s` with this input schema.
    init(input: JSON, output: JSON? = nil, profile: ToolProfile = .native()) {
        let tool = ToolDefinition(name: "t", input: .schema(input), output: output)
        self.init([ToolServer(alias: "s", tools: [tool])], profile: profile)
    }

    /// The first tool's parameters as a text, or `nil` where its action is loose.
    var input: String? { common("Input") }

    /// The first tool's result.
    var output: String? { common("Output") }

    private func common(_ suffix: UTF8String) -> String? {
        fragment.namespaces.first?.commonTypes.first { $0.name.hasSuffix(suffix) && typeNames[$0.name] != nil }.map {
            Rendering.text($0.type)
        }
    }

    func action(_ id: UTF8String) -> ActionDeclaration? {
        fragment.namespaces.first?.actions.first { $0.name == id }
    }

    func commonType(_ name: UTF8String) -> String? {
        fragment.namespaces.first?.commonTypes.first { $0.name == name }.map { Rendering.text($0.type) }
    }
}

extension JSON {
    /// The schema of an object with these properties, all required.
    static func object(_ properties: JSON, required: [JSON]? = nil) -> JSON {
        let names = properties.object?.keys.map { JSON.string($0) } ?? []
        return ["type": "object", "properties": properties, "required": .array(required ?? names)]
    }
}

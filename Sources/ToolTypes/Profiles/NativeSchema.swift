// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// The world of Writ's own requests: what `docs/policies.md` tells who writes policies, as a schema.
enum NativeSchema {
    /// The verbs of effects, and the types of what they are done to.
    static let verbs: [(verb: UTF8String, resources: [TypeReference])] = [
        ("read", ["File"]), ("write", ["File"]), ("delete", ["File"]), ("connect", ["URL", "Host"]),
        ("execute", ["Program"]), ("query", ["Table"]), ("mutate", ["Table"]), ("send", ["Recipient"]),
        ("spend", ["Account"]), ("opaque", ["Opaque"]),
    ]

    /// The groups of all calls and of all effects.
    static let groups: [UTF8String] = ["call", effect]

    /// The group of all effects.
    static let effect: UTF8String = "effect"

    /// The name of the record of all tools' parameters.
    static let allInputs: UTF8String = "AnyInput"

    static func entityTypes(limits: [AttributeDeclaration]) -> [EntityTypeDeclaration] {
        let named = [AttributeDeclaration("name", .plainString)]
        let path = [AttributeDeclaration("path", .plainString)]
        return [
            EntityTypeDeclaration(
                "Agent", in: ["Owner", "Team", "Agent"],
                attributes: [
                    AttributeDeclaration("assurance", .plainLong),
                    AttributeDeclaration("capabilities", .set(.plainString)),
                    AttributeDeclaration("regions", .set(.plainString)),
                    AttributeDeclaration("limits", .record(limits)),
                    AttributeDeclaration("issuer", .plainString),
                    AttributeDeclaration("proof", .plainString),
                    AttributeDeclaration("on_behalf_of", .plainString, isRequired: false),
                ], tags: .plainString),
            EntityTypeDeclaration("Owner"),
            EntityTypeDeclaration("Team"),
            EntityTypeDeclaration("Server"),
            EntityTypeDeclaration(
                "Tool", in: ["Server"], attributes: named + [AttributeDeclaration("server", .plainString)]),
            EntityTypeDeclaration(
                "Resource", in: ["Server"],
                attributes: [
                    AttributeDeclaration("uri", .plainString), AttributeDeclaration("scheme", .plainString),
                    AttributeDeclaration("server", .plainString),
                ]),
            EntityTypeDeclaration(
                "Prompt", in: ["Server"], attributes: named + [AttributeDeclaration("server", .plainString)]),
            EntityTypeDeclaration("File", in: ["Directory"], attributes: path),
            EntityTypeDeclaration("Directory", in: ["Directory"], attributes: path),
            EntityTypeDeclaration(
                "URL", in: ["Host"],
                attributes: [
                    AttributeDeclaration("url", .plainString), AttributeDeclaration("host", .plainString),
                    AttributeDeclaration("scheme", .plainString), AttributeDeclaration("path", .plainString),
                ]),
            EntityTypeDeclaration("Host", in: ["Domain"], attributes: named),
            EntityTypeDeclaration("Domain", in: ["Domain"], attributes: named),
            EntityTypeDeclaration("Program", attributes: named),
            EntityTypeDeclaration("Table", in: ["Database"], attributes: named),
            EntityTypeDeclaration("Database", attributes: named),
            EntityTypeDeclaration("Recipient", in: ["Domain"], attributes: named),
            EntityTypeDeclaration("Account", attributes: named),
            EntityTypeDeclaration("Opaque", attributes: named),
        ]
    }

    /// Parts of every context.
    static let commonTypes: [CommonTypeDeclaration] = [
        CommonTypeDeclaration(
            "ApprovalFacts",
            .record([AttributeDeclaration("group", .plainString), AttributeDeclaration("assurance", .plainString)])),
        CommonTypeDeclaration(
            "CallFacts",
            .record([
                AttributeDeclaration("server", .plainString), AttributeDeclaration("tool", .plainString),
                AttributeDeclaration("method", .plainString), AttributeDeclaration("mapped", .plainBool),
                AttributeDeclaration("programs", .set(.plainString)),
            ])),
        CommonTypeDeclaration("EffectFacts", .record([AttributeDeclaration("verb", .plainString)])),
        CommonTypeDeclaration(
            "LocalTime",
            .record([
                AttributeDeclaration("hour", .plainLong), AttributeDeclaration("minute", .plainLong),
                AttributeDeclaration("weekday", .plainLong), AttributeDeclaration("date", .plainString),
            ])),
        CommonTypeDeclaration(
            "PlaceFacts",
            .record([
                AttributeDeclaration("project", .named("Directory"), isRequired: false),
                AttributeDeclaration("home", .named("Directory"), isRequired: false),
                AttributeDeclaration("local", .plainBool),
            ])),
        CommonTypeDeclaration(
            "SessionFacts",
            .record([
                AttributeDeclaration("id", .plainString, isRequired: false),
                AttributeDeclaration("labels", .set(.plainString)),
            ])),
        CommonTypeDeclaration("SystemFacts", .record([AttributeDeclaration("now", .named("datetime"))])),
    ]

    /// The context of a request, with parameters of the type named.
    static func context(input: TypeExpression, isEffect: Bool) -> TypeExpression {
        var attributes = [
            AttributeDeclaration("input", input), AttributeDeclaration("call", .named("CallFacts")),
            AttributeDeclaration("local", .named("LocalTime")), AttributeDeclaration("session", .named("SessionFacts")),
            AttributeDeclaration("surface", .plainString), AttributeDeclaration("system", .named("SystemFacts")),
            AttributeDeclaration("place", .named("PlaceFacts")),
            AttributeDeclaration("approval", .named("ApprovalFacts"), isRequired: false),
        ]
        if isEffect { attributes.append(AttributeDeclaration("effect", .named("EffectFacts"))) }
        return .record(attributes)
    }
}

extension ToolSchemaBuilder {
    mutating func nativeFragment(_ facts: NativeFacts) -> SchemaFragment {
        var commonTypes = NativeSchema.commonTypes
        var actions = NativeSchema.groups.map { ActionDeclaration($0) }
        actions += aliases.map { ActionDeclaration($0, in: [ActionReference("call")]) }
        for tool in tools {
            var input = TypeExpression.record([])
            if let parameters = tool.input {
                let place = ToolSchema.Place(action: tool.action, pointer: JSONPointer())
                let name = names.name(for: tool.action, suffix: "Input")
                commonTypes.append(CommonTypeDeclaration(name, .record(attributes(parameters, at: place))))
                input = .named(TypeReference(name))
            }
            actions.append(
                ActionDeclaration(
                    tool.action, in: [ActionReference(tool.server.isEmpty ? "call" : tool.server)],
                    appliesTo: AppliesToDeclaration(
                        principals: ["Agent"], resources: ["Tool"],
                        context: NativeSchema.context(input: input, isEffect: false))))
        }
        let operations = operations()
        commonTypes += operations.types
        actions += operations.actions
        let all = ParameterType.merged(
            all: tools.compactMap(\.input) + [NativeOperation.effectInput], onConflict: .conflicting)
        commonTypes.append(CommonTypeDeclaration(NativeSchema.allInputs, .record(effectInput(all))))
        for (verb, resources) in NativeSchema.verbs {
            let context = NativeSchema.context(
                input: .named(TypeReference(NativeSchema.allInputs)), isEffect: true)
            actions.append(
                ActionDeclaration(
                    verb, in: [ActionReference("effect")],
                    appliesTo: AppliesToDeclaration(
                        principals: ["Agent"], resources: resources, context: context)))
        }
        return SchemaFragment([
            SchemaNamespace(
                commonTypes: commonTypes, entityTypes: NativeSchema.entityTypes(limits: limits(facts)),
                actions: actions)
        ])
    }

    /// The parameters of all tools, as effects carry them: none is certain to be there.
    private mutating func effectInput(_ all: [Parameter]) -> [AttributeDeclaration] {
        let optional = all.map { Parameter(name: $0.name, type: $0.type, isRequired: false) }
        return attributes(optional, at: ToolSchema.Place(action: NativeSchema.effect, pointer: JSONPointer()))
    }

    private mutating func limits(_ facts: NativeFacts) -> [AttributeDeclaration] {
        let records = facts.limits.compactMap { object -> [Parameter]? in
            guard case .record(let members) = ParameterType(of: .object(object)) else { return nil }
            return members
        }
        // No passport need have what another has.
        let all = ParameterType.merged(all: records, onConflict: .conflicting)
        let optional = all.map { Parameter(name: $0.name, type: $0.type, isRequired: false) }
        return attributes(optional, at: ToolSchema.Place(action: "limits", pointer: JSONPointer()))
    }
}

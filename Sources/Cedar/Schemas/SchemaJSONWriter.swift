// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Writes a checked fragment in JSON, with what Rust's translation has and lacks: lists and records without members are
/// left out, but an action that is in no request has `appliesTo` with two empty lists.
enum SchemaJSONWriter {
    /// What `type` may be that is no reference to a common type.
    private static let kindsOfTypes: Set<UTF8String> = [
        "Boolean", "Entity", "EntityOrCommon", "Extension", "Long", "Record", "Set", "String",
    ]

    static func json(_ fragment: SchemaFragment) -> JSON {
        object(fragment.namespaces.map { ($0.name ?? "", json($0)) })
    }

    private static func json(_ namespace: SchemaNamespace) -> JSON {
        var members: [(UTF8String, JSON)] = []
        if !namespace.commonTypes.isEmpty {
            members.append(("commonTypes", object(namespace.commonTypes.map { ($0.name, json($0)) })))
        }
        members.append(("entityTypes", object(namespace.entityTypes.map { ($0.name, json($0)) })))
        members.append(("actions", object(namespace.actions.map { ($0.name, json($0)) })))
        append(namespace.annotations, to: &members)
        return object(members)
    }

    private static func json(_ declaration: CommonTypeDeclaration) -> JSON {
        var members = members(declaration.type)
        append(declaration.annotations, to: &members)
        return object(members)
    }

    private static func json(_ declaration: EntityTypeDeclaration) -> JSON {
        var members: [(UTF8String, JSON)] = []
        switch declaration.kind {
        case .enumerated(let ids): members.append(("enum", .array(ids.map { .string($0) })))
        case .standard(let parents, let shape, let tags):
            if !parents.isEmpty { members.append(("memberOfTypes", names(parents))) }
            if shape != .record([]) { members.append(("shape", object(Self.members(shape)))) }
            if let tags { members.append(("tags", object(Self.members(tags)))) }
        }
        append(declaration.annotations, to: &members)
        return object(members)
    }

    private static func json(_ declaration: ActionDeclaration) -> JSON {
        var members: [(UTF8String, JSON)] = []
        if !declaration.parents.isEmpty {
            let parents = declaration.parents.map { parent in
                object([("id", .string(parent.id))] + (parent.type.map { [("type", .string($0))] } ?? []))
            }
            members.append(("memberOf", .array(parents)))
        }
        var appliesTo: [(UTF8String, JSON)] = [
            ("principalTypes", names(declaration.appliesTo?.principals ?? [])),
            ("resourceTypes", names(declaration.appliesTo?.resources ?? [])),
        ]
        if let context = declaration.appliesTo?.context, context != .record([]) {
            appliesTo.append(("context", object(Self.members(context))))
        }
        members.append(("appliesTo", object(appliesTo)))
        append(declaration.annotations, to: &members)
        return object(members)
    }

    private static func members(_ type: TypeExpression) -> [(UTF8String, JSON)] {
        switch type {
        case .named(let reference): [("type", "EntityOrCommon"), ("name", .string(reference.name))]
        case .entity(let reference): [("type", "Entity"), ("name", .string(reference.name))]
        // Rust writes these too as below, and cannot read what it has written.
        case .common(let reference) where kindsOfTypes.contains(reference.name): members(.named(reference))
        case .common(let reference): [("type", .string(reference.name))]
        // `Bool` would be a reference, and so the name of whatever is declared with it.
        case .builtin(.bool): [("type", "Boolean")]
        case .builtin(let builtin) where builtin.isExtension:
            [("type", "Extension"), ("name", .string(builtin.rawValue))]
        case .builtin(let builtin): [("type", .string(builtin.rawValue))]
        case .set(let element): [("type", "Set"), ("element", object(members(element)))]
        case .record(let attributes):
            [("type", "Record"), ("attributes", object(attributes.map { ($0.name, json($0)) }))]
        }
    }

    private static func json(_ attribute: AttributeDeclaration) -> JSON {
        var members = members(attribute.type)
        if !attribute.isRequired { members.append(("required", false)) }
        append(attribute.annotations, to: &members)
        return object(members)
    }

    private static func append(_ annotations: Annotations, to members: inout [(UTF8String, JSON)]) {
        guard !annotations.all.isEmpty else { return }
        let texts = annotations.all.map { ($0.name, $0.value.map { JSON.string($0) } ?? .null) }
        members.append(("annotations", object(texts)))
    }

    private static func names(_ references: [TypeReference]) -> JSON { .array(references.map { .string($0.name) }) }

    private static func object(_ members: [(UTF8String, JSON)]) -> JSON {
        // Keys are unique, or the checker would have refused the fragment.
        .object(JSONObject(members.map { JSONMember(key: $0.0, value: $0.1) }) ?? JSONObject())
    }
}

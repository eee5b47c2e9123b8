// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Reads the JSON form of a schema. Keys that the form does not have are mistakes.
struct SchemaJSONReader {
    private var diagnosis: SchemaDiagnosis

    /// A place had something else than it should; the mistake is in `diagnosis`.
    private struct Stop: Error {}

    static func read(_ bytes: [UInt8], file: UTF8String) throws(SchemaErrors) -> SchemaFragment {
        // A record takes two levels of JSON: its own and that of its attributes.
        let limits = JSONLimits(
            bytesMax: CedarLimits.documentBytesMax, depthMax: 2 * CedarLimits.schemaNestingMax + 16,
            nodesMax: CedarLimits.documentNodesMax)
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: bytes, limits: limits) } catch {
            let span = SourceSpan(offset: error.offset, byteCount: 0, line: error.line, column: error.column)
            let code: SchemaError.Code =
                switch error.code {
                case .invalidUTF8: .invalidUTF8
                case .limitExceeded: .limitExceeded
                case .duplicateKey: .duplicateName
                default: .invalidJSON
                }
            throw SchemaErrors([SchemaError(code, error.message, file: file, span: span)])
        }
        return try read(json, file: file)
    }

    static func read(_ json: JSON, file: UTF8String) throws(SchemaErrors) -> SchemaFragment {
        var reader = SchemaJSONReader(diagnosis: SchemaDiagnosis(file: file))
        let namespaces = reader.members(json, "namespaces by name") { reader, name, json throws(Stop) in
            try reader.namespace(name, json)
        }
        try reader.diagnosis.throwIfAny()
        return SchemaFragment(namespaces ?? [], file: file)
    }

    // MARK: Declarations

    private mutating func namespace(_ name: UTF8String, _ json: JSON) throws(Stop) -> SchemaNamespace {
        let object = try fields(
            json, "a namespace", allowed: ["commonTypes", "entityTypes", "actions", "annotations"],
            required: ["entityTypes", "actions"])
        var namespace = SchemaNamespace(name: name.isEmpty ? nil : name)
        namespace.annotations = annotations(object)
        namespace.commonTypes = declarations(object, "commonTypes") { reader, name, json throws(Stop) in
            let object = try reader.object(json, "a type")
            return CommonTypeDeclaration(
                name, try reader.type(object, beside: ["annotations"]), annotations: reader.annotations(object))
        }
        namespace.entityTypes = declarations(object, "entityTypes") { reader, name, json throws(Stop) in
            try reader.entityType(name, json)
        }
        namespace.actions = declarations(object, "actions") { reader, name, json throws(Stop) in
            try reader.action(name, json)
        }
        return namespace
    }

    private mutating func declarations<Declaration>(
        _ namespace: JSONObject, _ key: UTF8String,
        _ read: (inout SchemaJSONReader, UTF8String, JSON) throws(Stop) -> Declaration
    ) -> [Declaration] {
        guard let json = namespace[key] else { return [] }
        diagnosis.enter(key)
        defer { diagnosis.leave() }
        return members(json, "declarations by name", read) ?? []
    }

    private mutating func entityType(_ name: UTF8String, _ json: JSON) throws(Stop) -> EntityTypeDeclaration {
        let object = try fields(
            json, "an entity type", allowed: ["memberOfTypes", "shape", "tags", "enum", "annotations"])
        let annotations = annotations(object)
        if object["enum"] != nil {
            for key in object.keys where key != "enum" && key != "annotations" {
                throw report(.unknownKey, "an entity type with `enum` cannot have `\(key)`")
            }
            let ids = try strings(object, "enum")
            return EntityTypeDeclaration(name, kind: .enumerated(ids), annotations: annotations)
        }
        let parents = try strings(object, "memberOfTypes").map { TypeReference($0) }
        let shape = try type(object, at: "shape") ?? .record([])
        let tags = try type(object, at: "tags")
        return EntityTypeDeclaration(
            name, kind: .standard(parents: parents, shape: shape, tags: tags), annotations: annotations)
    }

    private mutating func action(_ name: UTF8String, _ json: JSON) throws(Stop) -> ActionDeclaration {
        let object = try fields(
            json, "an action", allowed: ["memberOf", "appliesTo", "attributes", "annotations"])
        let annotations = annotations(object)
        if let attributes = object["attributes"], !attributes.isNull {
            throw report(.unknownKey, "actions have no attributes; leave `attributes` out")
        }
        return ActionDeclaration(
            name, in: try actionReferences(object), appliesTo: try appliesTo(object), annotations: annotations)
    }

    private mutating func actionReferences(_ action: JSONObject) throws(Stop) -> [ActionReference] {
        guard let json = action["memberOf"], !json.isNull else { return [] }
        diagnosis.enter("memberOf")
        defer { diagnosis.leave() }
        guard let elements = json.array else { throw unexpected(json, "an array of actions") }
        var references: [ActionReference] = []
        for (index, element) in elements.enumerated() {
            diagnosis.enter(UTF8String(String(index)))
            defer { diagnosis.leave() }
            let object = try fields(element, "an action's `id` and `type`", allowed: ["id", "type"], required: ["id"])
            let id = try string(object, "id")
            let type = object["type"]?.isNull == false ? try string(object, "type") : nil
            references.append(ActionReference(id, type: type))
        }
        return references
    }

    private mutating func appliesTo(_ action: JSONObject) throws(Stop) -> AppliesToDeclaration? {
        guard let json = action["appliesTo"], !json.isNull else { return nil }
        diagnosis.enter("appliesTo")
        defer { diagnosis.leave() }
        let object = try fields(
            json, "`principalTypes` and `resourceTypes`", allowed: ["principalTypes", "resourceTypes", "context"],
            required: ["principalTypes", "resourceTypes"])
        let principals = try strings(object, "principalTypes").map { TypeReference($0) }
        let resources = try strings(object, "resourceTypes").map { TypeReference($0) }
        var context = try type(object, at: "context")
        if context == .record([]) { context = nil }
        // What Rust writes for an action without `appliesTo`.
        if principals.isEmpty, resources.isEmpty, context == nil { return nil }
        return AppliesToDeclaration(principals: principals, resources: resources, context: context)
    }

    private mutating func annotations(_ declaration: JSONObject) -> Annotations {
        guard let json = declaration["annotations"] else { return Annotations([]) }
        diagnosis.enter("annotations")
        defer { diagnosis.leave() }
        let all = members(json, "annotations by name") { reader, name, json throws(Stop) in
            guard json.isNull || json.string != nil else { throw reader.unexpected(json, "a string or null") }
            return Annotations.Annotation(name: name, value: json.string)
        }
        return Annotations(all ?? [])
    }

    // MARK: Types

    private mutating func type(_ object: JSONObject, at key: UTF8String) throws(Stop) -> TypeExpression? {
        guard let json = object[key] else { return nil }
        diagnosis.enter(key)
        defer { diagnosis.leave() }
        return try type(try self.object(json, "a type"), beside: [])
    }

    /// - Parameter others: keys that are not the type's own. The recursion is as deep as JSON may be.
    private mutating func type(_ object: JSONObject, beside others: [UTF8String]) throws(Stop) -> TypeExpression {
        guard object["type"] != nil else { throw report(.missing, "a type needs the key `type`") }
        let kind = try string(object, "type")
        let own: [UTF8String] =
            switch kind {
            case "Set": ["element"]
            case "Record": ["attributes", "additionalAttributes"]
            case "Entity", "EntityOrCommon", "Extension": ["name"]
            default: []
            }
        try check(object, "`\(kind.shortened(scalars: 40))`", allowed: ["type"] + own + others)
        if let required = own.first, object[required] == nil {
            throw report(.missing, "`\(kind)` needs the key `\(required)`")
        }
        switch kind {
        case "Boolean": return .builtin(.bool)
        case "Long": return .builtin(.long)
        case "String": return .builtin(.string)
        case "Entity": return .entity(TypeReference(try string(object, "name")))
        case "EntityOrCommon": return .named(TypeReference(try string(object, "name")))
        case "Extension": return .builtin(try extensionType(object))
        case "Set": return .set(try type(object, at: "element") ?? .record([]))
        case "Record": return .record(try attributes(object))
        default: return .common(TypeReference(kind))
        }
    }

    private mutating func extensionType(_ object: JSONObject) throws(Stop) -> BuiltinType {
        let name = try string(object, "name")
        let types = BuiltinType.allCases.filter(\.isExtension)
        if let type = types.first(where: { $0.rawValue == name }) { return type }
        diagnosis.enter("name")
        defer { diagnosis.leave() }
        throw report(
            .unknownType, "there is no extension type `\(name.shortened(scalars: 40))`",
            suggestion: Suggestion.closest(to: name, among: types.map(\.rawValue)))
    }

    private mutating func attributes(_ record: JSONObject) throws(Stop) -> [AttributeDeclaration] {
        if let additional = record["additionalAttributes"], additional.bool != false {
            diagnosis.enter("additionalAttributes")
            defer { diagnosis.leave() }
            throw report(.invalidShape, "`additionalAttributes` can only be false: records are closed")
        }
        guard let json = record["attributes"] else { return [] }
        diagnosis.enter("attributes")
        defer { diagnosis.leave() }
        let all = members(json, "attributes by name") { reader, name, json throws(Stop) in
            let object = try reader.object(json, "a type")
            let type = try reader.type(object, beside: ["required", "annotations"])
            var isRequired = true
            if let json = object["required"] {
                guard let required = json.bool else {
                    reader.diagnosis.enter("required")
                    defer { reader.diagnosis.leave() }
                    throw reader.unexpected(json, "true or false")
                }
                isRequired = required
            }
            return AttributeDeclaration(
                name, type, isRequired: isRequired, annotations: reader.annotations(object))
        }
        guard let all else { throw Stop() }
        return all
    }

    // MARK: Shapes

    /// Reads each member of an object, going on after those that have mistakes; `nil` where it is no object.
    private mutating func members<Element>(
        _ json: JSON, _ expected: String,
        _ read: (inout SchemaJSONReader, UTF8String, JSON) throws(Stop) -> Element
    ) -> [Element]? {
        guard let object = json.object else {
            _ = unexpected(json, expected)
            return nil
        }
        var elements: [Element] = []
        for member in object.members where !diagnosis.isFull {
            diagnosis.enter(member.key)
            defer { diagnosis.leave() }
            do throws(Stop) { elements.append(try read(&self, member.key, member.value)) } catch { continue }
        }
        return elements
    }

    private mutating func object(_ json: JSON, _ expected: String) throws(Stop) -> JSONObject {
        guard let object = json.object else { throw unexpected(json, expected) }
        return object
    }

    private mutating func fields(
        _ json: JSON, _ what: String, allowed: [UTF8String], required: [UTF8String] = []
    ) throws(Stop) -> JSONObject {
        let object = try object(json, what)
        try check(object, what, allowed: allowed)
        for key in required where object[key] == nil { throw report(.missing, "the key `\(key)` is missing") }
        return object
    }

    private mutating func check(_ object: JSONObject, _ what: String, allowed: [UTF8String]) throws(Stop) {
        for key in object.keys where !allowed.contains(key) {
            throw report(
                .unknownKey, "\(what) has no key `\(key.shortened(scalars: 40))`",
                suggestion: Suggestion.closest(to: key, among: allowed))
        }
    }

    private mutating func string(_ object: JSONObject, _ key: UTF8String) throws(Stop) -> UTF8String {
        guard let json = object[key] else { throw report(.missing, "the key `\(key)` is missing") }
        diagnosis.enter(key)
        defer { diagnosis.leave() }
        guard let text = json.string else { throw unexpected(json, "a string") }
        return text
    }

    /// The strings of an array, none where the key is absent.
    private mutating func strings(_ object: JSONObject, _ key: UTF8String) throws(Stop) -> [UTF8String] {
        guard let json = object[key] else { return [] }
        diagnosis.enter(key)
        defer { diagnosis.leave() }
        guard let elements = json.array else { throw unexpected(json, "an array of strings") }
        var strings: [UTF8String] = []
        for (index, element) in elements.enumerated() {
            guard let text = element.string else {
                diagnosis.enter(UTF8String(String(index)))
                defer { diagnosis.leave() }
                throw unexpected(element, "a string")
            }
            strings.append(text)
        }
        return strings
    }

    private mutating func unexpected(_ json: JSON, _ expected: String) -> Stop {
        report(.invalidShape, "found \(json.kindName), expected \(expected)")
    }

    private mutating func report(
        _ code: SchemaError.Code, _ message: String, suggestion: UTF8String? = nil
    ) -> Stop {
        diagnosis.report(code, message, suggestion: suggestion)
        return Stop()
    }
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Cedar's JSON for values: `{"__entity":{"type","id"}}` is an entity, `{"__extn":{"fn","arg"}}` an extension value.
///
/// These escapes let whoever writes the document choose types. Never read with them what an agent sent as parameters.
enum CedarJSONReader {
    /// Names that make an object something else than a record.
    static let escapes: [UTF8String] = ["__entity", "__extn", "__expr"]

    /// Reads a document's bytes.
    static func document(_ bytes: [UInt8]) throws(EntityError) -> JSON {
        let limits = JSONLimits(
            bytesMax: CedarLimits.documentBytesMax, depthMax: CedarLimits.valueDepthMax,
            nodesMax: CedarLimits.documentNodesMax)
        do throws(JSONError) {
            return try JSON(parsing: bytes, limits: limits)
        } catch {
            throw EntityError(error.code == .limitExceeded ? .limitExceeded : .invalidJSON, "\(error)")
        }
    }

    static func value(_ json: JSON, depth: Int = 0) throws(EntityError) -> CedarValue {
        guard depth < CedarLimits.valueDepthMax else {
            throw EntityError(.limitExceeded, "more than \(CedarLimits.valueDepthMax) values inside each other")
        }
        switch json {
        case .null:
            throw EntityError(.invalidValue, "Cedar has no null; leave the attribute out")
        case .bool(let value):
            return .bool(value)
        case .number(let number):
            // Other readers take `-0` for a float, which Cedar lacks.
            guard let value = number.int64, number.lexeme != "-0" else {
                throw EntityError(.invalidValue, "a number must be an integer of at most 64 bits")
            }
            return .long(value)
        case .string(let value):
            return .string(value)
        case .array(let elements):
            let values = try values(elements, depth: depth + 1)
            return .set(CedarSet(values))
        case .object(let object):
            if let value = try escaped(object, depth: depth) { return value }
            return .record(try record(object, depth: depth + 1))
        }
    }

    /// The members as they are: their names are never escapes, as Cedar has it for attributes, tags and contexts.
    static func record(_ object: JSONObject, depth: Int = 0) throws(EntityError) -> CedarRecord {
        var pairs: [(key: UTF8String, value: CedarValue)] = []
        pairs.reserveCapacity(object.count)
        for member in object.members {
            let read = try at(member.key) { () throws(EntityError) in try value(member.value, depth: depth) }
            pairs.append((key: member.key, value: read))
        }
        return CedarRecord(pairs, uniquingKeysWith: { $1 })
    }

    /// `{"type": …, "id": …}`, also inside `{"__entity": …}`; further members are ignored, as Cedar does. But one that
    /// names two entities is refused: which of them Cedar 4.12 takes depends on whether the escape is well formed.
    static func uid(_ json: JSON) throws(EntityError) -> EntityUID {
        let inner = json["__entity"] ?? json
        guard json["__entity"] == nil || json["type"] == nil && json["id"] == nil else {
            throw malformed("nothing that names another entity may be beside `__entity`")
        }
        guard let type = inner["type"]?.string, let id = inner["id"]?.string else {
            throw EntityError(.invalidShape, "an entity's name has `type` and `id`, both strings")
        }
        return EntityUID(type: try typeName(type), id: id)
    }

    /// An entity whose attributes and tags are still to be read.
    struct EntityParts {
        let uid: EntityUID
        let attrs: JSONObject
        let tags: JSONObject
        let parents: Set<EntityUID>

        init(_ json: JSON) throws(EntityError) {
            guard let object = json.object, let name = object["uid"], let attrs = object["attrs"]?.object,
                let parents = object["parents"]?.array
            else {
                throw EntityError(.invalidShape, "an entity has `uid`, `attrs` (an object) and `parents` (an array)")
            }
            self.attrs = attrs
            if let given = object["tags"] {
                guard let members = given.object else { throw EntityError(.invalidShape, "`tags` is an object") }
                tags = members
            } else {
                tags = JSONObject()
            }
            let uid = try at("uid") { () throws(EntityError) in try CedarJSONReader.uid(name) }
            self.uid = uid
            self.parents = try at("parents") { () throws(EntityError) in try Self.parents(parents, of: uid) }
        }

        private static func parents(_ list: [JSON], of child: EntityUID) throws(EntityError) -> Set<EntityUID> {
            var parents: Set<EntityUID> = []
            for (index, parent) in list.enumerated() {
                parents.insert(
                    try at(UTF8String(String(index))) { () throws(EntityError) in try CedarJSONReader.uid(parent) })
            }
            // Cedar 4.12's reader has this rule; it is in no document.
            if child.type.isAction, !parents.allSatisfy(\.type.isAction) {
                throw EntityError(.invalidShape, "an action's parents are actions")
            }
            return parents
        }
    }

    /// Runs `body`, and says of an error that it is inside `key`.
    static func at<Value>(_ key: UTF8String, _ body: () throws(EntityError) -> Value) throws(EntityError) -> Value {
        do throws(EntityError) { return try body() } catch { throw error.inside(key) }
    }

    private static func values(_ elements: [JSON], depth: Int) throws(EntityError) -> [CedarValue] {
        var values: [CedarValue] = []
        values.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            let key = UTF8String(String(index))
            values.append(try at(key) { () throws(EntityError) in try value(element, depth: depth) })
        }
        return values
    }

    /// The value of an object that is an escape; `nil` for an ordinary object. Cedar takes most malformed escapes for
    /// records; a record that looks like an entity helps only an attacker, so they are refused here.
    private static func escaped(_ object: JSONObject, depth: Int) throws(EntityError) -> CedarValue? {
        if let entity = object["__entity"] {
            guard object.count == 1, let parts = entity.object, parts.count == 2, parts["type"]?.string != nil,
                parts["id"]?.string != nil
            else { throw malformed("`__entity` holds `type` and `id`, both strings, and nothing is beside it") }
            return .entity(try at("__entity") { () throws(EntityError) in try uid(entity) })
        }
        if let extn = object["__extn"] {
            guard object.count == 1, let parts = extn.object, parts.count == 2, let name = parts["fn"]?.string,
                let arguments = parts["args"]?.array ?? parts["arg"].map({ [$0] })
            else { throw malformed("`__extn` holds `fn` and `arg` or `args`, and nothing is beside it") }
            return try at("__extn") { () throws(EntityError) in try call(name, arguments, depth: depth + 1) }
        }
        guard object["__expr"] == nil else { throw malformed("`__expr` is no longer part of Cedar's JSON") }
        return nil
    }

    static func malformed(_ message: String) -> EntityError { EntityError(.malformedEscape, message) }

    private static func call(
        _ name: UTF8String, _ arguments: [JSON], depth: Int
    ) throws(EntityError) -> CedarValue {
        guard let function = ExtensionFunction.named[name] else {
            throw EntityError(.invalidExtension, "Cedar has no such extension function")
        }
        let values = try values(arguments, depth: depth + 1)
        do throws(ExtensionFunction.Failure) {
            return try function.apply(values)
        } catch {
            throw EntityError(.invalidExtension, error.message)
        }
    }

    private static func typeName(_ text: UTF8String) throws(EntityError) -> EntityTypeName {
        guard let type = EntityTypeName(text) else {
            throw EntityError(.invalidTypeName, "an entity type is identifiers joined by `::`, without white space")
        }
        return type
    }
}

extension CedarValue {
    /// A value from Cedar's JSON without a schema (Cedar's documentation, "Entities and context syntax").
    ///
    /// `__entity` and `__extn` escapes choose types: never read with this what an untrusted party sent.
    ///
    /// - Throws: `EntityError` for null, a number that is no 64-bit integer, a malformed escape, or too much depth.
    public init(cedarJSON json: JSON) throws(EntityError) { self = try CedarJSONReader.value(json) }
}

extension CedarRecord {
    /// A context, or another record, from Cedar's JSON without a schema: an object whose members are values.
    ///
    /// `__entity` and `__extn` escapes choose types: never read with this what an untrusted party sent.
    ///
    /// - Throws: `EntityError` as for values, and where the JSON is no record.
    public init(cedarJSON json: JSON) throws(EntityError) {
        guard case .record(let record) = try CedarJSONReader.value(json) else {
            throw EntityError(.invalidShape, "a context is an object")
        }
        self = record
    }

    /// A context from a document's bytes.
    ///
    /// - Throws: as for JSON values, and where the bytes are no strict JSON within `CedarLimits`.
    public init(parsingCedarJSON bytes: [UInt8]) throws(EntityError) {
        try self.init(cedarJSON: try CedarJSONReader.document(bytes))
    }
}

extension EntityUID {
    /// A name from `{"type": …, "id": …}`, also inside `{"__entity": …}`.
    ///
    /// - Throws: `EntityError` where a part is missing or the type is none.
    public init(cedarJSON json: JSON) throws(EntityError) { self = try CedarJSONReader.uid(json) }
}

extension Entity {
    /// An entity from `{"uid", "attrs", "parents", "tags"?}`; further members are ignored, as Cedar does.
    ///
    /// - Throws: `EntityError` where a part is missing or malformed.
    public init(cedarJSON json: JSON) throws(EntityError) {
        let parts = try CedarJSONReader.EntityParts(json)
        self.init(
            uid: parts.uid,
            attrs: try CedarJSONReader.at("attrs") { () throws(EntityError) in
                try CedarJSONReader.record(parts.attrs)
            },
            tags: try CedarJSONReader.at("tags") { () throws(EntityError) in try CedarJSONReader.record(parts.tags) },
            parents: parts.parents)
    }
}

extension Entities {
    /// A store from Cedar's JSON without a schema: an array of entities.
    ///
    /// - Throws: `EntityError` where the JSON is no such array, and as `init(_:)`.
    public init(cedarJSON json: JSON) throws(EntityError) {
        guard let elements = json.array else {
            throw EntityError(.invalidShape, "entities are an array")
        }
        var list: [Entity] = []
        list.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            let key = UTF8String(String(index))
            list.append(try CedarJSONReader.at(key) { () throws(EntityError) in try Entity(cedarJSON: element) })
        }
        try self.init(list)
    }

    /// A store from a document's bytes.
    ///
    /// - Throws: as for JSON values, and where the bytes are no strict JSON within `CedarLimits`.
    public init(parsingCedarJSON bytes: [UInt8]) throws(EntityError) {
        try self.init(cedarJSON: try CedarJSONReader.document(bytes))
    }
}

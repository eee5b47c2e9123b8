// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Reading by a schema (Cedar's documentation, "Entities and context syntax"): where it declares an entity, an extension
/// value or a record, escapes may be left out. What reading needs of the schema is checked: declared types, actions,
/// attributes and the types of values. The rest is `Validator`'s: which types' entities may be whose parents, and the ids
/// of enumerated types.
extension CedarValue {
    /// A value of a type from Cedar's JSON.
    ///
    /// - Throws: `EntityError` as without a schema, and where the JSON does not fit the type.
    public init(cedarJSON json: JSON, type: CedarType) throws(EntityError) {
        self = try CedarJSONReader.value(json, type)
    }
}

extension CedarRecord {
    /// A record of a type from Cedar's JSON.
    ///
    /// - Throws: `EntityError` as without a schema, where the JSON does not fit the type, and for attributes that the
    ///   type lacks or that are missing.
    public init(cedarJSON json: JSON, type: RecordType) throws(EntityError) {
        guard let object = json.object else {
            throw EntityError(.invalidShape, "a record is an object")
        }
        self = try CedarJSONReader.record(object, type)
    }

    /// A context for requests with an action, from Cedar's JSON.
    ///
    /// - Throws: `EntityError` as for records of the action's context type, and `undeclaredAction`.
    public init(cedarJSON json: JSON, schema: Schema, action: EntityUID) throws(EntityError) {
        guard let declared = schema.actions[action] else {
            throw EntityError(.undeclaredAction, "the schema has no such action")
        }
        try self.init(cedarJSON: json, type: declared.appliesTo?.context ?? RecordType())
    }

    /// A context from a document's bytes.
    ///
    /// - Throws: as for JSON values, and where the bytes are no strict JSON within `CedarLimits`.
    public init(parsingCedarJSON bytes: [UInt8], schema: Schema, action: EntityUID) throws(EntityError) {
        try self.init(cedarJSON: try CedarJSONReader.document(bytes), schema: schema, action: action)
    }
}

extension Entity {
    /// An entity of a declared type, or a declared action, from Cedar's JSON.
    ///
    /// - Throws: `EntityError` as without a schema, and where the JSON does not fit it.
    public init(cedarJSON json: JSON, schema: Schema) throws(EntityError) {
        let parts = try CedarJSONReader.EntityParts(json)
        guard !parts.uid.type.isAction else {
            guard schema.actions[parts.uid] != nil else {
                throw EntityError(.undeclaredAction, "the schema has no such action").inside("uid")
            }
            guard parts.attrs.isEmpty, parts.tags.isEmpty else {
                throw EntityError(.actionMismatch, "an action has neither attributes nor tags")
            }
            self.init(uid: parts.uid, parents: parts.parents)
            return
        }
        guard let type = schema.entityTypes[parts.uid.type] else {
            throw EntityError(.undeclaredType, "the schema has no such entity type").inside("uid")
        }
        self.init(
            uid: parts.uid,
            attrs: try CedarJSONReader.at("attrs") { () throws(EntityError) in
                try CedarJSONReader.record(parts.attrs, type.attributes)
            },
            tags: try CedarJSONReader.at("tags") { () throws(EntityError) in
                try CedarJSONReader.tags(parts.tags, type.tags)
            },
            parents: parts.parents)
    }
}

extension Entities {
    /// A store from Cedar's JSON, with all actions that the schema declares.
    ///
    /// Actions may be among the entities; they must be in exactly the groups that the schema says, as far as the groups'
    /// own groups are among the entities too.
    ///
    /// - Throws: `EntityError` as without a schema, and where the JSON does not fit it.
    public init(cedarJSON json: JSON, schema: Schema) throws(EntityError) {
        guard let elements = json.array else {
            throw EntityError(.invalidShape, "entities are an array")
        }
        var list: [Entity] = []
        list.reserveCapacity(elements.count + schema.actions.count)
        var actions: [Entity] = []
        for (index, element) in elements.enumerated() {
            let entity = try CedarJSONReader.at(UTF8String(String(index))) { () throws(EntityError) in
                try Entity(cedarJSON: element, schema: schema)
            }
            if entity.uid.type.isAction { actions.append(entity) } else { list.append(entity) }
        }
        let given = try Entities(actions)
        for action in actions where given.ancestors(of: action.uid).set != schema.actions[action.uid]?.ancestors {
            throw EntityError(.actionMismatch, "an action must be in exactly the groups that the schema says")
        }
        try self.init(list + schema.actionEntities)
    }

    /// A store from a document's bytes.
    ///
    /// - Throws: as for JSON values, and where the bytes are no strict JSON within `CedarLimits`.
    public init(parsingCedarJSON bytes: [UInt8], schema: Schema) throws(EntityError) {
        try self.init(cedarJSON: try CedarJSONReader.document(bytes), schema: schema)
    }

    /// This store with all actions that the schema declares, in place of what it says of them itself.
    ///
    /// - Throws: as `init(_:)`.
    public func addingActions(of schema: Schema) throws(EntityError) -> Entities {
        try Entities(sorted.filter { schema.actions[$0.uid] == nil } + schema.actionEntities)
    }
}

extension Schema {
    /// The declared actions as entities, which are in their groups.
    public var actionEntities: [Entity] { actions.values.map { Entity(uid: $0.uid, parents: $0.parents) } }
}

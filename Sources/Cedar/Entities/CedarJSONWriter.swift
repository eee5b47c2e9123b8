// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Cedar's JSON is always the same for equal values: names sorted by bytes, sets by their elements' JSON, extension
/// values in their canonical text. The readers give an equal value back.
extension CedarValue {
    /// The value in Cedar's JSON.
    ///
    /// - Throws: `EntityError` with `unwritable` where a record inside has a name that Cedar's JSON takes for an escape
    ///   (`__entity`, `__extn`, `__expr`).
    public func cedarJSON() throws(EntityError) -> JSON {
        switch self {
        case .bool(let value): .bool(value)
        case .long(let value): .number(JSONNumber(value))
        case .string(let value): .string(value)
        case .entity(let uid): .object(unique: ("__entity", uid.cedarJSON))
        case .set(let set): try set.cedarJSON()
        case .record(let record): try record.cedarJSON()
        case .decimal(let value): .call("decimal", .text(value.description))
        case .ip(let value): .call("ip", .text(value.description))
        case .datetime(let value): value.cedarJSON
        case .duration(let value): .call("duration", .text(value.description))
        }
    }
}

extension CedarSet {
    fileprivate func cedarJSON() throws(EntityError) -> JSON {
        var written: [(text: [UInt8], json: JSON)] = []
        for element in elements {
            let json = try element.cedarJSON()
            written.append((json.serialized(), json))
        }
        return .array(written.sorted { $0.text.lexicographicallyPrecedes($1.text) }.map(\.json))
    }
}

extension CedarRecord {
    /// The record as an object, for a context for instance.
    ///
    /// - Throws: as for values.
    public func cedarJSON() throws(EntityError) -> JSON {
        guard CedarJSONReader.escapes.allSatisfy({ self[$0] == nil }) else {
            throw EntityError(.unwritable, "a record with a name that Cedar's JSON takes for an escape")
        }
        return try members()
    }

    /// The record as an object that is never an escape: attributes or tags.
    fileprivate func members() throws(EntityError) -> JSON {
        // All at once: setting one by one would look through those before it each time, and the names may be a caller's.
        var members: [JSONMember] = []
        for (key, value) in sorted { members.append(JSONMember(key: key, value: try value.cedarJSON())) }
        return .object(JSONObject(unique: members))
    }
}

extension EntityUID {
    /// `{"type": …, "id": …}`.
    public var cedarJSON: JSON { .object(unique: ("type", .string(type.text)), ("id", .string(id))) }
}

extension Entity {
    /// `{"uid", "attrs", "parents", "tags"}`, the tags only where there are some.
    ///
    /// - Throws: as for values.
    public func cedarJSON() throws(EntityError) -> JSON {
        var object = JSONObject()
        object.add("uid", uid.cedarJSON)
        object.add("attrs", try attrs.members())
        object.add("parents", .array(parents.sorted().map(\.cedarJSON)))
        if !tags.isEmpty { object.add("tags", try tags.members()) }
        return .object(object)
    }
}

extension Entities {
    /// An array of the entities with their direct parents, sorted by name.
    ///
    /// - Throws: as for values.
    public func cedarJSON() throws(EntityError) -> JSON {
        var list: [JSON] = []
        for entity in sorted { list.append(try entity.cedarJSON()) }
        return .array(list)
    }
}

extension CedarDatetime {
    /// The instant as text where four digits of years hold it; else as an offset from the epoch.
    fileprivate var cedarJSON: JSON {
        if let text { return .call("datetime", .string(text)) }
        let span = CedarDuration(milliseconds: milliseconds)
        let arguments: [JSON] = [
            .call("datetime", "1970-01-01"), .call("duration", .text(span.description)),
        ]
        return .object(unique: ("__extn", .object(unique: ("fn", "offset"), ("args", .array(arguments)))))
    }
}

extension JSON {
    fileprivate static func call(_ function: UTF8String, _ argument: JSON) -> JSON {
        .object(unique: ("__extn", .object(unique: ("fn", .string(function)), ("arg", argument))))
    }

    /// An object of these members, whose names must differ.
    static func object(unique members: (UTF8String, JSON)...) -> JSON {
        var object = JSONObject()
        for (key, value) in members { object.add(key, value) }
        return .object(object)
    }
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

extension CedarValue {
    /// The value in Cedar's JSON, always the same for equal values: names sorted by bytes, sets by their elements'
    /// JSON, extension values in their canonical text. `CedarValue(cedarJSON:)` reads it back to an equal value, except
    /// a record inside a value that has a member named like an escape (`__entity`, `__extn`, `__expr`).
    public var cedarJSON: JSON {
        switch self {
        case .bool(let value): .bool(value)
        case .long(let value): .number(JSONNumber(value))
        case .string(let value): .string(value)
        case .entity(let uid): .object(unique: ("__entity", uid.cedarJSON))
        case .set(let set): .array(set.elements.map(\.cedarJSON).sortedByText())
        case .record(let record): record.cedarJSON
        case .decimal(let value): .call("decimal", .text(value.description))
        case .ip(let value): .call("ip", .text(value.description))
        case .datetime(let value): value.cedarJSON
        case .duration(let value): .call("duration", .text(value.description))
        }
    }
}

extension CedarRecord {
    /// The record as an object, names sorted by bytes.
    public var cedarJSON: JSON {
        var object = JSONObject()
        for (key, value) in sorted { object[key] = value.cedarJSON }
        return .object(object)
    }
}

extension EntityUID {
    /// `{"type": …, "id": …}`.
    public var cedarJSON: JSON { .object(unique: ("type", .string(type.text)), ("id", .string(id))) }
}

extension Entity {
    /// `{"uid", "attrs", "parents", "tags"}`, the tags only where there are some.
    public var cedarJSON: JSON {
        let parents = parents.sorted().map(\.cedarJSON)
        var object = JSONObject()
        object["uid"] = uid.cedarJSON
        object["attrs"] = attrs.cedarJSON
        object["parents"] = .array(parents)
        if !tags.isEmpty { object["tags"] = tags.cedarJSON }
        return .object(object)
    }
}

extension Entities {
    /// An array of the entities with their direct parents, sorted by name.
    public var cedarJSON: JSON { .array(sorted.map(\.cedarJSON)) }
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

    fileprivate static func object(unique members: (UTF8String, JSON)...) -> JSON {
        var object = JSONObject()
        for (key, value) in members { object[key] = value }
        return .object(object)
    }
}

extension [JSON] {
    fileprivate func sortedByText() -> [JSON] {
        map { (text: $0.serialized(), json: $0) }
            .sorted { $0.text.lexicographicallyPrecedes($1.text) }
            .map(\.json)
    }
}

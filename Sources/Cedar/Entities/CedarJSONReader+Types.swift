// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Reading where a schema says what is expected: escapes may be left out, and what does not fit is refused.
extension CedarJSONReader {
    static func value(_ json: JSON, _ type: CedarType, depth: Int = 0) throws(EntityError) -> CedarValue {
        guard depth < CedarLimits.valueDepthMax else {
            throw EntityError(.limitExceeded, "more than \(CedarLimits.valueDepthMax) values inside each other")
        }
        switch type {
        case .bool, .long, .string:
            return try checked(try value(json, depth: depth), type)
        case .entity(let name):
            let uid = try uid(json)
            guard uid.type == name else {
                throw EntityError(.typeMismatch, "expected an entity of type `\(name)`")
            }
            return .entity(uid)
        case .decimal: return try checked(try call(.decimal, json, depth: depth), type)
        case .ip: return try checked(try call(.ip, json, depth: depth), type)
        case .datetime: return try checked(try call(.datetime, json, depth: depth), type)
        case .duration: return try checked(try call(.duration, json, depth: depth), type)
        case .set(let element):
            guard let elements = json.array else {
                throw EntityError(.typeMismatch, "found \(json.kindName), expected an array")
            }
            return .set(CedarSet(try values(elements, element, depth: depth + 1)))
        case .record(let record):
            guard let object = json.object else {
                throw EntityError(.typeMismatch, "found \(json.kindName), expected an object")
            }
            return .record(try self.record(object, record, depth: depth + 1))
        }
    }

    /// The members, each by its attribute's type; all of the required attributes and none but those declared.
    static func record(
        _ object: JSONObject, _ type: RecordType, depth: Int = 0
    ) throws(EntityError) -> CedarRecord {
        var pairs: [(key: UTF8String, value: CedarValue)] = []
        pairs.reserveCapacity(object.count)
        for member in object.members {
            let read = try at(member.key) { () throws(EntityError) in
                guard let attribute = type[member.key] else {
                    throw EntityError(.unexpectedAttribute, "the type has no such attribute")
                }
                return try value(member.value, attribute.type, depth: depth)
            }
            pairs.append((key: member.key, value: read))
        }
        let record = CedarRecord(pairs, uniquingKeysWith: { $1 })
        for attribute in type.attributes where attribute.isRequired && record[attribute.name] == nil {
            throw EntityError(.missingAttribute, "a required attribute is missing").inside(attribute.name)
        }
        return record
    }

    /// An entity's tags, all of one type.
    static func tags(_ object: JSONObject, _ type: CedarType?) throws(EntityError) -> CedarRecord {
        var pairs: [(key: UTF8String, value: CedarValue)] = []
        for member in object.members {
            let read = try at(member.key) { () throws(EntityError) in
                guard let type else {
                    throw EntityError(.unexpectedAttribute, "entities of this type have no tags")
                }
                return try value(member.value, type)
            }
            pairs.append((key: member.key, value: read))
        }
        return CedarRecord(pairs, uniquingKeysWith: { $1 })
    }

    private static func values(
        _ elements: [JSON], _ type: CedarType, depth: Int
    ) throws(EntityError) -> [CedarValue] {
        var values: [CedarValue] = []
        values.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            let key = UTF8String(String(index))
            values.append(try at(key) { () throws(EntityError) in try value(element, type, depth: depth) })
        }
        return values
    }

    /// An extension value: escaped, as `{"fn", "arg"}` or `{"fn", "args"}`, or what the type's constructor takes.
    private static func call(
        _ constructor: ExtensionFunction, _ json: JSON, depth: Int
    ) throws(EntityError) -> CedarValue {
        guard let object = json.object else { return try call(constructor, [json], depth: depth + 1) }
        guard object["__extn"] != nil else { return try call(object, depth: depth + 1) }
        guard object.count == 1, let parts = object["__extn"]?.object, parts.count == 2 else {
            throw malformed("`__extn` holds `fn` and `arg` or `args`, and nothing is beside it")
        }
        return try at("__extn") { () throws(EntityError) in try call(parts, depth: depth + 1) }
    }

    private static func call(_ parts: JSONObject, depth: Int) throws(EntityError) -> CedarValue {
        guard let name = parts["fn"]?.string, let arguments = parts["arg"].map({ [$0] }) ?? parts["args"]?.array else {
            throw EntityError(.typeMismatch, "expected a call of an extension function, or its text")
        }
        guard let function = ExtensionFunction.named[name] else {
            throw EntityError(.invalidExtension, "Cedar has no such extension function")
        }
        return try call(function, arguments, depth: depth + 1)
    }

    /// The result, for arguments of the function's types: in them too escapes may be left out.
    private static func call(
        _ function: ExtensionFunction, _ arguments: [JSON], depth: Int
    ) throws(EntityError) -> CedarValue {
        var values: [CedarValue] = []
        for (argument, type) in zip(arguments, function.argumentTypes) {
            values.append(try value(argument, type, depth: depth))
        }
        guard values.count == arguments.count else {
            throw EntityError(.invalidExtension, "`\(function.rawValue)` takes \(function.argumentCount) arguments")
        }
        do throws(ExtensionFunction.Failure) {
            return try function.apply(values)
        } catch {
            throw EntityError(.invalidExtension, error.message)
        }
    }

    /// The value, if it is of that type; for types without parts.
    private static func checked(_ value: CedarValue, _ type: CedarType) throws(EntityError) -> CedarValue {
        switch (value, type) {
        case (.bool, .bool), (.long, .long), (.string, .string), (.decimal, .decimal), (.ip, .ip),
            (.datetime, .datetime), (.duration, .duration):
            return value
        default: throw EntityError(.typeMismatch, "found \(value.typeName), expected \(name(of: type))")
        }
    }

    private static func name(of type: CedarType) -> String {
        switch type {
        case .bool: "bool"
        case .long: "long"
        case .string: "string"
        case .decimal: "decimal"
        case .ip: "ipaddr"
        case .datetime: "datetime"
        case .duration: "duration"
        case .entity: "entity"
        case .set: "set"
        case .record: "record"
        }
    }
}

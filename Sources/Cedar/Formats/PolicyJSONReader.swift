// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Reads policies in Cedar's JSON policy format and stops at the first mistake.
///
/// Stricter than Cedar 4.12, which lets some mistakes pass: members that the format lacks are refused everywhere, as are
/// escapes that are none, calls that no text could write, empty ids, templates without slots, and wildcards written as
/// an object.
struct PolicyJSONReader {
    /// Where the reader is.
    private var path: [Step] = []
    /// The mistake that a thrown `Stop` stands for.
    private var mistake: PolicyJSONError?

    private enum Step {
        case member(UTF8String)
        case element(Int)
    }

    /// Ends the reading. Empty, and the mistake kept aside, so that frames of the recursion are small.
    struct Stop: Error {}

    /// What is read has no place in a text.
    static let span = SourceSpan(offset: 0, byteCount: 0, line: 1, column: 1)

    /// Reads a document's bytes.
    static func document(_ bytes: [UInt8]) throws(PolicyJSONError) -> JSON {
        let limits = JSONLimits(
            bytesMax: CedarLimits.policyJSONBytesMax, depthMax: CedarLimits.policyJSONDepthMax,
            nodesMax: CedarLimits.policyJSONNodesMax)
        do throws(JSONError) {
            return try JSON(parsing: bytes, limits: limits)
        } catch {
            throw PolicyJSONError(error.code == .limitExceeded ? .limitExceeded : .invalidJSON, "\(error)")
        }
    }

    /// Runs `body` with a new reader and turns its `Stop` into the mistake.
    static func read<Value>(
        _ body: (inout PolicyJSONReader) throws(Stop) -> Value
    ) throws(PolicyJSONError) -> Value {
        var reader = PolicyJSONReader()
        do throws(Stop) {
            return try body(&reader)
        } catch {
            throw reader.mistake ?? PolicyJSONError(.invalidShape, "not a policy")
        }
    }

    // MARK: Places

    /// Notes a mistake at the current place.
    mutating func fail(_ code: PolicyJSONError.Code, _ message: String) -> Stop {
        let tokens = path.map { step in
            switch step {
            case .member(let name): name
            case .element(let index): UTF8String(String(index))
            }
        }
        mistake = PolicyJSONError(code, message, at: JSONPointer(tokens))
        return Stop()
    }

    mutating func enter(_ name: UTF8String) { path.append(.member(name)) }

    mutating func enter(_ index: Int) { path.append(.element(index)) }

    mutating func leave(_ count: Int = 1) { path.removeLast(min(count, path.count)) }

    /// Stops where a tree that was built in memory is deeper than what documents may be.
    mutating func checkDepth() throws(Stop) {
        guard path.count <= CedarLimits.policyJSONDepthMax else {
            throw fail(.limitExceeded, "nested more than \(CedarLimits.policyJSONDepthMax) deep")
        }
    }

    // MARK: Shapes

    /// The object, with all of the required members and none but these and the optional ones.
    mutating func object(
        _ json: JSON, _ required: [UTF8String], optional: [UTF8String] = []
    ) throws(Stop) -> JSONObject {
        guard let object = json.object else {
            throw fail(.invalidShape, "found \(json.kindName), expected an object with \(Self.list(required))")
        }
        for name in required where object[name] == nil {
            throw fail(.invalidShape, "the member `\(name)` is missing")
        }
        if object.count > required.count {
            for member in object.members where !required.contains(member.key) && !optional.contains(member.key) {
                let known = Self.list(required + optional)
                throw fail(.unknownMember, "the member `\(member.key.shortened(scalars: 40))` is not one of \(known)")
            }
        }
        return object
    }

    private static func list(_ names: [UTF8String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }

    /// The object's members, whatever their names.
    mutating func members(_ json: JSON, _ what: String) throws(Stop) -> [JSONMember] {
        guard let object = json.object else {
            throw fail(.invalidShape, "found \(json.kindName), expected an object: \(what)")
        }
        return object.members
    }

    mutating func array(_ json: JSON, _ what: String) throws(Stop) -> [JSON] {
        guard let elements = json.array else {
            throw fail(.invalidShape, "found \(json.kindName), expected an array of \(what)")
        }
        return elements
    }

    /// The text of a member; `object` has been checked for it.
    mutating func string(_ object: JSONObject, _ name: UTF8String) throws(Stop) -> UTF8String {
        guard let text = object[name]?.string else {
            enter(name)
            throw fail(.invalidShape, "found \(object[name]?.kindName ?? "nothing"), expected a string")
        }
        return text
    }

    /// What `body` makes of a member; `object` has been checked for it.
    mutating func inside<Value>(
        _ object: JSONObject, _ name: UTF8String,
        _ body: (inout PolicyJSONReader, JSON) throws(Stop) -> Value
    ) throws(Stop) -> Value {
        enter(name)
        guard let json = object[name] else { throw fail(.invalidShape, "is missing") }
        let value = try body(&self, json)
        leave()
        return value
    }

    // MARK: Names

    mutating func typeName(_ text: UTF8String) throws(Stop) -> EntityTypeName {
        guard let type = EntityTypeName(text) else {
            throw fail(
                .invalidName,
                "`\(text.shortened(scalars: 40))` is no entity type: identifiers joined by `::`, without white space")
        }
        return type
    }

    /// `{"type": …, "id": …}`, also inside `{"__entity": …}`.
    mutating func uid(_ json: JSON) throws(Stop) -> EntityUID {
        if let object = json.object, object.count == 1, object["__entity"] != nil {
            return try inside(object, "__entity") { reader, json throws(Stop) in try reader.plainUID(json) }
        }
        return try plainUID(json)
    }

    private mutating func plainUID(_ json: JSON) throws(Stop) -> EntityUID {
        let parts = try object(json, ["type", "id"])
        let text = try string(parts, "type")
        let id = try string(parts, "id")
        enter("type")
        let type = try typeName(text)
        leave()
        return EntityUID(type: type, id: id)
    }
}

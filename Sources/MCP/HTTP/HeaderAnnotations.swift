// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The parameters of a tool that its definition wants repeated in headers: `x-mcp-header` in the input schema
/// (MCP 2026-07-28, "Custom Headers from Tool Parameters").
public struct HeaderAnnotations: Sendable, Equatable {
    /// The annotated parameters, in the schema's order.
    public let all: [Annotation]

    /// One parameter.
    public struct Annotation: Sendable, Equatable {
        /// The members that lead to it in the arguments.
        public let path: [UTF8String]
        /// `Mcp-Param-` and this is the header.
        public let name: UTF8String
        /// The type that the schema gives it.
        public let type: Kind

        /// The types that may be repeated.
        public enum Kind: String, Sendable, Equatable {
            /// A text, as it is.
            case string
            /// An integer, in decimal.
            case integer
            /// `true` or `false`.
            case boolean
        }
    }

    /// Why a definition's annotations cannot be followed; the tool is left out of what a server over HTTP lists.
    public struct Invalid: Error, Sendable, Equatable {
        /// For the operator.
        public let text: String
    }

    /// The annotations of an input schema.
    ///
    /// Only schema positions are searched, and no reference is followed: `default`, `enum` and their like hold data.
    public init(inputSchema: JSON) throws(Invalid) {
        var walk = SchemaWalk(inputSchema)
        var found: [Annotation] = []
        var names: Set<UTF8String> = []
        while let (path, schema) = try walk.next() {
            guard let value = schema[Self.key] else { continue }
            guard let path, !path.isEmpty else {
                throw Invalid(text: "\(Self.key) stands where no chain of properties leads")
            }
            let place = path.map(\.string).joined(separator: ".")
            guard let name = value.string, Self.isToken(name) else {
                throw Invalid(text: "\(Self.key) of \(place) is no header name")
            }
            guard let type = schema["type"]?.string.flatMap({ Annotation.Kind(rawValue: $0.string) }) else {
                throw Invalid(text: "\(Self.key) of \(place): its type is not string, integer or boolean")
            }
            guard names.insert(UTF8String(HTTPHeaders.lowercased(name.string))).inserted else {
                throw Invalid(text: "\(Self.key) of \(place) is another parameter's too")
            }
            guard found.count < HTTPLimits.annotationsMax else { throw Invalid(text: "too many \(Self.key)") }
            found.append(Annotation(path: path, name: name, type: type))
        }
        all = found
    }

    /// What a call's arguments put into headers: the suffix and the value, not yet encoded. A parameter that is missing,
    /// null or of another type is left out.
    public func values(in arguments: JSON?) -> [(name: UTF8String, value: UTF8String)] {
        all.compactMap { annotation in
            Self.text(annotation, in: arguments).map { (annotation.name, $0) }
        }
    }

    /// Compares a call's `Mcp-Param-` headers with its arguments.
    ///
    /// - Throws: `HTTPRefusal` with 400 and -32020 where one is missing, repeated, does not decode or differs.
    public func check(_ arguments: JSON?, _ headers: HTTPHeaders) throws(HTTPRefusal) {
        for annotation in all {
            let lowercased = UTF8String("mcp-param-" + HTTPHeaders.lowercased(annotation.name.string))
            let lines = headers.values(lowercased)
            guard let expected = Self.text(annotation, in: arguments) else { continue }
            guard lines.count == 1, let value = HeaderValue.decode(lines[0]) else {
                throw PostedMessage.mismatch("Mcp-Param-\(annotation.name) is required once")
            }
            guard value == expected || annotation.type == .integer && Self.isSameInteger(value, expected) else {
                throw PostedMessage.mismatch("Mcp-Param-\(annotation.name) and the body's parameter differ")
            }
        }
    }

    private static let key: UTF8String = "x-mcp-header"

    private static func text(_ annotation: Annotation, in arguments: JSON?) -> UTF8String? {
        let value = annotation.path.reduce(arguments) { $0?[$1] }
        switch (annotation.type, value) {
        case (.string, .string(let text)): return text
        case (.boolean, .bool(let flag)): return flag ? "true" : "false"
        case (.integer, .number(let number)): return integer(number.lexeme)
        default: return nil
        }
    }

    /// An integer's digits: `42` of `42` and of `42.0`; another spelling as it is.
    private static func integer(_ lexeme: UTF8String) -> UTF8String {
        let parts = lexeme.string.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) else { return lexeme }
        return UTF8String(String(parts[0]))
    }

    private static func isSameInteger(_ header: UTF8String, _ expected: UTF8String) -> Bool {
        integer(header) == expected
    }

    /// A token (RFC 9110 §5.6.2).
    private static func isToken(_ name: UTF8String) -> Bool {
        !name.isEmpty && name.byteCount <= Limits.methodBytesMax
            && name.string.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }
}

/// Every schema inside a schema, with the chain of `properties` that leads there; no chain where something else does.
private struct SchemaWalk {
    private var open: [(path: [UTF8String]?, schema: JSON)]
    private var visited = 0

    private static let single: Set<UTF8String> = [
        "items", "additionalItems", "contains", "unevaluatedItems", "additionalProperties", "propertyNames",
        "unevaluatedProperties", "not", "if", "then", "else", "contentSchema",
    ]
    private static let lists: Set<UTF8String> = ["allOf", "anyOf", "oneOf", "prefixItems", "items"]
    private static let maps: Set<UTF8String> = ["patternProperties", "dependentSchemas", "$defs", "definitions"]

    init(_ root: JSON) { open = [([], root)] }

    mutating func next() throws(HeaderAnnotations.Invalid) -> (path: [UTF8String]?, schema: JSONObject)? {
        while let (path, json) = open.popLast() {
            guard let schema = json.object else { continue }
            visited += 1
            guard visited <= HTTPLimits.schemaPositionsMax else {
                throw HeaderAnnotations.Invalid(text: "the input schema is too large")
            }
            // Last in, first out: the last of the schema's members goes in first.
            for member in schema.members.reversed() { enter(member, path) }
            return (path, schema)
        }
        return nil
    }

    private mutating func enter(_ member: JSONMember, _ path: [UTF8String]?) {
        switch (member.key, member.value) {
        case ("properties", .object(let properties)):
            for property in properties.members.reversed() {
                open.append((path.map { $0 + [property.key] }, property.value))
            }
        case (let key, .object(let schemas)) where Self.maps.contains(key):
            for schema in schemas.members.reversed() { open.append((nil, schema.value)) }
        case (let key, .array(let schemas)) where Self.lists.contains(key):
            for schema in schemas.reversed() { open.append((nil, schema)) }
        case (let key, .object) where Self.single.contains(key): open.append((nil, member.value))
        default: break
        }
    }
}

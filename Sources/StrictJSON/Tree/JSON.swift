// SPDX-License-Identifier: Apache-2.0

/// A JSON document as it was written: members in order, numbers by their lexemes, strings byte for byte.
///
/// Reading and writing again changes only white space and the spelling of string escapes, so what was judged is what is
/// sent. Equality is of the documents as written: order of members and spelling of numbers count (`1` is not `1.0`).
///
///     let call = try JSON(parsing: bytes)
///     let name = call["params"]?["name"]?.string
public enum JSON: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, by its lexeme.
    case number(JSONNumber)
    /// A string.
    case string(UTF8String)
    /// An array.
    case array([JSON])
    /// An object with unique keys, in order.
    case object(JSONObject)
}

extension JSON {
    /// Reads one document and nothing after it.
    ///
    /// - Throws: `JSONError` with line and column, for anything RFC 8259 does not allow, for a duplicate key, invalid
    ///   UTF-8, an unpaired surrogate, or a document over `limits`.
    public init(parsing bytes: [UInt8], limits: JSONLimits = .standard) throws(JSONError) {
        self = try JSONReader.read(bytes, limits: limits)
    }

    /// Reads one document from text.
    ///
    /// - Throws: as `init(parsing:limits:)` for bytes.
    public init(parsing text: UTF8String, limits: JSONLimits = .standard) throws(JSONError) {
        self = try JSONReader.read(text.bytes, limits: limits)
    }

    /// The value of a member, or `nil` where this is no object or has no such key.
    public subscript(key: UTF8String) -> JSON? { object?[key] }

    /// The text, where this is a string.
    public var string: UTF8String? { if case .string(let value) = self { value } else { nil } }

    /// The truth value, where this is one.
    public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The number, where this is one.
    public var number: JSONNumber? { if case .number(let value) = self { value } else { nil } }

    /// The integer, where this is a number written as one (no fraction, no exponent) within 64 bits.
    public var int64: Int64? { number?.int64 }

    /// The elements, where this is an array.
    public var array: [JSON]? { if case .array(let value) = self { value } else { nil } }

    /// The members, where this is an object.
    public var object: JSONObject? { if case .object(let value) = self { value } else { nil } }

    /// Whether this is `null`.
    public var isNull: Bool { self == .null }

    /// What kind of value this is, for error messages: `an object`, `a number`, ….
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// `null`.
    public init(nilLiteral: ()) { self = .null }

    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// An integer.
    public init(integerLiteral value: Int64) { self = .number(JSONNumber(value)) }

    /// A string.
    public init(stringLiteral value: String) { self = .string(UTF8String(value)) }

    /// An array.
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }

    /// An object in the order written; of a key written twice in source the last value stays.
    public init(dictionaryLiteral elements: (UTF8String, JSON)...) {
        var object = JSONObject()
        for (key, value) in elements { object[key] = value }
        self = .object(object)
    }
}

extension JSON {
    /// A string value.
    public static func text(_ string: String) -> JSON { .string(UTF8String(string)) }

    /// An integer value.
    public static func integer(_ value: some BinaryInteger) -> JSON { .number(JSONNumber(Int64(clamping: value))) }
}

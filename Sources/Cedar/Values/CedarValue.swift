// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A value of Cedar's run time.
///
/// Equality is Cedar's `==`: structural and total. Values of different types are unequal, never an error; sets ignore
/// order and repetition; strings and names compare as bytes.
public enum CedarValue: Sendable, Hashable {
    /// `true` or `false`.
    case bool(Bool)
    /// A 64-bit signed integer, Cedar's `Long`.
    case long(Int64)
    /// Text.
    case string(UTF8String)
    /// A reference to an entity, whether or not the store holds it.
    case entity(EntityUID)
    /// Values without order or repetition, of any types.
    case set(CedarSet)
    /// Named values.
    case record(CedarRecord)
    /// A number with four decimal places.
    case decimal(CedarDecimal)
    /// An IPv4 or IPv6 address or network.
    case ip(CedarIPAddress)
    /// An instant in milliseconds.
    case datetime(CedarDatetime)
    /// A span of time in milliseconds.
    case duration(CedarDuration)

    /// The type's name as Cedar's documentation writes it, for error messages.
    public var typeName: String {
        switch self {
        case .bool: "bool"
        case .long: "long"
        case .string: "string"
        case .entity: "entity"
        case .set: "set"
        case .record: "record"
        case .decimal: "decimal"
        case .ip: "ipaddr"
        case .datetime: "datetime"
        case .duration: "duration"
        }
    }
}

extension CedarValue: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A boolean.
    public init(booleanLiteral value: Bool) { self = .bool(value) }

    /// A long.
    public init(integerLiteral value: Int64) { self = .long(value) }

    /// A string.
    public init(stringLiteral value: String) { self = .string(UTF8String(value)) }

    /// A set.
    public init(arrayLiteral elements: CedarValue...) { self = .set(CedarSet(elements)) }

    /// A record; of a name written twice in Swift source the last value stays.
    public init(dictionaryLiteral elements: (UTF8String, CedarValue)...) {
        self = .record(CedarRecord(elements.lazy.map { (key: $0.0, value: $0.1) }, uniquingKeysWith: { $1 }))
    }
}

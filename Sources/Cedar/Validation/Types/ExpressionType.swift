// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The type of an expression in one request environment (Cedar's specification, "Policy validation").
///
/// Finer than `CedarType`: an expression that is always true, or always false, has a type of its own, also inside sets
/// and records.
public indirect enum ExpressionType: Sendable, Hashable {
    /// Always `true`.
    case `true`
    /// Always `false`.
    case `false`
    /// `true` or `false`.
    case bool
    /// `Long`
    case long
    /// `String`
    case string
    /// An entity of this type, which may be a type of actions.
    case entity(EntityTypeName)
    /// A set of elements of one type.
    case set(ExpressionType)
    /// Named attributes and no others.
    case record(ExpressionRecordType)
    /// `decimal`
    case decimal
    /// `ipaddr`
    case ip
    /// `datetime`
    case datetime
    /// `duration`
    case duration

    /// The type of an expression whose value a schema declares.
    public init(_ declared: CedarType) {
        switch declared {
        case .bool: self = .bool
        case .long: self = .long
        case .string: self = .string
        case .entity(let name): self = .entity(name)
        case .set(let element): self = .set(ExpressionType(element))
        case .record(let record): self = .record(ExpressionRecordType(record))
        case .decimal: self = .decimal
        case .ip: self = .ip
        case .datetime: self = .datetime
        case .duration: self = .duration
        }
    }

    /// The type as a schema would declare it: what is always true is a `Bool`.
    public var declared: CedarType {
        switch self {
        case .true, .false, .bool: .bool
        case .long: .long
        case .string: .string
        case .entity(let name): .entity(name)
        case .set(let element): .set(element.declared)
        case .record(let record): .record(record.declared)
        case .decimal: .decimal
        case .ip: .ip
        case .datetime: .datetime
        case .duration: .duration
        }
    }

    /// Whether this is `Bool`, or one of its two values.
    public var isBoolean: Bool {
        switch self {
        case .true, .false, .bool: true
        default: false
        }
    }

    static func boolean(_ value: Bool) -> ExpressionType { value ? .true : .false }
}

/// The attributes of a record or of an entity, as the checker knows them; closed.
public struct ExpressionRecordType: Sendable, Hashable {
    /// One attribute.
    public struct Attribute: Sendable, Hashable {
        /// The name; any text.
        public let name: UTF8String
        /// The type of its value.
        public let type: ExpressionType
        /// Whether every value has it.
        public let isRequired: Bool
    }

    /// The attributes in bytewise order of their names, each name once.
    public let attributes: [Attribute]

    /// - Precondition: no name twice; the parser and the schema's reader refuse such records.
    init(_ attributes: [Attribute] = []) { self.attributes = attributes.sorted { $0.name < $1.name } }

    /// - Precondition: in order, no name twice.
    init(sorted attributes: [Attribute]) { self.attributes = attributes }

    init(_ declared: RecordType) {
        attributes = declared.attributes.map {
            Attribute(name: $0.name, type: ExpressionType($0.type), isRequired: $0.isRequired)
        }
    }

    var declared: RecordType {
        RecordType(
            attributes.map { AttributeType(name: $0.name, type: $0.type.declared, isRequired: $0.isRequired) })
    }

    /// The attribute of that name, or `nil` where the type has none.
    public subscript(name: UTF8String) -> Attribute? {
        var low = 0
        var high = attributes.count
        while low < high {
            let middle = (low + high) / 2
            if attributes[middle].name < name { low = middle + 1 } else { high = middle }
        }
        return low < attributes.count && attributes[low].name == name ? attributes[low] : nil
    }
}

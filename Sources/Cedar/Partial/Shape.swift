// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What is known of an unknown value.
indirect enum Shape: Equatable {
    /// Nothing.
    case any
    case bool, long, string, decimal, ip, datetime, duration
    /// An entity, of that type if it is known.
    case entity(EntityTypeName?)
    /// A set whose elements are all of that shape.
    case set(Shape)
    /// A record whose attributes a schema declares.
    case typed(RecordType)
    /// A record with these attributes.
    case record([UTF8String: Field], isOpen: Bool)

    /// An attribute.
    struct Field: Equatable {
        let known: CedarValue?
        let shape: Shape
        let isRequired: Bool
    }

    init(_ type: CedarType) {
        self =
            switch type {
            case .bool: .bool
            case .long: .long
            case .string: .string
            case .entity(let type): .entity(type)
            case .set(let element): .set(Shape(element))
            case .record(let type): .typed(type)
            case .decimal: .decimal
            case .ip: .ip
            case .datetime: .datetime
            case .duration: .duration
            }
    }

    /// The shape of a known value; of sets and records only that they are such.
    init(_ value: CedarValue) {
        self =
            switch value {
            case .bool: .bool
            case .long: .long
            case .string: .string
            case .entity(let uid): .entity(uid.type)
            case .set: .set(.any)
            case .record: .record([:], isOpen: true)
            case .decimal: .decimal
            case .ip: .ip
            case .datetime: .datetime
            case .duration: .duration
            }
    }

    init(_ value: PartialValue) {
        switch value {
        case .known(let value): self.init(value)
        case .unknown(let type): self = type.map { Shape($0) } ?? .any
        case .record(let record): self.init(record)
        }
    }

    init(_ record: PartialRecord) {
        self = .record(
            record.attributes.mapValues { attribute in
                var known: CedarValue?
                if case .known(let value) = attribute.value { known = value }
                return Field(known: known, shape: Shape(attribute.value), isRequired: attribute.isRequired)
            }, isOpen: record.isOpen)
    }

    /// The kinds of values, entities, sets and records as one kind each.
    private var rank: Int? {
        switch self {
        case .any: nil
        case .bool: 0
        case .long: 1
        case .string: 2
        case .decimal: 3
        case .ip: 4
        case .datetime: 5
        case .duration: 6
        case .entity: 7
        case .set: 8
        case .typed, .record: 9
        }
    }

    /// Whether no value of this shape equals one of the other.
    func isDisjoint(from other: Shape) -> Bool {
        if case .entity(let left?) = self, case .entity(let right?) = other { return left != right }
        guard let rank, let otherRank = other.rank else { return false }
        return rank != otherRank
    }

    /// What can be said of a value that is of one shape or of the other.
    func joined(_ other: Shape) -> Shape {
        if self == other { return self }
        switch (self, other) {
        case (.entity, .entity): return .entity(nil)
        case (.set(let left), .set(let right)): return .set(left.joined(right))
        case (.typed, .typed), (.typed, .record), (.record, .typed), (.record, .record):
            return .record([:], isOpen: true)
        default: return .any
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A value of which perhaps only something is known.
public indirect enum PartialValue: Sendable, Hashable {
    /// This value.
    case known(CedarValue)
    /// Any value of this type; of any type where `nil`.
    case unknown(CedarType?)
    /// A record with these attributes.
    case record(PartialRecord)

    /// Any value of any type.
    public static let unknown = PartialValue.unknown(nil)
}

/// A record some of whose attributes are known.
///
///     PartialRecord(["history": .known(history), "input": .unknown])
public struct PartialRecord: Sendable, Hashable {
    /// One attribute.
    public struct Attribute: Sendable, Hashable {
        /// What is known of its value, if the record has it.
        public var value: PartialValue
        /// Whether the record certainly has it.
        public var isRequired: Bool

        /// An attribute from its parts.
        public init(_ value: PartialValue, isRequired: Bool = true) {
            self.value = value
            self.isRequired = isRequired
        }
    }

    /// What is known, by name.
    public var attributes: [UTF8String: Attribute]
    /// Whether the record may have attributes that are not named here.
    public var isOpen: Bool

    /// A record from its parts.
    public init(_ attributes: [UTF8String: Attribute], isOpen: Bool) {
        self.attributes = attributes
        self.isOpen = isOpen
    }

    /// A record that has at least these attributes; of `isOpen` ones perhaps others.
    public init(_ values: [UTF8String: PartialValue], isOpen: Bool = true) {
        self.init(values.mapValues { Attribute($0) }, isOpen: isOpen)
    }

    /// A record of which all is known.
    public init(_ record: CedarRecord) {
        self.init(
            Dictionary(record.sorted.map { ($0.key, Attribute(.known($0.value))) }, uniquingKeysWith: { $1 }),
            isOpen: false)
    }

    /// A record of which nothing is known.
    public static let unknown = PartialRecord([:] as [UTF8String: Attribute], isOpen: true)
}

/// An entity of which perhaps only the type is known.
public enum PartialEntityUID: Sendable, Hashable {
    /// This entity.
    case known(EntityUID)
    /// Some entity of this type; of any type where `nil`.
    case unknown(EntityTypeName?)

    /// The type, where it is known.
    public var type: EntityTypeName? {
        switch self {
        case .known(let uid): uid.type
        case .unknown(let type): type
        }
    }

    /// Whether it may be this entity.
    func admits(_ uid: EntityUID) -> Bool {
        switch self {
        case .known(let known): known == uid
        case .unknown(let type): type == nil || type == uid.type
        }
    }
}

extension PartialValue {
    /// Whether it may be this value.
    func admits(_ value: CedarValue) -> Bool {
        switch (self, value) {
        case (.known(let known), _): known == value
        case (.unknown(let type), _): type?.admits(value) ?? true
        case (.record(let partial), .record(let record)): partial.admits(record)
        case (.record, _): false
        }
    }
}

extension PartialRecord {
    /// Whether it may be this record.
    func admits(_ record: CedarRecord) -> Bool {
        for (name, attribute) in attributes {
            guard let value = record[name] else {
                if attribute.isRequired { return false }
                continue
            }
            guard attribute.value.admits(value) else { return false }
        }
        return isOpen || record.sorted.allSatisfy { attributes[$0.key] != nil }
    }
}

extension CedarType {
    /// Whether the value is of this type.
    func admits(_ value: CedarValue) -> Bool {
        switch (self, value) {
        case (.bool, .bool), (.long, .long), (.string, .string), (.decimal, .decimal), (.ip, .ip),
            (.datetime, .datetime), (.duration, .duration):
            true
        case (.entity(let type), .entity(let uid)): uid.type == type
        case (.set(let element), .set(let set)): set.elements.allSatisfy { element.admits($0) }
        case (.record(let type), .record(let record)):
            type.attributes.allSatisfy { attribute in
                record[attribute.name].map { attribute.type.admits($0) } ?? !attribute.isRequired
            } && record.sorted.allSatisfy { type[$0.key] != nil }
        default: false
        }
    }
}

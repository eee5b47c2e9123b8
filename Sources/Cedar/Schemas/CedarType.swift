// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The type of a value, as a schema declares it: every name resolved, every common type replaced by what it stands for.
public indirect enum CedarType: Sendable, Hashable {
    /// `Bool`
    case bool
    /// `Long`
    case long
    /// `String`
    case string
    /// A reference to an entity of this type.
    case entity(EntityTypeName)
    /// `Set<element>`
    case set(CedarType)
    /// Named attributes and no others.
    case record(RecordType)
    /// `decimal`
    case decimal
    /// `ipaddr`
    case ip
    /// `datetime`
    case datetime
    /// `duration`
    case duration
}

/// The attributes of a record or of an entity; closed: a value has no others.
public struct RecordType: Sendable, Hashable {
    /// The attributes in bytewise order of their names, each name once.
    public let attributes: [AttributeType]

    /// A type from its attributes, in any order.
    ///
    /// No name may come twice, and nothing checks it: the schema's reader does, and reports such names with their places.
    public init(_ attributes: [AttributeType] = []) {
        self.attributes = attributes.sorted { $0.name < $1.name }
    }

    /// The attribute of that name, or `nil` where the type has none.
    public subscript(name: UTF8String) -> AttributeType? {
        var low = 0
        var high = attributes.count
        while low < high {
            let middle = (low + high) / 2
            if attributes[middle].name < name { low = middle + 1 } else { high = middle }
        }
        return low < attributes.count && attributes[low].name == name ? attributes[low] : nil
    }
}

/// One attribute of a record or of an entity.
public struct AttributeType: Sendable, Hashable {
    /// The name; any text.
    public let name: UTF8String
    /// The type of its value.
    public let type: CedarType
    /// Whether every value has it; of an optional one policies ask with `has` first.
    public let isRequired: Bool

    /// An attribute from its parts.
    public init(name: UTF8String, type: CedarType, isRequired: Bool = true) {
        self.name = name
        self.type = type
        self.isRequired = isRequired
    }
}

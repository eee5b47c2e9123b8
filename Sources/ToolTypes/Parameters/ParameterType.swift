// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What a JSON Schema says of a value, as far as a type can: between the schema and the types that a profile gives.
indirect enum ParameterType: Sendable, Hashable {
    case bool
    /// An integer.
    case long
    /// A number, whole or not.
    case number
    /// Text, and where there is a short list of allowed ones, that, sorted.
    case string(allowed: [UTF8String]?)
    case set(ParameterType)
    /// By name, sorted, each name once.
    case record([Parameter])
    /// An array of so many values, each of its own type.
    case tuple([ParameterType])
    /// One of several types that have nothing in common.
    case choice([ParameterType])
    /// Nothing that a policy could be typed by.
    case unknown(UntypedReason)

    static func record(unsorted parameters: [Parameter]) -> ParameterType {
        .record(parameters.sorted { $0.name < $1.name })
    }

    static let string = ParameterType.string(allowed: nil)
}

/// A member of a record.
struct Parameter: Sendable, Hashable {
    let name: UTF8String
    let type: ParameterType
    let isRequired: Bool
    /// Whether it may also be null, which stands for its absence and is no type.
    var allowsNull = false
}

extension Parameter {
    /// The same, where it need not be there.
    fileprivate var optional: Parameter {
        Parameter(name: name, type: type, isRequired: false, allowsNull: allowsNull)
    }
}

/// Why a parameter has no type.
public enum UntypedReason: Sendable, Hashable, CustomStringConvertible {
    /// Its schema names no type.
    case undeclared
    /// An object whose members are not declared.
    case freeForm
    /// Values of several types.
    case mixed
    /// Nothing but null.
    case nullOnly
    /// No value at all.
    case impossible
    /// A schema that contains itself.
    case cyclic
    /// More levels than are looked at.
    case tooDeep
    /// A reference that leads nowhere, or out of the document.
    case reference
    /// Something that is no JSON Schema.
    case malformed
    /// Tools give the name different types; for effects, which carry the parameters of all tools.
    case conflicting

    /// Words for people.
    public var description: String {
        switch self {
        case .undeclared: "its definition gives it no type"
        case .freeForm: "it is an object whose members are not declared"
        case .mixed: "it may have values of several types, and no Cedar type has them all"
        case .nullOnly: "it can only be null, which policies never see"
        case .impossible: "its definition allows no value"
        case .cyclic: "its definition contains itself"
        case .tooDeep: "its definition is nested more than \(ToolTypesLimits.schemaDepthMax) deep"
        case .reference: "its definition refers to something that is not in the document"
        case .malformed: "its definition is no JSON Schema"
        case .conflicting: "tools give it different types"
        }
    }
}

extension ParameterType {
    /// The type that has the values of all, or a choice where there is none.
    static func union(_ types: [ParameterType]) -> ParameterType {
        var members: [ParameterType] = []
        for type in types {
            var type = type
            if case .unknown = type { return type }
            // What joins two may join a third.
            while let (index, joined) = members.indices.lazy.compactMap({ index in
                members[index].joined(with: type).map { (index, $0) }
            }).first {
                members.remove(at: index)
                type = joined
            }
            members.append(type)
            if members.count > ToolTypesLimits.alternativesMax { return .unknown(.mixed) }
        }
        if members.count == 1, let only = members.first { return only }
        return members.isEmpty ? .unknown(.impossible) : .choice(members)
    }

    /// The type that has the values of both, or `nil` where they have nothing in common.
    func joined(with other: ParameterType) -> ParameterType? {
        switch (self, other) {
        case _ where self == other: self
        case (.string(let left), .string(let right)): .string(allowed: Self.allowed(left, right))
        case (.long, .number), (.number, .long): .number
        case (.set(let left), .set(let right)): left.joined(with: right).map { .set($0) }
        case (.record(let left), .record(let right)): Self.merged(left, right, onConflict: nil).map { .record($0) }
        default: nil
        }
    }

    /// Records of all members of both; what only one has is optional.
    ///
    /// - Parameter conflict: what a member becomes whose types have nothing in common; `nil` where there is no record
    ///   then.
    static func merged(
        _ left: [Parameter], _ right: [Parameter], onConflict conflict: UntypedReason?
    ) -> [Parameter]? {
        var result: [Parameter] = []
        var others = right[...]
        for parameter in left {
            while let other = others.first, other.name < parameter.name {
                result.append(other.optional)
                others.removeFirst()
            }
            guard let other = others.first, other.name == parameter.name else {
                result.append(parameter.optional)
                continue
            }
            others.removeFirst()
            let joined: ParameterType
            if let type = merged(parameter.type, other.type, onConflict: conflict) {
                joined = type
            } else if let conflict {
                joined = .unknown(conflict)
            } else {
                return nil
            }
            result.append(
                Parameter(
                    name: parameter.name, type: joined, isRequired: parameter.isRequired && other.isRequired,
                    allowsNull: parameter.allowsNull || other.allowsNull))
        }
        return result + others.map(\.optional)
    }

    /// The record of all members of the records given, where they are records; those whose types differ have none.
    static func alternatives(_ types: [ParameterType]) -> [Parameter]? {
        var all: [Parameter]?
        for type in types {
            guard case .record(let members) = type else { return nil }
            guard let known = all else {
                all = members
                continue
            }
            all = merged(known, members, onConflict: .mixed)
        }
        return all
    }

    /// The record of all members of any, merged in pairs so that a thousand records are not copied a thousand times.
    static func merged(all records: [[Parameter]], onConflict conflict: UntypedReason) -> [Parameter] {
        var records = records
        while records.count > 1 {
            var half: [[Parameter]] = []
            for index in stride(from: 0, to: records.count, by: 2) {
                let left = records[index]
                let right = index + 1 < records.count ? records[index + 1] : nil
                half.append(right.flatMap { merged(left, $0, onConflict: conflict) } ?? left)
            }
            records = half
        }
        return records.first ?? []
    }

    private static func merged(
        _ left: ParameterType, _ right: ParameterType, onConflict conflict: UntypedReason?
    ) -> ParameterType? {
        switch (left, right) {
        case (.unknown, _): left
        case (_, .unknown): right
        // One tool's number is a decimal and another's integer a Long: no type has the values of both.
        case (.long, .number), (.number, .long): conflict == .conflicting ? nil : .number
        case (.record(let one), .record(let two)): merged(one, two, onConflict: conflict).map { .record($0) }
        case (.set(let one), .set(let two)): merged(one, two, onConflict: conflict).map { .set($0) }
        default: left.joined(with: right)
        }
    }

    private static func allowed(_ left: [UTF8String]?, _ right: [UTF8String]?) -> [UTF8String]? {
        guard let left, let right else { return nil }
        let all = Set(left).union(right).sorted()
        return all.count <= ToolTypesLimits.allowedValuesMax ? all : nil
    }
}

extension ParameterType {
    /// The type that a value has; of an array with unlike elements none.
    init(of value: JSON) {
        switch value {
        case .bool: self = .bool
        case .string: self = .string
        case .number(let number): self = number.isInteger ? .long : .number
        case .null: self = .unknown(.nullOnly)
        case .array(let elements):
            let types = elements.filter { !$0.isNull }.map { ParameterType(of: $0) }
            switch Self.union(types) {
            case .choice: self = .unknown(.mixed)
            case .unknown(let reason): self = .unknown(types.isEmpty ? .undeclared : reason)
            case let type: self = .set(type)
            }
        case .object(let object):
            self = .record(
                unsorted: object.members.filter { !$0.value.isNull }.map {
                    Parameter(name: $0.key, type: ParameterType(of: $0.value), isRequired: true)
                })
        }
    }
}

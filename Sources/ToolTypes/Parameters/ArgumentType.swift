// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// How a call's argument is read as a Cedar value: what its tool's definition says that the value alone does not.
///
/// A value that is not of the type is read as if there were none.
public indirect enum ArgumentType: Sendable, Hashable {
    /// A number that is whole: a Long.
    case integer
    /// A number, whole or not: a decimal, also where this one is whole.
    case number
    /// An array, and what its elements are.
    case elements(ArgumentType)
    /// An object, and what its declared members are.
    case members([UTF8String: Member])
    /// Nothing more than the value says itself.
    case undeclared

    /// A member of an object.
    public struct Member: Sendable, Hashable {
        /// What it is.
        public let type: ArgumentType
        /// Whether it may be null, which then stands for its absence.
        public let allowsNull: Bool

        /// A member from its parts.
        public init(_ type: ArgumentType, allowsNull: Bool = false) {
            self.type = type
            self.allowsNull = allowsNull
        }
    }

    /// Of the elements of an array.
    public var element: ArgumentType { if case .elements(let type) = self { type } else { .undeclared } }

    /// Of the member of an object by that name, where it is declared.
    public func member(_ name: UTF8String) -> Member? {
        if case .members(let members) = self { members[name] } else { nil }
    }
}

extension ArgumentType {
    /// As `ToolSchemaBuilder` types it, so that values are of the types that policies were checked against.
    init(_ type: ParameterType) {
        switch type {
        case .long: self = .integer
        case .number: self = .number
        case .set(let element): self = .elements(ArgumentType(element))
        case .record(let parameters): self.init(parameters)
        case .tuple(let types):
            // Each of its values stands in one set.
            switch ParameterType.union(types) {
            case .choice, .tuple, .unknown: self = .undeclared
            case let element: self = .elements(ArgumentType(element))
            }
        case .choice(let types): self = ParameterType.alternatives(types).map { ArgumentType($0) } ?? .undeclared
        case .bool, .string, .unknown: self = .undeclared
        }
    }

    init(_ parameters: [Parameter]) {
        var members: [UTF8String: Member] = [:]
        for parameter in parameters {
            members[parameter.name] = Member(ArgumentType(parameter.type), allowsNull: parameter.allowsNull)
        }
        self = .members(members)
    }

    /// Whether some member is null where null is declared. As deep as the type is, at most.
    public func hasDeclaredNull(_ value: JSON) -> Bool {
        switch (self, value) {
        case (.members(let members), .object(let object)):
            object.members.contains { entry in
                guard let member = members[entry.key] else { return false }
                return entry.value.isNull ? member.allowsNull : member.type.hasDeclaredNull(entry.value)
            }
        case (.elements(let type), .array(let elements)): elements.contains { type.hasDeclaredNull($0) }
        default: false
        }
    }

    /// The value without the members that are null where null is declared.
    public func withoutDeclaredNulls(_ value: JSON) -> JSON {
        switch (self, value) {
        case (.members(let members), .object(let object)):
            .object(
                JSONObject(
                    unique: object.members.compactMap { entry in
                        guard let member = members[entry.key] else { return entry }
                        guard !entry.value.isNull || !member.allowsNull else { return nil }
                        return JSONMember(key: entry.key, value: member.type.withoutDeclaredNulls(entry.value))
                    }))
        case (.elements(let type), .array(let elements)): .array(elements.map { type.withoutDeclaredNulls($0) })
        default: value
        }
    }

    /// A value with the nulls in their places again that `withoutDeclaredNulls` has taken out of `original`.
    ///
    /// - Parameter value: what came of it, with other values but the same names in the same order.
    public func restoringDeclaredNulls(in value: JSON, from original: JSON) -> JSON {
        switch (self, value, original) {
        case (.members(let members), .object(let object), .object(let before)):
            var rest = object.members[...]
            return .object(
                JSONObject(
                    unique: before.members.map { entry in
                        guard let next = rest.first, next.key == entry.key else { return entry }
                        rest.removeFirst()
                        guard let type = members[entry.key]?.type else { return next }
                        return JSONMember(
                            key: entry.key, value: type.restoringDeclaredNulls(in: next.value, from: entry.value))
                    }))
        case (.elements(let type), .array(let elements), .array(let before)) where elements.count == before.count:
            return .array(zip(elements, before).map { type.restoringDeclaredNulls(in: $0, from: $1) })
        default: return value
        }
    }
}

/// How the arguments of tools are read, by the tools' actions.
public struct ArgumentTypes: Sendable, Equatable {
    private let types: [UTF8String: ArgumentType]

    /// Of no tools.
    public init() { types = [:] }

    /// Of tools, so that arguments are of the types that `ToolSchema` gives them for Writ's own requests.
    ///
    /// What the schema does not type is not typed here: of a tool that is described twice, nothing.
    public init(_ servers: [ToolServer]) {
        var builder = ToolSchemaBuilder(profile: .native())
        builder.add(servers)
        var types: [UTF8String: ArgumentType] = [:]
        for tool in builder.tools {
            if let parameters = tool.input { types[tool.action] = ArgumentType(parameters) }
        }
        self.types = types
    }

    /// Whether nothing is known of any tool.
    public var isEmpty: Bool { types.isEmpty }

    /// How the arguments of a tool are read; `nil` where its definition is not known or says nothing.
    public subscript(server server: UTF8String, tool tool: UTF8String) -> ArgumentType? {
        types.isEmpty ? nil : types[ToolProfile.native().action(server: server, tool: tool)]
    }
}

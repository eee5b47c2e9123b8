// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A question of which a part is still unknown; the action is always known.
///
///     let request = try PartialRequest(
///         principal: .known(agent), action: pay, resource: .unknown("Account"),
///         context: PartialRecord(["history": .known(history)]), schema: schema)
public struct PartialRequest: Sendable, Hashable {
    /// Who asks.
    public let principal: PartialEntityUID
    /// What is to be done.
    public let action: EntityUID
    /// To what it is to be done.
    public let resource: PartialEntityUID
    /// All else about the request.
    public let context: PartialRecord
    /// Where the types come from; `nil` where there is no schema.
    public let schema: Schema?

    /// A question without a schema: all that is unknown may be anything.
    public init(
        principal: PartialEntityUID, action: EntityUID, resource: PartialEntityUID, context: PartialRecord = .unknown
    ) {
        self.principal = principal
        self.action = action
        self.resource = resource
        self.context = context
        schema = nil
    }

    /// A question with a schema. What is unknown has the type that the schema gives it, so more can be said; the answers
    /// then hold for requests and entities that are valid by the schema. Open records in the context take the attributes
    /// that are not named from the schema.
    ///
    /// - Throws: `PartialRequestError` where the schema allows no such request.
    public init(
        principal: PartialEntityUID, action: EntityUID, resource: PartialEntityUID, context: PartialRecord = .unknown,
        schema: Schema
    ) throws(PartialRequestError) {
        guard let appliesTo = schema.actions[action]?.appliesTo else { throw .actionNotApplicable(action) }
        self.principal = try Self.typed(principal, among: appliesTo.principals, .principalType)
        self.resource = try Self.typed(resource, among: appliesTo.resources, .resourceType)
        self.action = action
        self.context = try Self.typed(context, as: appliesTo.context)
        self.schema = schema
    }

    /// Whether `request` is one of those that this one may become.
    public func admits(_ request: Request) -> Bool {
        principal.admits(request.principal) && action == request.action && resource.admits(request.resource)
            && context.admits(request.context)
    }

    private static func typed(
        _ entity: PartialEntityUID, among types: Set<EntityTypeName>, _ error: PartialRequestError
    ) throws(PartialRequestError) -> PartialEntityUID {
        guard let type = entity.type else {
            return types.count == 1 ? .unknown(types.first) : entity
        }
        guard types.contains(type) else { throw error }
        return entity
    }

    /// Recursion ends with the type, which is finite.
    private static func typed(
        _ record: PartialRecord, as type: RecordType
    ) throws(PartialRequestError) -> PartialRecord {
        for name in record.attributes.keys.sorted() where type[name] == nil { throw .unknownAttribute(name) }
        var typed = PartialRecord([:] as [UTF8String: PartialRecord.Attribute], isOpen: false)
        for attribute in type.attributes {
            guard var given = record.attributes[attribute.name] else {
                if record.isOpen {
                    typed.attributes[attribute.name] = PartialRecord.Attribute(
                        .unknown(attribute.type), isRequired: attribute.isRequired)
                } else if attribute.isRequired {
                    throw .missingAttribute(attribute.name)
                }
                continue
            }
            switch (given.value, attribute.type) {
            case (.unknown(nil), _): given.value = .unknown(attribute.type)
            case (.record(let inner), .record(let type)): given.value = .record(try Self.typed(inner, as: type))
            case (.known(let value), let type) where !type.admits(value): throw .attributeType(attribute.name)
            case (.unknown(let type?), let declared) where type != declared: throw .attributeType(attribute.name)
            case (.record, _): throw .attributeType(attribute.name)
            default: break
            }
            given.isRequired = given.isRequired || attribute.isRequired
            typed.attributes[attribute.name] = given
        }
        return typed
    }
}

/// Why a schema allows no request like a partial one, or why a request is none that a partial one may become.
public enum PartialRequestError: Error, Sendable, Hashable {
    /// The action is not declared, or it is in no request.
    case actionNotApplicable(EntityUID)
    /// The action does not apply to principals of that type.
    case principalType
    /// The action does not apply to resources of that type.
    case resourceType
    /// The context's type has no such attribute.
    case unknownAttribute(UTF8String)
    /// The context's type requires this attribute.
    case missingAttribute(UTF8String)
    /// What is said of this attribute is not of its type.
    case attributeType(UTF8String)
    /// The full request differs from the partial one where that is known.
    case inconsistent
}

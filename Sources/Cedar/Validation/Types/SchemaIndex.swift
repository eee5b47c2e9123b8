// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A schema in the form that the checker asks: types converted once, questions about the hierarchy answered by lookup.
final class SchemaIndex: Sendable {
    let schema: Schema
    /// The environments sorted by action, so that those of one action are a range.
    let environments: [RequestEnvironment]
    /// Whether the schema has more environments than `CedarLimits.requestEnvironmentsMax`; `environments` is then empty.
    let hasTooManyEnvironments: Bool
    private let ranges: [EntityUID: Range<Int>]
    private let attributes: [EntityTypeName: ExpressionRecordType]
    private let tags: [EntityTypeName: ExpressionType]
    private let contexts: [EntityUID: ExpressionRecordType]
    private let listed: [EntityTypeName: Set<UTF8String>]
    /// For each type of actions, the types of the groups that some action of it is in.
    private let actionGroupTypes: [EntityTypeName: Set<EntityTypeName>]

    init(_ schema: Schema) {
        self.schema = schema
        attributes = schema.entityTypes.mapValues { ExpressionRecordType($0.attributes) }
        tags = schema.entityTypes.compactMapValues { $0.tags.map(ExpressionType.init) }
        contexts = schema.actions.compactMapValues { $0.appliesTo.map { ExpressionRecordType($0.context) } }
        listed = schema.entityTypes.compactMapValues { type in
            guard case .enumerated(let ids) = type.kind else { return nil }
            return Set(ids)
        }
        var groups: [EntityTypeName: Set<EntityTypeName>] = [:]
        for action in schema.actions.values {
            groups[action.uid.type, default: []].formUnion(action.ancestors.map(\.type))
        }
        actionGroupTypes = groups

        var count = 0
        for case let appliesTo? in schema.actions.values.map(\.appliesTo) {
            let (product, isHuge) = appliesTo.principals.count.multipliedReportingOverflow(
                by: appliesTo.resources.count)
            count = isHuge ? Int.max : min(Int.max - product, count) + product
        }
        hasTooManyEnvironments = count > CedarLimits.requestEnvironmentsMax
        (environments, ranges) = hasTooManyEnvironments ? ([], [:]) : Self.environments(of: schema)
    }

    private static func environments(
        of schema: Schema
    ) -> ([RequestEnvironment], [EntityUID: Range<Int>]) {
        var all: [RequestEnvironment] = []
        var ranges: [EntityUID: Range<Int>] = [:]
        for action in schema.actions.values.sorted(by: { $0.uid < $1.uid }) {
            guard let appliesTo = action.appliesTo else { continue }
            let start = all.count
            let resources = appliesTo.resources.sorted()
            for principal in appliesTo.principals.sorted() {
                for resource in resources {
                    all.append(
                        RequestEnvironment(principal: principal, action: action.uid, resource: resource))
                }
            }
            ranges[action.uid] = start..<all.count
        }
        return (all, ranges)
    }

    /// The places in `environments` of those of one action.
    func environments(of action: EntityUID) -> Range<Int> { ranges[action] ?? 0..<0 }

    /// Whether a policy may name the type: it is declared, or one of actions, whose ids are checked one by one.
    func knows(_ type: EntityTypeName) -> Bool { type.isAction || schema.entityTypes[type] != nil }

    /// Whether a policy may name the entity.
    func knows(_ entity: EntityUID) -> Bool {
        entity.type.isAction ? schema.actions[entity] != nil : schema.entityTypes[entity.type] != nil
    }

    /// Whether the entity is of an enumerated type that does not list it.
    func isUnlisted(_ entity: EntityUID) -> Bool { listed[entity.type]?.contains(entity.id) == false }

    /// The attributes of entities of that type; actions have none.
    func attributes(of type: EntityTypeName) -> ExpressionRecordType { attributes[type] ?? ExpressionRecordType() }

    /// The attributes of a record or of an entity; other values have none.
    func attributes(of type: ExpressionType) -> ExpressionRecordType {
        switch type {
        case .record(let record): record
        case .entity(let name): attributes(of: name)
        default: ExpressionRecordType()
        }
    }

    /// The type of the tags of entities of that type, or `nil` where they have none.
    func tags(of type: EntityTypeName) -> ExpressionType? { tags[type] }

    func context(of action: EntityUID) -> ExpressionRecordType { contexts[action] ?? ExpressionRecordType() }

    /// Whether some entity of the one type may be in one of the other.
    func canBeIn(_ type: EntityTypeName, _ group: EntityTypeName) -> Bool {
        type == group || schema.entityTypes[type]?.ancestors.contains(group) == true
            || actionGroupTypes[type]?.contains(group) == true
    }

    /// Whether a declared action is the group or in it; `nil` where there is no such group.
    func isIn(_ action: EntityUID, _ group: EntityUID) -> Bool? {
        guard schema.actions[group] != nil else { return nil }
        return action == group || schema.actions[action]?.ancestors.contains(group) == true
    }
}

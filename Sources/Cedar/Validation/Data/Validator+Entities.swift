// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension Validator {
    /// Where the entities of a store are not what the schema allows: types, attributes, tags, parents, ids of enumerated
    /// types; actions must be as the schema declares them. Empty where all is well; at most
    /// `CedarLimits.conformanceErrorsMax` of each entity and of the store.
    ///
    /// The store need not hold the schema's actions, nor the parents of its entities.
    public func errors(in entities: Entities) -> [ConformanceError] {
        var errors: [ConformanceError] = []
        for entity in entities.sorted {
            guard errors.count < CedarLimits.conformanceErrorsMax else { break }
            errors += self.errors(in: entity) { ancestors(of: $0, in: entities) }
        }
        return errors
    }

    /// Where one entity is not what the schema allows, as for a store that holds it and the schema's actions.
    public func errors(in entity: Entity) -> [ConformanceError] {
        errors(in: entity) { action in
            action.parents.reduce(into: action.parents) { $0.formUnion(schema.actions[$1]?.ancestors ?? []) }
        }
    }

    private func errors(in entity: Entity, ancestors: (Entity) -> Set<EntityUID>) -> [ConformanceError] {
        var check = ConformanceCheck(index: index, subject: .entity(entity.uid))
        if entity.uid.type.isAction {
            action(entity, ancestors, &check)
        } else if let type = schema.entityTypes[entity.uid.type] {
            check.exists(entity.uid)
            check.at("attrs") { $0.check(entity.attrs, type.attributes) }
            tags(entity.tags, type, &check)
            parents(entity.parents, type, &check)
        } else {
            check.add(.undeclaredType, "the schema has no entity type `\(entity.uid.type)`")
        }
        return check.errors
    }

    private func tags(_ tags: CedarRecord, _ type: EntityType, _ check: inout ConformanceCheck) {
        for (name, value) in tags.sorted {
            check.at("tags") { check in
                check.at(name) { check in
                    if let declared = type.tags {
                        check.check(value, declared)
                    } else {
                        check.add(.unexpectedTag, "entities of type `\(type.name)` have no tags")
                    }
                }
            }
        }
    }

    /// Direct parents are enough: what a parent may be in, its child may be in.
    private func parents(_ parents: Set<EntityUID>, _ type: EntityType, _ check: inout ConformanceCheck) {
        for parent in parents.sorted() {
            check.at("parents") { check in
                if type.ancestors.contains(parent.type) {
                    check.exists(parent)
                } else {
                    check.add(
                        .disallowedParent, "an entity of type `\(type.name)` may not be in one of type `\(parent.type)`"
                    )
                }
            }
        }
    }

    private func action(
        _ entity: Entity, _ ancestors: (Entity) -> Set<EntityUID>, _ check: inout ConformanceCheck
    ) {
        guard let declared = schema.actions[entity.uid] else {
            return check.add(.undeclaredAction, "the schema has no such action")
        }
        if !entity.attrs.isEmpty { check.at("attrs") { $0.add(.actionMismatch, "an action has no attributes") } }
        if !entity.tags.isEmpty { check.at("tags") { $0.add(.actionMismatch, "an action has no tags") } }
        if ancestors(entity) != declared.ancestors {
            check.at("parents") {
                $0.add(.actionMismatch, "the action must be in exactly the groups that the schema says")
            }
        }
    }

    private func ancestors(of action: Entity, in entities: Entities) -> Set<EntityUID> {
        var found: Set<EntityUID> = []
        var open = Array(action.parents)
        while let uid = open.popLast() {
            guard found.insert(uid).inserted else { continue }
            open += entities[uid]?.parents ?? []
        }
        return found
    }
}

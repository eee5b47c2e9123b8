// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension PolicyJSONReader {
    /// A policy or template; which of them, its slots say.
    mutating func statement(_ json: JSON) throws(Stop) -> PolicyStatement {
        let parts = try object(
            json, ["effect", "principal", "action", "resource", "conditions"], optional: ["annotations"])
        let effectName = try string(parts, "effect")
        guard let effect = Effect.named[effectName] else {
            enter("effect")
            throw fail(.unknownName, "an effect is `permit` or `forbid`")
        }
        let annotations =
            parts["annotations"] == nil
            ? Annotations(all: [])
            : try inside(parts, "annotations") { reader, json throws(Stop) in try reader.annotations(json) }
        return PolicyStatement(
            effect: effect, annotations: annotations,
            principal: try inside(parts, "principal") { reader, json throws(Stop) in
                try reader.entityConstraint(json, slot: .principal)
            },
            action: try inside(parts, "action") { reader, json throws(Stop) in try reader.actionConstraint(json) },
            resource: try inside(parts, "resource") { reader, json throws(Stop) in
                try reader.entityConstraint(json, slot: .resource)
            },
            conditions: try inside(parts, "conditions") { reader, json throws(Stop) in try reader.conditions(json) },
            span: Self.span)
    }

    private mutating func annotations(_ json: JSON) throws(Stop) -> Annotations {
        var all: [Annotations.Annotation] = []
        for member in try members(json, "annotations by name") {
            enter(member.key)
            guard Identifier.isWord(member.key.bytes) else {
                throw fail(.invalidName, "an annotation's name is an identifier")
            }
            switch member.value {
            case .null: all.append(Annotations.Annotation(name: member.key, value: nil))
            case .string(let text): all.append(Annotations.Annotation(name: member.key, value: text))
            default: throw fail(.invalidShape, "found \(member.value.kindName), expected a string or null")
            }
            leave()
        }
        return Annotations(all: all)
    }

    private mutating func conditions(_ json: JSON) throws(Stop) -> [Condition] {
        var conditions: [Condition] = []
        for (index, element) in try array(json, "conditions").enumerated() {
            enter(index)
            let parts = try object(element, ["kind", "body"])
            guard let kind = Condition.Kind.named[try string(parts, "kind")] else {
                enter("kind")
                throw fail(.unknownName, "a condition's kind is `when` or `unless`")
            }
            let body = try inside(parts, "body") { reader, json throws(Stop) in try reader.expression(json) }
            conditions.append(Condition(kind: kind, body: body, span: Self.span))
            leave()
        }
        return conditions
    }

    // MARK: Scope

    private mutating func operation(_ json: JSON) throws(Stop) -> UTF8String {
        guard let object = json.object, object["op"] != nil else {
            throw fail(.invalidShape, "a scope's part is an object with `op`")
        }
        return try string(object, "op")
    }

    private mutating func entityConstraint(_ json: JSON, slot: Slot) throws(Stop) -> EntityConstraint {
        switch try operation(json) {
        case "All", "all":
            _ = try object(json, ["op"])
            return .any
        case "==":
            return .equal(try reference(json, slot: slot, beside: ["op"]))
        case "in":
            return .within(try reference(json, slot: slot, beside: ["op"]))
        case "is":
            let parts = try object(json, ["op", "entity_type"], optional: ["in"])
            let text = try string(parts, "entity_type")
            enter("entity_type")
            let type = try typeName(text)
            leave()
            guard let parent = parts["in"], !parent.isNull else { return .isType(type) }
            enter("in")
            let reference = try reference(parent, slot: slot, beside: [])
            leave()
            return .isTypeWithin(type, reference)
        default:
            enter("op")
            throw fail(.invalidScope, "a scope knows only `All`, `==`, `in` and `is`")
        }
    }

    /// `entity` or `slot`, and not both.
    private mutating func reference(
        _ json: JSON, slot: Slot, beside: [UTF8String]
    ) throws(Stop) -> EntityOrSlot {
        guard json.object?["slot"] != nil else {
            let parts = try object(json, beside + ["entity"])
            return .entity(try inside(parts, "entity") { reader, json throws(Stop) in try reader.uid(json) })
        }
        let parts = try object(json, beside + ["slot"])
        guard try string(parts, "slot") == UTF8String(slot.rawValue) else {
            enter("slot")
            throw fail(.invalidSlot, "only `\(slot.rawValue)` can be here")
        }
        return .slot
    }

    private mutating func actionConstraint(_ json: JSON) throws(Stop) -> ActionConstraint {
        switch try operation(json) {
        case "All", "all":
            _ = try object(json, ["op"])
            return .any
        case "==":
            return .equal(try action(json))
        case "in":
            guard json.object?["entities"] != nil else { return .within(try action(json)) }
            let parts = try object(json, ["op", "entities"])
            return .withinAny(
                try inside(parts, "entities") { reader, json throws(Stop) in
                    var actions: [EntityUID] = []
                    for (index, element) in try reader.array(json, "actions").enumerated() {
                        reader.enter(index)
                        actions.append(try reader.actionUID(element))
                        reader.leave()
                    }
                    return actions
                })
        default:
            enter("op")
            throw fail(.invalidScope, "for the action, a scope knows only `All`, `==` and `in`")
        }
    }

    private mutating func action(_ json: JSON) throws(Stop) -> EntityUID {
        if json.object?["slot"] != nil {
            enter("slot")
            throw fail(.invalidSlot, "no slot can be in the action's place")
        }
        let parts = try object(json, ["op", "entity"])
        return try inside(parts, "entity") { reader, json throws(Stop) in try reader.actionUID(json) }
    }

    private mutating func actionUID(_ json: JSON) throws(Stop) -> EntityUID {
        let uid = try uid(json)
        guard uid.type.isAction else {
            throw fail(.invalidScope, "an action's type must be `Action`, not `\(uid.type)`")
        }
        return uid
    }

    // MARK: Sets

    /// `{"staticPolicies", "templates", "templateLinks"}`.
    mutating func set(_ json: JSON, file: UTF8String) throws(Stop) -> PolicySet {
        let parts = try object(json, ["staticPolicies", "templates", "templateLinks"])
        var set = PolicySet()
        for part in ["templates", "staticPolicies"] as [UTF8String] {
            let isTemplate = part == "templates"
            try inside(parts, part) { reader, json throws(Stop) in
                for member in try reader.members(json, "policies by id") {
                    reader.enter(member.key)
                    let statement = try reader.statement(member.value)
                    guard statement.slots.isEmpty != isTemplate else {
                        throw reader.fail(
                            .invalidSlot,
                            isTemplate
                                ? "a template has a slot; without one it never applies" : "a policy has no slots")
                    }
                    if let error = set.insert(statement, id: member.key, file: file) {
                        throw reader.fail(error.code == .limitExceeded ? .limitExceeded : .invalidID, error.message)
                    }
                    reader.leave()
                }
            }
        }
        try inside(parts, "templateLinks") { reader, json throws(Stop) in
            for (index, element) in try reader.array(json, "links").enumerated() {
                reader.enter(index)
                try reader.link(element, in: &set)
                reader.leave()
            }
        }
        set.sort()
        return set
    }

    private mutating func link(_ json: JSON, in set: inout PolicySet) throws(Stop) {
        let parts = try object(json, ["templateId", "newId", "values"])
        let template = try string(parts, "templateId")
        let id = try string(parts, "newId")
        let values = try inside(parts, "values") { reader, json throws(Stop) in
            var values: [Slot: EntityUID] = [:]
            for member in try reader.members(json, "entities by slot") {
                reader.enter(member.key)
                guard let slot = Slot.allCases.first(where: { UTF8String($0.rawValue) == member.key }) else {
                    throw reader.fail(.invalidSlot, "a slot is `?principal` or `?resource`")
                }
                values[slot] = try reader.uid(member.value)
                reader.leave()
            }
            return values
        }
        do throws(LinkError) {
            try set.insertLink(template, as: id, values)
        } catch {
            switch error {
            case .unknownTemplate:
                throw fail(.invalidLink, "no template has the id `\(template.shortened(scalars: 80))`")
            case .slotsDiffer: throw fail(.invalidLink, "the values are not exactly for the template's slots")
            case .invalidID:
                throw fail(.invalidID, "the id `\(id.shortened(scalars: 80))` is empty or already taken")
            case .limitExceeded: throw fail(.limitExceeded, "more than \(CedarLimits.policiesMax) policies")
            }
        }
    }
}

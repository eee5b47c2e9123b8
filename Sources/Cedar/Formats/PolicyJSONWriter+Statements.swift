// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension PolicyJSONWriter {
    static func statement(_ statement: PolicyStatement) throws(PolicyJSONError) -> Written {
        var conditions: [JSON] = []
        var nodes = 32
        for condition in statement.conditions {
            let body = try expression(condition.body)
            conditions.append(.object(unique: ("kind", .text(condition.kind.rawValue)), ("body", body.json)))
            nodes += body.nodes + 2
        }
        var members = [
            JSONMember(key: "effect", value: .text(statement.effect.rawValue)),
            JSONMember(key: "principal", value: constraint(statement.principal, slot: .principal)),
            JSONMember(key: "action", value: constraint(statement.action)),
            JSONMember(key: "resource", value: constraint(statement.resource, slot: .resource)),
            JSONMember(key: "conditions", value: .array(conditions)),
        ]
        if !statement.annotations.all.isEmpty {
            let annotations = statement.annotations.all.map { annotation in
                JSONMember(key: annotation.name, value: annotation.value.map { .string($0) } ?? .null)
            }
            guard let object = JSONObject(annotations) else {
                throw PolicyJSONError(.invalidName, "one annotation twice")
            }
            members.append(JSONMember(key: "annotations", value: .object(object)))
            nodes += annotations.count
        }
        if case .withinAny(let actions) = statement.action { nodes += 3 * actions.count }
        // The names above differ, so this cannot be nil.
        let object = JSONObject(members).map { JSON.object($0) } ?? .null
        return try Written(object, nodes: nodes, levels: 0)
    }

    private static func constraint(_ constraint: EntityConstraint, slot: Slot) -> JSON {
        switch constraint {
        case .any: .object(unique: ("op", "All"))
        case .equal(let reference): .object(unique: ("op", "=="), member(reference, slot: slot))
        case .within(let reference): .object(unique: ("op", "in"), member(reference, slot: slot))
        case .isType(let type): .object(unique: ("op", "is"), ("entity_type", .string(type.text)))
        case .isTypeWithin(let type, let reference):
            .object(
                unique: ("op", "is"), ("entity_type", .string(type.text)),
                ("in", .object(unique: member(reference, slot: slot))))
        }
    }

    private static func member(_ reference: EntityOrSlot, slot: Slot) -> (UTF8String, JSON) {
        switch reference {
        case .entity(let uid): ("entity", uid.cedarJSON)
        case .slot: ("slot", .text(slot.rawValue))
        }
    }

    private static func constraint(_ constraint: ActionConstraint) -> JSON {
        switch constraint {
        case .any: .object(unique: ("op", "All"))
        case .equal(let action): .object(unique: ("op", "=="), ("entity", action.cedarJSON))
        case .within(let action): .object(unique: ("op", "in"), ("entity", action.cedarJSON))
        // Cedar writes a list of one so too.
        case .withinAny(let actions) where actions.count == 1:
            .object(unique: ("op", "in"), ("entity", actions[0].cedarJSON))
        case .withinAny(let actions):
            .object(unique: ("op", "in"), ("entities", .array(actions.map(\.cedarJSON))))
        }
    }

    static func set(_ set: PolicySet) throws(PolicyJSONError) -> JSON {
        var policies: [JSONMember] = []
        var templates: [JSONMember] = []
        var links: [JSON] = []
        var nodes = 0
        func count(_ written: Int) throws(PolicyJSONError) {
            nodes += written
            guard nodes <= CedarLimits.policyJSONNodesMax else {
                throw PolicyJSONError(
                    .limitExceeded, "the JSON would have more than \(CedarLimits.policyJSONNodesMax) values")
            }
        }
        for template in set.templates {
            let written = try statement(template.statement)
            try count(written.nodes)
            templates.append(JSONMember(key: template.id, value: written.json))
        }
        for policy in set.policies {
            if let link = policy.link {
                try count(16)
                links.append(self.link(link, as: policy.id))
            } else {
                let written = try statement(policy.statement)
                try count(written.nodes)
                policies.append(JSONMember(key: policy.id, value: written.json))
            }
        }
        guard let policyObject = JSONObject(policies), let templateObject = JSONObject(templates) else {
            throw PolicyJSONError(.invalidID, "one id twice")
        }
        return .object(
            unique: ("staticPolicies", .object(policyObject)), ("templates", .object(templateObject)),
            ("templateLinks", .array(links)))
    }

    private static func link(_ link: TemplateLink, as id: UTF8String) -> JSON {
        var values = JSONObject()
        for slot in Slot.allCases {
            if let uid = link.values[slot] { values[UTF8String(slot.rawValue)] = uid.cedarJSON }
        }
        return .object(
            unique: ("templateId", .string(link.templateID)), ("newId", .string(id)), ("values", .object(values)))
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension Validator {
    /// Where a request is not one that the schema allows: the action is declared and applies to the types of principal
    /// and resource, entities of enumerated types are listed, and the context is of the action's type. Empty where all is
    /// well; at most `CedarLimits.conformanceErrorsMax` for each part.
    public func errors(in request: Request) -> [ConformanceError] {
        var errors = errors(in: request.principal, as: .principal) + errors(in: request.resource, as: .resource)
        var check = ConformanceCheck(index: index, subject: .action)
        guard let action = schema.actions[request.action] else {
            check.add(.undeclaredAction, "the schema has no such action")
            return errors + check.errors
        }
        errors += applicability(action, request.principal.type, .principal, action.appliesTo?.principals ?? [])
        errors += applicability(action, request.resource.type, .resource, action.appliesTo?.resources ?? [])
        if let appliesTo = action.appliesTo {
            errors += self.errors(in: request.context, of: appliesTo)
        }
        return errors
    }

    /// Where a context is not what the schema allows for an action; as for a request that the action applies to.
    public func errors(in context: CedarRecord, of action: EntityUID) -> [ConformanceError] {
        guard let appliesTo = schema.actions[action]?.appliesTo else {
            var check = ConformanceCheck(index: index, subject: .action)
            check.add(.undeclaredAction, "the schema has no such action that applies to anything")
            return check.errors
        }
        return errors(in: context, of: appliesTo)
    }

    private func errors(in context: CedarRecord, of appliesTo: AppliesTo) -> [ConformanceError] {
        var check = ConformanceCheck(index: index, subject: .context)
        check.check(context, appliesTo.context)
        return check.errors
    }

    private func errors(in uid: EntityUID, as subject: ConformanceError.Subject) -> [ConformanceError] {
        var check = ConformanceCheck(index: index, subject: subject)
        if schema.entityTypes[uid.type] == nil {
            check.add(.undeclaredType, "the schema has no entity type `\(uid.type)`")
        } else {
            check.exists(uid)
        }
        return check.errors
    }

    private func applicability(
        _ action: ActionType, _ type: EntityTypeName, _ subject: ConformanceError.Subject, _ types: Set<EntityTypeName>
    ) -> [ConformanceError] {
        guard schema.entityTypes[type] != nil, !types.contains(type) else { return [] }
        var check = ConformanceCheck(index: index, subject: subject)
        let names = types.sorted().prefix(8).map { "`\($0)`" }.joined(separator: ", ")
        let expected = types.isEmpty ? "it applies to nothing" : "it applies to \(names)\(types.count > 8 ? ", …" : "")"
        check.add(.inapplicableAction, "the action does not apply to a \(subject) of type `\(type)`; \(expected)")
        return check.errors
    }
}

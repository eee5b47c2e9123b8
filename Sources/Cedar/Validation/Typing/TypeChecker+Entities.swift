// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension TypeChecker {
    // MARK: Attributes

    private mutating func expectAttributes(_ expression: Expression) -> Answer {
        expect(expression, "an entity or a record", help: Self.attributeHelp, Self.hasAttributes)
    }

    private static func hasAttributes(_ type: ExpressionType) -> Bool {
        switch type {
        case .entity, .record: true
        default: false
        }
    }

    private static func attributeHelp(_ type: ExpressionType) -> String? {
        switch type {
        case .set: "`contains` tests for an element of a set"
        case .string: "`like` looks into a string"
        default: nil
        }
    }

    /// `e.a`: the attribute is required, or known to be there.
    mutating func attribute(_ subject: Expression, _ name: UTF8String, at span: SourceSpan) -> Answer {
        let answer = expectAttributes(subject)
        guard let type = answer.type else { return .failure() }
        let attributes = index.attributes(of: type)
        guard let attribute = attributes[name] else {
            func suggestion() -> String? {
                budget.suggestion(for: name, among: attributes.attributes.lazy.map(\.name))
                    .map { "`\(Self.shown($0))`" }
            }
            findings.add(
                .unknownAttribute, at: span, suggestion: suggestion(),
                "\(owner(subject, type)) has no attribute `\(Self.shown(name))`")
            return .failure()
        }
        let capability = Capability(subject: identities.number(of: subject), key: .attribute(name))
        guard attribute.isRequired || known.contains(capability) else {
            findings.add(
                .unguardedAttribute, at: span,
                "the optional attribute `\(Self.shown(name))` of \(owner(subject, type)) may be missing here; "
                    + "test for it with `\(Self.shown(subject)) has \(Self.shown(name)) && …`")
            return .failure(attribute.type)
        }
        return Answer(type: attribute.type, hasFailed: answer.hasFailed)
    }

    /// `e has a.b.c`, which is `e has a && e.a has b && e.a.b has c`.
    mutating func has(_ subject: Expression, _ path: [UTF8String]) -> Answer {
        let answer = expectAttributes(subject)
        guard var type = answer.type else { return .failure(.bool) }
        var number = identities.number(of: subject)
        var result: Answer?
        var shown: [Capability] = []
        for name in path {
            guard Self.hasAttributes(type) else {
                unexpected(type, "an entity or a record", at: subject.span, help: Self.attributeHelp(type))
                return .failure(.bool)
            }
            let capability = Capability(subject: number, key: .attribute(name))
            guard let attribute = index.attributes(of: type)[name] else {
                result = Answer(type: .false)
                shown = []
                break
            }
            // That an entity's type requires an attribute does not show that the entity exists.
            let isCertain = known.contains(capability) || attribute.isRequired && type.entityType == nil
            let step = Answer(type: isCertain ? .true : .bool)
            result = result.map { Self.and($0, step) } ?? step
            shown.append(capability)
            number = identities.number(ofAttribute: name, of: number)
            type = attribute.type
        }
        result?.capabilities = shown
        return (result ?? .failure(.bool)).failed(if: answer.hasFailed)
    }

    // MARK: Tags

    mutating func hasTag(_ receiver: Expression, _ argument: Expression) -> Answer {
        let entity = expectEntity(receiver)
        let name = expect(argument, "String") { $0 == .string }
        guard let type = entity.type?.entityType else { return .failure() }
        let capability = tagCapability(receiver, argument)
        let answer: ExpressionType =
            index.tags(of: type) == nil ? .false : known.contains(capability) ? .true : .bool
        return Answer(type: answer, capabilities: [capability]).failed(if: entity.hasFailed || name.hasFailed)
    }

    mutating func tag(_ receiver: Expression, _ argument: Expression, at span: SourceSpan) -> Answer {
        let entity = expectEntity(receiver)
        let name = expect(argument, "String") { $0 == .string }
        guard let type = entity.type?.entityType else { return .failure() }
        guard known.contains(tagCapability(receiver, argument)) else {
            findings.add(
                .unguardedTag, at: span,
                "the tag `\(Self.shown(argument))` of `\(type)` may be missing here; "
                    + "test for it with `\(Self.shown(receiver)).hasTag(\(Self.shown(argument))) && …`")
            return .failure()
        }
        guard let tags = index.tags(of: type) else {
            findings.add(.noTags, at: span, "entities of type `\(type)` have no tags")
            return .failure()
        }
        return Answer(type: tags, hasFailed: entity.hasFailed || name.hasFailed)
    }

    private func tagCapability(_ receiver: Expression, _ argument: Expression) -> Capability {
        Capability(subject: identities.number(of: receiver), key: .tag(identities.number(of: argument)))
    }

    // MARK: Hierarchy

    mutating func isType(_ subject: Expression, _ type: EntityTypeName, _ group: Expression?) -> Answer {
        let answer = expectEntity(subject) { _ in "Cedar tests only for the types of entities" }
        guard let actual = answer.type?.entityType else {
            return group.map { membership(answer, subject, $0) } ?? .failure(.bool)
        }
        let test = Answer(type: .boolean(actual == type), hasFailed: answer.hasFailed)
        guard let group, actual == type else { return test }
        return Self.and(test, membership(answer, subject, group))
    }

    mutating func membership(_ member: Expression, _ group: Expression) -> Answer {
        let answer = expectEntity(member) { _ in "`contains` tests for an element of a set" }
        return membership(answer, member, group)
    }

    private mutating func membership(_ answer: Answer, _ member: Expression, _ group: Expression) -> Answer {
        let help: (ExpressionType) -> String? = { $0.element == nil ? nil : "`contains` tests for an element of a set" }
        let groups = expect(group, "an entity or a set of entities", help: help) {
            $0.entityType != nil || $0.element?.entityType != nil
        }
        guard !answer.hasFailed, !groups.hasFailed, let type = answer.type?.entityType,
            let groupType = groups.type?.entityType ?? groups.type?.element?.entityType
        else { return .failure(.bool) }
        if let action = entity(of: member), action.type.isAction, let groups = entities(of: group) {
            return Answer(type: .boolean(isIn(action, groups)))
        }
        return Answer(type: index.canBeIn(type, groupType) ? .bool : .false)
    }

    /// Whether the action is in one of the groups; it never is in what is no action.
    private func isIn(_ action: EntityUID, _ groups: [EntityUID]) -> Bool {
        groups.contains { index.isIn(action, $0) == true }
    }

    private func entity(of expression: Expression) -> EntityUID? {
        switch expression.kind {
        case .literal(.entity(let uid)): uid
        case .variable(.action): environment.action
        default: nil
        }
    }

    private func entities(of expression: Expression) -> [EntityUID]? {
        if let entity = entity(of: expression) { return [entity] }
        guard case .set(let elements) = expression.kind else { return nil }
        let entities = elements.compactMap(entity)
        return entities.count == elements.count ? entities : nil
    }

    // MARK: Words for messages

    private func owner(_ subject: Expression, _ type: ExpressionType) -> String {
        if let name = type.entityType { return "`\(name)`" }
        guard case .variable(.context) = subject.kind else { return "the record `\(Self.shown(subject))`" }
        return "the context of `\(UTF8String(environment.action.description).shortened(scalars: 60))`"
    }

    private static func shown(_ name: UTF8String) -> String {
        let isPlain = Identifier.isName(name.bytes)
        return (isPlain ? name : UTF8String(StringEscapes.quoted(name))).shortened(scalars: 60)
    }

    private static func shown(_ expression: Expression) -> String {
        var nodes = 0
        return expression.isSmall(&nodes) ? UTF8String(Printer.text(expression)).shortened(scalars: 60) : "…"
    }
}

extension Expression {
    /// Whether the tree has so few nodes that it may be printed for a message.
    fileprivate func isSmall(_ nodes: inout Int) -> Bool {
        nodes += 1
        guard nodes <= 24 else { return false }
        return operands.allSatisfy { $0.isSmall(&nodes) }
    }
}

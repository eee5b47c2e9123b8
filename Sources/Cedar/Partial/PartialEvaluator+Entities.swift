// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Attributes, tags, types and groups.
extension PartialEvaluator {
    /// What is known of an attribute that a value of some shape may have.
    private enum Presence {
        case absent
        case present(Shape, known: CedarValue?)
        /// Perhaps absent; for entities also where the entity may not exist.
        case perhaps(Shape)
        /// Such values have no attributes.
        case noAttributes
        /// Not even that.
        case unknown
    }

    private func presence(of name: UTF8String, in shape: Shape) -> Presence {
        switch shape {
        case .any: return .unknown
        case .entity(nil): return .perhaps(.any)
        case .entity(let type?):
            if type.isAction, request.schema != nil { return .absent }
            guard let declared = request.schema?.entityTypes[type] else { return .perhaps(.any) }
            return declared.attributes[name].map { .perhaps(Shape($0.type)) } ?? .absent
        case .typed(let type):
            guard let attribute = type[name] else { return .absent }
            let shape = Shape(attribute.type)
            return attribute.isRequired ? .present(shape, known: nil) : .perhaps(shape)
        case .record(let fields, let isOpen):
            guard let field = fields[name] else { return isOpen ? .perhaps(.any) : .absent }
            return field.isRequired ? .present(field.shape, known: field.known) : .perhaps(field.shape)
        default: return .noAttributes
        }
    }

    private func isUnknown(_ value: CedarValue) -> EntityTypeName? {
        guard case .entity(let uid) = value, case .unknown = entities.knowledge(of: uid) else { return nil }
        return uid.type
    }

    // MARK: Attributes

    func attribute(
        _ subject: Expression, _ name: UTF8String, _ expression: Expression, _ operands: Operands, _ facts: Facts
    ) -> PartialResult {
        let result = operands.results[0]
        var shape = result.shape
        if let value = result.value {
            guard let type = isUnknown(value) else { return apply(expression, to: [value]) }
            shape = .entity(type)
        }
        let isSafe = facts.has(Self.rest(of: subject, result), name)
        func residual(_ shape: Shape, mayFail: Bool) -> PartialResult {
            .open(
                Residual(
                    expression: operands.expression, shape: shape, mayFail: !isSafe && (mayFail || result.mayFail)))
        }
        switch presence(of: name, in: shape) {
        case .absent, .noAttributes: return Residual.failing(operands.expression)
        case .present(_, let known?) where !result.mayFail: return .value(known)
        case .present(let shape, _): return residual(shape, mayFail: false)
        case .perhaps(let shape): return residual(shape, mayFail: true)
        case .unknown: return residual(.any, mayFail: true)
        }
    }

    func has(
        _ subject: Expression, _ path: [UTF8String], _ expression: Expression, _ operands: Operands, _ facts: Facts
    ) -> PartialResult {
        var walk = PathWalk(result: operands.results[0])
        var place: Expression? = Self.rest(of: subject, operands.results[0])
        for (index, name) in path.enumerated() where walk.goesOn {
            if let value = walk.value, isUnknown(value) == nil {
                guard step(&walk, name, in: value) else {
                    // The only error that is certain: a path begins at, or leads over known values to, no record.
                    return walk.isCertain && !walk.mayFail
                        ? apply(expression, to: operands.results.compactMap(\.value), orFailing: operands.expression)
                        : Residual.failing(operands.expression)
                }
                place = nil
                continue
            }
            let isSafe = index < 8 && place.map { facts.has($0, name) } ?? false
            step(&walk, presence(of: name, in: walk.shape), isSafe: isSafe)
            place = index < 8 ? place.map { Expression(.attribute($0, name), span: $0.span) } : nil
        }
        return Residual(
            expression: operands.expression, shape: .bool, mayFail: walk.mayFail, canBeTrue: !walk.isAbsent,
            canBeFalse: walk.isAbsent || !walk.isCertain
        ).result
    }

    private func apply(
        _ expression: Expression, to values: [CedarValue], orFailing rest: Expression
    ) -> PartialResult {
        values.count == expression.operands.count ? apply(expression, to: values) : Residual.failing(rest)
    }

    /// One name of a path, in a known value. False where that has no attributes.
    private func step(_ walk: inout PathWalk, _ name: UTF8String, in value: CedarValue) -> Bool {
        let attributes: CedarRecord?
        switch value {
        case .record(let record): attributes = record
        case .entity(let uid): attributes = entities.known[uid]?.attrs
        default:
            // Where the path may end before, this is false or an error.
            guard !walk.isCertain else { return false }
            walk.mayFail = true
            walk.isAbsent = true
            return true
        }
        walk.value = attributes?[name]
        walk.isAbsent = walk.value == nil
        if let value = walk.value { walk.shape = Shape(value) }
        return true
    }

    /// One name of a path, in a value of which only the shape is known.
    private func step(_ walk: inout PathWalk, _ presence: Presence, isSafe: Bool) {
        walk.value = nil
        switch presence {
        case .absent: walk.isAbsent = true
        case .present(let shape, let known):
            walk.shape = shape
            walk.value = known
        case .perhaps(let shape):
            walk.shape = shape
            walk.isCertain = walk.isCertain && isSafe
        case .unknown:
            walk.shape = .any
            walk.isCertain = walk.isCertain && isSafe
            walk.mayFail = walk.mayFail || !isSafe
        case .noAttributes:
            walk.mayFail = true
            walk.isAbsent = true
        }
    }

    // MARK: Tags

    func tag(
        _ receiver: Expression, _ argument: Expression, _ expression: Expression, _ operands: Operands, _ facts: Facts
    ) -> PartialResult {
        var isTest = false
        if case .method(.hasTag, _, _) = expression.kind { isTest = true }
        if let values = operands.values, values.first.flatMap(isUnknown) == nil { return apply(expression, to: values) }
        let (entity, name) = (operands.results[0], operands.results[1])
        guard !entity.shape.isDisjoint(from: .entity(nil)), !name.shape.isDisjoint(from: .string) else {
            return Residual.failing(operands.expression)
        }
        let isSafe = facts.hasTag(Self.rest(of: receiver, entity), Self.rest(of: argument, name))
        if isTest, isSafe { return .value(.bool(true)) }
        let operandsFit = isEntity(entity.shape) && name.shape == .string
        var shape = Shape.any
        if case .entity(let type?) = entity.shape, let schema = request.schema {
            if type.isAction || schema.entityTypes[type].map({ $0.tags == nil }) ?? false {
                guard isTest else { return Residual.failing(operands.expression) }
                return operandsFit ? operands.certain(false) : operands.residual(.bool, mayFail: true)
            }
            shape = schema.entityTypes[type]?.tags.map { Shape($0) } ?? .any
        }
        guard !isTest else { return operands.residual(.bool, mayFail: !operandsFit) }
        return .open(
            Residual(
                expression: operands.expression, shape: shape, mayFail: !isSafe))
    }

    private func isEntity(_ shape: Shape) -> Bool { if case .entity = shape { true } else { false } }

    // MARK: Types

    func isType(
        _ subject: Expression, _ type: EntityTypeName, _ parent: Expression?, _ expression: Expression,
        _ operands: Operands
    ) -> PartialResult {
        let result = operands.results[0]
        if case .failure = result { return result }
        if let value = result.value {
            guard case .entity(let uid) = value else { return mismatch(value, expected: "entity", at: subject.span) }
            guard uid.type == type else { return .value(.bool(false)) }
        }
        let rest = Self.rest(of: subject, result)
        guard !result.alwaysFails, !result.shape.isDisjoint(from: .entity(nil)) else {
            return Residual.failing(expression.replacing(parent.map { [rest, $0] } ?? [rest]))
        }
        var matches: Bool?
        if case .entity(let found?) = result.shape { matches = found == type }
        let mayFail = result.mayFail || !isEntity(result.shape)
        func residual(_ expression: Expression, mayFail: Bool, canBeTrue: Bool, canBeFalse: Bool) -> PartialResult {
            Residual(
                expression: expression, shape: .bool, mayFail: mayFail, canBeTrue: canBeTrue, canBeFalse: canBeFalse
            ).result
        }
        guard let parent, matches != false else {
            return residual(
                expression.replacing(parent.map { [rest, $0] } ?? [rest]), mayFail: mayFail,
                canBeTrue: matches != false, canBeFalse: matches != true)
        }
        let groups = operands.results[1]
        let operands = [rest, Self.rest(of: parent, groups)]
        let membership = Expression(.membership(subject, parent), span: expression.span)
        let group = self.membership(
            Operands(results: [result, groups], expression: membership.replacing(operands)), membership)
        if matches == true { return group }
        return residual(
            expression.replacing(operands), mayFail: mayFail || group.mayFail, canBeTrue: group.canBe(true),
            canBeFalse: true)
    }

    // MARK: Groups

    func membership(_ operands: Operands, _ expression: Expression) -> PartialResult {
        if let failure = operands.failure { return failure }
        let (member, group) = (operands.results[0], operands.results[1])
        let rest = operands.expression
        if let values = operands.values {
            guard case .entity(let uid) = values[0], let targets = Self.targets(values[1]) else {
                return apply(expression, to: values)
            }
            return isIn(uid, targets).map { .value(.bool($0)) } ?? operands.residual(.bool, mayFail: false)
        }
        guard !member.shape.isDisjoint(from: .entity(nil)) else { return Residual.failing(rest) }
        var fits = isEntity(member.shape)
        var impossible = false
        if let value = group.value {
            guard let targets = Self.targets(value) else { return Residual.failing(rest) }
            impossible = targets.allSatisfy { cannotBeIn(member.shape, .entity($0.type)) }
        } else {
            switch group.shape {
            case .entity, .set(.entity): break
            case .any, .set: fits = false
            default: return Residual.failing(rest)
            }
            impossible = cannotBeIn(member.shape, Self.element(of: group.shape))
        }
        if fits, impossible { return operands.certain(false) }
        // Every entity is in itself.
        if fits, isEntity(group.shape), member.value == nil, case .membership(let a, let b) = rest.kind, a == b {
            return operands.certain(true)
        }
        return .open(
            Residual(
                expression: rest, shape: .bool, mayFail: !fits || operands.mayFail, canBeTrue: !impossible))
    }

    private static func element(of shape: Shape) -> Shape {
        if case .set(let element) = shape { element } else { shape }
    }

    /// The entities that a value stands for on the right of `in`; `nil` where it is none.
    private static func targets(_ value: CedarValue) -> [EntityUID]? {
        switch value {
        case .entity(let uid): return [uid]
        case .set(let set):
            let uids = set.elements.compactMap { element -> EntityUID? in
                if case .entity(let uid) = element { uid } else { nil }
            }
            return uids.count == set.count ? uids : nil
        default: return nil
        }
    }

    private func isIn(_ uid: EntityUID, _ targets: [EntityUID]) -> Bool? {
        var isKnown = true
        for target in targets {
            switch isIn(uid, target) {
            case true?: return true
            case false?: break
            case nil: isKnown = false
            }
        }
        return isKnown ? false : nil
    }

    /// Whether one entity is in another; by the store, or else by the schema; `nil` where neither can tell.
    func isIn(_ uid: EntityUID, _ target: EntityUID) -> Bool? {
        if let answer = entities.isIn(uid, target) { return answer }
        guard let schema = request.schema else { return nil }
        if let action = schema.actions[uid] { return action.ancestors.contains(target) }
        return cannotBeIn(.entity(uid.type), .entity(target.type), isSame: false) ? false : nil
    }

    /// Whether by the schema no entity of one shape is in one of the other.
    ///
    /// - Parameter isSame: whether both may be one entity.
    func cannotBeIn(_ member: Shape, _ group: Shape, isSame: Bool = true) -> Bool {
        guard case .entity(let type?) = member, case .entity(let groupType?) = group,
            let declared = request.schema?.entityTypes[type]
        else { return false }
        return !(isSame && type == groupType) && !declared.ancestors.contains(groupType)
    }
}

/// The way along the names of a `has`.
private struct PathWalk {
    /// The value reached, where it is known.
    var value: CedarValue?
    var shape: Shape
    /// All names so far are certainly there.
    var isCertain = true
    /// A name is certainly not there.
    var isAbsent = false
    var mayFail: Bool

    init(result: PartialResult) {
        value = result.value
        shape = result.shape
        mayFail = result.mayFail
    }

    var goesOn: Bool { !isAbsent }
}

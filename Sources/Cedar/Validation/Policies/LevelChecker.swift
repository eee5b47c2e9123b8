// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Finds where a valid policy reads entities further away than a level allows (RFC 76).
///
/// A level of n means that from a variable of the request n steps lead to an entity whose data is read: `.` and `has`
/// of an entity, its tags and the left side of `in` take a step each, attributes of records none. The data of an entity
/// that the policy itself names is out of reach at every level.
struct LevelChecker {
    private let index: SchemaIndex
    private let types: [ObjectIdentifier: ExpressionType]
    private let action: EntityUID
    private let findings: FindingList
    private let level: Int

    /// - Parameter checker: one that has found the policy's types and recorded them.
    init(_ checker: TypeChecker, level: Int) {
        index = checker.index
        types = checker.types ?? [:]
        action = checker.environment.action
        findings = checker.findings
        self.level = level
    }

    func exceeded(_ steps: Int, at span: SourceSpan) {
        findings.add(
            .levelExceeded, at: span,
            "this takes \(steps) \(steps == 1 ? "step" : "steps") from the request's entities; "
                + "the level allows \(level)")
    }

    /// Checks all that an expression reads. What has no type need not be evaluated.
    func check(_ expression: Expression) {
        guard types[ObjectIdentifier(expression)] != nil else { return }
        switch expression.kind {
        case .membership(let member, let group):
            read(distance(of: member, path: []), at: expression.span)
            check(group)
        case .isType(let subject, let type, let group?) where self.type(of: subject)?.entityType == type:
            read(distance(of: subject, path: []), at: expression.span)
            check(group)
        case .method(.hasTag, let receiver, let argument), .method(.getTag, let receiver, let argument):
            read(distance(of: receiver, path: []), at: expression.span)
            check(argument)
        case .has(let subject, let path):
            has(subject, path, at: expression.span)
        case .attribute(let subject, _):
            if type(of: subject)?.entityType == nil { return check(subject) }
            read(distance(of: subject, path: []), at: expression.span)
        default:
            for operand in expression.operands { check(operand) }
        }
    }

    private func type(of expression: Expression) -> ExpressionType? { types[ObjectIdentifier(expression)] }

    private func read(_ distance: Int, at span: SourceSpan) {
        if distance >= level { exceeded(distance + 1, at: span) }
    }

    /// `e has a.b.c` reads `e` and the entities on the way.
    private func has(_ subject: Expression, _ path: [UTF8String], at span: SourceSpan) {
        guard var type = type(of: subject) else { return }
        if type.entityType == nil { check(subject) }
        // How far the last entity on the way is, and the attributes since.
        var last: Int?
        var since: [UTF8String] = []
        for name in path {
            if type.entityType != nil {
                let distance = last.map { $0 + 1 } ?? distance(of: subject, path: since.reversed())
                read(distance, at: span)
                last = distance
            }
            guard let attribute = index.attributes(of: type)[name] else { return }
            since.append(name)
            type = attribute.type
        }
    }

    /// Steps from the request's variables to the entity that an expression is.
    ///
    /// - Parameter path: the attributes that are then read, the first one last: of a record written in the policy, only
    ///   what is read counts.
    private func distance(of expression: Expression, path: [UTF8String]) -> Int {
        switch expression.kind {
        case .variable:
            return 0
        case .literal(.entity(let uid)):
            if uid != action {
                findings.add(
                    .literalDereference, at: expression.span,
                    "the data of an entity that the policy names itself cannot be read where levels are kept")
            }
            return 0
        case .conditional(let condition, let first, let second):
            check(condition)
            let branches = [first, second].filter { type(of: $0) != nil }
            return branches.map { distance(of: $0, path: path) }.max() ?? 0
        case .attribute(let subject, let name):
            guard type(of: subject)?.entityType == nil else { return distance(of: subject, path: []) + 1 }
            return distance(of: subject, path: path + [name])
        case .method(.getTag, let receiver, let argument):
            check(argument)
            return distance(of: receiver, path: []) + 1
        case .record(let fields):
            return distance(in: fields, path: path)
        default:
            // No other expression is an entity or a record.
            check(expression)
            return 0
        }
    }

    private func distance(in fields: [RecordField], path: [UTF8String]) -> Int {
        var result = 0
        for field in fields {
            if field.name == path.last {
                result = distance(of: field.value, path: path.dropLast())
            } else {
                check(field.value)
            }
        }
        return result
    }
}

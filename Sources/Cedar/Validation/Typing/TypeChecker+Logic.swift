// SPDX-License-Identifier: Apache-2.0

extension TypeChecker {
    /// `a && b && …`, from the left: an operand is checked knowing what those before it show, and not at all after one
    /// that is always false.
    mutating func conjunction(_ operands: [Expression]) -> Answer {
        var result: Answer?
        // What the operands so far show; among what is known while the next is checked.
        var shown: [Capability] = []
        for operand in operands {
            if result?.type == .false { break }
            let right = expectBool(operand)
            let next = result.map { Self.and($0, right) } ?? right
            if next.hasFailed || next.type == .false {
                known.remove(shown)
                shown = []
            } else {
                known.insert(right.capabilities)
                shown += right.capabilities
            }
            result = Answer(type: next.type, hasFailed: next.hasFailed)
        }
        known.remove(shown)
        result?.capabilities = shown
        return result ?? .failure()
    }

    /// The type of `left && right`, without capabilities.
    static func and(_ left: Answer, _ right: Answer) -> Answer {
        guard let first = left.type, let second = right.type else { return .failure(.bool) }
        let type: ExpressionType =
            switch (first, second) {
            case (_, .false): .false
            case (_, .true): first
            case (.true, _): second
            default: .bool
            }
        return Answer(type: type, hasFailed: left.hasFailed || right.hasFailed)
    }

    /// `a || b || …`, from the left: nothing is checked after an operand that is always true, and no operand knows what
    /// another shows. What all show, the whole shows; one that is always false does not count.
    mutating func disjunction(_ operands: [Expression]) -> Answer {
        var result: Answer?
        for operand in operands {
            if result?.type == .true { break }
            let right = expectBool(operand)
            result = result.map { Self.or($0, right) } ?? right
        }
        return result ?? .failure()
    }

    private static func or(_ left: Answer, _ right: Answer) -> Answer {
        guard let first = left.type, let second = right.type else { return .failure(.bool) }
        let answer =
            switch (first, second) {
            case (_, .true): right
            case (_, .false): left
            case (.false, _): right
            default: Answer(type: .bool, capabilities: intersection(left.capabilities, right.capabilities))
            }
        return answer.failed(if: left.hasFailed || right.hasFailed)
    }

    private static func intersection(_ left: [Capability], _ right: [Capability]) -> [Capability] {
        guard !left.isEmpty, !right.isEmpty else { return [] }
        let shared = Set(right)
        return left.filter(shared.contains)
    }

    mutating func not(_ operand: Expression) -> Answer { Self.negated(expectBool(operand)) }

    static func negated(_ answer: Answer) -> Answer {
        guard let type = answer.type else { return .failure(.bool) }
        let negated: ExpressionType =
            switch type {
            case .true: .false
            case .false: .true
            default: .bool
            }
        return Answer(type: negated, hasFailed: answer.hasFailed)
    }

    /// `if a then b else c`: where `a` is always true or always false, only one branch is checked.
    mutating func conditional(
        _ condition: Expression, _ first: Expression, _ second: Expression, at span: SourceSpan
    ) -> Answer {
        let test = expectBool(condition)
        if test.type == .false { return check(second).failed(if: test.hasFailed) }
        known.insert(test.capabilities)
        var then = check(first)
        known.remove(test.capabilities)
        if !then.hasFailed { then.capabilities += test.capabilities }
        if test.type == .true { return then.failed(if: test.hasFailed) }
        let otherwise = check(second)
        guard let left = then.type, let right = otherwise.type,
            let type = join(left, right, at: span, "both branches of `if`")
        else { return .failure() }
        let capabilities = Self.intersection(then.capabilities, otherwise.capabilities)
        return Answer(type: type, capabilities: capabilities)
            .failed(if: test.hasFailed || then.hasFailed || otherwise.hasFailed)
    }
}

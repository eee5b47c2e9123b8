// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// Cedar's validation takes `context.input has max_cuont` for false, and so for right: a `forbid` behind it would never
/// hold, and nobody would know.
extension Reviewer {
    private struct Test {
        let node: Expression
        let subject: Expression
        let path: ParameterPath
        let names: [UTF8String]
    }

    /// Tests with `has` that no request of the policy passes. One with a name that is nearly right is a mistake.
    mutating func absences(_ subject: Subject) -> [ReviewFinding] {
        var tests: [Test] = []
        for condition in subject.statement.conditions {
            condition.body.forEach { node in
                guard case .has(let place, let names) = node.kind, let path = ParameterPath(place) else { return }
                tests.append(Test(node: node, subject: place, path: path, names: names))
            }
        }
        guard !tests.isEmpty else { return [] }
        var absent: [Int: Set<UTF8String>] = [:]
        var present: Set<Int> = []
        for environment in environments(of: subject.statement) ?? [] {
            let types = validator.types(of: subject.statement, in: environment)
            for (index, test) in tests.enumerated() where !present.contains(index) {
                // Where a test is not reached, or nothing is known, it says nothing.
                guard let type = types[test.subject] else { continue }
                if isOpen(test, in: environment) {
                    present.insert(index)
                } else if let others = names(besides: test.names, in: type.declared) {
                    absent[index, default: []].formUnion(others)
                } else {
                    present.insert(index)
                }
            }
        }
        return tests.enumerated().compactMap { index, test in
            guard let others = absent[index], !present.contains(index) else { return nil }
            let meant = test.names.last.flatMap { Suggestion.closest(to: $0, among: others.sorted()) }
            return ReviewFinding(
                meant == nil ? .warning : .error, code: ValidationFinding.Code.unknownAttribute.rawValue,
                policyID: subject.id, file: subject.file, span: test.node.span,
                message: "`\(test.node)` is never true for the requests of this policy",
                suggestion: meant.map { "`\($0)`" })
        }
    }

    private func isOpen(_ test: Test, in environment: RequestEnvironment) -> Bool {
        (1...max(1, test.names.count)).contains { count in
            reason(for: ParameterPath(test.path, test.names.prefix(count)), in: environment) != nil
        }
    }

    /// The names that stand where the last of `names` is looked for and is not; `nil` where all are there.
    private func names(besides names: [UTF8String], in type: CedarType) -> [UTF8String]? {
        var type = type
        for name in names {
            guard let attributes = attributes(of: type) else { return [] }
            guard let attribute = attributes[name] else {
                return name == names.last ? attributes.attributes.map(\.name) : []
            }
            type = attribute.type
        }
        return nil
    }

    private func attributes(of type: CedarType) -> RecordType? {
        switch type {
        case .record(let record): record
        case .entity(let name): validator.schema.entityTypes[name]?.attributes
        default: nil
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

@testable import Cedar

/// Short ways to policies.
enum Statements {
    /// The policies of one file, named by position.
    static func parse(_ text: String) throws(PolicyErrors) -> PolicySet {
        try PolicySet.parse([PolicyFile(name: "test", bytes: Array(text.utf8))], naming: .position)
    }

    /// The mistakes in one file; empty where it has none.
    static func errors(_ text: String) -> [PolicyError] {
        do throws(PolicyErrors) {
            _ = try parse(text)
            return []
        } catch { return error.all }
    }

    /// The first mistake in one file, if any.
    static func firstError(_ text: String) -> PolicyError? { errors(text).first }

    /// The expression as a policy's only condition.
    @discardableResult
    static func condition(_ expression: String) throws(PolicyErrors) -> Expression {
        let set = try parse("permit (principal, action, resource) when { \(expression)\n};")
        guard let body = set.policies.first?.conditions.first?.body else { throw PolicyErrors(all: []) }
        return body
    }
}

/// Short ways to values.
enum Evaluation {
    static let request = Request(
        principal: EntityUID(type: "User", id: "alice"), action: EntityUID(type: "Action", id: "view"),
        resource: EntityUID(type: "Photo", id: "p"), context: ["n": 7, "s": "text", "r": ["a": ["b": 1]]])

    /// What the expression comes to; an error of evaluation as its code in a string.
    static func value(of expression: String, entities: Entities = Entities()) throws(PolicyErrors) -> CedarValue {
        let parsed = try Statements.condition(expression)
        do throws(EvaluationError) {
            return try Evaluator(request, entities: entities).evaluate(parsed)
        } catch {
            return .string(UTF8String("error: \(error.code.rawValue)"))
        }
    }
}

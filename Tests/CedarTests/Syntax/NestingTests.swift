// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Input that is deep or long: an error or a result, never a crash.
@Suite struct NestingTests {
    private static func evaluation(of expression: String) throws -> Result<CedarValue, PolicyErrors> {
        try SmallStack.run {
            do throws(PolicyErrors) {
                let parsed = try Statements.condition(expression)
                #expect(try Statements.condition(parsed.description) == parsed)
                return .success(try Evaluation.value(of: expression))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Ways to nest, each around the one before.
    static let nestings: [(open: String, close: String)] = [
        ("(", ")"), ("[", "]"), ("{a: ", "}"), ("ip(", ")"), ("[].contains(", ")"), ("!(", ")"), ("-(", ")"),
        ("1 + (", ")"), ("true && (", ")"), ("if true then (", ") else 1"), ("if true then 1 else ", ""),
        ("context.contains({a: [(", ")]})"), ("1 == (2 * (!(", ")))"),
    ]

    @Test(arguments: [1000, 20_000])
    func `too many levels are an error`(levels: Int) throws {
        for nesting in Self.nestings {
            let open = String(repeating: nesting.open, count: levels)
            let close = String(repeating: nesting.close, count: levels)
            guard case .failure(let errors) = try Self.evaluation(of: "\(open)1\(close)") else {
                Issue.record("accepted \(nesting)")
                continue
            }
            #expect(errors.all.first?.code == .limitExceeded, "\(nesting): \(errors)")
        }
    }

    @Test func `levels up to the limit are read, printed, evaluated and destroyed on a small stack`() throws {
        for nesting in Self.nestings {
            // The largest number of repetitions that the parser takes.
            var (low, high) = (1, 400)
            while low + 1 < high {
                let middle = (low + high) / 2
                let text =
                    String(repeating: nesting.open, count: middle) + "1"
                    + String(repeating: nesting.close, count: middle)
                if case .failure(let errors) = try Self.evaluation(of: text), !errors.all.isEmpty {
                    high = middle
                } else {
                    low = middle
                }
            }
            #expect((20...CedarLimits.syntaxNestingMax).contains(low), "\(nesting)")
        }
    }

    @Test func `chains of members count as levels`() throws {
        let short = "context" + String(repeating: ".a", count: CedarLimits.expressionHeightMax - 1)
        let long = "context" + String(repeating: ".a", count: 100_000)
        #expect(throws: Never.self) { try Statements.condition(short) }
        #expect(throws: PolicyErrors.self) { try Statements.condition(long) }
        let mixed =
            String(repeating: "(", count: 20) + "context"
            + String(repeating: String(repeating: ".a", count: 5) + ")", count: 20)
        #expect(throws: PolicyErrors.self) { try Statements.condition(mixed) }
    }

    @Test(arguments: [" && ", " || "])
    func `a hundred thousand operands are one level`(operation: String) throws {
        let unit = operation == " && " ? "true" : "false"
        let text = Array(repeating: unit, count: 100_000).joined(separator: operation)
        #expect(try Evaluation.value(of: text) == .bool(operation == " && "))
    }

    @Test(arguments: [" + ", " - ", " * "])
    func `a hundred thousand terms are one level`(operation: String) throws {
        let text = Array(repeating: "1", count: 100_000).joined(separator: operation)
        let expected: Int64 = operation == " + " ? 100_000 : operation == " - " ? 1 - 99_999 : 1
        #expect(try Evaluation.value(of: text) == .long(expected))
    }

    @Test func `a hundred thousand elements and names are one level`() throws {
        let elements = (0..<100_000).map(String.init).joined(separator: ",")
        #expect(try Evaluation.value(of: "[\(elements)].contains(99999)") == true)
        let path = Array(repeating: "a", count: 100_000).joined(separator: ".")
        #expect(try Evaluation.value(of: "{} has \(path)") == false)
    }

    @Test func `parentheses in a scope are bounded too`() throws {
        func scope(_ levels: Int) -> String {
            let open = String(repeating: "(", count: levels)
            return "permit (principal == \(open)U::\"a\"\(String(repeating: ")", count: levels)), action, resource);"
        }
        #expect(throws: Never.self) { try Statements.parse(scope(CedarLimits.syntaxNestingMax)) }
        #expect(throws: PolicyErrors.self) { try Statements.parse(scope(1000)) }
    }

    @Test func `deep values are hashed, compared, written and destroyed on a small stack`() throws {
        let deep = (0..<(CedarLimits.valueDepthMax - 2)).reduce(CedarValue.long(1)) { value, level in
            level.isMultiple(of: 2) ? .set([value]) : .record(["a": value])
        }
        let request = Request(
            principal: Evaluation.request.principal, action: Evaluation.request.action,
            resource: Evaluation.request.resource, context: ["deep": deep])
        let (open, close) = (String(repeating: "[", count: 70), String(repeating: "]", count: 70))
        let nested = "\(open)context.deep\(close)"
        let expression = try Statements.condition("\(nested) == \(nested)")
        let value = try SmallStack.run { () -> CedarValue? in
            do {
                let value = try Evaluator(request, entities: Entities()).evaluate(expression)
                return try CedarValue(cedarJSON: deep.cedarJSON()) == deep ? value : nil
            } catch {
                Issue.record("\(error)")
                return nil
            }
        }
        #expect(value == true)
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Input of any size: an exact answer, or an error within a bound.
@Suite struct ValidationBoundsTests {
    @Test(.timeLimit(.minutes(15)))
    func `a chain of ten thousand tests and reads is checked in one pass`() throws {
        let link = "context has o && context.o == \"x\" && principal has age && principal.age == 1"
        let chain = Array(repeating: link, count: 10_000).joined(separator: " && ")
        #expect(try ValidationFixture.errors(in: UTF8String(chain)).isEmpty)
        let different = (0..<10_000).map { "principal.hasTag(\"\($0)\")" }.joined(separator: " && ")
        let text = "\(different) && principal.getTag(\"9999\").contains(\"x\")"
        #expect(try ValidationFixture.errors(in: UTF8String(text)).isEmpty)
        let wide = "(\(different.replacingOccurrences(" && ", " || "))) && principal.getTag(\"9999\").contains(\"x\")"
        #expect(try ValidationFixture.errors(in: UTF8String(wide)).map(\.code) == [.unguardedTag])
        let conditions = (0..<10_000).map { "when { principal.hasTag(\"\($0)\") }" }.joined(separator: " ")
        let report = try ValidationFixture.report(
            UTF8String("permit (principal is User, action, resource) \(conditions);"))
        #expect(report.findings.isEmpty)
    }

    @Test(.timeLimit(.minutes(15)))
    func `the highest tree that the parser makes is checked`() throws {
        let depth = CedarLimits.expressionHeightMax - 4
        for (open, close) in [("!", ""), ("if context.b then ", " else false"), ("(context.b && (", "))")] {
            let opens = String(
                repeating: open == "!" ? "!(" : open == "if context.b then " ? "if context.b then (" : "(context.b && ",
                count: depth / 2)
            let closes = String(
                repeating: open == "!" ? ")" : close == " else false" ? ") else false" : ")", count: depth / 2)
            #expect(try ValidationFixture.errors(in: UTF8String("\(opens)context.b\(closes)")).isEmpty)
        }
        let nested =
            String(repeating: "{a: ", count: depth / 2) + "principal" + String(repeating: "}", count: depth / 2)
        let path = String(repeating: ".a", count: depth / 2)
        #expect(try ValidationFixture.errors(in: UTF8String("\(nested)\(path).name == \"x\""), level: 1).isEmpty)
        #expect(
            try ValidationFixture.errors(in: UTF8String("\(nested)\(path).name == \"x\""), level: 0).map(\.code)
                == [.levelExceeded])
    }

    @Test func `a report on more than there is time for says so`() throws {
        let validator = try ValidationFixture.validator()
        let set = try ValidationFixture.set(
            "permit (principal, action, resource is Doc) when { context.b && context.b };")
        let report = validator.report(on: set, level: nil, budget: ValidationBudget(stepsMax: 10))
        #expect(report.errors.map(\.code) == [.limitExceeded])
        #expect(report.errors.map(\.policyID) == [nil])
        #expect(validator.report(on: set).isValid)
    }

    @Test func `of one policy and of all a bounded number of findings is shown`() throws {
        let many = Array(repeating: "context.b && [].isEmpty()", count: 300).joined(separator: " || ")
        let report = try ValidationFixture.report(
            UTF8String("permit (principal is User, action, resource) when { \(many) };"))
        #expect(report.errors.count == CedarLimits.findingsPerPolicyMax)
        let policy = "permit (principal is User, action, resource) when { \(many) };"
        let all = try ValidationFixture.report(UTF8String(Array(repeating: policy, count: 150).joined(separator: "\n")))
        #expect(all.findings.count <= CedarLimits.findingsPerReportMax + CedarLimits.findingsPerPolicyMax + 1)
        #expect(all.errors.last?.code == .limitExceeded)
    }

    @Test func `a schema with too many kinds of requests is refused by every report`() throws {
        let names = (0..<350).map { "T\($0)" }
        let list = names.joined(separator: ", ")
        let schema = "entity \(list); action a appliesTo {principal: [\(list)], resource: [\(list)]};"
        let validator = Validator(try Schema(parsing: UTF8String(schema)))
        #expect(validator.environments.isEmpty)
        let report = validator.report(on: try ValidationFixture.set("permit (principal, action, resource);"))
        #expect(report.errors.map(\.code) == [.limitExceeded])
    }

    @Test func `a name misspelt in every environment takes one suggestion, and a long subject is not printed`() throws {
        let subject = "{\((0..<100).map { "a\($0): principal" }.joined(separator: ", "))}.a7"
        let actions = (0..<1_500).map { "action a\($0) appliesTo {principal: U, resource: U};" }.joined()
        let validator = Validator(try Schema(parsing: UTF8String("entity U {age?: Long}; entity Useless; \(actions)")))
        let report = validator.report(
            on: try ValidationFixture.set(
                UTF8String(
                    """
                    permit (principal, action, resource) when { principal.aeg == 1 };
                    permit (principal, action, resource) when { principal.aeg == \(subject).age };
                    permit (principal is Usless, action, resource);
                    """)))
        #expect(report.errors.compactMap(\.suggestion) == ["`age`", "`age`", "`Useless`"])
        #expect(report["policy1"].contains { $0.message.contains("`… has age && …`") })
    }

    @Test func `a type as large as the schema is cut in a message`() throws {
        let attributes = (0..<2_000).map { "attribute\($0): Long" }.joined(separator: ", ")
        let schema = "entity U {r: {\(attributes)}}; action a appliesTo {principal: U, resource: U};"
        let validator = Validator(try Schema(parsing: UTF8String(schema)))
        let report = validator.report(
            on: try ValidationFixture.set("permit (principal, action, resource) when { principal.r == 1 };"))
        let message = try #require(report.errors.first?.message)
        #expect(message.utf8.count < 400 && message.contains("…"))
    }
}

extension String {
    fileprivate func replacingOccurrences(_ text: String, _ other: String) -> String {
        var result = ""
        var rest = self[...]
        while let range = rest.firstRange(of: text) {
            result += rest[..<range.lowerBound] + other
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}

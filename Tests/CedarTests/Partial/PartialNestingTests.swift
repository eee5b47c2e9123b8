// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Deep and long policies are evaluated in part, explained and compared within a small stack and in little time.
@Suite struct PartialNestingTests {
    /// Evaluates a condition in part, then in full from what is left; explains it; compares it with itself.
    private static func check(_ condition: String) throws {
        try SmallStack.run {
            do {
                let policies = try Statements.parse("permit (principal, action, resource) when { \(condition)\n};")
                let other = try Statements.parse("permit (principal, action, resource) when { \(condition) && true };")
                for context in [PartialRecord.unknown, PartialRecord(["x": .unknown, "n": .known(1)])] {
                    let partial = PartialRequest(
                        principal: .unknown("User"), action: Evaluation.request.action, resource: .unknown(nil),
                        context: context)
                    let response = PartialAuthorizer.authorize(partial, policies: policies, entities: .unknown)
                    for policy in response.residuals {
                        let printed = policy.statement.description
                        #expect(PolicyParser.parse(Array(printed.utf8), file: "p").statements == [policy.statement])
                    }
                    let request = Request(
                        principal: Evaluation.request.principal, action: Evaluation.request.action,
                        resource: Evaluation.request.resource, context: ["n": 1, "x": true])
                    let again = try response.reauthorize(request, entities: Entities())
                    let full = Authorizer.authorize(request, policies: policies, entities: Entities())
                    #expect(again.decision == full.decision)
                    #expect(again.errors.map(\.error.code) == full.errors.map(\.error.code))
                    #expect(!response.requirements.text.isEmpty)
                    #expect(!Explanation(of: request, policies: policies, entities: Entities()).text.isEmpty)
                }
                #expect(!PolicySetDifference(from: policies, to: other).text.isEmpty)
            } catch {
                Issue.record("\(error)")
            }
        }
    }

    @Test(arguments: [
        ("[", "]", 75), ("{a: ", "}", 75), ("ip(", ")", 75), ("[].contains(", ")", 75), ("!(", ")", 75),
        ("-(", ")", 75), ("1 + (", ")", 75), ("true && (", ")", 75), ("context.x || (", ")", 75),
        ("if context.x then (", ") else 1", 37), ("if context.x then 1 else ", "", 75), ("principal in [", "]", 37),
        ("(", " is User in User::\"a\")", 75), ("(if (", " is User in User::\"a\") then principal else resource)", 24),
        ("principal is User in (", ")", 75), ("principal.getTag(", ")", 75), ("(", ").a", 37), ("(", ") has a", 75),
    ])
    func `levels up to the limit fit a small stack`(_ open: String, _ close: String, _ levels: Int) throws {
        let text = String(repeating: open, count: levels) + "context.x" + String(repeating: close, count: levels)
        try Self.check(text)
    }

    @Test(arguments: [" && ", " || ", " + ", " == 1 && "])
    func `ten thousand operands are one level`(_ operation: String) throws {
        try Self.check(Array(repeating: "context.x", count: 10_000).joined(separator: operation))
    }

    @Test func `long paths and sets are one level`() throws {
        try Self.check("context has " + Array(repeating: "x", count: 20_000).joined(separator: "."))
        try Self.check("[\((0..<20_000).map(String.init).joined(separator: ","))].contains(context.x)")
    }
}

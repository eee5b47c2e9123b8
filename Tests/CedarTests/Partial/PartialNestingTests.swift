// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Cedar

/// Deep and long policies are evaluated in part, explained and compared within a small stack and in little time.
@Suite struct PartialNestingTests {
    private static func onSmallStack(_ body: @escaping @Sendable () -> Void) {
        let done = DispatchSemaphore(value: 0)
        let thread = Thread {
            body()
            done.signal()
        }
        thread.stackSize = 1 << 20
        thread.start()
        done.wait()
    }

    /// Evaluates a condition in part, then in full from what is left; explains it; compares it with itself.
    private static func check(_ condition: String) {
        onSmallStack {
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
        ("[", "]", 190), ("{a: ", "}", 190), ("ip(", ")", 190), ("[].contains(", ")", 190), ("!(", ")", 190),
        ("-(", ")", 190), ("1 + (", ")", 190), ("true && (", ")", 190), ("context.x || (", ")", 190),
        ("if context.x then (", ") else 1", 95), ("if context.x then 1 else ", "", 190), ("principal in [", "]", 95),
        ("(", " is User in User::\"a\")", 190), ("(if (", " is User in User::\"a\") then principal else resource)", 60),
        ("principal is User in (", ")", 190), ("principal.getTag(", ")", 190), ("(", ").a", 95), ("(", ") has a", 190),
    ])
    func `levels up to the limit fit a small stack`(_ open: String, _ close: String, _ levels: Int) {
        let text = String(repeating: open, count: levels) + "context.x" + String(repeating: close, count: levels)
        Self.check(text)
    }

    @Test(arguments: [" && ", " || ", " + ", " == 1 && "])
    func `ten thousand operands are one level`(_ operation: String) {
        Self.check(Array(repeating: "context.x", count: 10_000).joined(separator: operation))
    }

    @Test func `long paths and sets are one level`() {
        Self.check("context has " + Array(repeating: "x", count: 20_000).joined(separator: "."))
        Self.check("[\((0..<20_000).map(String.init).joined(separator: ","))].contains(context.x)")
    }
}

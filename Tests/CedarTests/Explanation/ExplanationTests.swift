// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Why requests are allowed or denied.
@Suite struct ExplanationTests {
    private static let file = """
        @id("small")
        permit (principal in Team::"finance", action == Action::"pay", resource)
        when { context.amount <= 100 && context has purpose && context.currency == "EUR" }
        unless { context.frozen || resource.hasTag("frozen") };
        @id("no-gifts")
        forbid (principal, action, resource) when { context.purpose like "gift*" };
        @id("readers")
        permit (principal, action == Action::"read", resource);
        """

    private static func explanation(
        _ context: CedarRecord, _ text: String = file, options: Explanation.Options = Explanation.Options()
    ) throws -> Explanation {
        let agent = EntityUID(type: "Agent", id: "a")
        let entities = try Entities([Entity(uid: agent, parents: [EntityUID(type: "Team", id: "finance")])])
        let request = Request(
            principal: agent, action: EntityUID(type: "Action", id: "pay"),
            resource: EntityUID(type: "Account", id: "x"), context: context)
        let policies = try PolicySet.parse([PolicyFile(name: "pay.cedar", bytes: Array(text.utf8))])
        return Explanation(of: request, policies: policies, entities: entities, options: options)
    }

    @Test func `the first false operand is named with its place and the values seen`() throws {
        let explanation = try Self.explanation(["amount": 250, "purpose": "rent", "currency": "EUR", "frozen": false])
        #expect(explanation.decision == .deny)
        #expect(explanation.determiningPolicies.isEmpty)
        #expect(explanation.policies.map(\.policyID) == ["small", "readers", "no-gifts"])
        let small = try #require(explanation.policies.first)
        #expect(small.role == .notSatisfied)
        #expect(small.clausesHeld == 3)
        let clause = try #require(small.clause)
        #expect(clause.kind == .when)
        #expect(clause.text == "context.amount <= 100")
        #expect(clause.error == nil)
        #expect(clause.span.line == 3)
        #expect(clause.span.column == 8)
        #expect(clause.span.byteCount == "context.amount <= 100".utf8.count)
        #expect(clause.observations.map(\.expression) == ["context.amount"])
        #expect(clause.observations.map(\.value) == ["250"])
    }

    @Test func `a part of the scope is named with its place`() throws {
        let explanation = try Self.explanation(["amount": 250, "purpose": "rent"])
        let readers = try #require(explanation.policies.first { $0.policyID == "readers" }?.clause)
        #expect(readers.kind == .action)
        #expect(readers.text == "action == Action::\"read\"")
        #expect(readers.span.line == 8)
        #expect(readers.span.column == 20)
        #expect(readers.span.byteCount == "action == Action::\"read\"".utf8.count)
        #expect(readers.observations.map(\.value) == ["Action::\"pay\""])
    }

    @Test func `a clause that fails comes with the error`() throws {
        let explanation = try Self.explanation(["amount": 5, "purpose": "rent", "frozen": false])
        #expect(explanation.policies.map(\.role) == [.failed, .notSatisfied, .notSatisfied])
        let clause = try #require(explanation.policies.first?.clause)
        #expect(clause.text == "context.currency == \"EUR\"")
        #expect(clause.error?.code == .missingAttribute)
        #expect(clause.observations.map(\.expression) == ["context"])
    }

    @Test func `an unless names the operand that is true`() throws {
        let explanation = try Self.explanation(["amount": 5, "purpose": "rent", "currency": "EUR", "frozen": true])
        let small = try #require(explanation.policies.first)
        #expect(small.clause?.kind == .unless)
        #expect(small.clause?.text == "context.frozen")
        #expect(small.clause?.observations.map(\.value) == ["true"])
        #expect(small.clausesHeld == 6)
    }

    @Test func `a permit that a forbid overrules is told apart`() throws {
        let explanation = try Self.explanation(["amount": 5, "purpose": "gift", "currency": "EUR", "frozen": false])
        #expect(explanation.decision == .deny)
        #expect(explanation.policies.map(\.role) == [.determining, .overruled, .notSatisfied])
        #expect(explanation.policies.map(\.policyID) == ["no-gifts", "small", "readers"])
    }

    @Test func `without values none is told`() throws {
        let secret: CedarRecord = ["amount": 250, "purpose": "hunter2", "currency": "hunter2"]
        let told = try Self.explanation(
            secret, "forbid (principal, action, resource) when { context.purpose == \"\" };")
        #expect(told.text.contains("hunter2"))
        let options = Explanation.Options(includesValues: false)
        for text in [Self.file, "forbid (principal, action, resource) when { context.purpose == \"\" };"] {
            let explanation = try Self.explanation(secret, text, options: options)
            #expect(!explanation.text.contains("hunter2"))
            #expect(!"\(explanation)".contains("hunter2"))
            #expect(!explanation.text.contains("250"))
        }
    }

    @Test func `the text has a few lines per policy`() throws {
        let explanation = try Self.explanation(["amount": 250, "purpose": "rent", "currency": "EUR", "frozen": false])
        #expect(
            explanation.text == """
                deny: no permit holds

                permit small (pay.cedar:1:1) does not hold
                  when `context.amount <= 100` is false (pay.cedar:3:8)
                    context.amount = 250

                permit readers (pay.cedar:7:1) does not hold
                  scope `action == Action::"read"` is false (pay.cedar:8:20)
                    action = Action::"pay"

                forbid no-gifts (pay.cedar:5:1) does not hold
                  when `context.purpose like "gift*"` is false (pay.cedar:6:45)
                    context.purpose = "rent"

                """)
        #expect(explanation.text(policiesMax: 1).hasSuffix("\n\n2 more policies less relevant\n"))
    }

    @Test(arguments: [
        ("context.a && context.b", "context.b = false"),
        ("context.b || context.n > 9", "context.b = false|context.n = 7"),
        ("!(context.a && context.n == 7)", "context.a = true|context.n = 7"),
        ("if context.a then context.b else context.c", "context.a = true|context.b = false"),
        ("context.n + 1 < context.n", "context.n + 1 = 8|context.n = 7"),
        ("[context.n, 1].contains(context.m)", "context.n = 7|context.m = 9"),
        ("context has nothing", "context has nothing = false"), ("principal has nothing", "principal = Agent::\"a\""),
        ("context.n == 1 && context.n == 1", "context.n = 7"), ("1 == 2", ""),
        ("resource is Agent", "resource = Account::\"x\""),
        ("context.list.contains(100)", "context.list = [0, 1, 10, 11, 2, 3, 4, 5, … 4 more]"),
    ])
    func `the values that matter are seen`(_ condition: String, _ expected: String) throws {
        let list = CedarValue.set(CedarSet((0..<12).map { CedarValue.long($0) }))
        let context: CedarRecord = ["a": true, "b": false, "n": 7, "m": 9, "list": list]
        let explanation = try Self.explanation(
            context, "permit (principal, action, resource) when { \(condition) };")
        let observations = try #require(explanation.policies.first?.clause?.observations)
        let found = observations.map { "\($0.expression) = \($0.value ?? "")" }.joined(separator: "|")
        #expect(found == expected)
    }

    @Test func `values and their number are bounded`() throws {
        let long = CedarValue.string(UTF8String(String(repeating: "x", count: 100_000)))
        let deep = (0..<100).reduce(long) { value, _ in ["a": value] }
        var context: CedarRecord = ["deep": deep, "long": long]
        let names = (0..<50).map { "x\($0)" }
        for name in names { context[UTF8String(name)] = long }
        let condition = (names + ["long"]).map { "context.\($0) == \"\"" }.joined(separator: " || ")
        for text in [condition, "context.deep == 1", "context == {a: 1}", "context.long == \"\""] {
            let explanation = try Self.explanation(context, "permit (principal, action, resource) when { \(text) };")
            let clause = try #require(explanation.policies.first?.clause)
            #expect(!clause.observations.isEmpty)
            #expect(clause.observations.count <= CedarLimits.explainedValuesMax)
            #expect(clause.text.string.unicodeScalars.count <= CedarLimits.explainedClauseScalarsMax + 1)
            for observation in clause.observations {
                let count = observation.value?.string.unicodeScalars.count ?? .max
                #expect(count <= CedarLimits.explainedValueScalarsMax + 1)
            }
        }
    }

    @Test func `the least relevant policies are counted only`() throws {
        let text = (0..<30).map { "@id(\"p\($0)\") permit (principal, action, resource) when { context.n == \($0) };" }
        let explanation = try Self.explanation(
            ["n": 1], text.joined(separator: "\n"), options: Explanation.Options(policiesMax: 5))
        #expect(explanation.policies.count == 5)
        #expect(explanation.omittedPolicies == 25)
        #expect(explanation.policies.first?.policyID == "p1")
    }

    @Test(arguments: [true, false])
    func `explanations agree with the authorizer on random cases`(_ isTyped: Bool) throws {
        for seed in UInt64(1)...400 {
            var world = RandomWorld(seed: seed, isTyped: isTyped)
            let text = world.policies()
            let policies = try PolicySet.parse([PolicyFile(name: "random", bytes: Array(text.utf8))])
            let entities = world.entities()
            for _ in 0..<3 {
                let request = world.request()
                let response = Authorizer.authorize(request, policies: policies, entities: entities)
                let explanation = Explanation(of: request, policies: policies, entities: entities)
                let difference = Agreement.difference(explanation, response, request, policies, entities)
                #expect(difference == nil, "seed \(seed), typed \(isTyped): \(difference ?? "")\n\(text)")
            }
        }
    }
}

/// Whether an explanation says what the authorizer says.
enum Agreement {
    static func difference(
        _ explanation: Explanation, _ response: Response, _ request: Request, _ policies: PolicySet,
        _ entities: Entities
    ) -> String? {
        guard explanation.decision == response.decision,
            explanation.determiningPolicies == response.determiningPolicies
        else { return "the decision differs" }
        guard explanation.policies.count == response.outcomes.count else { return "policies are missing" }
        let byID = Dictionary(uniqueKeysWithValues: explanation.policies.map { ($0.policyID, $0) })
        let evaluator = Evaluator(request, entities: entities)
        for outcome in response.outcomes {
            guard let explained = byID[outcome.policyID] else { return "\(outcome.policyID) is missing" }
            switch outcome.result {
            case .satisfied:
                guard explained.clause == nil, explained.role == .determining || explained.role == .overruled else {
                    return "\(outcome.policyID) holds"
                }
            case .notSatisfied:
                guard explained.role == .notSatisfied, let clause = explained.clause, clause.error == nil else {
                    return "\(outcome.policyID) does not hold"
                }
            case .error(let error):
                guard explained.role == .failed, explained.clause?.error == error else {
                    return "\(outcome.policyID): error \(error), explained \(String(describing: explained.clause))"
                }
            }
            guard let policy = policies[outcome.policyID], let clause = explained.clause else { continue }
            if let fault = fault(of: clause, in: policy, evaluator) { return "\(outcome.policyID): \(fault)" }
        }
        return nil
    }

    /// The clause must be the first that does not hold: those before it are asked again, one by one.
    private static func fault(
        of clause: ClauseExplanation, in policy: Policy, _ evaluator: Evaluator
    ) -> String? {
        guard clause.kind == .when || clause.kind == .unless else { return nil }
        for condition in policy.conditions {
            for part in condition.kind == .when ? condition.body.conjuncts : condition.body.disjuncts {
                let isNamed = part.span == clause.span
                do throws(EvaluationError) {
                    let value = try evaluator.evaluate(part)
                    guard isNamed else {
                        guard value == .bool(condition.kind == .when) else { return "an earlier clause does not hold" }
                        continue
                    }
                    if clause.error == nil { return value == .bool(condition.kind == .unless) ? nil : "it holds" }
                    if case .bool = value { return "it does not fail" }
                    return nil
                } catch {
                    return isNamed && clause.error == error ? nil : "an earlier clause fails"
                }
            }
        }
        return "the clause is not in the policy"
    }
}

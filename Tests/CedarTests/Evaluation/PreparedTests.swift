// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// What is prepared when policies are read has the value and the errors of evaluation in order.
@Suite struct PreparedTests {
    private static let photo = EntityUID(type: "Photo", id: "p")

    private static func entities(_ attributes: CedarRecord) throws -> Entities {
        try Entities([
            Entity(uid: photo, attrs: attributes, parents: [EntityUID(type: "Album", id: "a")]),
            Entity(uid: EntityUID(type: "Album", id: "a"), parents: [EntityUID(type: "Album", id: "all")]),
            Entity(uid: EntityUID(type: "Action", id: "view"), parents: [EntityUID(type: "Action", id: "look")]),
        ])
    }

    /// The outcome of a policy for many, and of the same condition by itself.
    private static func outcomes(_ condition: String, _ entities: Entities) throws -> [PolicyOutcome.Result] {
        let text = "permit (principal, action, resource) when { \(condition) };"
        let policies = try PolicySet.parse([PolicyFile(name: "f", bytes: Array(text.utf8))])
        let policy = try #require(policies.policies.first)
        let alone: PolicyOutcome.Result
        do throws(EvaluationError) {
            let isSatisfied = try Evaluator(Evaluation.request, entities: entities).isSatisfied(policy)
            alone = isSatisfied ? .satisfied : .notSatisfied
        } catch {
            alone = .error(error)
        }
        let response = Authorizer.authorize(Evaluation.request, policies: policies, entities: entities)
        return [alone] + response.outcomes.map(\.result)
    }

    private static func code(_ result: PolicyOutcome.Result) -> String {
        if case .error(let error) = result { "\(error.code) \(error.message)" } else { "\(result)" }
    }

    /// Each twice: as it is prepared, and so that it cannot be.
    @Test(
        arguments: [
            (
                #"resource.path like "*/a" || resource.path like "b*""#,
                #"resource.path like "*/a" || false || resource.path like "b*""#
            ),
            (
                #"resource.path like "x" || resource.path like "y""#,
                #"resource.path like "x" || false || resource["path"] like "y""#
            ),
            (#"context.s like "t*" || context.s like "u*""#, #"context.s like "t*" || false || context.s like "u*""#),
            (
                #"context.none like "t*" || context.none like "u*""#,
                #"context.none like "t*" || false || context.none like "u*""#
            ),
            (#"context.n like "t*" || context.n like "u*""#, #"context.n like "t*" || false || context.n like "u*""#),
            (
                #"principal.name like "t*" || principal.name like "u*""#,
                #"principal.name like "t*" || false || principal.name like "u*""#
            ),
            (
                #"resource.path like "x" || resource.path like "b*" || context.s like "t*" || context.s like "u*""#,
                #"resource.path like "x" || false || resource.path like "b*" || false || context.s like "t*" || false || context.s like "u*""#
            ),
            (
                #"1 == 2 || resource.path like "x" || resource.path like "y" || 1 || context.s like "t*""#,
                #"1 == 2 || resource.path like "x" || false || resource.path like "y" || 1 || context.s like "t*""#
            ),
            (
                #"resource.path like "y" || context.s like "q" || resource.path like "*/a" || resource.path like "x""#,
                #"resource.path like "y" || context.s like "q" || resource.path like "*/a" || false || resource.path like "x""#
            ),
            (
                #"resource in [Album::"all", Album::"b"]"#,
                #"resource in [Album::"all", if true then Album::"b" else Album::"c"]"#
            ),
            (
                #"resource in [Album::"c", Photo::"p"]"#,
                #"resource in [Album::"c", if true then Photo::"p" else Album::"c"]"#
            ),
            (
                #"resource in [Album::"c", Album::"b"]"#,
                #"resource in [Album::"c", if true then Album::"b" else Album::"c"]"#
            ),
            (#"resource in [Album::"all", 1]"#, #"resource in [Album::"all", if true then 1 else 2]"#),
            (#"1 in [Album::"all"]"#, #"1 in [if true then Album::"all" else Album::"b"]"#),
            (#"context.none in [Album::"all"]"#, #"context.none in [if true then Album::"all" else Album::"b"]"#),
            (#"principal in [User::"alice"]"#, #"principal in [if true then User::"alice" else User::"b"]"#),
            (#"resource in []"#, #"resource in (if true then [] else [Album::"b"])"#),
            (#"["a", "text"].contains(context.s)"#, #"["a", if true then "text" else "b"].contains(context.s)"#),
            (
                #"[1, "text", User::"alice"].containsAll([principal, context.s])"#,
                #"[1, "text", if true then User::"alice" else User::"b"].containsAll([principal, context.s])"#
            ),
            (
                #"resource is Photo in [Album::"all"]"#,
                #"resource is Photo in [if true then Album::"all" else Album::"b"]"#
            ),
        ] as [(String, String)])
    func `a prepared condition is the condition`(_ prepared: String, _ plain: String) throws {
        let stores = [
            Entities(), try Self.entities([:]), try Self.entities(["path": "x/a"]), try Self.entities(["path": "x/c"]),
            try Self.entities(["path": 1]),
        ]
        for store in stores {
            let results = try Self.outcomes(prepared, store) + Self.outcomes(plain, store)
            #expect(Set(results.map(Self.code)).count == 1, "\(results.map(Self.code))")
        }
    }

    @Test func `an action is in the groups that the store has it in`() throws {
        let text = """
            @id("1") permit (principal, action == Action::"view", resource);
            @id("2") permit (principal, action in Action::"look", resource);
            @id("3") permit (principal, action in [Action::"edit", Action::"look"], resource);
            @id("4") permit (principal, action in [Action::"edit"], resource);
            @id("5") permit (principal, action in [Action::"view"], resource);
            """
        let policies = try PolicySet.parse([PolicyFile(name: "f", bytes: Array(text.utf8))])
        let response = Authorizer.authorize(
            Evaluation.request, policies: policies, entities: try Self.entities([:]))
        #expect(response.determiningPolicies == ["1", "2", "3", "5"])
    }
}

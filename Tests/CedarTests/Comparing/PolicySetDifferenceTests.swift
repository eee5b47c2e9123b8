// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// What is told of two policy sets.
@Suite struct PolicySetDifferenceTests {
    private static func difference(
        _ old: String, _ new: String, schema: Schema? = nil, failingForbidsDeny: Bool = false
    ) throws -> PolicySetDifference {
        PolicySetDifference(
            from: try PolicySet.parse([PolicyFile(name: "p", bytes: Array(old.utf8))]),
            to: try PolicySet.parse([PolicyFile(name: "p", bytes: Array(new.utf8))]), schema: schema,
            failingForbidsDeny: failingForbidsDeny)
    }

    private static func permit(_ condition: String, _ scope: String = "principal, action, resource") -> String {
        "@id(\"p\") permit (\(scope))\(condition.isEmpty ? "" : " when { \(condition) }");"
    }

    typealias Direction = PolicySetDifference.Direction

    @Test(arguments: [
        ("context.a", "context.a && context.b", Direction.narrows), ("context.a && context.b", "context.b", .widens),
        ("context.a && context.b", "context.b && context.a", .same), ("context.a", "context.b", .unknown),
        ("context.n < 5", "context.n < 10", .widens), ("context.n <= 9", "context.n < 10", .same),
        ("context.n < 10", "5 > context.n", .narrows), ("context.n == 3", "context.n < 10", .widens),
        ("context.n > 3", "context.n != 3", .widens), ("context.n < 5", "context.m < 5", .unknown),
        ("[1, 2].contains(context.n)", "[2, 1, 3].contains(context.n)", .widens),
        ("context.s == \"a\"", "[\"a\", \"b\"].contains(context.s)", .widens),
        ("context.a || context.b", "context.a || context.b || context.c", .widens),
        ("context.a || context.b", "context.c || context.a || context.b", .unknown),
        ("context.a || context.b", "context.a", .narrows), ("context.a || context.b", "context.b", .unknown),
        ("context has a.b", "context has a", .widens), ("!(context.a && context.b)", "!context.a", .narrows),
        ("!(context.a || context.b)", "!context.a", .widens), ("!(context.n < 5)", "!(context.n < 10)", .narrows),
        ("!(context.n < 5)", "context.n < 10", .unknown), ("!(context.n == 5)", "!(context.n < 10)", .narrows),
        ("!(context has a)", "!(context has a.b)", .widens), ("!(principal is T)", "!(principal is U)", .unknown),
        ("!(principal in G::\"g\")", "!(principal is T in G::\"g\")", .widens),
        ("!(context.n < 5)", "!([2, \"a\"].contains(context.n))", .widens),
        ("!(context.n != 5)", "!(context.n > 5)", .widens), ("!(context.s != \"a\")", "!(context.s > 5)", .unknown),
        ("principal is T in G::\"g\"", "principal is T", .widens),
        ("principal is T in G::\"g\"", "principal in G::\"g\"", .widens),
        ("context.n < \"a\"", "context.n < \"b\"", .unknown), ("true", "context.a", .narrows),
        ("context.a", "", .widens),
        ("context.n > 9223372036854775807", "context.n > 0", .unknown),
    ])
    func `conditions are compared by what follows from what`(
        _ old: String, _ new: String, _ expected: Direction
    ) throws {
        #expect(try Self.difference(Self.permit(old), Self.permit(new)).direction == expected)
        let forbids = try Self.difference(
            Self.permit(old).replacing("permit", with: "forbid"), Self.permit(new).replacing("permit", with: "forbid"))
        #expect(forbids.direction == expected.reversed)
    }

    /// An earlier test that fails keeps later ones from being false.
    @Test(arguments: [
        ("context.a", "context.a && context.b", Direction.widens), ("context.a && context.b", "context.a", .narrows),
        ("context.a && context.b", "context.b", .unknown), ("context.b", "context.a && context.b", .unknown),
        ("context.a && context.b", "context.b && context.a", .unknown), ("context.n > 9", "context.n > 5", .narrows),
        ("context has n && context.n > 9", "context has n && context.n > 5", .narrows),
        ("context has n && context.n > 9", "context.n > 9", .unknown), ("context.a || context.b", "context.a", .widens),
        ("context.n == 5", "context.n < 10", .narrows), ("context.n < 10", "context.n == 5", .widens),
        ("context.n == 5", "context.n != 6", .narrows), ("context.a", "", .narrows), ("", "context.a", .widens),
        ("context.n > 5 && context.b", "context.n > 5 && context.n != 4 && context.b && context.c", .widens),
        ("context.n > 5 && context.b", "context.n > 5 && context.n != 7 && context.b", .unknown),
    ])
    func `where a failing forbid denies, the order of its tests counts`(
        _ old: String, _ new: String, _ expected: Direction
    ) throws {
        func forbid(_ condition: String) -> String { Self.permit(condition).replacing("permit", with: "forbid") }
        let found = try Self.difference(forbid(old), forbid(new), failingForbidsDeny: true)
        #expect(found.direction == expected)
        // Of a permit's errors nobody makes anything.
        let permits = try Self.difference(Self.permit(old), Self.permit(new), failingForbidsDeny: true)
        #expect(permits.direction == (try Self.difference(Self.permit(old), Self.permit(new))).direction)
    }

    @Test(arguments: [
        ("principal, action, resource", "principal is User, action, resource", Direction.narrows, Direction.narrows),
        ("principal == User::\"a\", action, resource", "principal is User, action, resource", .widens, .widens),
        (
            "principal == User::\"a\", action, resource", "principal == User::\"b\", action, resource", .unknown,
            .unknown
        ),
        (
            "principal is User in Team::\"t\", action, resource", "principal in Team::\"t\", action, resource", .widens,
            .widens
        ),
        (
            "principal, action == Action::\"view\", resource", "principal, action in Action::\"all\", resource",
            .unknown, .widens
        ),
        (
            "principal, action == Action::\"view\", resource",
            "principal, action in [Action::\"view\", Action::\"drop\"], resource", .widens, .widens
        ),
        (
            "principal, action in Action::\"view\", resource", "principal, action == Action::\"view\", resource",
            .narrows, .same
        ),
        (
            "principal, action, resource in Folder::\"f\"", "principal, action, resource is Doc in Folder::\"f\"",
            .narrows, .narrows
        ),
        (
            "principal, action, resource in Doc::\"d\"", "principal, action, resource is Folder", .unknown, .unknown
        ),
        ("principal, action in [], resource", "principal, action == Action::\"view\", resource", .widens, .widens),
    ])
    func `scopes are compared, with a schema by its hierarchies`(
        _ old: String, _ new: String, _ expected: Direction, _ withSchema: Direction
    ) throws {
        #expect(try Self.difference(Self.permit("", old), Self.permit("", new)).direction == expected)
        let difference = try Self.difference(
            Self.permit("", old), Self.permit("", new), schema: RandomWorld.schema)
        #expect(difference.direction == withSchema)
    }

    @Test func `policies are told apart by id and by what they say`() throws {
        let old = """
            @id("same") permit (principal, action, resource) when { context.a };
            @id("gone") permit (principal == U::"a", action, resource);
            @id("was") forbid (principal, action, resource) when { context.c };
            @id("note") @reason("x") forbid (principal, action, resource) when { context.d };
            @id("turned") permit (principal, action, resource) when { context.e };
            """
        let new = """
            @id("same") permit (principal,   action, resource) when { (context.a) };
            @id("new") forbid (principal == U::"b", action, resource);
            @id("was") @reason("y") forbid (principal, action, resource) when { context.c };
            @id("note") @reason("x") forbid (principal, action, resource) when { context.d && true };
            @id("turned") forbid (principal, action, resource) when { context.e };
            """
        let difference = try Self.difference(old, new)
        let kinds = difference.changes.map { change in
            switch change.kind {
            case .added: "\(change.policyID) added \(change.direction)"
            case .removed: "\(change.policyID) removed \(change.direction)"
            case .changed: "\(change.policyID) changed \(change.direction)"
            case .renamed: "\(change.policyID) renamed \(change.direction)"
            }
        }
        #expect(
            kinds == [
                "gone removed narrows", "new added narrows", "note changed same", "turned changed narrows",
                "was changed same",
            ])
        #expect(difference.direction == .narrows)
    }

    @Test func `a policy under another id is the same`() throws {
        let text = "permit (principal, action, resource) when { context.a };"
        let difference = try PolicySetDifference(
            from: PolicySet.parse([PolicyFile(name: "a", bytes: Array(text.utf8))]),
            to: PolicySet.parse([PolicyFile(name: "b", bytes: Array(text.utf8))]))
        #expect(difference.direction == .same)
        guard case .renamed(let old, let new)? = difference.changes.first?.kind else {
            Issue.record("not renamed: \(difference)")
            return
        }
        #expect(old.id == "a#0")
        #expect(new.id == "b#0")
    }

    @Test func `what others cover changes nothing`() throws {
        let wide = "@id(\"wide\") permit (principal, action, resource) when { context.n < 10 };"
        let narrow = "@id(\"narrow\") permit (principal is User, action, resource) when { context.n < 5 };"
        #expect(try Self.difference(wide, wide + narrow).direction == .same)
        #expect(try Self.difference(wide + narrow, wide).direction == .same)
        #expect(try Self.difference(wide + narrow, narrow).direction == .narrows)
        #expect(try Self.difference(narrow, wide).direction == .widens)
    }

    @Test func `a scope counts all changes that may touch it, and no others`() throws {
        let old = "@id(\"a\") permit (principal, action == Action::\"view\", resource);"
        let new = """
            @id("b") permit (principal, action == Action::"edit", resource);
            @id("c") forbid (principal == User::"x", action, resource);
            @id("a") permit (principal, action == Action::"view", resource) when { context.ok };
            """
        let difference = try Self.difference(old, new)
        let scopes = Dictionary(
            uniqueKeysWithValues: difference.scopes.map { ("\($0.principal) \($0.action)", $0.direction) })
        #expect(difference.scopes.count == 3)
        #expect(difference.direction == .both)
        let view = ActionConstraint.equal(EntityUID(type: "Action", id: "view"))
        let edit = ActionConstraint.equal(EntityUID(type: "Action", id: "edit"))
        #expect(scopes["\(EntityConstraint.any) \(view)"] == .narrows)
        #expect(scopes["\(EntityConstraint.any) \(edit)"] == .both)
        #expect(difference.scopes.filter { $0.action == .any }.map(\.direction) == [.both])
    }

    @Test func `the text shows the whole, the scopes and the policies`() throws {
        let old = """
            @id("pay") permit (principal, action == Action::"pay", resource) when { context.n < 10 && context.ok };
            @id("t") permit (principal == ?principal, action, resource);
            """
        let new = """
            @id("pay") permit (principal is User, action == Action::"pay", resource) when { context.n < 5 && context.ok };
            @id("stop") forbid (principal, action, resource) unless { context.ok };
            """
        #expect(
            try Self.difference(old, new).text == """
                as a whole: narrows: less may be allowed, nothing more is

                scopes:
                  (principal, action == Action::"pay", resource): narrows [pay]
                  (principal is User, action == Action::"pay", resource): narrows [pay]
                  (principal, action, resource): narrows [stop]

                policies:
                  ~ permit pay (p:1): narrows
                      - principal
                      + principal is User
                      - context.n < 10
                      + context.n < 5
                  + forbid stop (p:2): narrows

                templates:
                  - t

                """)
        #expect(try Self.difference(old, old).text == "no policy differs\n")
    }

    @Test func `large sets are compared in bounded time`() throws {
        let count = 3_000
        func text(_ offset: Int) -> String {
            (0..<count).map { index in
                "@id(\"\(index + offset)\") permit (principal, action, resource) when { context.a == \(index * 7 + offset) };"
            }.joined(separator: "\n")
        }
        let difference = try Self.difference(text(0), text(count / 2))
        #expect(difference.changes.count == count / 2 * 3)
        #expect(difference.scopes.count == 1)
        #expect(difference.direction == .unknown)
    }
}

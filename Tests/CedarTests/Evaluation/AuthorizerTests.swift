// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct AuthorizerTests {
    private func authorize(_ text: String) throws -> Response {
        let policies = try PolicySet.parse([PolicyFile(name: "f", bytes: Array(text.utf8))])
        return Authorizer.authorize(Evaluation.request, policies: policies, entities: Entities())
    }

    @Test func `nothing permitted is a deny without reasons`() throws {
        let response = try authorize("permit (principal, action, resource) when { false };")
        #expect(response.decision == .deny)
        #expect(response.determiningPolicies.isEmpty && response.errors.isEmpty)
        #expect(response.outcomes.map(\.result) == [.notSatisfied])
        #expect(try authorize("").decision == .deny)
    }

    @Test func `permits allow and all are named, sorted by bytes`() throws {
        let response = try authorize(
            """
            @id("b") permit (principal, action, resource);
            @id("no") permit (principal == User::"bob", action, resource);
            @id("é") permit (principal, action, resource);
            @id("B") permit (principal, action, resource);
            """)
        #expect(response.decision == .allow)
        #expect(response.determiningPolicies == ["B", "b", "é"])
        #expect(response.outcomes.map(\.policyID) == ["B", "b", "no", "é"])
    }

    @Test func `a forbid wins and only forbids are named`() throws {
        let response = try authorize(
            """
            @id("p") permit (principal, action, resource);
            @id("f2") forbid (principal, action, resource);
            @id("f1") forbid (principal, action, resource) unless { false };
            @id("f0") forbid (principal, action, resource) unless { true };
            """)
        #expect(response.decision == .deny)
        #expect(response.determiningPolicies == ["f1", "f2"])
    }

    @Test func `an error skips its policy, and every policy is evaluated though a forbid holds`() throws {
        let response = try authorize(
            """
            @id("p") permit (principal, action, resource);
            @id("pe") permit (principal, action, resource) when { context.none };
            @id("fe") forbid (principal, action, resource) when { 1 };
            """)
        // Cedar's own answer; whoever asks can tell from the outcomes that a forbid could not be evaluated.
        #expect(response.decision == .allow)
        #expect(response.determiningPolicies == ["p"])
        #expect(response.errors.map(\.policyID) == ["fe", "pe"])
        #expect(response.errors.map(\.effect) == [.forbid, .permit])
        #expect(response.errors.map(\.error.code) == [.type, .missingAttribute])

        let denied = try authorize(
            """
            @id("f") forbid (principal, action, resource);
            @id("pe") permit (principal, action, resource) when { context.none };
            """)
        #expect(denied.decision == .deny)
        #expect(denied.errors.map(\.policyID) == ["pe"])
    }

    @Test func `conditions are tried in order and stop at the first that does not hold`() throws {
        #expect(try authorize("permit (principal, action, resource) when { false } when { 1 };").errors.isEmpty)
        #expect(try authorize("permit (principal, action, resource) unless { true } when { 1 };").errors.isEmpty)
        #expect(try authorize("permit (principal, action, resource) when { 1 } when { false };").errors.count == 1)
        #expect(try authorize("permit (principal, action, resource) unless { 1 };").errors.count == 1)
        #expect(try authorize("permit (principal == U::\"x\", action, resource) when { 1 };").errors.isEmpty)
    }

    @Test(arguments: [
        ("principal, action, resource", true), ("principal == User::\"alice\", action, resource", true),
        ("principal == User::\"bob\", action, resource", false),
        ("principal in User::\"alice\", action, resource", true),
        ("principal in Group::\"g\", action, resource", true), ("principal in Group::\"top\", action, resource", true),
        ("principal in Group::\"other\", action, resource", false), ("principal is User, action, resource", true),
        ("principal is Group, action, resource", false),
        ("principal is User in Group::\"top\", action, resource", true),
        ("principal is Group in Group::\"top\", action, resource", false),
        ("principal, action == Action::\"view\", resource", true),
        ("principal, action == Action::\"edit\", resource", false),
        ("principal, action in Action::\"view\", resource", true),
        ("principal, action in Action::\"read\", resource", true),
        ("principal, action in [Action::\"edit\", Action::\"read\"], resource", true),
        ("principal, action in [Action::\"edit\"], resource", false), ("principal, action in [], resource", false),
        ("principal, action, resource is Photo", true), ("principal, action, resource is Photo in Album::\"a\"", true),
        ("principal, action, resource in Album::\"b\"", false),
        ("principal, action == N::Action::\"view\", resource", false),
    ])
    func `a scope holds for what it names`(scope: String, holds: Bool) throws {
        let entities = try Entities([
            Entity(uid: EntityUID(type: "User", id: "alice"), parents: [EntityUID(type: "Group", id: "g")]),
            Entity(uid: EntityUID(type: "Group", id: "g"), parents: [EntityUID(type: "Group", id: "top")]),
            Entity(uid: EntityUID(type: "Action", id: "view"), parents: [EntityUID(type: "Action", id: "read")]),
            Entity(uid: EntityUID(type: "Photo", id: "p"), parents: [EntityUID(type: "Album", id: "a")]),
        ])
        let policies = try Statements.parse("permit (\(scope));")
        let response = Authorizer.authorize(Evaluation.request, policies: policies, entities: entities)
        #expect((response.decision == .allow) == holds)
        #expect(response.errors.isEmpty)
    }
}

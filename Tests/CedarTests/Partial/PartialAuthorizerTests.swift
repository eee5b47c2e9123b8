// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// What is left of policies while parts of a request are unknown.
@Suite struct PartialAuthorizerTests {
    private static let agent = EntityUID(type: "User", id: "a")
    private static let view = EntityUID(type: "Action", id: "view")

    /// What is left of one permit with this condition, as text.
    private static func rest(
        _ condition: String, hasSchema: Bool, _ known: [UTF8String: PartialValue] = [:]
    ) throws -> String {
        let policies = try Statements.parse("permit (principal, action, resource) when { \(condition)\n};")
        let context = PartialRecord(known)
        let request =
            hasSchema
            ? try PartialRequest(
                principal: .known(agent), action: view, resource: .unknown("Doc"), context: context,
                schema: RandomWorld.schema)
            : PartialRequest(
                principal: .known(agent), action: view, resource: .unknown("Doc"), context: context)
        let response = PartialAuthorizer.authorize(request, policies: policies, entities: .unknown)
        let outcome = try #require(response.outcomes.first)
        switch outcome.result {
        case .satisfied: return "true"
        case .notSatisfied: return "false"
        case .error(let error): return "error \(error.code.rawValue)"
        case .neverSatisfied(let statement):
            return "never: \(statement.tests.map(\.description).joined(separator: " ; "))"
        case .residual(let statement): return statement.tests.map(\.description).joined(separator: " ; ")
        }
    }

    @Test(arguments: [
        ("context.x == 1", "context.x == 1"), ("true && context.x == 1", "context.x == 1"),
        ("context.x == 1 && true", "context.x == 1"), ("false && context.x", "false"),
        ("context.x && false", "never: context.x ; false"), ("context has x && false", "false"),
        ("context has x || true", "true"), ("context.x || true", "context.x || true"),
        ("1 + 2 + context.x > 3", "3 + context.x > 3"), ("context.x + 1 + 2 > 3", "context.x + 1 + 2 > 3"),
        ("9223372036854775807 + 1 + context.x > 3", "error overflow"),
        ("context.x && 1", "never: context.x ; 1"), ("1 && context.x", "error type"),
        ("true && context.x", "context.x"), ("(true && context.x) == true", "(true && context.x) == true"),
        ("if context has x then true else true", "true"), ("if true then context.x else 1", "context.x"),
        ("if context.x then false else false", "never: if context.x then false else false"),
        ("resource is Doc", "true"), ("resource is Folder", "false"), ("resource == Folder::\"f\"", "false"),
        ("resource == Doc::\"f\"", "resource == Doc::\"f\""), ("resource in resource", "true"),
        ("resource == resource", "true"), ("context.x == context.x", "context.x == context.x"),
        ("resource == 1", "false"), ("resource < 1", "never: resource < 1"), ("resource in 1", "never: resource in 1"),
        ("principal == User::\"a\"", "true"), ("principal in Team::\"t\"", "User::\"a\" in Team::\"t\""),
        ("principal.name like \"a*\"", "User::\"a\".name like \"a*\""),
        ("context has x && context.x", "context has x ; context.x"),
        ("{a: context.x, b: 1} has a", "{a: context.x, b: 1} has a"), ("{a: resource, b: 1} has a", "true"),
        ("{a: resource, b: 1}.b == 1", "true"), ("{a: resource} has c", "false"),
        ("[resource, principal].contains(1)", "[resource, User::\"a\"].contains(1)"), ("[resource].isEmpty()", "false"),
        ("[1, 2].contains(resource)", "false"), ("[].contains(context.x)", "never: [].contains(context.x)"),
        ("!(context has x)", "!(context has x)"),
        ("decimal(context.x) == decimal(\"1.0\")", "decimal(context.x) == decimal(\"1.0\")"),
        ("decimal(\"x\") == context.x", "error invalidExtension"),
        ("context.x == decimal(\"x\")", "never: context.x == decimal(\"x\")"),
    ])
    func `without a schema only what no value and no error can change goes`(
        _ condition: String, _ expected: String
    ) throws {
        #expect(try Self.rest(condition, hasSchema: false) == expected)
    }

    @Test(arguments: [
        ("context has n", "true"), ("context has nothing", "false"), ("context has s", "context has s"),
        ("context.nothing", "never: context.nothing"), ("context.flag && false", "false"),
        ("context.s == \"a\" && false", "never: context.s == \"a\" ; false"),
        ("context has s && context.s == \"a\" && false", "false"), ("context.n == \"a\"", "false"),
        ("context.n < \"a\"", "never: context.n < \"a\""),
        ("context.n + 1 > 1 && false", "never: context.n + 1 > 1 ; false"),
        ("context.who is User", "context.who is User"), ("context has who && context.who is User", "context has who"),
        ("context has who && context.who is Team", "false"), ("context has r.b", "true"),
        ("context has r.a.c", "never: context has r.a.c"),
        ("context has r.x", "false"), ("resource.owner is User && false", "never: resource.owner is User ; false"),
        ("resource has owner && resource.owner is User", "resource has owner"), ("resource has nothing", "false"),
        ("resource in Team::\"t\"", "false"), ("principal in Folder::\"f\"", "false"),
        ("resource in User::\"u\"", "false"),
        ("resource in Doc::\"d\"", "resource in Doc::\"d\""),
        ("context.list.contains(\"a\")", "context.list.contains(\"a\")"),
        ("action in Action::\"all\"", "true"), ("action in Action::\"drop\"", "false"),
        ("resource.hasTag(\"x\")", "false"),
        ("principal.hasTag(\"x\")", "User::\"a\".hasTag(\"x\")"),
        ("context.price.lessThan(decimal(\"1.0\")) || true", "true"),
        ("context.host.isInRange(ip(\"10.0.0.0/8\")) && false", "false"),
    ])
    func `a schema lets more be known`(_ condition: String, _ expected: String) throws {
        #expect(try Self.rest(condition, hasSchema: true) == expected)
    }

    @Test func `known values stand in what is left where they are small`() throws {
        let few = CedarValue.set(["b", "a"])
        let many = CedarValue.set(CedarSet((0..<100).map { CedarValue.long($0) }))
        let known: [UTF8String: PartialValue] = [
            "few": .known(few), "many": .known(many), "n": .known(5), "deep": .known(["a": ["b": ["c": 1]]]),
            "part": .record(PartialRecord(["a": .known(1), "b": .unknown])),
        ]
        let cases = [
            ("context.few.contains(context.x)", "[\"a\", \"b\"].contains(context.x)"),
            ("context.many.contains(context.x)", "context.many.contains(context.x)"),
            ("context.x < context.n", "context.x < 5"), ("context.deep == context.x", "context.deep == context.x"),
            ("context.deep.a.b.c == 1", "true"), ("context.part.a == 1", "true"),
            ("context.part.b == 1", "context.part.b == 1"), ("context has n", "true"), ("context.n == 4", "false"),
        ]
        for (condition, expected) in cases {
            #expect(try Self.rest(condition, hasSchema: false, known) == expected)
        }
    }

    @Test func `a tool is never, possibly or always permitted`() throws {
        let text = """
            permit (principal == User::"a", action == Action::"view", resource) when { context.n < 10 };
            permit (principal == User::"b", action == Action::"edit", resource is Doc);
            forbid (principal, action == Action::"edit", resource) when { context has s && context.s == "x" };
            permit (principal, action == Action::"drop", resource) when { context.flag && resource is Team };
            """
        let policies = try Statements.parse(text)
        func possibility(
            _ user: UTF8String, _ action: UTF8String, failingForbidsDeny: Bool = false
        ) throws -> Possibility {
            let request = try PartialRequest(
                principal: .known(EntityUID(type: "User", id: user)), action: EntityUID(type: "Action", id: action),
                resource: .unknown("Doc"), schema: RandomWorld.schema)
            return PartialAuthorizer.authorize(request, policies: policies, entities: .unknown)
                .possibility(failingForbidsDeny: failingForbidsDeny)
        }
        #expect(try possibility("a", "view") == .possibly)
        #expect(try possibility("b", "view") == .never)
        #expect(try possibility("b", "edit") == .possibly)
        #expect(try possibility("a", "drop") == .never)
        let always = try Statements.parse("permit (principal, action, resource is Doc);")
        let failing = try Statements.parse(
            "permit (principal, action, resource is Doc); forbid (principal, action, resource) when { resource.nothing };"
        )
        let request = PartialRequest(
            principal: .known(Self.agent), action: Self.view, resource: .unknown("Doc"))
        #expect(PartialAuthorizer.authorize(request, policies: always, entities: .unknown).possibility() == .always)
        let typed = try PartialRequest(
            principal: .known(Self.agent), action: Self.view, resource: .unknown("Doc"), schema: RandomWorld.schema)
        let response = PartialAuthorizer.authorize(typed, policies: failing, entities: .unknown)
        #expect(response.possibility() == .always)
        #expect(response.decision == .allow)
        #expect(response.possibility(failingForbidsDeny: true) == .possibly)
    }

    @Test func `what would have to hold is told`() throws {
        let text = """
            permit (principal, action == Action::"view", resource in Folder::"f")
            when { principal == User::"a" && context.n < 10 } unless { context has s || context.flag };
            permit (principal, action == Action::"edit", resource);
            forbid (principal, action, resource) when { context.r.b };
            """
        let request = try PartialRequest(
            principal: .known(Self.agent), action: Self.view, resource: .unknown("Doc"), schema: RandomWorld.schema)
        let response = PartialAuthorizer.authorize(
            request, policies: try Statements.parse(text), entities: .unknown)
        let requirements = response.requirements
        #expect(requirements.possibility == .possibly)
        #expect(requirements.permits.map(\.policy.id) == ["policy0"])
        #expect(
            requirements.text == """
                allowed if this holds:
                  permit policy0 (test:1)
                    resource in Folder::"f"
                    context.n < 10
                    !(context has s)
                    !context.flag
                and not all tests of this hold:
                  forbid policy2 (test:4)
                    context.r.b

                """)
        #expect(
            response.residuals.map(\.statement.description) == [
                "permit (principal, action, resource in Folder::\"f\")\nwhen { context.n < 10 }\n"
                    + "unless { context has s || context.flag };",
                "forbid (principal, action, resource)\nwhen { context.r.b };",
            ])
    }

    @Test func `a request that the schema does not allow is refused`() {
        typealias Case = (PartialEntityUID, EntityUID, PartialEntityUID, PartialRecord, PartialRequestError)
        let all = EntityUID(type: "Action", id: "all")
        let cases: [Case] = [
            (.unknown("User"), all, .unknown("Doc"), .unknown, .actionNotApplicable(all)),
            (.unknown("Doc"), Self.view, .unknown("Doc"), .unknown, .principalType),
            (.unknown("User"), Self.view, .unknown("User"), .unknown, .resourceType),
            (.unknown("User"), Self.view, .unknown("Doc"), PartialRecord(["z": .unknown]), .unknownAttribute("z")),
            (.unknown("User"), Self.view, .unknown("Doc"), PartialRecord(["n": .known("a")]), .attributeType("n")),
            (
                .unknown("User"), Self.view, .unknown("Doc"), PartialRecord(["n": .unknown], isOpen: false),
                .missingAttribute("flag")
            ),
        ]
        for (principal, action, resource, context, expected) in cases {
            #expect(throws: expected) {
                try PartialRequest(
                    principal: principal, action: action, resource: resource, context: context,
                    schema: RandomWorld.schema)
            }
        }
    }

    @Test func `residuals are only for requests that the partial one may become`() throws {
        let request = PartialRequest(
            principal: .known(Self.agent), action: Self.view, resource: .unknown("Doc"),
            context: PartialRecord(["n": .known(1)]))
        let response = PartialAuthorizer.authorize(
            request, policies: try Statements.parse("permit (principal, action, resource);"), entities: .unknown)
        func full(_ user: UTF8String, _ type: EntityTypeName, _ n: Int64) -> Request {
            Request(
                principal: EntityUID(type: "User", id: user), action: Self.view,
                resource: EntityUID(type: type, id: "d"), context: ["n": .long(n)])
        }
        #expect(try response.reauthorize(full("a", "Doc", 1), entities: Entities()).decision == .allow)
        for other in [full("b", "Doc", 1), full("a", "Folder", 1), full("a", "Doc", 2)] {
            #expect(throws: PartialRequestError.inconsistent) {
                try response.reauthorize(other, entities: Entities())
            }
        }
    }

    @Test func `an unknown parent may have more parents`() throws {
        let team = EntityUID(type: "Team", id: "t")
        let known = try Entities([Entity(uid: Self.agent, parents: [team])])
        let policies = try Statements.parse("permit (principal in Team::\"u\", action, resource);")
        let request = PartialRequest(
            principal: .known(Self.agent), action: Self.view, resource: .unknown("Doc"),
            context: PartialRecord(CedarRecord()))
        func decision(_ entities: PartialEntities) -> Decision? {
            PartialAuthorizer.authorize(request, policies: policies, entities: entities).decision
        }
        #expect(decision(PartialEntities(known, others: .unknown)) == nil)
        #expect(decision(PartialEntities(known, others: .absent)) == .deny)
        let whole = try known.adding([Entity(uid: team)])
        #expect(decision(PartialEntities(whole, others: .unknown)) == .deny)
    }

    @Test func `deep nesting takes no more than its share of time`() throws {
        var condition = "principal"
        for _ in 0..<24 { condition = "(if (\(condition) is User in User::\"a\") then principal else resource)" }
        let policies = try Statements.parse("permit (principal, action, resource) when { \(condition) == principal };")
        let request = PartialRequest(
            principal: .unknown("User"), action: Self.view, resource: .unknown("Doc"))
        let response = PartialAuthorizer.authorize(request, policies: policies, entities: .unknown)
        #expect(response.residuals.count == 1)
        let full = Request(principal: Self.agent, action: Self.view, resource: EntityUID(type: "Doc", id: "d"))
        #expect(Authorizer.authorize(full, policies: policies, entities: Entities()).decision == .allow)
    }
}

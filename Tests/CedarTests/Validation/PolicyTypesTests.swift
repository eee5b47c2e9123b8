// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// The types that the checker hands out, expression by expression.
@Suite struct PolicyTypesTests {
    private func policy(_ condition: UTF8String, _ scope: UTF8String = "principal, action, resource") throws -> Policy {
        let set = try ValidationFixture.set(UTF8String("permit (\(scope)) when { \(condition) };"))
        return try #require(set.policies.first)
    }

    private func body(_ policy: Policy) throws -> Expression { try #require(policy.conditions.first?.body) }

    @Test func `each expression has its type, and what is not evaluated has none`() throws {
        let validator = try ValidationFixture.validator()
        let policy = try policy("principal is Kind || principal has age && principal.age + 1 == context.n")
        let types = validator.types(of: policy.statement, in: ValidationFixture.user)
        #expect(types.isValid && types.type == .bool)
        guard case .or(let sides) = try body(policy).kind, sides.count == 2, case .and(let parts) = sides[1].kind,
            case .comparison(_, let sum, let n) = parts[1].kind
        else {
            Issue.record("another tree")
            return
        }
        #expect(types[try body(policy)] == .bool)
        #expect(types[sides[0]] == .false)
        #expect(types[parts[0]] == .bool)
        #expect(types[sum] == .long && types[n] == .long)

        let kind = RequestEnvironment(
            principal: "Kind", action: ValidationFixture.user.action, resource: ValidationFixture.user.resource)
        let others = validator.types(of: policy.statement, in: kind)
        #expect(others.isValid && others.type == .true)
        #expect(others[sides[0]] == .true)
        #expect(others[sides[1]] == nil && others[sum] == nil)
    }

    @Test(arguments: [
        ("principal", "User"), ("action", "Action"), ("context.u.r", "{x?: Long, y: Long}"), ("[1, 2]", "Set<Long>"),
        ("{b: true, a: [false]}", "{a: Set<False>, b: True}"), ("{\"x y\": 1}", "{\"x y\": Long}"),
        ("if context.b then true else false", "Bool"), ("principal.d", "decimal"), ("ip(\"::1\")", "ipaddr"),
        ("principal.t.toTime()", "duration"), ("context has zz", "False"), ("principal.t", "datetime"),
        ("principal is User", "True"), ("principal.name", "String"), ("[Action::\"read\"]", "Set<Action>"),
    ])
    func `types are written as schemas write them`(text: UTF8String, type: String) throws {
        let policy = try policy(UTF8String("(\(text)) == (\(text))"))
        guard case .comparison(_, let left, _) = try body(policy).kind else {
            Issue.record("another tree")
            return
        }
        let types = try ValidationFixture.validator().types(of: left, in: ValidationFixture.user)
        #expect(types.isValid)
        #expect(types.type?.description == type)
        #expect(types[left] == types.type)
    }

    @Test func `a scope that cannot hold makes the policy false, and a mistake leaves the type open`() throws {
        let validator = try ValidationFixture.validator()
        let never = try policy("1", "principal is Kind, action, resource")
        #expect(validator.types(of: never.statement, in: ValidationFixture.user).type == .false)
        #expect(validator.types(of: never.statement, in: ValidationFixture.user).isValid)
        let always = try policy("true", "principal is User, action in Action::\"all\", resource is Doc")
        #expect(validator.types(of: always.statement, in: ValidationFixture.user).type == .true)
        let wrong = try policy("principal is User && principal == Nope::\"x\"")
        #expect(!validator.types(of: wrong.statement, in: ValidationFixture.user).isValid)
    }

    @Test func `a node at several places has the join of its types`() throws {
        let validator = try ValidationFixture.validator()
        let test = try body(try policy("principal has age"))
        let span = test.span
        let tree = Expression(.and([test, test]), span: span)
        let types = validator.types(of: tree, in: ValidationFixture.user)
        #expect(types.type == .bool)
        #expect(types[test] == .bool)
    }

    @Test func `environments are all kinds of requests, in order`() throws {
        let environments = try ValidationFixture.validator().environments
        #expect(
            environments.map(\.description) == [
                "(principal is Kind, action == Action::\"read\", resource is Doc)",
                "(principal is User, action == Action::\"read\", resource is Doc)",
                "(principal is User, action == Action::\"write\", resource is Doc)",
                "(principal is N::Box, action == N::Action::\"go\", resource is N::Box)",
            ])
        #expect(ExpressionType(CedarType.set(.bool)).declared == .set(.bool))
        #expect(ExpressionType.set(.true).declared == .set(.bool))
    }
}

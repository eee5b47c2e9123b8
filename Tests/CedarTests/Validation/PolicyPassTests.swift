// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Whole policies: names, scopes, environments, templates and links.
@Suite struct PolicyPassTests {
    typealias Code = ValidationFinding.Code

    private func check(_ policy: UTF8String, _ codes: [Code]) throws {
        let report = try ValidationFixture.report(policy)
        #expect(Set(report.errors.map(\.code)) == Set(codes), "\(policy): \(report)")
        #expect(report.errors.count == codes.count)
    }

    @Test(
        arguments: [
            ("permit (principal, action, resource);", []),
            ("permit (principal is Nope, action, resource);", [.unknownEntityType, .noApplicableAction]),
            ("permit (principal == Nope::\"x\", action, resource);", [.unknownEntityType, .noApplicableAction]),
            ("permit (principal, action == Action::\"raed\", resource);", [.unknownAction, .noApplicableAction]),
            (
                "permit (principal, action in [Action::\"read\", Action::\"raed\"], resource);",
                [.unknownAction, .noApplicableAction]
            ),
            ("permit (principal == Kind::\"three\", action, resource);", [.unlistedEntity]),
            (
                "permit (principal, action, resource) when { false && User::\"x\" == Nope::\"y\" };",
                [.unknownEntityType]
            ),
            (
                "permit (principal, action, resource) when { false && Kind::\"three\" == Kind::\"one\" };",
                [.unlistedEntity]
            ),
            ("permit (principal, action, resource) when { false && action == Action::\"zz\" };", [.unknownAction]),
            ("permit (principal, action, resource) when { principal is N::Action };", []),
            ("permit (principal, action, resource) when { principal is Nope in Group::\"g\" };", [.unknownEntityType]),
        ] as [(UTF8String, [Code])])
    func `what a policy names must exist, in dead code too`(policy: UTF8String, codes: [Code]) throws {
        try check(policy, codes)
    }

    @Test(
        arguments: [
            ("permit (principal is User, action, resource is Kind);", [.noApplicableAction]),
            ("permit (principal in Doc::\"d\", action, resource);", [.noApplicableAction]),
            ("permit (principal == Group::\"g\", action, resource);", [.noApplicableAction]),
            ("permit (principal in Group::\"g\", action, resource);", []),
            ("permit (principal in Kind::\"one\", action, resource);", []),
            ("permit (principal, action == Action::\"none\", resource);", [.noApplicableAction]),
            ("permit (principal, action == Action::\"all\", resource);", [.noApplicableAction]),
            ("permit (principal, action in Action::\"all\", resource);", []),
            ("permit (principal is Kind, action == Action::\"write\", resource);", [.noApplicableAction]),
            ("permit (principal is N::Box, action in Action::\"all\", resource is Doc);", [.noApplicableAction]),
            ("permit (principal is Doc in Group::\"x\", action, resource);", [.noApplicableAction]),
            ("permit (principal == Action::\"read\", action, resource);", [.noApplicableAction]),
            ("permit (principal in Action::\"all\", action, resource);", [.noApplicableAction]),
            ("permit (principal == User::\"a\", action in [], resource);", [.emptySet, .noApplicableAction]),
            (
                "permit (principal, action in [Action::\"read\", N::Action::\"go\"], resource);", [.incompatibleTypes]
            ),
        ] as [(UTF8String, [Code])])
    func `a scope must admit an action with such a principal and resource`(policy: UTF8String, codes: [Code]) throws {
        try check(policy, codes)
    }

    @Test func `a policy is checked in every environment that its scope admits`() throws {
        let report = try ValidationFixture.report(
            "permit (principal, action, resource) when { principal.name == \"x\" };")
        #expect(
            Set(report.errors.map(\.message)) == ["`N::Box` has no attribute `name`", "`Kind` has no attribute `name`"])
        try check("permit (principal is User, action, resource) when { principal.name == \"x\" };", [])
        try check(
            "permit (principal, action in Action::\"all\", resource) when { principal is User && principal.b };", [])
        try check("permit (principal, action == Action::\"write\", resource) when { principal.b && context.b };", [])
        try check("permit (principal, action, resource is Doc) unless { context.b };", [])
        try check("permit (principal, action, resource) when { context.b };", [.unknownAttribute])
    }

    @Test func `conditions know what those before them show`() throws {
        try check(
            """
            permit (principal, action, resource is Doc) when { context.b } when { context has o }
            unless { context.o == "x" };
            """, [])
        try check(
            """
            permit (principal is User, action == Action::"read", resource) unless { context has o }
            when { context.o == "x" };
            """, [.unguardedAttribute])
        try check("permit (principal is User, action, resource) when { false } when { 1 };", [])
        try check("permit (principal is Kind, action, resource) when { 1 };", [.unexpectedType])
    }

    @Test func `misspelt names come with the name that was meant`() throws {
        func suggestion(_ policy: UTF8String) throws -> String? {
            try ValidationFixture.report(policy).errors.compactMap(\.suggestion).first
        }
        #expect(try suggestion("permit (principal is Usr, action, resource);") == "`User`")
        #expect(try suggestion("permit (principal, action == Action::\"raed\", resource);") == "`Action::\"read\"`")
        #expect(try suggestion("permit (principal == Kind::\"onee\", action, resource);") == "`Kind::\"one\"`")
        #expect(
            try suggestion("permit (principal == Group::\"g\", action, resource);")
                == "`in` instead of `==` for the principal")
        #expect(try suggestion("permit (principal is Whatever, action, resource);") == nil)
    }

    @Test func `what is wrong in a scope is shown at its part`() throws {
        let report = try ValidationFixture.report(
            "permit (principal is Usr, action == Action::\"raed\", resource == Kind::\"three\");")
        #expect(
            report.findings.map(\.code) == [.unknownEntityType, .noApplicableAction, .unknownAction, .unlistedEntity])
        #expect(report.findings.map(\.span.column) == [9, 9, 27, 53])
    }

    @Test func `a policy that is false in every environment is warned of`() throws {
        for condition in [
            "false", "resource.hasTag(\"x\")", "principal in Doc::\"d\"", "1 == \"x\"", "principal has zz",
        ] {
            let text = "permit (principal is User, action, resource) when { \(condition) };"
            let report = try ValidationFixture.report(UTF8String(text))
            #expect(report.isValid)
            #expect(report.warnings.map(\.code) == [.impossiblePolicy])
        }
        let possible = try ValidationFixture.report(
            "permit (principal, action, resource) when { principal is User && principal.b };")
        #expect(possible.findings.isEmpty)
    }

    @Test func `a template is checked for every link, and a link for what it adds`() throws {
        let text: UTF8String = """
            permit (principal == ?principal, action, resource in ?resource) when { principal has age };
            permit (principal is User in ?principal, action, resource) when { principal.age > 1 };
            """
        var set = try ValidationFixture.set(text)
        let validator = try ValidationFixture.validator()
        #expect(validator.report(on: set).errors.map(\.code) == [.unguardedAttribute])
        #expect(validator.report(on: set).errors.map(\.policyID) == ["policy1"])

        let user = EntityUID(type: "User", id: "a")
        let doc = EntityUID(type: "Doc", id: "d")
        try set.link("policy0", as: "good", [.principal: user, .resource: doc])
        try set.link("policy0", as: "typo", [.principal: EntityUID(type: "Usr", id: "a"), .resource: doc])
        try set.link("policy0", as: "never", [.principal: user, .resource: EntityUID(type: "Lone", id: "x")])
        try set.link("policy0", as: "unlisted", [.principal: EntityUID(type: "Kind", id: "three"), .resource: doc])
        let report = validator.report(on: set)
        #expect(report["good"].isEmpty)
        #expect(Set(report["typo"].map(\.code)) == [.unknownEntityType, .noApplicableAction])
        #expect(report["never"].map(\.code) == [.noApplicableAction])
        #expect(report["unlisted"].map(\.code) == [.unlistedEntity])
        #expect(report["unlisted"].map(\.severity) == [.warning])
    }

    @Test func `a report is in the order of ids and places, the same each time`() throws {
        let text: UTF8String = """
            permit (principal, action, resource) when { principal.zz };
            permit (principal is Nope, action == Action::"nope", resource) when { [].isEmpty() };
            """
        let first = try ValidationFixture.report(text)
        #expect(first == (try ValidationFixture.report(text)))
        let ids = first.findings.compactMap(\.policyID)
        #expect(ids == ids.sorted() && Set(ids).count == 2)
        let schema = try Schema(parsing: ValidationFixture.text)
        #expect(try ValidationFixture.set(text).validated(against: schema) == first)
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Levels (RFC 76): how many entities away from the request a policy reads.
@Suite struct LevelTests {
    @Test(arguments: [
        ("true", 0),
        ("context.b", 0),
        ("context.r has x && context.r.x == 1", 0),
        ("principal == User::\"a\"", 0),
        ("principal is User", 0),
        ("action == Action::\"read\"", 0),
        ("principal.name == \"x\"", 1),
        ("principal has name", 1),
        ("principal.r.y == 1", 1),
        ("principal has r.x", 1),
        ("principal in Group::\"g\"", 1),
        ("principal is User in Group::\"g\"", 1),
        ("principal is Kind in Group::\"g\"", 0),
        ("action in Action::\"all\"", 1),
        ("Action::\"read\" in Action::\"all\"", 1),
        ("principal.hasTag(\"x\")", 1),
        ("principal.hasTag(\"x\") && principal.getTag(\"x\").contains(\"y\")", 1),
        ("resource.viewers.contains(principal)", 1),
        ("principal in resource.viewers", 1),
        ("resource.owner.name == \"x\"", 2),
        ("resource.owner has name", 2),
        ("resource has owner.name", 2),
        ("resource has owner.r.x", 2),
        ("resource has owner.mgr.name", 3),
        ("resource.owner in Group::\"g\"", 2),
        ("resource.owner has mgr && resource.owner.mgr.name == \"x\"", 3),
        ("context.u.name == \"x\"", 1),
        ("context has u.name", 1),
        ("context has u", 0),
        ("{a: principal, c: resource.owner}.a.name == \"x\"", 1),
        ("{a: principal, c: resource.owner.name}.a.name == \"x\"", 2),
        ("{a: {c: resource.owner}}.a.c.name == \"x\"", 2),
        ("{a: principal} has a.name", 1),
        ("(if context.b then principal else resource.owner).name == \"x\"", 2),
        ("(if principal.b then principal else context.u).name == \"x\"", 1),
        ("(if true then principal else resource.owner).name == \"x\"", 1),
        ("principal.hasTag(resource.owner.name)", 2),
        ("false && resource.owner.name == \"x\"", 0),
        ("[principal.name, resource.owner.name].contains(\"x\")", 2),
        ("principal.t.offset(duration(\"1d\")) > resource.owner.t", 2),
    ])
    func `a level is enough from the number of steps on`(condition: UTF8String, steps: Int) throws {
        for level in 0...4 {
            let errors = try ValidationFixture.errors(in: condition, level: level)
            #expect(errors.isEmpty == (level >= steps), "level \(level): \(errors)")
            #expect(errors.allSatisfy { $0.code == .levelExceeded })
        }
        #expect(try ValidationFixture.errors(in: condition).isEmpty)
    }

    @Test(
        arguments: [
            "User::\"a\".name == \"x\"", "User::\"a\" in Group::\"g\"", "User::\"a\" has name",
            "(if context.b then principal else User::\"a\").name == \"x\"", "Action::\"write\" in Action::\"all\"",
        ] as [UTF8String])
    func `what the policy names itself cannot be read at any level`(condition: UTF8String) throws {
        #expect(try ValidationFixture.errors(in: condition, level: 9).map(\.code) == [.literalDereference])
        #expect(try ValidationFixture.errors(in: condition).isEmpty)
    }

    @Test func `a scope that asks with in takes a step where it comes to that`() throws {
        func codes(_ policy: UTF8String, level: Int) throws -> [ValidationFinding.Code] {
            try ValidationFixture.report(policy, level: level).errors.map(\.code)
        }
        for scope in [
            "principal in Group::\"g\", action, resource", "principal, action in Action::\"all\", resource",
            "principal is User in ?principal, action, resource", "principal, action, resource in Doc::\"d\"",
        ] {
            #expect(try codes(UTF8String("permit (\(scope));"), level: 0) == [.levelExceeded])
            #expect(try codes(UTF8String("permit (\(scope));"), level: 1).isEmpty)
        }
        #expect(
            try codes("permit (principal == User::\"a\", action == Action::\"read\", resource is Doc);", level: 0) == []
        )
    }

    @Test func `levels are looked at only in policies that are valid otherwise`() throws {
        let errors = try ValidationFixture.errors(in: "resource.owner.name == \"x\" && [].isEmpty()", level: 0)
        #expect(errors.map(\.code) == [.emptySet])
    }
}

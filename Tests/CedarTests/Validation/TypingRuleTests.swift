// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Cedar's typing rules, one condition a line. The verdicts are those of the reference implementation, 4.12.
@Suite struct TypingRuleTests {
    typealias Code = ValidationFinding.Code

    struct Row: CustomTestStringConvertible {
        let condition: UTF8String
        let codes: [Code]

        init(_ condition: UTF8String, _ codes: [Code]) {
            self.condition = condition
            self.codes = codes
        }

        var testDescription: String { condition.string }
    }

    private func check(_ condition: UTF8String, _ codes: [Code]) throws {
        let errors = try ValidationFixture.errors(in: condition)
        #expect(errors.map(\.code) == codes, "\(condition): \(errors)")
    }

    @Test(
        arguments: [
            Row("principal has age && principal.age == 1", []),
            Row("principal.age == 1", [.unguardedAttribute]),
            Row("principal.age == 1 && principal has age", [.unguardedAttribute]),
            Row("principal has \"age\" && principal[\"age\"] == 1", []),
            Row("principal has \"odd name\" && principal[\"odd name\"] == 1", []),
            Row("(principal has age) == true && principal.age == 1", [.unguardedAttribute]),
            Row("!(!(principal has age)) && principal.age == 1", [.unguardedAttribute]),
            Row("true && principal has age && true && principal.age == 1", []),
            Row("(true || principal has age) && principal.age == 1", [.unguardedAttribute]),
            Row("(false || principal has age) && principal.age == 1", []),
            Row("(principal has age || false) && principal.age == 1", []),
            Row("(principal has age || true) && principal.age == 1", [.unguardedAttribute]),
            Row("(principal has age || principal has age && context.b) && principal.age == 1", []),
            Row("(principal has age || context.b) && principal.age == 1", [.unguardedAttribute]),
            Row("principal has age && (principal has age || context.b) && principal.age == 1", []),
            Row("principal has age || principal.age == 1", [.unguardedAttribute]),
            Row("!(principal has age) || principal.age == 1", [.unguardedAttribute]),
            Row("if principal has age then principal.age == 1 else true", []),
            Row("if principal has age then true else principal.age == 1", [.unguardedAttribute]),
            Row("(if context.b then principal has age else false) && principal.age == 1", [.unguardedAttribute]),
            Row("(if true then principal has age else false) && principal.age == 1", []),
            Row("(if false then true else principal has age) && principal.age == 1", []),
            Row("(if principal has age then true else principal has age) && principal.age == 1", []),
            Row("(if context.b then principal has age else principal has age) && principal.age == 1", []),
            Row("(if principal has age then context.b else false) && principal.age == 1", [.unguardedAttribute]),
            Row("principal has mgr && principal.mgr has age && principal.mgr.age > 1", []),
            Row("principal has mgr.age && principal.mgr.age > 1", []),
            Row("principal has mgr && principal.mgr.age > 1", [.unguardedAttribute]),
            Row("principal has r.x && principal.r.x > 1", []),
            Row("principal.r.x > 1", [.unguardedAttribute]),
            Row("context has o && context.o == \"x\"", []),
            Row("context.o == \"x\"", [.unguardedAttribute]),
        ] as [Row])
    func `an optional attribute may be read where a test for it was true`(row: Row) throws {
        try check(row.condition, row.codes)
    }

    @Test(arguments: [
        ("(if context.n != 1 then U else U)", "(if !(context.n == 1) then U else U)", true),
        ("(if context.n > 1 then U else U)", "(if !(context.n <= 1) then U else U)", true),
        ("(if context.n >= 1 then U else U)", "(if !(context.n < 1) then U else U)", true),
        ("(if context.n >= 1 then U else U)", "(if 1 <= context.n then U else U)", false),
        (
            "(if context.b && context.b && true then U else U)", "(if (context.b && context.b) && true then U else U)",
            true
        ),
        (
            "(if context.b && (context.b && true) then U else U)", "(if context.b && context.b && true then U else U)",
            false
        ),
        (
            "(if context.b || context.b || true then U else U)", "(if (context.b || context.b) || true then U else U)",
            true
        ),
        ("(if context.n + 1 - 2 == 1 then U else U)", "(if (context.n + 1) - 2 == 1 then U else U)", true),
        ("(if context.n == -1 then U else U)", "(if context.n == -(1) then U else U)", false),
        ("{a: U, c: 1}.a", "{c: 1, a: U}.a", true),
        (
            "(if U is User in Group::\"g\" then U else U)", "(if U is User && U in Group::\"g\" then U else U)", true
        ),
        ("(if U has mgr.r.x then U else U)", "(if U has mgr && U.mgr has r && U.mgr.r has x then U else U)", true),
        ("(if U.name like \"\\u{61}*\" then U else U)", "(if U.name like \"a*\" then U else U)", true),
        ("U[\"mgr\"]", "U.mgr", true),
        ("U", "context.u", false),
    ])
    func `a test counts for what is written the same way`(tested: String, read: String, isSame: Bool) throws {
        let condition = "principal has mgr && \(tested) has age && \(read).age == 1"
            .split(separator: "U", omittingEmptySubsequences: false)
        // `U` of `User` stays.
        var text = ""
        for (index, piece) in condition.enumerated() {
            if index > 0 { text += piece.hasPrefix("ser") ? "U" : "principal" }
            text += piece
        }
        try check(UTF8String(text), isSame ? [] : [.unguardedAttribute])
    }

    @Test(
        arguments: [
            Row("principal.naem == \"x\"", [.unknownAttribute]),
            Row("{a: 1}.c == 1", [.unknownAttribute]),
            Row("{a: 1} has c", []),
            Row("principal has foo.bar", []),
            Row("principal has foo && principal.foo.bar", []),
            Row("principal has name.foo", [.unexpectedType]),
            Row("1 has x", [.unexpectedType]),
            Row("[1] has x", [.unexpectedType]),
            Row("action.foo", [.unknownAttribute]),
            Row("action has foo", []),
            Row("action has foo && 1", []),
            Row("Kind::\"one\" has x && 1", []),
            Row("Kind::\"one\".x", [.unknownAttribute]),
            Row("if principal.r has y then true else 1", []),
            Row("if principal has name then true else 1", [.incompatibleTypes]),
            Row("principal has name && (if principal has name then true else 1)", []),
        ] as [Row])
    func `attributes are those of the type, and a test for another is false`(row: Row) throws {
        try check(row.condition, row.codes)
    }

    @Test(
        arguments: [
            Row("principal.hasTag(\"x\") && principal.getTag(\"x\").contains(\"a\")", []),
            Row("principal.getTag(\"x\").contains(\"a\")", [.unguardedTag]),
            Row("principal.hasTag(\"x\") && principal.getTag(\"y\").contains(\"a\")", [.unguardedTag]),
            Row("principal.hasTag(\"\\u{61}\") && principal.getTag(\"a\").contains(\"a\")", []),
            Row("principal.hasTag(principal.name) && principal.getTag(principal.name).contains(\"a\")", []),
            Row("resource.hasTag(\"x\") && resource.getTag(\"x\") == 1", []),
            Row("!resource.hasTag(\"x\") || resource.getTag(\"x\") == 1", []),
            Row("resource.getTag(\"x\") == 1", [.unguardedTag]),
            Row("action.hasTag(\"x\")", []),
            Row("action.getTag(\"x\")", [.unguardedTag]),
            Row("principal.hasTag(1)", [.unexpectedType]),
            Row("1.hasTag(\"x\")", [.unexpectedType]),
        ] as [Row])
    func `a tag may be read where a test for the same name was true`(row: Row) throws {
        try check(row.condition, row.codes)
    }

    @Test(
        arguments: [
            Row("1 == \"x\"", []),
            Row("(1 == \"x\") && 1", []),
            Row("!(1 == 1) && 1", []),
            Row("context.n == \"x\"", [.incompatibleTypes]),
            Row("principal == resource", []),
            Row("(principal == resource) && 1", []),
            Row("principal != resource || 1", []),
            Row("action == Action::\"read\" || 1", []),
            Row("action == Action::\"write\" && 1", []),
            Row("action == 1 && 1", []),
            Row("{a: 1} == {c: 1}", [.incompatibleTypes]),
            Row("{a: 1} == {a: \"x\"}", [.incompatibleTypes]),
            Row("{a: true} == {a: false}", []),
            Row("{a: User::\"x\"} == {a: Doc::\"x\"}", [.incompatibleTypes]),
            Row("[User::\"x\"] == [Doc::\"x\"]", [.incompatibleTypes]),
            Row("context.r == {x: 1}", [.incompatibleTypes]),
            Row("{} == context.r", [.incompatibleTypes]),
            Row("1 < 2", []),
            Row("1 < \"x\"", [.unexpectedType]),
            Row("\"a\" < \"b\"", [.unexpectedType, .unexpectedType]),
            Row("principal.d < decimal(\"1.0\")", [.unexpectedType, .unexpectedType]),
            Row("principal.t >= datetime(\"2024-01-01\")", []),
            Row("principal.t > 1", [.unexpectedType]),
            Row("duration(\"1h\") <= datetime(\"2024-01-01\")", [.unexpectedType]),
        ] as [Row])
    func `what is compared has one type, or is known to differ`(row: Row) throws {
        try check(row.condition, row.codes)
    }

    @Test(
        arguments: [
            Row("action in Action::\"all\" || 1", []),
            Row("action in Action::\"write\" && 1", []),
            Row("action in [Action::\"write\", Action::\"read\"] || 1", []),
            Row("action in [Action::\"read\", User::\"x\"]", [.incompatibleTypes]),
            Row("action in User::\"x\" && 1", []),
            Row("User::\"x\" in action && 1", []),
            Row("N::Action::\"go\" in Action::\"all\" || 1", []),
            Row("context.u.act in Action::\"all\"", []),
            Row("context.u.act in N::Action::\"go\" && 1", []),
            Row("principal in Doc::\"x\" && 1", []),
            Row("principal in Group::\"x\" && 1", [.unexpectedType]),
            Row("principal in resource.viewers", []),
            Row("principal in [User::\"a\", Group::\"b\"]", [.incompatibleTypes]),
            Row("principal in 1", [.unexpectedType]),
            Row("principal in [1]", [.unexpectedType]),
            Row("1 in principal", [.unexpectedType]),
            Row("principal is Kind && 1", []),
            Row("principal is User || 1", []),
            Row("principal is User in Doc::\"x\" && 1", []),
            Row("principal is User in 1", [.unexpectedType]),
            Row("principal is Kind in 1", []),
            Row("action is Action || 1", []),
            Row("action is N::Action && 1", []),
            Row("\"x\" is User", [.unexpectedType]),
        ] as [Row])
    func `membership and type tests are as certain as the schema makes them`(row: Row) throws {
        try check(row.condition, row.codes)
    }

    @Test(
        arguments: [
            Row("[].isEmpty()", [.emptySet]),
            Row("[[]].isEmpty()", [.emptySet]),
            Row("false && [].isEmpty()", []),
            Row("[1, \"x\"].contains(1)", [.incompatibleTypes]),
            Row("[true, false].contains(context.b)", []),
            Row("resource.viewers.contains(\"x\")", [.incompatibleTypes]),
            Row("resource.viewers.contains(principal)", []),
            Row("resource.viewers.containsAll([User::\"x\"])", []),
            Row("resource.viewers.containsAny(1)", [.unexpectedType]),
            Row("resource.viewers.containsAny([1])", [.incompatibleTypes]),
            Row("principal.name.contains(\"x\")", [.unexpectedType]),
            Row("principal.name.isEmpty()", [.unexpectedType]),
            Row("principal.name like \"x*\"", []),
            Row("principal like \"x\"", [.unexpectedType]),
            Row("principal.name + 1 == 2", [.unexpectedType]),
            Row("1 + context.n * -context.n == 2", []),
            Row("-principal.name == 1", [.unexpectedType]),
            Row("!context.n", [.unexpectedType]),
            Row("context.n", [.unexpectedType]),
            Row("context.b && 1", [.unexpectedType]),
            Row("1 && context.b", [.unexpectedType]),
            Row("context.b || 1", [.unexpectedType]),
            Row("false && 1", []),
            Row("true || 1", []),
            Row("true && 1", [.unexpectedType]),
            Row("if true then true else 1", []),
            Row("if false then 1 else true", []),
            Row("if context.b then 1 else \"x\"", [.incompatibleTypes]),
            Row("if context.b then {a: 1} else {a: 2, c: 3}", [.incompatibleTypes]),
            Row("if 1 then true else false", [.unexpectedType]),
        ] as [Row])
    func `operators take the types that they take`(row: Row) throws {
        try check(row.condition, row.codes)
    }

    @Test(
        arguments: [
            Row("ip(\"1.2.3.4\") == ip(\"::1\")", []),
            Row("ip(\"x\").isIpv4()", [.invalidLiteral]),
            Row("ip(principal.name).isIpv4()", [.nonliteralArgument]),
            Row("ip(principal.zz).isIpv4()", [.nonliteralArgument, .unknownAttribute]),
            Row("ip(1).isIpv4()", [.unexpectedType]),
            Row("ip(\"x\", \"y\").isIpv4()", [.wrongArgumentCount]),
            Row("ip().isIpv4()", [.wrongArgumentCount]),
            Row("ip(\"x\", principal.name).isIpv4()", [.wrongArgumentCount, .nonliteralArgument]),
            Row("ip(\"1.2.3.4\") == 1", [.incompatibleTypes]),
            Row("principal.d.lessThan(decimal(\"1.0\"))", []),
            Row("principal.d.lessThan()", [.wrongArgumentCount]),
            Row("principal.d.lessThan(1)", [.unexpectedType]),
            Row("decimal(\"1\") == principal.d", [.invalidLiteral]),
            Row("principal.t.offset(duration(\"1d\")).toTime().toDays() == 0", []),
            Row("principal.t.durationSince(principal.t) < duration(\"1x\")", [.invalidLiteral]),
            Row("principal.t.toDate() == duration(\"1d\")", [.incompatibleTypes]),
        ] as [Row])
    func `extension functions take literals and types of their own`(row: Row) throws {
        try check(row.condition, row.codes)
    }

    @Test func `one pass shows all mistakes, each with its place`() throws {
        let errors = try ValidationFixture.errors(in: "principal.naem == 1 && (1 < \"x\" || [].isEmpty())")
        #expect(errors.map(\.code) == [.unknownAttribute, .unexpectedType, .emptySet])
        #expect(errors.map(\.span.column) == [71, 99, 106])
        #expect(errors.first?.suggestion == "`name`")
        #expect(errors.first?.message == "`User` has no attribute `naem`")
        #expect(
            errors.first.map { "\($0)" } == "test:1:71: error: `User` has no attribute `naem`; did you mean `name`?")
    }

    @Test func `messages name the types and what would be right`() throws {
        func message(_ condition: UTF8String) throws -> String? {
            try ValidationFixture.errors(in: condition).first?.message
        }
        #expect(
            try message("context.r == {x: 1}")
                == "both sides of a comparison must have one type; `{x?: Long}` and `{x: Long}` are not compatible")
        #expect(
            try message("principal[\"odd name\"] == 1")
                == "the optional attribute `\"odd name\"` of `User` may be missing here; "
                + "test for it with `principal has \"odd name\" && …`")
        #expect(
            try message("context.o like \"x\"")
                == "the optional attribute `o` of the context of `Action::\"read\"` may be missing here; "
                + "test for it with `context has o && …`")
        #expect(
            try message("principal.name + \"x\" == 1") == "expected Long, found `String`; Cedar does not join strings")
        #expect(
            try message("principal.getTag(\"x\").isEmpty()")
                == "the tag `\"x\"` of `User` may be missing here; test for it with `principal.hasTag(\"x\") && …`")
    }
}

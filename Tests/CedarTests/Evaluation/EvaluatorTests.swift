// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// What expressions come to. Errors are written `error: code`, as `Evaluation.value(of:)` gives them.
@Suite struct EvaluatorTests {
    private static let entities: Entities = {
        do throws(EntityError) {
            return try Entities([
                Entity(
                    uid: EntityUID(type: "User", id: "alice"),
                    attrs: ["name": "Alice", "friend": .entity(EntityUID(type: "User", id: "bob")), "\u{e9}": 1],
                    tags: ["team": "red", "e\u{301}": 2], parents: [EntityUID(type: "Group", id: "staff")]),
                Entity(uid: EntityUID(type: "Group", id: "staff"), parents: [EntityUID(type: "Group", id: "all")]),
                Entity(uid: EntityUID(type: "Photo", id: "p"), parents: [EntityUID(type: "Album", id: "absent")]),
            ])
        } catch {
            Issue.record("\(error)")
            return Entities()
        }
    }()

    private func value(_ expression: String) throws -> CedarValue {
        try Evaluation.value(of: expression, entities: Self.entities)
    }

    private func check(_ table: [(String, CedarValue)]) throws {
        for (expression, expected) in table { #expect(try value(expression) == expected, "\(expression)") }
    }

    @Test func `logic is short-circuit, and every operand that is evaluated must be a boolean`() throws {
        try check([
            ("true && true", true), ("true && false", false), ("false && 1", false), ("true && 1", "error: type"),
            ("1 && true", "error: type"), ("true || 1", true), ("false || true", true), ("false || 1", "error: type"),
            ("1 || true", "error: type"), ("false || false", false), ("true && true && 1", "error: type"),
            ("false && 1 && 2", false), ("!true", false), ("!!true", true), ("!1", "error: type"),
            ("if true then 1 else 1 + true", 1), ("if false then 1 + true else 2", 2),
            ("if 1 then 1 else 2", "error: type"),
            ("if true then 1 else \"a\"", 1), ("false && principal.none", false), ("true || principal.none", true),
            ("(true && ((!870985681610) == principal)) && principal", "error: type"),
        ])
    }

    @Test func `arithmetic is checked`() throws {
        try check([
            ("9223372036854775807 + 0", .long(.max)), ("9223372036854775807 + 1", "error: overflow"),
            ("-9223372036854775808 - 1", "error: overflow"), ("-9223372036854775808 + 1", .long(-.max)),
            ("-(-9223372036854775807)", .long(.max)), ("-(-9223372036854775808)", "error: overflow"),
            ("--9223372036854775808", "error: overflow"), ("3037000500 * 3037000500", "error: overflow"),
            ("3037000499 * 3037000499", 9_223_372_030_926_249_001), ("-9223372036854775808 * -1", "error: overflow"),
            ("1 + true", "error: type"), ("true + 1", "error: type"), ("\"a\" + \"b\"", "error: type"),
            ("-\"a\"", "error: type"),
            ("2 * 3 * 4", 24), ("1 - 2 + 3", 2), ("9223372036854775807 + 1 - 1", "error: overflow"),
            ("0 * true", "error: type"),
        ])
    }

    @Test func `only longs, datetimes and durations have an order`() throws {
        let (early, late) = (#"datetime("2024-01-01")"#, #"datetime("2024-01-02")"#)
        try check([
            ("1 < 2", true), ("2 < 1", false), ("1 < 1", false), ("1 <= 1", true), ("2 > 1", true), ("1 >= 2", false),
            ("\"a\" < \"b\"", "error: type"), ("1 < \"b\"", "error: type"), ("1 < \(early)", "error: type"),
            ("true < false", "error: type"), ("\(early) < \(late)", true), ("\(late) <= \(early)", false),
            ("\(late) > \(early)", true), (#"duration("1h") < duration("61m")"#, true),
            (#"duration("60m") >= duration("1h")"#, true),
            (#"decimal("1.0") < decimal("2.0")"#, "error: type"), (#"ip("1.2.3.4") < ip("1.2.3.5")"#, "error: type"),
            (#"duration("1h") < 1"#, "error: type"), ("1 > true", "error: type"), ("true >= 1", "error: type"),
        ])
    }

    @Test func `equality is total`() throws {
        try check([
            ("1 == 1", true), ("1 == \"1\"", false), ("1 != \"1\"", true), ("[1, 2] == [2, 1, 1]", true),
            ("[] == {}", false),
            ("{a: 1, b: [2]} == {b: [2], a: 1}", true), ("{a: 1} == {}", false), ("principal == User::\"alice\"", true),
            ("User::\"x\" == Group::\"x\"", false), (#"decimal("1.0") == decimal("1.0000")"#, true),
            (#"ip("127.0.0.1/8") == ip("127.0.0.0/8")"#, false), (#"ip("1.2.3.4") == ip("1.2.3.4/32")"#, true),
            (#"datetime("2024-01-01") == datetime("2024-01-01T00:00:00Z")"#, true),
            (#"duration("60m") == duration("1h")"#, true),
            (#"duration("1ms") == 1"#, false), ("\"\u{e9}\" == \"e\u{301}\"", false), ("\"K\" == \"\u{212a}\"", false),
            ("1 == principal.none", "error: missingAttribute"), ("User::\"\u{e9}\" == User::\"e\u{301}\"", false),
        ])
    }

    @Test func `attributes are of records and of entities in the store`() throws {
        try check([
            ("principal.name", "Alice"), ("principal[\"name\"]", "Alice"),
            ("principal.none", "error: missingAttribute"),
            ("principal.friend.name", "error: missingEntity"), ("User::\"carol\".name", "error: missingEntity"),
            ("context.n", 7), ("context.r.a.b", 1), ("context.none", "error: missingAttribute"), ("{a: 1}.a", 1),
            ("1.a", "error: type"), ("\"a\".a", "error: type"), ("[].a", "error: type"),
            ("resource.a", "error: missingAttribute"),
            ("principal[\"\u{e9}\"]", 1), ("principal[\"e\u{301}\"]", "error: missingAttribute"),
            ("principal has name", true), ("principal has none", false), ("User::\"carol\" has name", false),
            ("principal has friend.name", false), ("principal has name.length", "error: type"),
            ("context has r.a.b", true),
            ("context has r.x.b", false), ("context has r.a.b.c", "error: type"), ("1 has a", "error: type"),
            ("[] has a", "error: type"),
            ("principal has \"\u{e9}\"", true), ("principal has \"e\u{301}\"", false), ("{\"\": 1} has \"\"", true),
        ])
    }

    @Test func `tags are of entities`() throws {
        try check([
            ("principal.getTag(\"team\")", "red"), ("principal.getTag(\"none\")", "error: missingTag"),
            ("principal.hasTag(\"team\")", true), ("principal.hasTag(\"none\")", false),
            ("User::\"carol\".hasTag(\"x\")", false),
            ("User::\"carol\".getTag(\"x\")", "error: missingEntity"), ("context.getTag(\"x\")", "error: type"),
            ("principal.hasTag(1)", "error: type"), ("principal.getTag(1)", "error: type"),
            ("1.hasTag(\"a\")", "error: type"),
            ("principal.getTag(context.s + 1)", "error: type"), ("principal.hasTag(\"e\u{301}\")", true),
            ("principal.hasTag(\"\u{e9}\")", false), ("User::\"carol\".hasTag(1)", "error: type"),
        ])
    }

    @Test func `membership is transitive, reflexive and asks for entities`() throws {
        try check([
            ("principal in Group::\"staff\"", true), ("principal in Group::\"all\"", true),
            ("principal in Group::\"none\"", false),
            ("principal in principal", true), ("User::\"carol\" in User::\"carol\"", true),
            ("User::\"carol\" in Group::\"all\"", false),
            ("Group::\"all\" in principal", false), ("resource in Album::\"absent\"", true), ("principal in []", false),
            ("principal in [Group::\"none\", Group::\"all\"]", true), ("principal in [Group::\"none\"]", false),
            ("principal in [principal, 1]", "error: type"), ("principal in 1", "error: type"),
            ("1 in principal", "error: type"),
            ("principal in {a: 1}", "error: type"), ("[principal] in principal", "error: type"),
            ("principal is User", true), ("principal is Group", false), ("principal is N::User", false),
            ("1 is User", "error: type"),
            ("principal is User in Group::\"all\"", true), ("principal is Group in 1", false),
            ("principal is User in 1", "error: type"),
            ("principal is User in [Group::\"all\"]", true), ("User::\"carol\" is User", true),
        ])
    }

    @Test func `sets have their methods`() throws {
        try check([
            ("[1, 2].contains(1)", true), ("[1, 2].contains(3)", false), ("[1].contains(\"1\")", false),
            ("[[1]].contains([1, 1])", true),
            ("[].contains(1)", false), ("1.contains(1)", "error: type"), ("[1, 2].containsAll([2])", true),
            ("[1].containsAll([1, 2])", false), ("[].containsAll([])", true), ("[1].containsAll(1)", "error: type"),
            ("1.containsAll([1])", "error: type"), ("[1, 2].containsAny([2, 3])", true),
            ("[1].containsAny([2])", false),
            ("[].containsAny([])", false), ("[1].containsAny(1)", "error: type"), ("[].isEmpty()", true),
            ("[1].isEmpty()", false),
            ("{}.isEmpty()", "error: type"), ("[1 + true]", "error: type"), ("{a: 1 + true}", "error: type"),
            ("[1, \"a\", true].contains(\"a\")", true),
        ])
    }

    @Test func `extension functions ask for their types and number of arguments`() throws {
        try check([
            (#"decimal("1.0").lessThan(decimal("1.1"))"#, true),
            (#"decimal("1.1").lessThanOrEqual(decimal("1.1"))"#, true),
            (#"decimal("1.0").greaterThan(decimal("1.1"))"#, false),
            (#"decimal("1.1").greaterThanOrEqual(decimal("1.2"))"#, false),
            (#"decimal("1")"#, "error: invalidExtension"), ("decimal(1)", "error: type"),
            ("decimal()", "error: wrongArgumentCount"),
            (#"decimal("1.0", "2.0")"#, "error: wrongArgumentCount"), (#"decimal("1.0").lessThan(1)"#, "error: type"),
            (#"decimal("1.0").lessThan()"#, "error: wrongArgumentCount"), (#"ip("1.2.3.4").isIpv4()"#, true),
            (#"ip("1.2.3.4").isIpv6()"#, false), (#"ip("::1").isIpv6()"#, true), (#"ip("::1").isLoopback()"#, true),
            (#"ip("ff00::1").isMulticast()"#, true), (#"ip("10.1.2.3").isInRange(ip("10.0.0.0/8"))"#, true),
            (#"ip("10.1.2.3").isInRange("10.0.0.0/8")"#, "error: type"), (#""1.2.3.4".isIpv4()"#, "error: type"),
            (#"ip("")"#, "error: invalidExtension"), (#"ip("1.2.3.4").isIpv4(1)"#, "error: wrongArgumentCount"),
            (#"datetime("2024-01-01").offset(duration("1d")) == datetime("2024-01-02")"#, true),
            (#"datetime("2024-01-02").durationSince(datetime("2024-01-01")) == duration("1d")"#, true),
            (#"datetime("2024-01-02T03:04:05Z").toDate() == datetime("2024-01-02")"#, true),
            (#"datetime("2024-01-02T03:04:05Z").toTime() == duration("3h4m5s")"#, true),
            (#"datetime("2024-01-01").offset(duration("9223372036854775807ms"))"#, "error: invalidExtension"),
            (#"datetime("1970-01-01").offset(duration("-9223372036854775808ms")).toDate()"#, "error: invalidExtension"),
            (#"duration("-1d1h").toHours()"#, -25), (#"duration("-1500ms").toSeconds()"#, -1),
            (#"duration("119s").toMinutes()"#, 1),
            (#"duration("47h").toDays()"#, 1), (#"duration("5ms").toMilliseconds()"#, 5),
            (#"duration(1)"#, "error: type"),
            (#"duration("1d").toDate()"#, "error: type"), (#"datetime("x")"#, "error: invalidExtension"),
            (#"decimal(context.s)"#, "error: invalidExtension"), (#"decimal(1 + true)"#, "error: type"),
        ])
    }

    @Test func `an error names its place, and types instead of values`() throws {
        let expression = try Statements.condition("true && context.s == \"text\" && 1 + context.s > 2")
        let evaluator = Evaluator(Evaluation.request, entities: Self.entities)
        let error = #expect(throws: EvaluationError.self) { try evaluator.evaluate(expression) }
        #expect(error?.message == "found string, expected long")
        #expect(error?.span.column == 80)
        let missing = try Statements.condition("User::\"secret\".name")
        let other = #expect(throws: EvaluationError.self) { try evaluator.evaluate(missing) }
        #expect(other?.message == "the entity of type User is not in the store")
    }
}

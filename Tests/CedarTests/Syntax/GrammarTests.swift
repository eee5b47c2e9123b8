// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// What is Cedar and what is not; the answers were checked against cedarpy 4.12.
@Suite struct GrammarTests {
    @Test(arguments: [
        "principal has a", "principal has a.b.c", "principal has \"if\"", "principal has principal.context",
        "principal has permit",
        "principal is principal", "principal is A::principal", "principal is User in (X::\"a\")",
        "principal is User in [X::\"a\"]",
        "principal[\"a\"]", "principal.a.b[\"c\"].d", "principal.principal", "principal[\"__cedar\"]",
        "principal.permit",
        "ip(\"a\",)", "ip()", "ip(\"1\", \"2\")", "principal.contains(1,)", "principal.isEmpty()", "[]", "[1,]", "{}",
        "{a: 1,}",
        "{\"if\": 1}", "{permit: 1}", "{context: 1} == {}", "ip::\"x\"", "(principal).a", "principal.contains",
        "ip(\"a\").isIpv4().a",
        "(if true then true else true) && true", "if true then true else true && false",
        "if if true then true else true then true else true", "[if true then 1 else 2]",
        "ip(if true then \"\" else \"\")",
        "{a: if true then 1 else 2}", "1 < (2 < 3)", "principal has a && principal has b", "!!!!true", "! ! true",
        "----1", "-(1)", "(-1)",
        "- -1", "-9223372036854775808", "--9223372036854775808", "9223372036854775807", "007", "1in principal", "1.a",
        "\"a\".b",
        "true.a", "[1].a", "{a: 1}.a", "1 .a", "-1.a", "User::\"a\".b", "User::\"a\"[\"b\"]",
        "User :: \"a\" == principal",
        "User::\n\"a\" == principal", "true // c\r && \"a\"", "1 == 1\u{a0}", "1 == 1\u{2003}&& true", "context.permit",
        "principal in action.a", "principal in [1, 2]", "principal is A::B in C::\"d\" && true",
        "principal in A::\"a\" + 1",
        "1 + 2 * 3 - 4", "1 - - 1", "1 - -1", "1 * -1", "1 -1", "2 * !true", "!principal.a", "-principal.a", "-\"a\"",
        "-true", "!1",
        "- 5", "(((((1))))) == 1", "permit::\"a\" == principal", "when::unless::\"a\" == principal", "\"\" like \"*\"",
    ])
    func `this is an expression`(text: String) throws {
        let expression = try Statements.condition(text)
        #expect(try Statements.condition(expression.description) == expression, "\(expression)")
    }

    @Test(
        arguments: [
            ("e", .unknownName), ("User", .unknownName), ("a::b", .unknownName), ("permit", .unknownName),
            ("", .unexpectedToken),
            ("principal has (a)", .unexpectedToken), ("principal has (\"a\")", .unexpectedToken),
            ("principal has \"a\".b", .unexpectedToken), ("principal has a[\"b\"]", .unexpectedToken),
            ("principal has if", .reservedName),
            ("principal has a.if", .reservedName), ("principal has a::b", .unexpectedToken),
            ("principal has 1", .unexpectedToken),
            ("principal has a.b()", .unexpectedToken), ("principal has a+b", .unexpectedToken),
            ("principal has __cedar", .reservedName),
            ("principal has a.__cedar", .reservedName), ("principal has -a", .unexpectedToken),
            ("principal like (\"a\")", .unexpectedToken),
            ("principal like \"a\" + \"b\"", .unexpectedToken), ("principal like a", .unexpectedToken),
            ("principal is (User)", .unexpectedToken), ("principal is User::\"a\"", .unexpectedToken),
            ("principal is \"User\"", .unexpectedToken), ("principal is User == true", .unexpectedToken),
            ("principal is User.a", .unexpectedToken), ("principal is User in X::\"a\" in X::\"b\"", .unexpectedToken),
            ("principal is User has a", .unexpectedToken), ("principal is __cedar::A", .reservedName),
            ("principal is A::if", .reservedName), ("principal is true", .reservedName),
            ("principal[(\"a\")]", .unexpectedToken),
            ("principal[\"a\" + \"b\"]", .unexpectedToken), ("principal[a]", .unexpectedToken),
            ("principal[1]", .unexpectedToken),
            ("principal.if", .reservedName), ("principal.true", .reservedName), ("principal.__cedar", .reservedName),
            ("principal.contains()", .wrongArgumentCount), ("principal.contains(1, 2)", .wrongArgumentCount),
            ("principal.isEmpty(1)", .wrongArgumentCount), ("principal.getTag()", .wrongArgumentCount),
            ("[,]", .unexpectedToken),
            ("[1 2]", .unexpectedToken), ("{,}", .unexpectedToken), ("{\"a\": 1, a: 1}", .duplicateName),
            ("{if: 1}", .reservedName),
            ("{__cedar: 1}", .reservedName), ("{a::b: 1}", .unexpectedToken), ("{1: 1}", .unexpectedToken),
            ("{(a): 1}", .unexpectedToken),
            ("{principal.a: 1}", .unexpectedToken), ("{a}", .unexpectedToken), ("Foo::ip(\"x\")", .unknownFunction),
            ("(ip)(\"x\")", .unknownName), ("(principal.contains)(1)", .unexpectedToken),
            ("principal.ip(\"a\")", .unknownFunction),
            ("\"x\".ip()", .unknownFunction), ("lessThan(1, 2)", .unknownFunction),
            ("contains([1], 1)", .unknownFunction),
            ("isEmpty([])", .unknownFunction), ("isIpv4(ip(\"a\"))", .unknownFunction),
            ("principal.foo()", .unknownFunction),
            ("foo(1)", .unknownFunction), ("unknown(\"x\")", .unknownFunction), ("principal()", .unknownFunction),
            ("\"a\"()", .unexpectedToken), ("ip.isIpv4()", .unknownName),
            ("true && if true then true else true", .unexpectedToken),
            ("1 + if true then 1 else 1", .unexpectedToken), ("!if true then true else true", .unexpectedToken),
            ("if true then true", .unexpectedToken), ("1 < 2 < 3", .unexpectedToken), ("1 == 1 == 1", .unexpectedToken),
            ("1 in 1 in 1", .unexpectedToken), ("1 has a has b", .unexpectedToken),
            ("principal has a == true", .unexpectedToken),
            ("\"a\" like \"b\" like \"c\"", .unexpectedToken), ("!!!!!true", .unexpectedToken),
            ("-----1", .unexpectedToken),
            ("-!true", .unexpectedToken), ("!-1", .unexpectedToken), ("9223372036854775808", .integerOutOfRange),
            ("-(9223372036854775808)", .integerOutOfRange), ("-9223372036854775809", .integerOutOfRange),
            ("18446744073709551616", .integerOutOfRange), ("-9223372036854775808.a", .integerOutOfRange),
            ("1a", .unexpectedToken),
            ("1.5", .unexpectedToken), ("?principal == principal", .invalidSlot), ("?foo", .invalidSlot),
            ("principal = principal", .unsupportedOperator), ("1 / 2", .unsupportedOperator),
            ("1 % 2", .unsupportedOperator),
            ("1 === 1", .unsupportedOperator), ("User:: :\"a\"", .unexpectedToken), ("User::if::\"a\"", .reservedName),
            ("__cedar::A::\"a\"", .reservedName), ("true::\"a\"", .unexpectedToken),
            ("User::\"a\"::\"b\"", .unexpectedToken),
            ("User::{a: 1}", .unexpectedToken), ("'a'", .invalidToken), ("true /* c */", .unsupportedOperator),
            ("1\u{200b} == 1", .invalidToken),
            ("true & true", .invalidToken), ("true | true", .invalidToken), ("true && && true", .unexpectedToken),
            ("(true", .unexpectedToken),
            ("true)", .unexpectedToken), ("()", .unexpectedToken), ("(1, 2)", .unexpectedToken), ("in", .reservedName),
            ("principal..a", .unexpectedToken), ("true;false", .unexpectedToken),
        ] as [(String, PolicyError.Code)])
    func `this is no expression`(text: String, code: PolicyError.Code) {
        let error = Statements.firstError("permit (principal, action, resource) when { \(text)\n};")
        #expect(error?.code == code, "\(text): \(error.map { "\($0)" } ?? "accepted")")
    }

    @Test(arguments: [
        "principal, action, resource", "principal, action, resource,", "principal == User::\"a\", action, resource",
        "principal == (User::\"a\"), action, resource", "principal == ((User::\"a\")), action, resource",
        "principal in User::\"a\", action, resource", "principal is User, action, resource",
        "principal is User in (User::\"a\"), action, resource", "principal is principal, action, resource",
        "principal == ?principal, action, resource", "principal == (?principal), action, resource",
        "principal, action, resource == ?resource", "principal in ?principal, action, resource in ?resource",
        "principal is A in ?principal, action, resource", "principal, action == Action::\"a\", resource",
        "principal, action == (A::Action::\"a\"), resource", "principal, action in Action::\"a\", resource",
        "principal, action in [Action::\"a\"], resource", "principal, action in [Action::\"a\",], resource",
        "principal, action in [], resource", "principal, action in ([Action::\"a\"]), resource",
        "principal, action in [(Action::\"a\")], resource", "principal, action in (Action::\"a\"), resource",
    ])
    func `this is a scope`(text: String) throws {
        let set = try Statements.parse("permit (\(text));")
        let statement = try #require(set.policies.first?.statement ?? set.templates.first?.statement)
        let again = try Statements.parse(statement.description)
        #expect((again.policies.first?.statement ?? again.templates.first?.statement) == statement)
    }

    @Test(
        arguments: [
            ("", .invalidScope), ("principal, action", .unexpectedToken),
            ("principal, action, resource,,", .unexpectedToken),
            ("action, principal, resource", .invalidScope), ("principal, action, resource, context", .invalidScope),
            ("principal in [User::\"a\"], action, resource", .unexpectedToken),
            ("principal is (User), action, resource", .unexpectedToken),
            ("principal is User == User::\"a\", action, resource", .invalidScope),
            ("principal is User::\"a\", action, resource", .unexpectedToken),
            ("principal is if, action, resource", .reservedName),
            ("principal == ?resource, action, resource", .invalidSlot),
            ("principal, action, resource == ?principal", .invalidSlot),
            ("principal is ?principal, action, resource", .unexpectedToken),
            ("principal, action == ?action, resource", .invalidSlot),
            ("principal, action in [?principal], resource", .invalidSlot),
            ("principal != User::\"a\", action, resource", .invalidScope),
            ("principal has a, action, resource", .invalidScope), ("principal.a, action, resource", .invalidScope),
            ("principal: User, action, resource", .invalidScope),
            ("principal == User::\"a\" || true, action, resource", .unexpectedToken),
            ("principal == \"a\", action, resource", .unexpectedToken),
            ("principal == User, action, resource", .unexpectedToken),
            ("principal == principal, action, resource", .unexpectedToken),
            ("principal == __cedar::A::\"a\", action, resource", .reservedName),
            ("principal = User::\"a\", action, resource", .unsupportedOperator),
            ("principal, action == Action::B::\"a\", resource", .invalidScope),
            ("principal, action == User::\"a\", resource", .invalidScope),
            ("principal, action in [[Action::\"a\"]], resource", .unexpectedToken),
            ("principal, action == [Action::\"a\"], resource", .unexpectedToken),
            ("principal, action is Action, resource", .invalidScope),
            ("principal, action in [,], resource", .unexpectedToken),
            ("principal, action in xAction::\"a\", resource", .invalidScope),
            ("principal == (User::\"a\", action, resource", .unexpectedToken),
            ("principal action resource", .invalidScope),
        ] as [(String, PolicyError.Code)])
    func `this is no scope`(text: String, code: PolicyError.Code) {
        let error = Statements.firstError("permit (\(text));")
        #expect(error?.code == code, "\(text): \(error.map { "\($0)" } ?? "accepted")")
    }

    @Test(arguments: [
        ("", 0), ("  \n", 0), ("// only a comment", 0), ("permit(principal,action,resource);", 1),
        ("permit(principal,action,resource);permit(principal,action,resource);//end", 2),
        ("permit(principal,action,resource) when {true} unless {false} when {true};", 1),
        ("@id(\"a\") permit(principal,action,resource);", 1),
        ("@if @then(\"x\") @principal permit(principal,action,resource);", 1),
        ("@ id (\"a\") permit(principal,action,resource);", 1),
        ("@__cedar(\"x\") permit(principal,action,resource);", 1), ("//x\rpermit(principal,action,resource);", 1),
        ("//x\u{2028}permit(principal,action,resource);", 0),
        ("forbid(principal,action,resource) when{1}unless{context};", 1),
    ])
    func `this is a policy file`(text: String, count: Int) throws {
        #expect(try Statements.parse(text).policies.count == count)
    }

    @Test(
        arguments: [
            ("\u{feff}permit(principal,action,resource);", .invalidToken),
            ("permit(principal,action,resource)", .unexpectedToken),
            ("permit(principal,action,resource);;", .unexpectedToken), (";", .unexpectedToken),
            ("permit(principal,action,resource) when {};", .unexpectedToken),
            ("permit(principal,action,resource) when true;", .unexpectedToken),
            ("permit(principal,action,resource) if {true};", .unexpectedToken),
            ("Permit(principal,action,resource);", .unexpectedToken),
            ("allow(principal,action,resource);", .unexpectedToken),
            ("@id() permit(principal,action,resource);", .unexpectedToken),
            ("@id(\"a\",\"b\") permit(principal,action,resource);", .unexpectedToken),
            ("@id(\"a\") @id(\"b\") permit(principal,action,resource);", .duplicateName),
            ("@a::b(\"x\") permit(principal,action,resource);", .unexpectedToken),
            ("@\"a\"(\"x\") permit(principal,action,resource);", .unexpectedToken),
            ("@id(a) permit(principal,action,resource);", .unexpectedToken),
            ("@id(\"\\*\") permit(principal,action,resource);", .invalidEscape),
            ("@id(\"a\"); permit(principal,action,resource);", .unexpectedToken),
            ("permit principal,action,resource;", .unexpectedToken),
            ("permit(principal,action,resource) when {true}; garbage", .unexpectedToken),
            ("permit(principal,action,resource) advice {\"x\"};", .unexpectedToken),
            ("permit(\0principal,action,resource);", .invalidToken),
        ] as [(String, PolicyError.Code)])
    func `this is no policy file`(text: String, code: PolicyError.Code) {
        let error = Statements.firstError(text)
        #expect(error?.code == code, "\(text): \(error.map { "\($0)" } ?? "accepted")")
    }

    @Test func `operators bind as the grammar says`() throws {
        let pairs = [
            ("true || false && false", "true || (false && false)"), ("1 + 2 * 3", "1 + (2 * 3)"),
            ("1 - 2 - 3", "(1 - 2) - 3"),
            ("!true && false", "(!true) && false"), ("-1 + 2", "(-1) + 2"), ("1 + 2 < 4", "(1 + 2) < 4"),
            ("1 < 2 && 2 < 3", "(1 < 2) && (2 < 3)"), ("if true then 1 else 2 + 3", "if true then 1 else (2 + 3)"),
            ("-[1].a", "-([1].a)"), ("2 * -1", "2 * (-1)"),
        ]
        for (text, explicit) in pairs {
            #expect(try Evaluation.value(of: text) == Evaluation.value(of: explicit), "\(text)")
        }
        #expect(try Evaluation.value(of: "1 - 2 - 3") == -4)
        #expect(try Evaluation.value(of: "2 + 3 * 4") == 14)
    }

    @Test func `parentheses and spelling do not count for equality, structure does`() throws {
        func same(_ one: String, _ other: String) throws -> Bool {
            try Statements.condition(one) == Statements.condition(other)
        }
        #expect(try same("((1)) + 2", "1+2 // sum"))
        #expect(try same("principal has \"a\"", "principal has a"))
        #expect(try same("principal[\"a\"]", "principal.a"))
        #expect(try same("\"A\"", "\"\\x41\""))
        #expect(try same("-1", "-001"))
        #expect(try !same("(1 + 2) + 3", "1 + 2 + 3"))
        #expect(try !same("-(1)", "-1"))
        #expect(try !same("1 > 2", "2 < 1"))
        #expect(try !same("!!true", "true"))
    }
}

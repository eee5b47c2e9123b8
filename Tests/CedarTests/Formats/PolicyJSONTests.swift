// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Policies in Cedar's JSON format.
@Suite struct PolicyJSONTests {
    private static func body(of condition: String) throws -> String {
        let json = try PolicyJSONWriter.expression(try Statements.condition(condition)).json
        return String(decoding: json.serialized(), as: UTF8.self)
    }

    /// A permit with no scope and this condition.
    private static func policy(_ body: String) throws -> PolicyStatement {
        try statement(#""conditions": [{"kind": "when", "body": \#(body)}]"#)
    }

    private static func statement(_ members: String) throws -> PolicyStatement {
        var text = "{\(members)"
        let parts = ["effect", "principal", "action", "resource", "conditions"]
        for part in parts where !members.contains("\"\(part)\":") {
            let value = part == "effect" ? "\"permit\"" : part == "conditions" ? "[]" : "{\"op\": \"All\"}"
            text += "\(text == "{" ? "" : ", ")\"\(part)\": \(value)"
        }
        return try PolicyStatement(parsingCedarJSON: Array((text + "}").utf8))
    }

    private static let expressions: [(String, String)] = [
        ("true", #"{"Value":true}"#),
        ("-5", #"{"Value":-5}"#),
        ("-(5)", #"{"neg":{"arg":{"Value":5}}}"#),
        (#""a\"\n""#, #"{"Value":"a\"\n"}"#),
        (#"N::T::"x""#, #"{"Value":{"__entity":{"type":"N::T","id":"x"}}}"#),
        ("context", #"{"Var":"context"}"#),
        ("!!true", #"{"!":{"arg":{"!":{"arg":{"Value":true}}}}}"#),
        ("1 != 2", #"{"!=":{"left":{"Value":1},"right":{"Value":2}}}"#),
        ("1 >= 2", #"{">=":{"left":{"Value":1},"right":{"Value":2}}}"#),
        (
            "1 && 2 && 3",
            #"{"&&":{"left":{"&&":{"left":{"Value":1},"right":{"Value":2}}},"right":{"Value":3}}}"#
        ),
        (
            "1 - 2 + 3",
            #"{"+":{"left":{"-":{"left":{"Value":1},"right":{"Value":2}}},"right":{"Value":3}}}"#
        ),
        ("1 in 2", #"{"in":{"left":{"Value":1},"right":{"Value":2}}}"#),
        ("context.a", #"{".":{"left":{"Var":"context"},"attr":"a"}}"#),
        (#"context["a b"]"#, #"{".":{"left":{"Var":"context"},"attr":"a b"}}"#),
        (#"context has "a b""#, #"{"has":{"left":{"Var":"context"},"attr":"a b"}}"#),
        (
            "context has a.b",
            #"{"&&":{"left":{"has":{"left":{"Var":"context"},"attr":"a"}},"#
                + #""right":{"has":{"left":{".":{"left":{"Var":"context"},"attr":"a"}},"attr":"b"}}}}"#
        ),
        (
            #""x" like "a*\*""#,
            #"{"like":{"left":{"Value":"x"},"pattern":[{"Literal":"a"},"Wildcard",{"Literal":"*"}]}}"#
        ),
        ("context is N::T", #"{"is":{"left":{"Var":"context"},"entity_type":"N::T"}}"#),
        (
            "context is T in resource",
            #"{"is":{"left":{"Var":"context"},"entity_type":"T","in":{"Var":"resource"}}}"#
        ),
        (
            "if true then 1 else 2",
            #"{"if-then-else":{"if":{"Value":true},"then":{"Value":1},"else":{"Value":2}}}"#
        ),
        ("[].isEmpty()", #"{"isEmpty":{"arg":{"Set":[]}}}"#),
        ("[1].containsAny([])", #"{"containsAny":{"left":{"Set":[{"Value":1}]},"right":{"Set":[]}}}"#),
        (#"principal.getTag("a")"#, #"{"getTag":{"left":{"Var":"principal"},"right":{"Value":"a"}}}"#),
        (#"{b: 1, "": 2}"#, #"{"Record":{"b":{"Value":1},"":{"Value":2}}}"#),
        (#"ip("::1").isInRange(1, 2)"#, #"{"isInRange":[{"ip":[{"Value":"::1"}]},{"Value":1},{"Value":2}]}"#),
    ]

    @Test(arguments: expressions)
    func `expressions are written as Cedar writes them and read back`(text: String, json: String) throws {
        #expect(try Self.body(of: text) == json)
        let read = try Self.policy(json)
        #expect(try read.cedarJSON()["conditions"]?.array?.first?["body"] == JSON(parsing: Array(json.utf8)))
        let isDesugared = text.contains("has a.b")
        #expect(try isDesugared || read.conditions.first?.body == Statements.condition(text))
    }

    @Test func `a list of names after has is a path`() throws {
        let body = #"{"has": {"left": {"Var": "context"}, "attr": ["a", "b"]}}"#
        #expect(try Self.policy(body).conditions.first?.body == Statements.condition("context has a.b"))
        let quoted = #"{"has": {"left": {"Var": "context"}, "attr": ["a b", "if"]}}"#
        let written = try Statements.condition(#"context has "a b" && context["a b"] has "if""#)
        #expect(try Self.policy(quoted).conditions.first?.body == written)
    }

    @Test func `values are read with their escapes`() throws {
        let body =
            #"{"Value": {"a": [1, {"__entity": {"type": "T", "id": "x"}}], "#
            + #""b": {"__extn": {"fn": "offset", "args": [{"__extn": {"fn": "datetime", "arg": "2024-01-01"}}, "x"]}}}}"#
        let text = #"{a: [1, T::"x"], b: datetime("2024-01-01").offset("x")}"#
        #expect(try Self.policy(body).conditions.first?.body == Statements.condition(text))
    }

    @Test func `what JSON forgets is parentheses at the left of a chain, paths after has and lists of one action`()
        throws
    {
        func again(_ text: String) throws -> PolicyStatement? {
            let statement = try #require(try Statements.parse(text).policies.first?.statement)
            let read = try PolicyStatement(cedarJSON: try statement.cedarJSON())
            #expect(try read.cedarJSON() == statement.cedarJSON())
            return read
        }
        func parsed(_ text: String) throws -> PolicyStatement? { try Statements.parse(text).policies.first?.statement }
        let scope = "permit (principal, action, resource)"
        #expect(try again("\(scope) when { (1 && 2) && 3 };") == parsed("\(scope) when { 1 && 2 && 3 };"))
        #expect(try again("\(scope) when { 1 && (2 && 3) };") == parsed("\(scope) when { 1 && (2 && 3) };"))
        #expect(try again("\(scope) when { (1 + 2) - 3 * 4 };") == parsed("\(scope) when { 1 + 2 - 3 * 4 };"))
        #expect(
            try again("\(scope) when { context has a.b };")
                == parsed("\(scope) when { context has a && context.a has b };"))
        #expect(
            try again(#"permit (principal, action in [Action::"a"], resource);"#)
                == parsed(#"permit (principal, action in Action::"a", resource);"#))
    }

    private static let statements: [(String, String)] = [
        (
            #"@a @b("") forbid (principal == U::"x", action in [], resource is T) unless { true };"#,
            #"{"effect":"forbid","principal":{"op":"==","entity":{"type":"U","id":"x"}},"#
                + #""action":{"op":"in","entities":[]},"resource":{"op":"is","entity_type":"T"},"#
                + #""conditions":[{"kind":"unless","body":{"Value":true}}],"annotations":{"a":null,"b":""}}"#
        ),
        (
            #"permit (principal in ?principal, action == Action::"a", resource is T in ?resource);"#,
            #"{"effect":"permit","principal":{"op":"in","slot":"?principal"},"#
                + #""action":{"op":"==","entity":{"type":"Action","id":"a"}},"#
                + #""resource":{"op":"is","entity_type":"T","in":{"slot":"?resource"}},"conditions":[]}"#
        ),
        (
            #"permit (principal is T in U::"x", action in [Action::"a", N::Action::"b"], resource);"#,
            #"{"effect":"permit","principal":{"op":"is","entity_type":"T","in":{"entity":{"type":"U","id":"x"}}},"#
                + #""action":{"op":"in","entities":[{"type":"Action","id":"a"},{"type":"N::Action","id":"b"}]},"#
                + #""resource":{"op":"All"},"conditions":[]}"#
        ),
    ]

    @Test(arguments: statements)
    func `scopes, conditions and annotations are written as Cedar writes them and read back`(
        text: String, json: String
    ) throws {
        let set = try Statements.parse(text)
        let statement = try #require(set.policies.first?.statement ?? set.templates.first?.statement)
        #expect(String(decoding: try statement.cedarJSON().serialized(), as: UTF8.self) == json)
        let read = try PolicyStatement(parsingCedarJSON: Array(json.utf8))
        #expect(read == statement)
        #expect(read.annotations.all == statement.annotations.all)
    }

    private static let mistakes: [(String, PolicyJSONError.Code, UTF8String)] = [
        (#""effect": "Permit""#, .unknownName, "/effect"),
        (#""effect": 1"#, .invalidShape, "/effect"),
        (#""x": 1"#, .unknownMember, ""),
        (#""principal": {"op": "All", "entity": {"type": "U", "id": "a"}}"#, .unknownMember, "/principal"),
        (
            #""principal": {"op": "==", "entity": {"type": "U", "id": "a"}, "slot": "?principal"}"#, .unknownMember,
            "/principal"
        ),
        (#""principal": {"op": "<"}"#, .invalidScope, "/principal/op"),
        (#""principal": {}"#, .invalidShape, "/principal"),
        (#""principal": {"op": "=="}"#, .invalidShape, "/principal"),
        (#""principal": {"op": "==", "entity": {"type": "U::", "id": "a"}}"#, .invalidName, "/principal/entity/type"),
        (#""principal": {"op": "==", "slot": "?resource"}"#, .invalidSlot, "/principal/slot"),
        (#""resource": {"op": "is", "entity_type": "A :: B"}"#, .invalidName, "/resource/entity_type"),
        (#""action": {"op": "==", "slot": "?action"}"#, .invalidSlot, "/action/slot"),
        (#""action": {"op": "is", "entity_type": "Action"}"#, .invalidScope, "/action/op"),
        (
            #""action": {"op": "in", "entities": [{"type": "Action", "id": "a"}, {"type": "U", "id": "b"}]}"#,
            .invalidScope, "/action/entities/1"
        ),
        (#""annotations": {"a b": "x"}"#, .invalidName, "/annotations/a b"),
        (#""annotations": {"a": 1}"#, .invalidShape, "/annotations/a"),
        (#""conditions": [{"kind": "if", "body": {"Value": 1}}]"#, .unknownName, "/conditions/0/kind"),
        (#""conditions": [{"kind": "when"}]"#, .invalidShape, "/conditions/0"),
        (#""conditions": null"#, .invalidShape, "/conditions"),
    ]

    @Test(arguments: mistakes)
    func `a mistake in a policy is named with its place`(
        members: String, code: PolicyJSONError.Code, place: UTF8String
    ) throws {
        let error = #expect(throws: PolicyJSONError.self) { try Self.statement(members) }
        #expect(error?.code == code && error?.place == place, "\(members): \(error.map(\.description) ?? "")")
    }

    private static let wrongExpressions: [(String, PolicyJSONError.Code, UTF8String)] = [
        ("1", .invalidShape, ""), ("{}", .invalidShape, ""), (#"{"Value": 1, "Var": "context"}"#, .invalidShape, ""),
        (#"{"Value": null}"#, .invalidValue, "/Value"), (#"{"Value": 1.0}"#, .invalidValue, "/Value"),
        (#"{"Value": 9223372036854775808}"#, .invalidValue, "/Value"), (#"{"Value": [-0]}"#, .invalidValue, "/Value/0"),
        (#"{"Value": {"__expr": "1"}}"#, .malformedEscape, "/Value/__expr"),
        (#"{"Value": {"__entity": {"type": "U", "id": "a"}, "x": 1}}"#, .malformedEscape, "/Value"),
        (#"{"Value": {"__extn": {"fn": "nothing", "arg": "1"}}}"#, .unknownOperator, "/Value/__extn"),
        (#"{"Var": "self"}"#, .unknownName, "/Var"), (#"{"Slot": "?principal"}"#, .invalidSlot, "/Slot"),
        (#"{"unknown": [{"Value": "x"}]}"#, .unknownOperator, "/unknown"),
        (#"{"/": {"left": {"Value": 1}, "right": {"Value": 2}}}"#, .unknownOperator, "/~1"),
        (#"{"&&": {"left": {"Value": 1}}}"#, .invalidShape, "/&&"),
        (#"{"&&": {"left": {"Value": 1}, "right": {"Value": 1}, "x": 1}}"#, .unknownMember, "/&&"),
        (
            #"{"&&": {"left": {"&&": {"left": {"Value": 1}, "right": {"Var": 1}}}, "right": {"Value": 1}}}"#,
            .unknownName, "/&&/left/&&/right/Var"
        ),
        (
            #"{"+": {"left": {"-": {"left": {"Var": 1}, "right": {"Value": 1}}}, "right": {"Value": 1}}}"#,
            .unknownName, "/+/left/-/left/Var"
        ),
        (#"{"+": {"left": {"Value": 1}, "right": {"Value": null}}}"#, .invalidValue, "/+/right/Value"),
        (#"{"isInRange": []}"#, .invalidShape, "/isInRange"), (#"{"ip": {"Value": 1}}"#, .invalidShape, "/ip"),
        (#"{"has": {"left": {"Var": "context"}, "attr": []}}"#, .invalidShape, "/has/attr"),
        (#"{"has": {"left": {"Var": "context"}, "attr": ["a", 1]}}"#, .invalidShape, "/has/attr/1"),
        (#"{".": {"left": {"Var": "context"}, "attr": ["a"]}}"#, .invalidShape, "/./attr"),
        (#"{"like": {"left": {"Var": "context"}, "pattern": "a"}}"#, .invalidShape, "/like/pattern"),
        (#"{"like": {"left": {"Var": "context"}, "pattern": ["a"]}}"#, .invalidShape, "/like/pattern/0"),
        (#"{"is": {"left": {"Var": "context"}, "entity_type": "if"}}"#, .invalidName, "/is/entity_type"),
        (#"{"Record": {"a": {"Value": 1}, "a": {"Value": 1}}}"#, .invalidJSON, ""),
    ]

    @Test(arguments: wrongExpressions)
    func `a mistake in an expression is named with its place`(
        body: String, code: PolicyJSONError.Code, place: UTF8String
    ) throws {
        let error = #expect(throws: PolicyJSONError.self) { try Self.policy(body) }
        let whole: UTF8String = code == .invalidJSON ? "" : UTF8String("/conditions/0/body\(place)")
        #expect(error?.code == code && error?.place == whole, "\(body): \(error.map(\.description) ?? "")")
    }

    @Test func `ids that differ only in Unicode's normal form stay apart`() throws {
        let text =
            "permit (principal == U::\"e\u{301}\", action, resource == U::\"\u{e9}\") when { context.a == \"\\0\" };"
        let statement = try #require(try Statements.parse(text).policies.first?.statement)
        let read = try PolicyStatement(parsingCedarJSON: try statement.cedarJSON().serialized())
        #expect(read == statement)
        #expect(read.principal != read.resource)
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Names that look alike, or that a terminal obeys: kept byte for byte where any text may be, refused elsewhere, and
/// never shown raw.
@Suite struct NameTests {
    static let names: [String] = [
        "\0", "a\0b", "\u{1}", "\u{7}", "\u{8}", "\u{b}", "\u{1b}[31mred", "\u{7f}", "\u{85}", "\u{9b}31m", "\r",
        "\r\n", "\n", "\t", "\u{200b}", "\u{200f}", "\u{2028}", "\u{2029}", "\u{202e}gnp", "\u{2066}", "\u{feff}",
        "\u{fffe}", "\u{fffd}", "\u{e000}", "\u{10ffff}", "e\u{301}", "\u{e9}", "\u{1f469}\u{200d}\u{1f4bb}", "\"",
        "\\", "\\u{41}", "//", "*/", "?principal", "__entity", "__cedar", "", " ", "ﬁ", "Ａ",
    ]

    private func quoted(_ name: String) -> String { StringEscapes.quoted(UTF8String(name)) }

    private func json(_ name: String) -> String {
        String(decoding: JSON.string(UTF8String(name)).serialized(), as: UTF8.self)
    }

    @Test(arguments: names)
    func `any text names policies, entities, attributes, tags, actions and groups, through every format`(
        _ name: String
    ) throws {
        let uid = EntityUID(type: "E", id: UTF8String(name))
        let text = """
            @id(\(quoted("p" + name))) @note(\(quoted(name)))
            permit (principal == E::\(quoted(name)), action in [Action::\(quoted(name))], resource in E::\(quoted(name)))
            when {
              context[\(quoted(name))] == \(quoted(name)) && principal has \(quoted(name))
                && principal[\(quoted(name))] == principal.getTag(\(quoted(name)))
                && {\(quoted(name)): [\(quoted(name))]}[\(quoted(name))].contains(\(quoted(name)))
            };
            """
        let set = try PolicySet.parse([PolicyFile(name: "f", bytes: Array(text.utf8))])
        #expect(set.policies.map(\.id) == [UTF8String("p" + name)])
        let entities = try Entities([
            Entity(
                uid: uid, attrs: [UTF8String(name): 1], tags: [UTF8String(name): 1], parents: []),
            Entity(uid: EntityUID(type: "E", id: "child"), parents: [uid]),
        ])
        let stored = try Entities(parsingCedarJSON: try entities.cedarJSON().serialized())
        #expect(stored.sorted == entities.sorted)
        // In a document this name alone makes an object an entity.
        guard name != "__entity" else { return }
        let context = try CedarRecord(parsingCedarJSON: Array("{\(json(name)): \(json(name))}".utf8))
        let request = Request(
            principal: uid, action: EntityUID(type: "Action", id: UTF8String(name)),
            resource: EntityUID(type: "E", id: "child"), context: context)

        var sets = [set]
        sets.append(try PolicySet(parsingCedarJSON: try set.cedarJSON().serialized()))
        let laidOut = try PolicyFormatter().format(PolicyFile(name: "f", bytes: Array(text.utf8)))
        sets.append(try PolicySet.parse([PolicyFile(name: "f", bytes: laidOut)]))
        let printed = set.policies.map(\.statement.description).joined()
        sets.append(try PolicySet.parse([PolicyFile(name: "f", bytes: Array(printed.utf8))]))
        for policies in sets {
            let response = Authorizer.authorize(request, policies: policies, entities: stored)
            #expect(response.determiningPolicies == [UTF8String("p" + name)], "\(response.errors)")
        }
        #expect(!Self.hasControls(printed), "\(printed.debugDescription)")
        #expect(!Self.hasControls("\(request.principal)"))
    }

    @Test(arguments: names)
    func `explanations, reports and comparisons show no control characters`(_ name: String) throws {
        let text = """
            @id(\(quoted("p" + name)))
            permit (principal, action, resource)
            when { context[\(quoted(name))] == \(quoted(name + "x")) && context[\(quoted(name + "y"))] };
            """
        let set = try PolicySet.parse([PolicyFile(name: UTF8String("f" + name), bytes: Array(text.utf8))])
        let uid = EntityUID(type: "E", id: UTF8String(name))
        let action = EntityUID(type: "Action", id: UTF8String(name))
        let request = Request(principal: uid, action: action, resource: uid, context: [UTF8String(name): 1])
        let schema = try Schema(
            parsing: UTF8String(
                "entity E {\(quoted(name)): Long}; action \(quoted(name)) appliesTo {principal: E, resource: E};"))
        let report = Validator(schema).report(on: set)
        #expect(!report.isValid)
        var shown = [report.description, Explanation(of: request, policies: set, entities: Entities()).text]
        shown.append(PolicySetDifference(from: set, to: PolicySet()).text)
        shown += Authorizer.authorize(request, policies: set, entities: Entities()).errors.map { "\($0.error)" }
        let entities = try Entities([Entity(uid: uid, attrs: [UTF8String(name): true])])
        shown += Validator(schema).errors(in: entities).map { "\($0)" }
        shown += Validator(schema).errors(in: request).map { "\($0)" }
        let again = #expect(throws: PolicyErrors.self) {
            try PolicySet.parse([PolicyFile(name: UTF8String("f" + name), bytes: Array((text + text).utf8))])
        }
        shown.append(again?.all.map { "\($0)" }.joined() ?? "")
        for text in shown { #expect(!Self.hasControls(text), "\(text.debugDescription)") }
    }

    /// Whether a terminal would do something else than show it.
    static func hasControls(_ text: String) -> Bool {
        text.unicodeScalars.contains { scalar in
            let category = scalar.properties.generalCategory
            return scalar != "\n" && (category == .control || category == .format || category == .lineSeparator)
        }
    }

    @Test func `names that differ in Unicode's normal form alone are two, everywhere`() throws {
        let (composed, decomposed) = ("\u{e9}", "e\u{301}")
        // Swift's own strings take them for one.
        #expect(composed == decomposed)
        for (left, right) in [
            (composed, decomposed), ("\u{fb01}", "fi"), ("\u{212b}", "\u{c5}"), ("\u{1100}\u{1161}", "가"),
        ] {
            let policies = try PolicySet.parse([
                PolicyFile(
                    name: "f",
                    bytes: Array(
                        """
                        @id("\(left)") permit (principal == E::"\(left)", action, resource);
                        @id("\(right)") permit (principal == E::"\(right)", action, resource);
                        """.utf8))
            ])
            #expect(policies.policies.count == 2)
            for (name, other) in [(left, right), (right, left)] {
                let request = Request(
                    principal: EntityUID(type: "E", id: UTF8String(name)), action: EntityUID(type: "Action", id: "a"),
                    resource: EntityUID(type: "E", id: "r"))
                let response = Authorizer.authorize(request, policies: policies, entities: Entities())
                #expect(response.determiningPolicies == [UTF8String(name)])
                for expression in [
                    "\"\(name)\" == \"\(other)\"", "\"\(name)\" like \"\(other)\"",
                    "[\"\(name)\"].contains(\"\(other)\")",
                    "{\"\(name)\": 1} has \"\(other)\"", "{\"\(name)\": 1} == {\"\(other)\": 1}",
                    "E::\"\(name)\" == E::\"\(other)\"", "E::\"\(name)\" in [E::\"\(other)\"]",
                    "[\"\(name)\", \"\(other)\"] == [\"\(name)\"]",
                ] { #expect(try Evaluation.value(of: expression) == false, "\(expression)") }
                #expect(try Evaluation.value(of: "{\"\(name)\": 1, \"\(other)\": 2}[\"\(name)\"]") == 1)
            }
            let document = """
                [{"uid":{"type":"E","id":"\(left)"},"attrs":{"\(left)":1,"\(right)":2},"tags":{"\(left)":1,"\(right)":2},
                  "parents":[{"type":"E","id":"\(right)"}]},
                 {"uid":{"type":"E","id":"\(right)"},"attrs":{},"parents":[]}]
                """
            let entities = try Entities(parsingCedarJSON: Array(document.utf8))
            #expect(entities.count == 2)
            #expect(entities.sorted.contains { $0.attrs.count == 2 && $0.tags.count == 2 })
            let policy =
                #"{"effect":"permit","principal":{"op":"All"},"action":{"op":"All"},"resource":{"op":"All"},"conditions":[]}"#
            let json =
                #"{"staticPolicies":{"\#(left)":\#(policy),"\#(right)":\#(policy)},"templates":{},"templateLinks":[]}"#
            #expect(try PolicySet(parsingCedarJSON: Array(json.utf8)).policies.count == 2)
        }
    }

    @Test(arguments: names.filter { !["", " ", "\n", "\t", "\r", "\r\n", "\u{b}", "//", "\\u{41}"].contains($0) })
    func `outside of quotes only names of the grammar are`(_ name: String) throws {
        for text in [
            "permit (principal\(name), action, resource);", "permit (principal, action, resource) when { \(name) };",
            "permit (principal is A\(name)B, action, resource);", "@a\(name)b permit (principal, action, resource);",
            "permit (principal == A\(name)::\"x\", action, resource);",
        ] where !["__cedar", "__entity", "?principal", "\""].contains(name) {
            // These three are white space to Cedar.
            guard !["\u{85}", "\u{200f}", "\u{2028}", "\u{2029}"].contains(name) else { continue }
            for grammar in Grammar.policyTexts {
                #expect(try grammar.answer(text) != Grammar.fine, "\(text.debugDescription)")
            }
        }
        guard !["__cedar", "__entity"].contains(name) else { return }
        for text in ["entity A\(name)B;", "entity A { a\(name)b: Long };", "entity A in B\(name);"] {
            #expect(try Grammar.schema.answer(text) != Grammar.fine, "\(text.debugDescription)")
        }
        let quoted = json("A" + name)
        #expect(try Grammar.schemaJSON.answer(#"{"":{"entityTypes":{\#(quoted):{}},"actions":{}}}"#) == "invalidName")
        let uid = #"{"type":\#(quoted),"id":"x"}"#
        #expect(try Grammar.entities.answer(#"[{"uid":\#(uid),"attrs":{},"parents":[]}]"#) == "invalidTypeName")
        #expect(try Grammar.context.answer(#"{"n":{"__entity":\#(uid)}}"#) == "invalidTypeName")
        let body = Grammar.policyJSON.holding(#"{"Value":{"__entity":\#(uid)}}"#)
        #expect(try Grammar.policyJSON.answer(body) == "invalidName")
    }
}

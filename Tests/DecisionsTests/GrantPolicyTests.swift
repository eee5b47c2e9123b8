// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Effects
import PortTesting
import StrictJSON
import Testing
import ToolTypes
import WireTypes

/// What is asked for, as a policy: that it says that and nothing else, whatever the names and values are.
struct GrantPolicyTests {
    /// Texts that would be more than a name or a value where text is pasted together.
    static let attacks: [UTF8String] = [
        #"x" || true || "y"#, #"x") permit (principal, action, resource); //"#, #"\"#, #"\""#,
        #"" }; permit(principal,action,resource); when { ""#,
        "a\nb", "// x", "/* */", "*", #"\*"#, "{}", "'; DROP TABLE", "\u{202e}x", "\u{0}", "é", "e\u{301}",
        #"x" like "*"#, "${x}", "principal", "context.input", "?principal",
    ]

    private static func policies(_ text: UTF8String) throws -> [Policy] {
        try PolicySet.parse([PolicyFile(name: "g.cedar", bytes: text.bytes)]).policies
    }

    /// The values, or with `attr` the names, in a policy's conditions, by Cedar's own JSON of them.
    private static func found(_ member: UTF8String, in policy: Policy) throws -> [UTF8String] {
        var found: [UTF8String] = []
        func walk(_ json: JSON) {
            if let text = json[member]?.string { found.append(text) }
            for entry in json.object?.members ?? [] { walk(entry.value) }
            for element in json.array ?? [] { walk(element) }
        }
        walk(try #require(try policy.statement.cedarJSON()["conditions"]))
        return found
    }

    @Test func `it is one permit of the call for its agent, its tool and its time`() throws {
        let text = try Grants.text(Grants.policy(tests: ["amount <= 100", "to=merchant-*"], session: "s/1"))
        let id = UUIDv7(time: World.day, random: [UInt8](repeating: 7, count: 10))
        #expect(
            text
                == UTF8String(
                    #"""
                    @id("grant/\#(id)/1")
                    permit (principal == Agent::"agent-passport:a1", action == Action::"docs/pay", resource == Tool::"docs/pay")
                    when { context.system.now < datetime("2026-03-17T10:16:00.000Z") }
                    when { context.session has id && context.session.id == "s/1" }
                    when { context.input has amount && context.input.amount.lessThanOrEqual(decimal("100.0000")) }
                    when { context.input has to && context.input.to like "merchant-*" };

                    """#))
    }

    @Test func `effects are permits of their own, with the same tests and of the same call`() throws {
        let text = try Grants.text(
            Grants.policy(
                ["read_document", "pay"], tests: ["docs/read_document:path=/a/*"],
                effects: ["read:/a/**", "spend:m-1"]))
        let policies = try Self.policies(text)
        #expect(policies.count == 6)
        let effects = policies.filter { $0.action == .equal(EntityUID(type: "Action", id: "read")) }
        #expect(effects.count == 2)
        for effect in effects {
            #expect(effect.resource == .within(.entity(EntityUID(type: "Directory", id: "/a"))))
        }
        #expect(effects.map(\.conditions.count) == [3, 2])
        #expect(
            effects.first?.conditions.first?.body.description
                == #"context.call.server == "docs" && context.call.tool == "read_document""#)
        #expect(
            policies.contains {
                $0.resource == .equal(.entity(EntityUID(type: "Account", id: "m-1")))
            })
    }

    @Test(arguments: attacks) func `a value is a value, whatever is in it`(attack: UTF8String) throws {
        for test in [UTF8String("to == \(JSON.string(attack).text)"), UTF8String("to = \(JSON.string(attack).text)")] {
            let text = try Grants.text(Grants.policy(tests: [test]))
            let policies = try Self.policies(text)
            #expect(policies.count == 1)
            let conditions = try #require(policies.first).conditions
            // Nothing but the time and the test.
            #expect(conditions.count == 2)
            if test.hasPrefix("to == ") {
                #expect(try Self.found("Value", in: policies[0]).contains(attack))
            }
        }
    }

    @Test(arguments: attacks) func `a list's elements are values, whatever is in them`(attack: UTF8String) throws {
        let test = UTF8String("tags in [\"a\",\(JSON.string(attack).text)]")
        let policies = try Self.policies(Grants.text(Grants.policy(tests: [test])))
        #expect(policies.count == 1 && policies[0].conditions.count == 2)
        #expect(try Self.found("Value", in: policies[0]).contains(attack))
    }

    @Test(arguments: attacks) func `a name of a parameter is a name, whatever is in it`(attack: UTF8String) throws {
        // Of a tool of which nothing is known any name may be one.
        let test = UTF8String("\(JSON.string(attack).text) == \"v\"")
        let policies = try Self.policies(Grants.text(Grants.policy(["loose"], tests: [test])))
        #expect(policies.count == 1 && policies[0].conditions.count == 2)
        #expect(try Self.found("attr", in: policies[0]).contains(attack))
    }

    @Test(arguments: attacks) func `a tool's name is a name, or it is refused`(attack: UTF8String) throws {
        let policy: GrantPolicy
        do throws(GrantMistake) { policy = try Grants.policy([attack]) } catch {
            #expect(attack.bytes.contains { $0 < 0x20 })
            return
        }
        let policies = try Self.policies(Grants.text(policy))
        #expect(policies.count == 1)
        #expect(policies[0].action == .equal(EntityUID(type: "Action", id: UTF8String("docs/\(attack)"))))
        #expect(policies[0].resource == .equal(.entity(EntityUID(type: "Tool", id: UTF8String("docs/\(attack)")))))
    }

    @Test(arguments: attacks + ["", " ", "agent-passport:a1 ", "agent*", "a\"b"])
    func `an agent is named as agents are, and a session as sessions are`(attack: UTF8String) throws {
        if attack != "principal", attack != "context.input" {
            #expect(throws: GrantMistake.self) { try Grants.policy(agent: attack) }
            #expect(throws: GrantMistake.self) { try Grants.policy(session: attack) }
        }
    }

    @Test(arguments: attacks) func `an effect names a thing, or it is refused`(attack: UTF8String) throws {
        for verb in Verb.allCases {
            let effect = UTF8String("\(verb.rawValue):\(verb == .read ? "/" : "")\(attack)")
            let policy: GrantPolicy
            do throws(GrantMistake) { policy = try Grants.policy(effects: [effect]) } catch { continue }
            let policies = try Self.policies(Grants.text(policy))
            #expect(policies.count >= 2)
            for policy in policies {
                #expect(policy.principal == .equal(.entity(EntityUID(type: "Agent", id: Agents.id))))
                #expect(policy.resource.reference != nil)
            }
        }
    }

    @Test(
        arguments: [
            ("read:/reports/q1.csv", #"resource == File::"/reports/q1.csv""#),
            ("read:/reports/**", #"resource in Directory::"/reports""#), ("write:/**", #"resource in Directory::"/""#),
            ("delete:/tmp/x/", #"resource == File::"/tmp/x""#),
            ("connect:API.example.com", #"resource == Host::"api.example.com""#),
            ("connect:*.example.com", #"resource in Domain::"example.com""#),
            ("connect:https://Example.com:443/a", #"resource == URL::"https://example.com/a""#),
            ("execute:git", #"resource == Program::"git""#),
            ("query:sales.public.orders", #"resource == Table::"sales.public.orders""#),
            ("mutate:sales.*", #"resource in Database::"sales""#),
            ("send:ann@Example.net", #"resource == Recipient::"mailto:ann@example.net""#),
            ("send:*@example.net", #"resource in Domain::"example.net""#),
            ("spend:merchant-17", #"resource == Account::"merchant-17""#),
            ("opaque:arguments", #"resource == Opaque::"arguments""#),
        ] as [(UTF8String, String)])
    func `an effect is read as it is where a call names it`(_ effect: UTF8String, _ scope: String) throws {
        let text = try Grants.text(Grants.policy(effects: [effect]))
        #expect(text.string.contains(scope), "\(text)")
    }

    @Test(
        arguments: [
            "read", "read:", "reed:/a", "read:a", "read:/a/*", "read:/a/*/b", "read:/a*", "read:/a\u{0}", "connect:*",
            "connect:*.com*", "connect:a b", "execute:/bin/sh", "execute:*", "execute:", "query:a.b.c.d", "mutate:*",
            "send:*", "opaque:argument", "opaque:*", "spend:", "spend:a b", "read:/~x/%zz%u0041",
        ] as [UTF8String])
    func `what is no effect, or a star where none can be, is refused`(_ effect: UTF8String) {
        #expect(throws: GrantMistake.self) { try Grants.policy(effects: [effect]) }
    }

    @Test(
        arguments: [
            ("amount <= 100", #"context.input.amount.lessThanOrEqual(decimal("100.0000"))"#),
            ("amount<99.5", #"context.input.amount.lessThan(decimal("99.5000"))"#),
            ("amount == 1", #"context.input.amount == decimal("1.0000")"#),
            ("count >= 1", "context.input.count >= 1"), ("count > -1", "context.input.count > -1"),
            ("count in [1,2]", "[1, 2].contains(context.input.count)"),
            ("to = 100", #"context.input.to == "100""#), ("to == a*b", #"context.input.to == "a*b""#),
            ("to=a*b", #"context.input.to like "a*b""#), ("currency == EUR", #"context.input.currency == "EUR""#),
            ("urgent == false", "context.input.urgent == false"), ("urgent=true", "context.input.urgent == true"),
            (#"tags in ["a","b"]"#, #"["a", "b"].containsAll(context.input.tags)"#),
            (
                "/filter/owner == me",
                #"context.input has filter && context.input.filter has owner && context.input.filter.owner == "me""#
            ),
            (#""odd \"name\"" == x"#, #"context.input["odd \"name\""] == "x""#),
            ("docs/pay:count == 3", "context.input.count == 3"),
        ] as [(UTF8String, String)])
    func `a test is a comparison of the parameter's own type`(_ test: UTF8String, _ condition: String) throws {
        let text = try Grants.text(Grants.policy(tests: [test]))
        #expect(text.string.contains(condition), "\(text)")
        #expect(text.string.contains("context.input has "))
    }

    @Test(
        arguments: [
            ("amout <= 100", "docs/pay has no parameter amout; did you mean `amount`?"),
            ("Amount <= 100", "did you mean `amount`?"),
            ("nothing-like-it == 1", "docs/pay has no parameter nothing-like-it; it has "),
            ("/filter/owners == me", "did you mean `owner`?"),
            ("/to/x == 1", "the parameter to of docs/pay has no members"),
            ("any == 1", "its definition gives it no type"),
            ("amount <= many", "does not fit: amount is a number of at most four decimals"),
            ("amount <= 1.00001", "does not fit"), ("count <= 1.5", "does not fit: count is a whole number"),
            ("count == \"1\"", "does not fit: count is a whole number"), ("to <= 5", "to is text"),
            ("urgent == yes", "urgent is true or false"), ("urgent < true", "urgent is true or false"),
            ("tags == a", "write tags in"), ("filter == a", "as in /filter/MEMBER"),
            ("currency == EURO", "currency is one of EUR, USD; did you mean `EUR`?"),
            ("currency in [\"EUR\",\"GBP\"]", "currency is one of EUR, USD"), ("count in 5", "a JSON list of 1 to 64"),
            ("count in5", "after `in` comes a list"),
            ("count in []", "a JSON list of 1 to 64"), ("count in [1,\"2\"]", "does not fit"),
            ("count in [", "a JSON list"),
            ("to in [null]", "does not fit"), ("count", "is no test of a parameter"), ("", "is no test of a parameter"),
            ("count ==", "compares with nothing"), ("count != 5", "is no test of a parameter"),
            ("== 5", "is no test of a parameter"), ("/ == 5", "has no parameter"),
            (#""open == 5"#, "is no test of a parameter"),
            ("docs/read_document:path == /x", "docs/pay has no parameter docs/read_document:path"),
        ] as [(UTF8String, String)])
    func `a test of no parameter, or of what it can never be, is refused and says what was meant`(
        _ test: UTF8String, _ words: String
    ) throws {
        let mistake = #expect(throws: GrantMistake.self) { try Grants.text(Grants.policy(tests: [test])) }
        #expect(mistake?.description.contains(words) == true, "\(mistake?.description ?? "nothing")")
    }

    @Test func `a path's pattern holds for nothing that leaves the folder by dots`() throws {
        let policies = try Self.policies(Grants.text(Grants.policy(["read_document"], tests: ["path=/a/*"])))
        let conditions = policies[0].conditions[1].body.description
        #expect(conditions.contains(#"!(context.input.path like "*/../*")"#), "\(conditions)")
    }

    @Test func `a test of no tool in particular is of each, and must fit each`() throws {
        #expect(throws: GrantMistake.self) {
            try Grants.text(Grants.policy(["pay", "copy"], tests: ["amount <= 5"]))
        }
        let text = try Grants.text(Grants.policy(["pay", "copy"], tests: ["to=a*", "docs/pay:amount <= 5"]))
        let policies = try Self.policies(text)
        #expect(policies.map(\.conditions.count) == [3, 2])
    }

    @Test func `what is too much is refused`() throws {
        #expect(throws: GrantMistake.self) { try Grants.policy([]) }
        #expect(throws: GrantMistake.self) { try Grants.policy(["pay", "pay"]) }
        #expect(throws: GrantMistake.self) { try Grants.policy((0..<9).map { UTF8String("t\($0)") }) }
        #expect(throws: GrantMistake.self) { try Grants.policy(tests: (0..<17).map { UTF8String("count == \($0)") }) }
        #expect(throws: GrantMistake.self) { try Grants.policy(effects: (0..<9).map { UTF8String("spend:a\($0)") }) }
        let long = UTF8String("to == " + String(repeating: "x", count: 1024))
        #expect(throws: GrantMistake.self) { try Grants.policy(tests: [long]) }
        let deep = UTF8String("/" + Array(repeating: "a", count: 9).joined(separator: "/") + " == 1")
        #expect(throws: GrantMistake.self) { try Grants.policy(tests: [deep]) }
        // Much of everything, but each within its bound.
        let wide = try Grants.policy(
            ["loose", "a", "b", "c", "d", "e", "f", "g"],
            tests: (0..<16).map { UTF8String("p\($0) == " + String(repeating: "x", count: 1000)) },
            effects: (0..<8).map { UTF8String("spend:a\($0)") })
        #expect(throws: GrantMistake.self) { try Grants.text(wide) }
    }

    @Test func `what is checked is what policies in force are checked by`() throws {
        let text = try Grants.text(
            Grants.policy(
                ["pay", "read_document"],
                tests: ["docs/pay:amount <= 5", "docs/pay:to=a*", "docs/read_document:path=/r/*"],
                effects: ["read:/r/**", "spend:m", "connect:*.example.com", "opaque:arguments"], session: "s"))
        let policies = try PolicySet.parse([PolicyFile(name: "g.cedar", bytes: text.bytes)])
        let review = try PolicyReview(of: policies, ToolSchema(Grants.servers, profile: .native()))
        #expect(review.errors.isEmpty, "\(review.errors.map(\.description))")
    }
}

extension JSON {
    /// Its text.
    fileprivate var text: String { String(decoding: serialized(), as: UTF8.self) }
}

// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Foundation
import Packs
import StrictJSON
import Testing

/// OAP pack files as Cedar.
struct TranslationTests {
    private static let codes = Set(ReasonCode.allCases.map { UTF8String($0.rawValue) })
    private static let action: UTF8String = "local/image.generate"

    private static func pack(_ condition: UTF8String, _ more: JSON = [:]) -> JSON {
        let base: JSON = [
            "id": "acme.images.v1", "name": "Images", "requires_capabilities": ["media.image"], "min_assurance": "L0",
            "required_context": [
                "type": "object", "required": [],
                "properties": [
                    "n": ["type": "integer"], "m": ["type": "integer"], "s": ["type": "string"],
                    "flag": ["type": "boolean"],
                    "list": ["type": "array"], "o": ["type": "object", "properties": ["k": ["type": "integer"]]],
                ],
            ],
            "evaluation_rules": [
                [
                    "name": "r", "type": "expression", "condition": .string(condition),
                    "deny_code": "oap.provider_not_allowed", "description": "because",
                ]
            ],
        ]
        return base.with(more)
    }

    private static func translation(_ pack: JSON) throws -> OAPPackTranslation {
        try OAPPackTranslation(pack.serialized(), tools: [action], codes: codes)
    }

    /// Whether a call is forbidden, a forbid that cannot be evaluated counting as holding; and by what.
    private static func forbids(
        _ policies: UTF8String, _ input: CedarRecord, _ limits: CedarRecord
    ) throws -> [UTF8String] {
        let set = try PolicyBook([PolicyFile(name: "p.cedar", bytes: policies.bytes)]).policies
        let agent = EntityUID(type: "Agent", id: "a")
        let entities = try Entities([
            Entity(
                uid: agent,
                attrs: [
                    "limits": .record(["media.image": .record(limits)]), "capabilities": .set(["media.image"]),
                    "assurance": .long(2), "regions": .set(["US"]),
                ])
        ])
        let request = Request(
            principal: agent, action: EntityUID(type: "Action", id: action),
            resource: EntityUID(type: "Tool", id: action), context: ["input": .record(input)])
        return Authorizer.authorize(request, policies: set, entities: entities).outcomes
            .filter { $0.result != .notSatisfied }.map(\.policyID)
    }

    /// A condition, the call, the limits, and whether the condition holds.
    static let conditions: [(UTF8String, CedarRecord, CedarRecord, Bool)] = [
        ("limits.a.includes('*') || limits.a.includes(context.s)", ["s": "x"], ["a": .set(["x"])], true),
        ("limits.a.includes('*') || limits.a.includes(context.s)", ["s": "x"], ["a": .set(["*"])], true),
        ("limits.a.includes('*') || limits.a.includes(context.s)", ["s": "x"], ["a": .set(["y"])], false),
        ("limits.a.includes(context.s)", ["s": "x"], [:], false),
        ("limits.a.includes(context.s)", [:], ["a": .set(["x"])], false),
        ("!limits.a || limits.a.includes(context.s)", ["s": "x"], [:], true),
        ("!limits.a || limits.a.includes(context.s)", ["s": "x"], ["a": .set([])], false),
        ("!limits.a || limits.a.includes(context.s)", ["s": "x"], ["a": .string("x")], false),
        ("context.n <= limits.max", ["n": .long(5)], ["max": .long(5)], true),
        ("context.n <= limits.max", ["n": .long(6)], ["max": .long(5)], false),
        ("context.n <= limits.max", [:], ["max": .long(5)], false),
        ("context.n <= limits.max", ["n": .long(5)], [:], false),
        ("context.n <= limits.max", ["n": .long(5)], ["max": .string("5")], false),
        ("!context.n || !limits.max || context.n <= limits.max", [:], ["max": .long(5)], true),
        ("!limits.max || (context.n && context.n <= limits.max)", [:], ["max": .long(5)], false),
        ("context.n + context.m < 10", ["n": .long(4), "m": .long(5)], [:], true),
        ("context.n * 2 - 1 >= 7", ["n": .long(4)], [:], true),
        ("passport.limits.media.image.max > context.n", ["n": .long(1)], ["max": .long(2)], true),
        ("passport.status === 'active' && context.flag", ["flag": true], [:], true),
        ("passport.assurance_level >= 'L2'", [:], [:], true), ("passport.assurance_level >= 'L3'", [:], [:], false),
        ("passport.regions.includes('US')", [:], [:], true),
        ("passport.capabilities.includes('other')", [:], [:], false),
        ("['a', \"b\"].includes(context.s)", ["s": "b"], [:], true),
        ("['a'].includes(context.s)", ["s": "b"], [:], false),
        ("context.s.includes('a*')", ["s": "xa*y"], [:], true), ("context.s.includes('a*')", ["s": "xab"], [:], false),
        ("context.s.startsWith('ab')", ["s": "abc"], [:], true),
        ("context.s.startsWith('bc')", ["s": "abc"], [:], false),
        ("context.s.endsWith('bc')", ["s": "abc"], [:], true), ("context.s.length > 0", ["s": ""], [:], false),
        ("context.s.length > 0", [:], [:], false), ("context.list.length === 0", ["list": .set([])], [:], true),
        ("context.list.length", ["list": .set(["x"])], [:], true), ("context.s !== context.t", ["s": "x"], [:], true),
        ("context.s !== 'x'", ["s": "x"], [:], false), ("context.s === undefined", [:], [:], true),
        ("context.s != null", [:], [:], false), ("context.o.k > 1", ["o": .record(["k": .long(2)])], [:], true),
        ("context.o.k > 1", ["o": .record([:])], [:], false),
        ("/^https:\\/\\/.*\\.example\\.com$/.test(context.s)", ["s": "https://a.example.com"], [:], true),
        ("/^https:\\/\\/.*\\.example\\.com$/.test(context.s)", ["s": "https://a.example.com.evil"], [:], false),
        ("/^ls.*$/.test(context.s)", ["s": "ls -l"], [:], true),
        ("/^ls.*$/.test(context.s)", ["s": "ls\nrm"], [:], false),
        ("/^ls.*$/.test(context.s)", ["s": "ls\u{2028}rm"], [:], false),
        ("/^ls.*/.test(context.s)", ["s": "ls\nrm"], [:], true),
        ("!/^ls.*$/.test(context.s)", ["s": "ls\nrm"], [:], true),
        ("/.*secret.*/.test(context.s)", ["s": "a\nsecret\nb"], [:], true),
        ("/secret/.test(context.s)", ["s": "a secret"], [:], true), ("limits.flag", [:], ["flag": true], true),
        ("limits.flag", [:], ["flag": .string("yes")], false), ("context.flag === false", ["flag": false], [:], true),
    ]

    @Test(arguments: conditions.indices)
    func `a condition that is translated holds for the same calls`(_ index: Int) throws {
        let (condition, input, limits, holds) = Self.conditions[index]
        let translation = try Self.translation(Self.pack(condition))
        #expect(translation.refusals == [], "\(condition)")
        let forbids = try Self.forbids(translation.policies, input, limits)
        #expect(forbids.contains("oap/acme.images.v1/rule/r") == !holds, "\(condition): \(translation.policies)")
    }

    @Test(arguments: [
        ("context.x in limits.y", "dialect"), ("NOT limits.x", "dialect"), ("not limits.x", "dialect"),
        ("limits.a.every(c => true)", "no form"), ("f(context.x)", "code"), ("context['x']", "computed"),
        ("context.n < 1.5", "whole"), ("context.s.length < 5", "length"), ("limits.x.length > 0", "may be"),
        ("context.x ? 1 : 2", "choice"), ("context.s < 'x'", "whole numbers"), ("/a+/.test(context.s)", "like"),
        ("/a.*b/.test(context.s)", "like"),
        ("/^a.*b/.test(context.s)", "like"), ("/a.*b$/.test(context.s)", "like"),
        ("/a/i.test(context.s)", "flags"), ("context", "whole"),
        ("passport.owner_id == 'x'", "a fact that policies do not have"),
        ("now() - 5", "evaluator's"), ("eval('x')", "evaluator's"), ("context.x &&", "too early"), ("", "too early"),
        ("version matches semver", "not expected"), ("'open", "end"),
        (String(repeating: "!", count: 200) + "true", "deep"), (String(repeating: "(", count: 200), "deep"),
        (String(repeating: "x", count: 5000), "bytes"), (String(repeating: "1&&", count: 600) + "1", "words"),
    ])
    func `a condition that Cedar cannot say is refused with the reason and the place`(
        _ condition: String, _ reason: String
    ) throws {
        let translation = try Self.translation(Self.pack(UTF8String(condition)))
        guard condition != "limits.__proto__" else { return }
        let refusal = try #require(translation.refusals.first, "\(translation.policies)")
        #expect(translation.refusals.count == 1 && refusal.place == "evaluation_rules/r")
        #expect(refusal.reason.string.contains(reason), "\(refusal.reason)")
    }

    @Test func `what a pack asks of the passport and of the call becomes policies too`() throws {
        let pack = Self.pack(
            "context.n <= 9",
            [
                "min_assurance": "L3", "requires_capabilities": ["media.image", "media.other"],
                "required_context": [
                    "required": ["n", "s"],
                    "properties": [
                        "n": ["type": "integer", "minimum": 1, "maximum": 9],
                        "s": ["type": "string", "enum": ["a", "b"]],
                        "t": ["type": "string", "pattern": "^x", "minLength": 1],
                    ],
                ],
            ])
        let translation = try Self.translation(pack)
        #expect(translation.refusals == [])
        let all = try Self.forbids(translation.policies, ["n": .string("x"), "t": ""], [:])
        #expect(
            Set(all) == [
                "oap/acme.images.v1/capability/media.other", "oap/acme.images.v1/assurance",
                "oap/acme.images.v1/context/s", "oap/acme.images.v1/context/n/value",
                "oap/acme.images.v1/context/t/value", "oap/acme.images.v1/rule/r",
            ])
        let good = try Self.forbids(translation.policies, ["n": .long(9), "s": "b", "t": "xy"], [:])
        #expect(Set(good) == ["oap/acme.images.v1/capability/media.other", "oap/acme.images.v1/assurance"])
    }

    @Test func `validators are code and are refused`() throws {
        let rule: JSON = ["name": "v", "type": "custom_validator", "validator": "validateIt", "deny_code": "oap.x"]
        let translation = try Self.translation(Self.pack("true", ["evaluation_rules": [rule]]))
        #expect(translation.refusals.map(\.place) == ["evaluation_rules/v"])
        #expect(translation.refusals.first?.reason.string.contains("validateIt") ?? false)
    }

    @Test func `codes that Writ has are kept, under its name for them, and others are named`() throws {
        func coded(_ code: UTF8String) throws -> OAPPackTranslation {
            try Self.translation(
                Self.pack(
                    "true",
                    ["evaluation_rules": [["name": "r", "condition": "context.n > 1", "deny_code": .string(code)]]]))
        }
        #expect(try coded("oap.pii_blocked").policies.string.contains(#"@code("oap.pii_not_allowed")"#))
        let other = try coded("acme.no")
        #expect(!other.policies.string.contains("acme.no") && other.notes.contains { $0.string.contains("acme.no") })
        #expect(!(try coded("oap.allowed").policies.string.contains("oap.allowed")))
    }

    @Test func `nothing of a pack's texts is anything but text in Cedar`() throws {
        let hostile: UTF8String = "x\") permit (principal, action, resource); //\n*/ \u{202e}\\"
        let pack = Self.pack(
            "context.s === 'x\") permit (principal, action, resource); //'",
            [
                "name": .string(hostile), "requires_capabilities": [.string(hostile)],
                "evaluation_rules": [
                    [
                        "name": .string(hostile),
                        "condition": "context.s == '\") }; permit (principal, action, resource);'",
                        "description": .string(hostile),
                    ]
                ],
            ])
        let translation = try Self.translation(pack)
        let set = try PolicyBook([PolicyFile(name: "p.cedar", bytes: translation.policies.bytes)]).policies
        #expect(set.policies.allSatisfy { $0.effect == .forbid } && set.policies.count == translation.count)
    }

    @Test(arguments: ["", "[]", "{}", #"{"id": 5}"#, #"{"id": "a b"}"#, #"{"id":"x","id":"y"}"#, "\u{0}"])
    func `what is no pack is refused`(_ text: String) {
        #expect(throws: OAPPackTranslation.Failure.self) {
            try OAPPackTranslation(Array(text.utf8), tools: ["local/x"], codes: Self.codes)
        }
    }

    // MARK: The published packs

    private static let published: [URL] = {
        guard let peers = ProcessInfo.processInfo.environment["WRIT_PEERS"] else { return [] }
        let library = URL(filePath: peers).appending(path: "aport/lib")
        let files = FileManager.default.enumerator(at: library, includingPropertiesForKeys: nil)
        var found: [URL] = []
        while let file = files?.nextObject() as? URL {
            if file.lastPathComponent == "policy.json", file.path.contains("/aport-policies/") { found.append(file) }
        }
        return found.sorted { $0.path < $1.path }
    }()

    static var arePublished: Bool { !published.isEmpty }

    @Test(.enabled(if: TranslationTests.arePublished, "no APort package in $WRIT_PEERS"))
    func `of each published pack every rule is translated or refused with a reason, and what is written loads`() throws
    {
        #expect(Self.published.count >= 22)
        for file in Self.published {
            let bytes = Array(try Data(contentsOf: file))
            let translation = try OAPPackTranslation(bytes, tools: [Self.action], codes: Self.codes)
            let set = try PolicyBook([PolicyFile(name: "p.cedar", bytes: translation.policies.bytes)]).policies
            #expect(set.policies.count == translation.count && translation.count > 0)
            let rules = try JSON(parsing: bytes)["evaluation_rules"]?.array?.count ?? 0
            let written = set.policies.count { $0.id.string.contains("/rule/") }
            let refused = translation.refusals.count { $0.place.hasPrefix("evaluation_rules/") }
            let known = translation.notes.count { $0.hasPrefix("evaluation_rules/") }
            #expect(written + refused + known == rules, "\(translation.pack)")
            #expect(translation.refusals.allSatisfy { !$0.reason.isEmpty && !$0.place.isEmpty })
            print(
                "\(translation.pack): \(rules) rules, \(written) translated, \(known) checked before, \(refused) refused"
            )
        }
    }
}

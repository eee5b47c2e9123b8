// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct FormatsGuide: GuideTest {
    let guide: Guide

    init() throws { guide = try Guide("Formats") }

    @Test func `the code of the article runs and gives what it says`() throws {
        let document = """
            [
              {
                "uid": { "type": "User", "id": "alice" },
                "attrs": {
                  "level": 2,
                  "manager": { "__entity": { "type": "User", "id": "bob" } },
                  "office": { "__extn": { "fn": "ip", "arg": "10.1.0.0/16" } }
                },
                "parents": [{ "type": "Team", "id": "finance" }]
              }
            ]
            """
        let entities = try Entities(parsingCedarJSON: Array(document.utf8))
        let alice = entities[EntityUID(type: "User", id: "alice")]
        assert(alice?.attrs["manager"] == .entity(EntityUID(type: "User", id: "bob")))

        let schema = try Schema(
            parsing: """
                entity Team;
                entity User in Team = { level: Long, manager?: User, office: ipaddr };
                action login appliesTo { principal: User, resource: Team, context: { from: ipaddr } };
                """)
        let login = EntityUID(type: "Action", id: "login")
        let context = try CedarRecord(
            parsingCedarJSON: Array(#"{"from": "10.1.2.3"}"#.utf8), schema: schema, action: login)
        assert(context["from"] == CedarIPAddress("10.1.2.3").map(CedarValue.ip))
        do {
            _ = try CedarRecord(parsingCedarJSON: Array(#"{"from": 1}"#.utf8), schema: schema, action: login)
        } catch {
            print("\(error.place): \(error)")
        }

        print(try String(decoding: context.cedarJSON().serialized(), as: UTF8.self))

        let text = """
            @id("office")
            permit (principal, action == Action::"login", resource)
            when { context.from.isInRange(ip("10.0.0.0/8")) };
            """
        let policies = try PolicySet.parse([PolicyFile(name: "login.cedar", bytes: Array(text.utf8))])
        let json = try policies.cedarJSON()
        assert(json["staticPolicies"]?["office"]?["effect"]?.string == "permit")
        let again = try PolicySet(cedarJSON: json)
        assert(again["office"]?.statement == policies["office"]?.statement)

        if let policy = again["office"] {
            print(policy.statement)
        }

        let untidy = """
            // Only from the office.
            permit(principal,action==Action::"login",resource)when{context.from.isInRange(ip("10.0.0.0/8"))&&principal.level>=2};
            """
        let tidy = try PolicyFormatter().format(PolicyFile(name: "login.cedar", bytes: Array(untidy.utf8)))
        print(String(decoding: tidy, as: UTF8.self))

        try guide.check()
    }
}

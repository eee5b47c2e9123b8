// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct TemplatesGuide: GuideTest {
    let guide: Guide

    init() throws { guide = try Guide("Templates") }

    @Test func `the code of the article runs and gives what it says`() throws {
        let text = """
            @id("share")
            permit (principal == ?principal, action == Action::"view", resource in ?resource);
            """
        var policies = try PolicySet.parse([PolicyFile(name: "sharing.cedar", bytes: Array(text.utf8))])
        assert(policies.policies.isEmpty)
        assert(policies.templates.map(\.id) == ["share"])

        try policies.link(
            "share", as: "share-1",
            [.principal: EntityUID(type: "User", id: "bob"), .resource: EntityUID(type: "Folder", id: "holiday")])
        assert(policies["share-1"]?.link?.templateID == "share")
        if let policy = policies["share-1"] {
            print(policy.statement)
        }

        do {
            try policies.link("share", as: "share-2", [.principal: EntityUID(type: "User", id: "eve")])
        } catch {
            assert(error == .slotsDiffer)
        }

        let json = try policies.cedarJSON()
        assert(json["templateLinks"]?.array?.count == 1)
        let again = try PolicySet(cedarJSON: json)
        assert(again["share-1"]?.statement == policies["share-1"]?.statement)

        try guide.check()
    }
}

// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct ExplainingDecisionsGuide: GuideTest {
    let guide: Guide

    init() throws { guide = try Guide("ExplainingDecisions") }

    @Test func `the code of the article runs and gives what it says`() throws {
        let text = """
            @id("finance-reads")
            permit (principal in Team::"finance", action == Action::"read", resource)
            when { principal.level >= 2 && context.hour < 18 };

            @id("public")
            permit (principal, action == Action::"read", resource in Folder::"public");

            @id("drafts")
            forbid (principal, action, resource) when { resource.isDraft };
            """
        let policies = try PolicySet.parse([PolicyFile(name: "documents.cedar", bytes: Array(text.utf8))])
        let alice = EntityUID(type: "User", id: "alice")
        let document = EntityUID(type: "Document", id: "q1")
        let entities = try Entities([
            Entity(uid: alice, attrs: ["level": 3], parents: [EntityUID(type: "Team", id: "finance")]),
            Entity(uid: document),
        ])
        let request = Request(
            principal: alice, action: EntityUID(type: "Action", id: "read"), resource: document, context: ["hour": 20])
        let explanation = Explanation(of: request, policies: policies, entities: entities)
        assert(explanation.decision == .deny)
        print(explanation.text)

        let nearest = explanation.policies.first { $0.role == .notSatisfied }
        assert(nearest?.policyID == "finance-reads")
        assert(nearest?.clause?.text == "context.hour < 18")
        assert(nearest?.clause?.observations.first?.value == "20")
        assert(nearest?.clause?.span.line == 3)

        let safe = Explanation(
            of: request, policies: policies, entities: entities, options: Explanation.Options(includesValues: false))
        assert(safe.policies.allSatisfy { ($0.clause?.observations ?? []).allSatisfy { $0.value == nil } })

        try guide.check()
    }
}

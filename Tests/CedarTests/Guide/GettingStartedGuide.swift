// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct GettingStartedGuide: GuideTest {
    let guide: Guide

    init() throws { guide = try Guide("GettingStarted") }

    @Test func `the code of the article runs and gives what it says`() throws {
        let file = PolicyFile(
            name: "documents.cedar",
            bytes: Array(
                """
                @id("finance-reads")
                permit (principal in Team::"finance", action == Action::"read", resource in Folder::"reports")
                when { context.hour >= 8 && context.hour < 18 };

                @id("drafts")
                forbid (principal, action, resource is Document)
                when { resource.isDraft }
                unless { resource.author == principal };
                """.utf8))
        let policies = try PolicySet.parse([file])
        assert(policies.policies.map(\.id) == ["drafts", "finance-reads"])

        let wrong = PolicyFile(
            name: "wrong.cedar",
            bytes: Array(
                """
                permit (principal, action, resource in [Folder::"a", Folder::"b"]);
                permit (principal, action, resource) when { context.hour => 8 };
                """.utf8))
        do {
            _ = try PolicySet.parse([wrong])
        } catch {
            print(error)
        }

        let alice = EntityUID(type: "User", id: "alice")
        let report = EntityUID(type: "Document", id: "q1")
        let entities = try Entities([
            Entity(uid: alice, parents: [EntityUID(type: "Team", id: "finance")]),
            Entity(
                uid: report,
                attrs: ["isDraft": false, "author": .entity(EntityUID(type: "User", id: "bob"))],
                parents: [EntityUID(type: "Folder", id: "reports")]),
        ])

        let read = EntityUID(type: "Action", id: "read")
        let request = Request(principal: alice, action: read, resource: report, context: ["hour": 9])
        let response = Authorizer.authorize(request, policies: policies, entities: entities)
        assert(response.decision == .allow)
        assert(response.determiningPolicies == ["finance-reads"])

        let evening = Request(principal: alice, action: read, resource: report, context: ["hour": 20])
        let refused = Authorizer.authorize(evening, policies: policies, entities: entities)
        assert(refused.decision == .deny)
        assert(refused.determiningPolicies.isEmpty)

        let stray = Request(principal: alice, action: read, resource: EntityUID(type: "Document", id: "q2"))
        let answer = Authorizer.authorize(stray, policies: policies, entities: entities)
        assert(answer.decision == .deny)
        for failure in answer.errors {
            print("\(failure.effect) \(failure.policyID): \(failure.error)")
        }

        let isAllowed = answer.decision == .allow && !answer.errors.contains { $0.effect == .forbid }
        assert(!isAllowed)

        try guide.check()
    }
}

// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct PartialEvaluationGuide: GuideTest {
    let guide: Guide

    init() throws { guide = try Guide("PartialEvaluation") }

    @Test func `the code of the article runs and gives what it says`() throws {
        let text = """
            @id("small-payments")
            permit (principal in Team::"billing", action == Action::"pay", resource == Account::"merchant")
            when { principal.level >= 2 && context.input.amount <= 5000 };

            @id("office-hours")
            forbid (principal, action == Action::"pay", resource)
            unless { context.hour >= 9 && context.hour < 18 };
            """
        let policies = try PolicySet.parse([PolicyFile(name: "payments.cedar", bytes: Array(text.utf8))])
        let agent = EntityUID(type: "Agent", id: "a-1")
        let pay = EntityUID(type: "Action", id: "pay")
        let known = try Entities([
            Entity(uid: agent, attrs: ["level": 3], parents: [EntityUID(type: "Team", id: "billing")])
        ])

        let question = PartialRequest(
            principal: .known(agent), action: pay, resource: .unknown("Account"),
            context: PartialRecord(["hour": .known(10), "input": .unknown]))
        let answer = PartialAuthorizer.authorize(
            question, policies: policies, entities: PartialEntities(known, others: .unknown))
        assert(answer.possibility() == .possibly)
        assert(answer.decision == nil)

        let night = PartialRequest(
            principal: .known(agent), action: pay, resource: .unknown("Account"),
            context: PartialRecord(["hour": .known(23), "input": .unknown]))
        let no = PartialAuthorizer.authorize(
            night, policies: policies, entities: PartialEntities(known, others: .unknown))
        assert(no.possibility() == .never)
        assert(no.decision == .deny)

        print(answer.requirements.text)

        for policy in answer.residuals {
            print(policy.statement)
        }

        let request = Request(
            principal: agent, action: pay, resource: EntityUID(type: "Account", id: "merchant"),
            context: ["hour": 10, "input": ["amount": 120]])
        let response = try answer.reauthorize(request, entities: known)
        assert(response.decision == .allow)
        assert(response == Authorizer.authorize(request, policies: policies, entities: known))

        let schema = try Schema(
            parsing: """
                entity Team;
                entity Agent in Team = { level: Long };
                entity Account;
                action pay appliesTo {
                    principal: Agent,
                    resource: Account,
                    context: { hour: Long, input: { amount: Long } }
                };
                """)
        let typed = try PartialRequest(
            principal: .unknown("Agent"), action: pay, resource: .unknown("Account"),
            context: PartialRecord(["hour": .known(10)]), schema: schema)
        print(PartialAuthorizer.authorize(typed, policies: policies, entities: .unknown).requirements.text)

        try guide.check()
    }
}

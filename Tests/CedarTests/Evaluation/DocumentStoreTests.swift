// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

/// A whole policy file for an agent's tools, and what it comes to.
@Suite struct DocumentStoreTests {
    private static let policies = """
        // Agents of the finance team read reports during business hours.
        @id("read-reports")
        @reason("reports are for reading, in business hours")
        permit (
          principal in Team::"finance",
          action in [Action::"read", Action::"list"],
          resource in Directory::"/reports"
        ) when {
          context.local.hour >= 9 && context.local.hour < 18 && context.local.weekday <= 5
        };

        @id("small-payments")
        permit (principal is Agent, action == Action::"pay", resource is Account)
        when { context.input has amount && context.input.amount.lessThanOrEqual(decimal("100.00")) }
        when { principal.limits has payments && principal.limits.payments > context.history.count }
        unless { resource.hasTag("frozen") };

        @id("internal-network")
        permit (principal, action == Action::"connect", resource)
        when { ip(context.input.host).isInRange(ip("10.0.0.0/8")) };

        @id("no-finances")
        @reason("finances stay inside")
        forbid (principal, action, resource in Directory::"/internal/finances");

        @id("no-exports")
        forbid (principal, action, resource) when {
          context.input has filename && context.input.filename like "*.xlsx"
          && !(principal has clearance && principal.clearance.contains("export"))
        };

        @id("fresh-sessions")
        forbid (principal, action, resource)
        unless { context.now.durationSince(context.session.started) < duration("8h") };
        """

    private static let entities = """
        [
          {"uid": {"type": "Agent", "id": "worker"}, "parents": [{"type": "Team", "id": "finance"}],
           "attrs": {"limits": {"payments": 3}}},
          {"uid": {"type": "Agent", "id": "chief"}, "parents": [{"type": "Team", "id": "finance"}],
           "attrs": {"limits": {}, "clearance": ["export"]}},
          {"uid": {"type": "Directory", "id": "/reports"}, "attrs": {}, "parents": [{"type": "Directory", "id": "/"}]},
          {"uid": {"type": "Directory", "id": "/internal/finances"}, "attrs": {}, "parents": [{"type": "Directory", "id": "/"}]},
          {"uid": {"type": "File", "id": "/reports/q1"}, "attrs": {}, "parents": [{"type": "Directory", "id": "/reports"}]},
          {"uid": {"type": "File", "id": "/internal/finances/payroll"}, "attrs": {},
           "parents": [{"type": "Directory", "id": "/internal/finances"}, {"type": "Directory", "id": "/reports"}]},
          {"uid": {"type": "Account", "id": "open"}, "attrs": {}, "parents": []},
          {"uid": {"type": "Account", "id": "closed"}, "attrs": {}, "parents": [], "tags": {"frozen": true}}
        ]
        """

    struct Case: Sendable, CustomTestStringConvertible {
        let principal: UTF8String
        let action: UTF8String
        let resource: EntityUID
        var hour = 10
        var input = "{}"
        var sessionStart = "2026-03-18T02:00:00Z"
        let decision: Decision
        var determining: [UTF8String] = []
        var errors: [UTF8String] = []

        var testDescription: String { "\(principal) \(action) \(resource) at \(hour) with \(input)" }
    }

    private static let report = EntityUID(type: "File", id: "/reports/q1")
    private static let payroll = EntityUID(type: "File", id: "/internal/finances/payroll")
    private static let account = EntityUID(type: "Account", id: "open")

    static let cases = [
        Case(principal: "worker", action: "read", resource: report, decision: .allow, determining: ["read-reports"]),
        Case(principal: "worker", action: "read", resource: report, hour: 18, decision: .deny),
        Case(principal: "worker", action: "write", resource: report, decision: .deny),
        Case(principal: "stranger", action: "read", resource: report, decision: .deny),
        Case(principal: "worker", action: "read", resource: payroll, decision: .deny, determining: ["no-finances"]),
        Case(
            principal: "worker", action: "read", resource: report, input: #"{"filename": "a.xlsx"}"#, decision: .deny,
            determining: ["no-exports"]),
        Case(
            principal: "chief", action: "read", resource: report, input: #"{"filename": "a.xlsx"}"#, decision: .allow,
            determining: ["read-reports"]),
        Case(
            principal: "worker", action: "read", resource: payroll, input: #"{"filename": "a.xlsx"}"#, decision: .deny,
            determining: ["no-exports", "no-finances"]),
        Case(
            principal: "worker", action: "read", resource: report, sessionStart: "2026-03-17T00:00:00Z",
            decision: .deny,
            determining: ["fresh-sessions"]),
        Case(
            principal: "worker", action: "pay", resource: account,
            input: #"{"amount": {"__extn": {"fn": "decimal", "arg": "99.9"}}}"#,
            decision: .allow, determining: ["small-payments"]),
        Case(
            principal: "worker", action: "pay", resource: account,
            input: #"{"amount": {"__extn": {"fn": "decimal", "arg": "100.01"}}}"#,
            decision: .deny),
        Case(principal: "worker", action: "pay", resource: account, decision: .deny),
        Case(
            principal: "worker", action: "pay", resource: account, input: #"{"amount": 1}"#, decision: .deny,
            errors: ["small-payments"]),
        Case(
            principal: "chief", action: "pay", resource: account,
            input: #"{"amount": {"__extn": {"fn": "decimal", "arg": "1.0"}}}"#,
            decision: .deny),
        Case(
            principal: "worker", action: "pay", resource: EntityUID(type: "Account", id: "closed"),
            input: #"{"amount": {"__extn": {"fn": "decimal", "arg": "1.0"}}}"#, decision: .deny),
        Case(
            principal: "worker", action: "connect", resource: report, input: #"{"host": "10.20.30.40"}"#,
            decision: .allow,
            determining: ["internal-network"]),
        Case(principal: "worker", action: "connect", resource: report, input: #"{"host": "8.8.8.8"}"#, decision: .deny),
        Case(
            principal: "worker", action: "connect", resource: report, input: #"{"host": "010.0.0.1"}"#, decision: .deny,
            errors: ["internal-network"]),
        Case(principal: "worker", action: "connect", resource: report, decision: .deny, errors: ["internal-network"]),
    ]

    @Test(arguments: cases)
    func `each request is decided for the reasons given`(test: Case) throws {
        let policies = try PolicySet.parse([PolicyFile(name: "documents.cedar", bytes: Array(Self.policies.utf8))])
        let entities = try Entities(parsingCedarJSON: Array(Self.entities.utf8))
        let context = """
            {"input": \(test.input), "history": {"count": 2}, "local": {"hour": \(test.hour), "weekday": 3},
             "now": {"__extn": {"fn": "datetime", "arg": "2026-03-18T02:47:11.204Z"}},
             "session": {"started": {"__extn": {"fn": "datetime", "arg": "\(test.sessionStart)"}}}}
            """
        let request = Request(
            principal: EntityUID(type: "Agent", id: test.principal), action: EntityUID(type: "Action", id: test.action),
            resource: test.resource, context: try CedarRecord(parsingCedarJSON: Array(context.utf8)))
        let response = Authorizer.authorize(request, policies: policies, entities: entities)
        #expect(response.decision == test.decision)
        #expect(response.determiningPolicies == test.determining)
        #expect(response.errors.map(\.policyID) == test.errors)
        #expect(response.outcomes.count == 6)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import PortTesting
import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

/// People with keys, and the groups of these tests.
enum Approvers {
    static func key(_ name: String) throws -> Ed25519KeyPair {
        let numbers: [String: UInt8] = ["alice": 41, "bob": 42, "carol": 43, "org_1": 44, "dora": 45]
        return try Ed25519KeyPair(seed: [UInt8](repeating: try #require(numbers[name]), count: 32))
    }

    static func approver(
        _ name: String, _ assurance: ApprovalAssurance = .separateUser, is identities: [UTF8String] = []
    ) throws -> ApprovalRules.Approver {
        ApprovalRules.Approver(
            name: UTF8String(name), publicKey: try key(name).publicKey, assurance: assurance, identities: identities)
    }

    /// What a configuration of these tests says by `approvals`.
    static func rules(of configuration: JSON) throws -> ApprovalRules {
        let finance: ApprovalRules.Group
        switch configuration["approvals"]?.string {
        case "one": finance = ApprovalRules.Group(approvers: [try approver("alice"), try approver("bob")])
        case "two": finance = ApprovalRules.Group(needed: 2, approvers: [try approver("alice"), try approver("bob")])
        case "client": finance = ApprovalRules.Group(assurance: .client, approvers: [try approver("alice")])
        case "separate":
            finance = ApprovalRules.Group(
                assurance: .separateUser, approvers: [try approver("alice"), try approver("bob", .sameUser)])
        case "requester":
            // The agent's owner by name, and by another; and an agent that others act for.
            finance = ApprovalRules.Group(
                approvers: [
                    try approver("org_1"), try approver("dora", is: ["org_1"]), try approver("bob", is: [Agents.id]),
                    try approver("alice"),
                ])
        default: return .none
        }
        let legal = ApprovalRules.Group(approvers: [try approver("carol")])
        return ApprovalRules(
            groups: ["finance": finance, "legal": legal], passportGroup: "finance", expiryMilliseconds: 600_000)
    }
}

extension World {
    /// A world whose configuration has groups.
    static func withApprovers(_ word: JSON = "one", _ policies: String = World.asking) throws -> World {
        try World(policies, configuration: ["of": "a test", "approvals": word])
    }

    /// Reading reports needs finance's approval.
    static let asking = #"""
        @id("ask") @approval("finance")
        permit (principal, action in Action::"docs", resource);
        @id("permit-read")
        permit (principal, action == Action::"read", resource in Directory::"/reports");

        """#

    /// What is asked for by the only open approval that fits.
    func asked(_ fits: (ApprovalRecord) -> Bool = { _ in true }) throws -> ApprovalRecord {
        let open = try ledger.approvals(.open(agent: nil, at: clock.now(), limit: 10)).filter(fits)
        try #require(open.count == 1, "\(open)")
        return open[0]
    }

    /// A signed act of somebody's.
    func act(
        _ act: ApprovalAct, of name: String, on record: ApprovalRecord, signedBy key: String? = nil,
        worth assurance: ApprovalAssurance = .separateUser, _ change: (inout Event) -> Void = { _ in }
    ) throws -> Event {
        var event = record.event(
            act, by: try Approvers.approver(name), assurance: assurance, log: Self.origin, at: clock.now())
        change(&event)
        return try event.signed(byActor: Approvers.key(key ?? name))
    }

    @discardableResult
    func take(
        _ event: Event, requesters: [UTF8String] = []
    ) async throws -> Result<ApprovalRecord, ApprovalRefusal> {
        try await events.take(event, rules.current().approvals, requesters: requesters)
    }

    /// Somebody approves what is asked for.
    func grant(_ name: String = "alice") async throws {
        let record = try asked()
        _ = try await take(act(.grant, of: name, on: record)).get()
    }
}

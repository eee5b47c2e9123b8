// SPDX-License-Identifier: Apache-2.0

import Decisions
import Receipts
import StrictJSON
import WireTypes

extension Configuration {
    /// Below the minute after which many clients give a call up.
    static let approvalWaitMillisecondsByDefault: Int64 = 50_000

    /// `approvals: {expires: 15m, wait: 50, passports: GROUP, groups: {GROUP: {needed: 1, assurance: same-user, approvers:
    /// {NAME: KEY | {key: KEY, assurance: …, is: [ID, …]}}}}}`.
    static func approvals(
        _ members: inout Members, _ path: String
    ) throws(HomeError) -> (rules: ApprovalRules, wait: Int64) {
        guard let value = members.take("approvals") else { return (.none, approvalWaitMillisecondsByDefault) }
        var approvals = try Members(value, at: "approvals", of: path)
        let expires = try approvals.text("expires")
        let wait = try approvals.count("wait", in: Limits.approvalWaitSeconds)
        let passports = try approvals.text("passports")
        var groups: [UTF8String: ApprovalRules.Group] = [:]
        for (name, value) in try approvals.table("groups") {
            guard isName(name) else { throw approvals.wrong("groups/\(name)", groupName) }
            groups[name] = try group(value, at: "approvals/groups/\(name)", path)
        }
        guard groups.count <= Limits.approvalGroups else {
            throw approvals.wrong("groups", "at most \(Limits.approvalGroups) groups")
        }
        try approvals.finish()
        if let passports, groups[passports] == nil {
            throw approvals.wrong("passports", "one of the groups in approvals/groups, not \(passports)")
        }
        var expiry = ApprovalRules.expiryMillisecondsByDefault
        if let expires {
            guard let milliseconds = ConfiguredDuration.milliseconds(expires),
                Limits.approvalExpiry.contains(milliseconds)
            else {
                throw approvals.wrong(
                    "expires", "how long, from 1m to 7d: a whole number and one of m, h, d, as in 15m")
            }
            expiry = milliseconds
        }
        return (
            ApprovalRules(groups: groups, passportGroup: passports, expiryMilliseconds: expiry),
            wait.map { $0 * 1_000 } ?? approvalWaitMillisecondsByDefault
        )
    }

    private static let groupName = "a group's name: 1 to 64 letters, digits, `.`, `_` and hyphens"

    /// Names of groups, approvers and administrators stand in the log, in reasons and on command lines.
    static func isName(_ name: UTF8String) -> Bool {
        (1...64).contains(name.byteCount)
            && name.bytes.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private static func group(
        _ value: JSON, at place: String, _ path: String
    ) throws(HomeError) -> ApprovalRules.Group {
        var members = try Members(value, at: place, of: path)
        let needed = try members.count("needed", in: 1...Int64(ReceiptLimits.approversMax)) ?? 1
        let assurance: ApprovalAssurance = try members.choice("assurance") ?? .sameUser
        var approvers: [ApprovalRules.Approver] = []
        for (name, value) in try members.table("approvers") {
            guard isName(name), name != ApprovalRules.client, name != "writ" else {
                throw members.wrong(
                    "approvers/\(name)",
                    "an approver's name: 1 to 64 letters, digits, `.`, `_` and hyphens, neither client nor writ")
            }
            approvers.append(try approver(name, value, at: "\(place)/approvers/\(name)", path))
        }
        try members.finish()
        let group = ApprovalRules.Group(needed: Int(needed), assurance: assurance, approvers: approvers)
        guard approvers.count <= Limits.approversOfGroup else {
            throw members.wrong("approvers", "at most \(Limits.approversOfGroup) approvers")
        }
        guard Set(approvers.map(\.publicKey)).count == approvers.count else {
            throw members.wrong("approvers", "a key of their own for each approver: two have the same")
        }
        guard group.available >= group.needed else {
            throw members.wrong(
                "approvers",
                "at least \(group.needed) whose approvals are worth \(assurance.rawValue), as `needed` and `assurance` say"
            )
        }
        return group
    }

    private static func approver(
        _ name: UTF8String, _ value: JSON, at place: String, _ path: String
    ) throws(HomeError) -> ApprovalRules.Approver {
        var settings = value
        if value.string != nil { settings = ["key": value] }
        var members = try Members(settings, at: place, of: path)
        let text = try members.text("key")
        let assurance: ApprovalAssurance = try members.choice("assurance") ?? .sameUser
        var identities: [UTF8String] = []
        if let list = members.take("is") {
            for entry in list.array ?? [.null] {
                guard let identity = entry.string, !identity.isEmpty, identities.count < Limits.approverIdentities
                else { throw members.wrong("is", "a list of agents, owners and subjects that are the same person") }
                identities.append(identity)
            }
        }
        try members.finish()
        guard let key = text.flatMap({ Base64URL.decode($0.string) }).flatMap({ Ed25519PublicKey(bytes: $0) }) else {
            throw members.wrong(
                "key", "an Ed25519 public key: 32 bytes as base64url, as `writ approvals key` prints it")
        }
        guard assurance != .client else {
            throw members.wrong("assurance", "one of same-user, separate-user, hardware: how the key is kept")
        }
        return ApprovalRules.Approver(name: name, publicKey: key, assurance: assurance, identities: identities)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Receipts
import StrictJSON
import WireTypes

/// Receipts for people.
enum ReceiptText {
    /// One line of a list.
    static func line(_ receipt: Receipt, _ index: Int64) -> String {
        let call = "\(Output.escaped(receipt.call.server.text))/\(tool(receipt))"
        return "\(receipt.receiptID)  \(receipt.checkedAt)  \(receipt.allow ? "ALLOW" : "DENY ")  "
            + "\(Output.escaped(receipt.agentID))  \(call)  \(Output.escaped(receipt.reason))"
    }

    /// One object of a list.
    static func summary(_ receipt: Receipt, _ index: Int64) -> JSON {
        [
            "receipt_id": .text(receipt.receiptID.text), "index": .integer(index),
            "checked_at": .text(receipt.checkedAt.text), "allow": .bool(receipt.allow),
            "agent_id": .string(receipt.agentID), "server": .string(receipt.call.server.text),
            "tool": .string(receipt.call.tool.text), "reason": .string(receipt.reason),
        ]
    }

    /// All that the receipt itself says, and where it is in the log, if that is known.
    static func lines(_ receipt: Receipt, _ index: Int64?) -> [String] {
        var lines = [
            "receipt   \(receipt.receiptID), \(index.map { "entry \($0)" } ?? "an entry") of \(Output.escaped(receipt.log))",
            "decision  \(receipt.allow ? "ALLOW" : "DENY"): \(Output.escaped(receipt.reason))",
            "at        \(receipt.checkedAt)",
            "agent     \(Output.escaped(receipt.agentID)) (identity \(receipt.identity.state.rawValue)"
                + (receipt.identity.issuer.map { ", vouched for by \(Output.escaped($0))" } ?? "") + ")",
            "call      \(Output.escaped(receipt.call.server.text))/\(tool(receipt)), by \(receipt.call.surface), "
                + receipt.call.enforcement.rawValue,
        ]
        lines += receipt.reasons.map { reason in
            "reason    \(reason.code)" + (reason.policy.map { " (policy \(Output.escaped($0)))" } ?? "")
        }
        if !receipt.policy.determining.isEmpty {
            lines.append(
                "decided   by \(receipt.policy.determining.map(Output.escaped).joined(separator: ", "))")
        }
        for failure in receipt.policy.errors {
            lines.append("error     policy \(Output.escaped(failure.policy)): \(failure.code)")
        }
        if let would = receipt.policy.would {
            lines.append("shadow    would \(would ? "allow" : "deny") with the shadow policies enforced")
        }
        lines.append("policy    \(receipt.policy.digest.base64URL)")
        if let grants = receipt.policy.grants {
            lines.append("grants    \(grants.map(\.text).joined(separator: ", "))")
        }
        lines.append(
            "state     kill epoch \(receipt.state.killEpoch), revocation epoch \(receipt.state.revocationEpoch)")
        lines.append("custody   \(receipt.custody.rawValue)")
        return lines
    }

    static func outcome(_ outcome: Outcome) -> String {
        "\(outcome.status.rawValue) after \(outcome.durationMS) ms, at \(outcome.at)"
    }

    /// What the evidence adds: parameters, effects, and for a deny the narrowest grants that were missing.
    static func evidence(_ evidence: JSON) -> [String] {
        var lines: [String] = []
        if let message = evidence["call"]?["message"] {
            let place = evidence["call"]?["arguments_place"]?.string.flatMap(JSONPointer.init(parsing:))
            let arguments = place.flatMap { message[$0] } ?? message
            lines.append("arguments \(Output.escaped(UTF8String(validating: arguments.serialized()) ?? ""))")
        }
        for effect in evidence["seen"]?["effects"]?.array ?? [] {
            lines.append("effect    \(Output.escaped(effect.string ?? ""))")
        }
        for grant in evidence["seen"]?["missing_grants"]?.array ?? [] {
            lines.append("missing   \(Output.escaped(grant.string ?? ""))")
        }
        return lines
    }

    private static func tool(_ receipt: Receipt) -> String {
        switch receipt.call.tool {
        case .known(let name): Output.escaped(name)
        case .committed: "(a tool nobody has declared)"
        }
    }
}

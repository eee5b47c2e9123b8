// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// Which annotations a policy may have, and with what values.
enum AnnotationRules {
    private static let known: [UTF8String] = ["id", "reason", "code", "mode", "approval"]

    /// The mistakes in a policy's annotations, as lines for people.
    static func mistakes(in policy: Policy) -> [String] {
        let span = policy.statement.span
        let place = "\(policy.file):\(span.line):\(span.column)"
        // Receipts name policies by their ids; one that does not fit there would leave every call without a receipt.
        guard (1...Limits.policyIDBytes).contains(policy.id.byteCount), !hasControls(policy.id) else {
            return ["\(place): a policy's id has 1 to \(Limits.policyIDBytes) bytes and no control characters"]
        }
        return policy.annotations.all.compactMap { annotation in
            mistake(annotation.name, annotation.value, policy.effect).map { "\(place): policy \(policy.id): \($0)" }
        }
    }

    private static func hasControls(_ text: UTF8String) -> Bool {
        text.string.utf8.contains { $0 < 0x20 || $0 == 0x7f }
    }

    private static func mistake(_ name: UTF8String, _ value: UTF8String?, _ effect: Cedar.Effect) -> String? {
        guard known.contains(name) else {
            return "@\(name) is not known; known are " + known.map { "@\($0)" }.joined(separator: ", ")
        }
        guard let value, !value.isEmpty else { return "@\(name) needs a value" }
        switch name {
        case "reason" where value.byteCount > Limits.reasonBytes:
            return "@reason has more than \(Limits.reasonBytes) bytes"
        case "reason" where hasControls(value): return "@reason has control characters"
        case "mode" where value != "enforce" && value != "shadow":
            return "@mode is enforce or shadow"
        case "code" where value == "oap.allowed" || ReasonCode(rawValue: value.string) == nil:
            return "@code is none of the documented reason codes of a refusal"
        case "code" where effect == .permit, "approval" where effect == .forbid:
            return "@\(name) has no meaning on a \(effect.rawValue)"
        default: return nil
        }
    }
}

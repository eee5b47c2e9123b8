// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON

/// Which annotations a policy may have, and with what values.
enum AnnotationRules {
    private static let known: [UTF8String] = ["id", "reason", "code", "mode", "approval"]

    /// The mistakes in a policy's annotations, as lines for people.
    static func mistakes(in policy: Policy) -> [String] {
        policy.annotations.all.compactMap { annotation in
            mistake(annotation.name, annotation.value, policy.effect).map { mistake in
                let span = policy.statement.span
                return "\(policy.file):\(span.line):\(span.column): policy \(policy.id): \(mistake)"
            }
        }
    }

    private static func mistake(_ name: UTF8String, _ value: UTF8String?, _ effect: Cedar.Effect) -> String? {
        guard known.contains(name) else {
            return "@\(name) is not known; known are " + known.map { "@\($0)" }.joined(separator: ", ")
        }
        guard let value, !value.isEmpty else { return "@\(name) needs a value" }
        switch name {
        case "reason" where value.byteCount > Limits.reasonBytes:
            return "@reason has more than \(Limits.reasonBytes) bytes"
        case "mode" where value != "enforce" && value != "shadow":
            return "@mode is enforce or shadow"
        case "code" where ReasonCode(rawValue: value.string) == nil:
            return "@code is none of the documented reason codes"
        case "code" where effect == .permit, "approval" where effect == .forbid:
            return "@\(name) has no meaning on a \(effect.rawValue)"
        default: return nil
        }
    }
}

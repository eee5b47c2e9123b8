// SPDX-License-Identifier: Apache-2.0

import Decisions
import StrictJSON

/// An answer for a program or for a person.
enum AnswerOutput {
    static func bytes(_ answer: Answer, asJSON: Bool) -> [UInt8] {
        asJSON ? answer.json.serialized() + [0x0a] : lines(answer).flatMap { Array($0.utf8) + [0x0a] }
    }

    static func lines(_ answer: Answer) -> [String] {
        var lines = ["\(answer.isAllowed ? "ALLOW" : "DENY ")  \(Output.escaped(answer.reason))"]
        lines += answer.reasons.dropFirst().map { "       \(Output.escaped($0.message))" }
        lines.append("agent    \(Output.escaped(answer.agentID))")
        lines.append("checked  \(answer.checkedAt)")
        if let id = answer.receiptID, let log = answer.log {
            lines.append("receipt  \(id), entry \(log.index) of \(Output.escaped(log.origin))")
        } else {
            lines.append("receipt  none: the decision could not be logged")
        }
        return lines
    }
}

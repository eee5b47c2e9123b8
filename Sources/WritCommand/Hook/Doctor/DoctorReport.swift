// SPDX-License-Identifier: Apache-2.0

import Hooks
import StrictJSON

/// What was found about one harness.
struct DoctorReport {
    /// How bad.
    enum Level: String {
        case fine
        /// Worth knowing; the lock works.
        case warning
        /// The lock may not work.
        case problem
    }

    struct Finding {
        var level: Level
        /// What was looked at, a word for programs.
        var check: String
        var text: String
    }

    let harness: Harness
    let path: String
    private(set) var findings: [Finding] = []

    init(_ harness: Harness, path: String) {
        self.harness = harness
        self.path = path
    }

    mutating func find(_ level: Level, _ check: String, _ text: String) {
        findings.append(Finding(level: level, check: check, text: text))
    }

    /// Good, or else what is wrong.
    mutating func expect(_ isGood: Bool, _ check: String, _ good: String, else bad: String) {
        find(isGood ? .fine : .problem, check, isGood ? good : bad)
    }

    var isWell: Bool { !findings.contains { $0.level == .problem } }

    var json: JSON {
        [
            "harness": .text(harness.rawValue), "settings": .text(path), "ok": .bool(isWell),
            "findings": .array(
                findings.map { ["level": .text($0.level.rawValue), "check": .text($0.check), "text": .text($0.text)] }),
            "open": .array((OpenDoors.of(harness) + OpenDoors.all).map { .text($0) }),
        ]
    }

    var lines: [String] {
        var lines = ["\(harness.title): \(Output.escaped(UTF8String(path)))"]
        for finding in findings {
            let mark =
                switch finding.level {
                case .fine: "ok       "
                case .warning: "note     "
                case .problem: "PROBLEM  "
                }
            lines.append("  \(mark)\(Output.escaped(UTF8String(finding.text)))")
        }
        lines.append("  What could still go past it:")
        lines += (OpenDoors.of(harness) + OpenDoors.all).map { "  - \($0)" }
        return lines
    }
}

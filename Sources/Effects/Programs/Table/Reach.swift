// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The most that a program's options can do besides what its operands do.
struct Reach: Sendable, Hashable {
    var reads = false
    var writes = false
    /// Runs, connects, or anything that cannot be said with a path.
    var acts = false

    init(of entry: ProgramEntry) {
        for option in entry.options {
            if option.argument != .none { insert(option.role) }
            for case .action(let action) in option.clauses { insert(action.role) }
            for case .operands(let rules) in option.clauses { rules.forEach { insert($0.role) } }
            for case .defaults(let actions) in option.clauses { actions.forEach { insert($0.role) } }
            if option.clauses.contains(.modify) { writes = true }
        }
    }

    private mutating func insert(_ role: OperandRole) {
        switch role {
        case .inert: break
        case .path(let verbs, _), .prefix(let verbs):
            if verbs == [.read] { reads = true } else { writes = true }
        case .into: writes = true
        case .atFile, .listFile, .names, .named("search-filter"): reads = true
        default: acts = true
        }
    }
}

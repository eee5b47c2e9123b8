// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramRun {
    /// Whether nothing is asked but what the program is: then nothing is done.
    var isHelp: Bool {
        guard invocation.arguments.count == 1, let word = invocation.arguments[0].known else { return false }
        return word == "--help" || word == "--version"
    }

    /// Decides what the first operand is, where it may be a subcommand. What its program always does is then left to it.
    mutating func lookForSubcommand() {
        var entry = entry
        entry.stopsAtOperand = true
        let words = OptionMatcher.match(invocation.arguments, entry)
        guard let known = words.operands.first?.known,
            table.entry(UTF8String("\(entry.sameAs ?? name) \(known)")) != nil
        else { return }
        entry.hasSubcommands = true
        entry.always = []
        self.entry = entry
    }

    /// What the first operand stands for, and all that follows it.
    mutating func subcommand() -> [ProgramAction] {
        guard let word = operands.first else {
            for action in defaults { apply(action.role, ShellValue(action.value)) }
            return actions
        }
        let base = entry.sameAs ?? name
        guard depth < Limits.subcommandsMax, let known = word.known,
            let entry = entry(of: UTF8String("\(base) \(known)"))
        else {
            if let handler = self.entry.handler.flatMap({ ProgramHandlers.all[$0] }) {
                handler(&self)
                return actions
            }
            for clause in self.entry.unknownSubcommand ?? [.action(RoleAction(role: .opaque(.program), value: ""))] {
                apply(clause)
            }
            return actions
        }
        var invocation = invocation
        invocation.arguments = Array(operands.dropFirst())
        var run = ProgramRun(table, invocation, UTF8String("\(base) \(known)"), entry, depth: depth + 1)
        run.directory = directory
        return actions + run.run()
    }

    /// A subcommand's entry, with what it has of this one.
    private func entry(of subcommand: UTF8String) -> ProgramEntry? {
        // What a program's own subcommands have of it is the same each time; what comes deeper depends on the way there.
        if depth == 0 { return table.entry(subcommand, of: name, entry) }
        var known = table.entry(subcommand)
        if entry.isInherited { known?.inherit(entry) }
        return known
    }
}

extension ProgramEntry {
    /// Options of the program itself that may stand after the subcommand too. Its own come first.
    mutating func inherit(_ parent: ProgramEntry) {
        let start = options.count
        options += parent.options
        for (spelling, index) in parent.spellings where spellings[spelling] == nil {
            spellings[spelling] = start + index
        }
        for prefix in parent.prefixes where !prefixes.contains(where: { $0.spelling == prefix.spelling }) {
            prefixes.append((prefix.spelling, start + prefix.option))
        }
        if style == .gnu { style = parent.style }
        if !takesAnyOption {
            takesAnyOption = parent.takesAnyOption
            anyOption = parent.anyOption
        }
        if hasSubcommands || mayHaveSubcommand { isInherited = true }
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Values of variables that are options.
extension ProgramRun {
    /// Words that a program takes as if they stood on its line.
    mutating func options(_ value: ShellValue, of name: UTF8String) {
        guard let words = Self.optionWords(value) else { return add(opaque: .arguments) }
        options(words, of: name)
    }

    /// Likewise. What are no options are judged as they are of any program.
    mutating func options(_ words: [ShellValue], of name: UTF8String) {
        guard let entry = Self.entry(name, table) else { return add(opaque: .arguments) }
        var inner = ProgramRun(table, Invocation(program: name, arguments: words), name, entry, depth: depth + 1)
        inner.words = OptionMatcher.match(words, entry)
        inner.applyOptions()
        add(inner.actions)
        if let directory = inner.words.options.first(where: { entry.options[$0.rule].role == .directory }) {
            add(.codeFile(directory.value ?? .unknown))
        }
        for word in inner.words.operands + inner.words.rest { VariableValue.judge(word, .code, &self) }
    }

    /// The words of a text, cut as a shell would; `nil` where that is not known.
    static func optionWords(_ value: ShellValue) -> [ShellValue]? { value.known.flatMap(ProgramHandlers.envWords) }

    /// What a setting of this name is to the first of the entries that has it: `PIP_INDEX_URL` is `--index-url`.
    mutating func setting(_ value: ShellValue, of entries: [UTF8String]) {
        let prefix = invocation.program.hasPrefix("NPM_CONFIG_") ? "NPM_CONFIG_" : nil
        let name = invocation.program.string
        let rest = prefix.map { name.dropFirst($0.count) } ?? name.drop { $0 != "_" }.dropFirst()
        let spelling = UTF8String("--" + String(rest.lowercased().map { $0 == "_" ? "-" : $0 }))
        for entry in entries {
            guard let entry = Self.entry(entry, table), let rule = entry.spellings[spelling] else { continue }
            let option = entry.options[rule]
            if option.argument == .none {
                // It is on or off.
                guard !value.is("0"), !value.is("false") else { return }
            } else {
                for word in value.cut(at: [0x20, 0x09, 0x0a]) {
                    if option.role == .directory { add(.codeFile(word)) } else { apply(option.role, word) }
                }
            }
            for clause in option.clauses { apply(clause) }
            return
        }
        VariableValue.judge(value, .code, &self)
    }

    private static func entry(_ name: UTF8String, _ table: ProgramTable) -> ProgramEntry? {
        let program = UTF8String(String(name.string.prefix { $0 != " " }))
        guard let entry = table.entry(program) else { return nil }
        return program == name ? entry : table.entry(name, of: program, entry)
    }
}

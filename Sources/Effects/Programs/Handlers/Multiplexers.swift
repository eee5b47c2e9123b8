// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// tmux: looking at sessions is harmless, and a new window may be told what to run; everything else starts a shell
    /// or types into one.
    static func tmux(_ run: inout ProgramRun) {
        let words = run.operands
        run.operands = []
        let harmless: Set<UTF8String> = [
            "ls", "list-sessions", "list-windows", "list-panes", "list-clients", "list-commands", "list-keys",
            "kill-session", "kill-server",
            "kill-window", "kill-pane", "has-session", "has", "info", "show-options", "show", "lsw", "lsp", "lsc",
            "capture-pane", "show-messages",
        ]
        guard !run.has("-V") else { return }
        // `;` begins another command of tmux, `#(` one of a shell in what it shows.
        guard let first = words.first?.known, words.allSatisfy({ $0.known != nil }),
            !words.contains(where: { $0.is(";") || $0.prefix.hasSuffix(";") || $0.prefix.string.contains("#(") })
        else { return run.add(opaque: .code) }
        if harmless.contains(first) { return }
        guard let values = valuedLetters[first.string], started(Array(words.dropFirst()), values, &run) else {
            return run.add(opaque: .code)
        }
    }

    /// What makes a window, and its letters that take an argument.
    private static let valuedLetters: [String: String] = [
        "new": "cFfnstxy", "new-session": "cFfnstxy", "neww": "cFnt", "new-window": "cFnt", "splitw": "cFlpt",
        "split-window": "cFlpt",
    ]

    /// One word is a shell's text, several are a program and its arguments. Without any somebody would type.
    private static func started(_ words: [ShellValue], _ values: String, _ run: inout ProgramRun) -> Bool {
        var rest = words[...]
        var setting = run.setting()
        while let word = rest.first?.known?.string, word.hasPrefix("-"), word.count > 1 {
            rest.removeFirst()
            if word == "--" { break }
            let letters = word.dropFirst()
            if letters.contains("e") { return false }
            guard let place = letters.firstIndex(where: { values.contains($0) }) else { continue }
            let attached = letters[letters.index(after: place)...]
            guard let value = attached.isEmpty ? rest.popFirst() : ShellValue(UTF8String(String(attached))) else {
                return false
            }
            if letters[place] == "c" { setting.directory = value.inDirectory(run.directory) }
        }
        guard let first = rest.first else { return false }
        run.add(rest.count == 1 ? .shell(first, setting) : .command(Array(rest), setting))
        return true
    }

    /// screen: as tmux.
    static func screen(_ run: inout ProgramRun) {
        let words = run.operands
        run.operands = []
        if run.has("-X") { return run.add(opaque: .code) }
        if !words.isEmpty { return run.add(.command(words, run.setting())) }
        if !run.has("-ls", "-v") { run.add(opaque: .code) }
    }
}

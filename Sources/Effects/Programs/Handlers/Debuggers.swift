// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    private static let starts: Set<String> = ["run", "r", "start", "starti"]

    /// gdb: behind `--args` stands a command, which is looked for in `PATH` too.
    static func gdb(_ run: inout ProgramRun) {
        let words = run.invocation.arguments
        guard let program = run.operands.first, let place = words.firstIndex(of: program) else { return }
        let doesRun = run.values("-ex").contains { text in
            text.known.map { starts.contains(String($0.string.split(separator: " ").first ?? "")) } ?? true
        }
        if run.has("-args") {
            run.operands = [program]
            run.add(.command(Array(words[place...]), run.setting()))
        } else if doesRun, !program.prefix.bytes.contains(UInt8(ascii: "/")) {
            run.add(.command([program], run.setting()))
        }
    }

    /// A debugger's command. What the program itself does is the project's code.
    static func debuggerCommand(_ text: ShellValue, _ run: inout ProgramRun) {
        guard let known = text.known?.string, !known.contains("\n") else { return run.add(opaque: .code) }
        let words = known.split(separator: " ")
        guard let first = words.first.map(String.init) else { return }
        let second = words.count > 1 ? String(words[1]) : ""
        let rest = words.dropFirst(2).joined(separator: " ")
        switch first {
        case "run", "r", "start", "starti": arguments(words.dropFirst(), &run)
        case "set" where second == "args": arguments(words.dropFirst(2), &run)
        case "set": if !settings.contains(second) { run.add(opaque: .code) }
        case "target": target(second, rest, &run)
        case "thread", "frame", "f", "threads":
            guard second == "apply" else { return }
            let inner = words.dropFirst(2).drop { $0 == "all" || $0 == "level" || $0.hasPrefix("-") || isNumbers($0) }
            debuggerCommand(ShellValue(UTF8String(inner.joined(separator: " "))), &run)
        case "process":
            let harmless = ["status", "continue", "kill", "interrupt", "detach", "handle", "signal", "launch"]
            if !harmless.contains(second) || second == "launch" && words.count > 2 { run.add(opaque: .code) }
        case "breakpoint", "memory", "image", "register":
            let acts = words.contains { $0.hasPrefix("com") || $0.hasPrefix("-C") || $0.hasPrefix("--c") }
            if acts { run.add(opaque: .code) }
            for word in words { ProgramRoles.plain(&run, ShellValue(UTF8String(String(word))), [.read, .write]) }
        case _ where inert.contains(first): if calls(known) { run.add(opaque: .code) }
        default: run.add(opaque: .code)
        }
    }

    /// The arguments that the program is started with: a shell reads them.
    private static func arguments(_ words: ArraySlice<Substring>, _ run: inout ProgramRun) {
        guard !words.isEmpty else { return }
        let name = run.operands.first?.known?.string ?? "true"
        let program = name.contains("/") || name.contains(" ") ? "true" : name
        run.add(.shell(ShellValue(UTF8String("\(program) \(words.joined(separator: " "))")), run.setting()))
    }

    /// What is debugged: elsewhere, or behind a command.
    private static func target(_ kind: String, _ rest: String, _ run: inout ProgramRun) {
        switch kind {
        case "remote", "extended-remote":
            if rest.hasPrefix("|") { return run.add(.shell(ShellValue(UTF8String(String(rest.dropFirst()))))) }
            var address = rest[...]
            for scheme in ["tcp:", "udp:", "tcp4:", "tcp6:"] where address.hasPrefix(scheme) {
                address = address.dropFirst(scheme.count)
            }
            let value = ShellValue(UTF8String(String(address)))
            if address.contains(":") { run.add(.host(value)) } else { run.path([.read, .write], value) }
        case "create", "exec", "core", "symbols":
            for word in rest.split(separator: " ") {
                ProgramRoles.plain(&run, ShellValue(UTF8String(String(word))), [.read])
            }
        case "list", "select", "modules", "variable", "native": break
        default: run.add(opaque: .code)
        }
    }

    /// Whether an expression calls something with a text of its own: `system("…")`.
    private static func calls(_ text: String) -> Bool {
        text.contains("$_") || text.contains("(") && text.contains { "\"'{".contains($0) }
    }

    private static func isNumbers(_ word: Substring) -> Bool { word.allSatisfy { $0.isNumber || ".-*,".contains($0) } }

    private static let settings: Set<String> = [
        "pagination", "confirm", "width", "height", "print", "breakpoint", "disassembly-flavor",
    ]
    private static let inert: Set<String> = [
        "bt", "backtrace", "where", "quit", "q", "exit", "break", "b", "tbreak", "watch", "info", "i", "list", "l",
        "next", "n", "step", "s", "stepi", "si", "nexti", "ni", "continue", "c", "finish", "until", "print", "p", "x",
        "disassemble", "up", "down", "kill", "k", "delete", "disable", "enable", "display", "help", "ptype", "whatis",
        "catch", "handle", "detach",
    ]
}

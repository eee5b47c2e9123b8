// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// Of what developers install.
    static let developers: [UTF8String: Handler] = [
        "git-apply": gitApply, "git-clone": gitClone, "git-names": gitNames, "git-config": gitConfig,
        "git-foreach": joinedShell,
        "git-alias": gitAlias,
        "gh-config": ghConfig, "gh-alias": ghAlias,
        "package-runner": packageRunner, "package-initializer": packageInitializer, "npm-config": npmConfig,
        "reenter": reenter, "version-manager-exec": versionManagerExec, "environment-command": environmentCommand,
        "uv-run": uvRun, "run-time": runTime, "joined-shell": joinedShell,
        "compiler": compiler, "make": make, "cmake": cmake, "console": console,
        "container-run": containerRun, "container-exec": containerExec,
        "httpie": httpie, "monitored": monitored,
    ]

    /// Everything that is left runs as another command.
    static func reenter(_ run: inout ProgramRun) {
        guard let program = run.name.string.split(separator: " ").last else { return }
        run.add(.command([ShellValue(UTF8String(String(program)))] + run.invocation.arguments, run.setting()))
        run.operands = []
    }

    /// All operands, with blanks between, are a shell's text.
    static func joinedShell(_ run: inout ProgramRun) {
        guard !run.operands.isEmpty else { return }
        var pieces: [ShellValue.Piece] = []
        for operand in run.operands {
            if !pieces.isEmpty { pieces.append(.text(" ")) }
            pieces += operand.pieces
        }
        run.add(.shell(ShellValue(pieces: pieces), run.setting()))
        run.operands = []
    }

    /// nodemon: with `--exec` a text for a shell, which gets the script and its arguments.
    static func monitored(_ run: inout ProgramRun) {
        for text in run.values("-x") {
            let words = [text] + run.operands
            run.add(
                .shell(ShellValue(pieces: Array(words.map(\.pieces).joined(separator: [.text(" ")]))), run.setting()))
        }
    }

    /// A console: what it is told on standard input it does. Nobody types there where the shell has nothing for it.
    static func console(_ run: inout ProgramRun) {
        if run.invocation.input != .inherited { run.add(opaque: .code) }
    }

    /// A run time that takes files as well as subcommands.
    static func runTime(_ run: inout ProgramRun) {
        if let first = run.operands.first { ProgramRoles.script(&run, first) }
        for operand in run.operands.dropFirst() { ProgramRoles.plain(&run, operand, [.read, .write]) }
        run.operands = []
    }
}

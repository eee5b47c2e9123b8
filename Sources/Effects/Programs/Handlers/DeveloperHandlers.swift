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
        "reenter": reenter,
        "yarn-workspace": yarnWorkspace, "version-manager-exec": versionManagerExec,
        "environment-command": environmentCommand,
        "uv-run": uvRun, "run-time": runTime, "joined-shell": joinedShell,
        "compiler": compiler, "make": make, "cmake": cmake, "console": console,
        "container-run": containerRun, "container-exec": containerExec,
        "httpie": httpie, "monitored": monitored, "cargo-fmt": cargoFmt, "pnpm-recursive": pnpmRecursive,
        "credential-setting": credentialSetting,
    ]

    /// Everything that is left runs as another command.
    static func reenter(_ run: inout ProgramRun) {
        guard let program = run.name.string.split(separator: " ").last else { return }
        run.add(.command([ShellValue(UTF8String(String(program)))] + run.invocation.arguments, run.setting()))
        run.operands = []
    }

    /// `yarn workspace NAME …`, `yarn workspaces foreach -A …`: yarn again, in the folders of the project's parts.
    static func yarnWorkspace(_ run: inout ProgramRun) {
        let inner: Set<UTF8String> = ["exec", "node", "dlx", "run", "config", "add", "create"]
        let words = run.operands
        run.operands = []
        if words.contains(where: { $0.known == nil }) { run.add(opaque: .arguments) }
        let isOne = run.name == "yarn workspace"
        guard let start = isOne ? 1 : words.firstIndex(where: { $0.known.map(inner.contains) ?? false }),
            start < words.count
        else { return }
        run.add(.command(["yarn"] + words[start...], run.setting()))
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
                .shell(ShellValue(joining: words, by: " "), run.setting()))
        }
    }

    /// A console: what it is told on standard input it does. Nobody types there where the shell has nothing for it.
    static func console(_ run: inout ProgramRun) {
        if run.invocation.input != .inherited { run.add(opaque: .code) }
    }

    /// `pnpm recursive exec …`: pnpm again, in the folders of the project's parts.
    static func pnpmRecursive(_ run: inout ProgramRun) {
        if !run.operands.isEmpty { run.add(.command(["pnpm"] + run.operands, run.setting())) }
        run.operands = []
    }

    /// `cargo fmt -- WORDS`: rustfmt gets them.
    static func cargoFmt(_ run: inout ProgramRun) {
        guard !run.operands.isEmpty else { return }
        run.add(.command(["rustfmt"] + run.operands, run.setting()))
        run.operands = []
    }

    /// A run time that takes files as well as subcommands.
    static func runTime(_ run: inout ProgramRun) {
        if let first = run.operands.first { ProgramRoles.script(&run, first) }
        for operand in run.operands.dropFirst() { ProgramRoles.plain(&run, operand, [.read, .write]) }
        run.operands = []
    }
}

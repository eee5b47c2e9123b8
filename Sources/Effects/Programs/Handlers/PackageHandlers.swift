// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// npx and its kin: a package's program, from the project's folder or else from the registry. What it is called like
    /// tells what it does, where the table knows that; running it is running what was installed.
    static func packageRunner(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        run.projectCode()
        guard let package = operands.first else { return }
        guard let known = package.known else { return run.add(opaque: .program) }
        // Words of its own are its own, whatever they look like to the runner.
        let words = run.invocation.arguments
        let place = words.firstIndex(of: package) ?? words.endIndex
        let arguments = Array(words[place...].dropFirst())
        if known.string.contains("/"), ProgramRoles.isOutside(known.bytes) || known.hasPrefix(".") {
            return run.add(.command([package] + arguments, run.setting()))
        }
        ProgramRoles.npmPackage(&run, package)
        if !run.entry.isOfRegistry { ProgramRoles.package(&run, package) }
        let name = run.name.hasSuffix(" create") ? UTF8String("create-\(binary(known))") : binary(known)
        if run.table.entry(name) != nil {
            return run.add(.command([ShellValue(name)] + arguments, run.setting()))
        }
        run.add(.effect(Effect(.execute, .program(name))))
        for argument in arguments { ProgramRoles.plain(&run, argument, [.read, .write]) }
    }

    /// A package's name without scope and version.
    private static func binary(_ package: UTF8String) -> UTF8String {
        var bytes = package.bytes[...]
        if bytes.first == UInt8(ascii: "@") {
            bytes = bytes.drop { $0 != UInt8(ascii: "/") }.dropFirst()
        }
        let ends = bytes.firstIndex { "@=<>[~ ".utf8.contains($0) } ?? bytes.endIndex
        return UTF8String(String(decoding: bytes[..<ends], as: UTF8.self))
    }

    /// `npm init`: a manifest, or the program of a package `create-…`.
    static func packageInitializer(_ run: inout ProgramRun) {
        guard let initializer = run.operands.first else { return run.path([.write], "package.json") }
        run.add(.url("https://registry.npmjs.org"))
        run.projectCode()
        ProgramRoles.npmPackage(&run, initializer)
        for operand in run.operands.dropFirst() { ProgramRoles.plain(&run, operand, [.read, .write]) }
        run.operands = []
    }

    /// `npm config set KEY VALUE`, `npm set KEY=VALUE`, and what yarn and pnpm have of it.
    static func npmConfig(_ run: inout ProgramRun) {
        var operands = run.operands
        run.operands = []
        if !run.name.hasSuffix(" set") {
            guard let verb = operands.first else { return }
            guard let known = verb.known else { return run.add(opaque: .arguments) }
            if ["delete", "rm", "unset", "edit", "fix"].contains(known.string) {
                return run.path([.write], "~/.npmrc")
            }
            operands.removeFirst()
            guard known == "set" else { return credentials(operands, &run) }
        }
        run.path([.write], "~/.npmrc")
        if operands.count == 2, operands[0].known?.string.contains("=") != true {
            operands = [ShellValue(pieces: operands[0].pieces + [.text("=")] + operands[1].pieces)]
        }
        for operand in operands { npmSetting(&run, operand) }
    }

    private static func npmSetting(_ run: inout ProgramRun, _ setting: ShellValue) {
        guard let (key, value) = setting.split(at: UInt8(ascii: "=")) else {
            if setting.known == nil { run.add(opaque: .code) }
            return
        }
        switch key.string {
        case "script-shell", "shell", "editor", "git", "browser", "viewer", "python", "scriptShell":
            run.add(.shell(value, run.setting()))
        case "node-options", "init-module", "onload-script", "yarnPath", "yarn-path", "plugins", "globalPnpmfile",
            "pnpmfile", "global-pnpmfile":
            run.add(.codeFile(value.inDirectory(run.directory)))
        case "registry", "proxy", "https-proxy", "http-proxy", "npmRegistryServer", "httpProxy", "httpsProxy":
            if !value.is("null"), !value.isEmpty { run.add(.url(value)) }
        default:
            if key.hasSuffix(":registry") { run.add(.url(value)) }
            ProgramRoles.plain(&run, value, [.read, .write])
        }
    }

    /// `nvm exec 18 node x`, `mise exec node@20 -- node x`, `pyenv exec python x`: versions come first.
    static func versionManagerExec(_ run: inout ProgramRun) {
        let words = run.operands.drop { word in
            guard let known = word.known, let first = known.bytes.first else { return false }
            return first.isDigit || known == "--" || known.string.contains("@")
                || known.hasPrefix("v") && known.bytes.dropFirst().first?.isDigit == true
                || known.hasPrefix("lts") || known == "do"
        }
        run.operands = []
        if !words.isEmpty { run.add(.command(Array(words), run.setting())) }
    }

    /// `cross-env A=b program …`, `dotenv -e FILE -- program …`.
    static func environmentCommand(_ run: inout ProgramRun) {
        var words = run.invocation.arguments[...]
        run.operands = []
        var setting = run.setting()
        while let word = words.first {
            if word.startsUnknown { return run.add(opaque: .program) }
            words.removeFirst()
            if word.is("--") { break }
            if word.is("run"), run.name == "dotenvx" { continue }
            if word.prefix.hasPrefix("-") {
                guard let known = word.known else { return run.add(opaque: .arguments) }
                let takesFile = ["-e", "-f", "--file", "--env-file", "-fk", "-r", "--rc-file"].contains(known.string)
                if takesFile, let file = words.popFirst() { run.path([.read], file) }
                if ["-v", "-c", "-p", "--environments"].contains(known.string) { _ = words.popFirst() }
                continue
            }
            if let (name, value) = word.split(at: UInt8(ascii: "=")), !name.string.contains("/") {
                setting.variables[name] = value
                run.add(VariableTable.actions(name, value, isExported: true))
                continue
            }
            if run.name == "env-cmd", ProgramRoles.isLocal(word.prefix.bytes), !words.isEmpty {
                run.path([.read], word)
                continue
            }
            words = run.invocation.arguments[words.startIndex - 1..<words.endIndex]
            break
        }
        guard !words.isEmpty else { return }
        if run.name == "cross-env-shell" {
            run.operands = Array(words)
            return joinedShell(&run)
        }
        run.add(.command(Array(words), setting))
    }

    /// `uv run x.py`, `uv run pytest`, `uv run -m pytest`.
    static func uvRun(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        run.projectCode()
        guard let first = operands.first else { return }
        if run.has("-m") || run.has("-s") {
            if ProgramRoles.isLocal(first.prefix.bytes) { run.add(.codeFile(first.inDirectory(run.directory))) }
            for operand in operands.dropFirst() { ProgramRoles.plain(&run, operand, [.read, .write]) }
            return
        }
        if first.is("-") { return run.add(ProgramRun.actions(ofInput: run.invocation.input, as: .code(.python))) }
        if ProgramRoles.schemeRange(first.prefix.bytes) != nil { return ProgramRoles.script(&run, first) }
        if first.prefix.hasSuffix(".py") || first.prefix.hasSuffix(".pyw") {
            run.add(.codeFile(first.inDirectory(run.directory)))
            for operand in operands.dropFirst() { ProgramRoles.plain(&run, operand, [.read, .write]) }
            return
        }
        run.add(.command(operands, run.setting()))
    }
}

extension ProgramEntry {
    /// Whether its packages are npm's.
    fileprivate var isOfRegistry: Bool { !names.contains("uvx") && !names.contains("pipx run") }
}

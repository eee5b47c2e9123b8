// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramRoles {
    /// What package managers and build tools are told.
    static let packages: [UTF8String: Role] = [
        "package": { run, value in package(&run, value) },
        "npm-package": { run, value in npmPackage(&run, value) },
        // A name of one that is installed, or a file that is run.
        "interpreter": { run, value in
            if value.startsUnknown { return run.add(opaque: .program) }
            if isLocal(value.prefix.bytes) { run.add(.codeFile(value.inDirectory(run.directory))) }
        },
        // A container's image, at a registry that its name may tell, or a directory or archive.
        "image-or-path": { run, value in
            let first = value.prefix.bytes.first
            if first == UInt8(ascii: ".") || first == UInt8(ascii: "/") || first == UInt8(ascii: "~") {
                run.path([.read], value, isTree: true)
            } else if value.prefix.hasPrefix("dir:") || value.prefix.hasPrefix("file:") {
                plain(&run, value, [.read])
            } else {
                run.add(opaque: .host)
            }
        },
        // A command for a shell, or the name of one of the project's scripts.
        "concurrent": { run, value in
            let runners = ["npm:", "yarn:", "pnpm:", "bun:", "node:", "deno:"]
            if let known = value.known, runners.contains(where: { known.hasPrefix(UTF8String($0)) }),
                known.bytes.allSatisfy({ $0.isAlphanumeric || "-_:.*@/".utf8.contains($0) })
            {
                run.projectCode()
            } else {
                run.add(.shell(value, run.setting()))
            }
        },
        "msbuild-word": { run, value in
            let switches = ["/t:", "/target:", "/p:", "/property:", "/v:", "/verbosity:", "/m:"]
            if switches.contains(where: { value.prefix.hasPrefix(UTF8String($0)) }) { return }
            plain(&run, value, [.read, .write])
        },
        "go-package": { run, value in goPackage(&run, value) },
        // `@file` has more arguments.
        "rustc-operand": { run, value in
            guard value.prefix.hasPrefix("@") else { return run.path([.read], value) }
            run.path([.read], value.dropping(1))
            run.add(opaque: .arguments)
        },
        // Extensions are loaded, and `exec:exec` runs what its property says.
        "maven-define": { run, value in
            let name = value.split(at: UInt8(ascii: "="))?.before ?? value.prefix
            switch name.string {
            case "maven.ext.class.path": plain(&run, value, [.read], isCode: true)
            case "exec.executable": run.add(opaque: .code)
            default: plain(&run, value, [.read, .write])
            }
        },
        "label": { run, value in
            if !value.prefix.hasPrefix("//"), !value.prefix.hasPrefix("@") { plain(&run, value, [.read, .write]) }
        },
        "compiler-word": { run, value in
            let text = value.prefix.string
            // Handed on, or names that are only put into what is compiled.
            if text.hasPrefix("-W") || text.contains("prefix-map=") || text.hasPrefix("--sysroot") { return }
            plain(&run, value, [.read, .write])
        },
        // `-Xclang -load -Xclang x.so`.
        "compiler-passed": { run, value in
            if value.prefix.string.contains("-load") || value.prefix.string.contains("-plugin") {
                run.add(opaque: .code)
            }
            plain(&run, value, [.read, .write])
        },
        "rustc-unstable": { run, value in
            if value.prefix.string.contains("backend=") || value.known == nil { run.add(opaque: .code) }
        },
        "linker-flags": { run, value in
            let isWhole = value.pieces.allSatisfy { piece in
                switch piece {
                case .text: true
                case .wildcard(let pattern): ShellValue.unsplit.contains(pattern)
                case .unknown, .component: false
                }
            }
            let known = value.pieces.map { if case .text(let text) = $0 { text.string } else { "x" } }.joined()
            let text = isWhole ? known : "extld"
            if ["extld", "extar", "toolexec"].contains(where: text.contains) { run.add(opaque: .program) }
        },
        "read-or-url": { run, value in
            if schemeRange(value.prefix.bytes) != nil { address(&run, value) } else { run.path([.read], value) }
        },
        "code-or-file": { run, value in
            let isName = value.known?.bytes.allSatisfy { $0.isAlphanumeric || "._-/".utf8.contains($0) } ?? false
            run.add(isName ? .codeFile(value.inDirectory(run.directory)) : .code(.ruby, value))
        },
        "comma-command": { run, value in
            guard let known = value.known else { return run.add(opaque: .program) }
            let words = known.string.split(separator: ",").map { ShellValue(UTF8String(String($0))) }
            run.add(.command(words, run.setting()))
        },
        // A formula of somebody's own, or in a file, is code that the tool loads.
        "formula": { run, value in
            if value.startsUnknown || value.prefix.bytes.contains(UInt8(ascii: "/")) { run.add(opaque: .program) }
        },
        "vcs-argument": { run, value in plain(&run, value, [.read, .write]) },
        "cargo-setting": { run, value in cargoSetting(&run, value) },
        "rustc-codegen": { run, value in rustcCodegen(&run, value) },
        "protoc-argument": { run, value in protocArgument(&run, value) },
        "debugger-command": { run, value in ProgramHandlers.debuggerCommand(value, &run) },
        "fzf-binding": { run, value in
            let text = value.prefix.string
            let runs = ["execute", "become", "reload", "transform", "preview"].contains { text.contains($0) }
            if runs || value.known == nil { run.add(opaque: .code) }
        },
        "code-extension": { run, value in
            if isLocal(value.prefix.bytes) || value.prefix.hasSuffix(".vsix") {
                run.add(.codeFile(value.inDirectory(run.directory)))
            } else {
                run.add(.url("https://marketplace.visualstudio.com"))
                run.projectCode()
            }
        },
    ]

    /// A package by its path, or by its name and a version. Its module comes from a proxy, where the environment does not
    /// say that some come from their own hosts.
    private static func goPackage(_ run: inout ProgramRun, _ value: ShellValue) {
        if value.startsUnknown { return run.path([.read], .unknown) }
        let bytes = value.prefix.bytes
        if isOutside(bytes) { return run.add(.codeFile(value.inDirectory(run.directory))) }
        let module = bytes.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "@") }
        guard !isLocal(bytes) || module.contains(UInt8(ascii: ".")), module.first != UInt8(ascii: "."),
            bytes.contains(UInt8(ascii: "@")) || run.name != "go run"
        else { return }
        run.add(.url("https://proxy.golang.org"))
        let variables = run.invocation.variables
        let isDirect =
            ["GOPRIVATE", "GONOPROXY", "GOINSECURE"].contains { variables[$0] != nil }
            || variables["GOPROXY"].map { $0.known?.string.contains("direct") ?? true } ?? false
        if isDirect, module.contains(UInt8(ascii: ".")) { run.add(.host(ShellValue(bytes: module))) }
    }

    /// Python's, and others with the same habits: a name, a URL of an archive or a repository, `name @ URL`, or a directory
    /// or archive whose build file is run.
    static func package(_ run: inout ProgramRun, _ value: ShellValue) {
        if value.startsUnknown { return run.add(opaque: .arguments) }
        let bytes = value.prefix.bytes
        if let scheme = schemeRange(bytes) {
            var url = value.dropping(scheme.lowerBound)
            let text = url.prefix.bytes
            if let plus = text.firstIndex(of: UInt8(ascii: "+")), plus < scheme.upperBound - scheme.lowerBound {
                url = url.dropping(plus + 1)
            }
            return address(&run, url)
        }
        let archives = [".whl", ".zip", ".tar.gz", ".tgz", ".tar.bz2", ".gem", ".nupkg", ".conda", ".crate"]
        if bytes.starts(with: "git@".utf8) { return remote(&run, value) }
        if isLocal(bytes) || archives.contains(where: { value.prefix.string.hasSuffix($0) }) {
            run.path([.read], value)
            // `.[extras]` is a directory with a wish.
            let ends = bytes.firstIndex(of: UInt8(ascii: "[")) ?? bytes.count
            let place = ends < bytes.count && value.known != nil ? ShellValue(bytes: bytes[..<ends]) : value
            if ProgramRun.isHere(place) {
                run.projectCode()
            } else {
                run.add(.codeFile(place.inDirectory(run.directory)))
            }
        }
    }

    /// npm's: a name with a range, a directory or archive, a URL, or `user/repository` at GitHub.
    static func npmPackage(_ run: inout ProgramRun, _ value: ShellValue) {
        if value.startsUnknown { return run.add(opaque: .arguments) }
        var value = value
        // `alias@npm:name`, `name@https://…`: what follows the version's sign; a scope's sign comes first.
        let bytes = value.prefix.bytes
        let slash = bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
        let start = bytes.first == UInt8(ascii: "@") ? slash : 0
        if !bytes.starts(with: "git@".utf8), schemeRange(bytes).map({ $0.lowerBound > 0 }) ?? true,
            let at = bytes[min(start, bytes.count)...].firstIndex(of: UInt8(ascii: "@")), at > 0
        {
            value = value.dropping(at + 1)
        }
        let text = value.prefix.string
        if schemeRange(value.prefix.bytes) != nil || text.hasPrefix("git@") { return package(&run, value) }
        for (host, prefix) in [("github.com", "github:"), ("gitlab.com", "gitlab:"), ("bitbucket.org", "bitbucket:")]
        where text.hasPrefix(prefix) {
            return run.add(.host(ShellValue(UTF8String(host))))
        }
        if text.hasPrefix("gist:") { return run.add(.host("gist.github.com")) }
        let specifier = text.hasPrefix("file:") ? value.dropping(5) : value
        let local = specifier.prefix.bytes
        if isLocal(local) && local.first == UInt8(ascii: ".") || isOutside(local) || text.hasSuffix(".tgz")
            || text.hasPrefix("file:")
        {
            run.path([.read], specifier, isTree: true)
            return run.add(.codeFile(specifier.inDirectory(run.directory)))
        }
        if local.first != UInt8(ascii: "@"), local.contains(UInt8(ascii: "/")) { run.add(.host("github.com")) }
    }

    private static func cargoSetting(_ run: inout ProgramRun, _ value: ShellValue) {
        guard let known = value.known?.string else { return run.add(opaque: .code) }
        guard let equals = known.firstIndex(of: "=") else {
            return run.add(.codeFile(value.inDirectory(run.directory)))
        }
        let key = known[..<equals].lowercased()
        let runs = ["runner", "linker", "rustc", "rustdoc", "credential", "alias", "env", "flags", "wrapper", "paths"]
        if runs.contains(where: { key.contains($0) }) { run.add(opaque: .code) }
        plain(&run, value, [.read, .write])
    }

    private static func rustcCodegen(_ run: inout ProgramRun, _ value: ShellValue) {
        guard let (key, argument) = value.split(at: UInt8(ascii: "=")) else { return }
        switch key {
        case "linker": run.add(.command([argument], run.setting()))
        case "incremental", "profile-generate": run.path([.write], argument, isTree: true)
        case "profile-use": run.path([.read], argument)
        case "link-arg", "link-args":
            for word in argument.cut(at: [0x20]) { VariableValue.judge(word, .code, &run) }
        default: break
        }
    }

    /// `--cpp_out=DIR`, `--go_out=OPTIONS:DIR`.
    private static func protocArgument(_ run: inout ProgramRun, _ value: ShellValue) {
        guard let (name, argument) = value.split(at: UInt8(ascii: "=")), name.hasSuffix("_out") else {
            return plain(&run, value, [.read, .write])
        }
        let colon = argument.prefix.bytes.lastIndex(of: UInt8(ascii: ":"))
        run.path([.write], argument.dropping(colon.map { $0 + 1 } ?? 0), isTree: true)
    }
}

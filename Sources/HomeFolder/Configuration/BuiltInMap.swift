// SPDX-License-Identifier: Apache-2.0

import Effects
public import StrictJSON

/// Which built-in map fits a server, by what is started or where it is. Names are compared whole: a package that only
/// looks like one of these has no map.
public enum BuiltInMap {
    /// The map of the program's name, without the folder that it is in; `nil` where there is none. A coding agent's name
    /// is none of a server: `codex` as a server has other tools than Codex has for itself.
    public static func name(ofProgram command: String) -> UTF8String? {
        let name = UTF8String(String(lastComponent(command)))
        if let map = programs[name] { return map }
        return ToolMaps.builtInNames.contains(name) && !ToolMaps.harnesses.contains(name) ? name : nil
    }

    /// The map of what a program that starts others (`uvx`, `npx`, `python -m`, `docker run`) is asked to start; `nil` where
    /// it is none of these, or there is no such map.
    static func name(ofStarter command: String, _ arguments: [ConfiguredText]) -> UTF8String? {
        let starter = String(lastComponent(command))
        guard let form = starters[starter] else { return nil }
        var words: [String] = []
        // What follows a package is the package's own; what stands elsewhere is no package's name.
        for argument in arguments {
            guard case .literal(let text) = argument.source, argument.prefix.isEmpty else { break }
            words.append(text)
        }
        guard let started = form.started(by: words) else { return nil }
        if form.isImage { return images[withoutVersion(started, image: true)] }
        if form.isModule { return name(ofProgram: String(started.map { $0 == "_" ? "-" : $0 })) }
        let package = form.isScript ? modulePackage(started) : withoutVersion(started, image: false)
        if package.contains("/") { return packages[package] }
        return packages[package] ?? name(ofProgram: String(package.map { $0 == "_" ? "-" : $0 }))
    }

    /// The map of a command: of its program, else of what that is asked to start.
    public static func name(ofCommand command: String, _ arguments: [String]) -> UTF8String? {
        name(ofProgram: command) ?? name(ofStarter: command, arguments.map { ConfiguredText(.literal($0)) })
    }

    /// The map of a server elsewhere, by its host, where that is the maker's own.
    static func name(ofURL url: String) -> UTF8String? {
        let scheme = "https://"
        guard url.lowercased().hasPrefix(scheme) else { return nil }
        let host = url.dropFirst(scheme.count).prefix { !"/?:".contains($0) }.lowercased()
        return hosts[host]
    }

    /// The package that a script of it belongs to: `@scope/name` of `…/node_modules/@scope/name/dist/index.js`.
    private static func modulePackage(_ path: String) -> String {
        let components = path.split(separator: "/")
        guard let modules = components.lastIndex(of: "node_modules") else { return "" }
        let names = components[(modules + 1)...]
        return names.prefix(names.first?.hasPrefix("@") == true ? 2 : 1).joined(separator: "/")
    }

    private static func lastComponent(_ path: String) -> Substring { path.split(separator: "/").last ?? "" }

    /// `@scope/name@1.2`, `name==1.2`, `name[extra]`; of an image, `registry/name:tag` and `registry/name@sha256:…`.
    private static func withoutVersion(_ text: String, image: Bool) -> String {
        let scope = text.hasPrefix("@") ? "@" : ""
        let rest = text.dropFirst(scope.count)
        return scope + String(rest.prefix { image ? !"@:".contains($0) : !"@=<>[~!".contains($0) })
    }

    /// Where a starter's arguments have what is started.
    private struct Form {
        /// Words that come first, such as `run`; one of these sequences, or none.
        var verbs: [[String]] = [[]]
        /// Options with a value in the next word.
        var valued: Set<String> = []
        /// Options whose value is what is started.
        var naming: Set<String> = []
        var isImage = false
        var isModule = false
        var isScript = false

        func started(by arguments: [String]) -> String? {
            for verb in verbs where arguments.starts(with: verb) {
                var words = arguments.dropFirst(verb.count)
                while let word = words.popFirst() {
                    guard word.hasPrefix("-") else { return isModule ? nil : word }
                    if naming.contains(word) { return words.first }
                    if valued.contains(word) { words = words.dropFirst() }
                }
            }
            return nil
        }
    }

    private static let starters: [String: Form] = {
        let docker: Set<String> = [
            "-e", "--env", "--env-file", "-v", "--volume", "--mount", "--name", "-p", "--publish", "--network", "--net",
            "-w", "--workdir", "-u", "--user", "--entrypoint", "--platform", "-l", "--label", "--memory", "-m",
            "--cpus",
            "--add-host", "--pull",
        ]
        let uv: Set<String> = [
            "--with", "--with-requirements", "--python", "-p", "--directory", "--project", "--index-url", "--index",
            "--default-index", "--extra-index-url", "--env-file", "--cache-dir", "--config-file", "--extra", "--from",
            "--refresh-package", "--upgrade-package",
        ]
        let module = Form(valued: ["-X", "-W"], naming: ["-m"], isModule: true)
        let container = Form(verbs: [["run"], ["container", "run"]], valued: docker, isImage: true)
        return [
            "npx": Form(valued: ["-p", "--package", "-w", "--workspace", "--registry", "--cache"]),
            "bunx": Form(valued: ["-p", "--package"]),
            "pnpm": Form(verbs: [["dlx"]], valued: ["--package"]), "yarn": Form(verbs: [["dlx"]], valued: ["-p"]),
            "bun": Form(verbs: [["x"]]), "deno": Form(verbs: [["run"]]),
            "uvx": Form(valued: uv),
            "uv": Form(verbs: [["tool", "run"], ["run"]], valued: uv, naming: ["-m", "--module"]),
            "pipx": Form(verbs: [["run"]], valued: ["--spec", "--python", "--pip-args", "--index-url"]),
            "node": Form(valued: ["-r", "--require", "--import", "--env-file"], isScript: true), "python": module,
            "python3": module,
            "docker": container, "podman": container, "nerdctl": container,
        ]
    }()

    /// Programs that are not called as their map is.
    private static let programs: [UTF8String: UTF8String] = [
        "mcp-server-shell": "mcp-shell-server", "server-filesystem": "mcp-server-filesystem",
        "playwright-mcp": "mcp-server-playwright",
    ]

    /// Packages whose program has another name.
    private static let packages: [String: UTF8String] = [
        "@modelcontextprotocol/server-filesystem": "mcp-server-filesystem",
        "@modelcontextprotocol/server-memory": "mcp-server-memory",
        "@modelcontextprotocol/server-sequential-thinking": "mcp-server-sequential-thinking",
        "@modelcontextprotocol/server-everything": "mcp-server-everything",
        "@modelcontextprotocol/server-github": "mcp-server-github",
        "@modelcontextprotocol/server-slack": "mcp-server-slack",
        "@modelcontextprotocol/server-postgres": "mcp-server-postgres",
        "@modelcontextprotocol/server-puppeteer": "mcp-server-puppeteer",
        "@playwright/mcp": "mcp-server-playwright",
    ]

    /// Images, by registry and name.
    private static let images: [String: UTF8String] = [
        "ghcr.io/github/github-mcp-server": "github-mcp-server",
        "ghcr.io/korotovsky/slack-mcp-server": "slack-mcp-server",
        "mcp/filesystem": "mcp-server-filesystem", "mcp/git": "mcp-server-git", "mcp/fetch": "mcp-server-fetch",
        "mcp/time": "mcp-server-time", "mcp/memory": "mcp-server-memory", "mcp/sqlite": "mcp-server-sqlite",
        "mcp/sequentialthinking": "mcp-server-sequential-thinking", "mcp/everything": "mcp-server-everything",
        "mcp/github": "mcp-server-github", "mcp/github-mcp-server": "github-mcp-server",
        "mcp/slack": "mcp-server-slack", "mcp/postgres": "mcp-server-postgres",
        "mcp/puppeteer": "mcp-server-puppeteer", "mcp/playwright": "mcp-server-playwright",
        "mcr.microsoft.com/playwright/mcp": "mcp-server-playwright",
    ]

    static func isContainer(_ command: String) -> Bool {
        starters[String(lastComponent(command))]?.isImage == true
    }

    /// Maps whose paths mean nothing without the file system that they are of.
    static let fileServers: Set<UTF8String> = ["mcp-server-filesystem", "mcp-server-git"]

    private static let hosts: [String: UTF8String] = [
        "api.githubcopilot.com": "github-mcp-server", "mcp.slack.com": "mcp.slack.com",
    ]
}

extension Configuration.Server {
    /// The built-in map that is named, else that of the server's program, of the package or image that its program is
    /// asked to start, or of its maker's host.
    public var builtInMap: UTF8String? {
        if let namedMap { return namedMap }
        switch endpoint {
        case .program(let program):
            let map =
                BuiltInMap.name(ofProgram: program.command)
                ?? BuiltInMap.name(ofStarter: program.command, program.arguments)
            // In a container paths are the container's: a server of files is understood where that is said.
            let isOwnFiles = BuiltInMap.isContainer(program.command) && filesystem != .foreign
            return isOwnFiles && map.map(BuiltInMap.fileServers.contains) == true ? nil : map
        case .url(let remote): return BuiltInMap.name(ofURL: remote.url.text)
        }
    }
}

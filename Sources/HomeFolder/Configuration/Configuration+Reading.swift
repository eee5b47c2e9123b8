// SPDX-License-Identifier: Apache-2.0

import Decisions
import Effects
import Packs
public import StrictJSON
import WireTypes

import struct Crypto.SHA256

extension Configuration {
    /// Reads `writ.yaml`.
    ///
    /// - Throws: `HomeError` naming the file, the member and what was expected.
    public static func read(_ home: Home) throws(HomeError) -> Configuration {
        let path = home.configuration
        do {
            let bytes = try FileAccess.read(path, limit: Limits.configurationBytes)
            var configuration = try Configuration(YAMLDocument.read(bytes, path), path: path)
            configuration.fileDigest = Digest(SHA256.hash(data: bytes))
            return configuration
        } catch {
            guard error.code == .missing else { throw error }
            throw HomeError(.missing, "\(path) is not there; run `writ init`, or name the folder with --home")
        }
    }

    /// Checks a configuration that has been read.
    ///
    /// - Throws: `HomeError` naming the member and what was expected.
    public init(_ document: JSON, path: String) throws(HomeError) {
        var members = try Members(document, at: "", of: path)
        agent = try members.text("agent")
        agentKey = try members.text("agent_key")?.string
        timeZone = try members.text("time_zone")?.string ?? "UTC"
        ledger = try members.text("ledger")?.string ?? "ledger.sqlite"
        mode = try members.choice("mode") ?? .cooperative
        (issuers, tokenIssuers) = try Self.issuers(&members, path)
        servers = []
        for (alias, value) in try members.table("servers") {
            servers.append(try Server(alias: alias, value, of: path))
        }
        (listen, tls) = try Self.listen(&members)
        resource = try members.text("resource")?.string
        if let resource, !Self.isResource(resource) {
            throw members.wrong("resource", "the URL that clients reach /mcp at, without a slash at its end")
        }
        if !listen.isLoopback, resource?.hasPrefix("https://") != true {
            throw members.wrong(
                "resource", "the https: URL that clients reach /mcp at, since `listen` is not this machine alone")
        }
        proofsNeedNonce = try Self.proofsNeedNonce(&members, path)
        callTimeoutSeconds = try members.count("call_timeout", in: Limits.callTimeoutSeconds) ?? 600
        labelsKeptMilliseconds = try Self.labelsKept(&members, path)
        (approvals, approvalWaitMilliseconds) = try Self.approvals(&members, path)
        grants = try Self.grants(&members, approvals, path)
        packs = try members.choice("packs") ?? .limited
        administration = try Self.administration(&members, path)
        protection = try Self.protection(&members, path)
        try members.finish()
        self.document = Self.withoutSecrets(document, servers)
        guard ledger.utf8.first != nil, !ledger.contains("://") else {
            throw members.wrong("ledger", "the path of an SQLite file (other stores are not supported yet)")
        }
        try checkMode(members)
    }

    private static func isResource(_ url: String) -> Bool {
        (url.hasPrefix("https://") || url.hasPrefix("http://")) && !url.hasSuffix("/") && url.utf8.count <= 2048
            && url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !"\"\\?#@<>".utf8.contains($0) }
    }

    /// `dpop: {nonce: required}`.
    private static func proofsNeedNonce(_ members: inout Members, _ path: String) throws(HomeError) -> Bool {
        guard let value = members.take("dpop") else { return false }
        var proofs = try Members(value, at: "dpop", of: path)
        let nonce: Need? = try proofs.choice("nonce")
        try proofs.finish()
        return nonce == .required
    }

    /// `labels: {keep: 12h}`.
    private static func labelsKept(_ members: inout Members, _ path: String) throws(HomeError) -> Int64 {
        guard let value = members.take("labels") else { return Rulebook.labelsKeptMillisecondsByDefault }
        var labels = try Members(value, at: "labels", of: path)
        let keep = try labels.text("keep")
        try labels.finish()
        guard let keep else { return Rulebook.labelsKeptMillisecondsByDefault }
        guard let milliseconds = ConfiguredDuration.milliseconds(keep), Limits.labelsKept.contains(milliseconds) else {
            throw labels.wrong("keep", "how long, from 1m to 365d: a whole number and one of m, h, d, as in 12h")
        }
        return milliseconds
    }

    private static func withoutSecrets(_ document: JSON, _ servers: [Server]) -> JSON {
        guard var object = document.object, var table = object["servers"]?.object else { return document }
        for server in servers {
            guard var settings = table[server.alias]?.object else { continue }
            switch server.endpoint {
            case .program(let program):
                if settings["env"] != nil { settings["env"] = Self.archived(program.environment) }
            case .url(let remote):
                settings["url"] = .text(remote.url.archived)
                if settings["headers"] != nil { settings["headers"] = Self.archived(remote.headers) }
            }
            table[server.alias] = .object(settings)
        }
        object["servers"] = .object(table)
        return .object(object)
    }

    private static func archived(_ texts: [NamedText]) -> JSON {
        var object = JSONObject()
        for entry in texts { object[UTF8String(entry.name)] = entry.text.archived(as: entry.name) }
        return .object(object)
    }
}

extension Configuration.Server {
    init(alias: UTF8String, _ document: JSON, of path: String) throws(HomeError) {
        var members = try Members(document, at: "servers/\(alias)", of: path)
        guard Self.isAlias(alias) else {
            throw members.wrong("", "an alias of 1 to 16 letters a-z, digits and hyphens, none of \(Self.reservedText)")
        }
        self.alias = alias
        endpoint = try Self.endpoint(&members)
        root = try members.text("root")?.string
        filesystem = try members.choice("filesystem") ?? .local
        map = members.take("map")
        if let name = map?.string {
            guard ToolMaps.builtInNames.contains(name) else {
                let names = ToolMaps.builtInNames.map(\.string).joined(separator: ", ")
                throw members.wrong("map", "maps of its tools, or the name of a built-in one: \(names)")
            }
            (namedMap, map) = (name, nil)
        }
        tools = try members.text("tools")?.string
        pins = try members.choice("pins") ?? .quarantine
        packs = [:]
        for (tool, value) in try members.table("packs") {
            do throws(PackBinding.Mistake) { packs[tool] = try PackBinding(configured: value) } catch {
                let place = ["packs/\(tool)", error.place].filter { !$0.isEmpty }.joined(separator: "/")
                throw members.wrong(place, error.expected)
            }
        }
        try members.finish()
    }

    private static func endpoint(_ members: inout Members) throws(HomeError) -> Configuration.Endpoint {
        let command = try members.text("command")
        let url = try members.text("url")
        if let url {
            guard command == nil else {
                throw members.wrong("", "either `command` or `url`: a server is started, or it is elsewhere")
            }
            for name in ["args", "env", "cwd"] as [UTF8String] where members.take(name) != nil {
                throw members.wrong(name.string, "nothing: it is for a server with `command`, and this one has `url`")
            }
            let address: ServerURL
            do throws(ServerURL.Refusal) { address = try ServerURL(url.string) } catch {
                throw members.wrong("url", error.expected)
            }
            let headers = try members.namedTexts("headers") { ServerHeader.refusal(of: $0) }
            for header in headers {
                guard case .literal(let value) = header.text.source, !ServerHeader.isValue(value) else { continue }
                throw members.wrong("headers/\(header.name)", ServerHeader.expectedValue)
            }
            return .url(
                Configuration.Remote(url: address, headers: headers, credential: try credential(&members, headers)))
        }
        guard let command else {
            throw members.misspelling(of: ["command", "url"])
                ?? members.wrong("command", "the server's program, or `url` where it is elsewhere")
        }
        for name in ["headers", "credential"] as [UTF8String] where members.take(name) != nil {
            throw members.wrong(
                name.string, "nothing: it is for a server with `url`, and this one has `command` (there is `env`)")
        }
        return .program(
            Configuration.Program(
                command: command.string, arguments: try members.configuredTexts("args"),
                environment: try members.namedTexts("env") { Self.refusal(ofVariable: $0) },
                workingDirectory: try members.text("cwd")?.string))
    }

    private static func credential(
        _ members: inout Members, _ headers: [Configuration.NamedText]
    ) throws(HomeError) -> ServerCredential? {
        guard let value = members.take("credential") else { return nil }
        let credential = try ServerCredential(value, at: "\(members.place)/credential", of: members.path)
        guard !headers.contains(where: { $0.name.lowercased() == credential.header.lowercased() }) else {
            throw members.wrong(
                "headers/\(credential.header)", "nothing: `credential` of this server is what stands there")
        }
        return credential
    }

    private static func refusal(ofVariable name: String) -> String? {
        name.isEmpty || name.utf8.contains(0) || name.utf8.contains(UInt8(ascii: "=")) ? "a variable's name" : nil
    }

    /// Words that policies use for something else: effects' verbs, the groups of actions, what `writ check` calls the
    /// machine itself, and the coding agents, whose own tools have their names.
    private static let reserved: Set<UTF8String> = Set(ToolMaps.harnesses).union([
        "read", "write", "delete", "connect", "execute", "query", "mutate", "send", "spend", "opaque", "call", "effect",
        "local",
    ])
    static var reservedText: String { reserved.sorted().map(\.string).joined(separator: ", ") }

    /// Whether policies can call a server so: `[a-z0-9-]{1,16}` and no reserved word.
    public static func isAlias(_ alias: UTF8String) -> Bool {
        let bytes = alias.bytes
        return (1...16).contains(bytes.count) && !reserved.contains(alias)
            && bytes.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What becomes of a client's servers in an installation: new ones are put in, what is there stays as it is.
public struct Takeover: Sendable {
    /// What becomes of a server.
    public enum Fate: Sendable {
        /// It is put in.
        case new(ConfigurationEdit.Addition)
        /// It is there already, with the same settings.
        case same(UTF8String)
        /// Its alias is there with other settings, which stay; which are other.
        case other(UTF8String, [String])

        /// The alias.
        public var alias: UTF8String {
            switch self {
            case .new(let addition): addition.alias
            case .same(let alias), .other(let alias, _): alias
            }
        }
    }

    /// The client's servers that can be taken over, in its order.
    public let servers: [(server: ClientServer, fate: Fate)]
    private let secrets: SecretFolder

    /// What would become of them. Nothing is written.
    ///
    /// - Throws: `HomeError` where a secret that is kept already cannot be read.
    public init(_ file: ClientFile, into configuration: Configuration, of home: Home) throws(HomeError) {
        var secrets = SecretFolder(home)
        var taken = Set(configuration.servers.map(\.alias))
        var free = configuration.servers
        var servers: [(server: ClientServer, fate: Fate)] = []
        for server in file.servers {
            let base = AliasChoice.base(server.name)
            // That of its own name first: two may be alike but for their names.
            let candidates = free.filter { $0.alias == base } + free.filter { $0.alias != base }
            if let known = candidates.first(where: { Self.differences(server, $0).isEmpty }) {
                free.removeAll { $0.alias == known.alias }
                servers.append((server, .same(known.alias)))
            } else if let known = free.first(where: { $0.alias == base }) {
                free.removeAll { $0.alias == base }
                servers.append((server, .other(base, Self.differences(server, known))))
            } else {
                let alias = AliasChoice.unique(base, besides: taken)
                taken.insert(alias)
                servers.append((server, .new(try Self.addition(server, alias, &secrets))))
            }
        }
        self.servers = servers
        self.secrets = secrets
    }

    /// Those that are put in.
    public var additions: [ConfigurationEdit.Addition] {
        servers.compactMap { if case .new(let addition) = $0.fate { addition } else { nil } }
    }

    /// Writes the secrets, then the configuration with the new servers.
    ///
    /// - Throws: `HomeError`; the configuration is then what it was.
    public func carryOut(at home: Home) throws(HomeError) {
        guard !additions.isEmpty else { return }
        let path = home.configuration
        let bytes = try FileAccess.read(path, limit: Limits.configurationBytes)
        let text = try ConfigurationEdit.adding(additions, to: bytes, path: path)
        _ = try Configuration(YAMLDocument.read(text, path), path: path)
        try secrets.write()
        try FileAccess.replace(path, text, mode: 0o600)
    }

    // MARK: settings

    private static func addition(
        _ server: ClientServer, _ alias: UTF8String, _ secrets: inout SecretFolder
    ) throws(HomeError) -> ConfigurationEdit.Addition {
        var settings = JSONObject()
        switch server.endpoint {
        case .program(let program):
            settings["command"] = .text(program.command)
            if !program.arguments.isEmpty {
                settings["args"] = .array(try arguments(program.arguments, alias, &secrets).map(\.json))
            }
            if !program.environment.isEmpty {
                var table = JSONObject()
                for entry in program.environment {
                    table[UTF8String(entry.name)] = try variable(entry, alias, &secrets).json
                }
                settings["env"] = .object(table)
            }
            settings["cwd"] = program.workingDirectory.map { .text($0) }
            if BuiltInMap.name(ofProgram: program.command) == nil {
                settings["map"] = BuiltInMap.name(ofStarter: program.command, program.arguments).map { .string($0) }
            }
            let starter = program.command.split(separator: "/").last ?? ""
            // What runs in there has a file system of its own.
            if ["docker", "podman", "nerdctl", "ssh", "kubectl"].contains(starter) {
                settings["filesystem"] = "foreign"
            }
        case .url(let remote):
            settings["url"] = .text(remote.url.text)
            settings["filesystem"] = "foreign"
            if !remote.headers.isEmpty {
                var table = JSONObject()
                for entry in remote.headers {
                    table[UTF8String(entry.name)] = try header(entry, alias, &secrets).json
                }
                settings["headers"] = .object(table)
            }
        }
        return ConfigurationEdit.Addition(alias: alias, settings: settings, comment: [])
    }

    private static func arguments(
        _ texts: [ConfiguredText], _ alias: UTF8String, _ secrets: inout SecretFolder
    ) throws(HomeError) -> [ConfiguredText] {
        var kept: [ConfiguredText] = []
        for (index, text) in texts.enumerated() {
            guard case .literal(let value) = text.source,
                let start = SecretGuess.secretStart(value, after: index > 0 ? literal(texts[index - 1]) : nil)
            else {
                kept.append(text)
                continue
            }
            kept.append(try secret(value, after: start, named: "\(alias).arg\(index + 1)", &secrets))
        }
        return kept
    }

    private static func literal(_ text: ConfiguredText) -> String? {
        if case .literal(let value) = text.source { value } else { nil }
    }

    private static func variable(
        _ entry: Configuration.NamedText, _ alias: UTF8String, _ secrets: inout SecretFolder
    ) throws(HomeError) -> ConfiguredText {
        guard let value = literal(entry.text), !SecretGuess.isPlain(value, named: entry.name) else { return entry.text }
        return try secret(value, after: 0, named: "\(alias).\(entry.name)", &secrets)
    }

    private static func header(
        _ entry: Configuration.NamedText, _ alias: UTF8String, _ secrets: inout SecretFolder
    ) throws(HomeError) -> ConfiguredText {
        guard let value = literal(entry.text) else { return entry.text }
        let scheme = ["Bearer ", "Basic ", "Token "].first { value.hasPrefix($0) } ?? ""
        return try secret(value, after: scheme.utf8.count, named: "\(alias).\(entry.name)", &secrets)
    }

    private static func secret(
        _ value: String, after count: Int, named name: String, _ secrets: inout SecretFolder
    ) throws(HomeError) -> ConfiguredText {
        let start = value.utf8.index(value.startIndex, offsetBy: count)
        let text = String(value[start...])
        // A file's last line end, of either kind, is not part of what it holds.
        guard !text.isEmpty, text.utf8.last != 0x0d else { return ConfiguredText(.literal(value)) }
        return ConfiguredText(.file(try secrets.place(text, named: name)), prefix: String(value[..<start]))
    }

    // MARK: comparing

    /// Which settings of a server are not those of the configuration's.
    private static func differences(_ server: ClientServer, _ known: Configuration.Server) -> [String] {
        switch (server.endpoint, known.endpoint) {
        case (.program(let new), .program(let old)):
            var differences: [String] = []
            if Array(new.command.utf8) != Array(old.command.utf8) { differences.append("command") }
            if values(new.arguments) != values(old.arguments) { differences.append("args") }
            if values(new.environment) != values(old.environment) { differences.append("env") }
            if new.workingDirectory != old.workingDirectory { differences.append("cwd") }
            return differences
        case (.url(let new), .url(let old)):
            var differences: [String] = []
            if new.url.text != old.url.text { differences.append("url") }
            if values(new.headers) != values(old.headers) { differences.append("headers") }
            return differences
        default: return ["command or url"]
        }
    }

    private enum Value: Hashable {
        case text([UInt8])
        case variable(String, String)
        case unknown
    }

    private static func values(_ texts: [ConfiguredText]) -> [Value] { texts.map(value) }

    private static func values(_ texts: [Configuration.NamedText]) -> [[UInt8]: Value] {
        Dictionary(texts.map { (Array($0.name.utf8), value($0.text)) }, uniquingKeysWith: { first, _ in first })
    }

    private static func value(_ text: ConfiguredText) -> Value {
        if case .variable(let name) = text.source { return .variable(text.prefix, name) }
        do throws(HomeError) { return .text(Array(try text.value().utf8)) } catch { return .unknown }
    }
}

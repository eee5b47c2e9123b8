// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
import WireTypes

extension Configuration {
    /// Reads `writ.yaml`.
    ///
    /// - Throws: `HomeError` naming the file, the member and what was expected.
    public static func read(_ home: Home) throws(HomeError) -> Configuration {
        let path = home.configuration
        do {
            let bytes = try FileAccess.read(path, limit: Limits.configurationBytes)
            return try Configuration(YAMLDocument.read(bytes, path), path: path)
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
        timeZone = try members.text("time_zone")?.string ?? "UTC"
        ledger = try members.text("ledger")?.string ?? "ledger.sqlite"
        mode = try members.choice("mode") ?? .cooperative
        issuers = []
        for (name, value) in try members.table("issuers") {
            guard let text = value.string, let key = Base64URL.decode(text.string), key.count == 32 else {
                throw members.wrong("issuers/\(name)", "an Ed25519 public key: 32 bytes as base64url")
            }
            issuers.append(Issuer(name: name, publicKey: key))
        }
        servers = []
        for (alias, value) in try members.table("servers") {
            servers.append(try Server(alias: alias, value, of: path))
        }
        try members.finish()
        self.document = document
        guard ledger.utf8.first != nil, !ledger.contains("://") else {
            throw members.wrong("ledger", "the path of an SQLite file (other stores are not supported yet)")
        }
    }
}

extension Configuration.Server {
    init(alias: UTF8String, _ document: JSON, of path: String) throws(HomeError) {
        var members = try Members(document, at: "servers/\(alias)", of: path)
        guard Self.isAlias(alias) else {
            throw members.wrong("", "an alias of 1 to 16 letters a-z, digits and hyphens, none of \(Self.reservedText)")
        }
        self.alias = alias
        guard let command = try members.text("command") else { throw members.wrong("command", "the server's program") }
        self.command = command.string
        arguments = try members.texts("args")
        environment = [:]
        for (name, value) in try members.table("env") {
            guard let text = value.string else { throw members.wrong("env/\(name)", "a text") }
            environment[name.string] = text.string
        }
        workingDirectory = try members.text("cwd")?.string
        root = try members.text("root")?.string
        filesystem = try members.choice("filesystem") ?? .local
        map = members.take("map")
        tools = try members.text("tools")?.string
        try members.finish()
    }

    /// Words that policies use for something else: effects' verbs, the groups of actions, and what `writ check` calls the
    /// machine itself.
    private static let reserved: Set<UTF8String> = [
        "read", "write", "delete", "connect", "execute", "query", "mutate", "send", "spend", "opaque", "call", "effect",
        "local",
    ]
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

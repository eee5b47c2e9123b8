// SPDX-License-Identifier: Apache-2.0

import Decisions
import HomeFolder
import StrictJSON
import Testing

/// `credential:` of servers in `writ.yaml`.
struct CredentialSettingsTests {
    private static func configuration(
        _ credential: JSON, _ change: (inout JSONObject) -> Void = { _ in }
    ) throws -> Configuration {
        var server = JSONObject()
        server["url"] = "https://far.example/mcp"
        server["credential"] = credential
        change(&server)
        return try Configuration(["servers": ["far": .object(server)]], path: "writ.yaml")
    }

    private static func credential(_ value: JSON) throws -> ServerCredential {
        guard case .url(let remote) = try #require(try configuration(value).servers.first).endpoint else {
            throw HomeError(.malformed, "no URL")
        }
        return try #require(remote.credential)
    }

    private static let exchange: JSON = [
        "token_url": "https://login.example/token", "client_id": "writ", "client_secret_file": "/etc/writ/secret",
    ]

    private static func exchange(_ name: UTF8String, _ value: JSON?) -> JSON {
        var object = exchange.object ?? JSONObject()
        object[name] = value
        return ["exchange": .object(object)]
    }

    @Test func `a file or a variable stands in Authorization as a bearer token, or in another header as it is`() throws
    {
        let file = try Self.credential(["file": "/run/token"])
        #expect(file.header == "Authorization" && file.prefix == "Bearer ")
        guard case .text(ConfiguredText(.file("/run/token"))) = file.source else {
            throw HomeError(.malformed, "no file")
        }
        let variable = try Self.credential(["env": "TOKEN", "header": "X-Api-Key"])
        #expect(variable.header == "X-Api-Key" && variable.prefix.isEmpty)
        #expect(try Self.credential(["env": "TOKEN", "prefix": "token "]).prefix == "token ")
    }

    @Test func `an exchange says where, who and for what, and the caller's token goes there only where it says so`()
        throws
    {
        guard case .exchange(let least) = try Self.credential(["exchange": Self.exchange]).source else {
            throw HomeError(.malformed, "no exchange")
        }
        #expect(least.url.text == "https://login.example/token" && least.clientID == "writ")
        #expect(!least.isOfCaller && !least.isPrivate && least.audience == nil && least.scope == nil)
        guard case .exchange(let callers) = try Self.credential(Self.exchange("subject", "caller")).source else {
            throw HomeError(.malformed, "no exchange")
        }
        #expect(callers.isOfCaller)
    }

    static let wrong: [(JSON, String)] = [
        ("planted", "an object"), (["file": "relative"], "absolute"), ([:], "one of"),
        (["file": "/a", "env": "B"], "one of"), (["sha256": "x"], "not a setting"),
        (["file": "/a", "header": "Mcp-Session-Id"], "another header"), (["file": "/a", "header": "Host"], "another"),
        (["file": "/a", "header": "a b"], "header's name"), (["fil": "/a"], "did you mean `file`?"),
        (["exchange": ["client_id": "a", "client_secret_file": "/s"]], "token endpoint"),
        (exchange("client_id", nil), "client_id"), (exchange("client_secret_file", nil), "client_secret_file"),
        (exchange("client_secret_file", "s"), "absolute path"), (exchange("client_secret", "planted"), "not a setting"),
        (exchange("token_url", "http://login.example/token"), "https:"), (exchange("subject", "planted"), "caller"),
        (exchange("private_network", "yes"), "true or false"),
    ]

    @Test(arguments: wrong) func `settings that would not do what they seem to are refused`(
        value: JSON, says: String
    ) {
        let error = #expect(throws: HomeError.self) { try Self.configuration(value) }
        #expect(error?.message.contains(says) == true, "\(error?.message ?? "")")
    }

    @Test func `a header and a credential of one name are refused, and a started server has no credential`() {
        #expect(throws: HomeError.self) {
            try Self.configuration(["env": "A"]) { $0["headers"] = ["authorization": ["env": "B"]] }
        }
        let error = #expect(throws: HomeError.self) {
            try Self.configuration(["env": "A"]) {
                $0["url"] = nil
                $0["command"] = "x"
            }
        }
        #expect(error?.message.contains("servers/far/credential") == true)
    }

    @Test func `the record has where a credential is, and an argument by reference is warned about`() throws {
        let document = try Self.configuration(Self.exchange("subject", "caller")).document
        #expect(document["servers"]?["far"]?["credential"]?["exchange"]?["client_secret_file"] == "/etc/writ/secret")
        let configuration = try Configuration(
            ["servers": ["near": ["command": "x", "args": ["--token", ["file": "/run/token"]]]]], path: "writ.yaml")
        #expect(configuration.warnings.count == 1 && configuration.warnings[0].hasPrefix("servers/near/args/1: "))
    }

    @Test func `a credential's file is for its owner alone, and is read as it is now`() throws {
        try TemporaryHome.with { temporary in
            let path = temporary.home.path + "/token"
            let configuration = try Self.configuration(["file": .text(path)])
            let server = try #require(configuration.servers.first)
            let text = ConfiguredText(.file(path))
            #expect(throws: HomeError(.missing, "")) { try server.secret(text) }
            try temporary.write("token", "planted-one\n")
            #expect(try server.secret(text) == "planted-one")
            for (bytes, mode) in [("planted-two", 0o644), ("", 0o600), ("planted\r\nX: y\n", 0o600)]
                as [(String, UInt32)]
            {
                try temporary.write("token", bytes, mode: mode)
                let error = #expect(throws: HomeError.self) { try server.secret(text) }
                #expect(error?.message.contains("planted") == false)
                #expect(error?.message.hasPrefix("servers/far/credential: ") == true)
            }
        }
    }
}

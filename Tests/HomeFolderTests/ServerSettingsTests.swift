// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import Glibc
import Packs
import StrictJSON
import Testing

@testable import HomeFolder

/// Servers by URL, secrets by reference, and what of both is kept for the record.
struct ServerSettingsTests {
    @Test func `a server may have a URL and headers`() throws {
        let configuration = try TemporaryHome.configuration(
            """
            listen: "[::1]:9000"
            call_timeout: 30
            servers:
              a:
                url: https://x.example/mcp
                headers: {Authorization: {env: TOKEN, prefix: "Bearer "}, X-Key: {file: /run/key}, X-Plain: plain}
                pins: first-use
              b: {command: x, args: [a, {file: /run/arg}], env: {A: {env: B}}, map: mcp-server-git}
            """)
        #expect("\(configuration.listen)" == "[::1]:9000" && configuration.callTimeoutSeconds == 30)
        let a = try #require(configuration.servers.first)
        guard case .url(let remote) = a.endpoint else { throw HomeError(.malformed, "no URL") }
        #expect(a.pins == .firstUse && a.builtInMap == nil)
        #expect(
            remote.headers.map(\.text) == [
                ConfiguredText(.variable("TOKEN"), prefix: "Bearer "), ConfiguredText(.file("/run/key")),
                ConfiguredText(.literal("plain")),
            ])
        #expect(
            configuration.warnings.map { $0.prefix { $0 != " " } }
                == ["servers/a/headers/X-Plain:", "servers/b/args/1:"])
        let b = try #require(configuration.servers.last)
        #expect(b.pins == .quarantine && b.builtInMap == "mcp-server-git" && b.map == nil)
    }

    @Test func `a tool's pack is named, with where its arguments have what the pack asks`() throws {
        let configuration = try TemporaryHome.configuration(
            """
            packs: required
            servers:
              shop:
                url: https://shop.example/planted/mcp?key=planted
                packs:
                  list: mcp.tool.execute.v1
                  refund:
                    pack: finance.payment.refund.v1
                    members: {amount: /sum/cents, currency: {value: EUR}, region: {at: [/a, /b], value: DE}}
            """)
        #expect(configuration.packs == .required)
        let shop = try #require(configuration.servers.first)
        #expect(shop.packs.keys.sorted() == ["list", "refund"])
        let refund = try #require(shop.packs["refund"])
        #expect(refund.pack == "finance.payment.refund.v1" && !refund.isImplied)
        let context = refund.context(of: (["sum": ["cents": 5], "b": "US", "other": 1] as JSON).object ?? JSONObject())
        #expect(JSON.object(context) == ["amount": 5, "currency": "EUR", "region": "US"])
        let rulebook = try RulebookMaker(zone: { _ in CoordinatedUniversalTime() }).rulebook(configuration, [], .none)
        // What only those are to know who are let in is not what a passport calls the server by.
        let listed = rulebook.packs.bindings(server: "shop", tool: "else", map: nil, isServed: true)
        #expect(
            listed.map { JSON.object($0.context(of: JSONObject())) } == [
                ["server": "https://shop.example/", "tool": "else", "parameters": [:]]
            ])
        #expect(listed.map(\.isImplied) == [false])
    }

    @Test(arguments: [
        ("{a: {command: x, packs: {t: nothing.v1}}}", ": servers/a/packs/t: expected one of agent.session.create.v1"),
        (
            "{a: {command: x, packs: {t: {pack: web.fetch.v1, members: {uri: /u}}}}}",
            ": servers/a/packs/t/members/uri: expected what the pack looks at: body, headers, method, timeout, url"
        ),
        (
            "{a: {command: x, packs: {t: {pack: web.fetch.v1, members: {url: u}}}}}",
            ": servers/a/packs/t/members/url: expected a JSON pointer"
        ),
        ("{a: {command: x, packs: [web.fetch.v1]}}", ": servers/a/packs: expected a table"),
    ])
    func `a mistake in a pack's settings is named`(servers: String, expected: String) throws {
        do {
            _ = try TemporaryHome.configuration("servers: \(servers)")
            Issue.record("it was read")
        } catch let error as HomeError {
            #expect(error.message.contains(expected), "\(error.message)")
        }
    }

    @Test func `what is not said of listening and waiting has its default`() throws {
        let configuration = try TemporaryHome.configuration("")
        #expect("\(configuration.listen)" == "127.0.0.1:8808" && configuration.callTimeoutSeconds == 600)
    }

    @Test(arguments: [
        ("{a: {command: x, url: \"https://x.example\"}}", ": servers/a: expected either `command` or `url`"),
        (
            "{a: {url: \"https://x.example\", args: [a]}}",
            ": servers/a/args: expected nothing: it is for a server with `command`"
        ),
        (
            "{a: {command: x, headers: {A: b}}}",
            ": servers/a/headers: expected nothing: it is for a server with `url`"
        ),
        ("{a: {url: \"http://x.example\"}}", ": servers/a/url: expected https:"),
        ("{a: {url: \"http://127.0.0.1.planted.example\"}}", ": servers/a/url: expected https:"),
        ("{a: {url: \"http://0127.0.0.1\"}}", ": servers/a/url: expected https:"),
        ("{a: {url: \"https://planted@x.example\"}}", ": servers/a/url: expected a URL without a user and password"),
        ("{a: {url: \"https://x.example#planted\"}}", ": servers/a/url: expected a URL without a fragment"),
        ("{a: {url: \"file:///planted\"}}", ": servers/a/url: expected a URL"),
        ("{a: {url: \"https://x.example:99999\"}}", ": servers/a/url: expected a URL"),
        (
            "{a: {url: \"https://x.example\", header: {}}}",
            ": servers/a/header is not a setting; did you mean `headers`?"
        ),
        (
            "{a: {url: \"https://x.example\", headers: {\"a b\": planted}}}",
            ": servers/a/headers/a b: expected a header's name"
        ),
        (
            "{a: {url: \"https://x.example\", headers: {Mcp-Session-Id: planted}}}",
            ": servers/a/headers/Mcp-Session-Id: expected another header"
        ),
        (
            "{a: {url: \"https://x.example\", headers: {X: \"planted\\r\\nY: z\"}}}",
            ": servers/a/headers/X: expected a header's value"
        ),
        (
            "{a: {url: \"https://x.example\", headers: {X: {env: A, file: /planted}}}}",
            ": servers/a/headers/X: expected a text, {env: NAME}"
        ),
        (
            "{a: {url: \"https://x.example\", headers: {X: {file: planted}}}}",
            ": servers/a/headers/X: expected an absolute path"
        ),
        (
            "{a: {url: \"https://x.example\", headers: {X: {secret: planted}}}}",
            ": servers/a/headers/X: expected a text, {env: NAME}"
        ),
        ("{a: {command: x, env: {A=B: planted}}}", ": servers/a/env/A=B: expected a variable's name"),
        ("{a: {command: x, pins: never}}", ": servers/a/pins: expected one of quarantine, first-use"),
        (
            "{a: {command: x, map: planted}}",
            ": servers/a/map: expected maps of its tools, or the name of a built-in one"
        ),
    ])
    func `a mistake in a server is told with its place and without its values`(
        _ servers: String, _ error: String
    ) throws {
        let refusal = try #require(try TemporaryHome.refusal("servers: \(servers)"))
        #expect(refusal.hasPrefix(error), "\(refusal)")
        #expect(!refusal.dropFirst(error.count).contains("planted"))
    }

    @Test(arguments: [
        "0.0.0.0:1", "10.0.0.1:80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", ":8808", "[::]:80", "x.example:80",
        "127.1:80",
    ])
    func `others are not listened to`(_ address: String) throws {
        #expect(
            try TemporaryHome.refusal("listen: \"\(address)\"")?.hasPrefix(
                ": listen: expected an address of this machine") == true)
    }

    @Test(arguments: ["0", "-1", "86401", "ten", "1.5"])
    func `a time-out is a number of seconds`(_ value: String) throws {
        #expect(
            try TemporaryHome.refusal("call_timeout: \(value)")
                == ": call_timeout: expected a whole number from 1 to 86400")
    }

    private static let secrets = """
        servers:
          a:
            url: https://x.example/hook/planted-path?key=planted-query
            headers: {Authorization: planted-header, X-Env: {env: PLACE, prefix: "Bearer "}}
          b: {command: x, env: {TOKEN: planted-variable}}
        """

    @Test func `the document that is kept has digests and references, and is read again to the same one`() throws {
        let configuration = try TemporaryHome.configuration(Self.secrets)
        let kept = String(decoding: configuration.document.serialized(), as: UTF8.self)
        #expect(!kept.contains("planted") && kept.contains("PLACE") && kept.contains("https://x.example/?writ-sha256="))
        let again = try Configuration(configuration.document, path: "the archive")
        #expect(again.document == configuration.document)
        // Another secret is another configuration.
        let other = try TemporaryHome.configuration(Self.secrets.replacing("planted-header", with: "planted-other"))
        #expect(other.document != configuration.document)
    }

    @Test func `a reference stands for what is there, and an error says where it was looked for`() throws {
        try TemporaryHome.with { temporary in
            let path = temporary.home.path + "/secret"
            try temporary.write("secret", "planted\n")
            #expect(try ConfiguredText(.file(path), prefix: "Bearer ").value() == "Bearer planted")
            try temporary.write("secret", "planted", mode: 0o644)
            let exposed = #expect(throws: HomeError(.exposed, "")) { try ConfiguredText(.file(path)).value() }
            #expect(exposed?.message.contains("planted") == false)
            #expect(throws: HomeError(.missing, "")) { try ConfiguredText(.file(path + "x")).value() }
            #expect(throws: HomeError(.missing, "")) { try ConfiguredText(.variable("WRIT_NO_SUCH_VARIABLE")).value() }
            try temporary.write("secret", "planted\r\nX: y\n")
            let configuration = try TemporaryHome.configuration(
                "servers: {a: {url: \"https://x.example\", headers: {X: {file: \(path)}}}}")
            let server = try #require(configuration.servers.first)
            guard case .url(let remote) = server.endpoint else { throw HomeError(.malformed, "no URL") }
            let error = #expect(throws: HomeError(.malformed, "")) { try server.headers(of: remote) }
            #expect(
                error?.message.hasPrefix("servers/a/headers/X: ") == true && error?.message.contains("planted") == false
            )
        }
    }

    @Test func `a sealing key is made once, for its owner alone, and a wrong one is refused`() throws {
        try TemporaryHome.with { temporary in
            let keys = KeyStore(temporary.home)
            let fresh = (0..<32).map { UInt8($0) }
            #expect(try keys.sealingKey(fresh: fresh) == fresh)
            #expect(try keys.sealingKey(fresh: fresh.reversed()) == fresh)
            var status = stat()
            #expect(stat(keys.sealingKeyPath, &status) == 0 && status.st_mode & 0o777 == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.home.keys) == ["sealing.jwk"])
            #expect(chmod(keys.sealingKeyPath, 0o640) == 0)
            #expect(throws: HomeError(.exposed, "")) { try keys.sealingKey(fresh: fresh) }
            for text in [
                "", "{}", #"{"kty":"oct","k":"AAAA"}"#,
                #"{"kty":"OKP","k":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}"#,
            ] {
                try temporary.write("keys/sealing.jwk", text)
                #expect(throws: HomeError(.malformed, "")) { try keys.sealingKey(fresh: fresh) }
            }
            #expect(unlink(keys.sealingKeyPath) == 0)
            #expect(throws: HomeError(.malformed, "")) { try keys.sealingKey(fresh: [1]) }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Passports
import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

/// Nothing that a caller shows of itself goes any further: the program itself, in front of servers that keep everything.
@Suite struct LeakTests {
    private static let resource = "https://writ.example/mcp"
    private static let policy = "@id(\"all\") permit (principal, action, resource);\n"

    /// What callers show, each once right and once wrong.
    private struct Shown {
        let token: String
        let passport: PassportFile
        /// Headers that proxies and clients add; nobody behind here is to see them.
        let others: [(String, String)] = [
            ("Cookie", "session=planted-cookie-value"), ("DPoP", "planted-proof-header-value"),
            ("X-Forwarded-Client-Cert", "Hash=planted-forwarded-cert"), ("X-SSL-Client-Cert", "planted-ssl-cert"),
            ("X-Client-Cert", "planted-client-cert"), ("Client-Cert", ":planted-rfc9440-cert:"),
            ("Forwarded", "for=planted-forwarded-for"), ("Proxy-Authorization", "Basic planted-proxy-secret"),
            ("X-Api-Key", "planted-inbound-key"),
        ]

        init(issuerSeed: [UInt8], kid: UTF8String) throws {
            token = try Signer().token("worker-7", audience: LeakTests.resource) { $0["jti"] = "planted-jti-of-token" }
            var draft = PassportDraft(agentID: "agent-passport:stranger", ownerID: "org_1")
            draft.capabilities = [try Capability("mcp.tool.execute")]
            let passport = try draft.passport(
                id: UUIDv7(time: .now, random: [UInt8](repeating: 7, count: 10)), at: .now)
            self.passport = try PassportFile(signing: passport, kid: kid, privateKey: issuerSeed)
        }

        var header: String { Base64URL.encode(passport.bytes) }
        /// On one line, as stdio needs it.
        var json: String { String(decoding: passport.canonicalBytes, as: UTF8.self) }

        /// One that does not verify.
        func tampered(_ text: String) -> String {
            String(text.dropLast(4)) + (text.hasSuffix("AAAA") ? "BBBB" : "AAAA")
        }

        var needles: Needles {
            get throws {
                var needles = Needles()
                let parts = token.split(separator: ".").map(String.init)
                needles.add("the token", parts[1] + "." + parts[2])
                needles.add("the token's id", "planted-jti-of-token")
                needles.add("the token's signature", try #require(Base64URL.decode(parts[2])))
                needles.add("the passport's signature", passport.signature)
                needles.add("the passport's signature as text", Base64URL.encode(passport.signature))
                // Where the signature stands in the file, in the header's spelling.
                let place = try #require(
                    Data(passport.bytes).range(of: Data(Base64URL.encode(passport.signature).utf8)))
                let from = (place.lowerBound + 2) / 3 * 4
                let header = Array(header.utf8)
                needles.add("the passport's header", header[from..<min(header.count, place.upperBound / 3 * 4)])
                for (name, value) in others { needles.add(name, value) }
                return needles
            }
        }
    }

    private static func ask(_ port: Int, _ request: HTTPText) async throws -> RawClient.Response {
        let client = try await RawClient.connect(port)
        try await client.send(request.text)
        let response = try await client.response()
        try await client.close()
        return response
    }

    @Test func `no byte of what a caller shows is found in a server, the log, an answer or what writ says`()
        async throws
    {
        let folder = NSTemporaryDirectory() + "writ-leaks-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        defer {
            do { try FileManager.default.removeItem(atPath: folder) } catch {
                // A folder left behind spoils no other test.
            }
        }
        let home = folder + "/home"
        let servers = try await RecordingServers(folder: folder)
        let issuerSeed = [UInt8](repeating: 42, count: 32)
        let issuer = try Ed25519KeyPair(seed: issuerSeed)
        let shown = try Shown(issuerSeed: issuerSeed, kid: UTF8String(issuer.kid.base64URL))
        let needles = try shown.needles

        try await Program.run(["init", "--home", home], folder: folder)
        try Self.configure(home, servers, issuer)
        try Data(shown.passport.bytes).write(to: URL(filePath: folder + "/stranger.json"))
        #expect(chmod(folder + "/stranger.json", 0o600) == 0)

        var heard: [UInt8] = []
        let serving = try Program(["serve", "--home", home, "--listen", "127.0.0.1:0"], folder: folder)
        let line = try await serving.errors.first("where it listens") { $0.contains("listening on") }
        let port = try #require(line.split(separator: ":").last.flatMap { Int($0.prefix { $0 != "/" }) })
        try await Self.overHTTP(port, shown, &heard)
        #expect(try await serving.end(asks: true) == 0)

        let wrapped = try Program(
            ["gateway", "--home", home, "--passport", folder + "/stranger.json"], folder: folder)
        try await Self.overStdio(wrapped, shown)
        _ = try await wrapped.end(asks: false)

        try await servers.stop()
        // The needles are found where they are.
        #expect(!needles.found(in: Array(shown.token.utf8)).isEmpty && !needles.found(in: shown.passport.bytes).isEmpty)
        #expect(needles.found(in: Array(shown.header.utf8)) == ["the passport's header"])
        for (place, bytes) in try servers.records {
            #expect(String(decoding: bytes, as: UTF8.self).contains("tools/call"), "\(place) was called")
            #expect(needles.found(in: bytes).isEmpty, "\(place)")
        }
        for (place, bytes) in [
            ("an answer", heard), ("what serve says", serving.said.value), ("what gateway says", wrapped.said.value),
        ] { #expect(needles.found(in: bytes).isEmpty, "\(place)") }
        var files = 0
        let walk = FileManager.default.enumerator(atPath: home)
        while let name = walk?.nextObject() as? String {
            let path = home + "/" + name
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else {
                continue
            }
            files += 1
            #expect(needles.found(in: Array(try Data(contentsOf: URL(filePath: path)))).isEmpty, "\(name)")
        }
        #expect(files > 5)
    }

    private static func configure(_ home: String, _ servers: RecordingServers, _ issuer: Ed25519KeyPair) throws {
        let policies = URL(filePath: home + "/policies")
        for file in try FileManager.default.contentsOfDirectory(at: policies, includingPropertiesForKeys: nil)
        where file.pathExtension == "cedar" { try FileManager.default.removeItem(at: file) }
        try Data(policy.utf8).write(to: policies.appending(path: "all.cedar"))
        try Data(try Signer().set.utf8).write(to: URL(filePath: home + "/keys.json"))
        let settings = """
            resource: \(resource)
            issuers:
              strangers: \(Base64URL.encode(issuer.publicKey.bytes))
              corp:
                issuer: https://login.example/
                jwks: file:keys.json
                capabilities: [mcp.tool.execute]
            \(servers.settings)
            """
        try Data(settings.utf8).write(to: URL(filePath: home + "/writ.yaml"))
    }

    /// Both eras, every way to show a credential, and each once so that it is refused.
    private static func overHTTP(_ port: Int, _ shown: Shown, _ heard: inout [UInt8]) async throws {
        let ways: [(String, String?, String)] = [
            ("Authorization", "Bearer \(shown.token)", ""), ("Writ-Passport", shown.header, ""),
            ("Authorization", "Bearer \(shown.header)", ""), ("Writ-Passport", nil, shown.json),
            ("Writ-Passport", nil, "\"\(shown.header)\""),
        ]
        for (name, value, meta) in ways {
            let passport = meta.isEmpty ? "" : #","dev.writ/passport":\#(meta)"#
            func dressed(_ request: HTTPText) -> HTTPText {
                var request = request
                if let value { request.set(name, value) }
                // A proof beside a passport that is bound to no key is refused; after `Bearer` nobody looks at one.
                request.headers += shown.others.filter { $0.0 != "DPoP" || name == "Authorization" }
                return request
            }
            func modern(_ method: String, _ params: String = "", tool: String? = nil) async throws -> RawClient.Response
            {
                var request = HTTPText.modern(method, params: params, agent: nil, meta: passport)
                if let tool { request.set("Mcp-Name", tool) }
                return try await ask(port, dressed(request))
            }
            let list = try await modern("tools/list")
            #expect(list.status == 200 && list.text.contains("near__echo"))
            heard += list.body
            for tool in ["far__echo", "near__echo", "near__unknown"] {
                let called = try await modern(
                    "tools/call", #""name":"\#(tool)","arguments":{"text":"hello"}"#, tool: tool)
                #expect(called.status == 200, "\(called.text)")
                heard += called.body
            }
            let opening =
                #"{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"raw","version":"0"}"#
            let opened = try await ask(
                port,
                dressed(
                    .legacy(
                        "initialize",
                        params: opening + (meta.isEmpty ? "}" : #","_meta":{"dev.writ/passport":\#(meta)}}"#),
                        agent: nil)))
            let session = try #require(opened.headers["mcp-session-id"], "\(opened.text)")
            heard += opened.body
            for tool in ["far__echo", "near__echo"] {
                let params = #"{"name":"\#(tool)","arguments":{}"#
                let called = try await ask(
                    port,
                    dressed(
                        .legacy(
                            "tools/call",
                            params: params + (meta.isEmpty ? "}" : #","_meta":{"dev.writ/passport":\#(meta)}}"#),
                            session: session, agent: nil)))
                #expect(called.status == 200, "\(called.text)")
                heard += called.body
            }
            var ending = HTTPText.bare("DELETE", session: session, agent: nil)
            if meta.isEmpty { ending = dressed(ending) } else { ending.set("Writ-Passport", shown.header) }
            heard += try await ask(port, ending).body
            // What does not verify is refused, in words that quote nothing of it.
            if let value {
                var wrong = HTTPText.modern("tools/list", agent: nil)
                wrong.set(name, shown.tampered(value))
                wrong.headers += shown.others
                let refused = try await ask(port, wrong)
                #expect(refused.status == 401)
                heard += refused.body + Array(refused.headers.description.utf8)
            }
        }
        heard += try await ask(
            port, HTTPText(method: "GET", path: "/healthz", headers: [("Host", "127.0.0.1")], body: "")
        ).body
    }

    /// A client that has a passport in its messages all the same, in both eras.
    private static func overStdio(_ gateway: Program, _ shown: Shown) async throws {
        let passport = #""dev.writ/passport":\#(shown.json)"#
        let modern =
            #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","#
            + #""io.modelcontextprotocol/clientInfo":{"name":"raw","version":"0"},"#
            + #""io.modelcontextprotocol/clientCapabilities":{},\#(passport)}"#
        func ask(_ id: Int, _ method: String, _ params: String) async throws {
            try gateway.send(#"{"jsonrpc":"2.0","id":\#(id),"method":"\#(method)","params":{\#(params)}}"#)
            let answer = try await gateway.output.first("the answer \(id)") { $0.contains(#""id":\#(id),"#) }
            #expect(answer.contains(#""result""#) && !answer.contains(#""isError":true"#), "\(answer)")
        }
        let legacy = #""_meta":{\#(passport)}"#
        try await ask(
            1, "initialize",
            #""protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"raw","version":"0"},\#(legacy)"#)
        try gateway.send(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#)
        try await ask(2, "tools/list", legacy)
        for (number, tool) in ["far__echo", "near__echo"].enumerated() {
            try await ask(10 + number, "tools/call", #""name":"\#(tool)","arguments":{},\#(legacy)"#)
            try await ask(20 + number, "tools/call", #""name":"\#(tool)","arguments":{},\#(modern)"#)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import HTTPGateway
import MCP
import StrictJSON
import Testing

/// What gets no further than the door, and with which status.
@Suite struct DoorRefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let what: String
        let request: HTTPText
        let status: Int
        let code: Int64?
        var testDescription: String { what }

        init(_ what: String, _ request: HTTPText, _ status: Int, _ code: Int64? = nil) {
            (self.what, self.request, self.status, self.code) = (what, request, status, code)
        }

        init(_ what: String, _ status: Int, _ code: Int64? = nil, _ change: (inout HTTPText) -> Void) {
            var request = HTTPText.modern("tools/list")
            change(&request)
            self.init(what, request, status, code)
        }
    }

    static let cases: [Case] = [
        Case("a foreign origin", 403) { $0.set("Origin", "http://evil.example") },
        Case("a foreign host", 421) { $0.set("Host", "evil.example") },
        Case("no host", 400) { $0.set("Host", nil) },
        Case("two hosts", 400) { $0.headers.append(("Host", "evil.example")) },
        Case("another path", 404) { $0.path = "/other" },
        Case("an unknown server", 404) { $0.path = "/mcp/none" },
        Case("a server with a slash behind it", 404) { $0.path = "/mcp/git/" },
        Case("PUT", 405) { $0.method = "PUT" },
        Case("OPTIONS", 405) { $0.method = "OPTIONS" },
        Case("HEAD", .bare("HEAD"), 405),
        Case("GET in the stateless revision", .bare("GET").setting("MCP-Protocol-Version", "2026-07-28"), 405),
        Case("DELETE in the stateless revision", .bare("DELETE").setting("MCP-Protocol-Version", "2026-07-28"), 405),
        Case("only JSON accepted", 406) { $0.set("Accept", "application/json") },
        Case("GET that takes no events", .bare("GET").setting("Accept", "application/json"), 406),
        Case("text as body", 415) { $0.set("Content-Type", "text/plain") },
        Case("no passport", .modern("tools/list", agent: nil), 401, 40101),
        Case("a passport of nobody", 401, 40101) { $0.set("Writ-Passport", "bm9ib2R5") },
        Case("a passport that is no base64url", 401, 40101) { $0.set("Writ-Passport", "a+b/c=") },
        Case("an empty passport", 401, 40101) { $0.set("Writ-Passport", "") },
        Case("two passports", 400) { $0.headers.append(("writ-passport", HTTPText.passport("bob"))) },
        Case(
            "a passport in _meta of nobody",
            .modern("tools/list", agent: nil, meta: #","dev.writ/passport":"bm9ib2R5""#), 401, 40101),
        Case(
            "a passport in _meta that is a number", .modern("tools/list", agent: nil, meta: #","dev.writ/passport":1"#),
            401, 40101),
        Case("bad JSON", 400, -32700) { $0.body = "{" },
        Case("nothing", 400, -32700) { $0.body = "" },
        Case("a batch", 400, -32600) { $0.body = "[\($0.body)]" },
        Case("10,000 nested arrays", 400, -32700) { $0.body = String(repeating: "[", count: 10_000) },
        Case("a header that is missing", 400, -32020) { $0.set("Mcp-Method", nil) },
        Case("a header that differs", 400, -32020) { $0.set("Mcp-Method", "tools/call") },
        Case("a version that is not served", 400, -32022) { $0.set("MCP-Protocol-Version", "2031-01-01") },
        Case("no capabilities", 400, -32602) { $0.body = $0.body.replacing("clientCapabilities", with: "other") },
        Case("an answer in the stateless revision", 400, -32600) { $0.body = #"{"jsonrpc":"2.0","id":1,"result":{}}"# },
        Case("no session", .legacy("tools/list"), 400),
        Case("an unknown session", .legacy("tools/list", session: "0123456789abcdef"), 404),
        Case("a session id that is none", .legacy("tools/list", session: "a\u{e9}b"), 404),
        Case("a stream without a session", .bare("GET"), 400),
        Case("the end of an unknown session", .bare("DELETE", session: "nobody"), 404),
    ]

    @Test(arguments: cases) func `is refused with its status, and nobody hears of it`(entry: Case) async throws {
        try await Door.with { (door: Door) async throws in
            let response = try await door.ask(entry.request)
            #expect(response.status == entry.status)
            if let code = entry.code {
                #expect(try JSON(parsing: response.body)["error"]?["code"]?.int64 == code)
            }
            // Nothing was opened, so nothing can have been forwarded.
            #expect(door.hub.happenings.all.isEmpty)
            #expect(door.door.load.exchanges == 0)
        }
    }

    @Test func `405 names the methods there are, 401 how to do better`() async throws {
        try await Door.with { (door: Door) async throws in
            #expect(try await door.ask(.bare("PATCH")).headers["allow"] == "POST, GET, DELETE")
            let gone = try await door.ask(.bare("GET").setting("MCP-Protocol-Version", "2026-07-28"))
            #expect(gone.headers["allow"] == "POST")
            let stranger = try await door.ask(.modern("tools/list", agent: nil))
            #expect(stranger.headers["www-authenticate"]?.hasPrefix("Bearer ") == true)
            // Whoever waits for the request is told which it was.
            #expect(try JSON(parsing: stranger.body)["id"] == 1)
        }
    }

    @Test func `a stranger's body is not read where the passport is in the header`() async throws {
        try await Door.with { (door: Door) async throws in
            let client = try await door.connect()
            let request = HTTPText.modern("tools/list").setting("Writ-Passport", "bm9ib2R5")
            try await client.send(request.head + "Content-Length: 1000000\r\n\r\n{")
            #expect(try await client.response().status == 401)
        }
    }

    @Test func `a body that is too large is refused before it comes, or as soon as it is`() async throws {
        try await Door.with(limits: Door.limits { limits in limits.bodyBytes = 1000 }) { (door: Door) async throws in
            let announced = try await door.connect()
            try await announced.send(HTTPText.modern("x").head + "Content-Length: 1001\r\n\r\n")
            #expect(try await announced.response().status == 413)
            let chunked = try await door.connect()
            try await chunked.send(HTTPText.modern("x").head + "Transfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<11 { try await chunked.send("64\r\n" + String(repeating: " ", count: 100) + "\r\n") }
            #expect(try await chunked.response().status == 413)
        }
    }

    @Test func `what two readers frame differently is no request`() async throws {
        try await Door.with { (door: Door) async throws in
            for extra in [
                "Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Content-Length: -1\r\n", "Bad Name: x\r\n",
            ] {
                let client = try await door.connect()
                try await client.send(HTTPText.modern("tools/list").head + extra + "\r\nhello")
                #expect(try await client.response().status == 400, "\(extra)")
                #expect(door.hub.happenings.all.isEmpty)
            }
        }
    }

    @Test func `a head that is too large, or has too many lines, is refused`() async throws {
        try await Door.with { (door: Door) async throws in
            for lines in [[("X", String(repeating: "a", count: 40_000))], (0..<200).map { ("X-\($0)", "a") }] {
                let client = try await door.connect()
                var request = HTTPText.modern("tools/list")
                request.headers += lines
                try await client.send(request.text)
                #expect(try await client.response().status == 400)
            }
        }
    }

    @Test func `Mcp-Param headers must say what the arguments say, where the tool's definition wants them`()
        async throws
    {
        let schema: JSON = ["properties": ["region": ["type": "string", "x-mcp-header": "Region"]]]
        let annotations = try HeaderAnnotations(inputSchema: schema)
        try await Door.with(annotations: annotations) { (door: Door) async throws in
            let call = HTTPText.modern("tools/call", params: #""name":"run","arguments":{"region":"eu"}"#)
                .setting("Mcp-Name", "run")
            #expect(try await door.ask(call).status == 400)
            #expect(try await door.ask(call.setting("Mcp-Param-Region", "us")).status == 400)
            #expect(door.hub.happenings.all.isEmpty)
            #expect(try await door.ask(call.setting("Mcp-Param-Region", "eu")).status == 200)
        }
    }

    @Test(arguments: [
        "0.0.0.0:80", "192.168.1.2:80", "example.com:80", "[::]:80", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999",
        "127.1:80", "0x7f.0.0.1:80", "127.0.0.01:80", ":80", "127.0.0.1:8 0",
    ])
    func `only loopback addresses are listened on`(text: String) {
        #expect(throws: DoorAddress.Refusal.self) { try DoorAddress(text) }
    }

    @Test func `a port that is taken is an error with the address in it`() async throws {
        try await Door.with { (door: Door) async throws in
            let second = HTTPDoor(hub: door.hub, listen: try DoorAddress("localhost:\(door.port)"))
            await #expect(throws: HTTPDoor.Failure.self) { try await second.start() }
        }
    }
}

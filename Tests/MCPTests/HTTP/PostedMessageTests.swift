// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct PostedMessageTests {
    /// A request of the stateless revision, as it should be, and what a test changes of it.
    struct Post {
        var headers: [(String, String)] = [
            ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "read"),
        ]
        var body = Self.body()

        static func body(
            _ method: String = "tools/call", name: String = #""name":"read","#,
            meta: String =
                #""io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}"#
        ) -> String {
            #"{"jsonrpc":"2.0","id":7,"method":"\#(method)","params":{\#(name)"arguments":{},"_meta":{\#(meta)}}}"#
        }

        mutating func set(_ name: String, _ value: String?) {
            headers.removeAll { $0.0 == name }
            if let value { headers.append((name, value)) }
        }

        func read() throws(HTTPRefusal) -> PostedMessage {
            try PostedMessage(Array(body.utf8), HTTPHeaders(headers))
        }

        func refusal() -> HTTPRefusal? {
            do throws(HTTPRefusal) { _ = try read() } catch { return error }
            return nil
        }
    }

    private func post(_ change: (inout Post) -> Void = { _ in }) -> Post {
        var post = Post()
        change(&post)
        return post
    }

    @Test func `a whole request of the stateless revision passes`() throws {
        let posted = try post().read()
        #expect(posted.era == .modern)
        #expect(posted.envelope.kind == .request(id: RequestID(7), method: "tools/call"))
    }

    static let refused: [(String, @Sendable (inout Post) -> Void, Int64)] = [
        ("no JSON", { $0.body = "{" }, -32700),
        ("a duplicate key", { $0.body = #"{"jsonrpc":"2.0","id":7,"id":8,"method":"ping"}"# }, -32700),
        ("a batch", { $0.body = "[\($0.body)]" }, -32600),
        ("a null id", { $0.body = $0.body.replacing("\"id\":7", with: "\"id\":null") }, -32600),
        ("a fractional id", { $0.body = $0.body.replacing("\"id\":7", with: "\"id\":1.5") }, -32600),
        (
            "a case variant", { $0.body = $0.body.replacing("\"arguments\"", with: "\"Name\":\"x\",\"arguments\"") },
            -32600
        ),
        ("an unknown version", { $0.set("MCP-Protocol-Version", "2030-01-01") }, -32022),
        ("no version", { $0.set("MCP-Protocol-Version", nil) }, -32020),
        ("an older version", { $0.set("MCP-Protocol-Version", "2025-11-25") }, -32020),
        ("two versions", { $0.headers.append(("mcp-protocol-version", "2026-07-28")) }, -32020),
        ("no method", { $0.set("Mcp-Method", nil) }, -32020),
        ("another method", { $0.set("Mcp-Method", "tools/list") }, -32020),
        ("a method in capitals", { $0.set("Mcp-Method", "Tools/Call") }, -32020),
        ("two methods", { $0.headers.append(("mcp-method", "tools/call")) }, -32020),
        ("no name", { $0.set("Mcp-Name", nil) }, -32020),
        ("another name", { $0.set("Mcp-Name", "write") }, -32020),
        ("two names", { $0.headers.append(("mcp-name", "write")) }, -32020),
        ("a name that does not decode", { $0.set("Mcp-Name", "=?base64?%%?=") }, -32020),
        (
            "another version in the body",
            {
                $0.body = Post.body(
                    meta:
                        #""io.modelcontextprotocol/protocolVersion":"2026-07-29","io.modelcontextprotocol/clientCapabilities":{}"#
                )
            }, -32020
        ),
        (
            "no version in the body",
            { $0.body = Post.body(meta: #""io.modelcontextprotocol/clientCapabilities":{}"#) }, -32602
        ),
        (
            "no capabilities",
            { $0.body = Post.body(meta: #""io.modelcontextprotocol/protocolVersion":"2026-07-28""#) }, -32602
        ),
        ("no _meta", { $0.body = #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"read"}}"# }, -32602),
        ("no params", { $0.body = #"{"jsonrpc":"2.0","id":7,"method":"tools/call"}"# }, -32602),
        ("an answer", { $0.body = #"{"jsonrpc":"2.0","id":7,"result":{}}"# }, -32600),
    ]

    @Test(arguments: refused.indices) func `what is amiss is refused with 400 and the code for it`(index: Int) throws {
        let (what, change, code) = Self.refused[index]
        let refusal = try #require(post(change).refusal(), "\(what)")
        #expect(refusal.status == 400, "\(what)")
        #expect(refusal.code == code, "\(what)")
        // Whoever waits for the request is told which it was, where that could be read.
        let isReadable = ![-32700, -32600].contains(code) || what == "a case variant"
        #expect(refusal.id == (isReadable ? RequestID(7) : nil), "\(what)")
    }

    @Test func `of several faults the first in the order of the rules is named`() {
        // Header before _meta.
        #expect(
            post {
                $0.body = Post.body(meta: ""); $0.set("Mcp-Name", "write")
            }.refusal()?.code == -32020)
        // Version before headers.
        #expect(
            post {
                $0.set("MCP-Protocol-Version", "2030-01-01"); $0.set("Mcp-Method", nil)
            }.refusal()?.code == -32022)
        // Shape before version.
        #expect(
            post {
                $0.body = "[]"; $0.set("MCP-Protocol-Version", "2030-01-01")
            }.refusal()?.code == -32600)
    }

    @Test func `a name beyond ASCII is compared decoded`() throws {
        let named = post {
            $0.body = Post.body(name: #""name":"lies","#).replacing("lies", with: "löse")
            $0.set("Mcp-Name", HeaderValue.encode("löse"))
        }
        #expect(try named.read().era == .modern)
        // The same letters, another spelling of them: another name.
        let other = post {
            $0.body = named.body
            $0.set("Mcp-Name", HeaderValue.encode("lo\u{308}se"))
        }
        #expect(other.refusal()?.code == -32020)
    }

    @Test(arguments: [
        ("resources/read", #""uri":"file:///a","#, "file:///a"), ("prompts/get", #""name":"p","#, "p"),
        ("tasks/get", #""taskId":"t1","#, "t1"),
    ]) func `what a method repeats in Mcp-Name is its own`(method: String, member: String, name: String) throws {
        let right = post {
            $0.body = Post.body(method, name: member)
            $0.set("Mcp-Method", method)
            $0.set("Mcp-Name", name)
        }
        #expect(try right.read().era == .modern)
        #expect(
            post {
                $0 = right; $0.set("Mcp-Name", "other")
            }.refusal()?.code == -32020)
    }

    @Test func `methods without a name need none`() throws {
        let list = post {
            $0.body = Post.body("tools/list", name: "")
            $0.set("Mcp-Method", "tools/list")
            $0.set("Mcp-Name", nil)
        }
        #expect(try list.read().era == .modern)
    }

    @Test(arguments: ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
    func `the handshake revisions ask for no headers but their own`(version: String) throws {
        let body = #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"read"}}"#
        let named = post {
            $0.headers = [("MCP-Protocol-Version", version)]; $0.body = body
        }
        #expect(try named.read().era == .legacy)
        #expect(
            try post {
                $0.headers = []; $0.body = body
            }.read().era == .legacy)
    }

    @Test func `the versions that are served are named to whoever asks for another`() throws {
        let refusal = try #require(post { $0.set("MCP-Protocol-Version", "1999-01-01") }.refusal())
        #expect(refusal.data?["requested"]?.string == "1999-01-01")
        #expect(refusal.data?["supported"]?.array?.first == "2026-07-28")
    }

    @Test func `a refusal quotes nothing of a body`() {
        for (what, change, _) in Self.refused {
            var secret = Post()
            secret.body = secret.body.replacing("\"arguments\":{}", with: "\"arguments\":{\"k\":\"planted-secret\"}")
            change(&secret)
            let text = String(decoding: secret.refusal()?.body.serialized() ?? [], as: UTF8.self)
            #expect(!text.contains("planted-secret"), "\(what)")
        }
    }
}

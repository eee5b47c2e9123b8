// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct BridgeTests {
    private let toLegacy = Bridge(client: .june2025, server: .july2026, serverInfo: ["name": "w"])
    private let toModern = Bridge(client: .july2026, server: .november2025, serverInfo: ["name": "w"])
    private let modern = Bridge(client: .july2026, server: .july2026, serverInfo: nil)
    private let legacy = Bridge(client: .november2025, server: .november2025, serverInfo: nil)

    @Test func `a stateless server's result is an ordinary one to a client with a handshake`() throws {
        let result = try object(
            #"{"resultType":"complete","content":[{"type":"text","text":"x"}],"x":1.10,"ttlMs":5,"_meta":{"io.modelcontextprotocol/serverInfo":{"name":"s"},"com.example/a":1}}"#
        )
        #expect(
            text(try toLegacy.result(result, of: "tools/call"))
                == #"{"content":[{"type":"text","text":"x"}],"x":1.10,"ttlMs":5,"_meta":{"com.example/a":1}}"#)
        let list = try object(
            #"{"resultType":"complete","resources":[],"ttlMs":5,"cacheScope":"public","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"s"}}}"#
        )
        #expect(text(try toLegacy.result(list, of: "resources/list")) == #"{"resources":[]}"#)
    }

    @Test func `a result of a server with a handshake is whole to a stateless client`() throws {
        let result = try object(#"{"content":[],"isError":true,"_meta":{"a/b":1}}"#)
        #expect(
            text(try toModern.result(result, of: "tools/call"))
                == #"{"content":[],"isError":true,"_meta":{"a/b":1,"io.modelcontextprotocol/serverInfo":{"name":"w"}},"resultType":"complete"}"#
        )
        #expect(
            text(try toModern.result(object(#"{"contents":[]}"#), of: "resources/read"))
                == #"{"contents":[],"resultType":"complete","ttlMs":0,"cacheScope":"private","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"w"}}}"#
        )
    }

    @Test func `nobody may keep a list that was made for somebody`() throws {
        let list = try object(#"{"resultType":"complete","tools":[],"ttlMs":600000,"cacheScope":"public"}"#)
        #expect(
            text(try modern.result(list, of: "tools/list"))
                == #"{"resultType":"complete","tools":[],"ttlMs":0,"cacheScope":"private"}"#)
    }

    @Test func `structured content that is no object, and its schema, stay with clients that know such`() throws {
        let result = try object(#"{"content":[],"structuredContent":[1]}"#)
        #expect(text(try toLegacy.result(result, of: "tools/call")) == #"{"content":[]}"#)
        #expect(try modern.result(result, of: "tools/call")["structuredContent"] == [1])
        let kept = try object(#"{"content":[],"structuredContent":{"a":1}}"#)
        #expect(try toLegacy.result(kept, of: "tools/call") == kept)
        let list = try object(
            #"{"tools":[{"name":"a","outputSchema":{"type":"array"}},{"name":"b","outputSchema":{"type":"object"}},7]}"#
        )
        #expect(
            text(try toLegacy.result(list, of: "tools/list"))
                == #"{"tools":[{"name":"a"},{"name":"b","outputSchema":{"type":"object"}},7]}"#)
        #expect(try legacy.result(result, of: "tools/call") == result)
    }

    @Test(
        arguments: [
            (#"{"resultType":"input_required","inputRequests":{}}"#, .july2026, .inputRequired),
            (#"{"resultType":"task","taskId":"t"}"#, .july2026, .task),
            (#"{"task":{"taskId":"t"}}"#, .november2025, .task),
            (#"{"content":[]}"#, .july2026, .complete), (#"{"content":[]}"#, .june2025, .complete),
            (#"{"resultType":"complete"}"#, .june2025, .complete),
        ] as [(String, Revision, ResultKind)])
    func `a result is of the kind that its revision says`(result: String, server: Revision, kind: ResultKind) throws {
        #expect(try ResultKind(object(result), of: "tools/call", from: server) == kind)
    }

    @Test(
        arguments: [
            (#"{"resultType":"input_required","inputRequests":{}}"#, .november2025),
            (#"{"resultType":"Complete"}"#, .july2026),
            (#"{"resultType":7}"#, .july2026), (#"{"resultType":"task"}"#, .july2026),
            (#"{"resultType":"task","taskId":"t"}"#, .november2025),
            (#"{"inputRequests":{},"content":[]}"#, .july2026),
            (#"{"content":[],"task":{"taskId":"t"}}"#, .november2025),
            (#"{"task":{"taskId":"t"}}"#, .june2025), (#"{"task":{"taskId":"t"}}"#, .july2026),
            (#"{"task":7}"#, .november2025),
            (#"{"ResultType":"task","taskId":"t"}"#, .july2026), (#"{"InputRequests":{}}"#, .july2026),
            (#"{"Content":[]}"#, .june2025),
            (#"{"inputReque\u017fts":{}}"#, .july2026), (#"{"ta\u017f\u212a":{}}"#, .july2026),
            (#"{"resultType":null}"#, .july2026),
        ] as [(String, Revision)])
    func `a result that could be taken for two is passed to nobody`(result: String, server: Revision) throws {
        let result = try object(result)
        for client in Revision.allCases {
            let bridge = Bridge(client: client, server: server, serverInfo: nil)
            #expect(throws: ResultDefect.self) { try bridge.result(result, of: "tools/call") }
        }
    }

    @Test func `a task of the extension that waits for input is a complete answer to who asks after it`() throws {
        let state = try object(#"{"resultType":"complete","taskId":"t","status":"input_required","inputRequests":{}}"#)
        #expect(try ResultKind(state, of: "tasks/get", from: .july2026) == .complete)
        #expect(throws: ResultDefect.ambiguous) { try ResultKind(state, of: "tools/call", from: .july2026) }
        #expect(throws: ResultDefect.ambiguous) { try ResultKind(state, of: "tasks/get", from: .november2025) }
    }

    @Test func `a task passes only between peers of one form`() throws {
        let core = try object(#"{"task":{"taskId":"t"},"_meta":{"dev.writ/decision":1}}"#)
        #expect(text(try legacy.result(core, of: "tools/call")) == #"{"task":{"taskId":"t"}}"#)
        #expect(throws: ResultDefect.self) { try toModern.result(core, of: "tools/call") }
        let flat = try object(#"{"resultType":"task","taskId":"t"}"#)
        #expect(try modern.result(flat, of: "tools/call") == flat)
        #expect(throws: ResultDefect.self) { try toLegacy.result(flat, of: "tools/call") }
        let asking = try object(#"{"resultType":"input_required","requestState":"s"}"#)
        #expect(throws: ResultDefect.self) { try modern.result(asking, of: "tools/call") }
    }

    @Test func `a server cannot speak in Writ's name`() throws {
        let result = try object(#"{"content":[],"_meta":{"dev.writ/decision":{"allow":true},"Dev.Writ/x":1}}"#)
        for client in Revision.allCases {
            for server in Revision.allCases {
                let bridge = Bridge(client: client, server: server, serverInfo: nil)
                #expect(!text(try bridge.result(result, of: "tools/call")).lowercased().contains("writ"))
            }
        }
        #expect(text(modern.notification(result)) == #"{"content":[]}"#)
    }

    @Test(
        arguments: [
            ("task", "tools/call", "00010"), ("task", "tools/list", "11111"), ("inputResponses", "tools/call", "00000"),
            ("requestState", "resources/read", "00000"), ("inputResponses", "tasks/update", "11111"),
            ("arguments", "tools/call", "11111"),
            ("x", "tools/call", "11111"),
        ] as [(UTF8String, UTF8String, String)])
    func `a member of a client's parameters passes to the revisions that have it`(
        member: UTF8String, method: UTF8String, expected: String
    ) {
        let params = JSONObject([JSONMember(key: member, value: ["a": 1])]) ?? JSONObject()
        let passed = Revision.allCases.map { server -> String in
            let bridge = Bridge(client: .november2025, server: server, serverInfo: nil)
            return bridge.params(params, of: method, meta: JSONObject())?[member] == ["a": 1] ? "1" : "0"
        }
        #expect(passed.joined() == expected)
    }

    @Test func `a stateless client's task is no task to a server that makes them on request`() throws {
        #expect(
            try toModern.params(object(#"{"name":"n","task":{}}"#), of: "tools/call", meta: JSONObject())?.keys == [
                "name"
            ])
    }

    @Test func `parameters carry the meta that was built and none of the client's`() throws {
        let params = try object(#"{"_meta":{"dev.writ/passport":1},"name":"n"}"#)
        #expect(text(try #require(modern.params(params, of: "tools/call", meta: JSONObject()))) == #"{"name":"n"}"#)
        #expect(
            text(try #require(modern.params(params, of: "tools/call", meta: object(#"{"a":1}"#))))
                == #"{"_meta":{"a":1},"name":"n"}"#)
        #expect(
            text(try #require(modern.params(nil, of: "tools/list", meta: object(#"{"a":1}"#)))) == #"{"_meta":{"a":1}}"#
        )
        #expect(modern.params(nil, of: "tools/list", meta: JSONObject()) == nil)
    }

    @Test(
        arguments: [
            // code, method, client, server, seen
            (-32002, "resources/read", .july2026, .november2025, -32602),
            (-32602, "resources/read", .november2025, .july2026, -32002),
            (-32602, "resources/read", .november2025, .november2025, -32602),
            (-32002, "tools/call", .july2026, .june2025, -32002),
            (-32602, "tools/call", .june2025, .july2026, -32602),
            (-32002, "resources/read", .july2026, .july2026, -32602),
            (-32020, "tools/call", .july2026, .july2026, -32603), (-32022, "tools/call", .july2026, .july2026, -32603),
            (-32021, "tools/call", .july2026, .july2026, -32021), (-32021, "tools/call", .june2025, .july2026, -32603),
            (-32020, "tools/call", .june2025, .july2026, -32603), (-32022, "tools/call", .june2025, .july2026, -32603),
            (-32099, "tools/call", .june2025, .july2026, -32603),
            (-32042, "tools/call", .november2025, .november2025, -32603),
            (-32042, "tools/call", .july2026, .november2025, -32603),
            (40301, "tools/call", .july2026, .july2026, -32603),
            (-32601, "tools/call", .june2025, .july2026, -32601), (7, "tools/call", .june2025, .july2026, 7),
            (-32019, "tools/call", .june2025, .july2026, -32019),
        ] as [(Int64, UTF8String, Revision, Revision, Int64)])
    func `an error is one that the client's revision knows, and none that the server may not say`(
        code: Int64, method: UTF8String, client: Revision, server: Revision, seen: Int64
    ) throws {
        let error = try object(#"{"code":\#(code),"message":"m","data":{"uri":"u","requiredCapabilities":{}}}"#)
        let mapped = Bridge(client: client, server: server, serverInfo: nil).error(error, of: method)
        #expect(mapped["code"]?.int64 == seen)
        #expect((mapped["data"] == nil) == (seen == -32603))
        #expect(mapped["message"]?.string != nil)
    }

    @Test func `a resource that nobody has is answered in the client's words`() {
        #expect(toLegacy.unknownResource("u")["code"] == -32002)
        #expect(toModern.unknownResource("u")["code"] == -32602)
        #expect(toModern.unknownResource("u")["data"] == ["uri": "u"])
    }

    /// What a stateless server and client see in between is what such a peer would have.
    @Test(arguments: 1...200)
    func `any result of a peer with a handshake survives the stateless revision`(seed: UInt64) throws {
        var trees = RandomTrees(
            seed: seed,
            keys: [
                "content", "structuredContent", "x", "_meta", "com.example/y", "isError", "contents", "tools", "name",
            ])
        let back = Bridge(client: .november2025, server: .july2026, serverInfo: nil)
        for method: UTF8String in [
            "tools/call", "prompts/get", "resources/read", "completion/complete", "resources/list",
        ] {
            var tree = trees.object()
            if tree["structuredContent"]?.object == nil { tree["structuredContent"] = nil }
            // `_meta` is an object in every revision; an empty one says what none does.
            if tree["_meta"]?.object?.isEmpty ?? true { tree["_meta"] = nil }
            let between = try toModern.result(tree, of: method)
            #expect(between["resultType"] == "complete")
            #expect(sorted(try back.result(between, of: method)) == sorted(tree))
            #expect(try legacy.result(tree, of: method) == tree)
        }
    }
}

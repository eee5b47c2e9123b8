// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

private func marked(_ uri: UTF8String) -> UTF8String { UTF8String("w:" + uri.string) }

@Suite struct PlacesTests {
    @Test(
        arguments: [
            ("tools/call", #"{"name":"n","arguments":{"name":"x"}}"#, "n", #"{"name":"NEW","arguments":{"name":"x"}}"#),
            ("prompts/get", #"{"name":"n"}"#, "n", #"{"name":"NEW"}"#),
            ("resources/read", #"{"uri":"u","name":"x"}"#, "u", #"{"uri":"NEW","name":"x"}"#),
            ("resources/subscribe", #"{"uri":"u"}"#, "u", #"{"uri":"NEW"}"#),
            ("resources/unsubscribe", #"{"uri":"u"}"#, "u", #"{"uri":"NEW"}"#),
            ("tasks/update", #"{"taskId":"t","inputResponses":{}}"#, "t", #"{"taskId":"NEW","inputResponses":{}}"#),
            (
                "completion/complete", #"{"ref":{"type":"ref/prompt","name":"n"}}"#, "n",
                #"{"ref":{"type":"ref/prompt","name":"NEW"}}"#
            ),
            (
                "completion/complete", #"{"ref":{"type":"ref/resource","uri":"u{x}"}}"#, "u{x}",
                #"{"ref":{"type":"ref/resource","uri":"NEW"}}"#
            ),
        ] as [(UTF8String, String, UTF8String, String)])
    func `what a request is about is read and replaced, and nothing else`(
        method: UTF8String, params: String, subject: UTF8String, replaced: String
    ) throws {
        let params = try object(params)
        #expect(try Subject(of: params, method: method)?.text == subject)
        #expect(text(Subject.replacing(params, of: method, with: "NEW")) == replaced)
    }

    @Test(
        arguments: [
            ("tools/call", "{}"), ("tools/call", #"{"name":""}"#), ("tools/call", #"{"name":7}"#),
            ("resources/read", #"{"name":"x"}"#),
            ("completion/complete", "{}"), ("completion/complete", #"{"ref":{"type":"ref/tool","name":"n"}}"#),
            ("completion/complete", #"{"ref":{"type":"ref/prompt","name":"n","Name":"m"}}"#), ("tasks/get", "{}"),
            ("completion/complete", #"{"ref":{"type":"ref/prompt","uri":"n"}}"#),
        ] as [(UTF8String, String)])
    func `a request about nothing that can be read is refused as invalid`(method: UTF8String, params: String) throws {
        let params = try object(params)
        let refusal = #expect(throws: RequestRefusal.self) { try Subject(of: params, method: method) }
        #expect(refusal?.code == -32602)
        #expect(throws: RequestRefusal.self) { try Subject(of: nil, method: method) }
    }

    @Test func `a name or URI over its limit is refused, and a list is about nothing`() throws {
        for (method, member, limit) in [
            ("tools/call", "name", 512), ("resources/read", "uri", 8192), ("tasks/get", "taskId", 4096),
        ] {
            let fits = try object(#"{"\#(member)":"\#(String(repeating: "x", count: limit))"}"#)
            #expect(try Subject(of: fits, method: UTF8String(method)) != nil)
            let over = try object(#"{"\#(member)":"\#(String(repeating: "x", count: limit + 1))"}"#)
            #expect(throws: RequestRefusal.self) { try Subject(of: over, method: UTF8String(method)) }
        }
        #expect(try Subject(of: nil, method: "tools/list") == nil)
        #expect(try Subject(of: nil, method: "made/up") == nil)
    }

    @Test(
        arguments: [
            (
                "tools/call",
                #"{"content":[{"type":"resource_link","uri":"u","name":"n"},{"type":"resource","resource":{"uri":"u","text":"u"}},{"type":"text","text":"u","uri":"u"},7],"structuredContent":{"uri":"u"},"isError":false}"#,
                #"{"content":[{"type":"resource_link","uri":"w:u","name":"n"},{"type":"resource","resource":{"uri":"w:u","text":"u"}},{"type":"text","text":"u","uri":"u"},7],"structuredContent":{"uri":"u"},"isError":false}"#
            ),
            (
                "prompts/get",
                #"{"messages":[{"role":"user","content":{"type":"resource","resource":{"uri":"u"}}},{"role":"user","content":[{"type":"resource_link","uri":"u"}]}]}"#,
                #"{"messages":[{"role":"user","content":{"type":"resource","resource":{"uri":"w:u"}}},{"role":"user","content":[{"type":"resource_link","uri":"w:u"}]}]}"#
            ),
            (
                "resources/read", #"{"contents":[{"uri":"u","text":"t"},{"uri":7},null]}"#,
                #"{"contents":[{"uri":"w:u","text":"t"},{"uri":7},null]}"#
            ),
            (
                "tasks/result", #"{"content":[{"type":"resource_link","uri":"u"}]}"#,
                #"{"content":[{"type":"resource_link","uri":"w:u"}]}"#
            ),
            (
                "tasks/get", #"{"taskId":"u","result":{"content":[{"type":"resource_link","uri":"u"}]}}"#,
                #"{"taskId":"u","result":{"content":[{"type":"resource_link","uri":"w:u"}]}}"#
            ),
            ("completion/complete", #"{"completion":{"values":["u"]}}"#, #"{"completion":{"values":["u"]}}"#),
            ("tools/call", #"{"content":"u","contents":[{"uri":"u"}]}"#, #"{"content":"u","contents":[{"uri":"u"}]}"#),
        ] as [(UTF8String, String, String)])
    func `the URIs of a result are replaced where they are a resource's`(
        method: UTF8String, result: String, mapped: String
    ) throws {
        #expect(text(ResourcePlaces.mapping(result: try object(result), of: method, marked)) == mapped)
    }

    @Test(
        arguments: [
            ("notifications/resources/updated", #"{"uri":"u"}"#, #"{"uri":"w:u"}"#),
            ("notifications/message", #"{"uri":"u"}"#, #"{"uri":"u"}"#),
            (
                "notifications/tasks", #"{"taskId":"t","result":{"content":[{"type":"resource_link","uri":"u"}]}}"#,
                #"{"taskId":"t","result":{"content":[{"type":"resource_link","uri":"w:u"}]}}"#
            ),
            (
                "sampling/createMessage",
                #"{"messages":[{"content":[{"type":"tool_result","content":[{"type":"resource_link","uri":"u"},{"type":"tool_result","content":[{"type":"resource_link","uri":"u"}]}]}]}]}"#,
                #"{"messages":[{"content":[{"type":"tool_result","content":[{"type":"resource_link","uri":"w:u"},{"type":"tool_result","content":[{"type":"resource_link","uri":"u"}]}]}]}]}"#
            ),
        ] as [(UTF8String, String, String)])
    func `the URIs that a server sends by itself are replaced`(
        method: UTF8String, params: String, mapped: String
    ) throws {
        #expect(text(ResourcePlaces.mapping(params: try object(params), of: method, marked)) == mapped)
    }

    @Test func `the URI of a resource that is not there is replaced`() throws {
        let error = try object(#"{"code":-32002,"message":"u","data":{"uri":"u"}}"#)
        #expect(
            text(ResourcePlaces.mapping(error: error, marked)) == #"{"code":-32002,"message":"u","data":{"uri":"w:u"}}"#
        )
        let bare = try object(#"{"code":-32002,"message":"u","data":"uri"}"#)
        #expect(ResourcePlaces.mapping(error: bare, marked) == bare)
    }

    @Test(arguments: 1...200)
    func `where no URI changes, no tree does`(seed: UInt64) {
        var trees = RandomTrees(
            seed: seed,
            keys: ["content", "contents", "messages", "resource", "uri", "type", "result", "taskId", "data", "_meta"])
        for method: UTF8String in ["tools/call", "prompts/get", "resources/read", "tasks/get", "tasks/result"] {
            let tree = trees.object()
            #expect(ResourcePlaces.mapping(result: tree, of: method) { $0 } == tree)
            let mapped = ResourcePlaces.mapping(result: tree, of: method, marked)
            #expect(text(mapped).replacing("\"w:", with: "\"") == text(tree))
        }
        for method: UTF8String in ["notifications/resources/updated", "notifications/tasks", "sampling/createMessage"] {
            let tree = trees.object()
            #expect(ResourcePlaces.mapping(params: tree, of: method) { $0 } == tree)
        }
    }
}

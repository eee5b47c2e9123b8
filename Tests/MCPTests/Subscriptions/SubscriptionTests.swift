// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct SubscriptionTests {
    private let asked =
        #"{"notifications":{"toolsListChanged":true,"promptsListChanged":false,"resourcesListChanged":true,"resourceSubscriptions":["b","a","b"],"taskIds":["t"],"com.example/x":1}}"#

    @Test func `what a stream is for is read, each resource once and in order`() throws {
        let filter = try SubscriptionFilter(listen: object(asked))
        #expect(filter.lists == [.tools, .resources])
        #expect(filter.resources == ["b", "a"])
        #expect(filter.tasks == ["t"])
        #expect(
            text(filter.json)
                == #"{"toolsListChanged":true,"resourcesListChanged":true,"resourceSubscriptions":["b","a"],"taskIds":["t"]}"#
        )
        #expect(try SubscriptionFilter(listen: object(#"{"notifications":{}}"#)).isEmpty)
    }

    @Test(
        arguments: [
            "{}", #"{"notifications":[]}"#, #"{"notifications":{"toolsListChanged":1}}"#,
            #"{"notifications":{"resourceSubscriptions":"a"}}"#,
            #"{"notifications":{"resourceSubscriptions":[7]}}"#, #"{"notifications":{"resourceSubscriptions":[""]}}"#,
            #"{"notifications":{"taskIds":{}}}"#,
            #"{"notifications":{"resourceSubscriptions":[],"ResourceSubscriptions":["x"]}}"#,
        ] as [String])
    func `a stream for what cannot be read is refused as invalid`(params: String) throws {
        let params = try object(params)
        let refusal = #expect(throws: RequestRefusal.self) { try SubscriptionFilter(listen: params) }
        #expect(refusal?.code == -32602)
        #expect(SubscriptionFilter(acknowledged: params).isEmpty)
    }

    @Test func `a stream for too many resources is refused`() throws {
        let many = (0...Limits.subscribedMax).map { "\"\($0)\"" }.joined(separator: ",")
        let params = try object(#"{"notifications":{"resourceSubscriptions":[\#(many)]}}"#)
        #expect(throws: RequestRefusal.self) { try SubscriptionFilter(listen: params) }
    }

    @Test(
        arguments: [
            ("notifications/tools/list_changed", "{}", true), ("notifications/prompts/list_changed", "{}", false),
            ("notifications/resources/list_changed", "{}", true),
            ("notifications/resources/updated", #"{"uri":"a"}"#, true),
            ("notifications/resources/updated", #"{"uri":"c"}"#, false),
            ("notifications/resources/updated", "{}", false),
            ("notifications/tasks", #"{"taskId":"t"}"#, true), ("notifications/tasks", #"{"taskId":"u"}"#, false),
            ("notifications/message", "{}", false), ("tools/list", "{}", false),
            ("notifications/Tools/list_changed", "{}", false),
        ] as [(UTF8String, String, Bool)])
    func `a stream carries what was asked for and nothing else`(method: UTF8String, params: String, wants: Bool) throws
    {
        let filter = try SubscriptionFilter(listen: object(asked))
        #expect(filter.wants(method, try object(params)) == wants)
        #expect(!SubscriptionFilter().wants(method, try object(params)))
    }

    @Test func `what was asked for and what is served have in common what is acknowledged`() throws {
        let filter = try SubscriptionFilter(listen: object(asked))
        let served = SubscriptionFilter(lists: [.tools, .prompts], resources: ["c", "a"], tasks: [])
        #expect(filter.intersection(served) == SubscriptionFilter(lists: [.tools], resources: ["a"], tasks: []))
    }

    @Test(arguments: ["7", #""7""#, "12345678901234567890123", #""x""#] as [String])
    func `everything on a stream is marked with its request's id as it was written`(id: String) throws {
        let listen = try #require(RequestID(json(id)))
        let key = #""io.modelcontextprotocol/subscriptionId":\#(id)"#
        #expect(
            text(Subscription.acknowledgement(listen, SubscriptionFilter(lists: [.tools])))
                == #"{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"notifications":{"toolsListChanged":true},"_meta":{\#(key)}}}"#
        )
        let params = try object(
            #"{"uri":"u","_meta":{"dev.writ/x":1,"io.modelcontextprotocol/subscriptionId":"server's","a":1}}"#)
        let sent = Subscription.notification(listen, "notifications/resources/updated", params)
        #expect(
            text(sent)
                == #"{"jsonrpc":"2.0","method":"notifications/resources/updated","params":{"uri":"u","_meta":{\#(key),"a":1}}}"#
        )
        #expect(Subscription.listen(in: sent["params"]?.object) == listen)
        #expect(text(Subscription.untagged(params)) == #"{"uri":"u","_meta":{"dev.writ/x":1,"a":1}}"#)
        #expect(
            text(Subscription.end(listen, serverInfo: nil))
                == #"{"jsonrpc":"2.0","id":\#(id),"result":{"resultType":"complete","_meta":{\#(key)}}}"#)
    }

    @Test func `a stream of ours from a server is asked for by the same filter`() throws {
        let filter = try SubscriptionFilter(listen: object(asked))
        let params = Subscription.listenParams(filter, meta: try object(#"{"a":1}"#))
        #expect(try SubscriptionFilter(listen: params) == filter)
        #expect(SubscriptionFilter(acknowledged: params) == filter)
        #expect(params["_meta"] == ["a": 1])
    }
}

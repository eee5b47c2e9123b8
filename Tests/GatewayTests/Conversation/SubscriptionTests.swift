// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import Receipts
import StrictJSON
import Testing

@testable import Gateway

/// News of resources and lists, between all eras.
@Suite struct SubscriptionTests {
    /// Answers subscriptions in the words of both eras.
    static func server(_ era: Era) -> TalkingServer {
        TalkingServer([era]) { server, message in
            switch message["method"] {
            case "subscriptions/listen":
                server.notify(
                    "notifications/subscriptions/acknowledged",
                    [
                        "notifications": message["params"]?["notifications"] ?? [:],
                        "_meta": ["io.modelcontextprotocol/subscriptionId": message["id"] ?? .null],
                    ])
            case "resources/subscribe", "resources/unsubscribe": server.answer(message, [:])
            default: break
            }
        }
    }

    static func update(_ server: TalkingServer, _ uri: UTF8String) async throws {
        guard server.eras == [.modern] else {
            return server.notify("notifications/resources/updated", ["uri": .string(uri)])
        }
        let listens = server.permitted.rest.filter { $0["method"] == "subscriptions/listen" }
        let listen = try #require(listens.last)
        server.notify(
            "notifications/resources/updated",
            [
                "uri": .string(uri),
                "_meta": ["io.modelcontextprotocol/subscriptionId": listen["id"] ?? .null],
            ])
    }

    @Test(arguments: [Era.legacy, .modern])
    func `a resource that is subscribed to is heard of, and others are not`(era: Era) async throws {
        let server = Self.server(era)
        let talk = try await Talk(["one": server])
        try await talk.connect()
        #expect(try await talk.ask("resources/subscribe", ["uri": "notes://a"])["result"] == [:])
        try await Self.update(server, "notes://b")
        try await Self.update(server, "notes://a")
        let news = talk.sink.heard.rest
        #expect(news.map { $0["params"]?["uri"] } == ["notes://a"])
        #expect(news.first?["params"]?["_meta"] == nil)
        #expect(try await talk.ask("resources/unsubscribe", ["uri": "notes://a"])["result"] == [:])
        try await Self.update(server, "notes://a")
        #expect(talk.sink.heard.rest.count == 1)
    }

    @Test(arguments: [Era.legacy, .modern])
    func `a stream of news begins with what is granted, is marked, and ends when the client closes it`(
        era: Era
    ) async throws {
        let server = Self.server(era)
        let talk = try await Talk(
            ["one": server],
            policies: """
                permit (principal, action, resource);
                forbid (principal, action, resource == Resource::"one/notes://secret");
                """)
        let envelope = talk.message(
            "subscriptions/listen",
            [
                "notifications": [
                    "toolsListChanged": true, "resourceSubscriptions": ["notes://a", "notes://secret"],
                ]
            ], era: .modern)
        let (conversation, sink) = (talk.conversation, talk.sink)
        let stream = Task { await conversation.answer(envelope, frameBytes: 1, sink: sink) }
        let first = try await within("the acknowledgement") { await sink.heard.first { _ in true } }
        #expect(first?["method"] == "notifications/subscriptions/acknowledged")
        #expect(
            first?["params"]?["notifications"] == ["toolsListChanged": true, "resourceSubscriptions": ["notes://a"]])
        try await Self.update(server, "notes://a")
        let news = try await within("news") { await sink.heard.first { _ in true } }
        #expect(news?["params"]?["uri"] == "notes://a")
        #expect(news?["params"]?["_meta"]?["io.modelcontextprotocol/subscriptionId"] == envelope.message["id"])
        if era == .legacy {
            server.notify("notifications/tools/list_changed")
            server.notify("notifications/prompts/list_changed")
            let changed = try await within("news") { await sink.heard.first { _ in true } }
            #expect(changed?["method"] == "notifications/tools/list_changed")
            #expect(sink.heard.rest.isEmpty)
        }
        stream.cancel()
        #expect(await stream.value == nil)
        #expect(!server.permitted.rest.contains { $0.serialized().contains("secret") })
        #expect(try await talk.logged().contains { !$0.receipt.allow })
    }

    @Test func `subscribing is decided as reading is`() async throws {
        let server = Self.server(.legacy)
        let talk = try await Talk(
            ["one": server], policies: #"permit (principal, action in Action::"call", resource);"#)
        #expect(try await talk.ask("resources/subscribe", ["uri": "notes://a"])["error"]?["code"]?.int64 == 40301)
        #expect(server.got.rest.isEmpty)
    }

    @Test func `there is an end to what one client may subscribe to`() async throws {
        var limits = GatewayLimits()
        limits.subscriptions = 3
        let server = Self.server(.legacy)
        let talk = try await Talk(["one": server], limits: limits)
        for number in 0..<3 {
            #expect(try await talk.ask("resources/subscribe", ["uri": .text("notes://\(number)")])["result"] != nil)
        }
        #expect(try await talk.ask("resources/subscribe", ["uri": "notes://4"])["error"] != nil)
        #expect(server.permitted.rest.count == 3)
    }

    @Test func `the gateway's end is the end of a stream, and says so`() async throws {
        let talk = try await Talk(["one": Self.server(.legacy)])
        let envelope = talk.message(
            "subscriptions/listen", ["notifications": ["toolsListChanged": true]], era: .modern)
        let (conversation, sink) = (talk.conversation, talk.sink)
        let stream = Task { await conversation.answer(envelope, frameBytes: 1, sink: sink) }
        _ = try await within("the acknowledgement") { await sink.heard.first { _ in true } }
        await talk.end()
        _ = await stream.value
        #expect(try await talk.logged().allSatisfy { $0.outcome != nil })
    }

    /// A server that has one stream for everything, and logs while it works.
    private static func logging() -> TalkingServer {
        TalkingServer { server, message in
            server.notify("notifications/message", ["level": "info", "data": "working"])
            server.answer(message, TalkingServer.done)
        }
    }

    @Test func `what a server logs during a call comes before the call's answer, on its stream`() async throws {
        let talk = try await Talk(["one": Self.logging()])
        let general = TestSink()
        let session = talk.hub.open(
            talk.conversation.principal, scope: .server("one"), door: .httpSession, general: general, session: "s")
        let hello: JSON = ["protocolVersion": "2025-11-25", "capabilities": [:], "clientInfo": ["name": "test"]]
        try await talk.ask("initialize", hello, of: session)
        try await talk.ask("tools/call", ["name": "echo"], of: session)
        #expect(talk.sink.heard.rest.map { $0["params"]?["data"] } == ["working"])
        #expect(general.heard.rest.isEmpty)
    }

    @Test func `a client of the stateless revision gets a server's logs where it asked for them`() async throws {
        let talk = try await Talk(["one": Self.logging()], door: .httpRequest)
        try await talk.ask("tools/call", ["name": "echo"], era: .modern)
        #expect(talk.sink.heard.rest.isEmpty)
        let level: JSON = ["io.modelcontextprotocol/logLevel": "info"]
        try await talk.ask("tools/call", ["name": "echo", "_meta": level], era: .modern)
        #expect(talk.sink.heard.rest.map { $0["params"]?["data"] } == ["working"])
    }
}

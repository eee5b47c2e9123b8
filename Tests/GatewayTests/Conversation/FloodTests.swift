// SPDX-License-Identifier: Apache-2.0

import MCP
import PortTesting
import Receipts
import StrictJSON
import Testing

@testable import Decisions
@testable import Gateway

/// Refusals without end, from clients and from servers: the log has a bound, and says what is beyond.
@Suite struct FloodTests {
    /// Uses up what one speaker has.
    private static func drain(_ talk: Talk, isServer: Bool = false) {
        let speaker = DenialBudget.Speaker(agent: Fixture.agent, isServer: isServer)
        let now = talk.fixture.clock.monotonicMilliseconds()
        while talk.hub.pipeline.denials.take(speaker, bytes: 0, at: now) {}
    }

    private static func counted(_ talk: Talk, _ surface: UTF8String) throws -> UInt64 {
        try talk.fixture.events().reduce(0) { sum, event in
            guard case .refusedFrames(let count, surface, _, _) = event.details else { return sum }
            #expect(event.subject == Fixture.agent)
            return sum + count
        }
    }

    @Test func `a client's flood of refused calls and unknown methods is refused, counted and no fault`() async throws {
        let server = TalkingServer(tools: ["echo", "forbidden"])
        let talk = try await Talk(["one": server])
        #expect(try await talk.call("forbidden").isToolError)
        let receipts = try await talk.logged().count
        Self.drain(talk)
        for _ in 0..<20 {
            let call = try await talk.call("forbidden")
            #expect(call.isToolError && call.said.contains("forbidden") && call.said.contains("counted in the log"))
            #expect(call["result"]?["_meta"]?["dev.writ/decision"]?["receipt_id"] == .null)
            let unknown = try await talk.ask("no/such")
            #expect(unknown["error"]?["code"]?.int64 == ErrorCode.methodNotFound)
            #expect(unknown["error"]?["data"]?["reasons"]?.array?.last?["code"] == "writ.denial_counted")
            let read = try await talk.ask("tools/call", ["name": "echo", "arguments": ["deny": 1]])
            #expect(read.isToolError)
        }
        // What is permitted goes on, each with its receipt.
        #expect(try await !talk.call("echo").isToolError)
        #expect(try await talk.logged().count == receipts + 1)
        await talk.end()
        let hub = talk.hub
        #expect(try await onThread { hub.settle() }, "nothing was lost")
        #expect(try Self.counted(talk, "gateway/denied") == 61, "with the one that found nothing left in this test")
        #expect(server.permitted.rest.count == 1)
    }

    @Test func `a server's flood of questions uses up nothing of its client's, and is counted as a server's`()
        async throws
    {
        let talk = try await Talk(["one": ServerRequestTests.asking("no/such")])
        try await talk.connect(ServerRequestTests.capable)
        Self.drain(talk, isServer: true)
        for _ in 0..<5 { #expect(try await talk.call("echo").said.contains("-32601")) }
        let unknown = try await talk.ask("no/such")
        #expect(unknown["error"]?["data"]?["receipt_id"]?.string != nil)
        await talk.end()
        let hub = talk.hub
        #expect(try await onThread { hub.settle() })
        #expect(try Self.counted(talk, "server/denied") == 6)
        #expect(try Self.counted(talk, "gateway/denied") == 0)
    }
}

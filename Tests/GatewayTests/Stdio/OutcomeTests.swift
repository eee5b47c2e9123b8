// SPDX-License-Identifier: Apache-2.0

import Decisions
import Glibc
import MCP
import PortTesting
import Receipts
import StrictJSON
import Testing
import WireTypes

@testable import Gateway

/// Every call has its receipt, and every permitted one what became of it.
@Suite struct OutcomeTests {
    @Test(
        arguments: [
            ("echo", .result, "{}"), ("fail", .toolError, "failed as asked"), ("error", .error, ""),
        ] as [(UTF8String, Outcome.Status, String)])
    func `what the server answers is the outcome, and the client gets it as it is`(
        tool: UTF8String, status: Outcome.Status, said: String
    ) async throws {
        try await Running.with { running in
            try await running.client.connect()
            let answer = try await running.client.call(tool)
            #expect(answer.said == said)
            if status == .error {
                #expect(
                    answer["error"] == ["code": 7001, "message": "as asked", "data": try JSON(parsing: #"{"n":1.5}"#)])
            }
            #expect(try await running.end() == 0)
            let call = try #require(try running.fixture.calls().first)
            #expect(try running.fixture.calls().count == 1)
            #expect(call.receipt.allow && call.tool == tool && call.receipt.agentID == Fixture.agent)
            #expect(call.outcome?.status == status)
            let bytes = try #require(answer["result"] ?? answer["error"]).serialized()
            #expect(try call.outcome?.result == running.fixture.blind(of: call.receipt).result(bytes))
        }
    }

    @Test func `what arrives is what the receipt commits to, byte for byte`() async throws {
        let line = #"""
            {"jsonrpc":"2.0","id":"é","method":"tools/call","params":{"name":"echo","arguments":{"z":1.50,"a":[null,1e2,"\u00e9/"],"n":12345678901234567890123},"_meta":{"progressToken":"p","passport":"secret","dev.writ/decision":{"allow":true}},"extra":{"kept":true}}}
            """#
        try await Running.with { running in
            try await running.client.connect()
            try await running.client.say(line)
            let answer = try await running.client.next("the answer") { $0["id"] == "é" }
            #expect(!answer.isToolError)
            try await running.end()
            let call = try #require(try running.fixture.calls().first)
            let arrived = try #require(running.record.last)
            #expect(
                arrived == #"""
                    {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"echo","arguments":{"z":1.50,"a":[null,1e2,"é/"],"n":12345678901234567890123},"_meta":{"progressToken":3},"extra":{"kept":true}}}
                    """#)
            let params = try #require(try JSON(parsing: Array(arrived.utf8))["params"]).serialized()
            let request = CallCommitments.request(
                salt: try running.fixture.blind(of: call.receipt).salt(.request), method: "tools/call",
                serverDigest: Fixture.serverDigest, tool: "echo", definition: call.receipt.call.definition,
                parameterBytes: params)
            #expect(call.receipt.call.request == request)
            #expect(call.receipt.call.definition != nil, "the definition that this client was shown")
        }
    }

    @Test func `a server that dies leaves no answer, and an error for who waited`() async throws {
        try await Running.with { running in
            try await running.client.connect()
            let silent = try await running.client.startArriving("silent")
            let dying = try await running.client.startCall("die", ["after": 20, "status": 3])
            for id in [silent, dying] {
                let answer = try await running.client.answer(to: id)
                #expect(answer["error"]?["code"]?.int64 == ErrorCode.internalError)
            }
            #expect(try await running.ended() == 3, "the server's own status")
            #expect(try running.fixture.calls().map(\.outcome?.status) == [.noAnswer, .noAnswer])
            #expect(running.notes.rest.contains("writ: server test ended with status 3"))
        }
    }

    @Test func `a call that is never answered has no answer when the client closes`() async throws {
        try await Running.with { running in
            try await running.client.connect()
            try await running.client.startArriving("silent")
            _ = try await running.client.call("echo")
            #expect(try await running.end() == 0)
            #expect(try running.fixture.calls().map(\.outcome?.status) == [.noAnswer, .result])
        }
    }

    @Test func `a call cancelled at the server: the server is told, that is the outcome, and a late answer stays here`()
        async throws
    {
        try await Running.with { running in
            try await running.client.connect()
            let held = try await running.client.startArriving("hold")
            let silent = try await running.client.startArriving("silent")
            _ = try await running.client.call("echo")
            try await running.client.cancel(held)
            try await running.client.cancel(silent)
            _ = try await running.client.call("release")
            _ = try await running.client.request("tools/list")
            try await running.end()
            let statuses = try running.fixture.calls().reduce(into: [:]) { $0[$1.tool] = $1.outcome?.status }
            #expect(statuses == ["hold": .cancelled, "silent": .cancelled, "echo": .result, "release": .result])
            #expect(running.client.heard.rest.allSatisfy { $0["id"] != .integer(held) })
            let cancelled = running.record.filter { $0.contains("notifications/cancelled") }
            #expect(cancelled.count == 2)
        }
    }

    @Test func `a call cancelled while it is decided is logged, and not forwarded`() async throws {
        let gate = LedgerGate()
        try await Running.with(wrapping: { gate.before($0) }) { running in
            try await running.client.connect()
            gate.close()
            let id = try await running.client.startCall("echo")
            try await gate.waits(1)
            try await running.client.cancel(id)
            // The reader has seen the cancellation when it has answered what came after it.
            _ = try await running.client.request("tools/list")
            gate.open()
            _ = try await running.client.call("echo", ["second": true])
            try await running.end()
            #expect(try running.arrivedCalls().count == 1)
            #expect(try running.fixture.calls().map(\.outcome?.status).contains(.notForwarded))
            #expect(try running.fixture.calls().allSatisfy { $0.receipt.allow && $0.outcome != nil })
            #expect(running.client.heard.rest.isEmpty)
        }
    }

    @Test func `a permit whose time is over is not used, and the client is told`() async throws {
        let gate = LedgerGate()
        try await Running.with(wrapping: { gate.before($0) }) { running in
            try await running.client.connect()
            gate.close()
            let id = try await running.client.startCall("echo")
            try await gate.waits(1)
            running.fixture.clock.advance(milliseconds: 30_001)
            gate.open()
            let answer = try await running.client.answer(to: id)
            #expect(answer.isToolError && answer.said.contains("did not take the call in time"))
            _ = try await running.client.call("echo")
            try await running.end()
            #expect(try running.arrivedCalls().count == 1)
            #expect(try running.fixture.calls().map(\.outcome?.status) == [.notForwarded, .result])
            #expect(try running.fixture.calls().allSatisfy { $0.receipt.allow })
        }
    }

    @Test func `a client that closes while calls are decided and open: each has its outcome before the run ends`()
        async throws
    {
        let gate = LedgerGate()
        try await Running.with(wrapping: { gate.before($0) }) { running in
            try await running.client.connect()
            for _ in 0..<5 { try await running.client.startArriving("hold") }
            _ = try await running.client.call("echo")
            gate.close()
            for _ in 0..<5 { try await running.client.startCall("echo") }
            try await gate.waits(5)
            running.client.close()
            // The server is gone, and its open calls are settled, while five decisions still wait for the disk.
            try await gate.outcomes(6)
            gate.open()
            #expect(try await running.ended() == 0)
            let statuses = try running.fixture.calls().compactMap(\.outcome?.status)
            #expect(statuses.filter { $0 == .noAnswer }.count == 5)
            #expect(statuses.filter { $0 == .notForwarded }.count == 5)
            #expect(statuses.count == 11)
            #expect(try running.arrivedCalls().count == 6)
        }
    }

    @Test func `sixty-four calls in flight, answered in the reverse order, each to its own`() async throws {
        try await Running.with { running in
            try await running.client.connect()
            var ids: [Int64] = []
            for _ in 0..<64 { ids.append(try await running.client.startArriving("hold")) }
            for number in 0..<64 {
                let answer = try await running.client.call("echo", ["n": .integer(Int64(number))])
                #expect(answer.said == #"{"n": \#(number)}"#)
            }
            _ = try await running.client.call("release")
            for id in ids { #expect(try await running.client.answer(to: id).said == "held") }
            try await running.end()
            #expect(try running.fixture.calls().count == 129)
            #expect(try running.fixture.calls().allSatisfy { $0.outcome?.status == .result })
        }
    }

    @Test func `progress comes back under the client's own token`() async throws {
        try await Running.with { running in
            try await running.client.connect()
            try await running.client.say(
                #"{"jsonrpc":"2.0","id":"p","method":"tools/call","params":{"name":"progress","arguments":{"steps":3},"_meta":{"progressToken":"mine"}}}"#
            )
            for step in Int64(0)..<3 {
                let progress = try await running.client.next("progress") { $0["method"] == "notifications/progress" }
                #expect(progress["params"]?["progressToken"] == "mine")
                #expect(progress["params"]?["progress"] == .integer(step))
            }
            #expect(try await running.client.next("the answer") { $0["id"] == "p" }.said == "done")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import PortTesting
import Receipts
import StrictJSON
import Testing
import WireTypes

@testable import Gateway

/// What does not pass: refused in the agreed form, and never seen by the server.
@Suite struct RefusalTests {
    @Test func `a refused call never reaches the server, and says why and where it is logged`() async throws {
        try await Running.with { running in
            try await running.client.connect()
            let before = running.record
            let answer = try await running.client.call("forbidden", ["secret": "payroll"])
            // What was forwarded late would have arrived before this.
            _ = try await running.client.call("echo")
            #expect(running.record.count == before.count + 1)
            #expect(answer.isToolError)
            let decision = try #require(answer["result"]?["_meta"]?["dev.writ/decision"])
            #expect(decision["allow"] == false)
            #expect(decision["reason"]?.string?.string.contains("not that one") == true)
            let receipt = try #require(decision["receipt_id"]?.string?.string)
            #expect(answer.said.contains(receipt) && answer.said.contains("not that one"))
            #expect(!answer.serialized().contains("payroll"), "a refusal does not repeat the arguments")
            try await running.end()
            let call = try #require(try running.fixture.calls().first)
            #expect(call.receipt.receiptID.text == receipt && !call.receipt.allow)
            #expect(call.outcome == nil, "what was not permitted has no outcome")
        }
    }

    @Test(arguments: ["unlisted", "Echo", "echo ", "ECHO", "echo\u{200b}"])
    func `a tool that the server does not list is denied, by whatever likeness`(name: String) async throws {
        try await Running.with { running in
            try await running.client.connect()
            let answer = try await running.client.call(UTF8String(name))
            #expect(answer.isToolError && answer["result"]?["_meta"]?["dev.writ/decision"]?["allow"] == false)
            #expect(try running.arrivedCalls().isEmpty)
        }
    }

    @Test(
        arguments: [
            ("resources/read", ErrorCode.denied), ("resources/subscribe", ErrorCode.denied),
            ("prompts/get", ErrorCode.denied), ("completion/complete", ErrorCode.denied),
            ("tools/call/", ErrorCode.methodNotFound), ("tools/Call", ErrorCode.methodNotFound),
            ("no/such", ErrorCode.methodNotFound), ("sampling/createMessage", ErrorCode.methodNotFound),
        ] as [(UTF8String, Int64)])
    func `other methods are refused, logged, and answered with the decision as data`(
        method: UTF8String, code: Int64
    ) async throws {
        try await Running.with { running in
            try await running.client.connect()
            let before = running.record
            let answer = try await running.client.request(
                method,
                [
                    "uri": "file:///etc/passwd", "name": "echo", "ref": ["type": "ref/prompt", "name": "echo"],
                    "argument": ["name": "n", "value": "v"],
                ])
            #expect(answer["error"]?["code"]?.int64 == code)
            #expect(answer["error"]?["data"]?["allow"] == false)
            _ = try await running.client.request("tools/list")
            #expect(running.record.count == before.count + 1, "only the list")
            try await running.end()
            let call = try #require(try running.fixture.calls().first)
            #expect(try running.fixture.calls().count == 1)
            #expect(
                !call.receipt.allow && answer["error"]?["data"]?["receipt_id"] == .text(call.receipt.receiptID.text))
        }
    }

    @Test func `only what passes is announced`() async throws {
        try await Running.with { running in
            let answer = try await running.client.request(
                "initialize",
                [
                    "protocolVersion": "2025-11-25",
                    "capabilities": ["sampling": [:], "elicitation": [:], "roots": ["listChanged": true]],
                    "clientInfo": ["name": "test", "version": "1"],
                ])
            #expect(
                answer["result"]?["capabilities"]
                    == ["tools": ["listChanged": true], "prompts": [:], "resources": [:], "logging": [:]])
            let sent = try JSON(parsing: Array(try #require(running.record.first).utf8))
            #expect(sent["params"]?["capabilities"] == [:], "a server is not told what it may not ask")
        }
    }

    @Test func `a server's own questions are answered here`() async throws {
        try await Running.with { running in
            try await running.client.connect()
            #expect(try await running.client.call("ask").said == "asked")
            #expect(running.client.heard.rest.isEmpty)
            _ = try await running.client.request("tools/list")
            let answer = try #require(
                try running.record.map { try JSON(parsing: Array($0.utf8)) }.first { $0["id"] == "s1" })
            #expect(answer["error"]?["code"]?.int64 == ErrorCode.methodNotFound)
        }
    }

    @Test func `a kill switch thrown in the middle refuses the next call and lets what is open end`() async throws {
        try await Running.with { running in
            try await running.client.connect()
            let held = try await running.client.startArriving("hold")
            _ = try await running.client.call("echo")
            try await EventLog(running.fixture.ports).commit(
                .killSwitchOn(scope: .everything, target: nil, reason: "incident 4711"), actor: "operator")
            let answer = try await running.client.call("release")
            #expect(answer.isToolError && answer.said.contains("incident 4711"))
            let reasons = answer["result"]?["_meta"]?["dev.writ/decision"]?["reasons"]
            #expect(reasons?.array?.first?["code"] == .text(ReasonCode.killSwitch.rawValue))
            try await EventLog(running.fixture.ports).commit(
                .killSwitchOff(scope: .everything, target: nil, reason: "over"), actor: "operator")
            #expect(!(try await running.client.call("release").isToolError))
            #expect(try await running.client.answer(to: held).said == "held")
            try await running.end()
            #expect(try running.fixture.calls().map(\.receipt.allow) == [true, true, false, true])
        }
    }

    @Test func `a kill switch thrown while a call is decided stops that call`() async throws {
        let gate = LedgerGate()
        try await Running.with(wrapping: { gate.before($0) }) { running in
            try await running.client.connect()
            _ = try await running.client.call("echo")
            gate.close()
            let id = try await running.client.startCall("echo", ["late": true])
            try await gate.waits(1)
            // Past the gate: another process throws it.
            var elsewhere = running.fixture.ports
            elsewhere.ledger = running.fixture.ledger
            try await EventLog(elsewhere).commit(
                .killSwitchOn(scope: .everything, target: nil, reason: "incident 4712"), actor: "operator")
            gate.open()
            #expect(try await running.client.answer(to: id).said.contains("incident 4712"))
            #expect(try running.arrivedCalls().count == 1)
        }
    }

    @Test(arguments: [LedgerError.Code.full, .poisoned, .busy])
    func `a ledger that fails: denies without a receipt until the client closes, and status 74`(
        code: LedgerError.Code
    ) async throws {
        try await Running.with { running in
            try await running.client.connect()
            _ = try await running.client.call("echo", ["n": 1])
            running.fixture.ledger.failNext(LedgerError(code, "/secret/path: as the test asks"))
            let answer = try await running.client.call("echo", ["n": 2])
            #expect(answer.isToolError)
            let decision = try #require(answer["result"]?["_meta"]?["dev.writ/decision"])
            #expect(decision["allow"] == false && decision["receipt_id"] == .null)
            #expect(!answer.serialized().contains("/secret/path"))
            if code == .poisoned {
                for _ in 0..<3 { #expect(try await running.client.call("echo").isToolError) }
            } else {
                #expect(!(try await running.client.call("echo", ["n": 3]).isToolError))
            }
            // Other traffic goes on: the client may ask, and may leave.
            #expect(try await running.client.request("tools/list")["result"] != nil)
            #expect(try await running.end() == StdioDoor.ledgerFailed)
            #expect(try running.arrivedCalls().allSatisfy { $0["params"]?["arguments"]?["n"] != 2 })
        }
    }

    @Test func `an outcome that cannot be logged is said, and the status tells`() async throws {
        try await Running.with { running in
            try await running.client.connect()
            let held = try await running.client.startArriving("hold")
            _ = try await running.client.call("echo")
            // The next entry is the receipt of `release`, which fails; the ledger is poisoned from there on.
            running.fixture.ledger.failNext(LedgerError(.poisoned, "as the test asks"))
            #expect(try await running.client.call("release").isToolError)
            #expect(try await running.end() == StdioDoor.ledgerFailed)
            #expect(running.notes.rest.contains { $0.contains("an outcome could not be logged") })
            #expect(running.client.heard.rest.allSatisfy { $0["id"] != .integer(held) || $0["error"] != nil })
        }
    }

    static func refused(_ details: EventDetails) -> UInt64? {
        if case .refusedFrames(let count, "gateway", _, _) = details { count } else { nil }
    }
}

extension [UInt8] {
    func contains(_ text: String) -> Bool { String(decoding: self, as: UTF8.self).contains(text) }
}

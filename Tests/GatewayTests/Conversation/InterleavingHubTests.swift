// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import Receipts
import StrictJSON
import Synchronization
import Testing

@testable import Gateway

/// Whatever a client, a server and a slow disk do to each other, in whatever order.
@Suite struct InterleavingHubTests {
    @Test(arguments: 0..<UInt64(24))
    func `nothing reaches a server but by a permit, and every allowed decision has one outcome`(
        seed: UInt64
    ) async throws {
        var dice = Dice(seed)
        let gate = LedgerGate()
        let era: Set<Era> = [[.legacy], [.modern], [.legacy, .modern]][dice.roll(3)]
        let server = Self.server(Dice(seed &+ 1000))
        let talking = TalkingServer(era, tools: ["echo", "forbidden", "ask"]) { server.act($0, $1) }
        var limits = GatewayLimits()
        limits.openCalls = 12
        limits.callMilliseconds = 2_000
        limits.heldMilliseconds = 500
        limits.heldCalls = 3
        let talk = try await Talk(["one": talking], limits: limits, wrapping: { gate.before($0) })
        let capable: JSON = ["elicitation": [:], "sampling": [:], "roots": [:]]
        _ = try await talk.connect(capable)
        let answered = Inbox<JSON>()
        var calls: [(RequestID, Task<Void, Never>)] = []
        var states: [JSON] = []
        for _ in 0..<60 {
            switch dice.roll(12) {
            case 0...5:
                let client: Era = dice.roll(2) == 0 ? .legacy : .modern
                var params: JSONObject = JSONObject()
                params["name"] = ["echo", "echo", "forbidden", "ask", "unlisted"][dice.roll(5)]
                params["arguments"] = dice.roll(4) == 0 ? ["deny": true] : [:]
                if client == .modern, !states.isEmpty, dice.roll(2) == 0 {
                    params["requestState"] = states[dice.roll(states.count)]
                    params["inputResponses"] = ["k": ["action": "accept"], "ask-1": ["action": "accept"]]
                }
                let envelope = talk.message(
                    "tools/call", .object(params), era: client, capabilities: capable)
                guard case .request(let id, _) = envelope.kind else { continue }
                let (conversation, sink) = (talk.conversation, talk.sink)
                calls.append(
                    (
                        id,
                        Task {
                            if let answer = await conversation.answer(envelope, frameBytes: 10, sink: sink) {
                                answered.add(answer)
                            }
                        }
                    ))
            case 6:
                let envelope = talk.message(
                    ["resources/read", "prompts/get", "no/such"][dice.roll(3)], ["uri": "notes://a", "name": "p"],
                    era: .legacy)
                let (conversation, sink) = (talk.conversation, talk.sink)
                guard case .request(let id, _) = envelope.kind else { continue }
                calls.append((id, Task { _ = await conversation.answer(envelope, frameBytes: 10, sink: sink) }))
            case 7 where !calls.isEmpty:
                talk.tell("notifications/cancelled", ["requestId": calls[dice.roll(calls.count)].0.json])
            case 8: dice.roll(2) == 0 ? gate.close() : gate.open()
            case 9:
                for question in talk.sink.heard.rest where question["id"] != nil && question["method"] != nil {
                    talk.answer(question, ["action": "accept"])
                }
                talk.take(["jsonrpc": "2.0", "id": "writ-99", "result": [:]])
            case 10:
                talking.notify("notifications/tools/list_changed")
                if dice.roll(5) == 0 { talking.die() }
            default:
                for _ in 0..<dice.roll(20) { await Task.yield() }
                states += answered.rest.compactMap { $0["result"]?["requestState"] }
            }
        }
        gate.open()
        if dice.roll(2) == 0 { await talk.conversation.close() }
        await talk.end()
        for (_, task) in calls { try await within("a request's end") { await task.value } }
        let logged = try await talk.logged()
        #expect(logged.allSatisfy { $0.receipt.allow == ($0.outcome != nil) })
        #expect(try talk.fixture.outcomes == logged.count { $0.receipt.allow })
        // What needs a permit came by one, each permit's bytes once, and no more of them than were allowed.
        let arrived = talking.got.rest.filter { message in
            message["method"]?.string.map(MethodPolicy.needsPermit) ?? (message["result"] != nil)
        }
        let permitted = talking.permitted.rest
        #expect(arrived.count == permitted.count)
        #expect(permitted.count <= logged.count { $0.receipt.allow })
        let made = logged.count { $0.receipt.allow && $0.tool == "echo" && $0.outcome?.status != .notForwarded }
        #expect(permitted.count { $0["params"]?["name"] == "echo" } == made)
        #expect(!permitted.contains { $0["params"]?["arguments"]?["deny"] != nil })
        #expect(!permitted.contains { ["forbidden", "unlisted"].contains($0["params"]?["name"]) })
        // Nobody is answered twice.
        let ids = answered.rest.compactMap { $0["id"].flatMap(RequestID.init) }
        #expect(Set(ids).count == ids.count)
    }

    private static func server(_ dice: Dice) -> Misbehaving { Misbehaving(dice) }
}

/// A server that answers, asks, answers twice, answers for others, or says nothing.
private final class Misbehaving: Sendable {
    private let dice: Mutex<Dice>

    init(_ dice: Dice) { self.dice = Mutex(dice) }

    func act(_ server: TalkingServer, _ message: JSON) {
        guard message["method"] != nil, message["id"] != nil else { return }
        let isModern = message["params"]?["_meta"]?["io.modelcontextprotocol/protocolVersion"] != nil
        let form: JSON = ["message": "who?", "requestedSchema": ["type": "object"]]
        switch dice.withLock({ $0.roll(9) }) {
        case 0: break
        case 1:
            server.answer(message, TalkingServer.done)
            server.answer(message, TalkingServer.done)
        case 2: server.answer(["id": 999], TalkingServer.done)
        case 3: server.refuse(message, 7001)
        case 4, 5:
            if isModern {
                server.answer(
                    message,
                    [
                        "resultType": "input_required", "requestState": "s",
                        "inputRequests": ["k": ["method": "elicitation/create", "params": form]],
                    ])
            } else {
                server.say([
                    "jsonrpc": "2.0", "id": .text("s\(dice.withLock { $0.roll(3) })"), "method": "elicitation/create",
                    "params": form,
                ])
                server.answer(message, TalkingServer.done)
            }
        case 6: server.answer(message, ["resultType": "strange", "content": []])
        default: server.answer(message, TalkingServer.done)
        }
    }
}

/// Numbers that are the same for the same seed.
struct Dice: Sendable {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

    /// 0 to `sides` - 1.
    mutating func roll(_ sides: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(truncatingIfNeeded: (state >> 11) % UInt64(sides))
    }
}

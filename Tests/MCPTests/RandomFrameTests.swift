// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

/// SplitMix64: the same frames on every run.
private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

@Suite struct RandomFrameTests {
    private static let client = [
        #"{"jsonrpc":"2.0","id":ID,"method":"tools/call","params":{"name":"t","arguments":{},"_meta":{"progressToken":ID}}}"#,
        #"{"jsonrpc":"2.0","id":ID,"method":"tools/list"}"#, #"{"jsonrpc":"2.0","id":ID,"method":"resources/read"}"#,
        #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":ID}}"#,
        #"{"jsonrpc":"2.0","id":ID,"result":{}}"#, "{", #"{"jsonrpc":"2.0","id":ID,"method":"ping"}"#,
    ]
    private static let server = [
        #"{"jsonrpc":"2.0","id":ID,"result":{"content":[]}}"#,
        #"{"jsonrpc":"2.0","id":ID,"error":{"code":1,"message":""}}"#,
        #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":ID,"progress":1}}"#,
        #"{"jsonrpc":"2.0","id":ID,"method":"sampling/createMessage"}"#, "[]", #"{"jsonrpc":"2.0","id":ID,"result":7}"#,
    ]

    /// Whatever order things come in: a call reaches the server at most once and only after `forwarding` said so, every
    /// request gets at most one answer, and every forwarded call at most one outcome.
    @Test(arguments: 1...40)
    func `no order of events forwards a call twice or answers a request twice`(seed: UInt64) {
        var random = Generator(state: seed)
        var session = GatewaySession(openRequestsMax: 6)
        var waiting: [PendingCall] = []
        var forwarded: [CallToken] = []
        var outcomes: [CallToken] = []
        for step in 0..<600 {
            var actions: [GatewayAction] = []
            let id =
                ["\(Int.random(in: 0..<12, using: &random))", "\"\(Int.random(in: 0..<4, using: &random))\""]
                .randomElement(using: &random) ?? "0"
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4:
                actions = session.client((Self.client.randomElement(using: &random) ?? "").replacing("ID", with: id))
            case 4..<6:
                let near = max(1, step / 3 - Int.random(in: 0..<12, using: &random))
                actions = session.server(
                    (Self.server.randomElement(using: &random) ?? "").replacing("ID", with: "\(near)"))
            case 6..<8:
                guard let call = waiting.popLast() else { break }
                if session.forwarding(call.token) { forwarded.append(call.token) }
            case 8:
                guard let call = waiting.popLast() else { break }
                actions = session.denied(call.token, answer: ["allow": false])
            default:
                guard let token = forwarded.randomElement(using: &random) else { break }
                actions = session.timedOut(token)
            }
            for action in actions {
                switch action {
                case .decide(let call): waiting.append(call)
                case .outcome(let token, _): outcomes.append(token)
                case .sendToServer(let json): #expect(json["method"] != "tools/call")
                case .cancelledBeforeExecution(let token): #expect(!forwarded.contains(token))
                default: break
                }
            }
            #expect(session.openRequests <= 6)
            #expect(actions.count { if case .sendToClient = $0 { true } else { false } } <= 1)
        }
        for action in session.clientClosed() + session.childExited() {
            if case .outcome(let token, _) = action { outcomes.append(token) }
        }
        #expect(Set(forwarded).count == forwarded.count)
        #expect(Set(outcomes).count == outcomes.count)
        #expect(Set(outcomes) == Set(forwarded), "each forwarded call has exactly one outcome in the end")
        #expect(session.openRequests == 0)
    }
}

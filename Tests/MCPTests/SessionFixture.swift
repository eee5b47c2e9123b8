// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

extension GatewaySession {
    mutating func client(_ text: String) -> [GatewayAction] { client(Array(text.utf8)) }
    mutating func server(_ text: String) -> [GatewayAction] { server(Array(text.utf8)) }

    /// A call that was decided and forwarded.
    mutating func forwardedCall(
        id: String = "7", params: String = #"{"name":"t","arguments":{"a":1}}"#
    ) throws -> PendingCall {
        let call = try #require(
            calls(client(#"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":\#(params)}"#)).first)
        #expect(forwarding(call.token))
        return call
    }
}

func calls(_ actions: [GatewayAction]) -> [PendingCall] {
    actions.compactMap { if case .decide(let call) = $0 { call } else { nil } }
}

func toServer(_ actions: [GatewayAction]) -> [String] {
    actions.compactMap { if case .sendToServer(let json) = $0 { text(json) } else { nil } }
}

func toClient(_ actions: [GatewayAction]) -> [String] {
    actions.compactMap { if case .sendToClient(let json) = $0 { text(json) } else { nil } }
}

func counts(_ actions: [GatewayAction]) -> [DropReason] {
    actions.compactMap { if case .count(let reason) = $0 { reason } else { nil } }
}

func text(_ json: JSON) -> String { String(decoding: json.serialized(), as: UTF8.self) }

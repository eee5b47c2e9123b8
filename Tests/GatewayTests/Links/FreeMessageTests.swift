// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Gateway

@Suite struct FreeMessageTests {
    @Test(
        arguments: [
            "tools/call", "resources/read", "resources/subscribe", "prompts/get", "completion/complete", "tasks/get",
            "tasks/result", "tasks/update", "tasks/cancel", "sampling/createMessage", "elicitation/create",
            "roots/list",
        ] as [UTF8String])
    func `what needs a permit is no free message, as request or as notification`(method: UTF8String) {
        #expect(FreeMessage(["jsonrpc": "2.0", "id": 1, "method": .string(method)]) == nil)
        #expect(FreeMessage(["jsonrpc": "2.0", "method": .string(method)]) == nil)
    }

    @Test func `nothing that some reader takes for a call is a free message`() {
        let call: JSON = ["jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": ["name": "x"]]
        let hidden: [JSON] = [
            [call], ["jsonrpc": "2.0", "id": 1, "Method": "tools/call", "result": [:]],
            ["jsonrpc": "2.0", "id": 1, "method": "ping", "METHOD": "tools/call"],
            ["jsonrpc": "2.0", "id": 1, "method": ["tools/call"]], "tools/call", .null,
        ]
        for message in hidden { #expect(FreeMessage(message) == nil) }
    }

    @Test func `what nobody knows, what a client answers and news of a resource are no free messages`() {
        for method in ["foo/bar", "notifications/foo", "TOOLS/CALL", ""] as [UTF8String] {
            #expect(FreeMessage(["jsonrpc": "2.0", "id": 1, "method": .string(method)]) == nil)
        }
        #expect(FreeMessage(["jsonrpc": "2.0", "id": 1, "result": ["roots": []]]) == nil)
        for filter in [["resourceSubscriptions": ["test://x"]], "all", ["Notifications": [:]]] as [JSON] {
            #expect(FreeMessage(Self.listen(filter)) == nil)
        }
        #expect(FreeMessage(Self.listen(["toolsListChanged": true])) != nil)
    }

    private static func listen(_ filter: JSON) -> JSON {
        ["jsonrpc": "2.0", "id": 1, "method": "subscriptions/listen", "params": ["notifications": filter]]
    }

    @Test func `handshakes, lists, notifications and answers are`() {
        for method in ["initialize", "server/discover", "tools/list", "ping"] as [UTF8String] {
            #expect(FreeMessage(["jsonrpc": "2.0", "id": 1, "method": .string(method)]) != nil)
        }
        #expect(FreeMessage(["jsonrpc": "2.0", "method": "notifications/cancelled"]) != nil)
        #expect(FreeMessage(["jsonrpc": "2.0", "id": 1, "result": [:]]) != nil)
    }
}

// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct OutgoingHeaderTests {
    private func lines(
        _ version: UTF8String?, method: UTF8String? = "tools/call", name: UTF8String? = "read",
        _ parameters: [(UTF8String, UTF8String)] = [], session: UTF8String? = nil
    ) -> [String] {
        OutgoingHeaders.lines(
            version: version, method: method, name: name, parameters: parameters.map { (name: $0.0, value: $0.1) },
            session: session
        )
        .map { "\($0.name): \($0.value)" }
    }

    private let always = ["Content-Type: application/json", "Accept: application/json, text/event-stream"]

    @Test func `the stateless revision repeats method, name and parameters`() {
        #expect(
            lines("2026-07-28", [("Region", "us-west1"), ("Text", " é")], session: "never")
                == always + [
                    "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: read",
                    "Mcp-Param-Region: us-west1", "Mcp-Param-Text: =?base64?IMOp?=",
                ])
    }

    @Test func `a name cannot end its line`() {
        for line in lines("2026-07-28", name: "a\r\nX-Evil: 1") {
            #expect(!line.contains("\n") && !line.contains("Evil"))
        }
    }

    @Test func `the handshake revisions name version and session`() {
        #expect(
            lines("2025-11-25", [("Region", "x")], session: "s1")
                == always + ["MCP-Protocol-Version: 2025-11-25", "Mcp-Session-Id: s1"])
        #expect(lines(nil, method: "initialize", name: nil) == always)
    }
}

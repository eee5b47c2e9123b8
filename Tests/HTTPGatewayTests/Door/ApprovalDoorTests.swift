// SPDX-License-Identifier: Apache-2.0

import Testing

/// `/v1/approvals` at the door.
struct ApprovalDoorTests {
    @Test func `a door without a desk has no approvals`() async throws {
        try await Door.with { door in
            var request = HTTPText.legacy("initialize", params: "{}", agent: "alice")
            for path in ["/v1/approvals", "/v1/approvals/x"] {
                request.path = path
                let response = try await door.ask(request)
                #expect(response.status == 404)
            }
        }
    }
}

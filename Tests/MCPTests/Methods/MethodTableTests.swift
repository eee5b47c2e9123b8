// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct MethodTableTests {
    @Test func `no method is in the table twice`() {
        let names = MethodTable.all.map(\.method)
        #expect(Set(names).count == names.count)
        #expect(names.count == 36)
    }

    @Test(
        arguments: [
            ("tools/call", "11111"), ("tools/list", "11111"), ("initialize", "11110"), ("ping", "11110"),
            ("logging/setLevel", "11110"), ("resources/subscribe", "11110"), ("resources/unsubscribe", "11110"),
            ("server/discover", "00001"), ("subscriptions/listen", "00001"), ("tasks/get", "00011"),
            ("tasks/cancel", "00011"), ("tasks/result", "00010"), ("tasks/list", "00010"), ("tasks/update", "00001"),
            ("completion/complete", "11111"), ("notifications/initialized", "11110"),
            ("notifications/cancelled", "11111"),
            ("notifications/progress", "11110"), ("notifications/roots/list_changed", "11110"),
            ("sampling/createMessage", "00000"),
            ("tools/Call", "00000"), ("notifications/tasks", "00000"), ("", "00000"),
        ] as [(UTF8String, String)])
    func `a client may say a method in the revisions that have it`(method: UTF8String, expected: String) {
        let having = Revision.allCases.map { MethodTable.rule(method, from: .client, in: $0) == nil ? "0" : "1" }
        #expect(having.joined() == expected)
    }

    @Test(
        arguments: [
            ("sampling/createMessage", "11110"), ("roots/list", "11110"), ("elicitation/create", "00110"),
            ("ping", "11110"),
            ("notifications/tasks/status", "00010"), ("notifications/tasks", "00001"),
            ("notifications/subscriptions/acknowledged", "00001"), ("notifications/elicitation/complete", "00010"),
            ("notifications/resources/updated", "11111"), ("tools/call", "00000"),
            ("notifications/initialized", "00000"),
            ("tasks/get", "00000"),
        ] as [(UTF8String, String)])
    func `a server may say a message in the revisions that have it`(method: UTF8String, expected: String) {
        let having = Revision.allCases.map {
            (MethodTable.rule(method, from: .server, in: $0)?.isMessage(in: $0) ?? false) ? "1" : "0"
        }
        #expect(having.joined() == expected)
    }

    @Test func `what acts, reads or asks needs a permit, as does what nobody knows, and nothing else`() {
        let needing = MethodTable.all.filter(\.needsPermit).map(\.method)
        #expect(
            Set(needing) == [
                "tools/call", "resources/read", "resources/subscribe", "prompts/get", "completion/complete",
                "tasks/get",
                "tasks/result", "tasks/update", "tasks/cancel", "sampling/createMessage", "elicitation/create",
                "roots/list",
            ])
        for rule in MethodTable.all { #expect(MethodPolicy.needsPermit(rule.method) == rule.needsPermit) }
        #expect(MethodPolicy.needsPermit("tools/unknown"), "what nobody knows does not pass by itself")
    }

    @Test func `every list's request and news are in the table as such`() {
        for kind in ListKind.allCases {
            #expect(MethodTable.rule(kind.method, from: .client)?.kind == .list(kind))
            guard let changed = kind.changed else { continue }
            #expect(MethodTable.rule(changed, from: .server)?.kind == .listChanged(kind))
        }
    }

    @Test(
        arguments: [
            ("2024-11-05", Revision.november2024), ("2025-03-26", .march2025), ("2025-06-18", .june2025),
            ("2025-11-25", .november2025), ("2026-07-28", .november2025), ("2099-01-01", .november2025),
            ("", .november2025),
            ("2025-06-18 ", .november2025),
        ] as [(UTF8String, Revision)])
    func `initialize is answered with the revision asked for, else the newest with a handshake`(
        asked: UTF8String, answered: Revision
    ) {
        #expect(Revision(answering: asked) == answered)
        #expect(answered.era == .legacy)
    }

    @Test func `revisions have what their dates say`() {
        #expect(Revision.allCases == Revision.allCases.sorted())
        #expect(Revision.allCases.map(\.tasks) == [.none, .none, .none, .core, .extension2026])
        #expect(Revision.allCases.map(\.hasElicitation) == [false, false, true, true, true])
        #expect(Revision.allCases.map(\.hasURLElicitation) == [false, false, false, true, true])
        #expect(Revision.allCases.map(\.hasElicitationIDs) == [false, false, false, true, false])
        #expect(Revision.allCases.map(\.hasStructuredContent) == [false, false, true, true, true])
        #expect(Era.legacyVersions == ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"])
        #expect(Era.modernVersions == ["2026-07-28"])
    }

    @Test func `a request is of the stateless era where it names a version or only that era has its method`() throws {
        let named = try object(#"{"_meta":{"io.modelcontextprotocol/protocolVersion":7}}"#)
        #expect(Era(ofRequest: "tools/call", named) == .modern)
        #expect(Era(ofRequest: "tools/call", JSONObject()) == .legacy)
        #expect(Era(ofRequest: "tools/call", nil) == .legacy)
        #expect(Era(ofRequest: "server/discover", nil) == .modern)
        #expect(Era(ofRequest: "subscriptions/listen", nil) == .modern)
        #expect(Era(ofRequest: "tasks/get", nil) == .legacy)
        #expect(Era(ofRequest: "made/up", nil) == .legacy)
    }

    @Test(
        arguments: [("debug", true, true), ("info", false, true), ("Info", false, false), ("emergency", false, true)]
            as [(UTF8String, Bool, Bool)])
    func `a log message passes where it is as grave as was asked`(
        level: UTF8String, isDebug: Bool, isKnown: Bool
    ) throws {
        #expect((LogLevel(level) != nil) == isKnown)
        let message = JSONObject([JSONMember(key: "level", value: .string(level))]) ?? JSONObject()
        #expect(LogLevel.debug.wants(message) == isKnown)
        #expect(LogLevel.info.wants(message) == (isKnown && !isDebug))
        guard !isKnown else {
            #expect(try LogLevel(setLevel: message).name == level)
            return
        }
        #expect(throws: RequestRefusal.self) { _ = try LogLevel(setLevel: message) }
    }
}

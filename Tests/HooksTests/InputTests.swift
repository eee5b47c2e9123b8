// SPDX-License-Identifier: Apache-2.0

import Hooks
import StrictJSON
import Testing

/// What is no event, for every harness.
struct InputTests {
    private static let hostile: [(name: String, bytes: [UInt8])] = [
        ("nothing", []), ("a blank", [0x20]), ("a line's end", [0x0a]), ("a text", Array("ls".utf8)),
        ("a number", Array("5".utf8)), ("null", Array("null".utf8)), ("an array", Array("[]".utf8)),
        ("an empty object", Array("{}".utf8)), ("two documents", Array("{}{}".utf8)),
        ("a byte order mark", [0xef, 0xbb, 0xbf] + Array("{}".utf8)),
        ("UTF-16", [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]), ("half a character", Array("{\"cwd\":\"".utf8) + [0xc3]),
        ("bytes that are no text", Array("{\"cwd\":\"".utf8) + [0xff, 0xc0, 0x80] + Array("\"}".utf8)),
        ("a lone surrogate", Array(#"{"cwd":"\ud800"}"#.utf8)),
        ("a deep nest", Array((String(repeating: "[", count: 10_000)).utf8)),
        ("a deep object", Array((String(repeating: #"{"a":"#, count: 10_000)).utf8)),
        ("ten megabytes", Array(#"{"cwd":""#.utf8) + [UInt8](repeating: 0x61, count: 10 << 20) + Array(#""}"#.utf8)),
        ("a great many values", Array("[".utf8) + Array(repeatElement(Array("0,".utf8), count: 600_000).joined())),
    ]

    @Test(arguments: Harness.allCases) func `what is no event is refused with status 2 and a sentence`(
        _ harness: Harness
    ) throws {
        for (name, bytes) in Self.hostile {
            let error = #expect(throws: HookInputError.self, "\(name)") { try harness.event(parsing: bytes) }
            let answer = harness.answer(.failure(UTF8String("Writ: \(error?.description ?? "")")), to: nil)
            #expect(answer.status == 2 && answer.output.isEmpty && answer.errors.count > 20)
            #expect(answer.errors.filter { $0 == 0x0a }.count == 1 && answer.errors.last == 0x0a)
        }
    }

    private static func claude(_ change: (inout JSONObject) -> Void) -> [UInt8] {
        var event = JSONObject()
        event["session_id"] = "s1"
        event["cwd"] = "/p"
        event["hook_event_name"] = "PreToolUse"
        event["tool_name"] = "Bash"
        event["tool_input"] = ["command": "ls"]
        event["tool_use_id"] = "t1"
        change(&event)
        return JSON.object(event).serialized()
    }

    private static let wrong: [(name: String, bytes: [UInt8])] = [
        ("a relative folder", claude { $0["cwd"] = "p" }), ("no folder", claude { $0["cwd"] = "" }),
        ("a folder with a NUL", claude { $0["cwd"] = "/a\u{0}b" }),
        ("a number for a session", claude { $0["session_id"] = 5 }),
        ("an empty session", claude { $0["session_id"] = "" }),
        ("a session that is a novel", claude { $0["session_id"] = .text(String(repeating: "x", count: 2_000)) }),
        ("a tool without a name", claude { $0["tool_name"] = "" }),
        ("a server's tool without a server", claude { $0["tool_name"] = "mcp____x" }),
        ("a server's tool without a tool", claude { $0["tool_name"] = "mcp__x__" }),
        ("a server's tool with neither", claude { $0["tool_name"] = "mcp__x" }),
        ("text for parameters", claude { $0["tool_input"] = "{}" }),
        ("an array for parameters", claude { $0["tool_input"] = [] }),
        ("null for parameters", claude { $0["tool_input"] = nil }),
        ("an event nobody has asked for", claude { $0["hook_event_name"] = "SessionStart" }),
        ("an event in other letters", claude { $0["hook_event_name"] = "pretooluse" }),
        ("no id", claude { $0["tool_use_id"] = .null }),
        (
            "parameters of five megabytes",
            claude { $0["tool_input"] = ["a": .text(String(repeating: "x", count: 5 << 20))] }
        ),
    ]

    @Test(arguments: wrong) func `an event that is not as documented is refused`(
        _ name: String, _ bytes: [UInt8]
    ) throws {
        #expect(throws: Never.self) { try Harness.claudeCode.event(parsing: Self.claude { _ in }) }
        #expect(throws: HookInputError.self, "\(name)") { try Harness.claudeCode.event(parsing: bytes) }
    }

    @Test func `what is wrong is said without quoting it`() throws {
        let error = #expect(throws: HookInputError.self) {
            try Harness.claudeCode.event(parsing: Self.claude { $0["cwd"] = "planted-secret" })
        }
        #expect(error?.description == "the event is not as Claude Code documents it: its `cwd` is no absolute path")
    }

    @Test(arguments: Harness.allCases) func `a reason is one line, harmless on a terminal, bounded, and never empty`(
        _ harness: Harness
    ) throws {
        let golden = try #require(Golden.all.first { $0.harness == harness && $0.reads["kind"] == "before" })
        let event = try harness.event(parsing: golden.input)
        let long = harness.answer(.deny(UTF8String(String(repeating: "ü\u{202e}\r\n", count: 5_000))), to: event)
        #expect(long.output.count < 2 * HookLimits.reasonBytes + 300)
        #expect(try JSON(parsing: long.output).object?.isEmpty == false)
        #expect(!String(decoding: long.output, as: UTF8.self).contains("\u{202e}"))
        let empty = harness.answer(.deny("\n"), to: event)
        #expect(String(decoding: empty.output, as: UTF8.self).contains("Writ refuses this call"))
    }

    private static func cursor(_ event: UTF8String, _ more: [UTF8String: JSON]) -> [UInt8] {
        var object = JSONObject()
        object["conversation_id"] = "c"
        object["workspace_roots"] = ["/p"]
        object["hook_event_name"] = .string(event)
        object["tool_name"] = "Shell"
        object["tool_input"] = ["command": "ls"]
        object["tool_use_id"] = "t1"
        for (key, value) in more { object[key] = value }
        return JSON.object(object).serialized()
    }

    @Test(arguments: [["command": "ls"], ["url": "https://a.example/"], ["command": "x", "url": "y"]])
    func `a generic event of Cursor's is its own tool's, whatever members a version adds`(
        _ more: [UTF8String: JSON]
    ) throws {
        let event = try Harness.cursor.event(parsing: Self.cursor("preToolUse", more))
        guard case .before(let call) = event else { throw HookSurprise() }
        #expect(call.tool == .own("Shell") && call.parameters["command"] == "ls")
        guard case .after = try Harness.cursor.event(parsing: Self.cursor("postToolUse", more)) else {
            throw HookSurprise()
        }
        // Only what is marked as a server's is left to the server's own event.
        let marked = try Harness.cursor.event(
            parsing: Self.cursor("preToolUse", more.merging(["tool_name": "MCP:x"]) { $1 }))
        guard case .elsewhere = marked else { throw HookSurprise() }
    }

    private static func copilot(_ more: [UTF8String: JSON]) -> [UInt8] {
        var object = JSONObject()
        object["sessionId"] = "s"
        object["cwd"] = "/p"
        object["toolName"] = "bash"
        object["toolArgs"] = ["command": "ls"]
        for (key, value) in more { object[key] = value }
        return JSON.object(object).serialized()
    }

    @Test func `a call of Copilot's that waits is not taken for one that has run`() throws {
        for more: [UTF8String: JSON] in [[:], ["toolResult": .null], ["error": .null, "toolResult": .null]] {
            guard case .before = try Harness.copilot.event(parsing: Self.copilot(more)) else { throw HookSurprise() }
        }
        for more: [UTF8String: JSON] in [
            ["toolResult": false], ["toolResult": "x"], ["toolResult": []], ["error": false], ["error": 1],
            ["toolResult": [:], "error": "x"],
        ] {
            #expect(throws: HookInputError.self) { try Harness.copilot.event(parsing: Self.copilot(more)) }
        }
    }

    @Test(arguments: [("success", false), ("failure", true), ("denied", true)])
    func `what Copilot tells of a call that was refused is no sign that it has run`(
        _ kind: String, _ isNone: Bool
    ) throws {
        let native = Self.copilot(["toolResult": ["resultType": .text(kind)]])
        let compatible = Self.claude {
            $0["hook_event_name"] = "PostToolUse"
            $0["tool_result"] = ["result_type": .text(kind)]
        }
        for bytes in [native, compatible] {
            guard case .after(let result) = try Harness.copilot.event(parsing: bytes) else { throw HookSurprise() }
            if case .result = result.ending { #expect(!isNone) } else { #expect(isNone) }
        }
    }
}

/// Another event than the test is about.
struct HookSurprise: Error {}

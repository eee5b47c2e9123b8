// SPDX-License-Identifier: Apache-2.0

import Hooks
import StrictJSON
import Testing

/// What a call has brought about is no way to hide the call.
struct ResultTests {
    /// Events after a tool, as harnesses write them.
    private static let after = Golden.all.filter { $0.reads["kind"] == "after" }
    private static let results: Set<UTF8String> = [
        "tool_response", "toolResult", "tool_result", "tool_output", "output", "result_json", "result", "error",
        "error_message",
    ]

    /// The same with other text in the place of its result.
    private static func text(_ golden: Golden, _ result: String, other: [UTF8String: String] = [:]) -> [UInt8] {
        let members = (golden.document["input"]?.object?.members ?? []).map { member in
            let value = String(decoding: member.value.serialized(), as: UTF8.self)
            let isResult = results.contains(member.key) && !member.value.isNull
            let text = other[member.key] ?? (isResult ? result : value)
            return "\"\(member.key)\": \(text)"
        }
        return Array(("{" + members.joined(separator: ", ") + "}").utf8)
    }

    private static let unreadable: [(name: String, result: String)] = [
        ("half a pair", #"{"x": "a\ud83d"}"#), ("the other half", #"{"x": "\\\udc00 b"}"#),
        ("halves the wrong way round", #"{"x": "\udc00\ud83d"}"#),
        ("a pair and a half", #"{"x": "\ud83d\ude00\ud83d"}"#),
        ("a deep nest", #"{"x": "# + String(repeating: "[", count: 500) + String(repeating: "]", count: 500) + "}"),
        ("one key twice", #"{"x": 1, "x": 2}"#),
        ("a number beyond any", #"{"x": "# + String(repeating: "9", count: 2_000) + "}"),
        ("an escape that is none", #"{"x": "\q"}"#),
        ("brackets and quotes in text", #"{"x": "}\"]}, \"tool_input\": {\ud83d"}"#),
        ("nine megabytes", #"{"x": ""# + String(repeating: "x", count: 9 << 20) + #""}"#),
    ]

    @Test(arguments: after) func `a result that cannot be read does not hide the call that brought it about`(
        golden: Golden
    ) throws {
        for (name, result) in Self.unreadable {
            let event = try golden.harness.event(parsing: Self.text(golden, result))
            guard case .after(let found) = event else {
                Issue.record("\(name): \(event)")
                continue
            }
            #expect(JSON.object(found.call.parameters) == golden.reads["parameters"], "\(name)")
            #expect(found.call.session == golden.reads["session"]?.string, "\(name)")
            #expect(found.call.callID == golden.reads["call"]?.string, "\(name)")
        }
    }

    @Test func `of a result that is no text the rest is kept`() throws {
        let golden = try #require(Self.after.first { $0.harness == .codex })
        let event = try golden.harness.event(parsing: Self.text(golden, #"{"x": "a\ud83d b \ud83d\ude00", "y": 1}"#))
        guard case .after(let found) = event else { throw HookSurprise() }
        #expect(found.ending == .result(["x": "a\u{fffd} b \u{1f600}", "y": 1]))
    }

    @Test(arguments: after) func `a call that cannot be read, but has run, is told as that`(golden: Golden) throws {
        let names: [UTF8String] = [
            "tool_input", "toolArgs", "params", "tool_name", "toolName", "tool", "tool_use_id", "cwd",
        ]
        for name in names where golden.document["input"]?[name] != nil {
            for text in [#""\ud83d""#, "[1 2]", "{\"a\": 1, \"a\": 2}"] {
                let bytes = Self.text(golden, "{}", other: [name: text])
                guard case .unreadable(let found) = try golden.harness.event(parsing: bytes) else {
                    Issue.record("\(name) \(text)")
                    continue
                }
                #expect(found.call.session == golden.reads["session"]?.string)
            }
        }
        // Whose it is must be readable.
        for name: UTF8String in ["session_id", "sessionId", "session", "conversation_id"]
        where golden.document["input"]?[name] != nil {
            let bytes = Self.text(golden, "{}", other: [name: #""\ud83d""#])
            #expect(throws: HookInputError.self) { try golden.harness.event(parsing: bytes) }
        }
    }

    @Test(arguments: Golden.all.filter { $0.reads["kind"] == "before" })
    func `before the tool nothing is tolerated`(golden: Golden) throws {
        for key in golden.document["input"]?.object?.keys ?? [] {
            for text in [#""\ud83d""#, #"{"a": 1, "a": 2}"#, "[["] {
                let bytes = Self.text(golden, "{}", other: [key: text])
                #expect(throws: HookInputError.self, "\(key)") { try golden.harness.event(parsing: bytes) }
            }
        }
        let more = Array(#"{"tool_response": "\ud83d", "error_message": "\ud83d", "#.utf8) + golden.input.dropFirst()
        #expect(throws: HookInputError.self) { try golden.harness.event(parsing: more) }
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Claude Code: code.claude.com/docs/en/hooks. `PreToolUse`, `PostToolUse`, `PostToolUseFailure`.
///
/// A deny is `permissionDecision` with status 0; "no opinion" is `{}`. `allow` would skip the user's own prompt.
struct ClaudeCodeAdapter: HarnessAdapter {
    func event(_ document: JSONObject) throws(HookInputError) -> HookEvent {
        let members = EventMembers(document)
        let name = try members.text("hook_event_name")
        let call = HookCall(
            harness: .claudeCode, event: name, session: try members.text("session_id"),
            // Other programs read Claude Code's settings too, and take other answers; they give no such id.
            callID: try members.text("tool_use_id"), workingDirectory: try members.folder("cwd"),
            tool: try HookTool.named(members.text("tool_name")), parameters: try members.parameters("tool_input"),
            permissionMode: try members.optionalText("permission_mode"))
        switch name {
        case "PreToolUse": return .before(call)
        case "PostToolUse":
            return .after(
                HookResult(
                    call: call, ending: .result(document["tool_response"] ?? .null),
                    milliseconds: members.milliseconds("duration_ms")))
        case "PostToolUseFailure":
            let isInterrupt = document["is_interrupt"]?.bool ?? false
            return .after(
                HookResult(
                    call: call, ending: isInterrupt ? .interrupted : .error(document["error"] ?? .null),
                    milliseconds: members.milliseconds("duration_ms")))
        default: throw HookInputError("its event is none that Writ answers")
        }
    }

    func answer(_ verdict: HookVerdict, to event: HookEvent?) -> HookAnswer {
        switch verdict {
        case .noOpinion: .document([:])
        case .deny(let reason): .document(NestedDecision.json("deny", reason))
        case .approve(let reason): .document(NestedDecision.json("allow", reason))
        case .alarm(let reason): .document(["decision": "block", "reason": .string(HookReason.line(reason))])
        case .failure(let reason): .refusal(reason)
        }
    }
}

/// A decision about a call in `hookSpecificOutput`, as Claude Code made it and Codex reads it.
enum NestedDecision {
    static func json(_ decision: JSON, _ reason: UTF8String) -> JSON {
        [
            "hookSpecificOutput": [
                "hookEventName": "PreToolUse", "permissionDecision": decision,
                "permissionDecisionReason": .string(HookReason.line(reason)),
            ]
        ]
    }
}

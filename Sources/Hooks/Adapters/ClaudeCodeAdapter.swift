// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Claude Code: code.claude.com/docs/en/hooks. `PreToolUse`, `PostToolUse`, `PostToolUseFailure`.
///
/// A deny is `permissionDecision` with status 0; "no opinion" is `{}`. `allow` would skip the user's own prompt.
struct ClaudeCodeAdapter: HarnessAdapter {
    func event(_ document: JSONObject) throws(HookInputError) -> HookEvent {
        let members = EventMembers(document)
        // Other programs read Claude Code's settings too, and take other answers; they give no id of a call.
        let call = try ClaudeCodeWords.call(members, .claudeCode)
        switch call.event {
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
        case .approve(let reason): .document(ClaudeCodeWords.decision("allow", reason))
        default: ClaudeCodeWords.answer(verdict)
        }
    }
}

/// What Codex has taken over of Claude Code's words as they are.
enum ClaudeCodeWords {
    /// The call of an event, before or after the tool.
    static func call(_ members: EventMembers, _ harness: Harness) throws(HookInputError) -> HookCall {
        HookCall(
            harness: harness, event: try members.text("hook_event_name"), session: try members.text("session_id"),
            callID: try members.text("tool_use_id"), workingDirectory: try members.folder("cwd"),
            tool: try HookTool.named(members.text("tool_name")), parameters: try members.parameters("tool_input"),
            permissionMode: try members.optionalText("permission_mode"))
    }

    /// An answer; an approval says nothing.
    static func answer(_ verdict: HookVerdict) -> HookAnswer {
        switch verdict {
        case .noOpinion, .approve: .document([:])
        case .deny(let reason): .document(decision("deny", reason))
        case .alarm(let reason): .document(["decision": "block", "reason": .string(HookReason.line(reason))])
        case .failure(let reason): .refusal(reason)
        }
    }

    static func decision(_ decision: JSON, _ reason: UTF8String) -> JSON {
        [
            "hookSpecificOutput": [
                "hookEventName": "PreToolUse", "permissionDecision": decision,
                "permissionDecisionReason": .string(HookReason.line(reason)),
            ]
        ]
    }
}

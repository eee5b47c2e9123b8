// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Codex CLI: `PreToolUse` and `PostToolUse`, in Claude Code's words but closed: one member that it does not know, an
/// `allow` by itself or an empty reason is a failed hook to it, and the call goes on.
struct CodexAdapter: HarnessAdapter {
    func event(_ document: JSONObject) throws(HookInputError) -> HookEvent {
        let members = EventMembers(document)
        let name = try members.text("hook_event_name")
        let call = HookCall(
            harness: .codex, event: name, session: try members.text("session_id"),
            callID: try members.text("tool_use_id"), workingDirectory: try members.folder("cwd"),
            tool: try HookTool.named(members.text("tool_name")), parameters: try members.parameters("tool_input"),
            permissionMode: try members.optionalText("permission_mode"))
        switch name {
        case "PreToolUse": return .before(call)
        case "PostToolUse":
            return .after(HookResult(call: call, ending: .result(document["tool_response"] ?? .null)))
        default: throw HookInputError("its event is none that Writ answers")
        }
    }

    func answer(_ verdict: HookVerdict, to event: HookEvent?) -> HookAnswer {
        switch verdict {
        // An `allow` without changed parameters is a failure to Codex: it cannot be told to ask nobody.
        case .noOpinion, .approve: .document([:])
        case .deny(let reason): .document(NestedDecision.json("deny", reason))
        case .alarm(let reason): .document(["decision": "block", "reason": .string(HookReason.line(reason))])
        case .failure(let reason): .refusal(reason)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Codex CLI: `PreToolUse` and `PostToolUse`, in Claude Code's words but closed: one member that it does not know, an
/// `allow` by itself or an empty reason is a failed hook to it, and the call goes on.
struct CodexAdapter: HarnessAdapter {
    func event(_ document: JSONObject) throws(HookInputError) -> HookEvent {
        let call = try ClaudeCodeWords.call(EventMembers(document), .codex)
        switch call.event {
        case "PreToolUse": return .before(call)
        case "PostToolUse":
            return .after(HookResult(call: call, ending: .result(document["tool_response"] ?? .null)))
        default: throw HookInputError("its event is none that Writ answers")
        }
    }

    /// An `allow` without changed parameters is a failure to Codex: it cannot be told to ask nobody.
    func answer(_ verdict: HookVerdict, to event: HookEvent?) -> HookAnswer { ClaudeCodeWords.answer(verdict) }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// GitHub Copilot: docs.github.com, hooks reference. `preToolUse`, `postToolUse` and `postToolUseFailure` in the native
/// form, which has no event's name: the members say which it is. The form with `hook_event_name`, for hooks that are
/// configured by names like `PreToolUse`, is read too. There is no name for a call.
struct CopilotAdapter: HarnessAdapter {
    func event(_ document: JSONObject) throws(HookInputError) -> HookEvent {
        document["hook_event_name"] == nil ? try native(document) : try compatible(document)
    }

    private func native(_ document: JSONObject) throws(HookInputError) -> HookEvent {
        let members = EventMembers(document)
        var call = HookCall(
            harness: .copilot, event: "preToolUse", session: try members.text("sessionId"),
            workingDirectory: try members.folder("cwd"), tool: try HookTool.named(members.text("toolName")),
            parameters: try members.parameters("toolArgs", orText: true))
        // A result that says nothing is none: a call that waits must not be taken for one that has run.
        let result = members.value("toolResult")
        let error = members.value("error")
        guard result == nil || error == nil else { throw HookInputError("it has a result and an error") }
        if let result {
            guard result.object != nil else { throw HookInputError("its `toolResult` is no object") }
            call.event = "postToolUse"
            return .after(HookResult(call: call, ending: ending(result, result["resultType"])))
        }
        if let error {
            guard error.string != nil || error.object != nil else {
                throw HookInputError("its `error` is neither a text nor an object")
            }
            call.event = "postToolUseFailure"
            return .after(HookResult(call: call, ending: .error(error)))
        }
        return .before(call)
    }

    private func compatible(_ document: JSONObject) throws(HookInputError) -> HookEvent {
        let members = EventMembers(document)
        let name = try members.text("hook_event_name")
        let call = HookCall(
            harness: .copilot, event: name, session: try members.text("session_id"),
            workingDirectory: try members.folder("cwd"), tool: try HookTool.named(members.text("tool_name")),
            parameters: try members.parameters("tool_input", orText: true))
        switch name {
        case "PreToolUse": return .before(call)
        case "PostToolUse":
            let result = document["tool_result"] ?? .null
            return .after(HookResult(call: call, ending: ending(result, result["result_type"])))
        case "PostToolUseFailure": return .after(HookResult(call: call, ending: .error(document["error"] ?? .null)))
        default: throw HookInputError("its event is none that Writ answers")
        }
    }

    /// A result is also told of a call that somebody has refused, and that has not run.
    private func ending(_ result: JSON, _ kind: JSON?) -> HookResult.Ending {
        switch kind {
        case "denied": .denied
        case "failure": .error(result)
        default: .result(result)
        }
    }

    func answer(_ verdict: HookVerdict, to event: HookEvent?) -> HookAnswer {
        switch verdict {
        case .noOpinion: .document([:])
        case .approve(let reason): decision("allow", reason)
        case .deny(let reason): decision("deny", reason)
        case .alarm(let reason): .document(["additionalContext": .string(HookReason.line(reason))])
        case .failure(let reason): .refusal(reason)
        }
    }

    private func decision(_ word: JSON, _ reason: UTF8String) -> HookAnswer {
        .document(["permissionDecision": word, "permissionDecisionReason": .string(HookReason.line(reason))])
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Gemini CLI: docs/hooks/reference.md. `BeforeTool` and `AfterTool`; it has no name for a call.
struct GeminiAdapter: HarnessAdapter {
    func event(_ document: JSONObject) throws(HookInputError) -> HookEvent {
        let members = EventMembers(document)
        let name = try members.text("hook_event_name")
        let call = HookCall(
            harness: .gemini, event: name, session: try members.text("session_id"),
            workingDirectory: try members.folder("cwd"), tool: try tool(members),
            parameters: try members.parameters("tool_input"))
        switch name {
        case "BeforeTool": return .before(call)
        case "AfterTool":
            let response = document["tool_response"] ?? .null
            let error = response["error"]
            let hasFailed = error.map { !$0.isNull } ?? false
            return .after(HookResult(call: call, ending: hasFailed ? .error(response) : .result(response)))
        default: throw HookInputError("its event is none that Writ answers")
        }
    }

    /// What the harness says of the server goes before what can be read from the name.
    private func tool(_ members: EventMembers) throws(HookInputError) -> HookTool {
        let name = try members.text("tool_name")
        guard let context = members.object["mcp_context"]?.object else { return try HookTool.named(name) }
        let served = EventMembers(context)
        return .served(server: try served.text("server_name"), tool: try served.text("tool_name"))
    }

    func answer(_ verdict: HookVerdict, to event: HookEvent?) -> HookAnswer {
        switch verdict {
        case .noOpinion: .document([:])
        case .approve: .document(["decision": "allow"])
        // After the tool the reason takes the result's place.
        case .deny(let reason), .alarm(let reason):
            .document(["decision": "deny", "reason": .string(HookReason.line(reason))])
        case .failure(let reason): .refusal(reason)
        }
    }
}

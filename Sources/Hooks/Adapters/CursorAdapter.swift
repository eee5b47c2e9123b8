// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Cursor: cursor.com/docs/agent/hooks. The generic events `preToolUse`, `postToolUse` and `postToolUseFailure`, and the
/// specific ones that older versions have alone: before and after a shell command and an MCP tool, before reading a file.
///
/// The specific events have no id. What they tell becomes the tools `Shell` and `Read`, so that policies say each thing
/// once, and a call that `preToolUse` has told of a moment ago is known again.
struct CursorAdapter: HarnessAdapter {
    func event(_ document: JSONObject) throws(HookInputError) -> HookEvent {
        let members = EventMembers(document)
        let name = try members.text("hook_event_name")
        var call = HookCall(
            harness: .cursor, event: name, session: try members.text("conversation_id"),
            workingDirectory: try folder(members), tool: .own("Shell"), parameters: JSONObject())
        switch name {
        case "preToolUse", "postToolUse", "postToolUseFailure":
            call.callID = try members.text("tool_use_id")
            call.tool = try tool(members)
            call.parameters = try members.parameters("tool_input", orText: true)
            // Which server it is of, only the events of MCP tools say.
            if case .reached = call.tool { return .elsewhere(call) }
            return name == "preToolUse" ? .before(call) : .after(generic(call, document))
        case "beforeShellExecution", "afterShellExecution":
            guard let command = document["command"]?.string else { throw HookInputError("its `command` is missing") }
            call.parameters["command"] = .string(command)
            call.isEcho = true
            return name.hasPrefix("before")
                ? .before(call)
                : .after(
                    HookResult(
                        call: call, ending: .result(document["output"] ?? .null),
                        milliseconds: members.milliseconds("duration")))
        case "beforeMCPExecution", "afterMCPExecution":
            call.tool = try tool(members)
            call.parameters = try members.parameters("tool_input", orText: true)
            call.isEcho = true
            return name.hasPrefix("before")
                ? .before(call)
                : .after(
                    HookResult(
                        call: call, ending: .result(document["result_json"] ?? .null),
                        milliseconds: members.milliseconds("duration")))
        case "beforeReadFile":
            guard let path = document["file_path"]?.string else { throw HookInputError("its `file_path` is missing") }
            call.tool = .own("Read")
            call.parameters["file_path"] = .string(path)
            call.isEcho = true
            return .before(call)
        default: throw HookInputError("its event is none that Writ answers")
        }
    }

    private func generic(_ call: HookCall, _ document: JSONObject) -> HookResult {
        let members = EventMembers(document)
        let milliseconds = members.milliseconds("duration")
        guard call.event == "postToolUse" else {
            let isInterrupt = document["is_interrupt"]?.bool ?? false
            return HookResult(
                call: call, ending: isInterrupt ? .interrupted : .error(document["error_message"] ?? .null),
                milliseconds: milliseconds)
        }
        return HookResult(call: call, ending: .result(document["tool_output"] ?? .null), milliseconds: milliseconds)
    }

    /// `MCP:<tool>` is a server's, and so is every tool of the events of MCP tools, which have the server's place. Of
    /// another event such a member says nothing: the generic ones leave a server's tool to its own event, and what a
    /// version may add to them must not leave a shell command to nobody.
    private func tool(_ members: EventMembers) throws(HookInputError) -> HookTool {
        let name = try members.text("tool_name")
        let mark: UTF8String = "MCP:"
        let isMarked = name.hasPrefix(mark) && name.byteCount > mark.byteCount
        let event = try members.text("hook_event_name")
        guard isMarked || event.hasSuffix("MCPExecution") else { return try HookTool.named(name) }
        let bare = isMarked ? UTF8String(String(name.string.dropFirst(mark.string.count))) : name
        if let url = members.object["url"]?.string { return .reached(.url(url), tool: bare) }
        if let command = members.object["command"]?.string { return .reached(.command(command), tool: bare) }
        return .reached(.unknown, tool: bare)
    }

    /// `cwd`, else the first root of the workspace.
    private func folder(_ members: EventMembers) throws(HookInputError) -> UTF8String {
        if let cwd = members.object["cwd"]?.string, !cwd.isEmpty { return try EventMembers.absolute(cwd, "cwd") }
        guard let root = members.object["workspace_roots"]?.array?.first?.string else {
            throw HookInputError("it has neither `cwd` nor a root in `workspace_roots`")
        }
        return try EventMembers.absolute(root, "workspace_roots")
    }

    func answer(_ verdict: HookVerdict, to event: HookEvent?) -> HookAnswer {
        switch verdict {
        case .noOpinion: return .document([:])
        case .approve: return .document(["permission": "allow"])
        case .deny(let reason):
            let text = JSON.string(HookReason.line(reason))
            return .document(["permission": "deny", "user_message": text, "agent_message": text])
        case .alarm(let reason):
            // Only the generic event has a way to the agent.
            guard event?.call.event == "postToolUse" else { return .document([:]) }
            return .document(["additional_context": .string(HookReason.line(reason))])
        case .failure(let reason): return .refusal(reason)
        }
    }
}

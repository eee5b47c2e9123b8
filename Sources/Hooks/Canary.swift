// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A call that every policy refuses, to see whether a hook that is configured refuses it.
public enum Canary {
    /// The tool that it asks for. Nobody has said what that would be, and what nobody has said anything of is refused.
    public static let tool: UTF8String = "writ_canary"

    /// What a harness would write to its hook.
    ///
    /// - Parameter session: begins with `canary-`, so that the log shows what it was.
    public static func event(_ harness: Harness, session: UTF8String, folder: UTF8String) -> JSON {
        let session = JSON.string(session)
        let folder = JSON.string(folder)
        let tool = JSON.string(tool)
        switch harness {
        case .claudeCode, .codex:
            return [
                "session_id": session, "cwd": folder, "hook_event_name": "PreToolUse", "tool_name": tool,
                "tool_input": [:], "tool_use_id": "canary",
            ]
        case .cursor:
            return [
                "conversation_id": session, "generation_id": "canary", "cwd": folder, "workspace_roots": [folder],
                "hook_event_name": "preToolUse", "tool_name": tool, "tool_input": [:], "tool_use_id": "canary",
            ]
        case .gemini:
            return [
                "session_id": session, "cwd": folder, "hook_event_name": "BeforeTool", "tool_name": tool,
                "tool_input": [:],
            ]
        case .copilot: return ["sessionId": session, "cwd": folder, "toolName": tool, "toolArgs": [:]]
        case .openclaw:
            return [
                "event": "before_tool_call", "session": session, "call": "canary", "cwd": folder, "tool": tool,
                "params": [:],
            ]
        }
    }

    /// How the session's receipts name it.
    public static func session(_ harness: Harness, _ session: UTF8String) -> UTF8String {
        EchoedName.of(session, in: harness)
    }

    /// Whether a hook's output is a decided refusal in the harness's form.
    public static func isRefusal(_ output: [UInt8], _ harness: Harness) -> Bool {
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: output) } catch { return false }
        switch harness {
        case .claudeCode, .codex: return json["hookSpecificOutput"]?["permissionDecision"] == "deny"
        case .cursor: return json["permission"] == "deny"
        case .gemini: return json["decision"] == "deny"
        case .copilot: return json["permissionDecision"] == "deny"
        case .openclaw: return json["block"] == true
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Events after a tool that are not wholly readable: the call has run all the same.
extension Harness {
    /// An event after a tool in which not everything can be read; `nil` for every other, which is refused.
    func eventAfter(_ bytes: [UInt8]) -> HookEvent? {
        let found = EventPieces(bytes)
        if let object = EventResults.readable(found) {
            do throws(HookInputError) {
                switch try event(of: object) {
                case .after(let result): return .after(result)
                // An MCP tool's in Cursor, which has another event of its own; before the tool nothing is tolerated.
                case .elsewhere(let call) where call.event.hasPrefix("post"): return .elsewhere(call)
                default: return nil
                }
            } catch {}
        }
        var object = EventResults.rest(found)
        for key in callMembers where object[key.name] == nil { object[key.name] = key.standIn }
        if let event = unreadable(object) { return event }
        for key in callMembers { object[key.name] = key.standIn }
        return unreadable(object)
    }

    private func unreadable(_ object: JSONObject) -> HookEvent? {
        do throws(HookInputError) {
            guard case .after(let result) = try event(of: object) else { return nil }
            return .unreadable(result)
        } catch { return nil }
    }

    /// What the harness tells of a call besides the session and the event, and what stands for it where it cannot be read.
    private var callMembers: [(name: UTF8String, standIn: JSON)] {
        let tool: JSON = "unreadable"
        switch self {
        case .claudeCode, .codex:
            return [("tool_name", tool), ("tool_input", [:]), ("tool_use_id", "unreadable"), ("cwd", "/")]
        case .cursor:
            return [
                ("tool_name", tool), ("tool_input", [:]), ("tool_use_id", "unreadable"), ("cwd", "/"), ("command", ""),
            ]
        case .gemini: return [("tool_name", tool), ("tool_input", [:]), ("cwd", "/"), ("mcp_context", .null)]
        case .copilot:
            return [("toolName", tool), ("toolArgs", [:]), ("tool_name", tool), ("tool_input", [:]), ("cwd", "/")]
        case .openclaw: return [("tool", tool), ("params", [:]), ("call", .null), ("cwd", "/")]
        }
    }
}

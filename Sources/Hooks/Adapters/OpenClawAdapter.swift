// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// OpenClaw by way of Writ's plugin. Both sides are Writ's, and the plugin blocks on anything but `{"block":false}` with
/// status 0.
///
///     {"event": "before_tool_call", "session": …, "call"?: …, "cwd": …, "tool": …, "params": {…}}
///     {"event": "after_tool_call", …, "result"? : …, "error"?: …, "duration_ms"?: …}
struct OpenClawAdapter: HarnessAdapter {
    func event(_ document: JSONObject) throws(HookInputError) -> HookEvent {
        let members = EventMembers(document)
        let name = try members.text("event")
        let call = HookCall(
            harness: .openclaw, event: name, session: try members.text("session"),
            callID: try members.optionalText("call"), workingDirectory: try members.folder("cwd"),
            tool: try HookTool.named(members.text("tool")), parameters: try members.parameters("params"))
        switch name {
        case "before_tool_call": return .before(call)
        case "after_tool_call":
            return .after(
                HookResult(
                    call: call,
                    ending: members.value("error").map { .error($0) } ?? .result(document["result"] ?? .null),
                    milliseconds: members.milliseconds("duration_ms")))
        default: throw HookInputError("its event is none that Writ answers")
        }
    }

    func answer(_ verdict: HookVerdict, to event: HookEvent?) -> HookAnswer {
        switch verdict {
        // OpenClaw asks nobody where no plugin asks it to, so there is nothing to approve.
        case .noOpinion, .approve: .document(["block": false])
        case .deny(let reason), .alarm(let reason):
            .document(["block": true, "reason": .string(HookReason.line(reason))])
        case .failure(let reason): .refusal(reason)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What a harness itself adds to a call's parameters after it has asked: what its user has answered, or what it keeps in
/// a file. Only of its own tools, only these members, and only where the agent did not give them.
enum FilledIn {
    private static let claudeCode: [UTF8String: Set<UTF8String>] = [
        // The user's answers, and what was noted beside them.
        "AskUserQuestion": ["answers", "annotations"],
        // The plan, from the file that the agent has written it to.
        "ExitPlanMode": ["plan", "planFilePath"],
    ]

    static func members(of call: HookCall) -> Set<UTF8String> {
        guard call.harness == .claudeCode, case .own(let tool) = call.tool else { return [] }
        return claudeCode[tool] ?? []
    }
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A program that runs an agent's tools, and asks hooks before it does.
public enum Harness: String, Sendable, Hashable, CaseIterable {
    /// Claude Code.
    case claudeCode = "claude-code"
    /// OpenAI's Codex CLI.
    case codex
    /// Cursor.
    case cursor
    /// Gemini CLI.
    case gemini
    /// GitHub Copilot's CLI and cloud agent.
    case copilot
    /// OpenClaw, by way of Writ's plugin.
    case openclaw

    /// What policies call the harness's own tools' server: `Action::"claude-code/Bash"`. Also the built-in map's name.
    public var alias: UTF8String { UTF8String(rawValue) }

    /// Whether it can be told to run a call without asking its user. An `allow` without changed parameters is a failure to
    /// Codex; OpenClaw asks nobody where no plugin asks it to.
    var takesApproval: Bool {
        switch self {
        case .claudeCode, .cursor, .gemini, .copilot: true
        case .codex, .openclaw: false
        }
    }

    /// For people.
    public var title: String {
        switch self {
        case .claudeCode: "Claude Code"
        case .codex: "Codex"
        case .cursor: "Cursor"
        case .gemini: "Gemini CLI"
        case .copilot: "GitHub Copilot"
        case .openclaw: "OpenClaw"
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

/// What could still go past a hook that is in place: what harnesses document, and what people have reported of them.
public enum OpenDoors {
    /// Of every harness.
    public static let all = [
        "A hook is asked and obeyed by the harness; nothing makes the harness ask. Receipts say `advisory`.",
        "The agent runs as you: it could edit the harness's settings, Writ's folder or this program, unless policy forbids "
            + "those files, and what a permitted program does is no call of the harness.",
        "Another hook may rewrite a call after Writ has seen it. The event after the tool shows that, the log keeps it, and "
            + "the session is refused from then on; the call itself has run.",
        "A file that is permitted to be written may be run by a later, permitted command.",
        "Without --project the project is where the harness says that the session stands: an agent that moves the session "
            + "into another folder moves what it may write to.",
    ]

    /// Of one harness.
    public static func of(_ harness: Harness) -> [String] {
        switch harness {
        case .claudeCode:
            [
                "A hook that takes longer than its time-out lets the call through; Writ refuses by itself before that.",
                "A program that is missing, not executable or killed by SIGKILL lets the call through (status 126, 127 and 137 do "
                    + "not block).",
                "Files named with @ in a prompt are read without a tool, so without a hook.",
                "`disableAllHooks`, `--settings`, `CLAUDE_CONFIG_DIR` and `--bare` change which hooks there are; sessions keep "
                    + "the hooks that they started with.",
                "A project's settings can set the environment of hooks, the loader's LD_PRELOAD included.",
                "A prompt that the user approves may be minutes old when the call runs.",
            ]
        case .codex:
            [
                "Hooks that are not trusted are skipped without a word, and every change of the file takes the trust away.",
                "A hook that fails or takes longer than its time-out lets the call through; Writ refuses by itself before that.",
                "Patches that Codex applies itself, and code mode's own execution, are reported not to ask hooks.",
                "Hooks are run by your shell, which reads its start-up files first.",
                "`CODEX_HOME` names another folder of settings.",
            ]
        case .cursor:
            [
                "Event names that a version does not know are ignored without a word.",
                "Without `failClosed` every failure and time-out lets the call through; Writ's entries have it.",
                "`beforeReadFile` does not ask for what the editor itself puts into a prompt; tab completion has hooks of its own.",
                "Cloud agents do not have the hooks of your home folder.",
                "Cursor also runs Claude Code's hooks; that one refuses events that are not Claude Code's.",
                "Of an MCP tool Cursor says how its server is reached, not what it is called: Writ knows only servers that are "
                    + "configured in the same words.",
            ]
        case .gemini:
            [
                "Statuses other than 0 and 2 are warnings, and so is a time-out: the call goes on; Writ refuses by itself before.",
                "Hooks can be switched off in the settings and with /hooks; a project's settings go before yours.",
                "Events have no name for a call, so two equal calls at once are told apart by their number alone.",
            ]
        case .copilot:
            [
                "A time-out always lets the call through; Writ refuses by itself before that.",
                "`disableAllHooks` and `COPILOT_HOME` change which hooks there are; only /etc/github-copilot/policy.d is out of the "
                    + "agent's reach.",
                "The cloud agent has the hooks of .github/hooks alone, grants everything else beforehand, and has no Writ unless "
                    + "its image does.",
                "Copilot also runs the hooks of .claude/settings.json; that one refuses events that are not Claude Code's.",
                "Events have no name for a call, so two equal calls at once are told apart by their number alone.",
            ]
        case .openclaw:
            [
                "The plugin runs in the gateway's process, with all other plugins: each of them could change it.",
                "A hook that takes longer than its time-out is skipped; the plugin refuses before that.",
                "Tools that other plugins run by themselves are no tool calls.",
            ]
        }
    }
}

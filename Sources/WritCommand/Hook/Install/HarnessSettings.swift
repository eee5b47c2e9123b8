// SPDX-License-Identifier: Apache-2.0

import HomeFolder
import Hooks
import StrictJSON

/// Where a harness has its hooks, and in what form.
struct HarnessSettings {
    let harness: Harness
    /// The settings' file, absolute.
    let path: String
    /// Whether the settings are of a project, and go where it goes.
    let isOfProject: Bool
    /// The events, before the tool first.
    let events: [UTF8String]
    /// Whether an event's entries are groups with handlers in `hooks`.
    let hasGroups: Bool

    /// - Parameter base: the user's home folder, or the project's.
    init(_ harness: Harness, base: String, isOfProject: Bool) {
        self.harness = harness
        self.isOfProject = isOfProject
        switch harness {
        case .claudeCode:
            path = "\(base)/.claude/settings.json"
            events = ["PreToolUse", "PostToolUse", "PostToolUseFailure"]
            hasGroups = true
        case .codex:
            path = "\(base)/.codex/hooks.json"
            events = ["PreToolUse", "PostToolUse"]
            hasGroups = true
        case .cursor:
            path = "\(base)/.cursor/hooks.json"
            events = [
                "preToolUse", "beforeShellExecution", "beforeMCPExecution", "beforeReadFile", "postToolUse",
                "postToolUseFailure", "afterShellExecution", "afterMCPExecution",
            ]
            hasGroups = false
        case .gemini:
            path = "\(base)/.gemini/settings.json"
            events = ["BeforeTool", "AfterTool"]
            hasGroups = true
        case .copilot:
            path = isOfProject ? "\(base)/.github/hooks/writ.json" : "\(base)/.copilot/hooks/writ.json"
            events = ["preToolUse", "postToolUse", "postToolUseFailure"]
            hasGroups = false
        case .openclaw:
            path = isOfProject ? "\(base)/.openclaw/extensions/writ" : "\(base)/.openclaw/extensions/writ"
            events = []
            hasGroups = false
        }
    }

    /// The settings of a project that more than its hooks' own file can hold hooks in; for looking, not for writing.
    static func others(_ harness: Harness, user: String, project: String?) -> [String] {
        let project = project.map { [$0] } ?? []
        switch harness {
        case .claudeCode:
            return ["/etc/claude-code/managed-settings.json", "\(user)/.claude/settings.json"]
                + project.flatMap { ["\($0)/.claude/settings.json", "\($0)/.claude/settings.local.json"] }
        case .codex:
            return ["/etc/codex/config.toml", "\(user)/.codex/config.toml", "\(user)/.codex/hooks.json"]
                + project.flatMap { ["\($0)/.codex/config.toml", "\($0)/.codex/hooks.json"] }
        case .cursor:
            return ["/etc/cursor/hooks.json", "\(user)/.cursor/hooks.json"] + project.map { "\($0)/.cursor/hooks.json" }
        case .gemini:
            return ["/etc/gemini-cli/settings.json", "\(user)/.gemini/settings.json"]
                + project.map { "\($0)/.gemini/settings.json" }
        case .copilot:
            return ["\(user)/.copilot/settings.json"] + files(in: "\(user)/.copilot/hooks")
                + project.flatMap {
                    [
                        "\($0)/.github/copilot/settings.json", "\($0)/.github/copilot/settings.local.json",
                        "\($0)/.claude/settings.json",
                    ] + files(in: "\($0)/.github/hooks")
                }
        case .openclaw: return []
        }
    }

    private static func files(in folder: String) -> [String] {
        do throws(HomeError) {
            return try FileAccess.names(in: folder, ending: ".json", limit: 1_000).map { "\(folder)/\($0)" }
        } catch { return [] }
    }

    /// How long the harness waits, in its own unit: five times as long as Writ takes at the most.
    static let timeoutSeconds: Int64 = 10

    /// The entry of one event.
    func entry(_ line: HookLine) -> JSON {
        switch harness {
        case .claudeCode:
            // Without a shell: a project's settings can set the environment that a shell reads.
            return [
                "hooks": [
                    [
                        "type": "command", "command": .text(line.program),
                        "args": .array(line.arguments.map { .text($0) }), "timeout": .integer(Self.timeoutSeconds),
                    ]
                ]
            ]
        case .codex:
            return [
                "hooks": [
                    ["type": "command", "command": .text(line.shell), "timeout": .integer(Self.timeoutSeconds)]
                ]
            ]
        case .gemini:
            return [
                "hooks": [
                    [
                        "type": "command", "name": "writ", "command": .text(line.shell),
                        "timeout": .integer(Self.timeoutSeconds * 1000),
                    ]
                ]
            ]
        case .cursor:
            return ["command": .text(line.shell), "timeout": .integer(Self.timeoutSeconds), "failClosed": true]
        case .copilot where isOfProject:
            // The cloud agent knows no other form.
            return ["type": "command", "bash": .text(line.shell), "timeoutSec": .integer(Self.timeoutSeconds)]
        case .copilot:
            return [
                "type": "command", "exec": .text(line.program), "args": .array(line.arguments.map { .text($0) }),
                "timeoutSec": .integer(Self.timeoutSeconds),
            ]
        case .openclaw: return .null
        }
    }

    /// A handler of an event, and where it is.
    struct Handler {
        var event: UTF8String
        /// The entry's place in the event's list.
        var index: Int
        /// The handler's place in the entry's own list, where entries are groups.
        var inner: Int?
        /// Which tools it is for, where the settings say.
        var matcher: UTF8String?
        var json: JSON
    }

    /// All handlers of the events that hooks before and after tools have, ours or not.
    func handlers(_ json: JSON) -> [Handler] { handlers(json, of: events, inGroups: hasGroups) }

    /// The handlers that are asked before a tool, in every form that the harness reads.
    func handlersBefore(_ json: JSON) -> [Handler] {
        let own = handlers(json, of: Array(events.prefix(1)), inGroups: hasGroups)
        // Who answers the harness's own question may answer with other parameters.
        let asked: [UTF8String] = ["PermissionRequest"]
        switch harness {
        case .claudeCode, .codex: return own + handlers(json, of: asked, inGroups: true)
        case .copilot:
            let compatible = ["PreToolUse"] + asked
            return own + handlers(json, of: ["permissionRequest"], inGroups: false)
                + handlers(json, of: compatible, inGroups: true)
                + handlers(json, of: compatible, inGroups: false).filter { $0.json["hooks"] == nil }
        case .cursor, .gemini, .openclaw: return own
        }
    }

    private func handlers(_ json: JSON, of events: [UTF8String], inGroups hasGroups: Bool) -> [Handler] {
        var found: [Handler] = []
        for event in events {
            for (index, entry) in (json["hooks"]?[event]?.array ?? []).enumerated() {
                // What is no text nobody knows the harness's reading of, so it is some tools only.
                let matcher = entry["matcher"].map { $0.string ?? UTF8String(validating: $0.serialized()) ?? "?" }
                guard hasGroups else {
                    found.append(Handler(event: event, index: index, inner: nil, matcher: matcher, json: entry))
                    continue
                }
                for (inner, handler) in (entry["hooks"]?.array ?? []).enumerated() {
                    found.append(Handler(event: event, index: index, inner: inner, matcher: matcher, json: handler))
                }
            }
        }
        return found
    }

    /// The text without Writ's handlers; an entry that held only one goes whole.
    func removed(from text: SettingsText) throws(HomeError) -> SettingsText {
        var text = text
        // From the last on, so that places stay.
        for handler in handlers(text.json).reversed()
        where FoundLine(handler.json, of: harness)?.isWrit(for: harness) == true {
            let list: [UTF8String] = ["hooks", handler.event]
            let entry = text.value(at: list)?.array?[handler.index]
            if let inner = handler.inner, let count = entry?["hooks"]?.array?.count, count > 1 {
                throw HomeError(
                    .malformed,
                    "\(path) has Writ's hook in one entry of \(handler.event) with others (number \(inner + 1)); give it an entry "
                        + "of its own, or take it out by hand")
            }
            try text.remove(handler.index, from: list)
        }
        return text
    }

    /// The text with Writ's handlers and no others of Writ's.
    func installed(_ line: HookLine, in text: SettingsText) throws(HomeError) -> SettingsText {
        let wanted = entry(line)
        let present = handlers(text.json).filter { FoundLine($0.json, of: harness)?.isWrit(for: harness) == true }
        let isThere =
            present.count == events.count
            && events.allSatisfy { event in (text.value(at: ["hooks", event])?.array ?? []).contains(wanted) }
        if isThere { return text }
        var text = try removed(from: text)
        if harness == .cursor || harness == .copilot, text.json["version"] == nil { try text.add("version", 1) }
        for event in events { try text.append(wanted, at: ["hooks", event]) }
        return text
    }
}

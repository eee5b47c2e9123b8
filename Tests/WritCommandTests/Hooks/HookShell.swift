// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// An installation whose policies know harnesses' shells, and events as Claude Code writes them.
struct HookShell {
    let shell: Shell
    /// Stands for the user's home folder, with the harnesses' settings.
    let user: String
    /// A project.
    let project: String

    /// Long enough for any machine: the deadline has tests of its own.
    static let patience = ["--deadline", "60000"]

    init() throws {
        shell = try Shell.initialized()
        user = shell.folder + "/user"
        project = shell.folder + "/project"
        for folder in [user, project, project + "/.git", project + "/sub"] {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        }
        let configuration = shell.home + "/writ.yaml"
        try shell.write(
            configuration,
            try shell.text(configuration) + """

                servers:
                  docs:
                    command: docs-server
                    args: ["--all"]
                    map: {tools: {search: {parameters: {/q: {inert: string}}}}}

                """)
        try shell.write(
            shell.home + "/policies/hooks.cedar",
            """
            @id("shells")
            permit (principal, action in [
              Action::"claude-code/Bash", Action::"codex/Bash", Action::"cursor/Shell",
              Action::"gemini/run_shell_command", Action::"copilot/Bash", Action::"openclaw/exec", Action::"docs/search"
            ], resource);
            @id("reads")
            permit (principal, action in [Action::"claude-code/Read", Action::"cursor/Read"], resource);
            @id("project-files")
            permit (principal, action == Action::"read", resource in Directory::"\(Self.real(project))");
            """)
        let check = try shell.writ("policy", "check")
        try #require(check.status == 0, "\(check)")
    }

    static func real(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// An event of Claude Code's.
    func claude(
        _ tool: String, _ input: JSON, event: String = "PreToolUse", session: String = "session-1",
        id: String = "toolu_1", folder: String? = nil, more: [UTF8String: JSON] = [:]
    ) -> String {
        var object = JSONObject()
        object["session_id"] = .text(session)
        object["cwd"] = .text(folder ?? project)
        object["hook_event_name"] = .text(event)
        object["tool_name"] = .text(tool)
        object["tool_input"] = input
        object["tool_use_id"] = .text(id)
        for (key, value) in more { object[key] = value }
        return String(decoding: JSON.object(object).serialized(), as: UTF8.self)
    }

    /// `writ hook HARNESS`, as settings have it.
    func hook(
        _ harness: String, _ input: String, options: [String] = [], environment: [String: String] = [:]
    ) throws -> Run {
        try shell.run(
            [Shell.program(), "hook", harness, "--home", shell.home, "--passport", shell.passport] + Self.patience
                + options,
            input: input, environment: environment)
    }

    /// Claude Code's answer: `nil` where there is no opinion.
    func decision(_ run: Run) throws -> String? {
        #expect(run.status == 0, "\(run)")
        let output = try run.json()["hookSpecificOutput"]
        if output == nil { #expect(run.output == "{}\n", "\(run)") }
        return output?["permissionDecision"]?.string?.string
    }

    /// The receipts of all sessions, the newest first.
    func receipts() throws -> [JSON] {
        try shell.writ("receipts", "list", "--json", "--limit", "1000").lines.map { try JSON(parsing: UTF8String($0)) }
    }

    /// A receipt with its outcome and evidence.
    func shown(_ receipt: JSON) throws -> JSON {
        try shell.writ("receipts", "show", try #require(receipt["receipt_id"]?.string?.string), "--json").json()
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// What runs JavaScript here.
enum JavaScript {
    /// The machine's node, else the one that playwright has.
    static let node: String? = {
        let peers = ProcessInfo.processInfo.environment["WRIT_PEERS"] ?? ".peers"
        var candidates = ["/usr/bin/node", "/usr/local/bin/node"]
        let library = "\(peers)/playwright/lib"
        do {
            for python in try FileManager.default.contentsOfDirectory(atPath: library) {
                candidates.append("\(library)/\(python)/site-packages/playwright/driver/node")
            }
        } catch {
            // No peers were set up.
        }
        return candidates.first { access($0, X_OK) == 0 }
    }()
}

/// The plugin for OpenClaw, run by a real JavaScript program in the way that OpenClaw runs it.
@Suite(.enabled(if: JavaScript.node != nil, "there is no node here, and none in $WRIT_PEERS"))
struct OpenClawTests {
    /// A harness of OpenClaw's shape: registers the plugin, and asks its hooks about one call.
    private static let driver = """
        const plugin = (await import(process.argv[2])).default;
        const handlers = {};
        plugin.register({ on: (name, handler, options) => { handlers[name] = { handler, options }; } });
        const call = JSON.parse(process.argv[3]);
        const context = { sessionId: "s", workspaceDir: process.argv[4] };
        const answer = await handlers.before_tool_call.handler(call, context);
        if (process.argv[5]) await handlers.after_tool_call.handler({ ...call, ...JSON.parse(process.argv[5]) }, context);
        console.log(JSON.stringify({ answer, timeout: handlers.before_tool_call.options.timeoutMs }));
        """

    private func installed() throws -> HookShell {
        let hooks = try HookShell()
        let run = try hooks.shell.run(
            [Shell.program(), "install", "openclaw", "--home", hooks.shell.home, "--user-home", hooks.user, "--yes"])
        try #require(run.status == 0, "\(run)")
        try hooks.shell.write(hooks.shell.folder + "/driver.mjs", Self.driver)
        return hooks
    }

    private func plugin(_ hooks: HookShell) -> String { hooks.user + "/.openclaw/extensions/writ/index.mjs" }

    private func ask(_ hooks: HookShell, _ call: String, after: String = "") throws -> JSON {
        let node = try #require(JavaScript.node)
        let run = try hooks.shell.run(
            [node, hooks.shell.folder + "/driver.mjs", plugin(hooks), call, hooks.project, after])
        #expect(run.status == 0, "\(run)")
        return try run.json()["answer"] ?? .null
    }

    @Test func `a permitted call passes, a forbidden one is blocked with its reason, and both are logged`() throws {
        let hooks = try installed()
        let allowed = try ask(
            hooks, #"{"toolName":"exec","params":{"command":"pwd"},"toolCallId":"1"}"#,
            after: #"{"result":{"ok":true},"durationMs":12.5}"#)
        #expect(allowed == [:])
        let denied = try ask(hooks, #"{"toolName":"exec","params":{"command":"rm x"},"toolCallId":"2"}"#)
        #expect(denied["block"] == true && denied["blockReason"]?.string?.hasPrefix("Writ: not permitted") == true)
        let receipts = try hooks.receipts()
        #expect(receipts.map { $0["allow"] } == [false, true])
        let outcome = try hooks.shown(receipts[1])["outcome"]
        #expect(outcome?["duration_ms"] == 12 && outcome?["status"] == "result", "\(outcome ?? .null)")
    }

    @Test func `a call that has run though it was refused freezes the session`() throws {
        let hooks = try installed()
        let call = #"{"toolName":"exec","params":{"command":"rm x"},"toolCallId":"1"}"#
        _ = try ask(hooks, call, after: #"{"result":{"ok":true}}"#)
        let next = try ask(hooks, #"{"toolName":"exec","params":{"command":"pwd"},"toolCallId":"2"}"#)
        #expect(next["blockReason"]?.string?.string.contains("session frozen") == true, "\(next)")
    }

    @Test(arguments: [
        "exec sleep 60", "exit 0", "exit 1", "exit 2", "echo '{}'", "echo '{\"block\":false}'; exit 1",
        "echo '{\"block\":\"false\"}'", "echo '{\"block\":null}'", "echo '[false]'", "echo null",
        "echo 'x{\"block\":false}'",
        "kill -9 $$", "yes | head -c 1000000",
    ]) func `whatever else the program does is a block`(_ script: String) throws {
        let hooks = try installed()
        let program = hooks.shell.folder + "/other"
        try hooks.shell.write(program, "#!/bin/sh\ncat >/dev/null &\n\(script)\n")
        chmod(program, 0o755)
        let path = plugin(hooks)
        try hooks.shell.edit(
            path, "const PROGRAM = \"\(HookShell.real(try Shell.program()))\"", "const PROGRAM = \"\(program)\"")
        let answer = try ask(hooks, #"{"toolName":"exec","params":{"command":"pwd"}}"#)
        #expect(answer["block"] == true && answer["blockReason"]?.string?.isEmpty == false, "\(script): \(answer)")
    }

    @Test func `a program that is not there is a block, and so is a call that is none`() throws {
        let hooks = try installed()
        for call in [#"{"toolName":"","params":{}}"#, #"{"params":{}}"#, #"{"toolName":"exec","params":"ls"}"#, "{}"] {
            #expect(try ask(hooks, call)["block"] == true, "\(call)")
        }
        try hooks.shell.edit(plugin(hooks), HookShell.real(try Shell.program()), "/nowhere/writ")
        #expect(try ask(hooks, #"{"toolName":"exec","params":{"command":"pwd"}}"#)["block"] == true)
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The plugin for OpenClaw: a small program in OpenClaw's own process that asks `writ hook openclaw`.
///
/// OpenClaw skips a hook that takes too long, so the plugin answers before that, and everything but a plain
/// `{"block":false}` with status 0 blocks.
public enum OpenClawPlugin {
    /// The files by name, with Writ's command line put in.
    public static let files: [(name: String, text: @Sendable (_ program: String, _ arguments: [String]) -> String)] = [
        ("openclaw.plugin.json", { _, _ in manifest }),
        ("package.json", { _, _ in package }),
        (
            "index.mjs",
            { program, arguments in
                Self.program.replacing("\"@PROGRAM@\"", with: literal(.text(program)))
                    .replacing("\"@ARGUMENTS@\"", with: literal(.array(arguments.map { .text($0) })))
            }
        ),
    ]

    /// The file that does the asking.
    public static var code: (name: String, begins: String) {
        ("index.mjs", "// Written by `writ install openclaw`")
    }

    /// Whether a file of that name is Writ's, of whichever version.
    public static func isCode(_ bytes: [UInt8]) -> Bool { bytes.starts(with: code.begins.utf8) }

    /// JSON is JavaScript.
    private static func literal(_ json: JSON) -> String { String(decoding: json.serialized(), as: UTF8.self) }

    private static let manifest = """
        {
          "id": "writ",
          "name": "Writ",
          "description": "Asks Writ before every tool call, and blocks what it does not permit.",
          "version": "1.0.0",
          "configSchema": {"type": "object", "additionalProperties": false, "properties": {}}
        }

        """

    private static let package = """
        {
          "name": "writ-openclaw",
          "version": "1.0.0",
          "private": true,
          "type": "module",
          "openclaw": {"extensions": ["./index.mjs"]}
        }

        """

    private static let program = #"""
        // Written by `writ install openclaw`; `writ install openclaw --remove` takes it away.
        // Every tool call is shown to Writ before it runs. Whatever goes wrong on the way blocks the call.
        import { spawn } from "node:child_process";

        const PROGRAM = "@PROGRAM@";
        const ARGUMENTS = "@ARGUMENTS@";
        // Writ answers within 2 s, this plugin within 4, and OpenClaw skips a hook that takes longer than 10.
        const DEADLINE_MS = 4000;
        const TIMEOUT_MS = 10000;
        const OUTPUT_BYTES = 65536;

        function refusal(reason) {
          return { block: true, blockReason: reason };
        }

        // Asks Writ. Resolves to { block, reason } and never rejects.
        export function ask(event) {
          return new Promise((resolve) => {
            let done = false;
            let child;
            const finish = (answer) => {
              if (done) return;
              done = true;
              clearTimeout(timer);
              try { child?.kill("SIGKILL"); } catch {}
              resolve(answer);
            };
            const timer = setTimeout(
              () => finish({ block: true, reason: "Writ did not answer in time, so the call is refused" }), DEADLINE_MS);
            const fail = (what) => finish({ block: true, reason: `Writ could not be asked (${what}), so the call is refused` });
            try {
              const input = JSON.stringify(event);
              child = spawn(PROGRAM, ARGUMENTS, { stdio: ["pipe", "pipe", "pipe"], env: {}, shell: false });
              let output = "";
              let errors = "";
              child.on("error", (error) => fail(error.code ?? "error"));
              child.stdin.on("error", () => {});
              child.stdout.setEncoding("utf8").on("data", (text) => {
                if (output.length <= OUTPUT_BYTES) output += text;
              });
              child.stderr.setEncoding("utf8").on("data", (text) => {
                if (errors.length <= OUTPUT_BYTES) errors += text;
              });
              child.on("close", (status) => {
                if (status !== 0) return fail(errors.trim().slice(0, 2000) || `status ${status}`);
                let answer;
                try { answer = JSON.parse(output); } catch { return fail("no JSON"); }
                if (answer?.block === false) return finish({ block: false });
                finish({ block: true, reason: typeof answer?.reason === "string" ? answer.reason : "Writ refuses this call" });
              });
              child.stdin.end(input);
            } catch (error) {
              fail(error?.code ?? "error");
            }
          });
        }

        function event(name, call, context) {
          return {
            event: name,
            session: String(context?.sessionId ?? context?.sessionKey ?? call?.runId ?? ""),
            call: call?.toolCallId ?? null,
            cwd: typeof context?.workspaceDir === "string" && context.workspaceDir.startsWith("/")
              ? context.workspaceDir : process.cwd(),
            tool: call?.toolName,
            params: call?.params ?? {},
          };
        }

        export async function before(call, context) {
          const answer = await ask(event("before_tool_call", call, context));
          return answer.block ? refusal(answer.reason) : {};
        }

        export async function after(call, context) {
          await ask({
            ...event("after_tool_call", call, context),
            result: call?.result ?? null,
            error: call?.error ?? null,
            duration_ms: Number.isFinite(call?.durationMs) ? Math.max(0, Math.floor(call.durationMs)) : null,
          });
        }

        export default {
          id: "writ",
          name: "Writ",
          register(api) {
            // After all other hooks, since a call that one of them changes later would run otherwise than it was decided.
            api.on("before_tool_call", before, { priority: -1000, timeoutMs: TIMEOUT_MS });
            api.on("after_tool_call", after, { timeoutMs: TIMEOUT_MS });
          },
        };

        """#
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// The script of `docs/oap.md` that stands where APort's `aport-guardrail.sh` stood.
struct GuardrailTests {
    /// The script as the document has it.
    private static func script() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/oap.md"), encoding: .utf8)
        let start = try #require(text.range(of: "```sh\n"))
        let end = try #require(text[start.upperBound...].range(of: "\n```"))
        return String(text[start.upperBound..<end.lowerBound]) + "\n"
    }

    private static func guardrail(
        _ shell: Shell, _ tool: String, _ parameters: String, _ environment: [String: String] = [:]
    ) throws -> Run {
        let path = shell.folder + "/aport-guardrail.sh"
        try script().write(toFile: path, atomically: false, encoding: .utf8)
        let programs = URL(filePath: try Shell.program()).deletingLastPathComponent().path
        var environment = environment
        environment["PATH"] = "\(programs):/usr/bin:/bin"
        environment["WRIT_HOME"] = shell.home
        return try shell.run(["sh", path, tool, parameters], environment: environment)
    }

    @Test func `it allows with 0 and denies with 1, says nothing but why on standard error, and logs both`() throws {
        let shell = try Shell.initialized()
        let allow = try Self.guardrail(shell, "exec.run", #"{"command":"true"}"#)
        #expect(allow.status == 0 && allow.output.isEmpty && allow.errors.isEmpty, "\(allow)")
        for (tool, parameters) in [
            ("exec.run", #"{"command":"rm x"}"#), ("exec.run", "{}"), ("exec.run", "no JSON"),
            ("process_refund", "{}"), ("exec.run", "-x"), ("--help", "{}"),
        ] {
            let deny = try Self.guardrail(shell, tool, parameters)
            #expect(deny.status == 1 && deny.output.isEmpty && deny.errors.contains(#""allow":false"#), "\(deny)")
        }
    }

    @Test(arguments: ["APORT_PASSPORT_FILE", "OPENCLAW_PASSPORT_FILE"])
    func `the variable names the passport, and one that no issuer has signed is refused`(_ variable: String) throws {
        let shell = try Shell.initialized()
        let signed = shell.home + "/passports/agent-passport-local.json"
        #expect(try Self.guardrail(shell, "exec.run", #"{"command":"true"}"#, [variable: signed]).status == 0)
        let unsigned = shell.folder + "/passport.json"
        try #"{"agent_id":"a","spec_version":"oap/1.0","status":"active"}"#.write(
            toFile: unsigned, atomically: false, encoding: .utf8)
        let deny = try Self.guardrail(shell, "exec.run", #"{"command":"true"}"#, [variable: unsigned])
        #expect(deny.status == 1 && deny.errors.contains("writ.identity_unverified"), "\(deny)")
    }

    @Test func `where nothing can be logged, it denies`() throws {
        let shell = try Shell()
        let run = try Self.guardrail(shell, "exec.run", #"{"command":"true"}"#)
        #expect(run.status == 1 && run.output.isEmpty, "\(run)")
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// `writ policy import-oap`.
struct ImportOAPTests {
    private static let pack = #"""
        {"id": "acme.images.v1", "name": "Images", "requires_capabilities": ["media.image"], "min_assurance": "L1",
         "evaluation_rules": [
           {"name": "provider", "type": "expression", "deny_code": "oap.provider_not_allowed",
            "condition": "limits.allowed_providers.includes(context.provider)", "description": "Only known providers"}RULE
         ]}
        """#

    private static func file(_ shell: Shell, _ rule: String = "") throws -> String {
        let path = shell.folder + "/pack.json"
        try pack.replacing("RULE", with: rule).write(toFile: path, atomically: false, encoding: .utf8)
        return path
    }

    private static let validator =
        #", {"name": "v", "type": "custom_validator", "validator": "check", "deny_code": "oap.policy_error"}"#

    @Test func `what is translated loads, passes the check, and refuses with the pack's code`() throws {
        let shell = try Shell.initialized()
        let out = shell.home + "/policies/images.cedar"
        let run = try shell.run([
            Shell.program(), "policy", "import-oap", Self.file(shell), "--tool", "local/exec.run", "--out", out,
        ])
        #expect(run.status == 0 && run.lines == ["Wrote \(out)"], "\(run)")
        #expect(try shell.writ("policy", "check").status == 0)
        let deny = try shell.writ("check", "exec.run", #"{"command":"true"}"#)
        #expect(deny.status == 1)
        #expect(
            try deny.json()["reasons"]?.array?.compactMap { $0["code"]?.string?.string }.contains(
                "oap.provider_not_allowed") ?? false)
        #expect(try shell.writ("check", "file.read", #"{"path":"x"}"#).code() != "oap.provider_not_allowed")
    }

    @Test func `with a rule that cannot be translated nothing is written, unless the rest is asked for`() throws {
        let shell = try Shell()
        let out = shell.folder + "/out.cedar"
        let words = [
            try Shell.program(), "policy", "import-oap", try Self.file(shell, Self.validator), "--tool",
            "local/exec.run",
            "--out", out,
        ]
        let refused = try shell.run(words)
        #expect(refused.status == 65 && refused.output.isEmpty, "\(refused)")
        #expect(refused.errors.contains("evaluation_rules/v: not translated: the validator check is code"))
        #expect(!FileManager.default.fileExists(atPath: out))
        let partial = try shell.run(words + ["--partial"])
        #expect(partial.status == 1, "\(partial)")
        #expect(try shell.run([Shell.program(), "policy", "check", out]).status == 0)
        #expect(try shell.run(words + ["--partial"]).status == 78)
    }

    @Test(arguments: ["noslash", "/run", "local/", ""]) func `a call is a server's tool`(_ tool: String) throws {
        let shell = try Shell()
        let run = try shell.run([Shell.program(), "policy", "import-oap", Self.file(shell), "--tool", tool])
        #expect(run.status == 64 && run.errors.contains("SERVER/TOOL"), "\(run)")
    }

    @Test func `a folder that is not there, and a number that is too large, are called that`() throws {
        let shell = try Shell()
        let words = [try Shell.program(), "policy", "import-oap", "--tool", "local/exec.run"]
        let run = try shell.run(words + [try Self.file(shell), "--out", "/nowhere/x.cedar"])
        #expect(
            run.status != 0 && run.errors.contains("the folder that /nowhere/x.cedar would be in is not there"),
            "\(run)")
        let rule =
            #", {"name": "n", "type": "expression", "condition": "context.n < 9223372036854775808", "deny_code": "oap.policy_error"}"#
        let large = try shell.run(words + [try Self.file(shell, rule)])
        #expect(large.errors.contains("beyond 64 bits"), "\(large)")
    }

    @Test func `a pack that nobody knows needs to be told its calls, and what is no pack is none`() throws {
        let shell = try Shell()
        let unknown = try shell.run([Shell.program(), "policy", "import-oap", Self.file(shell)])
        #expect(unknown.status == 65 && unknown.errors.contains("--tool"), "\(unknown)")
        let known = Self.pack.replacing("acme.images.v1", with: "media.image.generate.v1").replacing(
            "RULE", with: "")
        try known.write(toFile: shell.folder + "/known.json", atomically: false, encoding: .utf8)
        let run = try shell.run([Shell.program(), "policy", "import-oap", "known.json"])
        #expect(run.status == 0 && run.output.contains(#"Action::"local/image.generate""#), "\(run)")
        try "{".write(toFile: shell.folder + "/bad.json", atomically: false, encoding: .utf8)
        #expect(try shell.run([Shell.program(), "policy", "import-oap", "bad.json"]).status == 65)
    }
}

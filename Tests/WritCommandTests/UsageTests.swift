// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// Help, wrong command lines, and outputs that nobody reads.
struct UsageTests {
    private static let ls = #"{"command":"ls"}"#

    private static let subcommands = [
        [], ["init"], ["demo"], ["check"], ["gateway"], ["passport"], ["passport", "issue"], ["passport", "import"],
        ["passport", "show"], ["passport", "verify"], ["passport", "suspend"], ["passport", "resume"],
        ["passport", "revoke"], ["policy"], ["policy", "check"], ["receipts"], ["receipts", "list"],
        ["receipts", "show"], ["receipts", "verify"], ["receipts", "replay"], ["receipts", "export"], ["verify"],
        ["kill"], ["kill", "on"], ["kill", "off"], ["kill", "status"], ["fsck"], ["clock"], ["tools"],
        ["tools", "effects"], ["tools", "list"], ["tools", "show"], ["tools", "diff"], ["tools", "approve"],
        ["tools", "manifest"], ["serve"], ["install"], ["doctor"],
    ]

    @Test(arguments: subcommands)
    func `every command has a help that says how it is used, and refuses options it has not`(
        _ words: [String]
    ) throws {
        let shell = try Shared.shell
        let help = try shell.run([Shell.program()] + words + ["--help"])
        #expect(help.status == 0 && help.errors.isEmpty)
        #expect(help.output.contains("USAGE: writ \(words.joined(separator: " "))"))
        let wrong = try shell.run([Shell.program()] + words + ["--no-such-option"])
        #expect(wrong.status == 64 && wrong.output.isEmpty && !wrong.errors.isEmpty, "\(wrong)")
    }

    @Test(arguments: [
        ["check"], ["check", "exec.run"], ["check", "exec.run", "{}", "more"], ["verify"], ["nonsense"],
        ["receipts", "nonsense"], ["receipts", "list", "--limit", "0"], ["receipts", "list", "--limit", "many"],
        ["gateway"], ["gateway", "--name", "Not An Alias", "--", "true"], ["gateway", "--server", "none"],
        ["gateway", "--filesystem", "moon", "--", "true"], ["gateway", "--passport", "relative.json", "--", "true"],
        ["gateway", "--passport-key", "relative.jwk", "--", "true"],
        ["gateway", "--server", "x", "--", "true"], ["install"], ["install", "nobody"], ["doctor", "nobody"],
    ])
    func `a wrong command line is a usage error, on standard error`(_ words: [String]) throws {
        let shell = try Shared.shell
        let run = try shell.run(
            [Shell.program(), words[0], "--home", shell.home].filter { words[0] != "nonsense" || $0 != "--home" }
                + words.dropFirst())
        #expect(run.status == 64, "\(run)")
        #expect(run.output.isEmpty && !run.errors.isEmpty)
    }

    @Test func `the gateway's folder is absolute and never from the environment`() throws {
        let shell = try Shell.initialized()
        let program = try Shell.program()
        let relative = try shell.run([program, "gateway", "--home", "home", "--", "true"])
        #expect(relative.status == 64 && relative.firstError.contains("--home must be an absolute path here"))
        try shell.write(shell.policy, "broken")
        let named = try shell.run([program, "gateway", "--", "true"], environment: ["WRIT_HOME": shell.home])
        #expect(!named.errors.contains(shell.home), "\(named)")
        #expect(named.status != 0 && named.status != 1)
    }

    @Test func `the clock is compared with the log`() throws {
        let run = try Shared.shell.writ("clock")
        #expect(run.status == 0 && run.lines.last == "They agree.")
        #expect(run.lines.map { $0.prefix(14) }.prefix(2) == ["clock         ", "newest entry  "])
    }

    @Test func `the version is one line`() throws {
        let run = try Shared.shell.run([Shell.program(), "--version"])
        #expect(run.status == 0 && run.lines.count == 1 && run.firstLine.hasPrefix("writ "))
    }

    @Test func `an output that nobody reads does not change the status`() throws {
        let shell = try Shared.shell
        let script = { (command: String) in
            "set -o pipefail; \(try Shell.program()) check exec.run '\(command)' --home \(shell.home) | true; echo ${PIPESTATUS[0]}"
        }
        #expect(try shell.run(["bash", "-c", script(Self.ls)]).output == "0\n")
        #expect(try shell.run(["bash", "-c", script(#"{"command":"rm x"}"#)]).output == "1\n")
    }
}

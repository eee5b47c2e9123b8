// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// `writ kill`, as transcripts.
struct KillTests {
    private static let ls = #"{"command":"ls"}"#

    @Test(arguments: [
        (["--everything"], "everything"), (["--agent", "agent-passport:local"], "agent agent-passport:local"),
        (["--owner", "user_7"], "owner user_7"), (["--server", "local"], "server local"),
        (["--tool", "local/exec.run"], "tool local/exec.run"),
    ])
    func `each scope is on from the next decision, shown, and off again`(_ scope: [String], _ text: String) throws {
        let shell = try Shell.initialized("--owner", "user_7")
        let writ = { (words: [String]) in try shell.run([Shell.program()] + words + ["--home", shell.home]) }
        #expect(try writ(["kill", "status"]).output == "No kill switch is on.\n")
        let on = try writ(["kill", "on", "--reason", "incident 4711"] + scope)
        #expect(on.status == 0 && on.output == "ON   \(text): incident 4711\n")
        #expect(try writ(["kill", "status"]).output == on.output)
        let status = try #require(try writ(["kill", "status", "--json"]).json().array)
        #expect(status.count == 1 && status.first?["reason"] == "incident 4711")
        let denied = try shell.writ("check", "exec.run", Self.ls)
        #expect(denied.status == 1)
        #expect(try denied.json()["reason"] == "kill switch: incident 4711")
        // Another of the same kind is another switch.
        let other = scope.count == 2 ? [scope[0], scope[1] + "x"] : ["--agent", "somebody"]
        #expect(try writ(["kill", "off", "--reason", "done"] + other).status == 65)
        let off = try writ(["kill", "off", "--reason", "done"] + scope)
        #expect(off.status == 0 && off.output == "off  \(text)\n")
        #expect(try writ(["kill", "status"]).output == "No kill switch is on.\n")
        #expect(try shell.writ("check", "exec.run", Self.ls).status == 0)
        #expect(try writ(["kill", "off", "--reason", "done"] + scope).status == 65)
    }

    @Test(arguments: [
        ["kill", "on", "--reason", "x"], ["kill", "on", "--everything", "--agent", "a", "--reason", "x"],
        ["kill", "on", "--everything"], ["kill", "on", "--everything", "--reason", ""],
        ["kill", "on", "--everything", "--reason", "a\nb"], ["kill", "on", "--tool", "no-slash", "--reason", "x"],
        ["kill", "on", "--agent", "", "--reason", "x"], ["kill", "on", "--server", "a\u{1}", "--reason", "x"],
        ["kill", "on", "--owner", String(repeating: "o", count: 300), "--reason", "x"],
        ["kill", "on", "--tool", "/", "--reason", "x"], ["kill", "off", "--reason", "x"],
        ["kill", "on", "--everything", "--reason", String(repeating: "r", count: 501)],
    ])
    func `a switch that cannot be meant is a usage error and changes nothing`(_ words: [String]) throws {
        let shell = try Shared.shell
        let run = try shell.run([Shell.program()] + words + ["--home", shell.home])
        #expect(run.status == 64, "\(run)")
        #expect(run.output.isEmpty)
        #expect(try shell.writ("kill", "status").output == "No kill switch is on.\n")
    }
}

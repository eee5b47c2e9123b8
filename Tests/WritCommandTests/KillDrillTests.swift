// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// `writ kill drill`.
struct KillDrillTests {
    private static func drill(_ hooks: HookShell, _ words: String...) throws -> Run {
        try hooks.shell.run([Shell.program(), "kill", "drill"] + words + ["--home", hooks.shell.home])
    }

    @Test func `where nothing enforces the drill says so, and its rounds are in the log`() throws {
        let shell = try Shell.initialized()
        let run = try shell.run([Shell.program(), "kill", "drill", "--rounds", "3", "--home", shell.home])
        #expect(run.status == 0)
        #expect(run.output == "No process enforces this folder's decisions at the moment.\n")
        #expect(try shell.writ("fsck").status == 0)
        #expect(try shell.writ("kill", "status").output == "No kill switch is on.\n")
    }

    @Test func `each process that enforces is heard, and nothing is stopped`() throws {
        let hooks = try HookShell()
        let daemon = try RunningDaemon(hooks)
        let run = try Self.drill(hooks, "--rounds", "5", "--json")
        let processes = try #require(try run.json()["processes"]?.array)
        #expect(processes.count == 1)
        let found = try #require(processes.first)
        #expect(found["kind"] == "daemon" && found["process"]?.int64 == Int64(daemon.process.processIdentifier))
        #expect(found["rounds"]?.int64 == 5 && found["missed"] == 0)
        #expect(found["open"] == 0 && found["covered"] == 0)
        #expect((found["longest_us"]?.int64 ?? -1) >= (found["median_us"]?.int64 ?? 0))
        let text = try Self.drill(hooks, "--agent", "agent-passport:local", "--rounds", "1").output
        #expect(text.contains("daemon \(daemon.process.processIdentifier): median "))
        #expect(text.contains("0 of 0 under way would be stopped"))
        let allowed = try hooks.hook("claude-code", hooks.claude("Bash", ["command": "ls"]))
        #expect(try hooks.decision(allowed) == nil, "nothing is said against it")
        #expect(try hooks.shell.writ("fsck").status == 0)
    }

    @Test func `a process that was killed is neither waited for nor counted, and what it left is removed`() throws {
        let hooks = try HookShell()
        let daemon = try RunningDaemon(hooks)
        let folder = hooks.shell.home + "/enforcers"
        #expect(try hooks.shell.names(folder).count == 1)
        kill(daemon.process.processIdentifier, SIGKILL)
        daemon.process.waitUntilExit()
        #expect(try hooks.shell.names(folder).count == 1)
        let run = try Self.drill(hooks, "--rounds", "1")
        #expect(run.status == 0 && run.output.hasPrefix("No process"))
        #expect(try hooks.shell.names(folder).isEmpty)
    }

    @Test func `a process that is alive and does not answer fails the drill`() throws {
        let hooks = try HookShell()
        let daemon = try RunningDaemon(hooks)
        kill(daemon.process.processIdentifier, SIGSTOP)
        let run = try Self.drill(hooks, "--rounds", "1")
        kill(daemon.process.processIdentifier, SIGCONT)
        #expect(run.status == 1)
        #expect(run.output.contains("1 times NO ANSWER") && run.output.contains("TOO LATE"))
    }

    @Test func `a daemon that ends in order leaves nothing behind`() throws {
        let hooks = try HookShell()
        let daemon = try RunningDaemon(hooks)
        #expect(try hooks.shell.writ("daemon", "--stop").status == 0)
        #expect(daemon.ended() == 0)
        #expect(try hooks.shell.names(hooks.shell.home + "/enforcers").isEmpty)
    }

    @Test(arguments: [
        ["--rounds", "0"], ["--rounds", "1001"], ["--rounds", "x"], ["--everything", "--agent", "a"],
        ["--tool", "no-slash"],
    ])
    func `a drill that cannot be meant is a usage error`(_ words: [String]) throws {
        let shell = try Shared.shell
        let run = try shell.run([Shell.program(), "kill", "drill"] + words + ["--home", shell.home])
        #expect(run.status == 64, "\(run)")
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// `writ init` makes a whole installation or nothing.
struct InitTests {
    @Test func `init makes the folder, for its owner alone`() throws {
        let shell = try Shell()
        let run = try shell.run(["sh", "-c", "umask 0; exec \(Shell.program()) init --home \(shell.home)"])
        #expect(run.status == 0 && run.firstLine == "Made \(shell.home):", "\(run)")
        #expect(try shell.names(shell.folder) == ["home"])
        #expect(
            try shell.names(shell.home).filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") } == [
                "evidence-keys.sqlite", "keys", "ledger.sqlite", "ledger.sqlite.checkpoint", "passports", "policies",
                "writ.schema.json", "writ.yaml",
            ])
        #expect(try shell.permissions(shell.home) & 0o077 == 0)
        for name in ["keys", "passports", "policies"] {
            #expect(try shell.permissions("\(shell.home)/\(name)") == 0o700)
        }
        for role in ["issuer", "log", "receipts"] {
            #expect(try shell.permissions("\(shell.home)/keys/\(role).jwk") == 0o600)
            #expect(try shell.permissions("\(shell.home)/keys/\(role).pub.jwk") == 0o644)
        }
        for name in try shell.names(shell.home) where name.contains("sqlite") || name == "writ.yaml" {
            #expect(try shell.permissions("\(shell.home)/\(name)") & 0o077 == 0, "\(name)")
        }
        #expect(try shell.text(shell.home + "/writ.yaml").hasPrefix("# yaml-language-server: $schema=writ.schema.json"))
        #expect(try shell.writ("fsck").status == 0)
    }

    @Test func `init is refused where an installation is, twice, and changes nothing`() throws {
        let shell = try Shell.initialized()
        let before = try shell.contents()
        for _ in 0..<2 {
            let run = try shell.writ("init")
            #expect(run.status == 78 && run.output.isEmpty)
            #expect(run.firstError.hasPrefix("writ: \(shell.home) is an installation already; nothing was changed."))
        }
        #expect(try shell.contents() == before)
        #expect(try shell.names(shell.folder) == ["home"])
    }

    @Test func `an empty folder becomes one, and one with anything in it is left alone`() throws {
        let shell = try Shell()
        try FileManager.default.createDirectory(atPath: shell.home, withIntermediateDirectories: false)
        try shell.write(shell.home + "/mine.txt", "mine")
        let refused = try shell.writ("init")
        #expect(refused.status == 78 && refused.firstError.hasPrefix("writ: cannot make \(shell.home): "))
        #expect(try shell.names(shell.home) == ["mine.txt"])
        #expect(try shell.names(shell.folder) == ["home"])
        #expect(unlink(shell.home + "/mine.txt") == 0)
        #expect(try shell.writ("init").status == 0)
        #expect(try shell.names(shell.folder) == ["home"])
    }

    private static let refused: [[String]] = [
        ["--agent", "an agent with spaces"], ["--agent", "unidentified"], ["--agent", ""],
        ["--agent", "a\"b\nservers: {}"], ["--owner", ""], ["--time-zone", "Mars/Olympus"],
        ["--origin", "has a space"], ["--origin", "has+plus"], ["--origin", String(repeating: "o", count: 200)],
        ["--no-such-option"], ["more"],
    ]

    @Test(arguments: refused)
    func `what is not allowed is a usage error, and half a folder is never left`(_ words: [String]) throws {
        let shell = try Shell()
        let run = try shell.run([Shell.program(), "init", "--home", shell.home] + words)
        #expect(run.status == 64, "\(run)")
        #expect(run.output.isEmpty && !run.errors.isEmpty)
        #expect(try shell.names(shell.folder) == [])
    }

    @Test func `a folder whose parent is missing is not made`() throws {
        let shell = try Shell()
        let run = try shell.run([Shell.program(), "init", "--home", shell.folder + "/a/b"])
        #expect(run.status == 78, "\(run)")
        #expect(try shell.names(shell.folder) == [])
    }

    @Test func `the folder is --home, else WRIT_HOME, and may be relative`() throws {
        let shell = try Shell()
        let program = try Shell.program()
        #expect(try shell.run([program, "init", "--home", "one"]).status == 0)
        let two = ["WRIT_HOME": shell.folder + "/two"]
        #expect(try shell.run([program, "init"], environment: two).status == 0)
        #expect(try shell.names(shell.folder) == ["one", "two"])
        let list = try shell.run([program, "receipts", "list"], environment: two)
        #expect(list.status == 0 && list.firstLine == "No receipts yet.")
    }

    @Test func `what was asked for is in the installation`() throws {
        let shell = try Shell.initialized(
            "--agent", "agent:x", "--owner", "user_7", "--origin", "example.com/x", "--time-zone", "Europe/Berlin")
        let show = try shell.writ("passport", "show", "agent:x")
        #expect(show.lines.prefix(2) == ["agent         agent:x", "owner         user_7 (user)"])
        let answer = try shell.writ("check", "exec.run", #"{"command":"ls"}"#).json()
        #expect(answer["log"]?["origin"] == "example.com/x")
        #expect(answer["agent_id"] == "agent:x")
    }
}

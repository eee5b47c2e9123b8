// SPDX-License-Identifier: Apache-2.0

import Foundation
import GRDB
import Glibc
import StrictJSON
import Testing

/// What is missing, broken or in another's hands: never an allow, and never a status that means one.
struct FailureTests {
    private static let ls = #"{"command":"ls"}"#

    // MARK: passports

    @Test func `a passport that is missing, altered or unsigned is a logged deny`() throws {
        let shell = try Shell.initialized()
        let text = try shell.text(shell.passport)
        try shell.write(shell.folder + "/altered.json", text.replacing("\"L0\"", with: "\"L3\""))
        let foreign = try JSON(parsing: UTF8String(text))["passport"]
        try shell.write(
            shell.folder + "/unsigned.json", String(decoding: #require(foreign).serialized(), as: UTF8.self))
        try shell.write(shell.folder + "/empty.json", "")
        let wrong = [
            ("/none.json", "the passport file is not there"),
            ("/altered.json", "the passport does not verify: the signature is not the issuer's over this passport"),
            ("/unsigned.json", "the passport does not verify: not a file of type writ.passport/1"),
            ("", "the passport file cannot be read"),
        ]
        for (name, why) in wrong {
            let run = try shell.writ("check", "exec.run", Self.ls, "--passport", shell.folder + name)
            #expect(run.status == 1)
            #expect(try run.json()["reason"] == .text("identity: \(why)"))
            #expect(try run.code() == "writ.identity_unverified")
            #expect(try shell.writ("receipts", "verify", run.receiptID()).status == 0)
        }
        let empty = try shell.writ("check", "exec.run", Self.ls, "--passport", shell.folder + "/empty.json")
        #expect(empty.status == 1)
        // The environment names one, and the option is stronger.
        let named = ["WRIT_PASSPORT": shell.folder + "/none.json"]
        #expect(try shell.writ("check", "exec.run", Self.ls, environment: named).code() == "writ.identity_unverified")
        let both = try shell.writ(
            "check", "exec.run", Self.ls, "--passport", shell.passport, environment: named)
        #expect(both.status == 0)
    }

    @Test func `an expired passport is a logged deny`() throws {
        let shell = try Shell.initialized()
        try shell.write(
            shell.folder + "/old.json",
            #"""
            {"agent_id": "agent:old", "owner_id": "user_1", "status": "active", "capabilities": [{"id": "system.command.execute"}],
             "created_at": "2020-01-01T00:00:00Z", "expires_at": "2021-01-01T00:00:00Z"}
            """#)
        let imported = try shell.writ("passport", "import", shell.folder + "/old.json")
        try #require(imported.status == 0, "\(imported)")
        let path = shell.home + "/passports/agent-old.json"
        let run = try shell.writ("check", "exec.run", Self.ls, "--passport", path)
        #expect(run.status == 1)
        #expect(try run.json()["reason"] == "passport: the passport has expired")
        #expect(try run.json()["agent_id"] == "agent:old")
        #expect(try shell.writ("passport", "verify", path).status == 1)
    }

    @Test func `the agent of the configuration without a passport is not replaced by another`() throws {
        let shell = try Shell.initialized()
        try shell.edit(shell.home + "/writ.yaml", "agent: \"agent-passport:local\"", "agent: \"agent:gone\"")
        let run = try shell.writ("check", "exec.run", Self.ls)
        #expect(run.status == 1)
        #expect(try run.json()["reason"] == "identity: the passport file is not there")
    }

    @Test func `of several passports one must be named`() throws {
        let shell = try Shell.initialized()
        try shell.edit(shell.home + "/writ.yaml", "agent: \"agent-passport:local\"", "")
        #expect(try shell.writ("check", "exec.run", Self.ls).status == 0)
        #expect(try shell.writ("passport", "issue", "agent:two").status == 0)
        let run = try shell.writ("check", "exec.run", Self.ls)
        #expect(run.status == 64 && run.output.isEmpty)
        #expect(run.firstError.hasPrefix("writ: there are 2 passports in "))
    }

    @Test(.enabled(if: Machine.canChangeUser, "only root can become another user"))
    func `a passport that its user may not read is a logged deny`() throws {
        let shell = try Shell()
        #expect(chmod(shell.folder, 0o777) == 0)
        let user = ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", try Shell.program()]
        try #require(try shell.run(user + ["init", "--home", shell.home]).status == 0)
        #expect(chown(shell.passport, 0, 0) == 0 && chmod(shell.passport, 0o600) == 0)
        let run = try shell.run(
            user + ["check", "exec.run", Self.ls, "--home", shell.home, "--passport", shell.passport])
        #expect(run.status == 1, "\(run)")
        #expect(try run.json()["reason"] == "identity: the passport file cannot be read")
        // Another user has no business in this folder at all.
        let other = ["setpriv", "--reuid", "12345", "--regid", "12345", "--clear-groups", try Shell.program()]
        let outside = try shell.run(other + ["check", "exec.run", Self.ls, "--home", shell.home])
        #expect(outside.status == 78 && outside.output.isEmpty)
    }

    // MARK: configuration, keys, policies

    @Test func `keys that others can read, or that are missing, stop everything`() throws {
        let shell = try Shell.initialized()
        let key = shell.home + "/keys/receipts.jwk"
        #expect(chmod(key, 0o644) == 0)
        let run = try shell.writ("check", "exec.run", Self.ls)
        #expect(run.status == 78 && run.output.isEmpty)
        #expect(run.errors == "writ: \(key) may be accessed by others; run: chmod 600 \(key)\n")
        #expect(unlink(key) == 0)
        let missing = try shell.writ("check", "exec.run", Self.ls)
        #expect(missing.status == 78)
        #expect(missing.firstError.hasPrefix("writ: \(key) is not there; run `writ init`, or restore"))
    }

    @Test func `a log key that was replaced stops everything`() throws {
        let shell = try Shell.initialized()
        let other = try Shell.initialized()
        for name in ["log.jwk"] {
            try shell.write(shell.home + "/keys/" + name, other.text(other.home + "/keys/" + name))
        }
        let run = try shell.writ("check", "exec.run", Self.ls)
        #expect(run.status == 78 && run.firstError.contains("is not the public half of"))
        try shell.write(shell.home + "/keys/log.vkey", other.text(other.home + "/keys/log.vkey"))
        #expect(try shell.writ("check", "exec.run", Self.ls).status == 74)
    }

    @Test func `a policy that does not parse is said with its place, and nothing is allowed`() throws {
        let shell = try Shell.initialized()
        try shell.write(shell.home + "/policies/broken.cedar", "permit (\n  principal, action\n);\n")
        let check = try shell.writ("policy", "check")
        #expect(check.status == 78 && check.output.isEmpty)
        #expect(check.firstError.hasPrefix("writ: broken.cedar:3:1: "), "\(check)")
        #expect(check.firstError.contains("expected"))
        let run = try shell.writ("check", "exec.run", Self.ls)
        #expect(run.status == 78)
        #expect(try run.json()["reason"] == "log unavailable: there is no usable rulebook")
        #expect(try run.json()["receipt_id"] == .null)
        #expect(run.firstError.contains("broken.cedar:3:1: "))
        #expect(unlink(shell.home + "/policies/broken.cedar") == 0)
        #expect(try shell.writ("check", "exec.run", Self.ls).status == 0)
    }

    @Test(arguments: [
        ("agnet: x\n", "agnet is not a setting; did you mean `agent`?"), ("agent: [\n", "writ.yaml:"),
        ("agent: a\nagent: b\n", "here twice"),
    ])
    func `a configuration that does not load stops everything`(_ text: String, _ why: String) throws {
        let shell = try Shell.initialized()
        try shell.write(shell.home + "/writ.yaml", text)
        for words in [["check", "exec.run", Self.ls], ["receipts", "list"], ["kill", "status"], ["fsck"]] {
            let run = try shell.run([Shell.program()] + words + ["--home", shell.home])
            #expect(run.status == 78 && run.output.isEmpty)
            #expect(run.firstError.contains(why), "\(run)")
        }
    }

    @Test func `a folder that is no installation says what to do`() throws {
        let shell = try Shell()
        for words in [["check", "exec.run", "{}"], ["receipts", "list"], ["passport", "show", "a"], ["fsck"]] {
            let run = try shell.run([Shell.program()] + words + ["--home", shell.home])
            #expect(run.status == 78 || (words[0] == "passport" && run.status == 65), "\(words) \(run)")
            #expect(run.output.isEmpty && !run.errors.isEmpty)
        }
        #expect(try shell.names(shell.folder) == [])
    }

    // MARK: the ledger

    @Test func `a ledger that is missing is not replaced by an empty one`() throws {
        let shell = try Shell.initialized()
        for name in try shell.names(shell.home) where name.hasPrefix("ledger.sqlite") {
            #expect(unlink("\(shell.home)/\(name)") == 0)
        }
        let run = try shell.writ("check", "exec.run", Self.ls)
        #expect(run.status == 74 && run.output.isEmpty && run.firstError.hasPrefix("writ: ledger: "))
        #expect(!FileManager.default.fileExists(atPath: shell.ledger))
    }

    @Test(arguments: ["cut off", "empty", "overwritten", "no database"])
    func `a ledger that is damaged allows nothing`(_ damage: String) throws {
        let shell = try Shell.initialized()
        for _ in 0..<3 { _ = try shell.writ("check", "exec.run", Self.ls) }
        var bytes = try shell.bytes(shell.ledger)
        for suffix in ["-wal", "-shm"] { unlink(shell.ledger + suffix) }
        switch damage {
        case "cut off": bytes.removeLast(bytes.count / 2)
        case "empty": bytes = []
        case "overwritten": for index in 4096..<min(bytes.count, 40_960) { bytes[index] = 0x55 }
        default: bytes = Array(repeating: 0x20, count: bytes.count)
        }
        try Data(bytes).write(to: URL(filePath: shell.ledger))
        let run = try shell.writ("check", "exec.run", Self.ls)
        #expect(run.status == 74, "\(run)")
        #expect(try run.output.isEmpty || run.json()["allow"] == false)
    }

    @Test func `an entry that was altered is found by fsck, by name`() throws {
        let shell = try Shell.initialized()
        let answer = try shell.writ("check", "exec.run", #"{"command":"rm x"}"#)
        let index = try #require(try answer.json()["log"]?["index"]?.int64)
        #expect(try shell.writ("fsck").status == 0)
        let queue = try DatabaseQueue(path: shell.ledger)
        try queue.write { database in
            // Whatever its tables are called: the deny becomes an allow wherever its bytes stand.
            for table in try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'") {
                for column in try database.columns(in: table) where column.type.uppercased() == "BLOB" {
                    let name = "\"\(column.name)\""
                    try database.execute(
                        sql: """
                            UPDATE "\(table)" SET \(name) = CAST(replace(CAST(\(name) AS TEXT), '"allow":false', '"allow":true') AS BLOB)
                            WHERE instr(\(name), CAST('"allow":false' AS BLOB)) > 0
                            """)
                }
            }
        }
        try queue.close()
        let fsck = try shell.writ("fsck")
        #expect(fsck.status == 1, "\(fsck)")
        #expect(fsck.output.contains("\(index)"))
        #expect(try shell.writ("receipts", "verify", answer.receiptID()).status != 0)
        #expect(try shell.writ("receipts", "show", answer.receiptID()).status != 0 || fsck.status == 1)
    }

    @Test(arguments: ["session = x'7a'", "nonce = x'7a'", "nonce = NULL", "session = NULL, nonce = NULL"])
    func `a column by which a call is found again, and that its receipt does not say, is found by fsck`(
        change: String
    ) throws {
        let shell = try Shell.initialized()
        _ = try shell.writ("check", "exec.run", Self.ls, "--nonce", "n-1", "--session", "s-1")
        let queue = try DatabaseQueue(path: shell.ledger)
        try queue.write { try $0.execute(sql: "UPDATE entries SET \(change) WHERE nonce IS NOT NULL") }
        try queue.close()
        let fsck = try shell.writ("fsck")
        #expect(fsck.status == 1 && fsck.output.contains("its session or nonce"), "\(fsck)")
    }

    @Test func `an older copy of the ledger is noticed`() throws {
        let shell = try Shell.initialized()
        _ = try shell.writ("check", "exec.run", Self.ls)
        let names = ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"]
        let old = names.map { name in
            FileManager.default.contents(atPath: "\(shell.home)/\(name)")
        }
        #expect(try shell.writ("kill", "on", "--everything", "--reason", "incident").status == 0)
        #expect(try shell.writ("check", "exec.run", Self.ls).status == 1)
        for (name, bytes) in zip(names, old) {
            unlink("\(shell.home)/\(name)")
            if let bytes { try bytes.write(to: URL(filePath: "\(shell.home)/\(name)")) }
        }
        let run = try shell.writ("check", "exec.run", Self.ls)
        #expect(run.status == 74 && run.output.isEmpty, "\(run)")
        #expect(run.firstError.hasPrefix("writ: ledger: "))
        #expect(try shell.writ("fsck").status != 0)
    }

    @Test func `a ledger that another process holds is refused in bounded time, and then works again`() throws {
        let shell = try Shell.initialized()
        #expect(try shell.writ("check", "exec.run", Self.ls).status == 0)
        let queue = try DatabaseQueue(path: shell.ledger)
        let run = try queue.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN IMMEDIATE")
            defer {
                do { try database.execute(sql: "ROLLBACK") } catch { Issue.record(error) }
            }
            return try shell.writ("check", "exec.run", Self.ls)
        }
        try queue.close()
        #expect(run.status == 74, "\(run)")
        #expect(try run.json()["reason"] == "log unavailable: the ledger is busy; try again")
        #expect(run.seconds > 1.5 && run.seconds < 15, "\(run.seconds) s")
        #expect(try shell.writ("check", "exec.run", Self.ls).status == 0)
        #expect(try shell.writ("fsck").status == 0)
    }

    @Test(.enabled(if: Machine.canMount, "only root can mount a small disk"))
    func `a full disk denies, loses nothing, and works again with room`() throws {
        let shell = try Shell()
        let script = """
            set -u
            mkdir disk && mount -t tmpfs -o size=2m tmpfs disk || exit 99
            writ=\(try Shell.program())
            $writ init --home disk/home > /dev/null; echo init $?
            $writ check exec.run '{"command":"ls"}' --home disk/home > /dev/null; echo before $?
            head -c 4000000 /dev/zero > disk/filler 2> /dev/null
            $writ check exec.run '{"command":"ls"}' --home disk/home > full.json 2> full.err; echo full $?
            $writ kill on --everything --reason x --home disk/home > /dev/null 2>&1; echo kill $?
            rm disk/filler
            $writ check exec.run '{"command":"ls"}' --home disk/home > /dev/null; echo after $?
            $writ fsck --home disk/home > /dev/null; echo fsck $?
            """
        let run = try shell.run(["unshare", "--mount", "sh", "-c", script])
        #expect(run.lines == ["init 0", "before 0", "full 74", "kill 74", "after 0", "fsck 0"], "\(run)")
        let answer = try shell.text(shell.folder + "/full.json")
        #expect(!answer.contains("\"allow\":true"))
    }

    // MARK: order of writing

    @Test(.enabled(if: Machine.hasStrace, "strace is not here or may not trace"))
    func `a check syncs at most twice, and answers after the last of them`() throws {
        let shell = try Shell.initialized()
        #expect(try shell.writ("check", "exec.run", Self.ls).status == 0)
        let trace = shell.folder + "/trace"
        let run = try shell.run(
            [
                "strace", "-f", "-o", trace, "-e", "trace=fsync,fdatasync,sync_file_range,msync,write,writev",
                Shell.program(),
                "check", "exec.run", Self.ls, "--home", shell.home,
            ])
        #expect(run.status == 0)
        let lines = try shell.text(trace).split(separator: "\n")
        let syncs = lines.indices.filter { lines[$0].contains(/\bf(data)?sync\(/) }
        let answers = lines.indices.filter { lines[$0].contains(/\bwritev?\(1,/) }
        #expect((1...2).contains(syncs.count), "\(syncs.count) syncs")
        #expect(answers.count == 1)
        #expect(syncs.last ?? .max < answers.first ?? 0)
    }
}

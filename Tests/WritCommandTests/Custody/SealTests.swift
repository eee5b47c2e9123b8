// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// `writ policy apply`: nothing but what administrators have signed is in force. Each command is a process of its own.
struct SealTests {
    @Test func `in mode protected nothing is allowed before somebody has sealed it`() throws {
        let custody = try CustodyShell()
        #expect(try custody.ask().status == 78)
        let daemon = try custody.shell.writ("daemon")
        #expect(daemon.status == 78 && daemon.errors.contains("nothing was sealed yet"), "\(daemon)")
        #expect(try custody.status()["ok"] == false)
        let applied = try custody.apply("alice")
        #expect(applied.status == 0 && applied.lines.last == "in force  seal 1, signed by alice", "\(applied)")
        let status = try custody.status()
        #expect(status["mode"] == "protected" && status["seal"]?["signed_by"] == ["alice"], "\(status)")
        #expect(status["differs"] == [], "\(status)")
        // And a process of the moment still does not decide.
        let alone = try custody.ask()
        #expect(alone.status == 78 && alone.errors.contains("only `writ daemon` decides"), "\(alone)")
    }

    @Test(arguments: [
        "nobody", "eve", "alice twice", "alice and eve",
    ])
    func `too few administrators put nothing in force`(_ who: String) throws {
        let custody = try CustodyShell(needed: 2)
        let run =
            switch who {
            case "nobody": try custody.apply()
            case "eve": try custody.apply("eve")
            case "alice twice": try custody.apply("alice", "alice")
            default: try custody.apply("alice", "eve")
            }
        #expect(run.status == 65, "\(run)")
        #expect(try custody.status()["seal"] == .null)
        let both = try custody.apply("alice", "carol")
        #expect(both.status == 0 && both.lines.last?.hasSuffix("signed by alice, carol") == true, "\(both)")
    }

    @Test func `signatures are collected in a file, each made where the administrator is`() throws {
        let custody = try CustodyShell(needed: 2)
        let shell = custody.shell
        let file = shell.folder + "/change.seal"
        let proposed = try custody.apply(more: ["--sign-only", file])
        #expect(proposed.status == 0 && proposed.output.contains("nothing is in force yet"), "\(proposed)")
        for name in ["bob", "alice"] {
            let signed = try shell.run([
                Shell.program(), "policy", "sign", file, "--key", custody.key(name), "--against", shell.home,
            ])
            #expect(signed.status == 0, "\(signed)")
        }
        // A stranger's signature is none.
        let eve = try shell.run([Shell.program(), "policy", "sign", file, "--key", custody.key("eve")])
        #expect(eve.status == 65 && eve.errors.contains("does not have your key"), "\(eve)")
        let under = try shell.run([
            Shell.program(), "policy", "sign", file, "--key", custody.key("eve"), "--name", "carol",
        ])
        #expect(under.status == 0)
        let applied = try custody.apply(more: ["--with", file])
        #expect(applied.status == 0 && applied.lines.last == "in force  seal 1, signed by alice, bob", "\(applied)")
        // The same file again is a seal of the past.
        let again = try custody.apply(more: ["--with", file])
        #expect(again.status == 65 && again.errors.contains("another seal has been put in force"), "\(again)")
        #expect(try shell.writ("fsck").status == 0)
    }

    @Test func `what changed after it was signed is not put in force by the signature`() throws {
        let custody = try CustodyShell()
        let shell = custody.shell
        let file = shell.folder + "/change.seal"
        _ = try custody.apply("alice", more: ["--sign-only", file])
        try shell.write(shell.home + "/policies/more.cedar", "permit (principal, action, resource);")
        let run = try custody.apply(more: ["--with", file])
        #expect(run.status == 65 && run.errors.contains("policies/more.cedar is not among the sealed files"), "\(run)")
        // Nor is a proposal that somebody has edited.
        try FileManager.default.removeItem(atPath: shell.home + "/policies/more.cedar")
        try shell.edit(file, #""number":1"#, #""number":1 "#)
        #expect(try custody.apply(more: ["--with", file]).status == 0, "spaces are nothing")
        let other = shell.folder + "/other.seal"
        _ = try custody.apply("alice", more: ["--sign-only", other])
        var seal = try JSON(parsing: shell.bytes(other)).object ?? JSONObject()
        seal["made_at"] = "2030-01-01T00:00:00.000Z"
        try shell.write(other, String(decoding: JSON.object(seal).serialized(), as: UTF8.self))
        let forged = try custody.apply(more: ["--with", other])
        #expect(forged.status == 65 && forged.errors.contains("0 of 1 administrators"), "\(forged)")
    }

    @Test func `who signs the next one is named by the last one, and not by the file`() throws {
        let custody = try CustodyShell()
        let shell = custody.shell
        let sealed = try custody.apply("alice")
        #expect(sealed.status == 0, "\(sealed)")
        // Whoever can write the configuration names themselves.
        try shell.edit(shell.home + "/writ.yaml", custody.keys["alice"] ?? "", custody.keys["eve"] ?? "")
        let own = try custody.apply("eve")
        #expect(own.status == 65 && own.errors.contains("is no administrator's"), "\(own)")
        // The mode cannot be left by an edit either.
        try shell.edit(shell.home + "/writ.yaml", custody.keys["eve"] ?? "", custody.keys["alice"] ?? "")
        try shell.edit(shell.home + "/writ.yaml", "mode: protected", "mode: cooperative")
        let asked = try custody.ask()
        #expect(asked.status != 0 && asked.errors.contains("writ.yaml is not what was sealed"), "\(asked)")
        #expect(try custody.status()["mode"] == "protected")
        // With a signature it is.
        #expect(try custody.apply("bob").status == 0)
        #expect(try custody.ask().status == 0)
        let receipt = try custody.ask().receiptID()
        #expect(try shell.writ("receipts", "show", receipt, "--json").json()["receipt"]?["custody"] == "cooperative")
    }

    @Test func `keys of administrators change by the signatures of the old ones`() throws {
        let custody = try CustodyShell()
        let shell = custody.shell
        let sealed = try custody.apply("alice")
        #expect(sealed.status == 0, "\(sealed)")
        try shell.edit(shell.home + "/writ.yaml", custody.keys["alice"] ?? "", custody.keys["eve"] ?? "")
        let changed = try custody.apply("bob")
        #expect(changed.status == 0 && changed.output.contains("administration changes"), "\(changed)")
        #expect(try custody.apply("alice").status == 65)
        #expect(try custody.apply("eve").lines.last == "in force  seal 3, signed by alice", "eve's key is alice's now")
    }

    @Test func `files that would not load are not sealed`() throws {
        let custody = try CustodyShell()
        try custody.shell.write(custody.shell.home + "/policies/broken.cedar", "permit (")
        let run = try custody.apply("alice")
        #expect(run.status == 78 && run.errors.contains("broken.cedar:1:"), "\(run)")
        #expect(try custody.status()["seal"] == .null)
    }

    @Test func `without administrators nobody can seal, and a mode that cannot be kept does not load`() throws {
        let shell = try Shell.initialized()
        let none = try shell.writ("policy", "apply", "--yes")
        #expect(none.status == 78 && none.errors.contains("has no `administration`"), "\(none)")
        try shell.edit(shell.home + "/writ.yaml", "mode: cooperative", "mode: protected")
        let run = try shell.writ("check", "exec.run", #"{"command":"ls"}"#)
        #expect(run.status == 78 && run.errors.contains("administration"), "\(run)")
    }

    @Test func `a seal that was written into the ledger's file is not believed, and found`() throws {
        let custody = try CustodyShell()
        let sealed = try custody.apply("alice")
        #expect(sealed.status == 0, "\(sealed)")
        let forged = try custody.shell.run([
            "/usr/bin/python3", "-c",
            """
            import hashlib, json, sqlite3, sys
            database = sqlite3.connect(sys.argv[1])
            digest, = database.execute("SELECT seal FROM head").fetchone()
            body, = database.execute("SELECT bytes FROM contents WHERE digest = ?", (digest,)).fetchone()
            seal = json.loads(bytes(body))
            seal["mode"] = "cooperative"
            body = json.dumps(seal, sort_keys=True, separators=(",", ":")).encode()
            digest = hashlib.sha256(body).digest()
            database.execute("INSERT INTO contents(digest, bytes) VALUES (?, ?)", (digest, body))
            database.execute("UPDATE head SET seal = ?", (digest,))
            database.commit()
            """, custody.shell.ledger,
        ])
        #expect(forged.status == 0, "\(forged)")
        let daemon = try custody.shell.writ("daemon")
        #expect(daemon.status == 78 && daemon.errors.contains("not signed by those who may"), "\(daemon)")
        let fsck = try custody.shell.writ("fsck")
        #expect(fsck.status == 1, "\(fsck)")
        #expect(fsck.output.contains("not signed by those who may") && fsck.output.contains("epochs"), "\(fsck)")
    }

    @Test func `a seal is in the log as an event that its signers' keys verify`() throws {
        let custody = try CustodyShell(needed: 2)
        #expect(try custody.apply("carol", "alice").status == 0)
        let database = custody.shell.ledger
        let run = try custody.shell.run([
            "/usr/bin/python3", "-c",
            """
            import json, sqlite3, sys
            rows = sqlite3.connect(sys.argv[1]).execute("SELECT body FROM entries WHERE kind = 3 ORDER BY idx")
            events = [json.loads(bytes(row[0])) for row in rows]
            seals = [event["details"] for event in events if event["event"] == "sealed"]
            print(len(seals), seals[0]["mode"], seals[0]["previous_mode"], [s["by"] for s in seals[0]["signatures"]])
            """, database,
        ])
        #expect(run.output == "1 protected cooperative ['alice', 'carol']\n", "\(run)")
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON
import Testing

/// `writ passport`, as transcripts.
struct PassportTests {
    private static let ls = #"{"command":"ls"}"#

    @Test func `a passport is issued, shown, verified, suspended, resumed and revoked`() throws {
        let shell = try Shell.initialized()
        let issued = try shell.writ(
            "passport", "issue", "agent:two", "--owner", "org_1", "--capability", "data.export", "--assurance", "L2",
            "--region", "DE", "--team", "night", "--expires", "2099-01-01T00:00:00.000Z")
        let path = shell.home + "/passports/agent-two.json"
        #expect(issued.status == 0 && issued.output == "Issued \(path)\n")
        #expect(try shell.permissions(path) == 0o600)
        #expect(
            try shell.writ("passport", "show", "agent:two").lines == [
                "agent         agent:two", "owner         org_1 (org)", "assurance     L2",
                "capabilities  data.export", "regions       DE", "teams         night",
                "expires       2099-01-01T00:00:00.000Z", "signed by     this-installation", "standing      active",
            ])
        #expect(try shell.writ("passport", "show", path, "--json").json()["passport"]?["agent_id"] == "agent:two")
        #expect(
            try shell.writ("passport", "verify", "agent:two").output
                == "signed by this-installation; standing: active\n")
        let again = try shell.writ("passport", "issue", "agent:two")
        #expect(again.status == 78 && again.firstError.contains("has a passport already"))

        let check = { try shell.writ("check", "nobody", "{}", "--passport", path) }
        let verify = { try shell.writ("passport", "verify", path) }
        #expect(try check().code() == "writ.tool_unknown")
        #expect(
            try shell.writ("passport", "suspend", "agent:two", "--reason", "leak").output == "agent:two: suspended\n")
        #expect(try check().code() == "oap.passport_suspended")
        #expect(try verify().status == 1 && verify().output == "signed by this-installation; standing: suspended\n")
        #expect(
            try shell.writ("passport", "resume", "agent:two", "--reason", "mended").output == "agent:two: resumed\n")
        #expect(try check().code() == "writ.tool_unknown")
        #expect(try shell.writ("passport", "revoke", "agent:two", "--reason", "gone").output == "agent:two: revoked\n")
        #expect(try check().code() == "writ.passport_revoked")
        let late = try shell.writ("passport", "resume", "agent:two", "--reason", "please")
        #expect(late.status == 65 && late.firstError == "writ: agent:two is revoked, which is for ever")
        #expect(try check().code() == "writ.passport_revoked")
    }

    @Test func `a passport that is bound to a key counts with that key alone`() throws {
        let shell = try Shell.initialized()
        for name in ["mine", "other"] {
            let made = try shell.run([Shell.program(), "approvals", "key", "\(shell.folder)/\(name).jwk"])
            #expect(made.status == 0, "\(made)")
        }
        let (mine, other) = (shell.folder + "/mine.jwk", shell.folder + "/other.jwk")
        #expect(try shell.writ("passport", "issue", "agent:two", "--cnf", mine).status == 0)
        let path = shell.home + "/passports/agent-two.json"
        func check(_ more: String...) throws -> Run {
            try shell.run([Shell.program(), "check", "nobody", "{}", "--home", shell.home, "--passport", path] + more)
        }
        let bare = try check()
        #expect(try bare.code() == "writ.identity_unverified" && bare.output.contains("proof of possession is missing"))
        let held = try check("--passport-key", "mine.jwk")
        #expect(try held.code() == "writ.tool_unknown", "\(held)")
        let wrong = try check("--passport-key", other)
        #expect(wrong.output.contains("not the one that the passport is bound to"))
        let id = try held.receiptID()
        let receipt = try shell.writ("receipts", "show", id, "--json").json()["receipt"]
        #expect(receipt?["identity"]?["proof"] == "cnf" && receipt?["identity"]?["proof_key"] != nil)
        #expect(try shell.writ("receipts", "replay", id).status == 0)
        // Nothing of the key, and no signature by it, is kept.
        let secret = try #require(try JSON(parsing: shell.bytes(mine))["d"]?.string?.string)
        #expect(try !shell.writ("receipts", "show", id, "--json", "--evidence").output.contains(secret))

        let agent = #"agent: "agent-passport:local""#
        try shell.edit(shell.home + "/writ.yaml", agent, "agent_key: ../mine.jwk\nagent: agent:two")
        let configured = try shell.writ("check", "nobody", "{}")
        #expect(try configured.code() == "writ.tool_unknown", "\(configured)")
        // The configuration's key is its own passport's.
        let named = try check()
        #expect(named.output.contains("proof of possession is missing"))
        #expect(chmod(mine, 0o644) == 0)
        let open = try check("--passport-key", mine)
        #expect(try open.code() == "writ.identity_unverified" && open.output.contains("open to others"), "\(open)")
        #expect(try check("--passport-key", shell.folder + "/none.jwk").output.contains("cannot be read"))
        let local = shell.home + "/passports/agent-passport-local.json"
        let unbound = try shell.writ("check", "nobody", "{}", "--passport", local, "--passport-key", other)
        #expect(unbound.output.contains("bound to none"), "\(unbound)")
        #expect(try shell.writ("check", "nobody", "{}", "--passport-key", other, "--token-file", other).status == 64)
    }

    @Test func `a passport is handed on, and never more than it may`() throws {
        let shell = try Shell.initialized()
        let issued = try shell.writ(
            "passport", "issue", "agent:boss", "--capability", "data.export", "--capability", "messaging.send",
            "--assurance", "L2", "--max-depth", "2", "--cnf", shell.home + "/keys/issuer.pub.jwk")
        #expect(issued.status == 0, "\(issued)")
        let bound = try shell.writ("check", "nobody", "{}", "--passport", shell.home + "/passports/agent-boss.json")
        #expect(bound.output.contains("proof of possession is missing"))

        let wide = try shell.writ("passport", "delegate", "agent:boss", "agent:w", "--capability", "repo.merge")
        #expect(wide.status == 65 && wide.firstError.contains("/capabilities/repo.merge: wider"), "\(wide)")
        let strong = try shell.writ("passport", "delegate", "agent:boss", "agent:w", "--assurance", "L3")
        #expect(strong.status == 65 && strong.firstError.contains("/assurance_level: wider"), "\(strong)")

        let path = shell.home + "/passports/agent-helper.json"
        let delegated = try shell.writ(
            "passport", "delegate", "agent:boss", "agent:helper", "--capability", "data.export",
            "--key", shell.home + "/keys/issuer.jwk")
        #expect(delegated.lines == ["narrower  /capabilities/messaging.send", "Delegated \(path)"], "\(delegated)")
        let shown = try shell.writ("passport", "show", "agent:helper").lines
        #expect(shown.contains { $0.hasPrefix("on behalf of  agent:boss ") })
        #expect(shown.contains("capabilities  data.export") && shown.contains("assurance     L2"))
        #expect(try shell.writ("passport", "verify", "agent:helper").status == 0)
        let check = { try shell.writ("check", "nobody", "{}", "--passport", path) }
        #expect(try check().code() == "writ.tool_unknown")
        #expect(try shell.writ("passport", "suspend", "agent:boss", "--reason", "leak").status == 0)
        #expect(try check().code() == "oap.passport_suspended")
        #expect(try shell.writ("passport", "verify", "agent:helper").status == 1)
    }

    @Test(arguments: [
        ["passport", "issue", "has space"], ["passport", "issue", "unidentified"], ["passport", "issue", ""],
        ["passport", "issue", "a", "--assurance", "L9"], ["passport", "issue", "a", "--capability", "NOT"],
        ["passport", "issue", "a", "--expires", "tomorrow"], ["passport", "issue", "a", "--region", "Mars"],
        ["passport", "issue"], ["passport", "suspend", "a"], ["passport", "suspend", "", "--reason", "x"],
        ["passport", "revoke", "a\u{1}b", "--reason", "x"], ["passport", "suspend", "a", "--reason", ""],
    ])
    func `a passport that cannot be is a usage error`(_ words: [String]) throws {
        let shell = try Shared.shell
        let passports = try shell.names(shell.home + "/passports")
        let run = try shell.run([Shell.program()] + words + ["--home", shell.home])
        #expect(run.status == 64, "\(run)")
        #expect(run.output.isEmpty && !run.errors.isEmpty)
        #expect(try shell.names(shell.home + "/passports") == passports)
    }

    @Test func `a foreign passport is shown, and signed where it is asked for`() throws {
        let shell = try Shell.initialized()
        let file = shell.folder + "/foreign.json"
        try shell.write(
            file,
            #"""
            {"passport_id": "local-1", "agent_id": "agent:foreign", "owner_id": "user@example.com", "owner_type": "user",
             "kind": "template", "spec_version": "oap/1.0", "assurance_level": "L0", "status": "active",
             "capabilities": [{"id": "system.command.execute"}], "limits": {}, "regions": ["US"], "never_expires": true,
             "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z", "version": "1.0.0",
             "strange": 1}
            """#)
        let before = try shell.contents()
        let dry = try shell.writ("passport", "import", file, "--dry-run")
        #expect(dry.status == 0 && dry.output.contains("/strange"))
        #expect(try shell.contents() == before)
        let imported = try shell.writ("passport", "import", file)
        let path = shell.home + "/passports/agent-foreign.json"
        #expect(imported.status == 0 && imported.lines.last == "Signed \(path)")
        #expect(try shell.writ("check", "exec.run", Self.ls, "--passport", path).status == 0)
        #expect(try shell.writ("check", "exec.run", Self.ls, "--passport", file).status == 1)
        #expect(try shell.writ("passport", "verify", file).status == 65)
        try shell.write(file, "{}")
        let broken = try shell.writ("passport", "import", file)
        #expect(
            broken.status == 65 && broken.output.isEmpty && broken.firstError.hasPrefix("writ: \(file): /agent_id: "))
        #expect(try shell.writ("passport", "import", shell.folder + "/none.json").status == 65)
        #expect(try shell.writ("passport", "show", "nobody").status == 65)
    }
}

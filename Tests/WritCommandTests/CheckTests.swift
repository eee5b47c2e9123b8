// SPDX-License-Identifier: Apache-2.0

import Effects
import Foundation
import Glibc
import StrictJSON
import Testing

/// `writ check`: one decision, one answer, one status.
struct CheckTests {
    private static let ls = #"{"command":"ls"}"#

    @Test func `an allow and a deny have their statuses and exactly the documented members`() throws {
        let shell = try Shell.initialized()
        let allow = try shell.writ("check", "exec.run", Self.ls)
        let deny = try shell.writ("check", "exec.run", #"{"command":"rm -rf planted-secret"}"#)
        #expect(allow.status == 0 && deny.status == 1, "\(allow) \(deny)")
        for run in [allow, deny] {
            #expect(run.errors.isEmpty && run.output.hasSuffix("}\n") && run.lines.count == 1)
            let answer = try run.json()
            #expect(
                answer.object?.keys == ["allow", "receipt_id", "reason", "checked_at", "agent_id", "reasons", "log"])
            #expect(answer["agent_id"] == "agent-passport:local")
            #expect(answer["allow"] == .bool(run.status == 0))
            #expect(answer["log"]?.object?.keys == ["origin", "index"])
        }
        #expect(try allow.json()["reason"] == "allowed by starter-plain-commands")
        #expect(try deny.json()["reason"] == "not permitted: no policy permits delete on File")
        #expect(try allow.json()["log"]?["index"]?.int64.map { $0 + 1 } == deny.json()["log"]?["index"]?.int64)
    }

    @Test(arguments: [
        ("{", "oap.invalid_context"), (#"{"command":"ls","command":"rm"}"#, "oap.invalid_context"),
        ("", "oap.invalid_context"), ("5", "oap.invalid_context"), ("[]", "oap.invalid_context"),
        ("null", "oap.invalid_context"), (#""ls""#, "oap.invalid_context"),
        (#"{"command":"ls"} x"#, "oap.invalid_context"),
        (#"{"command":"\ud800"}"#, "oap.invalid_context"), (#"{"command":5}"#, "oap.invalid_context"),
        ("{}", "oap.invalid_context"), (#"{"command":"ls","more":1}"#, "writ.not_permitted"),
        (#"{"command":null}"#, "oap.invalid_context"), (#"{"command":"ls; id"}"#, "writ.not_permitted"),
    ])
    func `parameters that are not as they should be are a logged deny`(_ parameters: String, _ code: String) throws {
        let shell = try Shared.shell
        let run = try shell.writ("check", "exec.run", parameters)
        #expect(run.status == 1, "\(run)")
        #expect(try run.code() == code)
        #expect(try shell.writ("receipts", "verify", run.receiptID()).status == 0)
        #expect(try shell.writ("receipts", "replay", run.receiptID()).status == 0)
    }

    @Test func `parameters are read from standard input where they are -`() throws {
        let shell = try Shared.shell
        #expect(try shell.writ("check", "exec.run", "-", input: Self.ls).status == 0)
        #expect(try shell.writ("check", "exec.run", "-", input: "").code() == "oap.invalid_context")
        let large = #"{"command":"ls "# + String(repeating: "x", count: 5 << 20) + "\"}"
        #expect(try shell.writ("check", "exec.run", "-", input: large).code() == "oap.invalid_context")
    }

    @Test func `a call of a megabyte is decided and logged`() throws {
        let shell = try Shared.shell
        let parameters = #"{"path":"/tmp/a","content":""# + String(repeating: "x", count: 1 << 20) + "\"}"
        let run = try shell.writ("check", "file.write", "-", input: parameters)
        #expect(run.status == 1)
        #expect(try run.code() == "writ.not_permitted")
    }

    @Test(arguments: [
        "terminal_delete_everything", "planted-secret-tool", "nobody/exec.run", "exec.run/", "EXEC.RUN", "", "/",
    ])
    func `a name that nobody has declared is no tool`(_ name: String) throws {
        let run = try Shared.shell.writ("check", name, "{}")
        #expect(run.status == 1)
        #expect(try run.code() == (name.isEmpty ? "oap.invalid_context" : "writ.tool_unknown"))
        #expect(!run.output.contains("planted"))
    }

    @Test func `every name of APort's that is in the table is known`() throws {
        let shell = try Shared.shell
        #expect(APortNames.names.count > 60)
        // One process for all, since starting that many takes longer than deciding.
        for name in APortNames.names {
            let run = try shell.writ("check", name.string, "{}")
            #expect(run.status == 1)
            #expect(try run.code() != "writ.tool_unknown", "\(name)")
        }
    }

    @Test func `nothing of a call stands in the installation in clear`() throws {
        let shell = try Shell.initialized()
        for tool in ["exec.run", "file.read", "planted-secret-tool"] {
            _ = try shell.writ("check", tool, #"{"command":"planted-secret","path":"/planted-secret"}"#)
            _ = try shell.writ("check", tool, #"{"command":"planted-secret""#)
        }
        for (name, bytes) in try shell.contents() {
            #expect(!String(decoding: bytes, as: UTF8.self).contains("planted-secret"), "\(name)")
        }
    }

    @Test func `nonce and session are echoed, and refused where they cannot be`() throws {
        let shell = try Shared.shell
        let run = try shell.writ("check", "exec.run", Self.ls, "--nonce", "n-1", "--session", "s-1")
        #expect(run.status == 0)
        let shown = try shell.writ("receipts", "show", run.receiptID(), "--json").json()
        #expect(shown["receipt"]?["nonce"] == "n-1" && shown["receipt"]?["session"] == "s-1")
        let refused = try shell.writ("check", "exec.run", Self.ls, "--nonce", "not a token")
        #expect(refused.status == 1)
        #expect(try refused.code() == "oap.invalid_context")
    }

    @Test func `relative paths start at --cwd`() throws {
        let shell = try Shell.initialized()
        let permit = #"""
            permit (principal, action == Action::"local/file.read", resource);
            permit (principal, action == Action::"read", resource in Directory::"/srv/a");
            """#
        try shell.write(shell.home + "/policies/read.cedar", permit)
        let parameters = #"{"path":"../a/b.txt"}"#
        #expect(try shell.writ("check", "file.read", parameters, "--cwd", "/srv/c").status == 0)
        #expect(try shell.writ("check", "file.read", parameters, "--cwd", "/srv/c/d").status == 1)
        #expect(try shell.writ("check", "file.read", parameters).status == 1)
    }

    @Test(.enabled(if: Machine.canChangeUser, "only root can become another user"))
    func `somebody without an entry in the user data base is served where --home is given`() throws {
        let shell = try Shell()
        #expect(chmod(shell.folder, 0o777) == 0)
        let user = ["setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups"]
        let program = try Shell.program()
        let home = ["--home", shell.home]
        #expect(try shell.run(user + [program, "init"] + home).status == 0)
        #expect(try shell.run(user + [program, "check", "exec.run", Self.ls] + home).status == 0)
        let homeless = try shell.run(user + [program, "check", "exec.run", Self.ls])
        #expect(homeless.status == 78 && homeless.output.isEmpty)
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

/// `writ tools`: what Writ sees, without deciding anything.
struct ToolsTests {
    private static let parameters = [
        #"{"command":"ls"}"#, #"{"command":"curl https://x.example/a"}"#, #"{"command":"ls; id"}"#, #"{"command":5}"#,
        "{}", "{",
    ]

    @Test(arguments: parameters)
    func `a preview says what the decision then says, and logs nothing`(_ parameters: String) throws {
        let shell = try Shell.initialized()
        let preview = try shell.writ("tools", "effects", "exec.run", parameters)
        #expect(preview.status == 0 && preview.errors.isEmpty, "\(preview)")
        #expect(try shell.writ("receipts", "list", "--json").output.isEmpty)
        let shown = try preview.json()
        let decided = try shell.writ("check", "exec.run", parameters).json()
        #expect(shown["allow"] == decided["allow"])
        #expect(shown["reasons"]?.array?.map { $0["message"] } == decided["reasons"]?.array?.map { $0["message"] })
    }

    @Test func `effects are shown with the policies that answer for each`() throws {
        let shell = try Shared.shell
        let shown = try shell.writ("tools", "effects", "exec.run", #"{"command":"date"}"#).json()
        #expect(shown["tool"] == "local/exec.run" && shown["known"] == true)
        #expect(shown["effects"] == [#"execute Program::"date""#])
        let questions = try #require(shown["questions"]?.array)
        #expect(questions.map { $0["title"] } == ["local/exec.run on Tool", "execute on Program"])
        #expect(questions.allSatisfy { $0["permitted"] == true && $0["by"]?.array?.isEmpty == false })
        let opaque = try shell.writ("tools", "effects", "exec.run", #"{"command":"ls; $x"}"#).json()
        #expect(opaque["effects"]?.array?.contains(#"opaque Opaque::"program""#) == true)
        #expect(opaque["questions"]?.array?.contains { $0["permitted"] == false && $0["by"] == [] } == true)
    }

    @Test func `a coding agent's own tools are shown under its name, without a server of that name`() throws {
        let shell = try Shared.shell
        let shown = try shell.writ("tools", "effects", "claude-code/Bash", #"{"command":"true"}"#).json()
        #expect(shown["tool"] == "claude-code/Bash" && shown["known"] == true)
        #expect(shown["effects"] == [#"execute Program::"true""#])
        let read = try shell.writ("tools", "effects", "gemini/read_file", #"{"file_path":"/etc/shadow"}"#).json()
        #expect(read["effects"]?.array?.contains(#"read File::"/etc/shadow""#) == true)
        let unknown = try shell.writ("tools", "effects", "codex/rm_rf", "{}").json()
        #expect(unknown["known"] == false && unknown["reasons"]?.array?.first?["code"] == "writ.tool_unknown")
        #expect(try shell.writ("check", "cursor/Delete", #"{"path":"/etc/passwd"}"#).json()["allow"] == false)
    }

    @Test func `an unknown tool, a thrown kill switch and a missing installation are told`() throws {
        let shell = try Shell.initialized()
        let unknown = try shell.writ("tools", "effects", "nobody/knows", "{}").json()
        #expect(unknown["known"] == false && unknown["reasons"]?.array?.first?["code"] == "writ.tool_unknown")
        #expect(try shell.writ("kill", "on", "--everything", "--reason", "a test").status == 0)
        let killed = try shell.writ("tools", "effects", "exec.run", Self.parameters[0]).json()
        #expect(killed["allow"] == false && killed["reasons"]?.array?.first?["code"] == "writ.kill_switch")
        let missing = try shell.run(
            [Shell.program(), "tools", "effects", "--home", "/nonexistent", "exec.run", "{}"])
        #expect(missing.status == 78 && missing.output.isEmpty && missing.errors.contains("writ init"), "\(missing)")
        #expect(try shell.writ("tools", "effects", "exec.run").status == 64)
    }
}

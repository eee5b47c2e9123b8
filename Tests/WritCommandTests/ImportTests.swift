// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// `writ init --from`: a client's servers behind Writ.
struct ImportTests {
    private static func client(_ shell: Shell, _ servers: String, _ name: String = "mcp.json") throws -> String {
        let path = shell.folder + "/" + name
        try shell.write(path, "{\"mcpServers\": {\(servers)}}")
        return path
    }

    @Test func `a client's servers are behind Writ, pinned and permitted as far as they say they only read`() throws {
        let shell = try Shell()
        let server = try FakeServer(
            shell,
            tools: [FakeServer.tool("look", "Looks.", FakeServer.reading), FakeServer.tool("change")].joined(
                separator: ","))
        let path = try Self.client(shell, "\"My Server\": {\"command\": \"\(server.program)\"}")
        let before = try shell.text(path)
        let run = try shell.writ("init", "--from", path)
        try #require(run.status == 0, "\(run)")
        #expect(run.output.contains("my-server         My Server: starts server.sh; new"))
        #expect(run.output.contains("my-server: 2 tools, 2 pinned and approved as they are: look, change"))
        #expect(run.output.contains("my-server: policies/server-my-server.cedar permits 1 of 2 tools"))
        #expect(try shell.text(path) == before)
        let policy = try shell.text(shell.home + "/policies/server-my-server.cedar")
        #expect(
            policy.contains("\n        Action::\"my-server/look\"\n")
                && policy.contains("//         Action::\"my-server/change\""))
        #expect(try shell.writ("policy", "check").status == 0)
        #expect(try shell.writ("tools", "list").lines == ["my-server/change  approved", "my-server/look    approved"])
        let effects = try shell.writ("tools", "effects", "my-server/look", #"{"path":"/a"}"#).json()
        #expect(effects["allow"] == true && effects["effects"] == [#"opaque Opaque::"arguments""#])
        #expect(try shell.writ("tools", "effects", "my-server/change", #"{"path":"/a"}"#).json()["allow"] == false)
        #expect(try shell.writ("fsck").status == 0)
    }

    @Test func `what is printed goes into the client's file, and is then seen as Writ's own`() throws {
        let shell = try Shell()
        let server = try FakeServer(shell, tools: FakeServer.tool("look"))
        let path = try Self.client(shell, "\"a\\u202eb\": {\"command\": \"\(server.program)\"}")
        let run = try shell.writ("init", "--from", path, "--no-start")
        let start = try #require(run.output.range(of: "\n{\n"))
        let end = try #require(run.output.range(of: "\n}\n"))
        let entry = String(run.output[start.upperBound..<end.lowerBound])
        let json = try JSON(parsing: UTF8String("{\(entry)}"))
        let words = try #require(json["mcpServers"]?["a\u{202e}b"])
        #expect(
            words["command"]?.string?.string == (try Shell.program())
                || words["command"]?.string?.string.hasSuffix("/writ") == true)
        #expect(words["args"] == ["gateway", "--home", .text(shell.home), "--server", "a-b"])
        #expect(!run.output.contains("\u{202e}"))
        try shell.write(path, "{\(entry)}")
        let again = try shell.writ("init", "--from", path)
        #expect(
            again.status == 0 && again.output.contains(": 0 servers") && again.output.contains("Nothing to put into"),
            "\(again)")
    }

    @Test(arguments: [
        ("code.json", #"{"servers": {"x": {"command": "true"}}}"#, #""servers": {"#, #""type": "stdio""#),
        (
            "config.toml", "[mcp_servers.x]\ncommand = \"true\"\n", "[mcp_servers.x]\ncommand = \"",
            #"args = ["gateway", "--home", ""#
        ),
        (
            "s.json", #"{"mcp": {"servers": {"x": {"command": "true"}}}}"#, "\"mcp\": {\n    \"servers\": {",
            #""type": "stdio""#
        ),
    ])
    func `each client is told in its own form`(_ name: String, _ text: String, _ one: String, _ other: String) throws {
        let shell = try Shell()
        try shell.write(shell.folder + "/" + name, text)
        let run = try shell.writ("init", "--from", shell.folder + "/" + name, "--no-start")
        #expect(run.status == 0 && run.output.contains(one) && run.output.contains(other), "\(run)")
        let all = try shell.writ("init", "--from", shell.folder + "/" + name, "--no-start", "--one-entry")
        #expect(all.output.contains("writ") && !all.output.contains("--server"))
    }

    @Test func `once more changes nothing, and shows what is new or changed at the servers`() throws {
        let shell = try Shell()
        let server = try FakeServer(shell, tools: FakeServer.tool("look"))
        let path = try Self.client(shell, "\"s\": {\"command\": \"\(server.program)\"}")
        try #require(try shell.writ("init", "--from", path).status == 0)
        let configuration = try shell.text(shell.home + "/writ.yaml")
        let again = try shell.writ("init", "--from", path)
        #expect(
            again.status == 0 && again.output.contains("there already")
                && again.output.contains("s: 1 tool, 1 approved: look"), "\(again)")
        try server.show(
            [FakeServer.tool("look", "Looks and tells."), FakeServer.tool("extra")].joined(separator: ","), shell)
        let changed = try shell.writ("init", "--from", path)
        #expect(
            changed.output.contains("1 new, waiting: extra")
                && changed.output.contains("1 CHANGED since approved: look"), "\(changed)")
        #expect(try shell.writ("tools", "list", "s").lines.prefix(2) == ["s/extra  waiting", "s/look   changed"])
        #expect(try shell.text(shell.home + "/writ.yaml") == configuration)
    }

    @Test func `a server that cannot be started is told, and approved once it can`() throws {
        let shell = try Shell()
        let path = try Self.client(
            shell, "\"s\": {\"command\": \"\(shell.folder)/server.sh\"}, \"t\": {\"command\": \"false\"}")
        let run = try shell.writ("init", "--from", path)
        #expect(run.status == 0, "\(run)")
        #expect(
            run.output.contains("s: its tools could not be listed: cannot start")
                && run.output.contains("t: its tools could not be listed: "))
        #expect(try shell.text(shell.home + "/policies/server-s.cedar").contains("Its tools are not known yet"))
        _ = try FakeServer(shell, tools: FakeServer.tool("look", "x", FakeServer.reading))
        let again = try shell.writ("init", "--from", path)
        #expect(again.output.contains("s: 1 tool, 1 pinned and approved as they are: look"), "\(again)")
        #expect(try shell.text(shell.home + "/policies/server-s.cedar").contains("\n        Action::\"s/look\"\n"))
    }

    @Test func `a policy that somebody has changed is never written again`() throws {
        let shell = try Shell.initialized()
        try shell.write(shell.home + "/policies/server-s.cedar", "// mine\n")
        let server = try FakeServer(shell, tools: FakeServer.tool("look", "x", FakeServer.reading))
        let run = try shell.writ("init", "--from", Self.client(shell, "\"s\": {\"command\": \"\(server.program)\"}"))
        #expect(run.status == 0 && run.output.contains("is there already and stays as it is"), "\(run)")
        #expect(try shell.text(shell.home + "/policies/server-s.cedar") == "// mine\n")
    }

    @Test func `no tool's name gets out of a policy or onto a terminal`() throws {
        let shell = try Shell()
        let names = [
            #"a\"], resource);\npermit(principal,action,resource);//"#, #"b\u202ec"#, #"d*/ e // f"#, #"g\\"#, "mcp:x",
            String(repeating: "h", count: 300),
            #"i\u001b[2J"#,
        ]
        let server = try FakeServer(
            shell,
            tools: (names + ["same", "same"]).map { FakeServer.tool($0, #"\u001b[2J\u202e"#, FakeServer.reading) }
                .joined(separator: ","))
        let path = try Self.client(shell, "\"s\": {\"command\": \"\(server.program)\"}")
        let run = try shell.writ("init", "--from", path)
        #expect(run.status == 0, "\(run)")
        let check = try shell.writ("policy", "check", "--json")
        #expect(check.status == 0, "\(check)")
        // The starter's, and what is permitted here: never all.
        let policy = try shell.text(shell.home + "/policies/server-s.cedar")
        #expect(policy.split(separator: "\n").filter { $0.hasPrefix("permit") }.count == 2)
        let shown = [run.output, run.errors, policy] + (try shell.writ("tools", "list").lines)
        for text in shown { #expect(!text.contains("\u{202e}") && !text.contains("\u{1b}"), "\(text)") }
    }

    @Test(arguments: [
        ("{", 65), ("{}", 65), ("[1]", 65), (#"{"mcpServers": 5}"#, 65),
        (#"{"mcpServers": {"a": {"command": "x"}, "a": {"command": "y"}}}"#, 65),
    ])
    func `a file that is none makes no installation`(_ text: String, _ status: Int32) throws {
        let shell = try Shell()
        try shell.write(shell.folder + "/c.json", text)
        let run = try shell.writ("init", "--from", shell.folder + "/c.json")
        #expect(
            run.status == status && run.output.isEmpty && run.firstError.hasPrefix("writ: \(shell.folder)/c.json"),
            "\(run)")
        #expect(!FileManager.default.fileExists(atPath: shell.home))
    }

    @Test func `options of the import go with it`() throws {
        let shell = try Shell()
        #expect(try shell.writ("init", "--no-start").status == 64)
        #expect(try shell.writ("init", "--from", shell.folder + "/none.json").status == 65)
        #expect(!FileManager.default.fileExists(atPath: shell.home))
    }

    @Test func `no secret of a client's file is in an output, the log, the evidence or an error`() throws {
        let shell = try Shell()
        let server = try FakeServer(shell, tools: FakeServer.tool("look", "x", FakeServer.reading))
        let path = try Self.client(
            shell,
            """
            "s": {"command": "\(server.program)", "args": ["--api-key", "planted-argument"],
                  "env": {"SERVICE_TOKEN": "planted-variable", "OTHER": "postgres://u:planted-password@h/d"}},
            "r": {"url": "https://x.example/s/planted-path?key=planted-query", "headers": {"Authorization": "Bearer planted-header"}},
            "bad": {"url": "https://u:planted-user@x.example", "headers": {"A": "planted-unused"}},
            "worse": {"command": "x", "env": {"TOKEN": ["planted-list"]}}
            """)
        var runs = [try shell.writ("init", "--from", path)]
        try #require(runs[0].status == 0, "\(runs[0])")
        runs.append(try shell.writ("tools", "list", "--json"))
        runs.append(try shell.writ("tools", "effects", "s/look", #"{"path":"/a"}"#))
        let check = try shell.writ("check", "s/look", #"{"path":"/a"}"#)
        runs += [check, try shell.writ("receipts", "show", check.receiptID(), "--json")]
        runs.append(try shell.writ("receipts", "replay", check.receiptID()))
        runs.append(try shell.writ("policy", "check", "--json"))
        // Mistakes beside the secrets.
        try shell.edit(shell.home + "/writ.yaml", "  r:\n", "  r:\n    ur: x\n")
        runs.append(try shell.writ("check", "exec.run", "{}"))
        #expect(runs.last?.status == 78)
        try shell.edit(shell.home + "/writ.yaml", "    ur: x\n", "")
        try FileManager.default.removeItem(atPath: shell.home + "/secrets/s.SERVICE_TOKEN")
        runs.append(try shell.writ("init", "--from", path))
        for run in runs { #expect(!run.output.contains("planted") && !run.errors.contains("planted"), "\(run)") }
        for (name, bytes) in try shell.contents() where !name.hasPrefix("secrets/") && name != "writ.yaml" {
            #expect(!String(decoding: bytes, as: UTF8.self).contains("planted"), "\(name)")
        }
        // The URL is the one secret that stands in the configuration itself, which only its owner reads.
        let configuration = try shell.text(shell.home + "/writ.yaml")
        #expect(!configuration.replacing("planted-path?key=planted-query", with: "").contains("planted"))
        #expect(try shell.permissions(shell.home + "/writ.yaml") == 0o600)
        for name in try shell.names(shell.home + "/secrets") {
            #expect(try shell.permissions(shell.home + "/secrets/" + name) == 0o600)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON
import Testing

@Suite struct BuiltInTests {
    private func effects(
        _ builtIn: UTF8String, _ tool: UTF8String, _ arguments: String, cwd: UTF8String = "/"
    ) throws -> [String] {
        var maps = ToolMaps()
        try maps.use(builtIn: builtIn, for: "s")
        return try EffectDeriver(maps: maps).effects(
            of: ToolReference(server: "s", tool: tool), parameters: JSON(parsing: UTF8String(arguments)),
            environment: EffectEnvironment(workingDirectory: cwd)
        ).effects.map(\.description)
    }

    @Test(arguments: [
        ("read_document", #"{"path":"/reports/q1.csv"}"#, [#"read File::"/reports/q1.csv""#]),
        (
            "read_document", #"{"path":"/reports/../internal/finances/payroll.xlsx"}"#,
            [#"read File::"/internal/finances/payroll.xlsx""#]
        ),
        ("list_documents", #"{"directory":"reports"}"#, [#"read File::"/reports""#]),
        ("list_documents", #"{}"#, [#"opaque Opaque::"arguments""#]),
        ("write_document", #"{"path":"/a","text":"t"}"#, [#"write File::"/a""#]),
        ("delete_document", #"{"path":"/a"}"#, [#"delete File::"/a""#]),
        (
            "exec.run", #"{"command":"curl https://internal-api.company.com/export"}"#,
            [#"connect URL::"https://internal-api.company.com/export""#, #"execute Program::"curl""#]
        ),
        ("drop_everything", #"{}"#, [#"opaque Opaque::"arguments""#]),
    ])
    func `the document store's tools`(tool: UTF8String, arguments: String, expected: [String]) throws {
        #expect(try effects("documents", tool, arguments) == expected)
    }

    @Test(arguments: [
        ("git_status", #"{"repo_path":"/r"}"#, [#"read File::"/r""#]),
        (
            "git_diff", #"{"repo_path":"/r","target":"main","context_lines":3}"#,
            // What git takes for a revision could be a file.
            [#"read File::"/r""#, #"read File::"/r/main""#]
        ),
        (
            "git_log", #"{"repo_path":"/r","max_count":1,"start_timestamp":null,"end_timestamp":"yesterday"}"#,
            [#"read File::"/r""#]
        ),
        (
            "git_add", #"{"repo_path":"/r","files":["a","../b"]}"#,
            [#"read File::"/b""#, #"read File::"/r""#, #"read File::"/r/a""#, #"write File::"/r""#]
        ),
        (
            "git_add", #"{"repo_path":"/r","files":["*"]}"#,
            [#"read File::"/r""#, #"write File::"/r""#, #"opaque Opaque::"path-read""#]
        ),
        (
            "git_commit", #"{"repo_path":"/r","message":"m"}"#,
            [#"read File::"/r""#, #"write File::"/r""#, #"opaque Opaque::"project-code""#]
        ),
        ("git_branch", #"{"repo_path":"/r","branch_type":"all","contains":null}"#, [#"read File::"/r""#]),
        ("git_status", #"{}"#, [#"opaque Opaque::"arguments""#]),
        ("git_push", #"{"repo_path":"/r"}"#, [#"opaque Opaque::"arguments""#]),
    ])
    func `mcp-server-git's tools`(tool: UTF8String, arguments: String, expected: [String]) throws {
        #expect(try effects("mcp-server-git", tool, arguments) == expected)
    }

    @Test func `mcp-server-time's tools have no effects`() throws {
        #expect(try effects("mcp-server-time", "get_current_time", #"{"timezone":"UTC"}"#).isEmpty)
        let convert = #"{"source_timezone":"UTC","time":"12:00","target_timezone":"Asia/Tokyo"}"#
        #expect(try effects("mcp-server-time", "convert_time", convert).isEmpty)
        #expect(try effects("mcp-server-time", "convert_time", "{}") == [#"opaque Opaque::"arguments""#])
    }

    @Test(arguments: [
        ("exec.run", #"{"command":"true"}"#, [#"execute Program::"true""#]),
        ("exec.run", #"{"argv":["rm","-rf","/"]}"#, [#"opaque Opaque::"arguments""#]),
        (
            "exec.run", #"{"command":"true","env":{"LD_PRELOAD":"/tmp/e.so"}}"#,
            [#"execute Program::"true""#, #"opaque Opaque::"arguments""#]
        ),
        ("file.read", #"{"file_path":"/tmp/../etc/passwd"}"#, [#"read File::"/etc/passwd""#]),
        (
            "file.read", #"{"path":"/a","file_path":"/b"}"#,
            [#"read File::"/a""#, #"read File::"/b""#, #"opaque Opaque::"arguments""#]
        ),
        ("web.fetch", #"{"url":"http://2130706433/"}"#, [#"connect URL::"http://127.0.0.1/""#]),
        (
            "message.send", #"{"to":"alice@example.com","cc":["evil@x.example"]}"#,
            [#"send Recipient::"mailto:alice@example.com""#, #"send Recipient::"mailto:evil@x.example""#]
        ),
        ("message.send", #"{"recipients":["evil@x"]}"#, [#"opaque Opaque::"arguments""#]),
        ("git.merge", #"{"repo":"acme/x","branch":"main"}"#, []),
        ("git.merge", #"{"branch":"main"}"#, [#"opaque Opaque::"arguments""#]),
        ("payment.refund", #"{}"#, [#"opaque Opaque::"arguments""#]),
        (
            "mcp.tool",
            #"{"server":"https://mcp.github.com","tool":"issues.list","parameters":{"sql":"DROP TABLE x"}}"#,
            [#"connect URL::"https://mcp.github.com/""#, #"opaque Opaque::"arguments""#]
        ),
    ])
    func `the tools behind APort's names`(tool: UTF8String, arguments: String, expected: [String]) throws {
        #expect(try effects("aport", tool, arguments) == expected)
    }

    @Test func `APort's names are exact`() {
        for name: UTF8String in [
            "exec.run", "bash", "read", "write", "git.create_pr", "git.merge", "message.send", "web.fetch",
            "web.browser", "mcp.tool", "file.read", "file.write", "payment.refund", "data.file.read",
        ] {
            #expect(APortNames[name]?.tool.server == "local", "\(name)")
        }
        for name: UTF8String in [
            "terminal_delete_everything", "process_refund", "processPayment", "monitor", "gateway",
            "exec.payment.refund", "email_delete_all", "slackdeleteworkspace", "agent_nuke", "agentsendmoney",
            "git.delete_repo",
            "database.drop", "readable_delete_user", "viewport_drop_database", "lsof_kill", "stripe.create_refund",
            "delete_user",
            "Bash", "EXEC.RUN", "exec.run ", "exec", "",
        ] {
            #expect(APortNames[name] == nil, "\(name)")
        }
        #expect(APortNames["bash"] == APortNames["exec.run"])
        #expect(APortNames["bash"]?.capability == "system.command.execute")
        #expect(APortNames["write"]?.pack == "data.file.write.v1")
    }
}

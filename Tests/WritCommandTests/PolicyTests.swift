// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// `writ policy check`.
struct PolicyTests {
    static let tools = #"""
        {"tools": [
          {"name": "git_log", "inputSchema": {"type": "object", "required": ["repo_path", "order"], "properties": {
            "repo_path": {"type": "string"}, "max_count": {"type": "integer"}, "order": {"enum": ["date", "topo"]}}}},
          {"name": "git_status", "inputSchema": {"type": "object", "properties": {"repo_path": {"type": "string"}}}},
          {"name": "odd\u0007", "inputSchema": 7}
        ]}
        """#

    @Test func `policies are counted, and every mistake is said with its place`() throws {
        let shell = try Shell.initialized()
        let good = try shell.writ("policy", "check")
        #expect(good.status == 0)
        #expect(good.firstLine == "1 file(s), 9 policies: 6 permit, 3 forbid; 0 in shadow, 0 templates", "\(good)")
        #expect(good.lines[1].hasPrefix("digest "))
        #expect(good.lines[2] == "checked against the types of Writ's requests; no tool is described")
        #expect(good.errors.isEmpty)
        let file = shell.folder + "/x.cedar"
        try shell.write(
            file, "permit (principal, action, resource) when { contxt.a };\n@modes(\"x\")\nforbid (principal action);\n"
        )
        let bad = try shell.writ("policy", "check", file)
        #expect(bad.status == 78 && bad.output.isEmpty)
        #expect(bad.errors.hasPrefix("x.cedar:1:"))
        #expect(bad.errors.contains("\nx.cedar:3:"))
        try shell.write(file, "forbid (principal, action, resource);")
        #expect(
            try shell.writ("policy", "check", file).lines.contains(
                "Nothing is permitted: every call will be denied."))
        #expect(try shell.writ("policy", "check", shell.folder + "/none.cedar").status == 65)
    }

    @Test(arguments: [
        (#"action == Action::"raed""#, "", "did you mean `read`?"),
        (#"action == Action::"read""#, "principal.asurance > 1", "did you mean `assurance`?"),
        (#"action == Action::"read""#, "resource is Flie", "did you mean `File`?"),
        (#"action in Action::"call""#, #"resource.path like "*secret*""#, "has no attribute `path`"),
        (#"action in Action::"call""#, "context.locla.hour > 7", "did you mean `local`?"),
    ])
    func `what Writ never asks is a mistake, also without any tool described`(
        _ action: String, _ condition: String, _ hint: String
    ) throws {
        let shell = try Shell()
        let clause = condition.isEmpty ? "" : " when { \(condition) }"
        try shell.write(shell.folder + "/x.cedar", "permit (principal, \(action), resource)\(clause);")
        let run = try shell.writ("policy", "check", shell.folder + "/x.cedar")
        #expect(run.status == 78 && run.output.isEmpty, "\(run)")
        #expect(run.errors.contains(hint), "\(run)")
    }

    @Test func `a tool or parameter that a described server does not have is a mistake`() throws {
        let shell = try Shell()
        let file = shell.folder + "/x.cedar"
        try shell.write(shell.folder + "/git.json", Self.tools)
        func check(_ policy: String, _ options: String...) throws -> Run {
            try shell.write(file, policy)
            return try shell.run([Shell.program(), "policy", "check", file] + options)
        }
        let tool = #"permit (principal, action == Action::"git/git_lgo", resource);"#
        #expect(try check(tool).status == 0)
        let wrong = try check(tool, "--tools", shell.folder + "/git.json")
        #expect(wrong.status == 78 && wrong.firstError.hasPrefix("x.cedar:1:20: error: "), "\(wrong)")
        #expect(wrong.errors.contains(#"did you mean `Action::"git/git_log"`?"#))
        let parameter = try check(
            #"permit (principal, action == Action::"git/git_log", resource) when { context.input.odrer == "date" };"#,
            "--tools", "git=\(shell.folder)/git.json")
        #expect(parameter.status == 78 && parameter.errors.contains("did you mean `order`?"), "\(parameter)")
        let value = try check(
            #"permit (principal, action == Action::"git/git_log", resource) when { context.input.order == "dtae" };"#,
            "--tools", "git.json")
        #expect(value.status == 0 && value.errors.contains(#"did you mean "date"?"#), "\(value)")
        #expect(value.errors.contains("tools: git/odd\\u{7}: its parameters have no type"))
        #expect(value.lines.contains("checked against the types of Writ's requests and of 2 tool(s) of git"))
        let json = try check(tool, "--tools", "git.json", "--json")
        #expect(json.status == 78)
        #expect(try json.json()["findings"]?.array?.first?["suggestion"] == #"`Action::"git/git_log"`"#)
    }

    /// An installation whose configuration describes the server `git`.
    private static func described() throws -> Shell {
        let shell = try Shell.initialized()
        try shell.write(shell.home + "/git.json", tools)
        try shell.write(
            shell.home + "/writ.yaml",
            try shell.text(shell.home + "/writ.yaml") + "servers: {git: {command: git-server, tools: git.json}}\n")
        return shell
    }

    @Test func `a policy that names an unknown tool or parameter does not load`() throws {
        let shell = try Self.described()
        let good = try shell.writ("policy", "check")
        #expect(
            good.status == 78 && good.errors.contains(#"the schema has no action `Action::"git/git_diff"`"#), "\(good)")
        try shell.write(
            shell.policy,
            #"""
            @id("log") permit (principal, action == Action::"git/git_log", resource) when { context.input.odrer == "date" };
            @id("careless") forbid (principal, action, resource) when { resource.path like "*secret*" };
            """#)
        let check = try shell.writ("check", "git/git_log", #"{"repo_path":"/a","order":"date"}"#)
        #expect(check.status == 78, "\(check)")
        #expect(try check.code() == "writ.log_unavailable")
        #expect(check.firstError.hasPrefix("writ: starter.cedar:1:") && check.errors.contains("`order`?"))
        #expect(!check.errors.contains("careless") && !check.errors.contains("warning"))
        let wrong = try shell.writ("policy", "check")
        #expect(wrong.status == 78 && wrong.errors.contains("did you mean `order`?"))
        #expect(wrong.errors.contains("starter.cedar:2:61: warning: "), "\(wrong)")
        // Other definitions override the configuration's.
        try shell.write(shell.folder + "/other.json", Self.tools.replacing("\"order\"", with: "\"odrer\""))
        let other = try shell.writ("policy", "check", "--tools", "git=\(shell.folder)/other.json")
        #expect(other.status == 0, "\(other)")
        #expect(other.lines.contains("checked against the types of Writ's requests and of 2 tool(s) of git"))
        try shell.write(shell.policy, try shell.text(shell.policy).replacing("odrer", with: "order"))
        let right = try shell.writ("policy", "check")
        #expect(right.status == 0 && right.errors.contains("starter.cedar:2:61: warning: "), "\(right)")
        #expect(
            right.lines.contains(
                "checked against the types of Writ's requests and of 2 tool(s) of git (as configured)"))
        try shell.write(shell.home + "/git.json", "{\n \"tools\": 1,\n}")
        let broken = try shell.writ("policy", "check")
        #expect(broken.status == 78 && broken.firstError.contains("/git.json:3:1: "), "\(broken)")
    }

    @Test func `a decision with definitions is made again from the archive, whatever the file says now`() throws {
        let shell = try Self.described()
        try shell.write(
            shell.home + "/git.json",
            #"""
            [{"name": "pay", "inputSchema": {"properties": {"amount": {"type": "number"},
              "note": {"type": ["string", "null"]}}}}]
            """#)
        let configuration = try shell.text(shell.home + "/writ.yaml")
        try shell.write(
            shell.home + "/writ.yaml",
            configuration.replacing(
                "tools: git.json",
                with: "tools: git.json, map: {tools: {pay: {parameters: {/amount: {inert: number}}}}}"))
        try shell.write(
            shell.policy,
            #"""
            permit (principal, action == Action::"git/pay", resource)
            when { context.input has amount && context.input.amount.lessThan(decimal("10.0")) };
            """#)
        let whole = try shell.writ("check", "git/pay", #"{"amount":5,"note":null}"#)
        #expect(whole.status == 0, "\(whole)")
        let broken = try shell.writ("check", "git/pay", #"{"amount":5.5}"#)
        let more = try shell.writ("check", "git/pay", #"{"amount":50}"#)
        #expect(broken.status == 0 && more.status == 1)
        try shell.write(shell.home + "/git.json", "no JSON at all")
        for run in [whole, broken, more] {
            let replay = try shell.writ("receipts", "replay", try run.receiptID())
            #expect(replay.status == 0, "\(replay)")
            #expect(replay.lines.last == "the same verdict, member by member, from the archived inputs")
        }
        // Without definitions a whole number is a Long, which is no decimal.
        try shell.write(
            shell.home + "/writ.yaml",
            try shell.text(shell.home + "/writ.yaml").replacing("tools: git.json, ", with: ""))
        #expect(try shell.writ("check", "git/pay", #"{"amount":5}"#).status == 1)
        #expect(try shell.writ("check", "git/pay", #"{"amount":5.5}"#).status == 0)
    }

    @Test func `the pages of a list are one list, and one of them is none`() throws {
        let shell = try Shell()
        try shell.write(shell.folder + "/1.json", #"{"tools":[{"name":"a","inputSchema":{}}],"nextCursor":"2"}"#)
        try shell.write(shell.folder + "/2.json", #"{"tools":[{"name":"b","inputSchema":{}}]}"#)
        try shell.write(shell.folder + "/x.cedar", #"permit (principal, action == Action::"d/c", resource);"#)
        let words = [try Shell.program(), "policy", "check", "x.cedar", "--tools", "d=1.json"]
        let page = try shell.run(words)
        #expect(page.status == 0 && page.errors.contains("the list has a nextCursor"), "\(page)")
        let whole = try shell.run(words + ["--tools", "d=2.json"])
        #expect(whole.status == 78 && !whole.errors.contains("nextCursor"), "\(whole)")
    }

    @Test func `what is not known is said, and is no mistake`() throws {
        let shell = try Shell()
        try shell.write(
            shell.folder + "/x.cedar",
            #"permit (principal, action == Action::"weather/now", resource) when { context.input.place == "x" };"#)
        let run = try shell.writ("policy", "check", "x.cedar")
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        #expect(run.lines.contains("not known, so not checked: which tools there are at weather"))
        #expect(run.lines.contains { $0.hasPrefix("x.cedar:1:70: unchecked: ") }, "\(run)")
    }

    @Test func `policies of AgentCore are checked against its world, and any against a schema`() throws {
        let shell = try Shell()
        let program = try Shell.program()
        try shell.write(shell.folder + "/git.json", Self.tools)
        try shell.write(
            shell.folder + "/x.cedar",
            #"""
            @anything("goes") permit (principal is AgentCore::OAuthUser, action == AgentCore::Action::"git___git_log",
              resource == AgentCore::Gateway::"arn") when { context.input.order == "date" };
            """#)
        let core = try shell.run(
            [program, "policy", "check", "x.cedar", "--tools", "git.json", "--profile", "agentcore"])
        #expect(core.status == 0 && core.output.contains("AgentCore's requests and of 2 tool(s) of git"), "\(core)")
        let schema = try shell.run([program, "policy", "schema", "--tools", "git.json", "--profile", "agentcore"])
        #expect(schema.status == 0 && schema.output.contains("type git___git_logInput = {"), "\(schema)")
        try shell.write(shell.folder + "/s.cedarschema", schema.output)
        #expect(try shell.run([program, "policy", "check", "x.cedar", "--schema", "s.cedarschema"]).status == 0)
        let level = try shell.run(
            [program, "policy", "check", "x.cedar", "--schema", "s.cedarschema", "--level", "0"])
        #expect(level.status == 0)
        let json = try shell.run([program, "policy", "schema", "--json"])
        #expect(try json.json()[""]?["actions"]?["read"] != nil)
        try shell.write(shell.folder + "/s.json", json.output)
        let other = try shell.run([program, "policy", "check", "x.cedar", "--schema", "s.json"])
        #expect(other.status == 78 && other.errors.contains("AgentCore::OAuthUser"), "\(other)")
        try shell.write(shell.folder + "/s.json", "entity A in B;")
        let broken = try shell.run([program, "policy", "check", "x.cedar", "--schema", "s.json"])
        #expect(broken.status == 65 && broken.firstError.hasPrefix("s.json:1:"), "\(broken)")
    }

    @Test func `documents and options that do not fit are said`() throws {
        let shell = try Shell()
        let program = try Shell.program()
        try shell.write(shell.folder + "/x.cedar", "permit (principal, action, resource);")
        try shell.write(shell.folder + "/bad.json", #"{"a":1,"a":2}"#)
        for (words, status) in [
            (["--tools", "bad.json"], 65), (["--tools", "none.json"], 65), (["--tools", "x.cedar"], 64),
            (["--schema", "x", "--tools", "y.json"], 64), (["--level", "-1"], 64), (["--profile", "other"], 64),
            (["--schema", "none"], 65),
        ] as [([String], Int32)] {
            let run = try shell.run([program, "policy", "check", "x.cedar"] + words)
            #expect(run.status == status && run.output.isEmpty && !run.errors.isEmpty, "\(words): \(run)")
        }
    }
}

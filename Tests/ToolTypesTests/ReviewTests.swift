// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing
import ToolTypes

/// Policies against the tools they speak of.
@Suite struct ReviewTests {
    private static let git: [ToolDefinition] = [
        ToolDefinition(
            name: "git_log",
            input: .schema(
                .object(
                    [
                        "repo_path": ["type": "string"], "max_count": ["type": "integer"],
                        "order": ["type": "string", "enum": ["date", "topo"]], "share": ["type": "number"],
                        "headers": ["type": "object"], "tags": ["type": "array", "items": ["enum": ["a", "b"]]],
                    ], required: ["repo_path", "max_count", "order", "share", "headers", "tags"]))),
        ToolDefinition(name: "git_status", input: .schema(.object(["repo_path": ["type": "string"]]))),
        ToolDefinition(name: "git_odd", input: .schema("nonsense")),
        ToolDefinition(
            name: "git_open",
            input: .schema([
                "type": "object", "additionalProperties": true,
                "properties": [
                    "filter": [
                        "type": "object", "properties": ["path": ["type": "string"]],
                        "patternProperties": ["^x-": ["type": "string"]],
                    ]
                ], "required": ["filter"],
            ])),
    ]

    private static func review(
        _ policy: String, _ servers: [ToolServer] = [ToolServer(alias: "git", tools: git)],
        _ profile: ToolProfile = .native()
    ) throws -> [ReviewFinding] {
        let set = try PolicySet.parse([PolicyFile(name: "p.cedar", bytes: Array(policy.utf8))])
        let unknown = UnknownServers(in: set, besides: servers)
        return try unknown.findings
            + PolicyReview(of: set, ToolSchema(servers + unknown.servers, profile: profile)).findings
    }

    /// Severity, code and suggestion of each finding.
    private static func found(_ policy: String, _ servers: [ToolServer]? = nil) throws -> [String] {
        try review(policy, servers ?? [ToolServer(alias: "git", tools: git)]).map {
            "\($0.severity.rawValue) \($0.code)\($0.suggestion.map { " \($0)" } ?? "")"
        }
    }

    @Test(arguments: [
        (
            #"action == Action::"git/git_lgo""#, "",
            [#"error unknownAction `Action::"git/git_log"`"#]
        ),
        (#"action == Action::"git/git_log""#, "context.input.max_cuont < 5", ["error unknownAttribute `max_count`"]),
        (#"action == Action::"git/git_log""#, "context.inptu.max_count < 5", ["error unknownAttribute `input`"]),
        (#"action == Action::"git/git_log""#, #"context.input.max_count == "five""#, ["error incompatibleTypes"]),
        (#"action == Action::"raed""#, "", ["warning unknownServer `read`", "error noApplicableAction"]),
        (#"action in Action::"gitt""#, "", ["warning unknownServer `git`"]),
        (#"action in Action::"Git""#, "", [#"error unknownAction `Action::"git"`"#]),
        (
            #"action in [Action::"git/git_log", Action::"git/git_lgo"]"#,
            "context.input.order == \"date\" && context.input.max_cuont < 5",
            [#"error unknownAction `Action::"git/git_log"`"#, "error unknownAttribute `max_count`"]
        ),
        (#"action == Action::"git""#, "", ["error noApplicableAction"]),
        (#"action == Action::"read""#, "resource is Flie", ["error unknownEntityType `File`"]),
        (#"action == Action::"read""#, "principal.asurance > 1", ["error unknownAttribute `assurance`"]),
        (#"action == Action::"read""#, "resource.path like \"/a/*\"", []),
        ("action", "resource.paht like \"/a/*\"", ["error unknownAttribute `path`"]),
        (#"action in Action::"git""#, "resource.path == \"/a\"", ["error unknownAttribute"]),
        (#"action == Action::"git/git_log""#, "context.input.share < 5", ["error unexpectedType"]),
        (#"action == Action::"git/git_log""#, "context.input.share == 5", ["error incompatibleTypes"]),
        (#"action == Action::"git/git_log""#, "context.input.max_count like \"5\"", ["error unexpectedType"]),
        ("action", "principal.hasTag(\"a\") && ip(\"300.0.0.1\").isIpv4()", ["error invalidLiteral"]),
    ])
    func `a policy that names an unknown tool or parameter is wrong, with what was meant`(
        _ action: String, _ condition: String, _ expected: [String]
    ) throws {
        let clause = condition.isEmpty ? "" : " when { \(condition) }"
        let found = try Self.found("permit (principal, \(action), resource)\(clause);")
        #expect(found == expected)
    }

    @Test(arguments: [
        (#"action == Action::"git/git_odd""#, "context.input.anything == 1", ["unchecked unknownAttribute"]),
        (
            #"action == Action::"git/git_odd""#, "context.input has x && context.input.x == 1",
            ["unchecked impossiblePolicy"]
        ),
        (#"action == Action::"git/git_log""#, #"context.input.headers["x"] == "y""#, ["unchecked unknownAttribute"]),
        (#"action == Action::"weather/now""#, "context.input.place == \"x\"", ["unchecked unknownAttribute"]),
        (#"action in Action::"weather""#, "", []),
        (#"action == Action::"read""#, "context.input.whatever == 1", ["unchecked unknownAttribute"]),
        (#"action == Action::"read""#, "principal.limits.max == 1", ["unchecked unknownAttribute"]),
        (
            #"action == Action::"git/git_log""#, "context.input.share.lessThan(decimal(\"0.5\"))", []
        ),
        (#"action == Action::"git/git_open""#, "context.input.more == 1", ["unchecked unknownAttribute"]),
        (
            #"action == Action::"git/git_open""#, "context.input.filter.paht == 1",
            ["unchecked unknownAttribute `path`"]
        ),
        (
            #"action == Action::"git/git_open""#, "context.input has zz && context.input.zz == 1",
            ["unchecked impossiblePolicy"]
        ),
    ])
    func `what is not known is said to be unchecked, and is no error`(
        _ action: String, _ condition: String, _ expected: [String]
    ) throws {
        let clause = condition.isEmpty ? "" : " when { \(condition) }"
        #expect(try Self.found("permit (principal, \(action), resource)\(clause);") == expected)
    }

    @Test(arguments: [
        (#"action == Action::"git/git_log""#, "context.input has max_cuont", ["error unknownAttribute `max_count`"]),
        (
            #"action == Action::"git/git_log""#, "context.input.order == \"date\" || context.input has max_cuont",
            ["error unknownAttribute `max_count`"]
        ),
        (#"action == Action::"git/git_log""#, "context.input has max_count", []),
        (#"action in Action::"git""#, "context.input has max_count", []),
        (#"action == Action::"git/git_log""#, "context.input has zz", ["warning unknownAttribute"]),
        (#"action == Action::"read""#, "resource has pth", ["error unknownAttribute `path`"]),
        (
            #"action in Action::"effect""#, "resource has scheme && context.effect has vreb",
            ["error unknownAttribute `verb`"]
        ),
        (#"action == Action::"git/git_odd""#, "context.input has x || principal has issuer", []),
        (#"action == Action::"git/git_log""#, "principal has on_behalf_of", []),
    ])
    func `a forbid behind a test for what is never there is a mistake, since it would never hold`(
        _ action: String, _ condition: String, _ expected: [String]
    ) throws {
        let found = try Self.found("forbid (principal, \(action), resource) when { \(condition) };")
        #expect(found.filter { $0 != "warning impossiblePolicy" } == expected)
    }

    @Test(arguments: [
        ("action", #"resource.path like "/a/*""#, "unknownAttribute"),
        (#"action in Action::"git""#, "context.input.max_count < 5", "unknownAttribute"),
        (#"action in Action::"effect""#, #"resource.path == "/a""#, "unknownAttribute"),
        (#"action == Action::"git/git_status""#, #"context.input.repo == "/a""#, "unguardedAttribute"),
        ("action", #"principal.on_behalf_of == "x""#, "unguardedAttribute"),
        ("action", "principal.regions == []", "emptySet"),
        (#"action == Action::"connect""#, "resource is Host && ip(resource.name).isLoopback()", "nonliteralArgument"),
        (#"action == Action::"git/git_log""#, "[1, \"a\"].contains(context.input.max_count)", "incompatibleTypes"),
    ])
    func `what works for some requests, or only strict typing refuses, is a warning`(
        _ action: String, _ condition: String, _ code: String
    ) throws {
        var tools = Self.git
        tools[1] = ToolDefinition(
            name: "git_status", input: .schema(["type": "object", "properties": ["repo": ["type": "string"]]]))
        let found = try Self.review(
            "permit (principal, \(action), resource) when { \(condition) };", [ToolServer(alias: "git", tools: tools)])
        #expect(found.map(\.code) == [code], "\(found)")
        #expect(found.map(\.severity) == [.warning], "\(found)")
    }

    @Test func `a page of a list does not say which tools there are not`() throws {
        let page: JSON = [
            "tools": [["name": "git_log", "inputSchema": .object(["n": ["type": "integer"]])]], "nextCursor": "2",
        ]
        let list = try ToolList(page)
        #expect(!list.isComplete && list.diagnostics.map(\.code) == [.partial])
        #expect(try ToolList(["result": page]).isComplete == false)
        var last = try #require(page.object)
        last["nextCursor"] = .null
        #expect(try ToolList(.object(last)).isComplete)
        let servers = [ToolServer(alias: "git", tools: list.tools, isComplete: list.isComplete)]
        #expect(try Self.found(#"permit (principal, action == Action::"git/other", resource);"#, servers) == [])
        #expect(
            try Self.found(
                #"permit (principal, action == Action::"git/git_log", resource) when { context.input.m == 1 };"#,
                servers
            ).first?.hasPrefix("error unknownAttribute") == true)
    }

    @Test func `effects are checked where all tools are known`() throws {
        let known = [ToolServer(alias: "git", tools: Array(Self.git.prefix(2)))]
        let policy =
            #"permit (principal, action == Action::"read", resource) when { context.input.repo_paht == "/a" };"#
        #expect(try Self.found(policy, known) == ["error unknownAttribute `repo_path`"])
        let more = known + [ToolServer(alias: "other", tools: [], isComplete: false)]
        #expect(try Self.found(policy, more) == ["unchecked unknownAttribute `repo_path`"])
        let typed = #"permit (principal, action == Action::"read", resource) when { context.input.repo_path > 1 };"#
        #expect(
            try Self.found(typed.replacing("repo_path > 1", with: "repo_path < 1"), known).last
                == "error unexpectedType")
        #expect(try Self.found(typed, more).allSatisfy { $0.hasPrefix("warning ") })
    }

    @Test(arguments: [
        (#"context.input.order == "dtae""#, [#"warning valueNotAllowed "date""#]),
        (#"context.input.order == "date""#, []), (#""topo" != context.input.order"#, []),
        (#"context.input.tags.contains("c")"#, [#"warning valueNotAllowed"#]),
        (#"context.input.tags.contains("a")"#, []), (#"context.input.repo_path == "c""#, []),
    ])
    func `a text that a parameter never is is warned of`(_ condition: String, _ expected: [String]) throws {
        let found = try Self.found(
            #"permit (principal, action == Action::"git/git_log", resource) when { \#(condition) };"#)
        #expect(
            found.map {
                $0.split(separator: " ").prefix(expected.first?.split(separator: " ").count ?? 2).joined(separator: " ")
            } == expected)
    }

    @Test func `without any tool described, what is said of calls and effects is no mistake`() throws {
        #expect(try Self.found(#"permit (principal, action in Action::"call", resource);"#, []) == [])
        #expect(
            try Self.found(
                #"permit (principal, action == Action::"read", resource) when { context.input.path == "/a" };"#, [])
                == ["unchecked unknownAttribute"])
        #expect(
            try Self.found(#"permit (principal, action in Action::"call", resource is File);"#, [])
                == ["error noApplicableAction"])
    }

    @Test func `policies of AgentCore are read against its world`() throws {
        let servers = [
            ToolServer(
                alias: "RefundTool",
                tools: [ToolDefinition(name: "refund", input: .schema(.object(["amount": ["type": "number"]])))])
        ]
        let good = #"""
            permit (principal is AgentCore::OAuthUser, action == AgentCore::Action::"RefundTool___refund",
                resource == AgentCore::Gateway::"arn:aws:x")
            when { principal.hasTag("role") && principal.getTag("role") == "agent" &&
                context.input.amount.lessThan(decimal("500.0")) && context.system.now < datetime("2030-01-01") };
            """#
        #expect(try Self.review(good, servers, .agentCore).isEmpty)
        let bad = good.replacing("RefundTool___refund\"", with: "RefundTool__refund\"")
        #expect(
            try Self.review(bad, servers, .agentCore).first?.suggestion
                == #"`AgentCore::Action::"RefundTool___refund"`"#)
    }

    @Test func `a finding says its place`() throws {
        let finding = try Self.review("permit (principal, action,\n resource) when { context.locla.hour > 7 };").first
        #expect(finding.map { "\($0)" }?.hasPrefix("p.cedar:2:") == true)
        #expect(finding.map { "\($0)" }?.hasSuffix("; did you mean `local`?") == true, "\(String(describing: finding))")
    }
}

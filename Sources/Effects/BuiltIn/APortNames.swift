// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A tool by the name that APort's users write, and what it stands for.
public struct APortTool: Sendable, Hashable {
    /// The canonical tool, at the server `APortNames.server`; its map is in the built-in map `aport`.
    public let tool: ToolReference
    /// The Open Agent Passport policy pack that governs it.
    public let pack: UTF8String
    /// The capability that the pack asks a passport for.
    public let capability: UTF8String
}

/// APort's tool names, each exactly as written, letter case included.
///
/// APort itself takes any name that begins with or contains a known word, so that `terminal_delete_everything` runs as
/// a command. Here a name that is not in the table is unknown.
public enum APortNames {
    /// The server alias of the canonical tools.
    public static let server: UTF8String = "local"

    /// What a name stands for, or `nil` where it is unknown.
    public static subscript(name: UTF8String) -> APortTool? { table[name] }

    /// All names, in order.
    public static let names: [UTF8String] = table.keys.sorted()

    private static let table: [UTF8String: APortTool] = {
        var table: [UTF8String: APortTool] = [:]
        for (tool, pack, capability, names) in rows {
            let reference = ToolReference(server: server, tool: tool)
            for name in [tool] + names { table[name] = APortTool(tool: reference, pack: pack, capability: capability) }
        }
        return table
    }()

    /// Canonical tool, pack, capability, further names.
    private static let rows: [(UTF8String, UTF8String, UTF8String, [UTF8String])] = [
        (
            "exec.run", "system.command.execute.v1", "system.command.execute",
            [
                "system.command.execute", "bash", "shell", "command", "terminal", "powershell", "run_command",
                "execute_command", "run_terminal_cmd", "runterminalcmd", "terminal_command",
            ]
        ),
        (
            "file.read", "data.file.read.v1", "data.file.read", ["data.file.read", "read", "read_file", "view"]
        ),
        (
            "file.write", "data.file.write.v1", "data.file.write",
            ["data.file.write", "write", "write_file", "create_file"]
        ),
        ("file.edit", "data.file.write.v1", "data.file.write", ["edit", "edit_file", "str_replace", "multiedit"]),
        ("file.delete", "data.file.write.v1", "data.file.write", ["delete_file", "remove_file"]),
        ("file.search", "data.file.read.v1", "data.file.read", ["grep", "ls", "list_dir", "grep_search"]),
        ("file.glob", "data.file.read.v1", "data.file.read", ["glob"]),
        ("web.fetch", "web.fetch.v1", "web.fetch", ["web_fetch", "webfetch"]),
        ("web.search", "web.fetch.v1", "web.fetch", ["web_search", "websearch"]),
        ("web.browser", "web.browser.v1", "web.browser", ["browser"]),
        (
            "message.send", "messaging.message.send.v1", "messaging.send",
            ["messaging.send", "messaging.message.send"]
        ),
        ("git.create_pr", "code.repository.merge.v1", "repo.pr.create", []),
        ("git.merge", "code.repository.merge.v1", "repo.merge", ["code.repository.merge"]),
        ("git.push", "code.repository.merge.v1", "repo.push", []),
        ("release.publish", "code.release.publish.v1", "repo.release", ["code.release.publish", "release.create"]),
        ("mcp.tool", "mcp.tool.execute.v1", "mcp.tool.execute", ["mcp.tool.execute"]),
        ("data.export", "data.export.create.v1", "data.export", ["data.export.create"]),
        ("data.report.ingest", "data.report.ingest.v1", "data.report.ingest", []),
        ("data.access", "governance.data.access.v1", "data.access", ["governance.data.access"]),
        (
            "payment.charge", "finance.payment.charge.v1", "payments.charge",
            ["finance.payment.charge", "payments.charge"]
        ),
        ("payment.refund", "finance.payment.refund.v1", "finance.payment.refund", ["finance.payment.refund"]),
        (
            "payment.payout", "finance.payment.payout.v1", "payments.payout",
            ["finance.payment.payout", "payments.payout"]
        ),
        (
            "transaction.execute", "finance.transaction.execute.v1", "finance.transaction",
            ["finance.transaction.execute"]
        ),
        ("crypto.trade", "finance.crypto.trade.v1", "finance.crypto.trade", ["finance.crypto.trade"]),
        ("session.create", "agent.session.create.v1", "agent.session.create", ["agent.session.create"]),
        ("agent.tool.register", "agent.tool.register.v1", "agent.tool.register", ["tool.register"]),
        (
            "image.generate", "media.image.generate.v1", "media.image.generate",
            ["media.image.generate", "image_generate", "image_generation"]
        ),
        (
            "deliverable.task.complete", "deliverable.task.complete.v1", "deliverable.task.complete", []
        ),
        ("legal.contract.review", "legal.contract.review.v1", "legal.contract.review", []),
    ]
}

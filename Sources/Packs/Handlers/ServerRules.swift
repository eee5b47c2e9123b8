// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON

/// Rules about MCP servers and their tools.
struct ServerRules {
    private let judging: RuleJudging
    private let rule: PackRule
    private let servers: [CanonicalURL]

    init(_ judging: RuleJudging, _ rule: PackRule) {
        self.judging = judging
        self.rule = rule
        servers = judging.values.text("server").map(CanonicalURL.readings(of:)) ?? []
    }

    /// A caller names a server by its URL. That of a configured program has none.
    func address() -> String? {
        servers.isEmpty && judging.call.server == nil ? "the server is no URL that is understood" : nil
    }

    /// A server's URL in the list stands for itself and what is below its path; a configured server's alias for that.
    func allowed() throws(PackRefusal) -> String? {
        guard let list = try judging.list(["allowed_servers"], rule), !list.contains("*") else { return nil }
        if let alias = judging.call.server, list.contains(alias) { return nil }
        guard !servers.isEmpty else { return "the server is not in the passport's allowed_servers" }
        for server in servers where try !isIn(list, server) {
            return "the server is not in the passport's allowed_servers"
        }
        return nil
    }

    private func isIn(_ list: [UTF8String], _ server: CanonicalURL) throws(PackRefusal) -> Bool {
        for entry in list {
            if Glob.isPattern(entry) {
                // A wildcard in the host's place must not reach over the path: `https://*.example.com`.
                let bare = UTF8String(
                    server.text.string.hasSuffix("/") ? String(server.text.string.dropLast()) : server.text.string)
                let isHostPattern = entry.string.utf8.count { $0 == UInt8(ascii: "/") } == 2
                let isRoot = server.path == "/" && server.query == nil
                if isHostPattern && !isRoot { continue }
                if try judging.fits(bare, [entry], rule, "allowed_servers") { return true }
                continue
            }
            for allowed in CanonicalURL.readings(of: entry) {
                guard allowed.scheme == server.scheme, allowed.host == server.host, allowed.port == server.port else {
                    continue
                }
                let folder = allowed.path.hasSuffix("/") ? allowed.path : UTF8String("\(allowed.path)/")
                if server.path == allowed.path || server.path.hasPrefix(folder) { return true }
            }
        }
        return false
    }

    func tools() throws(PackRefusal) -> String? {
        let tool = judging.values.text("tool") ?? ""
        if let blocked = try judging.list(["blocked_tools"], rule),
            try judging.fits(tool, blocked, ignoringCase: true, rule, "blocked_tools")
        {
            return "the tool is in the passport's blocked_tools"
        }
        let names = try judging.list(["allowed_tools"], rule)
        let prefixes = try judging.list(["allowed_tool_prefixes"], rule)
        guard names != nil || prefixes != nil else { return nil }
        if try judging.fits(tool, names ?? [], rule, "allowed_tools") { return nil }
        let begins = (prefixes ?? []).contains { $0 == "*" || (!$0.isEmpty && tool.hasPrefix($0)) }
        return begins ? nil : "the tool is not in the passport's allowed_tools"
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// A text for a database's client: its own commands, which begin with a mark, are not SQL.
    private static func statements(_ text: ShellValue, marks: [String], harmless: Set<String> = []) -> [ProgramAction] {
        guard let known = text.known?.string else { return [.code(.sql, text)] }
        var sql: [Substring] = []
        for line in known.split(whereSeparator: \.isNewline) {
            let trimmed = line.drop { $0 == " " || $0 == "\t" }
            guard marks.contains(where: trimmed.hasPrefix) else {
                // A client's command may stand within a line as well.
                if marks.contains("\\"), trimmed.contains("\\") { return [.opaque(.code)] }
                sql.append(line)
                continue
            }
            let word = trimmed.split(separator: " ").first.map(String.init) ?? ""
            // In arguments of psql's own commands, what stands between backquotes is run by a shell.
            if !harmless.contains(word) || trimmed.contains("`") { return [.opaque(.code)] }
        }
        let rest = sql.joined(separator: "\n")
        return rest.contains { $0 != " " } ? [.code(.sql, ShellValue(UTF8String(rest)))] : []
    }

    private static func inputStatements(
        _ run: ProgramRun, marks: [String], harmless: Set<String> = []
    ) -> [ProgramAction] {
        if case .text(let text) = run.invocation.input { return statements(text, marks: marks, harmless: harmless) }
        return ProgramRun.actions(ofInput: run.invocation.input, as: .code(.sql))
    }

    private static let psqlHarmless: Set<String> = [
        "\\d", "\\dt", "\\du", "\\l", "\\dn", "\\di", "\\df", "\\dv", "\\ds", "\\dx", "\\d+", "\\dt+", "\\l+", "\\x",
        "\\timing", "\\q", "\\conninfo", "\\list", "\\pset", "\\echo", "\\z",
        "\\dp", "\\dT", "\\a", "\\t", "\\h",
    ]

    static func psql(_ run: inout ProgramRun) {
        // The row has given the text as SQL where it is; meta-commands are said here.
        let texts = run.values("-c")
        for text in texts { run.add(statements(text, marks: ["\\"], harmless: psqlHarmless)) }
        for file in run.values("-o") where file.prefix.hasPrefix("|") { run.add(.shell(file.dropping(1))) }
        for name in run.values("-d") + run.operands { connection(name, &run) }
        if let host = run.invocation.variables["PGHOST"] { run.add(.host(host)) }
        run.operands = []
        if texts.isEmpty, run.values("-f").isEmpty, !run.has("-l") {
            run.add(inputStatements(run, marks: ["\\"], harmless: psqlHarmless))
        }
    }

    /// A database's name, its address, or words like `host=h`.
    static func connection(_ name: ShellValue, _ run: inout ProgramRun) {
        guard let known = name.known?.string else { return run.add(opaque: .host) }
        if known.contains("://") {
            run.add(.url(name))
            // What is behind the question mark counts more than the host.
            guard let query = known.firstIndex(of: "?") else { return }
            if known[query...].contains("%") { run.add(opaque: .host) }
            let words = known[known.index(after: query)...].split(separator: "&").joined(separator: " ")
            return connection(ShellValue(UTF8String(words)), &run)
        }
        for word in known.split(separator: " ") {
            for key in ["host=", "hostaddr="] where word.hasPrefix(key) {
                run.add(.host(ShellValue(UTF8String(String(word.dropFirst(key.count))))))
            }
            if word.hasPrefix("service=") || word.hasPrefix("passfile=") || word.hasPrefix("sslkey=") {
                run.add(opaque: .arguments)
            }
        }
    }

    static func mysql(_ run: inout ProgramRun) {
        let texts = run.values("-e")
        let marks = ["\\", "system ", "system\t", "source ", "tee ", "pager ", "edit"]
        for text in texts { run.add(statements(text, marks: marks, harmless: ["\\q", "\\s", "\\G", "\\g"])) }
        if texts.isEmpty { run.add(inputStatements(run, marks: marks)) }
        for address in run.operands where address.prefix.string.contains("://") { run.add(.url(address)) }
        run.operands = []
    }

    /// Tools beside a database's client: dumps are harmless here, what changes is not told.
    static func databases(_ run: inout ProgramRun) {
        let harmless: Set<UTF8String> = [
            "mysqldump", "mariadb-dump", "mysqlshow", "mysqlcheck", "pg_dump", "pg_dumpall", "pg_isready", "createdb",
            "clusterdb", "vacuumdb", "reindexdb", "pgbench", "mysqlbinlog",
        ]
        if !harmless.contains(run.name) { run.add(opaque: .arguments) }
        for operand in run.operands { connection(operand, &run) }
        if run.name == "pg_restore" || run.name == "mysqlbinlog" || run.name == "mysqlimport" {
            for file in run.operands { run.path([.read], file) }
        }
        run.operands = []
    }

    static func sqlite(_ run: inout ProgramRun) {
        guard !run.has("-version") else { return }
        let operands = run.operands
        run.operands = []
        if let file = operands.first, !file.is(":memory:"), !file.isEmpty {
            let path =
                file.prefix.hasPrefix("file:")
                ? file.split(at: UInt8(ascii: "?")).map { ShellValue($0.before).dropping(5) } ?? file.dropping(5) : file
            let isRead = run.words.options.contains { run.entry.options[$0.rule].names.contains("-readonly") }
            run.path(isRead ? [.read] : [.read, .write], path)
        }
        for text in operands.dropFirst() { run.add(sqliteStatements(text)) }
        guard operands.count < 2 else { return }
        if case .text(let text) = run.invocation.input {
            run.add(sqliteStatements(text))
        } else {
            run.add(ProgramRun.actions(ofInput: run.invocation.input, as: .code(.sql)))
        }
    }

    private static func sqliteStatements(_ text: ShellValue) -> [ProgramAction] {
        let lower = text.known?.asciiLowercased.string ?? ""
        let words = ["load_extension", "readfile", "writefile", "edit(", "fts3_tokenizer", "fsdir", "zipfile"]
        var actions: [ProgramAction] = words.contains(where: lower.contains) ? [.opaque(.code)] : []
        if lower.contains("attach") || lower.contains("vacuum") && lower.contains("into") {
            actions.append(.opaque(.pathWrite))
        }
        let harmless: Set<String> = [
            ".tables", ".schema", ".headers", ".header", ".mode", ".dump", ".indexes", ".indices", ".databases",
            ".quit", ".exit", ".width", ".nullvalue", ".show", ".help", ".timer",
            ".fullschema", ".dbinfo", ".stats", ".separator", ".bail", ".echo", ".print", ".changes", ".eqp",
            ".explain",
        ]
        return actions + statements(text, marks: ["."], harmless: harmless)
    }

    static func redis(_ run: inout ProgramRun) {
        let words = run.operands
        run.operands = []
        let harmless: Set<String> = [
            "ping", "get", "mget", "keys", "scan", "info", "ttl", "pttl", "type", "exists", "dbsize", "llen", "lrange",
            "hget", "hgetall", "hkeys", "smembers", "scard", "zrange", "zcard", "set",
            "setex", "del", "incr", "decr", "expire", "hset", "lpush", "rpush", "lpop", "rpop", "sadd", "srem", "zadd",
            "select", "echo", "time", "strlen", "append", "monitor", "memory", "object",
            "--version", "--help", "xadd", "xlen", "xrange", "publish",
        ]
        guard let first = words.first else {
            return run.add(ProgramRun.actions(ofInput: run.invocation.input, as: .code(.other)))
        }
        if !harmless.contains(first.known?.string.lowercased() ?? "?") { run.add(opaque: .arguments) }
    }
}

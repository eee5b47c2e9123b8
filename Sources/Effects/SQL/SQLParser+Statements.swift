// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension SQLParser {
    mutating func statement() throws(NotUnderstood) {
        if token?.isSymbol("(") == true { return try query() }
        guard let keyword else { throw NotUnderstood() }
        switch keyword {
        case "select", "values", "table": try query()
        case "with": try withBody()
        case "insert", "replace": try insert()
        case "update": try update()
        case "delete": try delete()
        case "merge": try merge()
        case "truncate": try truncate()
        case "create": try create()
        case "alter": try alter()
        case "drop": try drop()
        case "rename": try rename()
        case "grant", "revoke": try privileges()
        case "comment": try comment()
        case "refresh": try refresh()
        case "explain", "describe", "desc": try explain()
        case "show": try show()
        case "use": try useDatabase()
        case "set": try set()
        case "begin", "start", "commit", "end", "rollback", "savepoint", "release", "abort": try transaction()
        case "pragma": try pragma()
        case "vacuum": try vacuum()
        case "analyze": try analyze()
        case "attach": try attach()
        case "detach":
            index += 1
            _ = take("database")
            _ = try part()
        case "copy": try copy()
        case "load": try load()
        default: throw NotUnderstood()
        }
    }

    // MARK: - Rows

    /// `INSERT [OR …] [INTO] t …`; `REPLACE INTO t`.
    private mutating func insert() throws(NotUnderstood) {
        index += 1
        if take("or") {
            guard takeAny(["replace", "ignore", "abort", "fail", "rollback"]) else { throw NotUnderstood() }
        }
        while takeAny(["low_priority", "high_priority", "delayed", "ignore", "overwrite"]) {}
        _ = take("into")
        _ = take("table")
        let table = try name()
        use(.mutate, of: table)
        if expressions.contains(where: table.certainlyNames) { add(.opaque(.code)) }
        if take("partition") { try brackets(after: nil) }
        if take("as") { _ = try part() }
        if token?.isSymbol("(") == true, !["select", "with", "values", "table"].contains(ahead(1)?.keyword) {
            try brackets(after: nil)
        }
        if take("overriding") { index += 2 }
        if take("default") {
            try expect("values")
        } else if take("set") {
            try assignments()
        } else {
            try query()
            if take("as") {
                _ = try part()
                if token?.isSymbol("(") == true { try brackets(after: nil) }
            }
        }
        while isNext("on") {
            use(.query, of: table)
            if ahead(1)?.keyword == "duplicate" {
                index += 2
                try expect("key")
                try expect("update")
                try assignments()
            } else {
                index += 1
                try expect("conflict")
                if token?.isSymbol("(") == true { try brackets(after: nil) }
                if take("on") {
                    try expect("constraint")
                    _ = try part()
                }
                if take("where") { try expression(Ending(words: ["do"])) }
                try expect("do")
                if take("nothing") { continue }
                try expect("update")
                try expect("set")
                try assignments()
                if take("where") { try expression(Ending(words: ["on", "returning"])) }
            }
        }
        try returning(table)
    }

    private mutating func assignments() throws(NotUnderstood) {
        try expression(Ending(words: ["where", "from", "on", "returning", "order", "limit", "when"], hasCommas: true))
    }

    private mutating func returning(_ table: SQLName) throws(NotUnderstood) {
        guard take("returning") else { return }
        use(.query, of: table)
        try expression(Ending(hasCommas: true))
    }

    /// What a statement changes by a name: the table, or the one that the name stands for.
    private mutating func change(_ target: SQLName) throws(NotUnderstood) {
        use(.query, .mutate, of: target)
        guard target.parts.count == 1, let alias = target.parts.first?.text.asciiLowercased else { return }
        if expressions.contains(where: { $0.text.asciiLowercased == alias }) { throw NotUnderstood() }
        for (other, table) in aliases where other == alias {
            guard let table else { throw NotUnderstood() }
            use(.query, .mutate, of: table)
        }
    }

    /// `UPDATE t [AS a] SET …`, MySQL's `UPDATE t, u SET …`, T-SQL's `UPDATE a SET … FROM t a`.
    private mutating func update() throws(NotUnderstood) {
        index += 1
        if take("or") {
            guard takeAny(["replace", "ignore", "abort", "fail", "rollback"]) else { throw NotUnderstood() }
        }
        while takeAny(["low_priority", "ignore"]) {}
        aliases = []
        let before = index
        try tables()
        // Every table before `SET` can be changed.
        let end = index
        let found = aliases
        index = before
        let first = token?.isSymbol("(") == true ? nil : try name()
        index = end
        for (_, table) in found {
            guard let table else { throw NotUnderstood() }
            use(.query, .mutate, of: table)
        }
        let isSeveral = tokens[before..<end].contains { token in
            token.isSymbol(",") || token.keyword.map { SQLWords.joins.contains($0) } == true
        }
        if isSeveral { for name in namesBefore(before, end) { use(.query, .mutate, of: name) } }
        try expect("set")
        try assignments()
        if take("from") { try tables() }
        guard let first else { throw NotUnderstood() }
        try change(first)
        try condition(first)
    }

    /// Names that stand where a table can, in a list that is short of subqueries.
    private func namesBefore(_ start: Int, _ end: Int) -> [SQLName] {
        var names: [SQLName] = []
        var copy = self
        copy.index = start
        while copy.index < end {
            let isPlace =
                copy.index == start || copy.ahead(-1)?.isSymbol(",") == true || copy.ahead(-1)?.keyword == "join"
                || copy.ahead(-1)?.isSymbol("(") == true
            if isPlace, let name = copy.tableName() { names.append(name) } else { copy.index += 1 }
        }
        return names
    }

    private mutating func tableName() -> SQLName? {
        let start = index
        do throws(NotUnderstood) { return try name() } catch {
            index = start
            return nil
        }
    }

    private mutating func condition(_ table: SQLName) throws(NotUnderstood) {
        while let keyword {
            switch keyword {
            case "where":
                index += 1
                if take("current") {
                    try expect("of")
                    _ = try part()
                } else {
                    try expression(Ending(words: ["returning", "order", "limit"]))
                }
            case "order", "limit": try clauses()
            case "returning": return try returning(table)
            default: return
            }
        }
    }

    /// `DELETE FROM t`, `DELETE FROM t USING u`, MySQL's and T-SQL's `DELETE a FROM t a JOIN u`.
    private mutating func delete() throws(NotUnderstood) {
        index += 1
        while takeAny(["low_priority", "quick", "ignore"]) {}
        aliases = []
        _ = take("from")
        _ = take("only")
        var targets: [SQLName] = []
        repeat {
            targets.append(try name())
            if take(symbol: ".") { try expect(symbol: "*") }
            guard targets.count <= Limits.codeDepthMax else { throw NotUnderstood() }
        } while take(symbol: ",")
        if targets.count == 1, let target = targets.first {
            if take("as") || !isClause {
                switch token {
                case .word?, .quoted?: aliases.append((try part().text.asciiLowercased, target))
                default: break
                }
            }
            while take("not") || take("indexed") || take("by") { if ahead(-1)?.keyword == "by" { _ = try part() } }
        }
        if takeAny(["from", "using"]) { try tables() }
        for target in targets { try change(target) }
        if let target = targets.first { try condition(target) }
    }

    private var isClause: Bool {
        guard let keyword else { return true }
        return SQLWords.reserved.contains(keyword) || SQLWords.notAliases.contains(keyword) || keyword == "indexed"
    }

    /// `MERGE INTO t USING s ON … WHEN [NOT] MATCHED THEN …`.
    private mutating func merge() throws(NotUnderstood) {
        index += 1
        _ = take("into")
        let target = try name()
        if expressions.contains(where: {
            target.parts.count == 1 && $0.text.asciiLowercased == target.parts[0].text.asciiLowercased
        }) {
            throw NotUnderstood()
        }
        use(.query, .mutate, of: target)
        if take("as") || !isNext("using") { _ = try part() }
        try expect("using")
        try tables()
        while take("when") {
            let words: Set<UTF8String> = ["matched", "not", "by", "target", "source"]
            while takeAny(words) {}
            if take("and") { try expression(Ending(words: ["then"])) }
            try expect("then")
            if take("delete") { continue }
            if take("do") {
                try expect("nothing")
            } else if take("update") {
                try expect("set")
                try expression(Ending(words: ["when", "returning", "where"], hasCommas: true))
                if take("where") { try expression(Ending(words: ["when"])) }
            } else {
                try expect("insert")
                if token?.isSymbol("(") == true { try brackets(after: nil) }
                if take("default") {
                    try expect("values")
                } else {
                    try expect("values")
                    try brackets(after: nil)
                }
            }
        }
        try returning(target)
    }

    // MARK: - Definitions

    private mutating func truncate() throws(NotUnderstood) {
        index += 1
        _ = take("table")
        _ = take("only")
        repeat { use(.mutate, of: try name()) } while take(symbol: ",")
        if takeAny(["restart", "continue"]) { try expect("identity") }
        // `CASCADE` empties tables that are not named.
        _ = take("restrict")
    }

    private mutating func create() throws(NotUnderstood) {
        index += 1
        if take("or") { try expect("replace") }
        while takeAny([
            "temp", "temporary", "unlogged", "global", "local", "unique", "materialized", "recursive", "clustered",
            "nonclustered",
        ]) {}
        switch keyword {
        case "table":
            index += 1
            skipExistence()
            let table = try name()
            use(.mutate, of: table)
            try definition()
        case "view":
            index += 1
            skipExistence()
            use(.mutate, of: try name())
            if token?.isSymbol("(") == true { try brackets(after: nil) }
            try expect("as")
            try query()
            if take("with") {
                while takeAny(["no", "data", "local", "cascaded", "check", "option"]) {}
            }
        case "index":
            index += 1
            _ = take("concurrently")
            skipExistence()
            if !isNext("on") { _ = try name() }
            try expect("on")
            _ = take("only")
            use(.mutate, of: try name())
            if take("using") { _ = try part() }
            try brackets(after: nil)
            if take("where") { try expression(Ending()) }
        case "virtual":
            index += 1
            try expect("table")
            skipExistence()
            use(.mutate, of: try name())
            try expect("using")
            guard takeAny(["fts3", "fts4", "fts5", "rtree"]) else { throw NotUnderstood() }
            if token?.isSymbol("(") == true { try brackets(after: nil) }
        default: throw NotUnderstood()
        }
    }

    /// Columns, a query, or another table to be like; and options that place nothing anywhere.
    private mutating func definition() throws(NotUnderstood) {
        if take("like") { use(.query, of: try name()) }
        if token?.isSymbol("(") == true, !["select", "with", "values"].contains(ahead(1)?.keyword) { try columns() }
        let options: Set<UTF8String> = [
            "without", "rowid", "strict", "engine", "innodb", "myisam", "memory", "default", "charset", "character",
            "collate",
            "utf8", "utf8mb4", "latin1", "auto_increment", "comment", "row_format", "dynamic", "compressed", "on",
            "commit",
            "preserve", "rows", "delete", "drop", "utf8mb4_unicode_ci", "utf8mb4_general_ci", "utf8_general_ci", "set",
            "utf8mb4_bin", "utf8mb4_0900_ai_ci",
        ]
        while takeAny(options) || token?.isSymbol("=") == true || token == .number || token?.isSymbol(",") == true
            || token?.literal != nil
        {
            if keyword == nil, token != nil { index += 1 }
        }
        if take("as") || isNext("select") || isNext("with") || token?.isSymbol("(") == true {
            try query()
            if take("with") { while takeAny(["no", "data"]) {} }
        }
    }

    /// Columns and constraints: words, but for what `REFERENCES` and `LIKE` name.
    private mutating func columns() throws(NotUnderstood) {
        try expect(symbol: "(")
        let ending = Ending(
            words: ["references", "like"], hasCommas: true,
            allowed: ["set", "delete", "update", "on", "restrict", "for"],
            mayBeEmpty: true)
        while true {
            try expression(ending)
            guard let keyword else { break }
            index += 1
            guard
                keyword == "references"
                    || keyword == "like" && ahead(-2).map({ $0.isSymbol("(") || $0.isSymbol(",") }) == true
            else { continue }
            use(.query, of: try name())
            if token?.isSymbol("(") == true { try brackets(after: nil) }
            if token?.isSymbol(")") == true { break }
        }
        try expect(symbol: ")")
    }

    private mutating func alter() throws(NotUnderstood) {
        index += 1
        try expect("table")
        skipExistence()
        _ = take("only")
        let table = try name()
        use(.mutate, of: table)
        repeat {
            switch keyword {
            case "rename":
                index += 1
                if takeAny(["to", "as"]) {
                    use(.mutate, of: try name())
                } else {
                    _ = takeAny(["column", "constraint", "index", "key"])
                    _ = try part()
                    try expect("to")
                    _ = try part()
                }
            case "add", "alter", "modify", "change", "drop":
                let isDrop = isNext("drop")
                index += 1
                skipExistence()
                if isDrop {
                    _ = takeAny(["column", "constraint", "index"])
                    skipExistence()
                    _ = try part()
                    _ = take("restrict")
                    continue
                }
                guard !isNext("partition") else { throw NotUnderstood() }
                let ending = Ending(
                    words: ["references", ","],
                    allowed: ["set", "delete", "update", "on", "restrict", "drop", "column"],
                    mayBeEmpty: true)
                try expression(ending)
                while take("references") {
                    use(.query, of: try name())
                    if token?.isSymbol("(") == true { try brackets(after: nil) }
                    try expression(ending)
                }
            default: throw NotUnderstood()
            }
        } while take(symbol: ",")
    }

    private mutating func drop() throws(NotUnderstood) {
        index += 1
        _ = takeAny(["temporary", "materialized"])
        if take("index") {
            _ = take("concurrently")
            skipExistence()
            _ = try name()
            // Without it nobody knows whose index it is.
            try expect("on")
            use(.mutate, of: try name())
            return
        }
        guard takeAny(["table", "view"]) else { throw NotUnderstood() }
        skipExistence()
        repeat { use(.mutate, of: try name()) } while take(symbol: ",")
        _ = takeAny(["restrict", "purge"])
    }

    private mutating func rename() throws(NotUnderstood) {
        index += 1
        try expect("table")
        repeat {
            use(.mutate, of: try name())
            try expect("to")
            use(.mutate, of: try name())
        } while take(symbol: ",")
    }

    /// `GRANT … ON [TABLE] t TO …`; roles and all else is opaque.
    private mutating func privileges() throws(NotUnderstood) {
        let isGrant = isNext("grant")
        index += 1
        let known: Set<UTF8String> = [
            "select", "insert", "update", "delete", "truncate", "references", "trigger", "all", "privileges", "alter",
            "index", "drop", "create", "view", "show",
        ]
        if !isGrant, take("grant") {
            try expect("option")
            try expect("for")
        }
        repeat {
            guard takeAny(known) else { throw NotUnderstood() }
            while takeAny(known) {}
            if token?.isSymbol("(") == true { try brackets(after: nil) }
        } while take(symbol: ",")
        try expect("on")
        _ = take("table")
        guard !isNext("all") else { throw NotUnderstood() }
        repeat { use(.mutate, of: try name()) } while take(symbol: ",")
        guard takeAny(isGrant ? ["to"] : ["from"]) else { throw NotUnderstood() }
        repeat {
            switch token {
            case .string, .parameter: index += 1
            default: _ = try part()
            }
            if token == .parameter { index += 1 }
        } while take(symbol: ",")
        if take("with") {
            try expect("grant")
            try expect("option")
        }
        _ = take("restrict")
    }

    private mutating func comment() throws(NotUnderstood) {
        index += 1
        try expect("on")
        let isColumn = take("column")
        guard isColumn || takeAny(["table", "view"]) else { throw NotUnderstood() }
        var name = try name()
        if isColumn {
            guard name.parts.count > 1 else { throw NotUnderstood() }
            name.parts.removeLast()
        }
        use(.mutate, of: name)
        try expect("is")
        guard take("null") || token?.literal != nil else { throw NotUnderstood() }
        if token?.literal != nil { index += 1 }
    }

    private mutating func refresh() throws(NotUnderstood) {
        index += 1
        try expect("materialized")
        try expect("view")
        _ = take("concurrently")
        use(.mutate, of: try name())
        if take("with") { while takeAny(["no", "data"]) {} }
    }

    // MARK: - Looking, and settings

    /// As if the statement ran, which `EXPLAIN ANALYZE` lets it.
    private mutating func explain() throws(NotUnderstood) {
        index += 1
        let options: Set<UTF8String> = ["analyze", "analyse", "verbose", "extended", "formatted"]
        while takeAny(options) {}
        if isNext("query"), ahead(1)?.keyword == "plan" { index += 2 }
        if take("plan") { try expect("for") }
        if take("format") {
            _ = take(symbol: "=")
            _ = try part()
        }
        let verbs: Set<UTF8String> = [
            "select", "with", "values", "insert", "update", "delete", "replace", "merge", "create", "table",
        ]
        if token?.isSymbol("(") == true, !verbs.contains(ahead(1)?.keyword ?? ""), ahead(1)?.isSymbol("(") != true {
            try brackets(after: nil)
        }
        if token?.isSymbol("(") == true || verbs.contains(keyword ?? "") {
            return try deeper { parser throws(NotUnderstood) in try parser.statement() }
        }
        _ = take("table")
        use(.query, of: try name())
        switch token {
        case .word?: _ = try part()
        case .string?: index += 1
        default: break
        }
    }

    private mutating func show() throws(NotUnderstood) {
        index += 1
        if take("create") {
            guard takeAny(["table", "view"]) else { throw NotUnderstood() }
            return use(.query, of: try name())
        }
        _ = takeAny(["full", "extended"])
        if takeAny(["columns", "fields", "index", "indexes", "keys"]) {
            guard takeAny(["from", "in"]) else { throw NotUnderstood() }
            use(.query, of: try name())
            if takeAny(["from", "in"]) { throw NotUnderstood() }
        } else {
            var words = 0
            while case .word(_, let keyword)? = token, !["from", "in", "like", "where"].contains(keyword), words < 4 {
                // One unknown word is a setting's name.
                guard SQLWords.shown.contains(keyword) || words == 0 else { throw NotUnderstood() }
                index += 1
                words += 1
            }
            guard words > 0 else { throw NotUnderstood() }
            if takeAny(["from", "in"]) { _ = try part() }
        }
        if take("like") {
            guard case .string? = token else { throw NotUnderstood() }
            index += 1
        }
        if take("where") { try expression(Ending()) }
    }

    private mutating func useDatabase() throws(NotUnderstood) {
        index += 1
        databases.append(try part())
        guard databases.count <= 8 else { throw NotUnderstood() }
    }

    private mutating func set() throws(NotUnderstood) {
        index += 1
        _ = takeAny(["session", "local"])
        repeat {
            if token == .parameter {
                // A variable of the session; `@@x` is a setting.
                index += 1
                guard take(symbol: "=") || take(symbol: ":=") else { throw NotUnderstood() }
                try expression(Ending())
                add(.opaque(.code))
                continue
            }
            guard let keyword, SQLWords.settings.contains(keyword) else { throw NotUnderstood() }
            index += 1
            if keyword == "transaction" { return try words() }
            if keyword == "time" { try expect("zone") }
            _ = takeAny(["to", "set"]) || take(symbol: "=")
            switch token {
            case .string?, .number?, .word?: index += 1
            default: throw NotUnderstood()
            }
        } while take(symbol: ",")
    }

    private mutating func transaction() throws(NotUnderstood) {
        let takesName = isNext("savepoint") || isNext("release") || isNext("rollback")
        index += 1
        try words()
        if takesName, token != nil { _ = try part() }
    }

    private mutating func words() throws(NotUnderstood) {
        let known: Set<UTF8String> = [
            "transaction", "tran", "work", "deferred", "immediate", "exclusive", "to", "savepoint", "and", "chain",
            "no",
            "release", "read", "only", "write", "isolation", "level", "serializable", "repeatable", "committed",
            "uncommitted", "snapshot", "with", "consistent",
        ]
        while takeAny(known) || take(symbol: ",") {}
    }

    private mutating func pragma() throws(NotUnderstood) {
        index += 1
        var pragma = try part().text.asciiLowercased
        if take(symbol: ".") { pragma = try part().text.asciiLowercased }
        guard SQLWords.pragmas.contains(pragma) else { throw NotUnderstood() }
        let hasBracket = take(symbol: "(")
        guard hasBracket || take(symbol: "=") else { return }
        if SQLWords.tablePragmas.contains(pragma) {
            use(.query, of: try name())
        } else if ["index_info", "index_xinfo", "integrity_check", "quick_check"].contains(pragma) {
            index += 1
        } else {
            guard SQLWords.settablePragmas.contains(pragma) else { throw NotUnderstood() }
            _ = take(symbol: "-")
            index += 1
        }
        if hasBracket { try expect(symbol: ")") }
    }

    private mutating func vacuum() throws(NotUnderstood) {
        index += 1
        while takeAny(["full", "freeze", "verbose", "analyze"]) {}
        guard token != nil else { throw NotUnderstood() }
        if !isNext("into") {
            let name = try name()
            if !isNext("into") { return use(.mutate, of: name) }
        }
        index += 1
        guard case .string(let path)? = token, index + 1 == tokens.count else {
            add(.opaque(.pathWrite))
            throw NotUnderstood()
        }
        index += 1
        add(.path(.write, literal: path))
    }

    private mutating func analyze() throws(NotUnderstood) {
        index += 1
        while takeAny(["verbose", "table", "local"]) {}
        repeat { use(.query, .mutate, of: try name()) } while take(symbol: ",")
    }

    // MARK: - Files

    /// `ATTACH [DATABASE] 'file' AS name`.
    private mutating func attach() throws(NotUnderstood) {
        index += 1
        _ = take("database")
        let path: UTF8String?
        switch token {
        case .string(let text)?: path = text
        case .quoted(let text)?: path = text
        default: path = nil
        }
        index += 1
        guard isNext("as") else {
            add(.opaque(.pathWrite))
            add(.opaque(.pathRead))
            throw NotUnderstood()
        }
        index += 1
        switch token {
        case .string?: index += 1
        default: _ = try part()
        }
        if path == ":memory:" || path == "" { return }
        let isURI = path?.asciiLowercased.hasPrefix("file:") == true
        for verb in [Verb.read, .write] { add(.path(verb, literal: isURI ? nil : path)) }
    }

    /// `COPY t [(columns)] FROM|TO 'file'|STDIN|STDOUT|PROGRAM 'command' …`.
    private mutating func copy() throws(NotUnderstood) {
        index += 1
        var table: SQLName?
        if take(symbol: "(") {
            try deeper { parser throws(NotUnderstood) in try parser.statement() }
            try expect(symbol: ")")
        } else {
            table = try name()
            if token?.isSymbol("(") == true { try brackets(after: nil) }
        }
        let isReading = isNext("from")
        guard takeAny(["from", "to"]) else { throw NotUnderstood() }
        if let table { if isReading { use(.mutate, of: table) } else { use(.query, of: table) } }
        if take("program") {
            add(token?.literal.map { .shell(ShellValue($0)) } ?? .opaque(.code))
            index += 1
        } else if takeAny(["stdin", "stdout"]) {
            readsInput = isReading
        } else {
            guard case .string(let path)? = token else { throw NotUnderstood() }
            index += 1
            add(.path(isReading ? .read : .write, literal: path))
        }
        _ = take("with")
        if token?.isSymbol("(") == true { try brackets(after: nil) }
        let options: Set<UTF8String> = [
            "csv", "header", "delimiter", "as", "null", "quote", "escape", "binary", "text", "encoding", "format",
        ]
        while takeAny(options) || token?.literal != nil { if token?.literal != nil { index += 1 } }
        if take("where") { try expression(Ending()) }
    }

    /// `LOAD DATA [LOCAL] INFILE 'file' [REPLACE] INTO TABLE t …`.
    private mutating func load() throws(NotUnderstood) {
        index += 1
        guard takeAny(["data", "xml"]) else { throw NotUnderstood() }
        while takeAny(["low_priority", "concurrent", "local"]) {}
        try expect("infile")
        guard case .string(let path)? = token else { throw NotUnderstood() }
        index += 1
        add(.path(.read, literal: path))
        _ = takeAny(["replace", "ignore"])
        try expect("into")
        try expect("table")
        use(.mutate, of: try name())
        try expression(Ending(hasCommas: true, allowed: ["set"], mayBeEmpty: true))
    }
}

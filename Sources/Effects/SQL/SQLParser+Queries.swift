// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension SQLParser {
    /// `[WITH …] SELECT … [UNION …]`.
    mutating func query() throws(NotUnderstood) {
        if isNext("with") { return try withBody() }
        try core()
        while let keyword, SQLWords.setOperators.contains(keyword) { try setOperation() }
    }

    mutating func setOperation() throws(NotUnderstood) {
        index += 1
        _ = takeAny(["all", "distinct"])
        try deeper { parser throws(NotUnderstood) in try parser.core() }
    }

    /// `WITH [RECURSIVE] name [(columns)] AS [[NOT] MATERIALIZED] (statement), … statement`. A name stands for its query
    /// from there on, and in itself only where it says so; a table of that name counts before.
    mutating func withBody() throws(NotUnderstood) {
        try expect("with")
        let isRecursive = take("recursive")
        let outer = expressions
        repeat {
            let name = try part()
            if token?.isSymbol("(") == true { try brackets(after: nil) }
            try expect("as")
            _ = take("not")
            _ = take("materialized")
            if isRecursive { expressions.append(name) }
            try expect(symbol: "(")
            try deeper { parser throws(NotUnderstood) in try parser.statement() }
            try expect(symbol: ")")
            if !isRecursive { expressions.append(name) }
            guard expressions.count <= Limits.codeDepthMax else { throw NotUnderstood() }
        } while take(symbol: ",")
        try deeper { parser throws(NotUnderstood) in
            guard
                ["select", "values", "table", "insert", "update", "delete", "merge", "replace"].contains(parser.keyword)
                    || parser.token?.isSymbol("(") == true
            else { throw NotUnderstood() }
            try parser.statement()
        }
        expressions = outer
    }

    private mutating func core() throws(NotUnderstood) {
        if take(symbol: "(") {
            try deeper { parser throws(NotUnderstood) in try parser.query() }
            try expect(symbol: ")")
            return try clauses()
        }
        if take("values") {
            try expression(Ending(words: SQLWords.clauses.union(["on", "as"]), hasCommas: true, allowed: ["row"]))
            return try clauses()
        }
        if take("table") {
            use(.query, of: try name())
            return try clauses()
        }
        try expect("select")
        try expression(Ending(words: SQLWords.clauses, hasCommas: true, mayBeEmpty: isNext("from")))
        if isNext("into") { try into() }
        if take("from") { try tables() }
        try clauses()
    }

    /// What follows the tables, in any order.
    mutating func clauses() throws(NotUnderstood) {
        while let keyword {
            switch keyword {
            case "where", "having":
                index += 1
                try expression(Ending(words: SQLWords.clauses.union(["on", "window"])))
            case "group", "order":
                index += 1
                try expect("by")
                try expression(Ending(words: SQLWords.clauses.union(["on"]), hasCommas: true))
            case "window":
                index += 1
                repeat {
                    _ = try part()
                    try expect("as")
                    try brackets(after: nil)
                } while take(symbol: ",")
            case "limit":
                index += 1
                try amount()
                if take(symbol: ",") { try amount() }
            case "offset":
                index += 1
                try amount()
                _ = takeAny(["row", "rows"])
            case "fetch":
                index += 1
                guard takeAny(["first", "next"]) else { throw NotUnderstood() }
                if token == .number || token == .parameter { index += 1 }
                guard takeAny(["row", "rows"]) else { throw NotUnderstood() }
                _ = take("only")
            case "for":
                index += 1
                try locking()
            case "into": try into()
            default: return
            }
        }
    }

    private mutating func amount() throws(NotUnderstood) {
        _ = take(symbol: "-")
        guard token == .number || token == .parameter || isNext("all") || isNext("null") else { throw NotUnderstood() }
        index += 1
    }

    /// `FOR UPDATE OF t NOWAIT`, `FOR JSON PATH`.
    private mutating func locking() throws(NotUnderstood) {
        guard takeAny(["update", "share", "no", "key", "json", "xml", "browse", "read"]) else { throw NotUnderstood() }
        while takeAny(["key", "update", "share", "nowait", "skip", "locked", "auto", "path", "raw", "only", "wait"]) {}
        if take("of") {
            repeat { _ = try name() } while take(symbol: ",")
            while takeAny(["nowait", "skip", "locked", "wait"]) {}
        }
        if token == .number { index += 1 }
    }

    /// `INTO OUTFILE 'x' …`, `INTO @a`, and `INTO t`, which makes a table.
    private mutating func into() throws(NotUnderstood) {
        try expect("into")
        if takeAny(["outfile", "dumpfile"]) {
            guard case .string(let path)? = token else { throw NotUnderstood() }
            index += 1
            add(.path(.write, literal: path))
            let options: Set<UTF8String> = [
                "character", "set", "fields", "columns", "terminated", "by", "optionally", "enclosed", "escaped",
                "lines",
                "starting", "utf8", "utf8mb4", "charset",
            ]
            while takeAny(options) || token?.literal != nil { if token?.literal != nil { index += 1 } }
            return
        }
        repeat {
            if token == .parameter {
                index += 1
            } else {
                while takeAny(["temp", "temporary", "unlogged", "table", "global", "local"]) {}
                use(.mutate, of: try name())
            }
        } while take(symbol: ",")
    }

    // MARK: - Tables

    /// A list of tables and joins.
    mutating func tables() throws(NotUnderstood) {
        repeat {
            try factor()
            while try join() {}
        } while take(symbol: ",")
    }

    /// Whether one was there.
    private mutating func join() throws(NotUnderstood) -> Bool {
        if take("on") {
            try expression(
                Ending(
                    words: SQLWords.clauses.union(SQLWords.joins).union(["on", "set", "when", "using"]),
                    allowed: []))
            return true
        }
        if isNext("using"), ahead(1)?.isSymbol("(") == true {
            index += 1
            try brackets(after: nil)
            return true
        }
        guard let keyword, SQLWords.joins.contains(keyword) || keyword == "asof" || keyword == "global" else {
            return false
        }
        var words = 0
        while !isNext("join"), !isNext("apply"), !isNext("straight_join") {
            let kinds: Set<UTF8String> = [
                "inner", "left", "right", "full", "cross", "natural", "outer", "semi", "anti", "asof", "global", "all",
                "any", "loop", "hash", "remote",
            ]
            guard takeAny(kinds), words < 4 else { throw NotUnderstood() }
            words += 1
        }
        index += 1
        try factor()
        return true
    }

    private mutating func factor() throws(NotUnderstood) {
        if isNext("only") || isNext("lateral"), ahead(1)?.isSymbol("(") == true || ahead(1)?.keyword != nil,
            !SQLWords.reserved.contains(ahead(1)?.keyword ?? "")
        {
            // Elsewhere a table of that name, with an alias.
            if ahead(1)?.isSymbol("(") != true, ahead(2)?.isSymbol("(") != true {
                use(.query, of: SQLName(parts: [try part()]))
            } else {
                index += 1
            }
        }
        if take(symbol: "(") {
            try deeper { parser throws(NotUnderstood) in
                if ["select", "with", "values", "table"].contains(parser.keyword) {
                    try parser.query()
                } else {
                    try parser.tables()
                }
                while let keyword = parser.keyword, SQLWords.setOperators.contains(keyword) {
                    try parser.setOperation()
                }
                try parser.clauses()
            }
            try expect(symbol: ")")
            return try alias(of: nil)
        }
        if token?.isSymbol("[") == true {
            // A name to others; no dialect that has it as a symbol takes one here.
            isRefused = true
            throw NotUnderstood()
        }
        if token == .parameter {
            // A table variable.
            index += 1
            return try alias(of: nil)
        }
        let name = try name()
        if token?.isSymbol("(") == true {
            try call(name)
            if take("with") { try expect("ordinality") }
            return try alias(of: nil)
        }
        if expressions.contains(where: name.certainlyNames) { return try alias(of: nil) }
        use(.query, of: name)
        try alias(of: name)
    }

    /// What follows a table: hints, samples, another name for it.
    private mutating func alias(of table: SQLName?) throws(NotUnderstood) {
        var hasAlias = false
        while true {
            switch token {
            case .word(_, let keyword):
                if keyword == "as" {
                    index += 1
                    let part = try part()
                    aliases.append((part.text.asciiLowercased, table))
                    hasAlias = true
                    if token?.isSymbol("(") == true { try columnDefinitions() }
                } else if keyword == "indexed", ahead(1)?.keyword == "by" {
                    index += 2
                    _ = try part()
                } else if keyword == "not", ahead(1)?.keyword == "indexed" {
                    index += 2
                } else if ["use", "force", "ignore"].contains(keyword), ["index", "key"].contains(ahead(1)?.keyword) {
                    index += 2
                    if take("for") { while takeAny(["join", "order", "group", "by"]) {} }
                    try brackets(after: nil)
                } else if keyword == "partition", ahead(1)?.isSymbol("(") == true {
                    index += 1
                    try brackets(after: nil)
                } else if keyword == "with", ahead(1)?.isSymbol("(") == true {
                    index += 1
                    try brackets(after: nil)
                } else if keyword == "tablesample" {
                    index += 1
                    guard takeAny(["bernoulli", "system"]) else { throw NotUnderstood() }
                    try brackets(after: nil)
                } else if !hasAlias, !SQLWords.reserved.contains(keyword), !isJoin(keyword) {
                    if SQLWords.notAliases.contains(keyword) { throw NotUnderstood() }
                    let part = try part()
                    aliases.append((part.text.asciiLowercased, table))
                    hasAlias = true
                    if token?.isSymbol("(") == true { try columnDefinitions() }
                } else {
                    return
                }
            case .quoted(let text), .string(let text?):
                guard !hasAlias else { throw NotUnderstood() }
                index += 1
                aliases.append((text.asciiLowercased, table))
                hasAlias = true
                if token?.isSymbol("(") == true { try columnDefinitions() }
            default: return
            }
            guard aliases.count <= Limits.codeActionsMax else { throw NotUnderstood() }
        }
    }

    private func isJoin(_ keyword: UTF8String) -> Bool {
        ["asof", "global", "straight_join"].contains(keyword)
    }

    /// `(a, b)`, `(a int, b text)`.
    private mutating func columnDefinitions() throws(NotUnderstood) { try brackets(after: nil) }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Effects

/// Statements over a small schema, and what SQLite's own authorizer says they touch.
@Suite(.enabled(if: Tool.python != nil, "python3, whose library has SQLite, is not on this machine"))
struct SQLiteAuthorizerTests {
    /// Prepares each line of JSON, and prints which tables it reads and writes, `null` where SQLite refuses it.
    private static let program = """
        import json, sqlite3, sys
        c = sqlite3.connect(":memory:")
        for t in "abcd":
            c.execute(f"create table {t} (id integer primary key, x, y, z)")
        reads, writes = set(), set()
        own = {"sqlite_master", "sqlite_temp_master", "sqlite_schema", "sqlite_sequence", "sqlite_stat1", "json_each"}
        def ask(action, first, second, database, trigger):
            if action == sqlite3.SQLITE_READ: reads.add(first)
            if action in (sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE): writes.add(first)
            if action in (sqlite3.SQLITE_CREATE_TABLE, sqlite3.SQLITE_DROP_TABLE, sqlite3.SQLITE_CREATE_VIEW): writes.add(first)
            if action == sqlite3.SQLITE_ALTER_TABLE: writes.add(second)
            if action in (sqlite3.SQLITE_CREATE_INDEX,): writes.add(second)
            return sqlite3.SQLITE_OK
        c.set_authorizer(ask)
        for line in sys.stdin:
            reads, writes = set(), set()
            try:
                c.execute("explain " + json.loads(line), {"p": 1}).fetchall()
            except Exception:
                print("null")
                continue
            print(json.dumps([sorted(reads - own), sorted(writes - own)]))
        """

    @Test func `what SQLite says a statement reads and writes is among its effects, or it is code`() throws {
        var generator = StatementGenerator(seed: 5)
        var statements = (0..<4000).map { _ in generator.statement() }
        statements += Self.odd
        let input = statements.map { String(decoding: JSON.text($0).serialized(), as: UTF8.self) + "\n" }.joined()
        let output = try withScratchFolder { folder in
            try #require(Tool.python).run(["-c", Self.program], input: Data(input.utf8), in: folder)
        }
        let lines = output.split(separator: 0x0a)
        try #require(lines.count == statements.count)
        var (accepted, opaque) = (0, 0)
        for (statement, line) in zip(statements, lines) {
            let said = try JSON(parsing: Array(line))
            guard let sets = said.array else { continue }
            accepted += 1
            for dialect in [SQLDialect.sqlite, .any] {
                // The authorizer gives the database apart.
                let actions = Set(done(sql: statement, dialect).map { $0.replacing("main.", with: "") })
                if actions.contains("opaque code") {
                    if dialect == .any { opaque += 1 }
                    continue
                }
                for (verb, tables) in zip(["query", "mutate"], sets) {
                    for table in (tables.array ?? []).compactMap(\.string) {
                        #expect(
                            actions.contains("\(verb) \(table)"), "\(statement): \(verb) \(table) is not in \(actions)")
                    }
                }
            }
        }
        // Most must be taken by SQLite and understood here, or this shows nothing.
        #expect(accepted > 3000, "\(accepted) accepted")
        #expect(opaque * 20 < accepted, "\(opaque) of \(accepted) opaque")
    }

    /// Corners of SQLite's grammar.
    private static let odd = [
        "SELECT * FROM a WHERE x IN b", "SELECT * FROM a WHERE x NOT IN main.b", "SELECT x IN b FROM a",
        "SELECT * FROM 'a'", "SELECT * FROM \"a\" \"q\"",
        "SELECT * FROM [a] AS 'q'", "SELECT * FROM `a`", "SELECT \"a\" FROM b",
        "SELECT * FROM a q, b AS w CROSS JOIN c", "SELECT * FROM (a, b)", "SELECT * FROM (a JOIN (b, c))",
        "SELECT * FROM a NATURAL LEFT OUTER JOIN b", "SELECT * FROM a NOT INDEXED",
        "SELECT 1 WHERE EXISTS (SELECT * FROM a)", "VALUES ((SELECT x FROM a)), (1)",
        "SELECT * FROM a LIMIT (SELECT x FROM b)",
        "SELECT * FROM a ORDER BY (SELECT x FROM b)", "SELECT * FROM a GROUP BY x HAVING (SELECT x FROM b)",
        "WITH a AS (SELECT * FROM b) SELECT * FROM a", "WITH q AS (SELECT * FROM a), a AS (SELECT 1) SELECT * FROM q",
        "WITH q AS (WITH a AS (SELECT * FROM b) SELECT * FROM a) SELECT * FROM q, a",
        "SELECT * FROM (WITH q AS (SELECT * FROM a) SELECT * FROM q)",
        "WITH q AS (SELECT 1) DELETE FROM a WHERE x IN q", "WITH a AS (SELECT 1 x) DELETE FROM a",
        "WITH a AS (SELECT 1 AS x) INSERT INTO a(x) SELECT x FROM a",
        "SELECT CASE WHEN x THEN (SELECT y FROM b) END FROM a", "SELECT cast((SELECT x FROM a) AS text)",
        "SELECT count(*) FILTER (WHERE x IN (SELECT y FROM b)) FROM a",
        "SELECT sum(x) OVER (ORDER BY (SELECT 1 FROM b)) FROM a",
        "SELECT 1 UNION SELECT x FROM a EXCEPT SELECT y FROM b INTERSECT SELECT z FROM c",
        "INSERT INTO a(x) VALUES ((SELECT y FROM b)) ON CONFLICT(id) DO UPDATE SET x = (SELECT z FROM c)",
        "REPLACE INTO a(x) SELECT y FROM b",
        "UPDATE OR IGNORE a AS q SET x = b.y FROM b WHERE q.id = b.id RETURNING (SELECT 1 FROM c)",
        "DELETE FROM a AS q WHERE q.x = 1", "CREATE TABLE e AS SELECT * FROM a", "CREATE VIEW v AS SELECT * FROM a",
        "DROP TABLE a", "ALTER TABLE a RENAME TO e", "ALTER TABLE a ADD COLUMN w DEFAULT 1",
        "SELECT/**/*/**/FROM/**/a", "SELECT * FROM main.a", "SELECT * FROM a--\n, b", "SELECT * FROM a # , b",
        "SELECT x AS \"from\" FROM a", "SELECT a.x FROM a, (SELECT b.y FROM b) AS q WHERE a.x = q.y",
        "SELECT * FROM a, json_each(a.x)", "SELECT x'00', 1e3, .5, ?1, :p FROM a",
        "SELECT * FROM a WHERE (x, y) IN (SELECT x, y FROM b)", "SELECT * FROM a WHERE (x, y) = (SELECT 1, z FROM c)",
        "SELECT * FROM a window", "SELECT * FROM a offset", "SELECT * FROM a, b limit 1 offset (SELECT 1 FROM c)",
        "SELECT replace(x, 'FROM b', '') FROM a", "SELECT iif(x, (SELECT 1 FROM b), 2) FROM a",
        "SELECT * FROM a JOIN b ON (SELECT 1 FROM c) JOIN d USING (id)", "SELECT * FROM a INDEXED BY i",
        "SELECT 'it''s' FROM a WHERE x LIKE '%\\' AND y = ' FROM b'", "SELECT * FROM a WHERE x IS NOT DISTINCT FROM y",
    ]
}

/// Random statements. Not random to look at: every clause comes with tables in it.
private struct StatementGenerator {
    var state: UInt64
    var depth = 0

    init(seed: UInt64) { state = seed }

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(bound))
    }

    mutating func one(of choices: [String]) -> String { choices[next(choices.count)] }

    mutating func table() -> String {
        one(of: ["a", "b", "c", "d", "A", "\"b\"", "[c]", "`d`", "main.a", "main.\"c\""])
    }

    mutating func space() -> String { one(of: [" ", " ", " ", "\n", "\t", "/* FROM a */", " -- FROM b\n", "/**/"]) }

    mutating func expression() -> String {
        depth += 1
        defer { depth -= 1 }
        switch next(depth > 4 ? 6 : 14) {
        case 0: return "1"
        case 1: return "x"
        case 2: return one(of: ["'FROM d'", "\"y\"", "'it''s'", "x'00'", "NULL", ":p"])
        case 3: return "y"
        case 4: return "-z"
        case 5: return "(id)"
        case 6: return "(SELECT max(x) FROM \(table()))"
        case 7: return "EXISTS (\(query()))"
        case 8: return "x IN (SELECT y FROM \(table()))"
        case 9: return "x IN\(space())\(table())"
        case 10: return "coalesce(\(expression()), \(expression()))"
        case 11: return "CASE WHEN \(expression()) THEN \(expression()) ELSE 2 END"
        case 12: return "\(expression()) \(one(of: ["+", "AND", "||", "=", "IS NOT", "LIKE"])) \(expression())"
        default: return "cast(\(expression()) AS \(one(of: ["text", "varchar(10)"])))"
        }
    }

    mutating func source() -> String {
        depth += 1
        defer { depth -= 1 }
        switch next(depth > 4 ? 3 : 8) {
        case 0...2: return table() + one(of: ["", " AS q\(next(99))", " q\(next(99))"])
        case 3: return "(\(query())) AS q\(next(99))"
        case 4: return "\(source()), \(source())"
        case 5:
            return
                "\(source()) \(one(of: ["JOIN", "LEFT JOIN", "CROSS JOIN", "INNER JOIN"])) \(source()) ON \(expression())"
        case 6: return "(\(source()))"
        default: return "json_each('[]') AS q\(next(99)), \(table())"
        }
    }

    mutating func query() -> String {
        depth += 1
        defer { depth -= 1 }
        var text = "SELECT\(space())\(one(of: ["", "DISTINCT "]))1\(space())FROM \(source())"
        if next(2) == 0 { text += "\(space())WHERE 1" }
        if next(4) == 0 { text += " GROUP BY 1 HAVING 1" }
        if depth < 4, next(4) == 0 {
            text += "\(space())\(one(of: ["UNION", "UNION ALL", "EXCEPT"])) SELECT 2 FROM \(source())"
        }
        if next(4) == 0 { text += " LIMIT 3\(one(of: ["", " OFFSET 1", ", 2"]))" }
        return text
    }

    /// A query of one table, in which columns are not ambiguous.
    mutating func simple() -> String {
        "SELECT \(expression())\(space())FROM \(table()) WHERE \(expression()) ORDER BY \(expression())"
    }

    mutating func statement() -> String {
        switch next(10) {
        case 0, 1: return query()
        case 2, 3: return simple()
        case 4: return "INSERT INTO \(table()) (x)\(space())SELECT 1 FROM \(source())"
        case 5: return "INSERT OR REPLACE INTO \(table()) (x, y) VALUES (1, (\(simple())))"
        case 6: return "UPDATE \(table()) SET x = \(expression()), y = 2 WHERE \(expression())"
        case 7: return "DELETE FROM \(table()) WHERE \(expression())"
        case 8: return "WITH q(k) AS (\(query())), w AS (SELECT k FROM q, \(table())) SELECT * FROM w, q, \(table())"
        default: return "CREATE TABLE e\(next(9)) AS \(query())"
        }
    }
}

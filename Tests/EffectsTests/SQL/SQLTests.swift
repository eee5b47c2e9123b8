// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Effects

@Suite struct SQLTests {
    private static let opaque = "opaque code"

    @Test(arguments: [
        ("SELECT 1", []), ("select * from users", ["query users"]),
        ("SELECT * FROM Users;", ["query Users", "query users"]),
        ("SELECT a.x, b.y FROM a JOIN b ON a.id = b.id", ["query a", "query b"]),
        ("SELECT * FROM a, b AS c, d e", ["query a", "query b", "query d"]),
        ("SELECT * FROM a LEFT OUTER JOIN b USING (id) NATURAL JOIN c", ["query a", "query b", "query c"]),
        ("SELECT * FROM s.t, d.s.t", ["query s.t", "query d.s.t"]),
        ("SELECT (SELECT max(x) FROM b) FROM a WHERE EXISTS (SELECT 1 FROM c)", ["query b", "query a", "query c"]),
        ("SELECT * FROM (SELECT * FROM a) x JOIN (b JOIN c ON 1=1) ON 1", ["query a", "query b", "query c"]),
        ("SELECT * FROM ((SELECT 1) UNION SELECT x FROM a) q", ["query a"]),
        ("(SELECT 1 FROM a) UNION ALL (SELECT 2 FROM b) ORDER BY 1 LIMIT 3", ["query a", "query b"]),
        ("WITH c AS (SELECT * FROM a) SELECT * FROM c JOIN b", ["query a", "query b"]),
        ("WITH RECURSIVE c(n) AS (VALUES (1) UNION ALL SELECT n+1 FROM c WHERE n < 9) SELECT n FROM c", []),
        ("WITH c AS (SELECT * FROM c) SELECT * FROM c", ["query c"]),
        ("WITH c AS (SELECT 1), d AS (SELECT * FROM c, e) SELECT * FROM d", ["query e"]),
        ("WITH \"C\" AS (SELECT 1) SELECT * FROM c", ["query c"]),
        ("SELECT * FROM a WHERE x IN (SELECT y FROM b) AND z IN (1, 2)", ["query a", "query b"]),
        ("SELECT * FROM a WHERE x IN b", ["query a", "query b"]),
        ("SELECT * FROM a WHERE x IS NOT DISTINCT FROM y", ["query a"]),
        ("SELECT extract(year FROM d), trim(both ' ' from x) FROM a", ["query a"]),
        ("SELECT 'FROM b' FROM a -- FROM c\n/* FROM d */", ["query a"]), ("TABLE a", ["query a"]),
        ("VALUES (1, (SELECT x FROM a))", ["query a"]),
        ("SELECT \"my table\".x FROM \"my table\"", ["query my table"]), ("SELECT `a`.b FROM `a`", ["query a"]),
        ("SELECT * FROM [a b] x", ["query a b"]), ("SELECT * FROM 'a'", ["query a"]),
        (
            "SELECT count(*), sum(x) OVER (PARTITION BY y ORDER BY z) FROM a GROUP BY y HAVING count(*) > 1 ORDER BY 2 DESC LIMIT 10 OFFSET 5",
            ["query a"]
        ),
        ("SELECT x::text, $1, ?, :name, @v FROM a WHERE b @> '{}' FOR UPDATE SKIP LOCKED", ["query a"]),
        ("SELECT CASE WHEN x THEN 1 ELSE 2 END FROM a LIMIT 1, 2", ["query a"]),
        ("SELECT cast(x AS varchar(20)) FROM a TABLESAMPLE bernoulli (10)", ["query a"]),
        ("SELECT * FROM generate_series(1, 3) g, json_each('[]')", []),
        ("EXPLAIN QUERY PLAN SELECT * FROM a", ["query a"]),
        ("EXPLAIN ANALYZE DELETE FROM a", ["query a", "mutate a"]),
        ("EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM a", ["query a"]),
        ("DESCRIBE a", ["query a"]), ("SHOW TABLES", []), ("SHOW CREATE TABLE a", ["query a"]),
        ("SHOW COLUMNS FROM a", ["query a"]), ("SHOW search_path", []), ("PRAGMA table_info(a)", ["query a"]),
        ("PRAGMA foreign_keys = ON", []), ("USE db; SELECT * FROM t", ["query t", "query db.t"]),
        ("BEGIN; SELECT 1; COMMIT", []), ("BEGIN IMMEDIATE; ROLLBACK TO SAVEPOINT x; RELEASE x", []),
        ("SET statement_timeout = 5; SET TIME ZONE 'UTC'; SET NAMES utf8", []), ("SELECT 1;;; SELECT 2", []), ("", []),
        ("SELECT left(x, 1), replace(y, 'a', 'b') FROM a", ["query a"]),
        ("SELECT string_agg(x, ',' ORDER BY y), count(*) FILTER (WHERE z) FROM a", ["query a"]),
        ("SELECT DATE '2020-01-01' + INTERVAL '1 day' FROM a", ["query a"]),
        ("SELECT t.update, t.into FROM a t", ["query a"]),
    ])
    func `a query names its tables`(text: String, effects: [String]) {
        #expect(done(sql: text) == effects)
    }

    @Test(arguments: [
        ("INSERT INTO a VALUES (1)", ["mutate a"]),
        ("INSERT INTO a (x, y) SELECT x, y FROM b", ["mutate a", "query b"]),
        ("INSERT OR REPLACE INTO a DEFAULT VALUES", ["mutate a"]),
        ("REPLACE INTO a SET x = (SELECT 1 FROM b)", ["mutate a", "query b"]),
        ("INSERT INTO a VALUES (1) RETURNING *", ["mutate a", "query a"]),
        ("INSERT INTO a VALUES (1) ON CONFLICT (id) DO UPDATE SET x = excluded.x", ["mutate a", "query a"]),
        ("INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING", ["mutate a", "query a"]),
        ("INSERT INTO a VALUES (1) ON DUPLICATE KEY UPDATE x = VALUES(x)", ["mutate a", "query a"]),
        ("UPDATE a SET x = 1 WHERE y IN (SELECT z FROM b)", ["query a", "query b", "mutate a"]),
        ("UPDATE a SET x = b.x FROM b WHERE a.id = b.id", ["query a", "query b", "mutate a"]),
        ("UPDATE t SET x = 1 FROM a t", ["query t", "query a", "mutate t", "mutate a"]),
        ("UPDATE a, b SET a.x = b.x", ["query a", "query b", "mutate a", "mutate b"]),
        ("UPDATE a x JOIN b y ON 1 SET y.z = 2", ["query a", "query b", "mutate a", "mutate b"]),
        ("DELETE FROM a", ["query a", "mutate a"]),
        ("DELETE FROM a WHERE id = 1 RETURNING id", ["query a", "mutate a"]),
        ("DELETE FROM a USING b WHERE a.x = b.x", ["query b", "query a", "mutate a"]),
        ("DELETE t FROM a t JOIN b ON 1", ["query a", "query b", "query t", "mutate t", "mutate a"]),
        ("WITH d AS (DELETE FROM a RETURNING *) SELECT * FROM d", ["query a", "mutate a"]),
        ("WITH c AS (SELECT 1) INSERT INTO a SELECT * FROM c", ["mutate a"]),
        (
            "MERGE INTO a USING b ON a.x = b.x WHEN MATCHED THEN UPDATE SET y = 1 WHEN NOT MATCHED THEN INSERT (x) VALUES (b.x)",
            ["query a", "mutate a", "query b"]
        ),
        ("TRUNCATE TABLE a, b", ["mutate a", "mutate b"]),
        (
            "CREATE TABLE a (id int PRIMARY KEY, b_id int REFERENCES b(id) ON DELETE SET NULL, x varchar(20) DEFAULT 'x')",
            ["mutate a", "query b"]
        ),
        ("CREATE TABLE IF NOT EXISTS a AS SELECT * FROM b", ["mutate a", "query b"]),
        ("CREATE TEMP TABLE a (LIKE b)", ["mutate a", "query b"]),
        ("CREATE TABLE a (x int) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4", ["mutate a"]),
        ("CREATE OR REPLACE VIEW v AS SELECT * FROM a", ["mutate v", "query a"]),
        ("CREATE UNIQUE INDEX i ON a (x, lower(y))", ["mutate a"]),
        ("ALTER TABLE a ADD COLUMN x int NOT NULL DEFAULT 0", ["mutate a"]),
        ("ALTER TABLE a RENAME TO b", ["mutate a", "mutate b"]),
        ("ALTER TABLE a DROP COLUMN x, ADD y int", ["mutate a"]),
        ("DROP TABLE IF EXISTS a, b", ["mutate a", "mutate b"]), ("DROP VIEW v", ["mutate v"]),
        ("RENAME TABLE a TO b", ["mutate a", "mutate b"]), ("GRANT SELECT, INSERT ON a TO bob", ["mutate a"]),
        ("REVOKE ALL PRIVILEGES ON TABLE a FROM bob", ["mutate a"]),
        ("SELECT * INTO b FROM a", ["mutate b", "query a"]),
        ("COMMENT ON COLUMN s.a.x IS 'y'", ["mutate s.a"]), ("REFRESH MATERIALIZED VIEW v", ["mutate v"]),
        ("ANALYZE a", ["query a", "mutate a"]), ("CREATE VIRTUAL TABLE a USING fts5(x, y)", ["mutate a"]),
    ])
    func `a change names what it changes`(text: String, effects: [String]) {
        #expect(Set(done(sql: text)) == Set(effects))
    }

    @Test(arguments: [
        ("COPY a TO '/tmp/x'", ["query a", "write /tmp/x"]),
        ("COPY a (x) FROM '/etc/passwd' WITH (FORMAT csv)", ["mutate a", "read /etc/passwd"]),
        ("COPY (SELECT * FROM a) TO PROGRAM 'nc h 1'", ["query a", "shell nc h 1"]),
        ("COPY a FROM PROGRAM 'id'", ["mutate a", "shell id"]), ("COPY a TO STDOUT", ["query a"]),
        ("SELECT * FROM a INTO OUTFILE '/tmp/x' FIELDS TERMINATED BY ','", ["query a", "write /tmp/x"]),
        ("SELECT 'x' INTO DUMPFILE '/tmp/x.so'", ["write /tmp/x.so"]),
        (
            "LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE a LINES TERMINATED BY '\n'",
            ["read /etc/passwd", "mutate a"]
        ),
        ("SELECT load_file('/etc/passwd')", ["read /etc/passwd"]),
        ("SELECT LOAD_FILE(concat('/etc/', 'passwd'))", ["opaque path-read"]),
        ("SELECT pg_read_file('x', 0, 10)", ["read x"]), ("SELECT writefile('x', 'y')", ["write x"]),
        ("SELECT lo_import('/etc/passwd')", ["read /etc/passwd"]),
        ("ATTACH DATABASE 'x.db' AS y", ["read x.db", "write x.db"]), ("ATTACH ':memory:' AS y", []),
        ("ATTACH 'file:x?mode=ro' AS y", ["opaque path-read", "opaque path-write"]),
        ("VACUUM INTO 'x.db'", ["write x.db"]), (".shell id", ["shell id"]), (".system rm x", ["shell rm x"]),
        (".output x", ["write x"]), (".once '|cat >x'", ["shell cat >x"]), (".tables", []),
        (".mode csv\nSELECT * FROM a;", ["query a"]),
        (".read x.sql", ["read x.sql", opaque]), (".import x.csv a", ["read x.csv", "mutate a"]),
        (".load ./x.so", ["code-file ./x.so"]), (".open /tmp/y", ["read /tmp/y", "write /tmp/y"]),
        ("\\! id", ["shell id"]), ("\\!id", ["shell id"]), ("\\copy a to 'x'", ["query a", "write x"]),
        ("\\copy a from program 'id'", ["mutate a", "shell id"]), ("\\i x", ["read x", opaque]),
        ("\\o |sh", ["shell sh"]), ("\\o x", ["write x"]),
        ("\\dt", []), ("\\d users", []), ("SELECT * FROM a\n\\! id", ["shell id", "query a"]), ("SELECT 1; \\q", []),
        ("\\echo `id`", [opaque]), ("SELECT 'DROP TABLE a' \\gexec", [opaque]), ("\\d x\nSELECT 1", [opaque]),
    ])
    func `files and commands of statements and clients are actions`(text: String, actions: [String]) {
        #expect(Set(done(sql: text)) == Set(actions))
    }

    @Test(arguments: [
        "CALL p()", "EXEC xp_cmdshell 'id'", "EXECUTE IMMEDIATE 'x'", "PREPARE s FROM 'x'", "DO $$ BEGIN END $$",
        "CREATE EXTENSION x", "SELECT load_extension('x')", "SELECT \"load_extension\"('x')", "SELECT dblink('x', 'y')",
        "SELECT * FROM dblink('x', 'y') AS t(a int)", "SELECT query_to_xml('DELETE FROM a', true, true, '')",
        "SELECT my_function(1)", "SELECT s.lower('x')", "SELECT utl_http.request('x') FROM dual",
        "CREATE FUNCTION f() RETURNS int AS $$ x $$ LANGUAGE sql",
        "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; END", "SET ROLE x", "SET search_path = s",
        "SET GLOBAL general_log_file = '/x'", "PRAGMA writable_schema = 1", "PRAGMA journal_mode = OFF", "VACUUM",
        "SELECT 1 EXEC xp_cmdshell 'id'",
        "SELECT * FROM a DELETE FROM b", "SELECT 1 DROP TABLE a", "SELECT * FROM a b SHUTDOWN",
        "SELECT * FROM a SHUTDOWN", "DROP DATABASE x", "DROP TABLE a CASCADE", "TRUNCATE a CASCADE",
        "ALTER SYSTEM SET x = 1", "ALTER TABLE a OWNER TO b",
        "GRANT admin TO bob", "GRANT ALL ON ALL TABLES IN SCHEMA s TO bob", "SELECT * FROM [srv].[d].[s].[t]",
        "SELECT * FROM a..b", "SELECT * FROM t@link", "SELECT * FROM \u{e4}", "SELECT * FROM OPENROWSET('x', 'y', 'z')",
        "HANDLER a OPEN", "frobnicate", "SELECT * FROM", "SELECT * FROM a WHERE", "SELECT (1", "SELECT 1)", "SELECT 'x",
        "SELECT \"x", "SELECT /* x", "SELECT * FROM a JOIN", "WITH c AS (SELECT 1) UPDATE c SET x = 1", "LOCK TABLE a",
        "LISTEN x",
        "source x.sql", "system id", "@x", "!id", "host id", "SELECT 1a FROM b", "SELECT {fn now()}",
        "COPY a FROM STDIN;\n1'\n\\.\nDROP TABLE b;'", ".shel id", ".sh id", ".excel", ".once -e",
        "SELECT * FROM a limit, b", "SELECT * FROM a offset, b",
        "SELECT * FROM a window, b", "SELECT * FROM a LIMIT 5, b", "SELECT 1 AS from, b FROM a",
        "UPDATE (SELECT * FROM a) SET x = 1", "UPDATE q SET x = 1 FROM (SELECT * FROM a) q",
        "CREATE TABLE a (x int) DATA DIRECTORY='/x'", "CREATE VIRTUAL TABLE a USING csv(filename='x')",
        "CREATE TABLE a (x int DEFAULT f())", "CREATE USER x", "LOAD 'x.so'", "REINDEX",
        "SELECT * FROM a FOR SYSTEM_TIME AS OF x", "SELECT nextval('s')", "SET @x = 1", "INSTALL httpfs",
        "SELECT * FROM read_csv('x')", "SELECT * FROM 'x.csv'", "COPY a FROM PROGRAM x",
    ])
    func `a statement that is not understood is code`(text: String) {
        #expect(done(sql: text).contains(Self.opaque))
    }

    @Test(arguments: [
        ("SELECT '\\'; DELETE FROM a; -- '", "mutate a"), ("SELECT 'x\\'' FROM a; -- '", "query a"),
        ("SELECT 1 # \n FROM a", "query a"), ("SELECT 1 /*! FROM a */", "query a"),
        ("SELECT 1 /*!50000 FROM a */", "query a"), ("SELECT 1 /*M! FROM a */", "query a"),
        ("SELECT 1 /*! x */ FROM a", "query a"), ("SELECT 1 /* /* */ FROM a -- */", "query a"),
        ("SELECT 1--1 FROM a\n", "query a"), ("SELECT \"\\\"; DELETE FROM a; -- \"", "mutate a"),
        ("SELECT `a\\`; DELETE FROM a; -- `", "mutate a"), ("SELECT $$; DELETE FROM a; --$$", "mutate a"),
        ("SELECT $x$ $$ $x$; DELETE FROM a", "mutate a"), ("SELECT q'['];DELETE FROM a;--]'", "mutate a"),
        ("SELECT E'\\'; DELETE FROM a; --'", "mutate a"), ("SELECT [x'] ; DELETE FROM a; --'", "mutate a"),
        ("SELECT 1 # '\n; DELETE FROM a; # '", "mutate a"),
        ("# '\nDELETE FROM a", "mutate a"), ("SELECT 1/*'*/;DELETE FROM a;--'", "mutate a"),
        ("SELECT ']' [x; DELETE FROM a; --]", "mutate a"),
    ])
    func `every dialect's reading counts`(text: String, effect: String) {
        #expect(done(sql: text).contains(effect))
    }

    @Test(arguments: [
        ("SELECT \"x\" FROM `a`", SQLDialect.mysql), ("SELECT [x] FROM [a]", .mssql),
        ("SELECT $$x'y$$ FROM a", .postgres), ("SELECT q'[it's]' FROM a", .oracle),
        ("SELECT 'a''b', x'00' FROM a", .sqlite), ("SELECT 'it\\'s' FROM a", .mysql),
        ("SELECT E'it\\'s' FROM a", .postgres),
    ])
    func `a dialect that is known has only its own reading`(text: String, dialect: SQLDialect) {
        #expect(done(sql: text, dialect) == ["query a"])
    }

    @Test func `long and deep SQL is code`() {
        #expect(done(sql: String(repeating: "(", count: 60000)) == [Self.opaque])
        #expect(done(sql: "SELECT " + String(repeating: "(", count: 20000) + "1") == [Self.opaque])
        #expect(done(sql: "SELECT 1" + String(repeating: " ", count: Limits.codeBytesMax)) == [Self.opaque])
        #expect(done(sql: String(repeating: ";SELECT 1", count: 2000)) == [Self.opaque])
        #expect(done(sql: "SELECT 1 " + String(repeating: "UNION SELECT 1 ", count: 4000)) == [])
    }
}

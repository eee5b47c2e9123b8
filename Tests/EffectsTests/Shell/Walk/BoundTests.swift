// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

@Suite struct BoundTests {
    private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    /// Texts whose exact meaning would take very long, or for ever.
    static let endless: [String] = [
        "f() { f; }; f", ":() { :|:& }; :", "f() { f|f& g; }; g() { f; f; g; }; f", "echo 'sh a; sh a' > a; sh a",
        "echo '. ./a; . ./a' > a; . ./a", repeated("eval ", 100) + "x", repeated("x=1;", 9000),
        repeated("for i in 1 2 3 4 5 6; do ", 30) + "cat a" + repeated("; done", 30),
        repeated("while x; do ", 30) + "x=$x$y; y=$x; cd $x" + repeated("; done", 30),
        repeated("if x; then ", 39) + "x" + repeated("; fi", 39), repeated("( ", 39) + " x " + repeated(")", 39),
        "cat " + repeated("$(", 39) + "x" + repeated(")", 39),
        "x=$(cat <<E\n" + repeated("a", 60_000) + "\nE\n); eval $x$x",
        "x='" + repeated("a", 60_000) + "'; x=${x//a*b/c}; echo ${x%%a*a*a*b}" + repeated("; x=${x//a*b/c}", 100)
            + "; cat $x",
        "alias a='b; b' b='c; c' c='d; d' d='a; a'\na", "trap 'x=$x$x; x' DEBUG; " + repeated("x;", 3000),
        "while x; do echo a >> b; . ./b; done", "cat " + repeated("{a,b}", 40) + "; eval $_",
        repeated("for i in 1 2 3 4 5 6; do ", 8) + "echo {1..999}$x$y > p" + repeated("; done", 8) + "; sh p",
        repeated("for i in 1 2 3 4 5 6; do ", 8) + "printf '%s %s' {1..999}$x$y > p" + repeated("; done", 8) + "; sh p",
        "exec 3>a; " + repeated("echo '. ./a' >&3;", 100) + ". ./a", "f() { eval \"$1\"; }; f 'f \"$1\"; f \"$1\"'",
    ]

    @Test(arguments: endless)
    func `what takes too long to follow is opaque`(line: String) throws {
        #expect(try walked(line).contains { $0.hasPrefix("opaque") })
    }

    @Test func `what would be too many effects is refused`() {
        let line = (0...Limits.effectsMax).map { "cat f\($0);" }.joined()
        #expect(throws: EffectError.tooManyEffects) { try walked(line) }
    }

    @Test func `a text that doubles itself is unknown in the end, and ends`() throws {
        let line = "x=a" + Self.repeated(";x=$x$x", 40) + ";cat $x"
        #expect(try walked(line) == ["execute cat", "opaque path-read"])
    }

    @Test func `many branches make one state, not all combinations`() throws {
        let branches = (0..<60).map { "if y; then x\($0)=a; else x\($0)=b; fi;" }.joined()
        let effects = try walked(branches + "cat $x0; cat " + (0..<60).map { "$x\($0)" }.joined())
        #expect(effects.contains("read /w/p/a") && effects.contains("read /w/p/b"))
        #expect(effects.contains("opaque path-read"))
    }

    @Test func `a chain of links that is too long is opaque`() throws {
        let links = (0..<40).map { "ln -s l\($0) l\($0 + 1);" }.joined()
        #expect(try walked(links + "cat l40/x").contains("opaque path-read"))
        #expect(try walked("ln -s a b; ln -s b a; cat a/x").contains("read /w/p/b/x"))
    }

    /// Each of the files may be a copy of each other one, so that ways through them double with every step.
    @Test(arguments: [". ./p", "sh p", "./p", "cat p | sh", "cp p /usr/bin/ls; ls"])
    func `files that may be copies of each other are followed once each`(run: String) throws {
        let copies = "test x && cp p q || cp r q; test x && cp q p || cp r p; test x && cp p r || cp q r;"
        #expect(try walked("for i in 1 2 3 4; do \(copies) done; \(run)").contains { $0.hasPrefix("opaque") })
        let known = try walked("echo 'rm /x' > p; \(copies) \(run)")
        #expect(known.contains("delete /x") || known.contains("opaque code"))
        let links = copies.replacing("cp ", with: "ln -s ")
        #expect(try walked("for i in 1 2 3 4; do \(links) done; \(run)").contains { $0.hasPrefix("opaque") })
    }

    @Test func `a file that only leads to itself can be anything`() throws {
        #expect(try walked("ln -s a b; ln -s b a; . ./a").contains("opaque code"))
    }

    @Test func `copies of folders in each other come to an end`() throws {
        let line = "echo x > d/x; " + (0..<20).map { "cp d e\($0); cp e\($0) d/e\($0);" }.joined()
        #expect(try walked(line).contains("opaque code"))
    }

    @Test func `a loop ends where nothing changes any more`() throws {
        #expect(try walked("while x; do cat a; done").filter { $0 == "opaque code" }.isEmpty)
        #expect(try walked("i=0; while [ $i -lt 9 ]; do cat f$i; i=$((i+1)); done").contains("read /w/p/"))
    }

    @Test func `a shell within a shell is followed a long way`() throws {
        var line = "rm /x"
        for _ in 0..<5 { line = "sh -c '\(line.replacing("'", with: "'\\''"))'" }
        #expect(try walked(line) == ["delete /x", "execute rm", "execute sh"])
    }
}

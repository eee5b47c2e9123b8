// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

private func touched(_ line: String) throws -> [String] { try walked(line).filter { !$0.hasPrefix("execute") } }

@Suite struct WildcardTests {
    static let directories: [Walked] = [
        ("cat *.txt", ["read /w/p/"]), ("cat src/*", ["read /w/p/src/"]), ("cat /x/y*/z", ["read /x/"]),
        ("rm -rf build/*", ["read /w/p/build/", "delete /w/p/build/"]), ("echo *", ["read /w/p/"]),
        ("cat [ab]", ["read /w/p/"]), ("cat a?", ["read /w/p/"]),
        (
            "cat '*' \\? \"[a]\"",
            [
                "read /w/p/*", "read /w/p/?", "read /w/p/[a]",
            ]
        ),
        ("cat [a", ["read /w/p/[a"]), ("x='*'; cat \"$x\"", ["read /w/p/*"]), ("x='*'; cat $x", ["read /w/p/"]),
        ("set -f; cat *", ["read /w/p/", "read /w/p/*"]), ("for f in *.c; do cat $f; done", ["read /w/p/"]),
        ("for f in a/*; do cat \"$f\"; done", ["read /w/p/a/"]), ("cat a/../b*", ["read /w/p/"]),
        ("cat */../x", ["opaque path-read"]), ("cd a && cat *", ["read /w/p/a/"]),
        ("cat \"$X\"/*", ["opaque path-read"]),
        ("echo > *", ["read /w/p/", "write /w/p/"]), ("cat +(a|b)", ["opaque code"]),
    ]

    @Test(arguments: directories)
    func `a wildcard stands for the directory that it looks into, as a whole`(walk: Walked) throws {
        #expect(try touched(walk.line).filter { !$0.contains("/.") } == walk.effects)
    }

    @Test(arguments: [
        ("cat /e??/pa*wd", "/etc/passwd"), ("cat /etc/s*w", "/etc/shadow"),
        ("cat ~/.s*/id_[re]sa", "/home/me/.ssh/id_rsa"),
        ("cat .e*", "/w/p/.env"), ("cat .[a-z]*", "/w/p/.npmrc"), ("cat /home/*/.ssh/id_rsa", "/home/me/.ssh/id_rsa"),
        ("cat /root/.b*h_history", "/root/.bash_history"), ("cat \"$x\"/.ssh/id_rsa", "/home/me/.ssh/id_rsa"),
        ("cat ${x}/.env", "/w/p/.env"), ("cat /*/shadow", "/etc/shadow"), ("cat /???/??????", "/etc/shadow"),
        ("cat $x/.e*", "/w/p/.env"), ("cat $x/.s*/id_[re]sa", "/home/me/.ssh/id_rsa"),
        ("cat $x/id_ed25519", "/home/me/id_ed25519"),
        ("cd \"$x\" && cat .env", "/w/p/.env"), ("cd \"$x\"; head .ssh/id_rsa", "/home/me/.ssh/id_rsa"),
        ("cd $x && cat .e*", "/w/p/.env"), ("pushd $x; cat logins.json", "/home/me/logins.json"),
        ("cd \"$x\" && cat shadow", "/etc/shadow"),
        ("cat $x/../../etc/shadow", "/etc/shadow"), ("cat l*/etc/shadow", "/etc/shadow"),
    ])
    func `what policies name one by one is named where a wildcard could match it`(line: String, file: String) throws {
        #expect(try walked(line).contains("read \(file)"))
    }

    @Test(arguments: [
        ("ln -s / l; rm -rf */etc", "delete /"), ("ln -s /etc l; rm -rf l*/x", "delete /etc/"),
        ("ln -s /etc l; rm -rf l/*", "delete /etc/"), ("ln -s / l; cat l*/root/x", "read /etc/shadow"),
        ("ln -s /srv l; for f in */a; do echo > $f; done", "write /srv/"),
    ]) func `what a wildcard finds may be a link that the text has made`(line: String, effect: String) throws {
        let effects = try walked(line)
        #expect(effects.contains(effect) || effects.contains(String(effect.dropLast(effect.hasSuffix("/") ? 1 : 0))))
    }

    /// A project with `out`, a link to `/srv`, in it and in a folder below it: where links lead by the pattern that meets
    /// them.
    @Sendable private static func resolved(_ path: UTF8String) -> [UTF8String] {
        guard path.hasSuffix("/") else { return [path] }
        let met: Set<UTF8String> = [
            "/w/p/*/", "/w/p/o*/", "/w/p/*/*/", "/w/p/*/o*/", "/w/p/d/*/", "/w/p/*/out/", "/w/p/*/x/", "/w/p/o*/x/",
            "/w/p/*ut/x/", "/w/p/*/out/x/",
        ]
        return met.contains(path) ? ["/srv"] : []
    }

    @Test(arguments: [
        ("rm -rf */x", "delete /srv"), ("touch o*/x", "write /srv"), ("cp a ?ut/x", "write /srv"),
        ("for d in */; do rm -rf \"$d/x\"; done", "delete /srv"), ("echo > o*/x", "write /srv"),
        ("rm -rf */*/x", "delete /srv"), ("rm */o*/x", "delete /srv"), ("tee d/*", "write /srv"),
        ("cat d/*", "read /srv"),
        ("touch */out/x", "write /srv"), ("echo x > d/*", "write /srv"), ("rm -rf */out/*", "delete /srv"),
        ("cd */ && rm x", "opaque path-write"), ("for d in */; do (cd \"$d\"; touch x); done", "opaque path-write"),
    ]) func `what a wildcard finds may be a link that was there before`(line: String, effect: String) throws {
        let effects = try walked(line, resolve: Self.resolved)
        #expect(effects.contains { $0.hasPrefix(effect) }, "\(effects)")
    }

    @Test(arguments: ["rm -rf *", "rm -rf l*/x", "touch l*/x", "rm -rf src/*/x", "rm d/*"])
    func `links that are not gone through are not meant`(line: String) throws {
        let effects = try walked(line, resolve: Self.resolved)
        #expect(!effects.contains { $0.contains("/srv") || $0.hasPrefix("opaque") }, "\(effects)")
    }

    @Test func `a link that leads within the project is what it leads to, and so is one of the project's own secrets`()
        throws
    {
        let resolve: @Sendable (UTF8String) -> [UTF8String] = { path in
            switch path {
            case "/w/p/h*/pre-commit/": ["/w/p/.git/hooks"]
            case "/w/p/e*/": ["/w/p/.env"]
            case "/w/p/s*/": ["/w/p/src"]
            default: [path]
            }
        }
        #expect(try walked("cp x h*/pre-commit", resolve: resolve).contains("write /w/p/.git/hooks/"))
        #expect(try walked("cat e*", resolve: resolve).contains("read /w/p/.env/"))
        #expect(
            try !walked("for d in s*/; do (cd \"$d\"; rm x); done", resolve: resolve).contains {
                $0.hasPrefix("opaque")
            })
        #expect(try walked("for d in e*/; do (cd \"$d\"; rm x); done", resolve: resolve).contains("opaque path-write"))
    }

    @Test(arguments: ["ln -s /etc l; rm -rf *", "ln -s /etc l; rm l*"])
    func `a link that is deleted is not what it leads to`(line: String) throws {
        #expect(try !walked(line).contains { $0.hasPrefix("delete /etc") })
    }

    @Test(arguments: ["cat .", "cat src/main.c", "ls -la", "grep -rn a .", "cat *.c", "cat ../x"])
    func `in a folder that nobody knows what has no name that policies name is only unknown`(line: String) throws {
        let effects = try walked("cd \"$x\" && \(line)").filter { !$0.hasPrefix("execute") }
        #expect(effects == ["opaque path-read"] || effects == [], "\(effects)")
    }

    @Test(arguments: ["cat *", "cat ?env", "cat *env", "cat [!a]env", "cat */.envx", "cat src/[a-z]*"])
    func `a wildcard matches no name that begins with a dot`(line: String) throws {
        #expect(try !walked(line).contains { $0.contains("/.env") })
    }

    @Test(arguments: [
        ("rm /tmp/a-*.log", "delete /tmp/a-*.log"), ("rm d/a?", "delete /w/p/d/a?"),
        ("rm -rf d/a?", "delete /w/p/d/a?/"), ("rm *.o", "delete /w/p/*.o"),
        ("rm -rf /tmp/*", "delete /tmp/"), ("rm -rf /tmp/a*/b", "delete /tmp/"), ("rm -r /t*", "delete /"),
        ("rm /tmp/*.*", "delete /tmp/"), ("rm -rf d/a[bc]", "delete /w/p/d/"), ("rm -r ~/.ss*", "delete /home/me/.ssh"),
    ])
    func `what is deleted by a part of its name is what bears it`(line: String, effect: String) throws {
        let effects = try walked(line)
        #expect(effects.contains(effect), "\(effects)")
    }

    @Test(arguments: [
        ("a*c", "abc", true), ("a*c", "ac", true), ("a*c", "ab", false), ("?", "a", true), ("?", "", false),
        ("[a-c]", "b", true), ("[!a-c]", "b", false), ("[^a-c]", "d", true), ("[]]", "]", true),
        ("[[:digit:]]", "5", true),
        ("[[:digit:]]", "x", false), ("\\*", "*", true), ("\\*", "a", false), ("*", "", true), ("[a", "[a", true),
        ("a**b", "axyb", true), ("*a*b*c*", "xxaxxbxxcxx", true), ("*a*b*c*", "xxaxxcxxbxx", false),
    ])
    func `patterns match as POSIX says`(pattern: String, text: String, matches: Bool) {
        #expect(ShellPattern(UTF8String(pattern)).matches(Array(text.utf8)) == matches)
    }

    @Test func `a pattern made to be slow is not`() {
        let pattern = ShellPattern(UTF8String(String(repeating: "*a", count: 2000) + "b"))
        #expect(!pattern.matches(Array(repeating: UInt8(ascii: "a"), count: 4000)))
    }
}

// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON
import Testing

@Suite struct PathTests {
    private static let environment = EffectEnvironment(workingDirectory: "/work/dir", home: "/home/me")

    private func readings(_ text: String, _ environment: EffectEnvironment = environment) -> [UTF8String] {
        CanonicalPath(UTF8String(text), in: environment)?.readings ?? []
    }

    @Test(arguments: [
        ("/", "/"), ("//", "/"), ("/.", "/"), ("/..", "/"), ("/a", "/a"), ("/proc/self/status", "/proc/self/status"),
        ("/proc/cpuinfo", "/proc/cpuinfo"), ("/dev/null", "/dev/null"), ("/a/", "/a"), ("/a//b", "/a/b"),
        ("//a/b", "/a/b"), ("/a/./b", "/a/b"), ("/a/../b", "/b"), ("/a/b/..", "/a"), ("/a/b/../..", "/"),
        ("/../../etc/passwd", "/etc/passwd"), ("/reports/../internal/x", "/internal/x"), (".", "/work/dir"),
        ("..", "/work"), ("./a", "/work/dir/a"), ("a", "/work/dir/a"), ("a/../../b", "/work/b"),
        ("../../../../x", "/x"), ("a b", "/work/dir/a b"), (".env", "/work/dir/.env"), ("..a", "/work/dir/..a"),
        ("a..", "/work/dir/a.."), (".a.", "/work/dir/.a."), ("a;b", "/work/dir/a;b"), ("-rf", "/work/dir/-rf"),
        ("100%", "/work/dir/100%"), ("a$", "/work/dir/a$"), ("$5.txt", "/work/dir/$5.txt"), ("a~b", "/work/dir/a~b"),
        ("a:b", "/work/dir/a:b"), ("[x].txt", "/work/dir/[x].txt"), ("a*?", "/work/dir/a*?"),
        ("a'\"b", "/work/dir/a'\"b"),
        ("0xff", "/work/dir/0xff"), ("日本", "/work/dir/日本"), ("file:///a/b", "/a/b"), ("FILE:/a/../b", "/b"),
        ("file://localhost/a", "/a"), ("file://LOCALHOST/a", "/a"), ("filename", "/work/dir/filename"),
    ])
    func `a plain path has one reading`(text: String, canonical: UTF8String) {
        #expect(readings(text) == [canonical])
    }

    @Test(arguments: [
        ("%2e%2e/x", ["/work/dir/%2e%2e/x", "/work/x"]),
        ("/a/%2e%2e%2fb", ["/a/%2e%2e%2fb", "/b"]), ("/a/..%2Fb", ["/a/..%2Fb", "/b"]),
        ("/a/%252e%252e/b", ["/a/%252e%252e/b", "/a/%2e%2e/b", "/b"]), ("/a%20b", ["/a%20b", "/a b"]),
        ("/a/..\\b", ["/a/..\\b", "/b"]),
        ("/a/.%5c../b", ["/b"]), ("/a/..%5cb", ["/a/..%5cb", "/b"]), ("/a/\u{ff0e}\u{ff0e}/b", ["/b"]),
        ("/a/.?/b", ["/b"]), ("/a/??/b", ["/b"]), ("/a/?.0x2fb", ["/b"]), ("/a?.b", ["/a?.b", "/a..b"]),
        ("/a/.\\\\./b", ["/b"]), ("/a/.\\.\\/b", ["/b"]),
        ("/a/..\u{2215}b", ["/b"]), ("/a/\u{2025}/b", ["/b"]), ("/a/..\u{ff0f}b", ["/b"]),
        ("/a/..\u{2044}..\u{29f8}b", ["/b"]), ("/a/\u{2024}\u{2024}/b", ["/b"]), ("/a/\u{3002}\u{ff61}/b", ["/b"]),
        ("/a/..\u{2216}b", ["/b"]), ("/a/..\u{ff3c}b", ["/b"]), ("/a/..\u{a5}b", ["/b"]),
        ("/\u{ff45}\u{ff54}\u{ff43}/passwd", ["/etc/passwd"]), ("/a/0x2e0x2e0x2fb", ["/b"]), ("/a/..0x5Cb", ["/b"]),
        ("/e\u{301}", ["/e\u{301}", "/\u{e9}"]), ("/\u{e9}", ["/\u{e9}", "/e\u{301}"]), ("/\u{212b}", ["/\u{c5}"]),
        (" a", ["/work/dir/ a", "/work/dir/a"]), ("/etc/passwd ", ["/etc/passwd ", "/etc/passwd"]),
        ("~", ["/home/me", "/work/dir/~"]), ("~/.ssh/id", ["/home/me/.ssh/id", "/work/dir/~/.ssh/id"]),
        ("~/../x", ["/home/x", "/work/dir/x"]), ("%7e/x", ["/work/dir/%7e/x", "/home/me/x"]),
        ("file:///a%20b", ["/a b", "/a%20b"]), ("file:///a/%2e%2e/b", ["/b", "/a/%2e%2e/b"]),
        ("/s/d/a\u{2044}b\u{2044}c/\u{ff0e}\u{ff0e}/\u{ff0e}\u{ff0e}/x", ["/s/x", "/s/d/a/x"]),
        ("\u{feff}src/x", ["/work/dir/src/x"]), ("/etc/x\u{2003}", ["/etc/x"]),
        ("\u{a0}~/x", ["/home/me/x"]), ("/a\u{202f}b", ["/a\u{202f}b", "/a b"]), ("/a\u{2003}b", ["/a b"]),
        ("/etc/x \u{1680}\u{205f}", ["/etc/x"]),
        ("a%2fb", ["/work/dir/a%2fb", "/work/dir/a/b"]), ("\u{2100}", ["/work/dir/a/c"]),
    ])
    func `every reading of a disguise is there`(text: String, some: [UTF8String]) {
        let all = readings(text)
        for reading in some { #expect(all.contains(reading), "\(text) gave \(all)") }
        #expect(all.count > 1)
        #expect(Set(all).count == all.count)
    }

    @Test(arguments: [
        "", "\0", "/a\0b", "/a\nb", "/a\tb", "a\u{7f}", "a\u{85}", "%00", "/a%00.txt", "/a%0ab", "$HOME", "$HOME/x",
        "/a/${X}", "/a/$(id)", "`id`", "/a/$_x", "%HOME%/x", "%APPDATA%", "~root", "~root/x", "~+", "~-/x", "...",
        "/a/.../b",
        "/a/..../b", "..../", "/a/.. /b", "/a/ /b", "/a/. ./b", "/a/..;/b", "/a/.;x/b", "..;a=b/x", "%c0%ae%c0%ae/x",
        "/a/%c0%af", "%e0%80%ae/x", "%f8%80%80%80%ae", "%ff", "%u002e%u002e/x", "/a/..%u2215b", "%uEFC8", "C:\\x",
        "c:/x",
        "C:", "\\\\host\\share", "http://a/b", "php://filter/x", "data://x", "a://b", "file:a", "file://host/a",
        "file:",
        "file:///a?b", "file:///a#b", "file%3a///etc/passwd", "/a/\u{2026}/b", "/a/\u{ff0e}\u{ff0e}\u{ff0e}/b",
        "/a/%%32%65%2e/b", "%68osts", "/a/%2e%68t%61ccess", "/a/%41", "/a/%2565tc", "file:///%65tc/passwd", "/a/x%30",
        "/proc/self/root/etc/passwd", "/proc/7/cwd/x", "/proc/thread-self/fd/3", "/dev/fd/0", "/x/../proc/./self//root",
        "\u{2024}\u{3002}\u{2044}\u{2215}\u{29f8}\u{2216}\u{29f5}x", " ", "   ", " /etc/passwd", "\u{a0}",
        "/a/..\u{a0}/b", "/a/\u{2003}/b",
    ])
    func `what nobody can read for sure is opaque`(text: String) {
        #expect(readings(text).isEmpty)
    }

    @Test func `relative paths need something to start from and homes a home`() {
        let bare = EffectEnvironment()
        for text in ["a", "../a", ".", "~", "~/x"] { #expect(readings(text, bare).isEmpty) }
        #expect(readings("/a", bare) == ["/a"])
        #expect(readings("~/x", EffectEnvironment(workingDirectory: "/w")).isEmpty)
        #expect(readings("a", EffectEnvironment(workingDirectory: "relative")).isEmpty)
        #expect(readings("../a", EffectEnvironment(workingDirectory: "/x/./y/")) == ["/x/a"])
    }

    @Test func `the limits are of bytes and of components`() {
        let fits = "/" + String(repeating: "a", count: Limits.pathBytesMax - 1)
        #expect(readings(fits) == [UTF8String(fits)])
        #expect(readings(fits + "a").isEmpty)
        let deep = String(repeating: "/a", count: Limits.pathComponentsMax)
        #expect(readings(deep) == [UTF8String(deep)])
        #expect(readings(deep + "/a").isEmpty)
        #expect(readings(String(repeating: "a", count: 4090)).isEmpty, "relative, too long once absolute")
        var nested = "%2e"
        for _ in 0..<100 { nested = nested.split(separator: "%").map { "%25\($0)" }.joined() }
        #expect(readings("/" + nested).isEmpty, "escaped a hundredfold")
    }

    @Test func `symbolic links are followed on a local file system only`() {
        let links: @Sendable (UTF8String) -> [UTF8String] = { path in
            path.hasPrefix("/reports/link") ? ["/internal"] : path == "/gone" ? [] : [path]
        }
        let local = EffectEnvironment(workingDirectory: "/", filesystem: .local, resolve: links)
        #expect(readings("/reports/link", local) == ["/internal"])
        #expect(readings("/reports/a", local) == ["/reports/a"])
        #expect(readings("/gone", local).isEmpty)
        #expect(
            readings("/reports/link/../a", local) == ["/reports/a", "/internal"], "`..` after a link leads elsewhere")
        let foreign = EffectEnvironment(workingDirectory: "/", filesystem: .foreign, resolve: links)
        #expect(readings("/reports/link", foreign) == ["/reports/link"])
    }

    @Test func `a file lies in its directories up to the root`() throws {
        let effects = try derived(#"{"path":"/a/b/c.csv"}"#, #"{"/path":{"verb":"read","kind":"path"}}"#)
        let resource = try #require(effects.first?.resource)
        #expect(resource.name == ResourceName(.file, "/a/b/c.csv"))
        #expect(
            resource.ancestors == [
                ResourceName(.directory, "/a/b"), ResourceName(.directory, "/a"), ResourceName(.directory, "/"),
            ])
        let root = try derived(#"{"path":"/"}"#, #"{"/path":{"verb":"read","kind":"path"}}"#)
        #expect(root.first?.resource.ancestors == [ResourceName(.directory, "/")])
        let listed = try derived(#"{"path":"/a/b"}"#, #"{"/path":{"verb":"read","kind":"directory"}}"#)
        #expect(listed.first?.resource.name == ResourceName(.file, "/a/b"))
        #expect(listed.first?.resource.ancestors.first == ResourceName(.directory, "/a/b"))
        let top = try derived(#"{"path":"/"}"#, #"{"/path":{"verb":"read","kind":"directory"}}"#)
        #expect(top.first?.resource.ancestors == [ResourceName(.directory, "/")])
    }
}

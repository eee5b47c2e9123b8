// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON
import Testing

@Suite struct URLTests {
    private func readings(_ text: String) -> [String] { CanonicalURL.readings(of: UTF8String(text)).map(\.text.string) }

    @Test(arguments: [
        ("http://example.com", "http://example.com/"), ("HTTP://Example.COM/", "http://example.com/"),
        ("https://example.com:443/a", "https://example.com/a"), ("http://example.com:80", "http://example.com/"),
        ("http://example.com:", "http://example.com/"), ("http://example.com:8080/", "http://example.com:8080/"),
        ("http://example.com:00080/", "http://example.com/"), ("https://example.com./x", "https://example.com/x"),
        ("http://example.com?q=1", "http://example.com/?q=1"), ("http://example.com?", "http://example.com/?"),
        ("http://example.com/#f", "http://example.com/"), ("http://example.com/a?b#c?d", "http://example.com/a?b"),
        ("http://example.com/a/../b/./c", "http://example.com/b/c"), ("http://example.com/..", "http://example.com/"),
        ("http://example.com/a/..", "http://example.com/"), ("http://example.com/a/.", "http://example.com/a/"),
        ("http://example.com/a/%2e%2E/b", "http://example.com/b"),
        ("http://example.com/%7eme", "http://example.com/~me"),
        ("http://example.com/%2f", "http://example.com/%2F"), ("http://example.com/a//b", "http://example.com/a//b"),
        ("http://example.com/%2561", "http://example.com/%2561"), ("http://example.com/é", "http://example.com/%C3%A9"),
        ("http://example.com/\"<>|", "http://example.com/%22%3C%3E%7C"), ("http://a_b.example/", "http://a_b.example/"),
        ("http://example.com/?a=%2e&b=[1]", "http://example.com/?a=.&b=%5B1%5D"), ("ws://h/", "ws://h/"),
        ("wss://h:443/", "wss://h/"), ("ftp://h:21/x", "ftp://h/x"),
        ("ssh://git@github.com/a/b", "ssh://github.com/a/b"),
        ("git+ssh://git@h:22/x", "git+ssh://h/x"), ("ssh://git@h", "ssh://h/"), ("gopher://h:70/_x", "gopher://h/_x"),
        ("x-new://h:80/a", "x-new://h:80/a"),
        ("http://localhost:3000/", "http://localhost:3000/"),
        ("http://xn--bcher-kva.example/", "http://xn--bcher-kva.example/"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://münchen.de/ä", "http://xn--mnchen-3ya.de/%C3%A4"),
        ("http://例え.テスト/", "http://xn--r8jz45g.xn--zckzah/"),
        ("http://пример.испытание/", "http://xn--e1afmkfd.xn--80akhbyknj4f/"),
        ("http://실례.테스트/", "http://xn--9n2bp8q.xn--9t4b11yi5a/"), ("http://xn--A.example", "http://xn--a.example/"),
        // addresses
        ("http://127.0.0.1/", "http://127.0.0.1/"), ("http://127.1/", "http://127.0.0.1/"),
        ("http://127.0.1", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"), ("http://0x7f000001/", "http://127.0.0.1/"),
        ("http://0x7f.1/", "http://127.0.0.1/"), ("http://0X7F.0x0.0x0.0x1", "http://127.0.0.1/"),
        ("http://0xA9.0xFE.0xA9.0xFE", "http://169.254.169.254/"), ("http://0/", "http://0.0.0.0/"),
        ("http://0x/", "http://0.0.0.0/"), ("http://4294967295", "http://255.255.255.255/"),
        ("http://127.0.0.1.", "http://127.0.0.1/"),
        ("http://169.254.43518", "http://169.254.169.254/"), ("http://[::1]/", "http://[::1]/"),
        ("http://[0:0:0:0:0:0:0:1]:80/", "http://[::1]/"),
        ("http://[2001:DB8:0:0:1:0:0:1]/", "http://[2001:db8::1:0:0:1]/"),
        ("http://[2001:db8:0:1:1:1:1:1]", "http://[2001:db8:0:1:1:1:1:1]/"), ("http://[::]", "http://[::]/"),
        ("http://[fe80::1]:8080/", "http://[fe80::1]:8080/"), ("http://[1::]", "http://[1::]/"),
        ("http://[::ffff:127.0.0.1]/", "http://127.0.0.1/"), ("http://[::ffff:a9fe:a9fe]", "http://169.254.169.254/"),
        ("http://[0:0:0:0:0:ffff:7f00:0001]", "http://127.0.0.1/"),
    ])
    func `a URL has one spelling`(text: String, canonical: String) {
        #expect(readings(text) == [canonical])
        #expect(readings(canonical) == [canonical], "canonical text is its own canonical text")
    }

    @Test(arguments: [
        ("http://0177.0.0.1/", ["http://127.0.0.1/", "http://177.0.0.1/"]),
        ("http://010.8.8.8/", ["http://8.8.8.8/", "http://10.8.8.8/"]),
        ("http://017700000001/", ["http://127.0.0.1/"]), ("http://08.8.8.8", ["http://8.8.8.8/"]),
        ("http://[64:ff9b::7f00:1]/", ["http://[64:ff9b::7f00:1]/", "http://127.0.0.1/"]),
        ("http://[::127.0.0.1]/", ["http://[::7f00:1]/", "http://127.0.0.1/"]),
        ("http://[2002:7f00:1::]/", ["http://[2002:7f00:1::]/", "http://127.0.0.1/"]),
    ])
    func `where programs differ about an address every reading is there`(text: String, all: [String]) {
        #expect(readings(text) == all)
    }

    @Test(arguments: [
        "", "example.com", "//example.com/", "/a", "http:example.com", "http:/example.com", "http:///a", "http://",
        "http://?x",
        "://h/", "1http://h/", "data:text/html,x", "javascript:alert(1)", "mailto:a@b", "about:blank",
        "blob:http://h/x",
        "view-source:http://h/", "file:///etc/passwd", "http://u@h/", "http://u:p@h/", "http://h@evil/",
        "https://a@b@c/",
        "ssh://u:p@h/", "ssh://@h/", "ssh://git@h/a/../b", "http://h\\@evil/", "http://h/a\\..\\b",
        "http://h\\x/", "http://127.1.1.1:80\\@127.2.2.2:80/", "http://h /",
        " http://h/",
        "http://h/ ", "http://h/\n", "ht\ttp://h/", "http://h/\0", "http://h\u{a0}/", "http://h:65536/", "http://h:-1/",
        "http://h:a/", "http://h:8 0/", "http://h:80:80/", "http://a..b/", "http://.a/", "http://a../", "http://./",
        "http://%61.example/", "http://127%2e0.0.1/", "http://a$b/", "http://${X}/", "http://a,b/", "http://a*b/",
        "http://q177.0.0.1/",
        "http://1.2.3.4.5/", "http://256.1.1.1/", "http://1.2.3.256/", "http://1.16777216/", "http://4294967296/",
        "http://0x41414141A9FEA9FE", "http://1..1/", "http://a.0x7f/",
        "http://[::1/", "http://::1/",
        "http://[::1]x/", "http://[1:2:3]/", "http://[1:2:3:4:5:6:7:8:9]/", "http://[1::2::3]/", "http://[:::]/",
        "http://[12345::]/", "http://[g::]/", "http://[::1%25eth0]/", "http://[::256.1.1.1]/", "http://[::01.1.1.1]/",
        "http://[v1.x]/", "http://[]/", "http://h/%", "http://h/%2", "http://h/%zz", "http://h/?%",
        "http://ⓔⓧⓐⓜⓟⓛⓔ.ⓒⓞⓜ",
        "http://faß.de/", "http://Ünïcode.de/", "http://e\u{301}x.de/", "http://a\u{200d}b.de/", "http://a\u{3002}b/",
        "http://ｅxample.com/", "http://a\u{2024}b/", "http://\u{301}a.de/", "http://☃.net/", "http://a\u{ad}b.de/",
    ])
    func `what parsers could differ about has no reading`(text: String) {
        #expect(readings(text).isEmpty)
    }

    @Test func `the limits are of the URL, of the host and of its labels`() {
        let label = String(repeating: "a", count: Limits.labelBytesMax)
        #expect(readings("http://\(label).example/").count == 1)
        #expect(readings("http://\(label)a.example/").isEmpty)
        let host = [label, label, label, String(repeating: "a", count: 61)].joined(separator: ".")
        #expect(readings("http://\(host)/").count == 1)
        #expect(readings("http://\(host)a/").isEmpty)
        let path = String(repeating: "a", count: Limits.urlBytesMax - "http://h/".utf8.count)
        #expect(readings("http://h/\(path)").count == 1)
        #expect(readings("http://h/\(path)a").isEmpty)
    }

    @Test func `a URL lies in its host and that in every domain above`() throws {
        let effects = try derived(#"{"u":"https://h.example.com/x"}"#, #"{"/u":{"verb":"connect","kind":"url"}}"#)
        #expect(effects.map(\.description) == [#"connect URL::"https://h.example.com/x""#])
        #expect(
            effects.first?.resource.ancestors == [
                ResourceName(.host, "h.example.com"), ResourceName(.domain, "h.example.com"),
                ResourceName(.domain, "example.com"), ResourceName(.domain, "com"),
            ])
        let address = try derived(#"{"u":"https://[::1]:8443/"}"#, #"{"/u":{"verb":"connect","kind":"url"}}"#)
        #expect(address.first?.resource.ancestors == [ResourceName(.host, "::1")])
    }

    @Test(arguments: [
        ("h.example", ["h.example"]), ("H.Example.:22", ["h.example"]), ("127.1:80", ["127.0.0.1"]), ("::1", ["::1"]),
        ("[::1]", ["::1"]), ("[::1]:22", ["::1"]), ("2001:db8::5:22", ["2001:db8::5:22"]), ("h:", []), ("h:99999x", []),
        ("a b", []), ("u@h", []), ("http://h", []), ("", []),
    ])
    func `a host may be a parameter by itself`(text: String, hosts: [String]) throws {
        let effects = try described(
            #"{"h":"\#(text)"}"#, #"{"/h":{"verb":"connect","kind":"host"}}"#)
        #expect(effects == (hosts.isEmpty ? [#"opaque Opaque::"host""#] : hosts.map { #"connect Host::"\#($0)""# }))
    }
}

// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON
import Testing

@Suite struct DerivationTests {
    private static let arguments = #"opaque Opaque::"arguments""#
    private static let value = #"opaque Opaque::"value""#
    private static let read = #"{"/path":{"verb":"read","kind":"path"}}"#

    @Test func `a tool without a map has opaque arguments and nothing else`() throws {
        let derived = try EffectDeriver(maps: ToolMaps()).effects(
            of: ToolReference(server: "s", tool: "t"), parameters: ["path": "/a"], environment: documents)
        #expect(derived.effects == [.opaque(.arguments)])
        #expect(!derived.mapped)
        #expect(derived.canonicalParameters == ["path": "/a"])
    }

    @Test(arguments: [
        #"{}"#, #"[]"#, #""x""#, #"7"#, #"null"#, #"{"path":7}"#, #"{"path":["/a"]}"#, #"{"path":{"a":1}}"#,
        #"{"path":true}"#,
        #"{"Path":"/a"}"#, #"{"path":"/a","x":1}"#, #"{"path":"/a","Path":"/b"}"#, #"{"input":{"path":"/a"}}"#,
        #"{"path ":"/a"}"#, #"{"path":"/a","":0}"#,
    ])
    func `missing, undeclared and ill-typed arguments are opaque`(arguments: String) throws {
        #expect(try described(arguments, Self.read).contains(Self.arguments))
    }

    @Test(arguments: [
        ("1", true), ("-9223372036854775808", true), ("9223372036854775807", true), ("9223372036854775808", false),
        ("12345678901234567890123", false), ("0.1", true), ("1.2345", true), ("1.23450", true), ("1.23456", false),
        ("-922337203685477.5808", true), ("922337203685477.5807", true), ("922337203685477.5808", false), ("1e2", true),
        ("1e-4", true), ("1e-5", false), ("1E400", false), ("1e9999999", false), ("0e99", true), ("-0", true),
        ("0.00000", true),
        ("1.5e3", true), ("123e18", false), ("10000e-8", true), ("1e18", true), ("1e19", false),
        ("-9.223372036854775808e18", true),
        ("9.223372036854775808e18", false), ("0.30000000000000004", false),
    ])
    func `a number that Cedar cannot hold exactly is an opaque value`(number: String, isExact: Bool) throws {
        for place in [#"{"x":\#(number)}"#, #"{"x":[{"y":\#(number)}]}"#] {
            #expect(try described(place, #"{"/x":"inert"}"#) == (isExact ? [] : [Self.value]))
        }
    }

    @Test func `null is a value only where it is declared`() throws {
        #expect(try described(#"{"x":null}"#, #"{"/x":{"inert":"string"}}"#) == [Self.value])
        #expect(try described(#"{"x":null}"#, #"{"/x":{"inert":"string","nullable":true}}"#) == [])
        #expect(try described(#"{"x":[null]}"#, #"{"/x":"inert"}"#) == [Self.value])
        #expect(try described(#"{"path":null}"#, Self.read) == [Self.value])
        let nullable = #"{"/path":{"verb":"read","kind":"path","nullable":true}}"#
        #expect(try described(#"{"path":null}"#, nullable) == [])
    }

    @Test(arguments: [
        ("string", #""a""#, "1"), ("integer", "1", "1.0"), ("number", "1.5", #""1""#), ("boolean", "true", #""true""#),
        ("integer", "-3", "1e0"), ("string", #""""#, #"["a"]"#), ("any", #"{"a":[1]}"#, "null"),
    ])
    func `an inert argument has its type`(type: String, good: String, bad: String) throws {
        let map = #"{"/x":{"inert":"\#(type)"}}"#
        #expect(try described(#"{"x":\#(good)}"#, map) == [])
        #expect(try !described(#"{"x":\#(bad)}"#, map).isEmpty)
    }

    @Test func `optional arguments may be absent, one of the alternatives is there, or several say the same`() throws {
        let map =
            #"{"/a":{"verb":"read","kind":"path","optional":true},"/b":{"verb":"read","kind":"path","optional":true}}"#
        #expect(try described("{}", map) == [])
        let more = #","one_of":[["/a","/b"]]"#
        #expect(try described("{}", map, more: more) == [Self.arguments])
        #expect(try described(#"{"a":"/x"}"#, map, more: more) == [#"read File::"/x""#])
        #expect(try described(#"{"b":"/x"}"#, map, more: more) == [#"read File::"/x""#])
        #expect(try described(#"{"a":"/x","b":"/y"}"#, map, more: more).contains(Self.arguments))
        #expect(try described(#"{"a":"/x","b":"/./x"}"#, map, more: more).contains(Self.arguments))
        #expect(try described(#"{"a":"/x","b":"/x"}"#, map, more: more) == [#"read File::"/x""#])
        #expect(try described(#"{"a":null,"b":"/y"}"#, map, more: more).contains(Self.value))
    }

    @Test func `each element of an array is a resource`() throws {
        let map = #"{"/files/-":{"verb":["read","delete"],"kind":"path"}}"#
        #expect(
            try described(#"{"files":["/b","a/../c","/b"]}"#, map) == [
                #"read File::"/b""#, #"read File::"/srv/docs/c""#, #"delete File::"/b""#,
                #"delete File::"/srv/docs/c""#,
            ])
        #expect(try described(#"{"files":[]}"#, map) == [])
        #expect(try described(#"{"files":"/a"}"#, map) == [Self.arguments])
        #expect(try described(#"{"files":["/a",1]}"#, map).contains(Self.arguments))
        #expect(try described(#"{"files":["/a",null]}"#, map).contains(Self.value))
        #expect(try described("{}", map) == [Self.arguments])
    }

    @Test func `pointers reach into objects, and what lies beside them is undeclared`() throws {
        let map =
            #"{"/edit/file":{"verb":"write","kind":"path"},"/edit/moves/-/to":{"verb":"write","kind":"path","optional":true}}"#
        #expect(try described(#"{"edit":{"file":"/a"}}"#, map) == [#"write File::"/a""#])
        #expect(
            try described(#"{"edit":{"file":"/a","moves":[{"to":"/b"},{}]}}"#, map) == [
                #"write File::"/a""#, #"write File::"/b""#,
            ])
        #expect(try described(#"{"edit":{"file":"/a","x":1}}"#, map).contains(Self.arguments))
        #expect(try described(#"{"edit":{}}"#, map) == [Self.arguments])
        #expect(try described(#"{"edit":[]}"#, map) == [Self.arguments])
        #expect(try described(#"{}"#, map) == [Self.arguments])
    }

    @Test func `a path with one reading is forwarded in canonical form, any other as it came`() throws {
        let map =
            #"{"/path":{"verb":"read","kind":"path"},"/files/-":{"verb":"read","kind":"path"},"/n":{"inert":"number"}}"#
        let derived = try derivation(
            #"{"n":1.50,"files":["../x","%2e%2e/y","/z/"],"path":"/reports/../internal/a"}"#, map)
        #expect(
            String(decoding: derived.canonicalParameters.serialized(), as: UTF8.self)
                == #"{"n":1.50,"files":["/srv/x","%2e%2e/y","/z"],"path":"/internal/a"}"#)
        let opaque = try derivation(#"{"path":"$HOME/x","files":[],"n":1}"#, map)
        #expect(opaque.canonicalParameters["path"] == "$HOME/x")
        #expect(opaque.effects == [.opaque(.pathRead)])
    }

    @Test(arguments: [
        ("read", "path-read"), ("write", "path-write"), ("delete", "path-write"),
    ])
    func `an opaque path is opaque in the way it is used`(verb: String, position: String) throws {
        #expect(
            try described(#"{"p":"~nobody/x"}"#, #"{"/p":{"verb":"\#(verb)","kind":"path"}}"#)
                == [#"opaque Opaque::"\#(position)""#])
    }

    @Test func `a path may start from another argument`() throws {
        let map =
            #"{"/repo":{"verb":"read","kind":"directory"},"/files/-":{"verb":"write","kind":"pattern","base":"/repo"}}"#
        #expect(
            try described(#"{"repo":"r","files":["a","../b","/c"]}"#, map) == [
                #"read File::"/srv/docs/r""#, #"write File::"/c""#, #"write File::"/srv/docs/b""#,
                #"write File::"/srv/docs/r/a""#,
            ])
        for pattern in ["*.txt", ":/x", "a?", "[a]", "{a,b}"] {
            #expect(
                try described(#"{"repo":"r","files":["\#(pattern)"]}"#, map).contains(#"opaque Opaque::"path-write""#))
        }
        #expect(try described(#"{"repo":"$X","files":["a"]}"#, map).contains(#"opaque Opaque::"path-write""#))
        #expect(try described(#"{"repo":7,"files":["a"]}"#, map).contains(#"opaque Opaque::"path-write""#))
    }

    @Test(arguments: [
        ("recipient", "send", "a@example.com", [#"send Recipient::"mailto:a@example.com""#]),
        ("recipient", "send", "MAILTO:A.b+c@Example.COM", [#"send Recipient::"mailto:A.b+c@example.com""#]),
        ("recipient", "send", "#general", [##"send Recipient::"#general""##]),
        ("recipient", "send", "@bob", [#"send Recipient::"@bob""#]),
        ("recipient", "send", "C0123", [#"send Recipient::"C0123""#]),
        ("recipient", "send", "+4912345", [#"send Recipient::"+4912345""#]), ("recipient", "send", "a@b, c@d", []),
        ("recipient", "send", "Bob <a@b>", []), ("recipient", "send", "a%evil@b", []),
        ("recipient", "send", "a@b@c", []),
        ("recipient", "send", "x!a@b", []), ("recipient", "send", "a@127.0.0.1", []), ("recipient", "send", "", []),
        ("recipient", "send", "mailto:x", []), ("recipient", "send", "a b", []),
        ("recipient", "send", "mailto:a@b?cc=d@e", []),
        ("account", "spend", "acct_1", [#"spend Account::"acct_1""#]), ("account", "spend", "a b", []),
        ("account", "spend", "", []),
        ("table", "query", "users", [#"query Table::"users""#]),
        (
            "table", "mutate", "Db.public.Users",
            [#"mutate Table::"Db.public.Users""#, #"mutate Table::"db.public.users""#]
        ),
        ("table", "query", "users; drop", []), ("table", "query", "a.b.c.d", []), ("table", "query", "\\\"x\\\"", []),
        ("program", "execute", "ls", [#"execute Program::"ls""#]),
    ])
    func `names are read plainly or not at all`(kind: String, verb: String, text: String, effects: [String]) throws {
        #expect(
            try described(#"{"x":"\#(text)"}"#, #"{"/x":{"verb":"\#(verb)","kind":"\#(kind)"}}"#)
                == (effects.isEmpty ? [Self.arguments] : effects))
    }

    @Test func `recipients and tables lie in domains and databases`() throws {
        let mail = try derived(#"{"x":"a@b.example"}"#, #"{"/x":{"verb":"send","kind":"recipient"}}"#)
        #expect(
            mail.first?.resource.ancestors == [ResourceName(.domain, "b.example"), ResourceName(.domain, "example")])
        let table = try derived(#"{"x":"d.s.t"}"#, #"{"/x":{"verb":"query","kind":"table"}}"#)
        #expect(table.first?.resource.ancestors == [ResourceName(.database, "d")])
    }

    @Test func `SQL is what it does, whatever verb its place has`() throws {
        let query = #"{"/q":{"verb":"query","kind":"sql"}}"#
        #expect(try described(#"{"q":"SELECT 1"}"#, query) == [])
        #expect(try described(#"{"q":"SELECT * FROM t"}"#, query) == [#"query Table::"t""#])
        #expect(try described(#"{"q":"INSERT INTO t VALUES (1)"}"#, query) == [#"mutate Table::"t""#])
        #expect(try described(#"{"q":"VACUUM INTO 'x/../y'"}"#, query) == [#"write File::"/srv/docs/y""#])
        #expect(
            try described(#"{"q":"COPY t TO PROGRAM 'nc h'"}"#, query) == [
                #"connect Host::"h""#, #"execute Program::"nc""#, #"query Table::"t""#,
            ])
        #expect(try described(#"{"q":"frobnicate"}"#, query) == [#"opaque Opaque::"code""#])
    }

    @Test func `a file URL is a path`() throws {
        let url = #"{"/u":{"verb":"connect","kind":"url"}}"#
        #expect(try described(#"{"u":"file:///etc/passwd"}"#, url) == [#"read File::"/etc/passwd""#])
        #expect(try described(#"{"u":"file://host/x"}"#, url) == [#"opaque Opaque::"path-read""#])
        #expect(try described(#"{"u":"data:,x"}"#, url) == [#"opaque Opaque::"host""#])
    }

    @Test(arguments: [
        ("HTTP://H.example", "HTTP://H.example"), ("http://h/a%20b?x=%7e#f", "http://h/a%20b?x=%7e#f"),
        ("http://h/admin/%2e%2e/public?q=1#f", "http://h/public?q=1#f"), ("http://h/a/../b", "http://h/b"),
        ("http://0177.0.0.1/a/../b", "http://0177.0.0.1/a/../b"), ("ssh://git@h/a", "ssh://git@h/a"),
        ("file:///a/../b", "/b"), ("data:,x", "data:,x"),
    ])
    func `the path of a URL is forwarded as it was judged, the rest as written`(text: String, forwarded: String) throws
    {
        let derived = try derivation(#"{"u":"\#(text)"}"#, #"{"/u":{"verb":"connect","kind":"url"}}"#)
        #expect(derived.canonicalParameters["u"] == .text(forwarded))
    }

    @Test func `fixed effects are there whatever the arguments say`() throws {
        let more = #","effects":[{"opaque":"project-code"},{"verb":"read","kind":"directory","value":"."}]"#
        #expect(
            try described("{}", "{}", more: more) == [#"read File::"/srv/docs""#, #"opaque Opaque::"project-code""#])
    }

    @Test func `effects are a set in one order`() throws {
        let map = #"{"/a":{"verb":["write","read"],"kind":"path"},"/b":{"verb":"read","kind":"path"}}"#
        let one = try derived(#"{"a":"/x","b":"/y"}"#, map)
        let other = try derived(#"{"b":"/./y","a":"/x/"}"#, map)
        #expect(one == other)
        #expect(one.map(\.description) == [#"read File::"/x""#, #"read File::"/y""#, #"write File::"/x""#])
        #expect(try derived(#"{"a":"/x","b":"/x"}"#, map).count == 2)
    }

    @Test func `more effects than the limit are refused as a whole`() throws {
        let map = #"{"/files/-":{"verb":"read","kind":"path"},"/more/-":{"verb":"read","kind":"path","optional":true}}"#
        func files(_ prefix: String, _ count: Int) -> String {
            "[" + (0..<count).map { "\"/\(prefix)\($0)\"" }.joined(separator: ",") + "]"
        }
        #expect(try derived(#"{"files":\#(files("a", 256))}"#, map).count == 256)
        #expect(throws: EffectError.tooManyEffects) { try derived(#"{"files":\#(files("a", 257))}"#, map) }
        #expect(throws: EffectError.tooManyEffects) {
            try derived(#"{"files":\#(files("a", 200)),"more":\#(files("b", 57))}"#, map)
        }
    }

    @Test func `hundreds of paths in disguise are refused as a whole, hundreds of ordinary ones are not`() throws {
        let disguise = String(repeating: "%252e%252e\u{2044}\u{e9}/", count: 100) + "../x"
        let hostile = JSON.array((0..<100).map { .text("/\(disguise)\($0)") })
        let toolMap = try map(#"{"/files/-":{"verb":"read","kind":"path"}}"#)
        #expect(throws: EffectError.tooManyEffects) {
            try EffectDeriver.effects(parameters: ["files": hostile], map: toolMap, environment: documents)
        }
        let ordinary = JSON.array((0..<100).map { .text("/d\u{e9}j\u{e0}/\($0)") })
        let derived = try EffectDeriver.effects(parameters: ["files": ordinary], map: toolMap, environment: documents)
        #expect(derived.effects.count == 200)
    }
}

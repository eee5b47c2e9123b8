// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct PublicURIsTests {
    private let table = PublicURIs(
        aliases: ["a", "b", "c"],
        uris: [
            ServerName("a", "file:///one"), ServerName("b", "file:///two"), ServerName("a", "test://both"),
            ServerName("b", "test://both"), ServerName("c", "writ+a:file:///one"),
        ],
        templates: [
            ServerName("a", "alone://{x}"), ServerName("a", "alone://deep/{x}"), ServerName("a", "file:///{path}"),
            ServerName("b", "shared://x/{y}"), ServerName("c", "shared://{z}"), ServerName("c", "{+any}"),
            ServerName("b", "wide://{x}"), ServerName("c", "writ+a:{x}"),
        ])

    @Test(
        arguments: [
            ("a", "file:///one", "file:///one"), ("b", "file:///two", "file:///two"),
            ("a", "test://both", "writ+a:test://both"), ("b", "test://both", "writ+b:test://both"),
            ("b", "file:///one", "writ+b:file:///one"), ("a", "not://listed", "writ+a:not://listed"),
            ("a", "alone://1", "alone://1"), ("b", "alone://1", "writ+b:alone://1"),
            ("c", "writ+a:file:///one", "writ+c:writ+a:file:///one"), ("a", "", "writ+a:"),
        ] as [(UTF8String, UTF8String, UTF8String)])
    func `a URI is kept where it leads to its server alone, else wrapped`(
        alias: UTF8String, uri: UTF8String, expected: UTF8String
    ) {
        let uri = ServerName(alias, uri)
        #expect(table.spelling(of: uri) == expected)
        #expect(table.meaning(of: expected) == uri)
    }

    @Test(
        arguments: [
            ("a", "alone://{x}", "alone://{x}"), ("a", "alone://deep/{x}", "alone://deep/{x}"),
            // Another server lists what this one could expand to.
            ("a", "file:///{path}", "writ+a:file:///{path}"), ("b", "shared://x/{y}", "writ+b:shared://x/{y}"),
            ("c", "shared://{z}", "writ+c:shared://{z}"), ("c", "{+any}", "writ+c:{+any}"),
            ("b", "wide://{x}", "wide://{x}"),
            ("c", "writ+a:{x}", "writ+c:writ+a:{x}"),
        ] as [(UTF8String, UTF8String, UTF8String)])
    func `what a template expands to leads to its server`(alias: UTF8String, template: UTF8String, expected: UTF8String)
    {
        let template = ServerName(alias, template)
        #expect(table.spelling(ofTemplate: template) == expected)
        func expanded(_ text: UTF8String) -> UTF8String {
            UTF8String(String(decoding: text.bytes.prefix { $0 != UInt8(ascii: "{") }, as: UTF8.self) + "one")
        }
        #expect(table.meaning(of: expanded(expected)) == ServerName(alias, expanded(template.name)))
        #expect(table.meaning(of: expected) == template)
    }

    @Test(
        arguments: [
            "test://both", "not://listed", "writ+d:file:///one", "writ+A:file:///one", "shared://x/1", "file:///three",
            "",
        ] as [UTF8String])
    func `a URI that leads nowhere, or to several, means nothing`(uri: UTF8String) {
        #expect(table.meaning(of: uri) == nil)
    }

    @Test func `one server alone keeps all its URIs`() {
        let one = PublicURIs(aliases: ["a"], uris: [], templates: [])
        #expect(one.spelling(of: ServerName("a", "x://y")) == "x://y")
        #expect(one.meaning(of: "x://y") == ServerName("a", "x://y"))
        #expect(one.spelling(ofTemplate: ServerName("a", "{+any}")) == "{+any}")
        #expect(one.spelling(of: ServerName("a", "writ+a:x")) == "writ+a:writ+a:x")
    }

    /// Small alphabets, so that texts meet.
    @Test(arguments: 1...60)
    func `whatever servers list, no URI of one is taken for another's`(seed: UInt64) {
        var random = SplitMix(state: seed)
        let aliases: [UTF8String] = ["a", "b"]
        func name(_ random: inout SplitMix) -> ServerName {
            let text = (0..<Int.random(in: 0..<5, using: &random)).map { _ in
                ["x", "y", "{"].randomElement(using: &random) ?? "x"
            }
            let prefix = ["", "", "", "writ+a:", "writ+", "writ+b:writ+a:"].randomElement(using: &random) ?? ""
            return ServerName(aliases.randomElement(using: &random) ?? "a", UTF8String(prefix + text.joined()))
        }
        let uris = (0..<12).map { _ in name(&random) }
        let templates = (0..<8).map { _ in name(&random) }
        let table = PublicURIs(aliases: aliases, uris: uris, templates: templates)
        for uri in uris + (0..<40).map({ _ in name(&random) }) {
            #expect(table.meaning(of: table.spelling(of: uri)) == uri)
        }
        for template in templates {
            let spelled = table.spelling(ofTemplate: template)
            for end: String in ["", "x", "y", "xx", "yx"] {
                func expanded(_ text: UTF8String) -> UTF8String {
                    UTF8String(String(decoding: text.bytes.prefix { $0 != UInt8(ascii: "{") }, as: UTF8.self) + end)
                }
                guard template.name.string.contains("{") else { continue }
                #expect(table.meaning(of: expanded(spelled)) == ServerName(template.alias, expanded(template.name)))
            }
        }
    }

    @Test func `long lists of one server cost another's look-ups little`() {
        let hostile = (0..<8000).map {
            ServerName("b", UTF8String("x://" + String(repeating: "y", count: $0 % 200) + "\($0)"))
        }
        let table = PublicURIs(aliases: ["a", "b"], uris: hostile, templates: hostile)
        for index in 0..<8000 { #expect(table.meaning(of: UTF8String("z://\(index)")) == nil) }
    }
}

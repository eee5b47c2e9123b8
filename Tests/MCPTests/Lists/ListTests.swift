// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON
import Testing

@Suite struct ListTests {
    @Test(
        arguments: [
            (.tools, #"{"tools":[{"name":"x","inputSchema":{}}]}"#), (.prompts, #"{"prompts":[{"name":"x"}]}"#),
            (.resources, #"{"resources":[{"uri":"x","name":"n"}]}"#),
            (.resourceTemplates, #"{"resourceTemplates":[{"uriTemplate":"x","name":"n"}]}"#),
            (.tasks, #"{"tasks":[{"taskId":"x"}]}"#),
        ] as [(ListKind, String)])
    func `a page's items are known by what names them, and renamed there`(kind: ListKind, page: String) throws {
        let page = try ListPage(kind, object(page))
        #expect(page.items.map(\.name) == ["x"])
        #expect(page.dropped == 0)
        #expect(page.nextCursor == nil)
        let item = try #require(page.items.first)
        #expect(text(item.renamed("y", kind)) == text(item.json).replacing(#""x""#, with: #""y""#))
    }

    @Test(
        arguments: [
            "7", "null", "[]", "{}", #"{"name":""}"#, #"{"name":7}"#, #"{"Name":"x"}"#, #"{"name":"x","Name":"y"}"#,
            #"{"name":"x","inputschema":{}}"#, #"{"name":"x","DESCRIPTION":""}"#,
        ] as [String])
    func `what is no item is left out and counted`(item: String) throws {
        let page = try ListPage(.tools, object(#"{"tools":[\#(item),{"name":"ok"}]}"#))
        #expect(page.items.map(\.name) == ["ok"])
        #expect(page.dropped == 1)
    }

    @Test(
        arguments: [
            "{}", #"{"tools":{}}"#, #"{"tools":[],"Tools":[]}"#, #"{"tools":[],"nextCursor":7}"#,
            #"{"tools":[],"NextCursor":"x"}"#,
        ] as [String])
    func `what is no page is refused`(page: String) throws {
        let page = try object(page)
        #expect(throws: ListDefect.form) { try ListPage(.tools, page) }
    }

    @Test func `a list is taken page by page, and of two items with one name the first`() throws {
        var list = ListCollector(.tools)
        #expect(
            try list.add(object(#"{"tools":[{"name":"a","n":1},{"name":"b"},{"name":"a","n":2}],"nextCursor":"2"}"#))
                == "2")
        #expect(try list.add(object(#"{"tools":[{"name":"b","n":3},{"name":"c"}],"nextCursor":null}"#)) == nil)
        #expect(list.items.map(\.name) == ["a", "b", "c"])
        #expect(list.items.first?.json["n"] == 1)
        #expect(list.dropped == 2)
    }

    @Test func `a list that does not end is too long`() throws {
        var again = ListCollector(.tools)
        _ = try again.add(object(#"{"tools":[],"nextCursor":"1"}"#))
        let page = try object(#"{"tools":[],"nextCursor":"1"}"#)
        #expect(throws: ListDefect.tooLong) { try again.add(page) }

        var pages = ListCollector(.tools)
        var count = 0
        #expect(throws: ListDefect.tooLong) {
            while count < 2 * Limits.listPagesMax {
                count += 1
                _ = try pages.add(object(#"{"tools":[],"nextCursor":"\#(count)"}"#))
            }
        }
        #expect(count == Limits.listPagesMax)

        let many = (0...(Limits.listItemsMax / 2)).map { JSON.text("{\($0)") }
        func long(_ prefix: String, _ cursor: JSON) -> JSONObject {
            let tools = many.indices.map {
                JSON.object(JSONObject(unique: [JSONMember(key: "name", value: .text("\(prefix)\($0)"))]))
            }
            return JSONObject(unique: [
                JSONMember(key: "tools", value: .array(tools)), JSONMember(key: "nextCursor", value: cursor),
            ])
        }
        var items = ListCollector(.tools)
        _ = try items.add(long("a", "1"))
        #expect(throws: ListDefect.tooLong) { try items.add(long("b", nil)) }
    }

    @Test func `a list of few items with many bytes is too long`() throws {
        let filler = String(repeating: "x", count: 3 << 20)
        var list = ListCollector(.tools)
        var count = 0
        #expect(throws: ListDefect.tooLong) {
            while count < 10 {
                count += 1
                _ = try list.add(object(#"{"tools":[{"name":"\#(count)","x":"\#(filler)"}],"nextCursor":"\#(count)"}"#))
            }
        }
        #expect(count == 7)
    }

    @Test func `several lists are one, in the order of aliases and then of each server`() throws {
        let lists: [UTF8String: [ListItem]] = [
            "b": try ListPage(.tools, object(#"{"tools":[{"name":"z"},{"name":"y y"}]}"#)).items,
            "a": try ListPage(.tools, object(#"{"tools":[{"name":"z","x":1.10}]}"#)).items,
        ]
        let names = PublicNames(
            aliases: lists.keys, names: lists.flatMap { alias, items in items.map { ServerName(alias, $0.name) } })
        let merged = MergedList.named(.tools, lists, names)
        #expect(merged.map(\.origin) == [ServerName("a", "z"), ServerName("b", "z"), ServerName("b", "y y")])
        #expect(text(merged[0].json) == #"{"name":"a__z","x":1.10}"#)
        #expect(merged[2].json["name"]?.string.flatMap(names.meaning) == ServerName("b", "y y"))

        let uris = PublicURIs(
            aliases: ["a", "b"], uris: [ServerName("a", "x://1"), ServerName("b", "x://1")], templates: [])
        let resources: [UTF8String: [ListItem]] = [
            "a": try ListPage(.resources, object(#"{"resources":[{"uri":"x://1","name":"n"}]}"#)).items
        ]
        #expect(MergedList.resources(.resources, resources, uris).first?.json["uri"] == "writ+a:x://1")
    }

    @Test func `a list of ours is written for the client's era`() throws {
        let items: [JSON] = [["name": "a"]]
        #expect(
            text(ListPage.result(.tools, items, nextCursor: "c", for: .june2025, serverInfo: ["name": "w"]))
                == #"{"tools":[{"name":"a"}],"nextCursor":"c"}"#)
        #expect(
            text(ListPage.result(.tools, items, nextCursor: nil, for: .july2026, serverInfo: ["name": "w"]))
                == #"{"tools":[{"name":"a"}],"resultType":"complete","ttlMs":0,"cacheScope":"private","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"w"}}}"#
        )
        #expect(ListPage.result(.tasks, [], nextCursor: nil, for: .november2025, serverInfo: nil).keys == ["tasks"])
    }

    @Test func `a cursor is a text within its limit`() throws {
        #expect(try ListPage.cursor(in: object(#"{"cursor":"x"}"#)) == "x")
        #expect(try ListPage.cursor(in: nil) == nil)
        #expect(text(ListPage.params(cursor: "x")) == #"{"cursor":"x"}"#)
        for wrong in [#"{"cursor":7}"#, #"{"cursor":null}"#, #"{"cursor":"\#(String(repeating: "x", count: 4097))"}"#] {
            let wrong = try object(wrong)
            #expect(throws: RequestRefusal.self) { try ListPage.cursor(in: wrong) }
        }
    }
}

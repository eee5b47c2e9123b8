// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON
import Testing

@Suite struct ToolMapTests {
    @Test(arguments: [
        ("[]", "/"), ("{}", "/tools"), (#"{"tools":[]}"#, "/tools"), (#"{"tools":{},"x":1}"#, "/x"),
        (#"{"tools":{"*":{"parameters":{}}}}"#, "/tools/*"), (#"{"tools":{"":{"parameters":{}}}}"#, "/tools/"),
        (#"{"tools":{"t":{}}}"#, "/tools/t/parameters"), (#"{"tools":{"t":{"parameters":[]}}}"#, "/tools/t/parameters"),
        (#"{"tools":{"t":{"parameters":{},"x":1}}}"#, "/tools/t/x"),
    ])
    func `a document that is not the format is refused at its place`(text: String, place: String) throws {
        let json = try JSON(parsing: UTF8String(text))
        let error = #expect(throws: ToolMapError.self) { try ToolMap.tools(from: json) }
        #expect(error.map { "\($0)".hasPrefix(place) } == true)
    }

    @Test(arguments: [
        #"{"":"inert"}"#, #"{"path":"inert"}"#, #"{"/~2":"inert"}"#, #"{"/-":"inert"}"#, #"{"/a/*":"inert"}"#,
        #"{"/*":"inert"}"#,
        #"{"/a":"Inert"}"#, #"{"/a":{}}"#, #"{"/a":{"verb":"read"}}"#, #"{"/a":{"kind":"path"}}"#,
        #"{"/a":{"verb":"eat","kind":"path"}}"#, #"{"/a":{"verb":"read","kind":"Path"}}"#,
        #"{"/a":{"verb":"read","kind":"url"}}"#, #"{"/a":{"verb":"connect","kind":"path"}}"#,
        #"{"/a":{"verb":"opaque","kind":"path"}}"#, #"{"/a":{"verb":[],"kind":"path"}}"#,
        #"{"/a":{"verb":["read",1],"kind":"path"}}"#, #"{"/a":{"inert":"text"}}"#, #"{"/a":{"inert":true}}"#,
        #"{"/a":{"inert":"string","kind":"path","verb":"read"}}"#, #"{"/a":{"inert":"string","verb":"read"}}"#,
        #"{"/a":{"opaque":"anything"}}"#, #"{"/a":{"opaque":"code","verb":"read"}}"#,
        #"{"/a":{"inert":"string","optional":1}}"#, #"{"/a":{"inert":"string","nullable":"yes"}}"#,
        #"{"/a":{"inert":"string","Optional":true}}"#, #"{"/a":{"inert":"string","base":"/b"},"/b":"inert"}"#,
        #"{"/a":{"verb":"read","kind":"path","base":"/b"}}"#, #"{"/a":{"verb":"read","kind":"path","base":7}}"#,
        #"{"/a":{"verb":"connect","kind":"url","base":"/b"},"/b":"inert"}"#, #"{"/a":"inert","/a/b":"inert"}"#,
        #"{"/a/b":"inert","/a":"inert"}"#, #"{"/a/-":"inert","/a/b":"inert"}"#, #"{"/a/b":"inert","/a/-":"inert"}"#,
        #"{"/a/-":"inert","/a":"inert"}"#, #"{"/1/2/3/4/5/6/7/8/9":"inert"}"#,
    ])
    func `a rule that says nothing clear is refused`(parameters: String) {
        #expect(throws: ToolMapError.self) { try map(parameters) }
    }

    @Test(arguments: [
        #","effects":{}"#, #","effects":[{}]"#, #","effects":[{"opaque":"x"}]"#,
        #","effects":[{"verb":"read","kind":"path"}]"#,
        #","effects":[{"opaque":"code","when":{"/q":"x"}}]"#, #","effects":[{"opaque":"code","unless":{"/p":null}}]"#,
        #","effects":[{"verb":"read","kind":"path","from":"/q"}]"#, #","open":1"#,
        #","effects":[{"verb":"read","kind":"path","from":"/p","value":"x"}]"#,
        #","effects":[{"opaque":"code","verb":"read"}]"#, #","effects":[{"verb":"execute","kind":"argv","value":"x"}]"#,
        #","one_of":{}"#, #","one_of":[["/a"]]"#, #","one_of":[["/a","/zz"]]"#, #","one_of":["/a","/b"]"#,
        #","one_of":[["/a",1]]"#,
    ])
    func `fixed effects and alternatives are checked too`(more: String) {
        #expect(throws: ToolMapError.self) { try map(#"{"/a":"inert","/b":"inert"}"#, more: more) }
        #expect(throws: Never.self) { try map(#"{"/a":"inert","/b":"inert"}"#, more: #","one_of":[["/a","/b"]]"#) }
    }

    @Test func `what exceeds the limits is refused`() throws {
        let rules = (0...Limits.rulesMax).map { "\"/a\($0)\":\"inert\"" }.joined(separator: ",")
        #expect(throws: ToolMapError.self) { try map("{\(rules)}") }
        let tools = (0...Limits.toolsMax).map { "\"t\($0)\":{\"parameters\":{}}" }.joined(separator: ",")
        let json = try JSON(parsing: UTF8String(#"{"tools":{\#(tools)}}"#))
        #expect(throws: ToolMapError.self) { try ToolMap.tools(from: json) }
    }

    @Test func `an overlay replaces a tool's map whole, at its server only, and a broken one nothing`() throws {
        var maps = ToolMaps()
        try maps.use(builtIn: "documents", for: "docs")
        let before = maps
        let broken = try JSON(parsing: #"{"tools":{"read_document":{"parameters":{"/p":"inert"}},"x":{}}}"#)
        #expect(throws: ToolMapError.self) { try maps.overlay(broken, for: "docs") }
        #expect(maps == before)
        let overlay = try JSON(parsing: #"{"tools":{"read_document":{"parameters":{"/p":"inert"}}}}"#)
        try maps.overlay(overlay, for: "docs")
        let tool = ToolReference(server: "docs", tool: "read_document")
        #expect(maps[tool] != before[tool])
        #expect(maps[ToolReference(server: "docs", tool: "list_documents")] != nil)
        #expect(maps[ToolReference(server: "other", tool: "read_document")] == nil)
        #expect(maps[ToolReference(server: "docs", tool: "Read_document")] == nil)
        #expect(throws: ToolMapError.self) { try maps.use(builtIn: "nothing", for: "docs") }
    }
}

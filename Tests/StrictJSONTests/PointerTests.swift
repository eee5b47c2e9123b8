// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@Suite struct PointerTests {
    // RFC 6901 §5.
    static let document =
        ##"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"##

    @Test(
        arguments: [
            ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"),
            ("/e^f", "3"), ("/g|h", "4"), (#"/i\j"#, "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"),
        ])
    func `a pointer finds its value`(pointer: String, value: String) throws {
        let json = try JSON(parsing: UTF8String(Self.document))
        let place = try #require(JSONPointer(parsing: UTF8String(pointer)))
        #expect(try json[place] == JSON(parsing: UTF8String(value)))
        #expect(place.text == UTF8String(pointer))
        #expect(place.description == pointer)
    }

    @Test func `the empty pointer is the whole document`() throws {
        let json = try JSON(parsing: UTF8String(Self.document))
        #expect(json[try #require(JSONPointer(parsing: ""))] == json)
        #expect(JSONPointer().text == "")
    }

    @Test(arguments: [
        "/nowhere", "/foo/2", "/foo/-", "/foo/00", "/foo/01", "/foo/+1", "/foo/-0", "/foo/0/x", "//", "/foo/",
    ])
    func `a pointer to nothing finds nothing`(pointer: String) throws {
        let json = try JSON(parsing: UTF8String(Self.document))
        #expect(json[try #require(JSONPointer(parsing: UTF8String(pointer)))] == nil)
    }

    @Test(arguments: ["foo", "/a~", "/a~2", "/~~0", "#/foo", "~0"])
    func `what is not RFC 6901 is no pointer`(text: String) {
        #expect(JSONPointer(parsing: UTF8String(text)) == nil)
    }

    @Test func `a pointer is built from tokens`() {
        let pointer = JSONPointer(["a/b"]).appending("m~n").appending("").appending("~1")
        #expect(pointer.text == "/a~1b/m~0n//~01")
        #expect(JSONPointer(parsing: pointer.text) == pointer)
        #expect(JSONPointer(["a"]) < JSONPointer(["b"]))
    }
}

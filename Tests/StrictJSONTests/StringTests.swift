// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@Suite struct StringTests {
    private static func quoted(_ bytes: [UInt8]) -> [UInt8] { [0x22] + bytes + [0x22] }

    @Test(
        arguments: [
            ([0x80], 1), ([0xbf], 1), ([0xc0, 0x80], 1), ([0xc1, 0xbf], 1), ([0xe0, 0x80, 0x80], 1),
            ([0xe0, 0x9f, 0xbf], 1), ([0xf0, 0x80, 0x80, 0x80], 1), ([0xf0, 0x8f, 0xbf, 0xbf], 1),
            ([0xed, 0xa0, 0x80], 1), ([0xed, 0xbf, 0xbf], 1), ([0xf4, 0x90, 0x80, 0x80], 1),
            ([0xf5, 0x80, 0x80, 0x80], 1), ([0xfe], 1), ([0xff], 1), ([0xc3], 1), ([0xe2, 0x82], 1),
            ([0xf0, 0x9f, 0x98], 1), ([0x61, 0xc3, 0xa9, 0xc3], 4), ([0x61, 0x5c, 0x6e, 0xe9, 0x62], 4),
            ([0xc3, 0x5c, 0x75, 0x30, 0x30, 0x61, 0x39], 1),
        ] as [([UInt8], Int)])
    func `bytes that are not UTF-8 are refused where they start`(bytes: [UInt8], offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: Self.quoted(bytes)) }
        #expect(error?.code == .invalidUTF8)
        #expect(error?.offset == offset)
        let asKey = #expect(throws: JSONError.self) {
            try JSON(parsing: [0x7b] + Self.quoted(bytes) + Array(":1}".utf8))
        }
        #expect(asKey?.code == .invalidUTF8)
    }

    @Test(
        arguments: [
            (#""\ud83d\ude00""#, "😀"), (#""\uD83D\uDE00""#, "😀"), (#""\ud800\udc00""#, "\u{10000}"),
            (#""\udbff\udfff""#, "\u{10ffff}"), (#""\ud7ff\ue000""#, "\u{d7ff}\u{e000}"),
            (#""\u0000""#, "\u{0}"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u00e9\u00E9""#, "éé"),
            (#""é\u0301x""#, "é\u{301}x"), ("\"\u{7f}\u{2028}\u{feff}\"", "\u{7f}\u{2028}\u{feff}"), (#""""#, ""),
        ])
    func `escapes are the characters they name`(document: String, text: String) throws {
        #expect(try JSON(parsing: UTF8String(document)).string == UTF8String(text))
    }

    @Test(
        arguments: [
            #""\ud800""#, #""\udc00""#, #""\ud800\ud800""#, #""\udc00\ud800""#, #""\ud800x""#, #""\ud800\n""#,
            #""\ud83d\u0041""#, #""\ud83d \ude00""#, #""\udfff""#, #""a\udbffb""#,
        ])
    func `half of a surrogate pair alone is refused`(document: String) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: UTF8String(document)) }
        #expect(error?.code == .unpairedSurrogate)
    }

    @Test func `text is written with the fewest escapes`() throws {
        let text = "\u{0}\u{1}\u{8}\u{9}\u{a}\u{b}\u{c}\u{d}\u{1f} \"\\/\u{7f}é\u{2028}😀"
        let written = String(decoding: JSON.text(text).serialized(), as: UTF8.self)
        #expect(written == #""\u0000\u0001\b\t\n\u000b\f\r\u001f \"\\/"# + "\u{7f}é\u{2028}😀\"")
        #expect(try JSON(parsing: UTF8String(written)) == JSON.text(text))
    }
}

@Suite struct UTF8StringTests {
    @Test func `canonically equivalent texts are different names`() {
        let one: UTF8String = "\u{e9}"
        let two: UTF8String = "e\u{301}"
        #expect(one.string == two.string)
        #expect(one != two)
        #expect(Set([one, two]).count == 2)
        #expect(two < one)
    }

    @Test func `texts of any length come in the order of their bytes`() {
        let tails = ["", "a", "b", "\u{0}", "é", "\u{1F600}", "aaaaaaa", "aaaaaaab"]
        let texts = (0...17).flatMap { length in tails.map { UTF8String(String(repeating: "k", count: length) + $0) } }
        for left in texts {
            for right in texts {
                #expect((left < right) == left.bytes.lexicographicallyPrecedes(right.bytes))
                #expect((left == right) == (left.bytes == right.bytes))
                #expect(left.hasPrefix(right) == left.bytes.starts(with: right.bytes))
                #expect(left.hasSuffix(right) == left.bytes.reversed().starts(with: right.bytes.reversed()))
            }
        }
    }

    @Test func `order is that of bytes`() {
        let sorted: [UTF8String] = ["", "A", "a", "aa", "b", "é", "€", "\u{fb33}", "😀"]
        #expect(sorted.reversed().sorted() == sorted)
    }

    @Test func `prefixes and suffixes are of bytes`() {
        let text: UTF8String = "cafe\u{301}/x"
        #expect(text.hasPrefix("cafe") && text.hasPrefix("") && text.hasPrefix(text))
        #expect(!text.hasPrefix("caf\u{e9}") && !text.hasPrefix("cafe\u{301}/xy"))
        #expect(text.hasSuffix("\u{301}/x") && text.hasSuffix("") && text.hasSuffix(text) && !text.hasSuffix("a/x"))
    }

    @Test func `bytes that are not UTF-8 are no text`() {
        #expect(UTF8String(validating: [0xc0, 0x80]) == nil)
        #expect(UTF8String(validating: [0xed, 0xa0, 0x80]) == nil)
        #expect(UTF8String(validating: "é😀".utf8) == "é😀")
        #expect(UTF8String("é").byteCount == 2)
        #expect(UTF8String("é").bytes == [0xc3, 0xa9])
        #expect(UTF8String("").isEmpty)
    }
}

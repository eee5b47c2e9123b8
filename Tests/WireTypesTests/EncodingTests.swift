// SPDX-License-Identifier: Apache-2.0

import Testing
import WireTypes

@Suite struct Base64Tests {
    // RFC 4648 §10.
    @Test(
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func `the vectors of RFC 4648 hold`(text: String, base64: String) {
        #expect(Base64.encode(Array(text.utf8)) == base64)
        #expect(Base64.decode(base64) == Array(text.utf8))
        let unpadded = base64.filter { $0 != "=" }
        #expect(Base64URL.encode(Array(text.utf8)) == unpadded)
        #expect(Base64URL.decode(unpadded) == Array(text.utf8))
    }

    @Test func `the two alphabets differ in two letters`() {
        #expect(Base64.encode([0xfb, 0xff]) == "+/8=")
        #expect(Base64URL.encode([0xfb, 0xff]) == "-_8")
        #expect(Base64.decode("-_8=") == nil)
        #expect(Base64URL.decode("+/8") == nil)
    }

    @Test(
        arguments: [
            "Zg", "Zg=", "Zg===", "Z", "Zh==", "Zm9=", "=", "==", "====", "Zg==Zg==", "Zm=v", "Zm9v\n", " Zm9v",
            "Zm 9v",
            "Zm9v====", "Z===", "Zm9é", "Zm9vZ", "\u{0}m9v",
        ])
    func `another spelling of padded base64 is refused`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: ["Zg==", "Z", "Zh", "Zm9", "Zm8=", "Zm9vZ", "Zm9v\n", "Zm 9v", "=", "Zg\u{301}", "AB"])
    func `another spelling of unpadded base64url is refused`(text: String) {
        // `Zm9` would be `fo` with bits left over; the one spelling is `Zm8`.
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func `every text is read from exactly one spelling`() {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var read = 0
        for first in letters {
            for second in letters {
                let text = String(decoding: [first, second], as: UTF8.self)
                guard let bytes = Base64URL.decode(text) else { continue }
                #expect(Base64URL.encode(bytes) == text)
                read += 1
            }
        }
        #expect(read == 256)
    }

    @Test func `every length survives`() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + count) }
            #expect(Base64.decode(Base64.encode(bytes)) == bytes)
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
            #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        }
    }
}

@Suite struct HexTests {
    @Test func `bytes are two lower-case digits each`() {
        #expect(Hex.encode([0, 0x0f, 0xa5, 0xff]) == "000fa5ff")
        #expect(Hex.decode("000fa5ff") == [0, 0x0f, 0xa5, 0xff])
        #expect(Hex.decode("") == [])
    }

    @Test(arguments: ["0", "0F", "FF", "0x", "0g", " 00", "00 ", "é", "+1", "-1", "００"])
    func `what is not lower-case hexadecimal is refused`(text: String) {
        #expect(Hex.decode(text) == nil)
    }
}

@Suite struct DigestTests {
    private let bytes = (0..<32).map { UInt8($0) }

    @Test func `a digest has thirty-two bytes and two texts`() throws {
        let digest = try #require(Digest(bytes: bytes))
        #expect(digest.hex == "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
        #expect(digest.base64URL == "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
        #expect(Digest(hex: digest.hex) == digest)
        #expect(Digest(base64URL: digest.base64URL) == digest)
        #expect(digest.description == digest.hex)
        #expect(Digest(bytes) == digest)
    }

    @Test func `other lengths and spellings are no digest`() throws {
        let digest = try #require(Digest(bytes: bytes))
        #expect(Digest(bytes: Array(bytes.dropLast())) == nil)
        #expect(Digest(bytes: bytes + [0]) == nil)
        #expect(Digest(bytes: []) == nil)
        #expect(Digest(hex: digest.hex.uppercased()) == nil)
        #expect(Digest(hex: String(digest.hex.dropLast(2))) == nil)
        #expect(Digest(base64URL: digest.base64URL + "=") == nil)
        // The last letter's two low bits are beyond the 32nd byte; only zero is canonical.
        #expect(Digest(base64URL: digest.base64URL.dropLast() + "9") == nil)
    }

    @Test func `order is that of bytes`() throws {
        let low = try #require(Digest(bytes: [0] + bytes.dropFirst()))
        let high = try #require(Digest(bytes: [0x80] + bytes.dropFirst()))
        #expect(low < high && !(high < low) && !(low < low))
    }
}

@Suite struct UUIDv7Tests {
    @Test func `an id holds its moment, version and variant`() throws {
        let time = try #require(Timestamp(parsing: "2026-03-18T02:47:11.204Z"))
        let id = UUIDv7(time: time, random: Array(repeating: 0xff, count: 10))
        #expect(id.text == "019cfed7-0864-7fff-bfff-ffffffffffff")
        #expect(id.milliseconds == time.milliseconds)
        #expect(
            UUIDv7(time: time, random: Array(repeating: 0, count: 16)).text == "019cfed7-0864-7000-8000-000000000000")
        #expect(UUIDv7(parsing: id.text) == id)
        #expect(UUIDv7(bytes: id.bytes) == id)
    }

    // RFC 9562 §A.6.
    @Test func `the example of RFC 9562 is read`() throws {
        let id = try #require(UUIDv7(parsing: "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"))
        #expect(id.milliseconds == 0x017F_22E2_79B0)
        #expect(Timestamp(milliseconds: id.milliseconds)?.text == "2022-02-22T19:22:22.000Z")
    }

    @Test func `moments before 1970 count as 1970 and the last one fits`() {
        #expect(UUIDv7(time: Timestamp(clamping: -1), random: Array(repeating: 0, count: 10)).milliseconds == 0)
        let last = Timestamp(clamping: .max)
        #expect(UUIDv7(time: last, random: Array(repeating: 0, count: 10)).milliseconds == last.milliseconds)
    }

    @Test func `ids sort by time`() {
        let early = UUIDv7(time: Timestamp(clamping: 255), random: Array(repeating: 0xff, count: 10))
        let late = UUIDv7(time: Timestamp(clamping: 256), random: Array(repeating: 0, count: 10))
        #expect(early < late)
        #expect(early.text < late.text)
    }

    @Test(
        arguments: [
            "", "017f22e2-79b0-4cc3-98c4-dc0c0c07398f", "017f22e2-79b0-7cc3-c8c4-dc0c0c07398f",
            "017F22E2-79B0-7CC3-98C4-DC0C0C07398F", "017f22e279b07cc398c4dc0c0c07398f",
            "{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}", "017f22e2-79b0-7cc3-98c4-dc0c0c07398",
            "017f22e27-9b0-7cc3-98c4-dc0c0c07398f", "017f22e2-79b0-7cc3-98c4-dc0c0c0739-f",
            "017f22e2-79b0-7cc3-98c4-dc0c0c07398g",
        ])
    func `another version, variant or spelling is no id`(text: String) {
        #expect(UUIDv7(parsing: text) == nil)
    }

    @Test func `other lengths are no id`() {
        #expect(UUIDv7(bytes: []) == nil)
        #expect(UUIDv7(bytes: Array(repeating: 0x7f, count: 17)) == nil)
    }
}

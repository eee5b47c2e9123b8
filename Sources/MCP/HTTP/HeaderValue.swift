// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// How a text travels in a header: as it is, or as `=?base64?…?=` (MCP 2026-07-28, "Value Encoding").
public enum HeaderValue {
    private static let opening: UTF8String = "=?base64?"
    private static let closing: UTF8String = "?="

    /// The value for a text: the text where it is printable ASCII without blanks at its ends and does not look encoded.
    public static func encode(_ text: UTF8String) -> String {
        let bytes = text.bytes
        let isPlain =
            bytes.allSatisfy { (0x20...0x7e).contains($0) } && bytes.first != 0x20 && bytes.last != 0x20
            && !(text.hasPrefix(opening) && text.hasSuffix(closing))
        return isPlain ? text.string : opening.string + HeaderBase64.encode(bytes) + closing.string
    }

    /// The text of a value, or `nil` where it has characters that a header has not, or does not decode.
    ///
    /// Only the one spelling of base64 that the encoding has is read: what two decoders see differently matches nothing.
    public static func decode(_ value: UTF8String) -> UTF8String? {
        let bytes = value.bytes
        guard bytes.allSatisfy({ (0x20...0x7e).contains($0) || $0 == 0x09 }) else { return nil }
        let marks = opening.byteCount + closing.byteCount
        guard value.hasPrefix(opening), value.hasSuffix(closing), bytes.count >= marks else { return value }
        let payload = bytes[opening.byteCount..<(bytes.count - closing.byteCount)]
        return HeaderBase64.decode(payload).flatMap { UTF8String(validating: $0) }
    }
}

/// Base64 with padding (RFC 4648 §4), for headers. This module has no other use for it.
enum HeaderBase64 {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for byte in group { bits = bits << 8 | UInt32(byte) }
            bits <<= UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                let letter = letters[Int(bits >> UInt32(18 - 6 * place) & 63)]
                text.append(place <= group.count ? letter : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes, or `nil` where the text is not what `encode` writes for them.
    static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var bits: UInt32 = 0
        var count = 0
        for letter in text {
            if letter == UInt8(ascii: "=") { break }
            guard let value = letters.firstIndex(of: letter) else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
                bits &= (1 << UInt32(count)) - 1
            }
        }
        return Array(encode(bytes).utf8) == Array(text) ? bytes : nil
    }
}

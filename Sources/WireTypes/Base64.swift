// SPDX-License-Identifier: Apache-2.0

/// Base64 with the standard alphabet and padding (RFC 4648 §4). Only the one canonical spelling is read.
public enum Base64 {
    private static let alphabet = Base64Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    /// The text, padded with `=` to a multiple of four.
    public static func encode(_ bytes: [UInt8]) -> String {
        let text = alphabet.encode(bytes)
        return text + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    }

    /// The bytes, or `nil` for white space, missing padding or a spelling that is not canonical.
    public static func decode(_ text: String) -> [UInt8]? {
        guard text.utf8.count.isMultiple(of: 4) else { return nil }
        let padding = text.utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard padding <= 2 else { return nil }
        return alphabet.decode(text.utf8.dropLast(padding))
    }
}

/// Base64 with the URL-safe alphabet and without padding (RFC 4648 §5). Only the one canonical spelling is read.
public enum Base64URL {
    private static let alphabet = Base64Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    /// The text, without padding.
    public static func encode(_ bytes: [UInt8]) -> String { alphabet.encode(bytes) }

    /// The bytes, or `nil` for padding, white space or a spelling that is not canonical.
    public static func decode(_ text: String) -> [UInt8]? { alphabet.decode(text.utf8[...]) }
}

/// The 64 letters of a base64 alphabet, both ways.
private struct Base64Alphabet {
    private let letters: [UInt8]
    private let values: [UInt8]
    private static let none: UInt8 = 0xff

    init(_ text: String) {
        letters = Array(text.utf8)
        var values = [UInt8](repeating: Self.none, count: 256)
        for (value, letter) in letters.enumerated() { values[Int(letter)] = UInt8(value) }
        self.values = values
    }

    func encode(_ bytes: [UInt8]) -> String {
        let length = (bytes.count * 4 + 2) / 3
        return String(unsafeUninitializedCapacity: length) { text in
            var bits: UInt32 = 0
            var count = 0
            var index = 0
            for byte in bytes {
                bits = bits << 8 | UInt32(byte)
                count += 8
                while count >= 6 {
                    count -= 6
                    text[index] = letters[Int(bits >> count & 63)]
                    index += 1
                }
            }
            if count > 0 {
                text[index] = letters[Int(bits << (6 - count) & 63)]
                index += 1
            }
            return index
        }
    }

    /// Unpadded letters to bytes; the bits left over must be zero and fewer than six.
    func decode(_ text: Substring.UTF8View) -> [UInt8]? {
        guard text.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var bits: UInt32 = 0
        var count = 0
        for letter in text {
            let value = values[Int(letter)]
            guard value != Self.none else { return nil }
            bits = bits << 6 | UInt32(value)
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
                bits &= 1 << count - 1
            }
        }
        return bits == 0 ? bytes : nil
    }
}

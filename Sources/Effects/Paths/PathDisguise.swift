// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Ways to write a path that some programs undo and others do not.
///
/// Whether a tool decodes `%2e`, folds `．` or takes `\` for `/` cannot be seen from here, so every way of reading the
/// text is followed, each alone and all together.
enum PathDisguise: CaseIterable {
    case percentEscape, hexEscape, lookalike, backslash, edgeBlank, composed, decomposed

    /// The text without this disguise, `nil` where it is no text then (overlong or broken UTF-8).
    func removed(from text: UTF8String) -> UTF8String? {
        switch self {
        case .percentEscape:
            let (bytes, hadEscapes) = percentDecoded(text.bytes)
            return hadEscapes ? UTF8String(validating: bytes) : text
        case .hexEscape: return Self.withoutHexEscapes(text)
        case .lookalike: return Self.withoutLookalikes(text)
        case .backslash:
            guard text.string.utf8.contains(Self.backslashByte) else { return text }
            return UTF8String(
                validating: text.string.utf8.map { $0 == Self.backslashByte ? UInt8(ascii: "/") : $0 })
        case .edgeBlank: return Self.trimmed(text)
        case .composed: return text.nfc
        case .decomposed: return text.nfd
        }
    }

    private static let backslashByte = UInt8(ascii: "\\")

    /// `0x2e`, `0x2f` and `0x5c`, which some filters write for `.`, `/` and `\`.
    private static func withoutHexEscapes(_ text: UTF8String) -> UTF8String? {
        let bytes = text.bytes
        guard bytes.contains(where: { $0 | 0x20 == UInt8(ascii: "x") }) else { return text }
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if index + 3 < bytes.count, bytes[index] == UInt8(ascii: "0"), bytes[index + 1] | 0x20 == UInt8(ascii: "x"),
                let high = bytes[index + 2].hexValue, let low = bytes[index + 3].hexValue,
                [0x2e, 0x2f, 0x5c].contains(high << 4 | low)
            {
                plain.append(high << 4 | low)
                index += 4
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        return UTF8String(validating: plain)
    }

    private static func trimmed(_ text: UTF8String) -> UTF8String? {
        let bytes = text.bytes
        guard bytes.first == 0x20 || bytes.last == 0x20 else { return text }
        let rest = bytes.drop { $0 == 0x20 }
        return UTF8String(validating: rest.reversed().drop { $0 == 0x20 }.reversed())
    }

    private static func withoutLookalikes(_ text: UTF8String) -> UTF8String? {
        guard !text.isASCII else { return text }
        var plain = ""
        for scalar in text.string.unicodeScalars {
            switch scalar.value {
            case 0xff01...0xff5e: plain.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xfee0)))
            default: plain += lookalikes[scalar] ?? String(scalar)
            }
        }
        return UTF8String(plain)
    }

    /// Characters that compatibility normalisation (UAX #15), best-fit code pages or look-alike folding turn into `.`,
    /// `/` or `\`. Fullwidth ASCII is handled as a range.
    private static let lookalikes: [Unicode.Scalar: String] = [
        "\u{2024}": ".", "\u{fe52}": ".", "\u{3002}": ".", "\u{ff61}": ".", "\u{2025}": "..", "\u{fe30}": "..",
        "\u{2026}": "...", "\u{fe19}": "...", "\u{2044}": "/", "\u{2215}": "/", "\u{29f8}": "/", "\u{2216}": "\\",
        "\u{29f5}": "\\", "\u{29f9}": "\\", "\u{fe68}": "\\", "\u{a5}": "\\", "\u{20a9}": "\\", "\u{2100}": "a/c",
        "\u{2101}": "a/s", "\u{2105}": "c/o", "\u{2106}": "c/u",
    ]
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Ways to write a path that some programs undo and others do not.
///
/// Whether a tool decodes `%2e`, folds `．` or takes `\` for `/` cannot be seen from here, so every way of reading the
/// text is followed, each alone and all together.
enum PathDisguise {
    case percentEscape, hexEscape, backslash, edgeBlank, composed, decomposed
    /// One `@` at the beginning, as OpenClaw drops it.
    case atSign
    /// Blanks of other widths within, as a plain one.
    case wideBlank
    /// `.\.` with its backslashes taken off, as shells and `stripslashes` do.
    case escapedDot
    /// `.?`, a pattern that `..` matches.
    case anyDot
    /// Fullwidth ASCII, as compatibility normalisation folds it.
    case fullwidth
    /// One character that somebody takes for another; each is its own disguise, as no two programs fold the same ones.
    case lookalike(Unicode.Scalar)

    /// The disguises that a text may wear.
    static func worn(by text: UTF8String, _ style: PathStyle) -> [PathDisguise] {
        var ascii: [PathDisguise] = [.percentEscape, .hexEscape, .backslash, .edgeBlank]
        if style.dropsAt, text.hasPrefix("@"), text.byteCount > 1 { ascii.append(.atSign) }
        if hasEscapedDot(text) { ascii.append(.escapedDot) }
        let bytes = text.bytes
        if zip(bytes, bytes.dropFirst()).contains(where: { pair in
            [pair.0, pair.1].allSatisfy { $0 == questionByte || $0 == UInt8(ascii: ".") }
                && [pair.0, pair.1].contains(questionByte)
        }) {
            ascii.append(.anyDot)
        }
        guard !text.isASCII else { return ascii }
        let scalars = Set(text.string.unicodeScalars).filter { lookalikes[$0] != nil }.sorted()
        return ascii + [.composed, .decomposed, .fullwidth, .wideBlank] + scalars.map(PathDisguise.lookalike)
    }

    /// The text without this disguise, `nil` where it is no text then (overlong or broken UTF-8).
    func removed(from text: UTF8String) -> UTF8String? {
        switch self {
        case .percentEscape:
            let (bytes, hadEscapes) = percentDecoded(text.bytes)
            return hadEscapes ? UTF8String(validating: bytes) : text
        case .hexEscape: return Self.withoutHexEscapes(text)
        case .fullwidth:
            return Self.mapping(text) { scalar in
                (0xff01...0xff5e).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xfee0).map(String.init) : nil
            }
        case .lookalike(let lookalike): return Self.mapping(text) { $0 == lookalike ? Self.lookalikes[$0] : nil }
        case .backslash:
            guard text.string.utf8.contains(Self.backslashByte) else { return text }
            return UTF8String(
                validating: text.string.utf8.map { $0 == Self.backslashByte ? UInt8(ascii: "/") : $0 })
        case .edgeBlank: return text.withoutEdgeBlanks
        case .wideBlank: return Self.mapping(text) { $0.isBlank && $0.value > 0x7f ? " " : nil }
        case .atSign: return text.hasPrefix("@") ? UTF8String(validating: text.bytes.dropFirst()) : text
        case .escapedDot: return UTF8String(validating: text.bytes.filter { $0 != Self.backslashByte })
        case .anyDot:
            return UTF8String(validating: text.bytes.map { $0 == Self.questionByte ? UInt8(ascii: ".") : $0 })
        case .composed: return text.nfc
        case .decomposed: return text.nfd
        }
    }

    private static let backslashByte = UInt8(ascii: "\\")
    private static let questionByte = UInt8(ascii: "?")

    /// Whether a component is `..` but for backslashes.
    private static func hasEscapedDot(_ text: UTF8String) -> Bool {
        let bytes = text.bytes
        guard bytes.contains(backslashByte) else { return false }
        return bytes.split(separator: UInt8(ascii: "/")).contains { component in
            component.first == UInt8(ascii: ".") && component.dropFirst().first == backslashByte
                && component.filter { $0 != backslashByte }.elementsEqual("..".utf8)
        }
    }

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

    private static func mapping(_ text: UTF8String, _ plain: (Unicode.Scalar) -> String?) -> UTF8String {
        var mapped = ""
        for scalar in text.string.unicodeScalars { mapped += plain(scalar) ?? String(scalar) }
        return UTF8String(mapped)
    }

    /// Characters that compatibility normalisation (UAX #15), best-fit code pages or look-alike folding turn into `.`,
    /// `/` or `\`; beside fullwidth ASCII.
    private static let lookalikes: [Unicode.Scalar: String] = [
        "\u{2024}": ".", "\u{fe52}": ".", "\u{3002}": ".", "\u{ff61}": ".", "\u{2025}": "..", "\u{fe30}": "..",
        "\u{2026}": "...", "\u{fe19}": "...", "\u{2044}": "/", "\u{2215}": "/", "\u{29f8}": "/", "\u{2216}": "\\",
        "\u{29f5}": "\\", "\u{29f9}": "\\", "\u{fe68}": "\\", "\u{a5}": "\\", "\u{20a9}": "\\", "\u{2100}": "a/c",
        "\u{2101}": "a/s", "\u{2105}": "c/o", "\u{2106}": "c/u",
    ]
}

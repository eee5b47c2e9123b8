// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// How many columns a text takes in a fixed-width font, after Unicode's East Asian Width (UAX #11).
///
/// Made to agree with the Rust library that Cedar's formatter counts with. It may differ for scripts whose letters join.
enum DisplayWidth {
    static func columns(of text: UTF8String) -> Int {
        let isASCII = text.withUTF8 { bytes in bytes.allSatisfy { $0 < 0x80 } }
        // Control characters count as one column each.
        guard !isASCII else { return text.byteCount }
        var columns = 0
        var previous: Unicode.Scalar?
        var isJoining = false
        for scalar in text.string.unicodeScalars {
            if scalar.value == 0x200d {
                isJoining = previous.map(isEmoji) ?? false
            } else {
                // An emoji joined to an emoji is shown in its place.
                if !(isJoining && isEmoji(scalar)) { columns += self.columns(of: scalar) }
                isJoining = false
                // An emoji that its selector makes wide.
                if scalar.value == 0xfe0f, let last = previous, isEmoji(last), self.columns(of: last) == 1 {
                    columns += 1
                }
                if self.columns(of: scalar) > 0 { previous = scalar }
            }
        }
        return columns
    }

    private static func isEmoji(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isEmoji && scalar.value > 0xff
    }

    private static func columns(of scalar: Unicode.Scalar) -> Int {
        guard scalar.value > 0x9f else { return 1 }
        guard !scalar.properties.isGraphemeExtend, !scalar.properties.isDefaultIgnorableCodePoint else { return 0 }
        switch scalar.value {
        // Hangul vowels and final consonants join the syllable before them.
        case 0x1160...0x11ff, 0xd7b0...0xd7c6, 0xd7cb...0xd7fb: return 0
        default: return wide.contains { $0.contains(scalar.value) } || isWideEmoji(scalar) ? 2 : 1
        }
    }

    private static func isWideEmoji(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isEmojiPresentation && !(0x1f1e6...0x1f1ff).contains(scalar.value)
    }

    /// Scalars of East Asian Width W or F, but for emoji.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115f, 0x2329...0x232a, 0x2630...0x2637, 0x268a...0x268f, 0x2e80...0x2e99, 0x2e9b...0x2ef3,
        0x2f00...0x2fd5, 0x2ff0...0x303e, 0x3041...0x3247, 0x3250...0xa4c6, 0xa960...0xa97c, 0xac00...0xd7a3,
        0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe52, 0xfe54...0xfe66, 0xfe68...0xfe6b, 0xff01...0xff60,
        0xffe0...0xffe6, 0x16fe0...0x16fe4, 0x16ff0...0x16ff6, 0x17000...0x18cd5, 0x18cff...0x18d1e,
        0x1aff0...0x1b2fb, 0x1d300...0x1d356, 0x1d360...0x1d376, 0x1f200...0x1f202, 0x1f210...0x1f23b,
        0x1f240...0x1f248, 0x1f250...0x1f251, 0x1f260...0x1f265, 0x20000...0x3fffd,
    ]
}

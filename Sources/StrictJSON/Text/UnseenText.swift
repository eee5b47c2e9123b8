// SPDX-License-Identifier: Apache-2.0

extension Unicode.Scalar {
    /// Whether it shows nothing by itself and changes how a terminal or a page shows what stands beside it: control
    /// characters, and those that reorder, join, tag or hide text.
    public var isUnseen: Bool {
        switch value {
        case 0..<0x20, 0x7f..<0xa0, 0x061c, 0x200b...0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff,
            0xe0000...0xe007f:
            true
        default: false
        }
    }

    /// Its text, or its number where it is unseen: `\u{202e}`.
    public var spelledOut: String { isUnseen ? "\\u{\(String(value, radix: 16))}" : String(self) }
}

extension UTF8String {
    /// The text with what is unseen in it spelt out: harmless beside other text, whoever wrote it.
    public var spelledOut: String { string.unicodeScalars.lazy.map(\.spelledOut).joined() }
}

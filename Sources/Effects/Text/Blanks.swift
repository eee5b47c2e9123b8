// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension Unicode.Scalar {
    /// What one program or another takes for a blank at the end of a text: Unicode's White_Space, as Rust and Python have
    /// it, and the byte order mark, which JavaScript trims besides.
    var isBlank: Bool {
        value < 0x80 ? value == 0x20 || (0x09...0x0d).contains(value) : properties.isWhitespace || value == 0xfeff
    }

    fileprivate var isBlankOrControl: Bool { isBlank || value < 0x20 || (0x7f...0x9f).contains(value) }
}

extension UTF8String {
    /// Without the blanks at both ends.
    var withoutEdgeBlanks: UTF8String {
        let scalars = string.unicodeScalars
        guard scalars.first?.isBlank == true || scalars.last?.isBlank == true else { return self }
        let rest = scalars.drop(while: \.isBlank)
        let end = rest.lastIndex { !$0.isBlank } ?? rest.startIndex
        return end < rest.endIndex ? UTF8String(String(rest[...end])) : ""
    }

    /// Without the blanks and the control characters at both ends.
    var withoutEdgeControls: UTF8String {
        let rest = string.unicodeScalars.drop(while: \.isBlankOrControl)
        guard let end = rest.lastIndex(where: { !$0.isBlankOrControl }) else { return "" }
        return UTF8String(String(rest[...end]))
    }
}

extension ArraySlice<UInt8> {
    /// Without the blanks and the control characters that it begins with, whatever they are to whom.
    var withoutLeadingBlanks: ArraySlice<UInt8> {
        var rest = self
        while let first = rest.first {
            if first <= 0x20 || first == 0x7f {
                rest = rest.dropFirst()
                continue
            }
            // A character of Unicode has at most four bytes.
            guard first >= 0x80, let scalar = String(decoding: rest.prefix(4), as: UTF8.self).unicodeScalars.first,
                scalar.isBlankOrControl
            else { break }
            rest = rest.dropFirst(UTF8.width(scalar))
        }
        return rest
    }
}

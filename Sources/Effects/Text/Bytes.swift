// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension UInt8 {
    var isDigit: Bool { self &- 0x30 < 10 }
    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    var isAlphanumeric: Bool { isDigit || isLetter }
    var uppercased: UInt8 { self &- 0x61 < 26 ? self & ~0x20 : self }
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// The value of a hexadecimal digit, or `nil`.
    var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x37
        case 0x61...0x66: self - 0x57
        default: nil
        }
    }
}

extension UTF8String {
    /// ASCII letters in lower case.
    var asciiLowercased: UTF8String { UTF8String(validating: string.utf8.map(\.lowercased)) ?? self }

    /// Whether the text has a C0, DEL or C1 control character.
    var hasControls: Bool {
        string.unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) }
    }

    var isASCII: Bool { string.utf8.allSatisfy { $0 < 0x80 } }
}

/// One round of percent-decoding: `%` and two hexadecimal digits are a byte, any other `%` is itself.
///
/// - Returns: the bytes, and whether any escape was there.
func percentDecoded(_ bytes: [UInt8]) -> (bytes: [UInt8], hadEscapes: Bool) {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    var hadEscapes = false
    while index < bytes.count {
        if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = bytes[index + 1].hexValue,
            let low = bytes[index + 2].hexValue
        {
            decoded.append(high << 4 | low)
            index += 3
            hadEscapes = true
        } else {
            decoded.append(bytes[index])
            index += 1
        }
    }
    return (decoded, hadEscapes)
}

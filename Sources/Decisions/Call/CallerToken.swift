// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What a caller may have echoed in a receipt: its nonce and its session. Anything else is refused, since a receipt
/// could not hold it.
enum CallerToken {
    /// What it may have besides ASCII letters and digits.
    static let marks = "_.-~:/+="

    /// 1 to 128 letters, digits and marks.
    static func isEchoed(_ token: UTF8String) -> Bool {
        (1...Limits.tokenBytes).contains(token.byteCount)
            && token.string.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    true
                default: marks.utf8.contains(byte)
                }
            }
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Cedar's identifiers: ASCII letters, digits and `_`, not beginning with a digit.
enum Identifier {
    /// Words that name nothing: not entity types, not attributes after `.`, not unquoted record keys.
    static let reserved: Set<UTF8String> = ["true", "false", "if", "then", "else", "in", "is", "like", "has"]

    /// The namespace that Cedar keeps for itself.
    static let internalNamespace: UTF8String = "__cedar"

    static func isStart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
        default: false
        }
    }

    static func isContinuation(_ byte: UInt8) -> Bool { isStart(byte) || DecimalDigits.isDigit(byte) }

    /// Whether the bytes are an identifier, reserved or not.
    static func isWord(_ bytes: some Collection<UInt8>) -> Bool {
        guard let first = bytes.first else { return false }
        return isStart(first) && bytes.allSatisfy(isContinuation)
    }

    /// Whether the bytes may stand in a path or after `.`: an identifier that is neither reserved nor Cedar's own.
    static func isName(_ bytes: some Collection<UInt8>) -> Bool {
        guard isWord(bytes), let text = UTF8String(validating: bytes) else { return false }
        return !reserved.contains(text) && text != internalNamespace
    }
}

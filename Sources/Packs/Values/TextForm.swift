// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON

/// Forms of text that OAP's packs write as regular expressions.
enum TextForm: String, Sendable {
    /// Three capital letters.
    case currency
    /// Two capital letters.
    case country
    /// Two names of capital letters with a hyphen between: `BTC-USD`.
    case pair
    /// `owner/name`.
    case repository
    /// Semantic Versioning's `1.2.3`, with a pre-release or build part.
    case version
    /// Small letters, digits and `._-`, letters or digits at both ends; at least two.
    case toolName = "tool-name"
    /// RFC 3339 date and time.
    case moment

    func admits(_ text: UTF8String) -> Bool {
        let bytes = text.bytes
        switch self {
        case .currency: return bytes.count == 3 && bytes.allSatisfy(\.isCapital)
        case .country: return bytes.count == 2 && bytes.allSatisfy(\.isCapital)
        case .pair:
            let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
            return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isCapital) }
        case .repository:
            let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            return parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNameByte) }
        case .version: return Self.isVersion(bytes)
        case .toolName:
            guard let first = bytes.first, let last = bytes.last, bytes.count > 1 else { return false }
            return bytes.allSatisfy { $0.isNameByte && !$0.isCapital } && first.isSmallOrDigit && last.isSmallOrDigit
        case .moment: return DateTime.timestamp(text) != nil
        }
    }

    private static func isVersion(_ bytes: [UInt8]) -> Bool {
        let core = bytes.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }
        let numbers = core.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard numbers.count == 3, numbers.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }) else { return false }
        let rest = bytes[core.count...]
        var parts = rest.split(separator: UInt8(ascii: "+"), maxSplits: 1, omittingEmptySubsequences: false)[...]
        if let pre = parts.first, !pre.isEmpty {
            guard pre.count > 1, pre.allSatisfy(\.isVersionByte) else { return false }
        }
        parts = parts.dropFirst()
        guard let build = parts.first else { return true }
        return !build.isEmpty && build.allSatisfy(\.isVersionByte)
    }
}

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }
    var isCapital: Bool { (0x41...0x5a).contains(self) }
    var isSmall: Bool { (0x61...0x7a).contains(self) }
    var isSmallOrDigit: Bool { isSmall || isDigit }
    var isAlphanumeric: Bool { isSmall || isCapital || isDigit }
    /// Letters, digits, `.`, `_`, `-`.
    var isNameByte: Bool { isAlphanumeric || self == 0x2e || self == 0x5f || self == 0x2d }
    /// Letters, digits, `.`, `-`.
    var isVersionByte: Bool { isAlphanumeric || self == 0x2e || self == 0x2d }
    var lowercased: UInt8 { isCapital ? self | 0x20 : self }
    var isBlank: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
}

extension UTF8String {
    /// ASCII letters in lower case.
    var lowered: UTF8String { UTF8String(validating: string.utf8.map(\.lowercased)) ?? self }
}

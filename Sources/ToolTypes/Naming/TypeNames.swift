// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Names for types, made from texts of any kind: Cedar takes any text for an attribute or an action's id, and for a type
/// only ASCII letters, digits and `_`.
struct TypeNames {
    /// What each name that was given out was made from.
    private(set) var sources: [UTF8String: UTF8String] = [:]
    private var used: Set<UTF8String>
    private var repetitions: [UTF8String: Int] = [:]

    /// - Parameter reserved: names that are taken.
    init(reserved: Set<UTF8String>) { used = reserved }

    /// A name for a text: the text itself with `suffix` behind it, every byte that no identifier has as `_` and two
    /// hexadecimal digits; where that is taken, a number behind.
    mutating func name(for text: UTF8String, suffix: String) -> UTF8String {
        let base = UTF8String(Self.identifier(text) + suffix)
        var name = base
        while !used.insert(name).inserted {
            let count = (repetitions[base] ?? 1) + 1
            repetitions[base] = count
            name = UTF8String("\(base)_\(count)")
        }
        sources[name] = text
        return name
    }

    private static func identifier(_ text: UTF8String) -> String {
        var result = ""
        for byte in text.bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                if result.isEmpty { result = "_" }
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16)
                result += digits.utf8.count == 1 ? "_0\(digits)" : "_\(digits)"
            }
        }
        return result
    }
}

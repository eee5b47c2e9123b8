// SPDX-License-Identifier: Apache-2.0

/// A place in a document, by RFC 6901: `/params/items/0`.
public struct JSONPointer: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The reference tokens, unescaped, outermost first.
    public let tokens: [UTF8String]

    /// A pointer of these tokens; none is the whole document.
    public init(_ tokens: [UTF8String] = []) { self.tokens = tokens }

    /// A pointer from its text, or `nil` where that is not RFC 6901's: it is empty or starts with `/`, and `~` is
    /// followed by 0 or 1.
    public init?(parsing text: UTF8String) {
        guard !text.isEmpty else {
            self.init()
            return
        }
        guard text.hasPrefix("/") else { return nil }
        var tokens: [UTF8String] = []
        let parts = text.string.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        for part in parts {
            guard let token = Self.unescaped(part) else { return nil }
            tokens.append(token)
        }
        self.init(tokens)
    }

    /// This place's child.
    public func appending(_ token: UTF8String) -> JSONPointer { JSONPointer(tokens + [token]) }

    /// The text, with `~` and `/` escaped.
    public var text: UTF8String {
        var bytes: [UInt8] = []
        for token in tokens {
            bytes.append(UInt8(ascii: "/"))
            for byte in token.string.utf8 {
                switch byte {
                case UInt8(ascii: "~"): bytes.append(contentsOf: "~0".utf8)
                case UInt8(ascii: "/"): bytes.append(contentsOf: "~1".utf8)
                default: bytes.append(byte)
                }
            }
        }
        return UTF8String(String(decoding: bytes, as: UTF8.self))
    }

    /// The text.
    public var description: String { text.string }

    /// By text, bytewise.
    public static func < (left: JSONPointer, right: JSONPointer) -> Bool { left.text < right.text }

    private static func unescaped(_ part: some Collection<UInt8>) -> UTF8String? {
        var bytes: [UInt8] = []
        var escaped = false
        for byte in part {
            if escaped {
                guard byte == UInt8(ascii: "0") || byte == UInt8(ascii: "1") else { return nil }
                bytes.append(byte == UInt8(ascii: "0") ? UInt8(ascii: "~") : UInt8(ascii: "/"))
                escaped = false
            } else if byte == UInt8(ascii: "~") {
                escaped = true
            } else {
                bytes.append(byte)
            }
        }
        return escaped ? nil : UTF8String(validating: bytes)
    }
}

extension JSON {
    /// The value at a place, or `nil` where there is none. Array indices are decimal without leading zeros.
    public subscript(pointer: JSONPointer) -> JSON? {
        var value = self
        for token in pointer.tokens {
            switch value {
            case .object(let object):
                guard let next = object[token] else { return nil }
                value = next
            case .array(let elements):
                guard let index = Int(token.string), String(index) == token.string, elements.indices.contains(index)
                else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }
}

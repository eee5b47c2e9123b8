// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

/// A part of an entry with a closed schema of its own.
protocol EntryPart {
    init(members: inout Members) throws(EntryError)
    var json: JSON { get }
}

extension Rule where Value == UTF8String {
    /// Text of 1 to `max` bytes without control characters.
    static func text(max: Int = ReceiptLimits.nameBytesMax) -> Rule {
        Rule { (json) throws(EntryError) in
            guard let text = json.string else { throw EntryError(.wrongKind) }
            guard (1...max).contains(text.byteCount), text.string.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
                throw EntryError(.invalid)
            }
            return text
        }
    }

    /// Text of 1 to `max` bytes, each an ASCII letter, a digit or one of `marks`.
    static func token(max: Int = ReceiptLimits.tokenBytesMax, marks: String = "_.-/:") -> Rule {
        Rule { (json) throws(EntryError) in
            guard let text = json.string else { throw EntryError(.wrongKind) }
            guard (1...max).contains(text.byteCount),
                text.string.utf8.allSatisfy({ isAlphanumeric($0) || marks.utf8.contains($0) })
            else { throw EntryError(.invalid) }
            return text
        }
    }

    /// A reason's code: `oap.` or `writ.`, then lower-case letters and `_`.
    static var reasonCode: Rule {
        Rule { (json) throws(EntryError) in
            guard let text = json.string else { throw EntryError(.wrongKind) }
            for prefix in ["oap.", "writ."] as [UTF8String] where text.hasPrefix(prefix) {
                let rest = text.string.utf8.dropFirst(prefix.byteCount)
                let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
                if (1...ReceiptLimits.tokenBytesMax).contains(rest.count),
                    rest.allSatisfy({ letters.contains($0) || $0 == UInt8(ascii: "_") })
                {
                    return text
                }
            }
            throw EntryError(.invalid)
        }
    }
}

private func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
    default: false
    }
}

extension Rule where Value == Bool {
    static var bool: Rule {
        Rule { (json) throws(EntryError) in
            guard let value = json.bool else { throw EntryError(.wrongKind) }
            return value
        }
    }
}

extension Rule where Value == UInt64 {
    /// An integer from `min` to `max`.
    static func count(min: UInt64 = 0, max: UInt64 = ReceiptLimits.integerMax) -> Rule {
        Rule { (json) throws(EntryError) in
            guard json.number != nil else { throw EntryError(.wrongKind) }
            guard let integer = json.int64, let value = UInt64(exactly: integer), value >= min, value <= max else {
                throw EntryError(.invalid)
            }
            return value
        }
    }
}

extension Rule where Value == Timestamp {
    /// A moment in its one text.
    static var time: Rule { decoded { Timestamp(parsing: $0) } }
}

extension Rule where Value == UUIDv7 {
    static var id: Rule { decoded { UUIDv7(parsing: $0) } }
}

extension Rule where Value == Digest {
    /// 32 bytes in base64url without padding: digests, commitments and key ids.
    static var digest: Rule { decoded { Digest(base64URL: $0) } }
}

extension Rule where Value == [UInt8] {
    /// Exactly `count` bytes in base64url without padding.
    static func bytes(_ count: Int) -> Rule {
        decoded { Base64URL.decode($0).flatMap { $0.count == count ? $0 : nil } }
    }
}

extension Rule {
    /// A string that a type reads itself.
    static func decoded(_ decode: @escaping (String) -> Value?) -> Rule {
        Rule { (json) throws(EntryError) in
            guard let text = json.string else { throw EntryError(.wrongKind) }
            guard let value = decode(text.string) else { throw EntryError(.invalid) }
            return value
        }
    }
}

extension Rule where Value: RawRepresentable, Value.RawValue == String {
    /// One of a closed list of words.
    static var word: Rule { decoded { Value(rawValue: $0) } }
}

extension Rule where Value: EntryPart {
    /// An object with a schema of its own.
    static var part: Rule {
        Rule { (json) throws(EntryError) in
            var members = try Members(json)
            let value = try Value(members: &members)
            try members.end()
            return value
        }
    }
}

extension Rule {
    /// An array of `counts` elements.
    static func list<Element>(_ counts: ClosedRange<Int>, of rule: Rule<Element>) -> Rule where Value == [Element] {
        Rule { (json) throws(EntryError) in
            guard let array = json.array else { throw EntryError(.wrongKind) }
            guard counts.contains(array.count) else { throw EntryError(.badList) }
            var values: [Element] = []
            values.reserveCapacity(array.count)
            for (index, element) in array.enumerated() {
                do throws(EntryError) {
                    values.append(try rule.read(element))
                } catch {
                    throw error.within(UTF8String(String(index)))
                }
            }
            return values
        }
    }
}

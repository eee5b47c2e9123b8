// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A pattern of a passport: `*` and `**` are any text, also across `/`, `?` is any one byte. So APort reads them; a
/// narrower reading would refuse what an issuer has granted, and in a list of what is blocked let pass what it has not.
struct Glob {
    private let pattern: [UInt8]
    private let ignoresCase: Bool

    /// `nil` for an empty pattern, one that is too long, and one with control characters.
    init?(_ text: UTF8String, ignoringCase ignoresCase: Bool = false) {
        let bytes = text.bytes
        guard !bytes.isEmpty, bytes.count <= Limits.patternBytesMax, !bytes.contains(where: { $0 < 0x20 || $0 == 0x7f })
        else { return nil }
        pattern = ignoresCase ? bytes.map(\.lowercased) : bytes
        self.ignoresCase = ignoresCase
    }

    static func isPattern(_ text: UTF8String) -> Bool { text.string.utf8.contains { $0 == star || $0 == mark } }

    private static let star = UInt8(ascii: "*")
    private static let mark = UInt8(ascii: "?")

    /// Whether the whole text fits. `nil` where that takes more steps than are made; whoever asks refuses.
    func matches(_ text: UTF8String) -> Bool? {
        let bytes = ignoresCase ? text.string.utf8.map(\.lowercased) : text.bytes
        var (at, place) = (0, 0)
        var retry: (pattern: Int, text: Int)?
        var steps = 0
        while at < bytes.count {
            steps += 1
            guard steps <= Limits.patternStepsMax else { return nil }
            if place < pattern.count, pattern[place] == Self.star {
                retry = (place, at)
                place += 1
            } else if place < pattern.count, pattern[place] == Self.mark || pattern[place] == bytes[at] {
                place += 1
                at += 1
            } else if let last = retry {
                place = last.pattern + 1
                at = last.text + 1
                retry = (last.pattern, at)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == Self.star }
    }
}

extension UTF8String {
    /// Whether another text is somewhere in this one.
    func contains(_ part: UTF8String) -> Bool { part.isEmpty || places(of: part) { _ in true } }

    /// Goes over the places where another text is, until one is wanted. Linear (Knuth, Morris and Pratt).
    ///
    /// - Returns: whether one was.
    func places(of part: UTF8String, _ isWanted: (Range<Int>) -> Bool) -> Bool {
        let needle = part.bytes
        guard !needle.isEmpty, needle.count <= Limits.patternBytesMax else { return false }
        var fallback = [Int](repeating: 0, count: needle.count)
        var length = 0
        for place in needle.indices.dropFirst() {
            while length > 0, needle[place] != needle[length] { length = fallback[length - 1] }
            if needle[place] == needle[length] { length += 1 }
            fallback[place] = length
        }
        length = 0
        for (place, byte) in string.utf8.enumerated() {
            while length > 0, byte != needle[length] { length = fallback[length - 1] }
            if byte == needle[length] { length += 1 }
            guard length == needle.count else { continue }
            if isWanted((place + 1 - length)..<(place + 1)) { return true }
            length = fallback[length - 1]
        }
        return false
    }
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The right side of `like`: texts and wildcards that together must cover the whole string.
public struct Pattern: Sendable, Hashable {
    /// A piece of a pattern.
    public enum Element: Sendable, Hashable {
        /// `*`: any scalars, also none.
        case wildcard
        /// These scalars exactly; not empty.
        case literal(UTF8String)
    }

    /// The pieces in order; no two texts follow each other.
    public let elements: [Element]

    /// The texts' bytes, one after the other, and where each ends. Made once: policies of secrets ask dozens of patterns
    /// of every path.
    private let bytes: [UInt8]
    private let ends: [Int]
    private let startsOpen: Bool
    private let endsOpen: Bool
    /// What a text must have to match.
    private let pairs: BytePairs

    init(elements: [Element]) {
        self.elements = elements
        startsOpen = elements.first == .wildcard
        endsOpen = elements.last == .wildcard
        var bytes: [UInt8] = []
        var ends: [Int] = []
        for element in elements {
            guard case .literal(let text) = element else { continue }
            bytes += text.bytes
            ends.append(bytes.count)
        }
        self.bytes = bytes
        self.ends = ends
        pairs = BytePairs(literals: bytes, ends: ends)
    }

    /// Whether the whole text matches. Takes at most the product of both lengths in steps.
    ///
    /// Matching bytes is exact: in valid UTF-8 no scalar's bytes begin inside another's.
    public func matches(_ text: UTF8String) -> Bool { text.satisfies { matches($0) } }

    /// Whether one of the patterns matches: as each by itself, for one look at the text.
    static func isMatch(_ text: UnsafeBufferPointer<UInt8>, ofAny patterns: [Pattern]) -> Bool {
        let pairs = BytePairs(text)
        return patterns.contains { $0.pairs.areAll(in: pairs) && $0.matches(text) }
    }

    func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= bytes.count else { return false }
        guard !ends.isEmpty else { return startsOpen || text.isEmpty }
        return bytes.withUnsafeBufferPointer { pattern in
            // The text from `low` to `high` is left to the literals from `first` to `last`.
            var (low, high) = (0, text.count)
            var (first, last) = (0, ends.count)
            if !endsOpen {
                last -= 1
                let from = last == 0 ? 0 : ends[last - 1]
                high -= pattern.count - from
                // Without any wildcard the one literal must be the whole.
                guard last > 0 || startsOpen || high == 0, Self.isSame(pattern, from..<pattern.count, text, at: high)
                else { return false }
            }
            if !startsOpen, first < last {
                guard Self.isSame(pattern, 0..<ends[0], text, at: 0) else { return false }
                low = ends[0]
                first = 1
            }
            // What lies between wildcards is where it first fits: that leaves the most to the rest.
            while first < last {
                let literal = (first == 0 ? 0 : ends[first - 1])..<ends[first]
                guard let found = Self.find(pattern, literal, in: text, from: low, to: high) else { return false }
                low = found + literal.count
                first += 1
            }
            return low <= high
        }
    }

    private static func isSame(
        _ pattern: UnsafeBufferPointer<UInt8>, _ literal: Range<Int>, _ text: UnsafeBufferPointer<UInt8>, at place: Int
    ) -> Bool {
        // From the end: paths begin alike.
        var index = literal.count
        while index > 0 {
            index -= 1
            guard pattern[literal.lowerBound + index] == text[place + index] else { return false }
        }
        return true
    }

    private static func find(
        _ pattern: UnsafeBufferPointer<UInt8>, _ literal: Range<Int>, in text: UnsafeBufferPointer<UInt8>,
        from low: Int, to high: Int
    ) -> Int? {
        var place = low
        let end = high - literal.count
        while place <= end {
            if isSame(pattern, literal, text, at: place) { return place }
            place += 1
        }
        return nil
    }
}

extension UTF8String {
    /// What is said of the bytes. Like `withUTF8`, but without a generic function of another module in between, which for
    /// a short text costs more than the question.
    func satisfies(_ isTrue: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        if let answer = string.utf8.withContiguousStorageIfAvailable(isTrue) { return answer }
        var copy = string
        return copy.withUTF8(isTrue)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Which pairs of neighbouring bytes a text has, as a set of 128 in which several pairs may share a place.
///
/// A text that lacks a place of a literal does not have the literal in it. Where dozens of patterns are asked of one text
/// it is looked through once, and nearly all of them are answered by this.
struct BytePairs: Sendable, Hashable {
    private var places: UInt128 = 0

    init() {}

    init(_ text: UnsafeBufferPointer<UInt8>) {
        guard var last = text.first else { return }
        for byte in text.dropFirst() {
            insert(last, byte)
            last = byte
        }
    }

    /// The pairs of literals, of which each stands by itself.
    init(literals bytes: [UInt8], ends: [Int]) {
        var start = 0
        for end in ends {
            for index in start..<max(start, end - 1) { insert(bytes[index], bytes[index + 1]) }
            start = end
        }
    }

    /// Whether every place of these is one of `text`'s.
    func areAll(in text: BytePairs) -> Bool { places & ~text.places == 0 }

    private mutating func insert(_ first: UInt8, _ second: UInt8) {
        places |= 1 &<< UInt128((UInt16(first) &* 37 &+ UInt16(second) &* 3) & 127)
    }
}

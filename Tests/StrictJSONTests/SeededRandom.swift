// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// SplitMix64: the same numbers from the same seed, so that a failing case can be run again.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    mutating func text() -> UTF8String {
        var text = ""
        for _ in 0..<Int.random(in: 0...6, using: &self) {
            let value: UInt32 =
                switch Int.random(in: 0..<6, using: &self) {
                case 0: .random(in: 0...0x1f, using: &self)
                case 1: [0x22, 0x5c, 0x2f, 0x7f, 0x2028, 0xfeff, 0x301, 0xe9].randomElement(using: &self) ?? 0x22
                case 2: .random(in: 0x1_0000...0x10_ffff, using: &self)
                case 3: .random(in: 0xe000...0xffff, using: &self)
                default: .random(in: 0x20...0x7e, using: &self)
                }
            if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
        }
        return UTF8String(text)
    }

    mutating func tree(depth: Int = 0) -> JSON {
        switch Int.random(in: 0..<(depth < 5 ? 8 : 5), using: &self) {
        case 0: return nil
        case 1: return .bool(.random(using: &self))
        case 2: return .integer(Int64.random(in: .min ... .max, using: &self))
        case 3:
            let lexemes: [UTF8String] = ["-0", "1.10", "1E400", "0e0", "-12.5e-7", "123456789012345678901234567890"]
            return (lexemes.randomElement(using: &self)).flatMap { JSONNumber(lexeme: $0) }.map(JSON.number) ?? nil
        case 4: return .string(text())
        case 5: return .array((0..<Int.random(in: 0...4, using: &self)).map { _ in tree(depth: depth + 1) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...20, using: &self) { object[text()] = tree(depth: depth + 2) }
            return .object(object)
        }
    }
}

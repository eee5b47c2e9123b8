// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ArgumentWalk {
    /// Every web address in a text. A text without one, or with an address of another kind, is an opaque host.
    mutating func urls(in text: UTF8String) throws(EffectError) {
        guard text.byteCount <= Limits.commandBytesMax else {
            try effects.insert(opaque: .host)
            return
        }
        var found = 0
        for word in text.bytes.split(whereSeparator: { $0 <= 0x20 }) {
            let lower = word.map(\.lowercased)
            var isUnderstood = !Self.holds(lower, "://".utf8)
            for start in lower.indices where Self.isAddress(lower[start...]) {
                found += 1
                guard found <= Limits.elementsMax else { throw .tooManyEffects }
                let end = lower.lastIndex { !Self.punctuation.contains($0) } ?? start
                guard end > start,
                    let url = UTF8String(validating: word[(word.startIndex + start)...(word.startIndex + end)])
                else { continue }
                try CommandEffects.add(url: url, to: &effects)
                isUnderstood = true
            }
            if !isUnderstood { try effects.insert(opaque: .host) }
        }
        if found == 0 { try effects.insert(opaque: .host) }
    }

    /// A path of GitHub's API. Owners and repositories are named without regard to case, so that they are one resource
    /// however they are written.
    mutating func gitHub(_ path: UTF8String) throws(EffectError) {
        try CommandEffects.add(url: UTF8String("https://api.github.com/\(path.asciiLowercased)"), to: &effects)
    }

    /// An effect's value, with what other arguments say in its places. `nil` where one of them is absent, or where it is
    /// not understood, which is opaque.
    mutating func value(of pieces: [ToolMap.Piece]) throws(EffectError) -> UTF8String? {
        var text: [UInt8] = []
        for piece in pieces {
            switch piece {
            case .text(let literal): text += literal.bytes
            case .place(let pointer):
                guard let value = arguments[pointer], !value.isNull else { return nil }
                guard let segment = Self.segment(value) else {
                    try effects.insert(opaque: .host)
                    return nil
                }
                text += segment
            }
        }
        return UTF8String(validating: text)
    }

    /// What may stand between two slashes of a URL and be nothing else there; what could be more is not understood.
    private static func segment(_ value: JSON) -> [UInt8]? {
        let bytes: [UInt8]
        switch value {
        case .string(let text): bytes = text.bytes
        case .number(let number) where number.isInteger: bytes = number.lexeme.bytes
        default: return nil
        }
        guard !bytes.isEmpty, bytes.count <= Limits.nameBytesMax, !bytes.allSatisfy({ $0 == UInt8(ascii: ".") }),
            bytes.allSatisfy({ $0.isAlphanumeric || "-._~#@:+,".utf8.contains($0) })
        else { return nil }
        return bytes.flatMap { byte -> [UInt8] in
            guard "#@:+,".utf8.contains(byte) else { return [byte] }
            let digits = Array("0123456789ABCDEF".utf8)
            return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }

    private static func isAddress(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.starts(with: "http://".utf8) || bytes.starts(with: "https://".utf8)
    }

    private static func holds(_ bytes: [UInt8], _ text: String.UTF8View) -> Bool {
        bytes.indices.contains { bytes[$0...].starts(with: text) }
    }

    private static let punctuation = Set(#".,;:!?)]}>'""#.utf8)
}

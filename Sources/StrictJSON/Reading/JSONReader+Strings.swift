// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// A string, from its opening quote to behind its closing one.
    mutating func string() throws(Stop) -> UTF8String {
        position += 1
        let start = position
        var seen: UInt8 = 0
        while position < bytes.count {
            let byte = bytes[position]
            seen |= byte
            if byte == UInt8(ascii: "\"") {
                let text = try text(start..<position, isASCII: seen < 0x80)
                position += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw error(.syntax, "a control character in a string must be escaped") }
            position += 1
        }
        throw error(.unexpectedEnd, "the document ends inside a string")
    }

    /// The rest of a string in which the first escape has been met; `start` is behind the opening quote.
    private mutating func escapedString(from start: Int) throws(Stop) -> UTF8String {
        var text = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = UTF8String(validating: text) else {
                    throw invalidUTF8(start..<position)
                }
                position += 1
                return string
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &text)
            case 0..<0x20:
                throw error(.syntax, "a control character in a string must be escaped")
            default:
                text.append(byte)
                position += 1
            }
        }
        throw error(.unexpectedEnd, "the document ends inside a string")
    }

    /// One escape; the place is behind its backslash.
    private mutating func escape(into text: inout [UInt8]) throws(Stop) {
        guard let letter = peek else { throw error(.unexpectedEnd, "the document ends inside an escape") }
        let start = position - 1
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: try scalar(escapeAt: start))
        default: throw error(.syntax, "no such escape; allowed are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u", at: start)
        }
    }

    /// The UTF-8 of `\uXXXX` or of a surrogate pair of two such; the place is behind the first `u`.
    private mutating func scalar(escapeAt start: Int) throws(Stop) -> [UInt8] {
        let first = try fourHexDigits()
        var value = UInt32(first)
        if UTF16.isLeadSurrogate(first) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw unpaired(start) }
            let second = try fourHexDigits()
            guard UTF16.isTrailSurrogate(second) else { throw unpaired(start) }
            value = 0x10000 + (UInt32(first & 0x3ff) << 10 | UInt32(second & 0x3ff))
        }
        guard let scalar = Unicode.Scalar(value) else { throw unpaired(start) }
        return Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private mutating func unpaired(_ start: Int) -> Stop {
        error(.unpairedSurrogate, "half of a surrogate pair stands alone", at: start)
    }

    private mutating func fourHexDigits() throws(Stop) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek else { throw error(.unexpectedEnd, "the document ends inside an escape") }
            guard let digit = hexDigit(byte) else { throw error(.syntax, "expected four hexadecimal digits after \\u") }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }

    private mutating func text(_ range: Range<Int>, isASCII: Bool) throws(Stop) -> UTF8String {
        let piece = UnsafeBufferPointer(rebasing: bytes[range])
        if isASCII { return UTF8String(ascii: piece) }
        guard let text = UTF8String(validating: piece) else { throw invalidUTF8(range) }
        return text
    }

    private mutating func invalidUTF8(_ range: Range<Int>) -> Stop {
        error(.invalidUTF8, "a string is not valid UTF-8", at: firstInvalid(range))
    }

    /// Where decoding first fails; only for the error's place.
    private func firstInvalid(_ range: Range<Int>) -> Int {
        var decoder = UTF8()
        var source = bytes[range].makeIterator()
        var offset = range.lowerBound
        while case .scalarValue(let scalar) = decoder.decode(&source) { offset += UTF8.width(scalar) }
        return offset
    }
}

private func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}

// SPDX-License-Identifier: Apache-2.0

/// A strict reader of RFC 8259 over bytes, by recursive descent under a depth limit.
struct JSONReader {
    let bytes: UnsafeBufferPointer<UInt8>
    let limits: JSONLimits
    var position = 0
    private var nodes = 0
    /// The mistake that a thrown `Stop` stands for.
    private var mistake: JSONError?

    /// Ends the reading. Empty, and the mistake kept aside: an error's bytes would be set aside in every stack frame of
    /// the recursion, several times over.
    struct Stop: Error {}

    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    static func read(_ bytes: [UInt8], limits: JSONLimits) throws(JSONError) -> JSON {
        let outcome: Result<JSON, JSONError> = bytes.withUnsafeBufferPointer { buffer in
            var reader = JSONReader(buffer, limits: limits)
            do throws(Stop) {
                return .success(try reader.document())
            } catch {
                return .failure(reader.mistake ?? JSONError(.syntax, "no JSON document"))
            }
        }
        return try outcome.get()
    }

    private mutating func document() throws(Stop) -> JSON {
        guard bytes.count <= limits.bytesMax else {
            throw error(.limitExceeded, "the document has \(bytes.count) bytes; at most \(limits.bytesMax) are read")
        }
        skipSpace()
        let value = try self.value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw error(.trailingContent, "expected the end of the document") }
        return value
    }

    private mutating func value(depth: Int) throws(Stop) -> JSON {
        nodes += 1
        guard nodes <= limits.nodesMax else {
            throw error(.limitExceeded, "the document has more than \(limits.nodesMax) values")
        }
        switch peek {
        case UInt8(ascii: "\"")?: return .string(try string())
        case UInt8(ascii: "{")?: return .object(try object(depth: try deeper(depth)))
        case UInt8(ascii: "[")?: return .array(try array(depth: try deeper(depth)))
        case UInt8(ascii: "t")?: return try word("true", .bool(true))
        case UInt8(ascii: "f")?: return try word("false", .bool(false))
        case UInt8(ascii: "n")?: return try word("null", .null)
        case let byte? where byte == UInt8(ascii: "-") || isDigit(byte): return .number(try number())
        case nil: throw error(.unexpectedEnd, "the document ends where a value was expected")
        default: throw error(.syntax, "expected a value")
        }
    }

    private mutating func deeper(_ depth: Int) throws(Stop) -> Int {
        guard depth < limits.depthMax else {
            throw error(.limitExceeded, "arrays and objects are nested more than \(limits.depthMax) deep")
        }
        return depth + 1
    }

    private mutating func array(depth: Int) throws(Stop) -> [JSON] {
        var elements: [JSON] = []
        position += 1
        skipSpace()
        if take(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth))
            skipSpace()
            if take(UInt8(ascii: ",")) {
                skipSpace()
            } else if take(UInt8(ascii: "]")) {
                return elements
            } else {
                throw unexpected("`,` or `]` after an array's element")
            }
        }
    }

    private mutating func object(depth: Int) throws(Stop) -> JSONObject {
        var members: [JSONMember] = []
        var seen = KeySet()
        position += 1
        skipSpace()
        if take(UInt8(ascii: "}")) { return JSONObject() }
        // As many as most objects have, so that the usual one is allocated once.
        members.reserveCapacity(8)
        while true {
            guard peek == UInt8(ascii: "\"") else { throw unexpected("a member's name in double quotes") }
            let start = position
            let key = try string()
            guard seen.insert(key, among: members) else {
                throw error(.duplicateKey, "this object already has a member of that name", at: start)
            }
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw unexpected("`:` after a member's name") }
            skipSpace()
            members.append(JSONMember(key: key, value: try value(depth: depth)))
            skipSpace()
            if take(UInt8(ascii: ",")) {
                skipSpace()
            } else if take(UInt8(ascii: "}")) {
                return JSONObject(unique: members)
            } else {
                throw unexpected("`,` or `}` after a member")
            }
        }
    }

    private mutating func number() throws(Stop) -> JSONNumber {
        let start = position
        _ = take(UInt8(ascii: "-"))
        if take(UInt8(ascii: "0")) {
            if let byte = peek, isDigit(byte) { throw error(.syntax, "a number may not start with 0 and a digit") }
        } else {
            try digits("a digit")
        }
        if take(UInt8(ascii: ".")) { try digits("a digit after the decimal point") }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits("a digit of the exponent")
        }
        guard position - start <= limits.numberBytesMax else {
            throw error(.limitExceeded, "a number has more than \(limits.numberBytesMax) bytes", at: start)
        }
        return JSONNumber(checked: UTF8String(ascii: UnsafeBufferPointer(rebasing: bytes[start..<position])))
    }

    private mutating func digits(_ expected: String) throws(Stop) {
        let start = position
        while position < bytes.count, isDigit(bytes[position]) { position += 1 }
        guard position > start else { throw unexpected(expected) }
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(Stop) -> JSON {
        let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[position...].starts(with: letters) else {
            throw letters.starts(with: bytes[position...])
                ? error(.unexpectedEnd, "the document ends where `\(word)` was expected", at: bytes.count)
                : error(.syntax, "expected `\(word)`")
        }
        position += letters.count
        return value
    }
}

extension JSONReader {
    /// The byte at the place, `nil` at the end.
    @inline(__always)
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    @inline(__always)
    mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0a, 0x0d: position += 1
            default: return
            }
        }
    }

    mutating func unexpected(_ expected: String) -> Stop {
        peek == nil
            ? error(.unexpectedEnd, "the document ends where \(expected) was expected")
            : error(.syntax, "expected \(expected)")
    }

    /// Notes a mistake. Lines are counted only here, when something is already wrong.
    mutating func error(_ code: JSONError.Code, _ message: String, at place: Int? = nil) -> Stop {
        let offset = min(place ?? position, bytes.count)
        let before = bytes[..<offset]
        let line = before.count(where: { $0 == 0x0a }) + 1
        let lineStart = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        mistake = JSONError(code, message, offset: offset, line: line, column: offset - lineStart + 1)
        return Stop()
    }
}

/// The keys of one object: compared one by one while there are few, hashed from then on, so that an object of many
/// members does not take quadratic time.
private struct KeySet {
    private static let few = 16
    private var hashed: Set<UTF8String> = []

    /// Whether the key is new.
    mutating func insert(_ key: UTF8String, among members: [JSONMember]) -> Bool {
        if members.count < Self.few { return !members.contains { $0.key == key } }
        if hashed.isEmpty { hashed = Set(members.map(\.key)) }
        return hashed.insert(key).inserted
    }
}

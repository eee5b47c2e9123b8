// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The first and the last bytes of a line; for a short line, both are all of it.
public struct LineEnds: Sendable, Equatable {
    /// The first bytes.
    public let beginning: [UInt8]
    /// The last bytes, without the line's end.
    public let end: [UInt8]

    /// Both ends of a line.
    public init(beginning: [UInt8], end: [UInt8]) {
        self.beginning = beginning
        self.end = end
    }
}

/// What a line that cannot be read seems to be: the answer to which request, or which request.
///
/// Peers wait for ever for an answer that never comes. A line with a lone surrogate, a duplicate key or too many bytes is
/// not passed on, but whoever waits for it can be told. It is a guess, and needs no trust: it only ever ends a request
/// that the same peer could have answered, or names the id under which a peer hears that its line was refused.
struct LineOutline {
    private(set) var id: RequestID?
    private(set) var isAnswer = false
    private(set) var isCall = false

    init(_ ends: LineEnds) {
        readTopLevel(ends.beginning)
        if id == nil { id = Self.lastID(ends.end) }
        if isCall { isAnswer = false }
    }

    /// Walks over the members of the outermost object, as far as there are bytes, and remembers those that count.
    private mutating func readTopLevel(_ bytes: [UInt8]) {
        var depth = 0
        var expectsKey = false
        var place = 0
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                expectsKey = depth == 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ",") where depth == 1: expectsKey = true
            case UInt8(ascii: "\""):
                let start = place + 1
                guard let end = Self.stringEnd(bytes, from: start) else { return }
                place = end
                guard depth == 1, expectsKey else { break }
                expectsKey = false
                switch String(decoding: bytes[start..<end], as: UTF8.self) {
                case "method": isCall = true
                case "result", "error": isAnswer = true
                case "id" where id == nil: id = Self.id(bytes, from: end + 1)
                default: break
                }
            default: break
            }
            if depth == 0, !Self.isSpace(bytes[place]) { return }
            place += 1
        }
    }

    /// The index of the quotation mark that ends a string.
    private static func stringEnd(_ bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "\"") { return place }
            place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    /// The id after a colon: an integer within 64 bits or a plain string.
    private static func id(_ bytes: [UInt8], from start: Int) -> RequestID? {
        let value = bytes[min(start, bytes.count)...].drop { isSpace($0) || $0 == UInt8(ascii: ":") }
        if value.first == UInt8(ascii: "\"") {
            let start = value.startIndex + 1
            guard let end = stringEnd(bytes, from: start), !bytes[start..<end].contains(UInt8(ascii: "\\")),
                let text = UTF8String(validating: bytes[start..<end])
            else { return nil }
            return RequestID(.string(text))
        }
        let digits = value.prefix { isDigit($0) }
        guard digits.endIndex < bytes.count, let number = Int64(String(decoding: digits, as: UTF8.self)),
            isSpace(bytes[digits.endIndex]) || [UInt8(ascii: ","), UInt8(ascii: "}")].contains(bytes[digits.endIndex])
        else { return nil }
        return RequestID(number)
    }

    /// The id of a message whose id comes last: `…,"id":7}` or `…,"id":7,"jsonrpc":"2.0"}`, and nothing nested.
    private static func lastID(_ bytes: [UInt8]) -> RequestID? {
        var rest = bytes[...].trimmed()
        guard rest.removingSuffix("}") else { return nil }
        if rest.removingSuffix(#""2.0""#), rest.removingSuffix(":"), rest.removingSuffix(#""jsonrpc""#) {
            guard rest.removingSuffix(",") else { return nil }
        }
        let digits = rest.suffix(while: isDigit)
        rest = rest[..<digits.startIndex].trimmed()
        guard let number = Int64(String(decoding: digits, as: UTF8.self)), rest.removingSuffix(":"),
            rest.removingSuffix(#""id""#), rest.removingSuffix(",")
        else { return nil }
        return RequestID(number)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    fileprivate static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0d }
}

extension ArraySlice<UInt8> {
    /// Without white space at its end.
    fileprivate func trimmed() -> ArraySlice<UInt8> { self[..<suffix(while: LineOutline.isSpace).startIndex] }

    fileprivate func suffix(while matches: (UInt8) -> Bool) -> ArraySlice<UInt8> {
        var start = endIndex
        while start > startIndex, matches(self[start - 1]) { start -= 1 }
        return self[start...]
    }

    /// Takes a text, and white space before it, away from the end; whether it was there.
    fileprivate mutating func removingSuffix(_ text: String) -> Bool {
        guard suffix(text.utf8.count).elementsEqual(text.utf8) else { return false }
        self = dropLast(text.utf8.count).trimmed()
        return true
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Valid UTF-8 text whose equality, order and hash are those of its bytes.
///
/// Swift's `String` treats canonically equivalent texts as equal (`"é"` as one scalar and as two), so two names that
/// are different to every other program become one. Identifiers, JSON keys and policy strings use this type instead.
///
///     UTF8String("e\u{301}") == UTF8String("\u{e9}")   // false
public struct UTF8String: Sendable {
    /// The text, for printing; compare `UTF8String`s, never these.
    public let string: String

    /// Wraps a Swift string; every `String` is valid UTF-8.
    public init(_ string: String) {
        var contiguous = string
        contiguous.makeContiguousUTF8()
        self.string = contiguous
    }

    /// Text whose bytes have been seen to be ASCII.
    init(ascii bytes: UnsafeBufferPointer<UInt8>) { string = String(decoding: bytes, as: UTF8.self) }

    /// Text from bytes in one piece, or `nil` where they are not valid UTF-8.
    init?(validating bytes: UnsafeBufferPointer<UInt8>) {
        // Most texts are ASCII, and what `String(validating:as:)` does takes three times as long.
        if isASCII(bytes) {
            self.init(ascii: bytes)
        } else {
            guard let string = String(validating: bytes, as: UTF8.self) else { return nil }
            self.init(string)
        }
    }

    /// Text from bytes, or `nil` where they are not valid UTF-8 (overlong forms and surrogates are not).
    public init?(validating bytes: some Sequence<UInt8>) { self.init(validating: Array(bytes)) }

    /// Text from bytes, or `nil` where they are not valid UTF-8.
    public init?(validating bytes: [UInt8]) { self.init(validating: bytes[...]) }

    /// Text from bytes, or `nil` where they are not valid UTF-8.
    public init?(validating bytes: ArraySlice<UInt8>) {
        guard let text = bytes.withUnsafeBufferPointer({ UTF8String(validating: $0) }) else { return nil }
        self = text
    }

    /// The bytes, copied.
    public var bytes: [UInt8] { Array(string.utf8) }

    /// How many bytes the text has.
    public var byteCount: Int { string.utf8.count }

    /// Whether the text has no bytes.
    public var isEmpty: Bool { string.isEmpty }

    /// Calls `body` with the bytes, without copying them where Swift already holds them in one piece.
    public func withUTF8<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        // The standard library's functions are untyped `rethrows`; carry the typed failure through a Swift.Result.
        let call: (UnsafeBufferPointer<UInt8>) -> Swift.Result<Result, Failure> = { buffer in
            do throws(Failure) { return .success(try body(buffer)) } catch { return .failure(error) }
        }
        if let outcome = string.utf8.withContiguousStorageIfAvailable(call) { return try outcome.get() }
        var copy = string
        return try copy.withUTF8(call).get()
    }

    /// Whether the bytes of `prefix` come first.
    public func hasPrefix(_ prefix: UTF8String) -> Bool {
        let isSame = Self.compared(self, prefix) { all, part in
            part.count <= all.count && hasSameBytes(UnsafeBufferPointer(rebasing: all.prefix(part.count)), part)
        }
        return isSame ?? string.utf8.starts(with: prefix.string.utf8)
    }

    /// Whether the bytes of `suffix` come last.
    public func hasSuffix(_ suffix: UTF8String) -> Bool {
        let isSame = Self.compared(self, suffix) { all, part in
            part.count <= all.count && hasSameBytes(UnsafeBufferPointer(rebasing: all.suffix(part.count)), part)
        }
        return isSame ?? string.utf8.reversed().starts(with: suffix.string.utf8.reversed())
    }

    /// What `body` says of the bytes of both, where they lie in one piece each.
    ///
    /// Asked a thousand times in one decision, where `withUTF8`, which carries a failure, takes four times as long.
    @inline(__always)
    private static func compared(
        _ left: UTF8String, _ right: UTF8String,
        _ body: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool? {
        let isSo = left.string.utf8.withContiguousStorageIfAvailable { left in
            right.string.utf8.withContiguousStorageIfAvailable { right in body(left, right) }
        }
        return isSo ?? nil
    }
}

extension UTF8String: Hashable, Comparable {
    /// Equal exactly where all bytes are.
    public static func == (left: UTF8String, right: UTF8String) -> Bool {
        let (a, b) = (left.string.utf8, right.string.utf8)
        guard a.count == b.count else { return false }
        return compared(left, right) { a, b in hasSameBytes(a, b) } ?? a.elementsEqual(b)
    }

    /// Bytewise order, which is also the order of Unicode scalars.
    public static func < (left: UTF8String, right: UTF8String) -> Bool {
        compared(left, right) { a, b in precedes(a, b) }
            ?? left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
    }

    /// Feeds the bytes and nothing else.
    public func hash(into hasher: inout Hasher) {
        let hashed: Void? = string.utf8.withContiguousStorageIfAvailable {
            hasher.combine(bytes: UnsafeRawBufferPointer($0))
        }
        if hashed == nil { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
        hasher.combine(0xff as UInt8)
    }
}

/// Whether no byte has its highest bit, eight at a time.
private func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let raw = UnsafeRawBufferPointer(bytes)
    var index = 0
    while index + 8 <= raw.count {
        let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        guard eight & 0x8080_8080_8080_8080 == 0 else { return false }
        index += 8
    }
    return raw[index...].allSatisfy { $0 < 0x80 }
}

/// Whether two stretches of equal length are equal, eight bytes at a time.
private func hasSameBytes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    let (a, b) = (UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
    var index = 0
    while index + 8 <= a.count {
        let first = a.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        guard first == b.loadUnaligned(fromByteOffset: index, as: UInt64.self) else { return false }
        index += 8
    }
    while index < a.count {
        guard a[index] == b[index] else { return false }
        index += 1
    }
    return true
}

/// Whether the first stretch comes before the second, eight bytes at a time.
private func precedes(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    let (a, b) = (UnsafeRawBufferPointer(left), UnsafeRawBufferPointer(right))
    let common = min(a.count, b.count)
    var index = 0
    while index + 8 <= common {
        let first = UInt64(bigEndian: a.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        let second = UInt64(bigEndian: b.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        guard first == second else { return first < second }
        index += 8
    }
    while index < common {
        guard a[index] == b[index] else { return a[index] < b[index] }
        index += 1
    }
    return a.count < b.count
}

extension UTF8String: ExpressibleByStringLiteral, CustomStringConvertible {
    /// Text from a literal.
    public init(stringLiteral value: String) { self.init(value) }

    /// The text itself.
    public var description: String { string }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// IPv4 addresses in the spellings of `inet_aton`: one to four parts, decimal, octal or hexadecimal.
enum IPv4Address {
    /// `127.0.0.1`.
    static func text(_ address: UInt32) -> UTF8String {
        let octets = [24, 16, 8, 0].map { String(address >> UInt32($0) & 0xff) }
        return UTF8String(octets.joined(separator: "."))
    }

    /// Whether the name is an address or nothing (WHATWG URL, "ends in a number").
    static func endsInNumber(_ name: UTF8String) -> Bool {
        guard let last = name.string.utf8.split(separator: UInt8(ascii: ".")).last else { return false }
        return last.allSatisfy(\.isDigit) || hexDigits(last)?.allSatisfy { $0.hexValue != nil } == true
    }

    /// The addresses a name may stand for: programs differ over leading zeros, so both readings are given where both
    /// are addresses.
    static func readings(of name: UTF8String) -> [UInt32] {
        let parts = name.string.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        var addresses: [UInt32] = []
        for octal in [true, false] {
            let values = parts.map { value($0, octal: octal) }
            if let address = joined(values), !addresses.contains(address) { addresses.append(address) }
        }
        return addresses
    }

    private static func joined(_ values: [UInt64?]) -> UInt32? {
        let known = values.compactMap { $0 }
        guard known.count == values.count, (1...4).contains(known.count), let last = known.last,
            known.dropLast().allSatisfy({ $0 <= 255 }), last < 1 << UInt64(8 * (5 - known.count))
        else { return nil }
        var address = last
        for (index, value) in known.dropLast().enumerated() { address |= value << UInt64(8 * (3 - index)) }
        return UInt32(exactly: address)
    }

    private static func value(_ part: some Collection<UInt8>, octal: Bool) -> UInt64? {
        if let digits = hexDigits(part) { return number(digits, radix: 16) }
        guard !part.isEmpty else { return nil }
        let isOctal = octal && part.count > 1 && part.first == UInt8(ascii: "0")
        return number(part, radix: isOctal ? 8 : 10)
    }

    private static func hexDigits<Part: Collection<UInt8>>(_ part: Part) -> Part.SubSequence? {
        guard part.first == UInt8(ascii: "0"), part.dropFirst().first.map({ $0 | 0x20 }) == UInt8(ascii: "x") else {
            return nil
        }
        return part.dropFirst(2)
    }

    /// `0x` alone is 0. More than 32 bits are no address, however some programs cut them.
    private static func number(_ digits: some Collection<UInt8>, radix: UInt64) -> UInt64? {
        var value: UInt64 = 0
        for digit in digits {
            guard let step = digit.hexValue, UInt64(step) < radix else { return nil }
            value = value * radix + UInt64(step)
            guard value <= UInt64(UInt32.max) else { return nil }
        }
        return value
    }
}

// SPDX-License-Identifier: Apache-2.0

/// Text of IP addresses, as strict as Cedar is.
enum IPText {
    /// Four decimal octets without leading zeros.
    static func ipv4(_ text: ArraySlice<UInt8>) -> UInt32? {
        let octets = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard octets.count == 4 else { return nil }
        var address: UInt32 = 0
        for octet in octets {
            guard let value = decimal(octet, digitsMax: 3), value <= 255 else { return nil }
            address = address << 8 | UInt32(value)
        }
        return address
    }

    /// Eight groups of one to four hexadecimal digits; `::` once stands for one or more groups of zero.
    static func ipv6(_ text: ArraySlice<UInt8>) -> UInt128? {
        let colon = UInt8(ascii: ":")
        var gap: Int?
        for index in text.indices.dropLast() where text[index] == colon && text[index + 1] == colon {
            // A second `::`, also the one that overlaps in `:::`, is ambiguous.
            guard gap == nil else { return nil }
            gap = index
        }
        guard let gap else {
            guard let groups = groups(text), groups.count == 8 else { return nil }
            return address(groups)
        }
        guard let head = groups(text[..<gap]), let tail = groups(text[(gap + 2)...]),
            head.count + tail.count <= 7
        else { return nil }
        return address(head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail)
    }

    /// A prefix length without leading zeros, at most `max`.
    static func prefixLength(_ text: ArraySlice<UInt8>, max: Int) -> Int? {
        guard let value = decimal(text, digitsMax: max == 32 ? 2 : 3), value <= max else { return nil }
        return value
    }

    /// `a.b.c.d`.
    static func write(ipv4 address: UInt128) -> String {
        [24, 16, 8, 0].map { String(UInt8(truncatingIfNeeded: address >> UInt128($0))) }.joined(separator: ".")
    }

    /// RFC 5952 §4: lower case, no leading zeros, the first longest run of two or more zero groups as `::`.
    static func write(ipv6 address: UInt128) -> String {
        let groups = stride(from: 112, through: 0, by: -16).map { UInt16(truncatingIfNeeded: address >> UInt128($0)) }
        var longest = 0..<0
        var start = 0
        while start < groups.count {
            let run = groups[start...].prefix { $0 == 0 }
            if run.count >= 2, run.count > longest.count { longest = run.indices }
            start += max(run.count, 1)
        }
        func text(_ part: ArraySlice<UInt16>) -> String { part.map { String($0, radix: 16) }.joined(separator: ":") }
        if longest.isEmpty { return text(groups[...]) }
        return "\(text(groups[..<longest.lowerBound]))::\(text(groups[longest.upperBound...]))"
    }

    private static func decimal(_ text: ArraySlice<UInt8>, digitsMax: Int) -> Int? {
        guard text.count <= digitsMax, text.count == 1 || text.first != UInt8(ascii: "0"),
            let value = DecimalDigits.value(text)
        else { return nil }
        return Int(value)
    }

    private static func groups(_ text: ArraySlice<UInt8>) -> [UInt16]? {
        if text.isEmpty { return [] }
        var groups: [UInt16] = []
        for part in text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
            guard (1...4).contains(part.count), groups.count < 8 else { return nil }
            var group: UInt16 = 0
            for byte in part {
                guard let digit = hexDigit(byte) else { return nil }
                group = group << 4 | digit
            }
            groups.append(group)
        }
        return groups
    }

    private static func address(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }

    private static func hexDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

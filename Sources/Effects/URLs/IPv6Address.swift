// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// An IPv6 address: eight groups of 16 bits.
public struct IPv6Address: Sendable, Hashable {
    /// The groups, most significant first; always eight.
    public let groups: [UInt16]

    /// Reads RFC 4291 §2.2 text; `nil` where it is none. Zone ids are none: they name an interface, not a host.
    init?(parsing text: UTF8String) {
        let bytes = text.bytes
        guard let gap = Self.gap(in: bytes) else {
            guard let groups = Self.groups(bytes[...]), groups.count == 8 else { return nil }
            self.groups = groups
            return
        }
        guard let head = Self.groups(bytes[..<gap]), let tail = Self.groups(bytes[(gap + 2)...]),
            head.count + tail.count <= 7, Self.gap(in: Array(bytes[(gap + 1)...])) == nil
        else { return nil }
        groups = head + [UInt16](repeating: 0, count: 8 - head.count - tail.count) + tail
    }

    /// RFC 5952: lower-case, no leading zeros, the first longest run of two or more zero groups as `::`.
    public var text: UTF8String {
        var best = 0..<0
        var start = 0
        while start < groups.count {
            let run = groups[start...].prefix { $0 == 0 }.count
            if run > best.count, run > 1 { best = start..<(start + run) }
            start += max(run, 1)
        }
        func joined(_ part: ArraySlice<UInt16>) -> String {
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard !best.isEmpty else { return UTF8String(joined(groups[...])) }
        return UTF8String(joined(groups[..<best.lowerBound]) + "::" + joined(groups[best.upperBound...]))
    }

    /// Whether this is an IPv4 address in IPv6 form (`::ffff:0:0/96`).
    var isIPv4Mapped: Bool { groups.starts(with: [0, 0, 0, 0, 0, 0xffff]) }

    /// The IPv4 address that traffic to this one reaches or may reach: mapped and compatible addresses (RFC 4291
    /// §2.5.5), NAT64 (RFC 6052) and 6to4 (RFC 3056).
    var embeddedIPv4: UInt32? {
        let last = UInt32(groups[6]) << 16 | UInt32(groups[7])
        if isIPv4Mapped { return last }
        if groups.starts(with: [0, 0, 0, 0, 0, 0]), last > 1 { return last }
        if groups.starts(with: [0x64, 0xff9b]) { return last }
        if groups[0] == 0x2002 { return UInt32(groups[1]) << 16 | UInt32(groups[2]) }
        return nil
    }

    private static func gap(in bytes: [UInt8]) -> Int? {
        let colon = UInt8(ascii: ":")
        return bytes.indices.dropLast().first { bytes[$0] == colon && bytes[$0 + 1] == colon }
    }

    /// Groups between colons; the last may be a dotted IPv4 address, two groups.
    private static func groups(_ bytes: ArraySlice<UInt8>) -> [UInt16]? {
        guard !bytes.isEmpty else { return [] }
        var groups: [UInt16] = []
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let address = dotted(part) else { return nil }
                groups += [UInt16(address >> 16), UInt16(address & 0xffff)]
                continue
            }
            guard (1...4).contains(part.count) else { return nil }
            var value: UInt16 = 0
            for digit in part {
                guard let step = digit.hexValue else { return nil }
                value = value << 4 | UInt16(step)
            }
            groups.append(value)
        }
        return groups.count <= 8 ? groups : nil
    }

    /// Four decimal octets without leading zeros, the one form RFC 4291 has.
    private static func dotted(_ bytes: ArraySlice<UInt8>) -> UInt32? {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy(\.isDigit), part.count == 1 || part.first != 0x30 else {
                return nil
            }
            let octet = part.reduce(UInt32(0)) { $0 * 10 + UInt32($1 - 0x30) }
            guard octet <= 255 else { return nil }
            address = address << 8 | octet
        }
        return address
    }
}

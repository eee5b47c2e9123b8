// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Cedar's `ipaddr`: an IPv4 or IPv6 address with a prefix length.
///
/// Equality keeps address and prefix as written: `127.0.0.1/8` is not `127.0.0.0/8`, and `::ffff:1.2.3.4` in any
/// spelling is IPv6 and never equal to an IPv4 address.
public struct CedarIPAddress: Sendable, Hashable, CustomStringConvertible {
    /// Whether this is IPv6; else it is IPv4.
    public let isIPv6: Bool
    /// The address, in the low 32 bits for IPv4.
    public let address: UInt128
    /// The length of the network's prefix: 0…32 for IPv4, 0…128 for IPv6.
    public let prefixLength: Int

    /// An address or network from text, at most 43 bytes: `a.b.c.d` or RFC 4291 groups, optionally `/` and the prefix
    /// length. `nil` for leading zeros in octets or prefix, for IPv4 inside IPv6, for zones, and for anything else.
    public init?(_ text: UTF8String) {
        guard text.byteCount <= CedarLimits.ipTextBytesMax else { return nil }
        let bytes = text.bytes
        let slash = bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
        let host = bytes[..<slash]
        if let address = IPText.ipv4(host) {
            isIPv6 = false
            self.address = UInt128(address)
        } else if let address = IPText.ipv6(host) {
            isIPv6 = true
            self.address = address
        } else {
            return nil
        }
        let width = isIPv6 ? 128 : 32
        if slash == bytes.endIndex {
            prefixLength = width
        } else {
            guard let length = IPText.prefixLength(bytes[(slash + 1)...], max: width) else { return nil }
            prefixLength = length
        }
    }

    private var width: Int { isIPv6 ? 128 : 32 }

    /// Every bit outside the prefix.
    private var hostMask: UInt128 {
        let hostBits = width - prefixLength
        return hostBits == 128 ? .max : (UInt128(1) << UInt128(hostBits)) - 1
    }

    /// The network's first address.
    private var first: UInt128 { address & ~hostMask }

    /// The network's last address.
    private var last: UInt128 { address | hostMask }

    /// Whether every address of this network is also one of `other`'s; false across families.
    public func isInRange(_ other: CedarIPAddress) -> Bool {
        isIPv6 == other.isIPv6 && first >= other.first && last <= other.last
    }

    /// Whether the whole network is loopback: inside 127.0.0.0/8, or `::1`.
    public var isLoopback: Bool {
        isIPv6 ? address == 1 && prefixLength == 128 : address >> 24 == 127 && prefixLength >= 8
    }

    /// Whether the whole network is multicast: inside 224.0.0.0/4 or ff00::/8.
    public var isMulticast: Bool {
        isIPv6 ? address >> 120 == 0xff && prefixLength >= 8 : address >> 28 == 0xe && prefixLength >= 4
    }

    /// The canonical text: dotted IPv4 or RFC 5952 IPv6 (but never with IPv4 inside), and the prefix length unless the
    /// prefix is the whole address.
    public var description: String {
        let host = isIPv6 ? IPText.write(ipv6: address) : IPText.write(ipv4: address)
        return prefixLength == width ? host : "\(host)/\(prefixLength)"
    }
}

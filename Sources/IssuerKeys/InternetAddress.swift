// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore

/// An address that a name leads to: 4 bytes, or 16.
public struct InternetAddress: Sendable, Hashable {
    /// In network order.
    public let bytes: [UInt8]

    /// An address of 4 or 16 bytes, or `nil`.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// From its text, or `nil` where that is no numeric address.
    public init?(_ text: String) {
        do { self.init(try SocketAddress(ipAddress: text, port: 0)) } catch { return nil }
    }

    init?(_ address: SocketAddress) {
        switch address {
        case .v4(let address): self.init(bytes: withUnsafeBytes(of: address.address.sin_addr) { Array($0) })
        case .v6(let address): self.init(bytes: withUnsafeBytes(of: address.address.sin6_addr) { Array($0) })
        case .unixDomainSocket: return nil
        }
    }

    /// As it is written in a URL's host, without brackets.
    var text: String {
        guard bytes.count == 16 else { return bytes.map(String.init).joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2)
            .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
    }

    /// Whether it is one of the public Internet: none of this machine, of a private network, of a link, of many, nor
    /// reserved (IANA's special-purpose registries). One that carries another inside is judged by that, or refused.
    public var isPublic: Bool {
        if bytes.count == 16 {
            if bytes.starts(with: [UInt8](repeating: 0, count: 10) + [0xff, 0xff]) {
                return InternetAddress(bytes: Array(bytes[12...]))?.isPublic ?? false
            }
            // 2000::/3 is all that is given out.
            return bytes[0] & 0xe0 == 0x20 && !Self.reserved6.contains { Self.has(bytes, $0.prefix, $0.bits) }
        }
        return !Self.reserved4.contains { Self.has(bytes, $0.prefix, $0.bits) }
    }

    private static func has(_ bytes: [UInt8], _ prefix: [UInt8], _ bits: Int) -> Bool {
        for index in 0..<bits where (bytes[index / 8] ^ prefix[index / 8]) & (0x80 >> UInt8(index % 8)) != 0 {
            return false
        }
        return true
    }

    private static let reserved4: [(prefix: [UInt8], bits: Int)] = [
        ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 0, 0], 24),
        ([192, 0, 2], 24), ([192, 31, 196], 24), ([192, 52, 193], 24), ([192, 88, 99], 24), ([192, 168], 16),
        ([192, 175, 48], 24), ([198, 18], 15), ([198, 51, 100], 24), ([203, 0, 113], 24), ([224], 4), ([240], 4),
    ]

    /// Within 2000::/3: IETF protocols (Teredo, ORCHID), documentation, 6to4, AS112.
    private static let reserved6: [(prefix: [UInt8], bits: Int)] = [
        ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0d, 0xb8], 32), ([0x20, 0x02], 16),
        ([0x26, 0x20, 0x00, 0x4f, 0x80, 0x00], 48), ([0x3f, 0xff, 0x00], 20),
    ]
}

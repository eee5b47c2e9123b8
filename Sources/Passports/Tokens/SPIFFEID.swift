// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A workload's name: `spiffe://<trust domain>/<path>` (SPIFFE-ID §2).
public struct SPIFFEID: Sendable, Hashable {
    /// The whole id.
    public let text: UTF8String
    /// The trust domain.
    public let trustDomain: UTF8String

    static let scheme: UTF8String = "spiffe://"

    /// An id, or `nil` where the text is none of a workload: of lower-case trust domain, with a path, without empty
    /// segments, `.` or `..`, query or fragment, and of at most 256 bytes, as agents' ids are.
    public init?(_ text: UTF8String) {
        guard text.hasPrefix(Self.scheme), text.byteCount <= PassportLimits.identifierBytesMax else { return nil }
        let rest = text.bytes.dropFirst(Self.scheme.byteCount)
        let domain = rest.prefix { $0 != UInt8(ascii: "/") }
        let segments = rest.dropFirst(domain.count).split(
            separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard let trustDomain = UTF8String(validating: domain), Self.isTrustDomain(trustDomain), segments.count >= 2,
            segments[0].isEmpty, segments.dropFirst().allSatisfy(Self.isSegment)
        else { return nil }
        self.text = text
        self.trustDomain = trustDomain
    }

    static func isTrustDomain(_ text: UTF8String) -> Bool {
        (1...255).contains(text.byteCount)
            && text.bytes.allSatisfy { byte in
                (0x61...0x7a).contains(byte) || Identifier.isDigit(byte) || "._-".utf8.contains(byte)
            }
    }

    private static func isSegment(_ segment: ArraySlice<UInt8>) -> Bool {
        !segment.isEmpty && !segment.elementsEqual(".".utf8) && !segment.elementsEqual("..".utf8)
            && segment.allSatisfy { byte in
                (0x61...0x7a).contains(byte | 0x20) || Identifier.isDigit(byte) || "._-".utf8.contains(byte)
            }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A network host as URLs name it, in its one canonical spelling.
public enum HostName: Sendable, Hashable {
    /// A registered name: lower-case ASCII, international labels in Punycode, no trailing dot.
    case name(UTF8String)
    /// An IPv4 address.
    case v4(UInt32)
    /// An IPv6 address of eight groups.
    case v6(IPv6Address)

    /// The id of the `Host` entity: the name, the dotted address, or RFC 5952 text without brackets.
    public var text: UTF8String {
        switch self {
        case .name(let name): name
        case .v4(let address): IPv4Address.text(address)
        case .v6(let address): address.text
        }
    }

    /// The name and every domain above it, nearest first; none for addresses. Without a list of public suffixes each
    /// dot is a boundary.
    var domains: [UTF8String] {
        guard case .name(let name) = self else { return [] }
        let labels = name.string.utf8.split(separator: UInt8(ascii: "."))
        return labels.indices.compactMap { UTF8String(validating: labels[$0...].joined(separator: [0x2e])) }
    }

    /// All hosts that programs may take the text for: none where it is no host (the host is opaque then), two where a
    /// leading zero is octal to some and decimal to others, or where an IPv6 address carries an IPv4 one through a
    /// translator.
    ///
    /// The text is a URL's host (RFC 3986 §3.2.2): IPv6 in brackets, which `host` parameters may leave out.
    public static func readings(of text: UTF8String) -> [HostName] {
        var bytes = text.bytes[...]
        if bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") {
            bytes = bytes.dropFirst().dropLast()
            return UTF8String(validating: bytes).flatMap(IPv6Address.init(parsing:)).map(addresses) ?? []
        }
        if bytes.contains(UInt8(ascii: ":")) { return IPv6Address(parsing: text).map(addresses) ?? [] }
        if bytes.last == UInt8(ascii: ".") { bytes = bytes.dropLast() }
        guard let bare = UTF8String(validating: bytes), let name = registeredName(bare) else { return [] }
        return IPv4Address.endsInNumber(name) ? IPv4Address.readings(of: name).map(HostName.v4) : [.name(name)]
    }

    private static func addresses(_ address: IPv6Address) -> [HostName] {
        guard let embedded = address.embeddedIPv4 else { return [.v6(address)] }
        return address.isIPv4Mapped ? [.v4(embedded)] : [.v6(address), .v4(embedded)]
    }

    private static func registeredName(_ text: UTF8String) -> UTF8String? {
        var labels: [UTF8String] = []
        for part in text.string.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            guard let label = UTF8String(validating: part), let ascii = asciiLabel(label) else { return nil }
            labels.append(ascii)
        }
        let name = UTF8String(labels.map(\.string).joined(separator: "."))
        return !name.isEmpty && name.byteCount <= Limits.hostBytesMax ? name : nil
    }

    private static func asciiLabel(_ label: UTF8String) -> UTF8String? {
        let ascii = label.isASCII ? label.asciiLowercased : Punycode.label(label)
        guard let ascii, !ascii.isEmpty, ascii.byteCount <= Limits.labelBytesMax,
            ascii.bytes.allSatisfy({ $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") })
        else { return nil }
        return ascii
    }
}

extension Resource {
    /// The host itself.
    static func host(_ host: HostName) -> Resource {
        Resource(ResourceName(.host, host.text), in: host.domains.map { ResourceName(.domain, $0) })
    }
}

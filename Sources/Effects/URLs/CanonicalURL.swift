// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A URL in one spelling, and the host it leads to.
///
/// Scheme and host in lower case, addresses in one form, the default port and the fragment dropped, dot segments
/// removed, percent escapes normalised (RFC 3986 §6.2); the query stays. A redirect or a name server may lead elsewhere:
/// this is what the text says.
public struct CanonicalURL: Sendable, Hashable {
    /// The scheme, lower-case.
    public let scheme: UTF8String
    /// The host.
    public let host: HostName
    /// The port, where it is not the scheme's own.
    public let port: UInt16?
    /// The path, at least `/`.
    public let path: UTF8String
    /// The query, without `?`.
    public let query: UTF8String?

    /// The URL's text: the id of its entity.
    public var text: UTF8String {
        let name: String
        if case .v6(let address) = host { name = "[\(address.text)]" } else { name = host.text.string }
        return UTF8String(
            "\(scheme)://\(name)\(port.map { ":\($0)" } ?? "")\(path)\(query.map { "?\($0)" } ?? "")")
    }

    /// All URLs that programs may take the text for; none where the host cannot be known for sure and is opaque.
    ///
    /// None: no scheme with `//`, `data:`, `javascript:`; user information (but a user's name for ssh and its kin, where the path
    /// is canonical as written);
    /// blanks, control characters and backslashes; broken escapes; hosts that `HostName` does not read; more than
    /// `Limits.urlBytesMax` bytes. `file:` is a path, not a URL.
    public static func readings(of text: UTF8String) -> [CanonicalURL] {
        guard text.byteCount <= Limits.urlBytesMax, isClean(text), let parts = URLParts(text) else { return [] }
        guard parts.scheme != "file", let port = Self.port(parts.port, scheme: parts.scheme) else { return [] }
        guard isHarmless(parts.userInfo, scheme: parts.scheme), let path = URLEscapes.normalized(parts.path),
            let canonical = withoutDotSegments(path), let query = normalizedQuery(parts.query),
            parts.userInfo == nil || parts.path.isEmpty || canonical == parts.path
        else { return [] }
        return HostName.readings(of: parts.host).map {
            CanonicalURL(scheme: parts.scheme, host: $0, port: port.value, path: canonical, query: query.value)
        }
    }

    /// What to forward in the place of `text`, which was read as this URL and no other. Servers and clients differ in
    /// whether they remove dot segments and escapes from a path; where that would change it they get the path that was
    /// judged. Otherwise the text stays as it was written.
    func forwarded(for text: UTF8String) -> UTF8String {
        guard let parts = URLParts(text), !parts.path.isEmpty, parts.path != path else { return text }
        return UTF8String("\(self.text)\(parts.fragment)")
    }

    /// What differs between parsers is refused: blanks are trimmed or removed by some, `\` is `/` to browsers.
    private static func isClean(_ text: UTF8String) -> Bool {
        !text.hasControls
            && !text.string.unicodeScalars.contains { $0.properties.isWhitespace || $0 == "\\" || $0 == "\u{feff}" }
    }

    private static let defaultPorts: [UTF8String: UInt16] = [
        "http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21, "ftps": 990, "ssh": 22, "sftp": 22, "git+ssh": 22,
        "ssh+git": 22, "git": 9418, "git+http": 80, "git+https": 443, "gopher": 70, "dict": 2628, "ldap": 389,
        "ldaps": 636, "telnet": 23, "rsync": 873,
    ]

    /// The port where it is to be written, in a box of its own: `nil` outside is "no port number".
    private static func port(_ digits: UTF8String?, scheme: UTF8String) -> (value: UInt16?, Void)? {
        guard let digits, !digits.isEmpty else { return (nil, ()) }
        guard digits.byteCount <= 8, digits.bytes.allSatisfy(\.isDigit), let port = UInt16(digits.string) else {
            return nil
        }
        return (port == defaultPorts[scheme] ? nil : port, ())
    }

    /// `https://good.example@evil.example/` is made to be misread. For ssh a bare user's name is ordinary.
    private static func isHarmless(_ userInfo: UTF8String?, scheme: UTF8String) -> Bool {
        guard let userInfo else { return true }
        guard ["ssh", "sftp", "git+ssh", "ssh+git"].contains(scheme), !userInfo.isEmpty else { return false }
        return userInfo.bytes.allSatisfy { $0.isAlphanumeric || [0x2d, 0x2e, 0x5f].contains($0) }
    }

    private static func normalizedQuery(_ query: UTF8String?) -> (value: UTF8String?, Void)? {
        guard let query else { return (nil, ()) }
        guard let normalized = URLEscapes.normalized(query) else { return nil }
        return (normalized, ())
    }

    /// RFC 3986 §5.2.4 for a path that is empty or starts with `/`. Empty segments stay.
    private static func withoutDotSegments(_ path: UTF8String) -> UTF8String? {
        let segments = path.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst()
        var kept: [ArraySlice<UInt8>] = []
        for (index, segment) in zip(0..., segments) {
            let isLast = index == segments.count - 1
            switch segment {
            case _ where segment.elementsEqual("..".utf8):
                _ = kept.popLast()
                if isLast { kept.append([]) }
            case _ where segment.elementsEqual(".".utf8):
                if isLast { kept.append([]) }
            default: kept.append(segment)
            }
        }
        let text = kept.flatMap { [UInt8(ascii: "/")] + $0 }
        return text.isEmpty ? "/" : UTF8String(validating: text)
    }
}

extension Resource {
    /// The URL, in its host, in the domains above that.
    static func url(_ url: CanonicalURL) -> Resource {
        let host = Resource.host(url.host)
        return Resource(ResourceName(.url, url.text), in: [host.name] + host.ancestors)
    }
}

// SPDX-License-Identifier: Apache-2.0

/// The URL of an issuer's keys: `https:`, or `http:` to this machine by its loopback address.
///
/// Who fetches what a configuration names must not be led elsewhere: names are looked up here, addresses that are not of
/// the public Internet are refused, and redirections are not followed. Loopback counts only where it is written.
public struct KeyAddress: Sendable, Hashable {
    /// The URL.
    public let url: String
    /// The host, without brackets, in lower case.
    let host: String
    /// Whether the host is written as a loopback address.
    let isLoopback: Bool

    /// A URL, or `nil` for any other.
    public init?(_ text: String) {
        guard text.utf8.count <= 2048, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }),
            let end = text.firstRange(of: "://"), !text.contains("#")
        else { return nil }
        let scheme = text[..<end.lowerBound].lowercased()
        let authority = text[end.upperBound...].prefix { !"/?".contains($0) }
        guard scheme == "https" || scheme == "http", !authority.contains("@") else { return nil }
        var host = authority
        let tail: Substring
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<close]
            tail = authority[authority.index(after: close)...]
        } else {
            host = authority.prefix { $0 != ":" }
            tail = authority[host.endIndex...]
        }
        let port = tail.dropFirst()
        guard !host.isEmpty, tail.isEmpty || tail.hasPrefix(":") && Self.isPort(port) else { return nil }
        url = text
        self.host = host.lowercased()
        isLoopback = Self.isLoopback(self.host)
        guard scheme == "https" || isLoopback else { return nil }
    }

    private static func isPort(_ text: Substring) -> Bool {
        (1...5).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
            && (Int(text).map { (1...65535).contains($0) } ?? false)
    }

    /// By its letters: no name server says what loopback is.
    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { part in
                (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
                    && (part == "0" || !part.hasPrefix("0")) && (Int(part).map { $0 <= 255 } ?? false)
            }
    }
}

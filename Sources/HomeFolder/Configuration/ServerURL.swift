// SPDX-License-Identifier: Apache-2.0

import Glibc
import WireTypes

import struct Crypto.SHA256

/// Where a server is: `https:`, or `http:` to this machine.
///
/// Whoever knows the whole URL of some servers is let in: what follows the host is only ever sent.
public struct ServerURL: Sendable, Hashable, CustomStringConvertible {
    /// The whole URL.
    public let text: String
    /// Without what follows the host, for people.
    public let description: String
    /// For the record: with a digest in place of what follows the host.
    let archived: String

    /// Where the server is, as far as that is nobody's secret: what passports name it by.
    var named: String { description.hasSuffix("/...") ? String(description.dropLast(3)) : description }

    struct Refusal: Error {
        let expected: String
    }

    /// A URL.
    init(_ text: String) throws(Refusal) {
        guard text.utf8.count <= 4096, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") })
        else { throw Refusal(expected: "a URL of at most 4096 ASCII characters without blanks") }
        guard let end = text.firstRange(of: "://") else { throw Refusal(expected: Self.form) }
        let scheme = text[..<end.lowerBound].lowercased()
        guard scheme == "https" || scheme == "http" else { throw Refusal(expected: Self.form) }
        guard !text.contains("#") else { throw Refusal(expected: "a URL without a fragment (#)") }
        let authority = text[end.upperBound...].prefix { !"/?".contains($0) }
        guard !authority.contains("@") else {
            throw Refusal(expected: "a URL without a user and password; a server's credentials go into `headers`")
        }
        guard let (host, _) = HostAndPort.parts(String(authority)) else { throw Refusal(expected: Self.form) }
        guard scheme == "https" || HostAndPort.isLoopback(host) else {
            throw Refusal(expected: "https: (http: only to this machine itself, as 127.0.0.1, [::1] or localhost)")
        }
        self.text = text
        let path = text[end.upperBound...].dropFirst(authority.utf8.count)
        let origin = "\(scheme)://\(authority)"
        if Self.plain.contains(String(path)) || path.hasPrefix("/?\(Self.mark)") {
            description = origin + (path.hasPrefix("/?") ? "/..." : path)
            archived = text
        } else {
            let digest = Digest(SHA256.hash(data: Array("writ.setting/1\nurl\n\(path)".utf8)))
            description = origin + "/..."
            archived = "\(origin)/?\(Self.mark)\(digest.base64URL)"
        }
    }

    /// Paths that are nobody's secret.
    private static let plain: Set<String> = ["", "/", "/mcp", "/mcp/", "/sse", "/v1/mcp"]
    private static let mark = "writ-sha256="
    private static let form = "a URL: https://host/path, or http: to this machine"
}

/// A name or address with or without a port.
enum HostAndPort {
    /// Both, of `host`, `host:port` or `[address]:port`.
    static func parts(_ text: String) -> (host: String, port: Int?)? {
        var host = text[...]
        var port: Int?
        let tail: Substring
        if host.hasPrefix("[") {
            guard let close = host.firstIndex(of: "]") else { return nil }
            tail = host[host.index(after: close)...]
            host = host[host.index(after: host.startIndex)..<close]
            guard !host.isEmpty,
                host.utf8.allSatisfy({ isHex($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") })
            else { return nil }
        } else {
            let end = host.firstIndex(of: ":") ?? host.endIndex
            tail = host[end...]
            host = host[..<end]
            guard !host.isEmpty, host.utf8.allSatisfy(isNameByte) else { return nil }
        }
        if !tail.isEmpty {
            let digits = tail.dropFirst()
            guard tail.hasPrefix(":"), !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(digits), (0...65535).contains(number)
            else { return nil }
            port = number
        }
        return (String(host), port)
    }

    /// Whether it is this machine and nothing else; decided by its letters, so that no name server can say otherwise.
    static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "127" else { return false }
        return parts.allSatisfy { part in
            (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
                && (part == "0" || !part.hasPrefix("0")) && (Int(part) ?? 256) < 256
        }
    }

    /// Whether it is an address and no name, so that nobody decides where it leads.
    static func isNumeric(_ host: String) -> Bool {
        if host.contains(":") {
            var address = in6_addr()
            return inet_pton(AF_INET6, host, &address) == 1
        }
        var address = in_addr()
        return inet_pton(AF_INET, host, &address) == 1
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
            || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
    }
}

/// Where `writ serve` listens: this machine only, or with TLS any of its addresses.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address, without brackets, or `localhost`.
    public let host: String
    /// The port; 0 for any that is free.
    public let port: Int

    /// Where it listens if nothing is said.
    public static let standard = ListenAddress(host: "127.0.0.1", port: 8808)

    private init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// `address:port`; `nil` for anything else, and without TLS for an address that others could reach.
    public init?(_ text: String, isSecure: Bool = false) {
        guard let (host, port) = HostAndPort.parts(text), let port,
            HostAndPort.isLoopback(host) || isSecure && HostAndPort.isNumeric(host)
        else { return nil }
        self.init(host: host, port: port)
    }

    /// Whether nobody else can reach it.
    public var isLoopback: Bool { HostAndPort.isLoopback(host) }

    /// `address:port`.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// Which headers a server may be sent: no framing, none of the protocol's own.
enum ServerHeader {
    private static let own: Set<String> = [
        "host", "connection", "content-length", "content-type", "transfer-encoding", "te", "trailer", "upgrade",
        "keep-alive", "expect", "accept", "proxy-connection", "last-event-id", "writ-passport",
    ]
    static let expectedValue = "a header's value: visible characters and blanks, no line ends"

    /// What was expected in place of a name; `nil` for one that is good.
    static func refusal(of name: String) -> String? {
        let token = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                || "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
        guard token, !name.isEmpty else { return "a header's name" }
        let lower = name.lowercased()
        guard !own.contains(lower), !lower.hasPrefix("mcp-") else {
            return "another header: Writ sets this one itself, or it is the protocol's"
        }
        return nil
    }

    static func isValue(_ value: String) -> Bool {
        value.utf8.allSatisfy { $0 == 0x09 || $0 >= 0x20 && $0 != 0x7f }
    }
}

// SPDX-License-Identifier: Apache-2.0

import NIOCore

/// Where the door listens: an address and a port. The passport in a header is a secret that anybody on the wire could
/// read, so without TLS it is a loopback address.
public struct DoorAddress: Sendable, Hashable, CustomStringConvertible {
    /// A numeric address, without brackets.
    public let host: String
    /// The port; 0 for one that is free.
    public let port: Int

    /// Why an address cannot be listened on.
    public struct Refusal: Error, Sendable, Equatable, CustomStringConvertible {
        /// For the operator.
        public let description: String
    }

    /// An address of the form `127.0.0.1:8808`, `localhost:8808` or `[::1]:8808`.
    ///
    /// - Parameter isSecure: whether there is TLS: then it may be any numeric address, as `0.0.0.0:8443`.
    public init(_ text: String, isSecure: Bool = false) throws(Refusal) {
        let host: Substring
        let rest: Substring
        if text.hasPrefix("["), let close = text.firstIndex(of: "]") {
            host = text[text.index(after: text.startIndex)..<close]
            rest = text[text.index(after: close)...]
        } else {
            let colon = text.lastIndex(of: ":") ?? text.endIndex
            host = text[..<colon]
            rest = text[colon...]
        }
        let digits = rest.dropFirst()
        guard rest.first == ":", !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(digits), port <= 65535
        else { throw Refusal(description: "an address to listen on is HOST:PORT, as 127.0.0.1:8808") }
        if isSecure, Self.isNumeric(String(host)) {
            self.host = String(host)
            self.port = port
            return
        }
        guard let loopback = Self.loopback(String(host)) else {
            throw Refusal(
                description: "this listens on loopback addresses only (127.0.0.1, localhost, [::1]), not on \(host): "
                    + "without TLS everybody between could read the passports")
        }
        self.host = loopback
        self.port = port
    }

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Whether nobody has to be asked what address a host is.
    private static func isNumeric(_ host: String) -> Bool {
        do { return try SocketAddress(ipAddress: host, port: 0).port == 0 } catch { return false }
    }

    /// As it is written in a URL.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// The numeric address of a loopback name, or `nil` for any other host. Names are not looked up: a name server or a
    /// hosts file must not decide who can listen in.
    static func loopback(_ host: String) -> String? {
        if host == "localhost" { return "127.0.0.1" }
        if host == "::1" { return host }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isAddress =
            parts.count == 4
            && parts.allSatisfy { part in
                (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
                    && Int(part).map { $0 <= 255 } == true && (part == "0" || !part.hasPrefix("0"))
            }
        return isAddress && parts[0] == "127" ? host : nil
    }
}

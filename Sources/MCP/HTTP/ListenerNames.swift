// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The names under which a door may be spoken to: what keeps a web page from reaching it (MCP, Streamable HTTP,
/// "Security & Endpoint"; DNS rebinding).
public struct ListenerNames: Sendable, Equatable {
    /// Hosts besides the loopback ones, in lower case, without ports.
    public let hosts: Set<UTF8String>
    /// Origins besides those of the loopback hosts, whole: `https://console.example`.
    public let origins: Set<UTF8String>

    private static let loopback: Set<UTF8String> = ["localhost", "127.0.0.1", "[::1]"]

    /// The loopback names, and the ones given.
    public init(hosts: Set<UTF8String> = [], origins: Set<UTF8String> = []) {
        self.hosts = Set(hosts.map { UTF8String(HTTPHeaders.lowercased($0.string)) })
        self.origins = Set(origins.map { UTF8String(HTTPHeaders.lowercased($0.string)) })
    }

    /// Refuses a request that a web page made (403) or that was meant for another host (421; 400 without one).
    public func check(_ headers: HTTPHeaders) throws(HTTPRefusal) {
        for origin in headers.values(HTTPHeaderName.origin.lowercased) where !allows(origin: origin) {
            throw HTTPRefusal(403, "Forbidden: this Origin may not talk to this server")
        }
        let names = headers.values(HTTPHeaderName.host.lowercased)
        guard names.count == 1, let name = Self.host(ofAuthority: names[0].string) else {
            throw HTTPRefusal(400, "Bad request: one Host")
        }
        guard allows(host: name) else { throw HTTPRefusal(421, "Misdirected request: this server has another name") }
    }

    private func allows(host: UTF8String) -> Bool { Self.loopback.contains(host) || hosts.contains(host) }

    private func allows(origin: UTF8String) -> Bool {
        let origin = HTTPHeaders.lowercased(origin.string)
        if origins.contains(UTF8String(origin)) { return true }
        for scheme in ["http://", "https://"] where origin.hasPrefix(scheme) {
            guard let host = Self.host(ofAuthority: String(origin.dropFirst(scheme.count))) else { return false }
            return allows(host: host)
        }
        return false
    }

    /// The host of `host[:port]`, in lower case, or `nil` where this is neither.
    package static func host(ofAuthority authority: String) -> UTF8String? {
        let text = HTTPHeaders.lowercased(authority)
        let hostEnd: String.Index
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { return nil }
            hostEnd = text.index(after: close)
        } else {
            hostEnd = text.firstIndex(of: ":") ?? text.endIndex
        }
        let port = text[hostEnd...]
        guard hostEnd > text.startIndex, port.isEmpty || isPort(port.dropFirst()) && port.hasPrefix(":") else {
            return nil
        }
        return UTF8String(String(text[..<hostEnd]))
    }

    private static func isPort(_ text: Substring) -> Bool {
        (1...5).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

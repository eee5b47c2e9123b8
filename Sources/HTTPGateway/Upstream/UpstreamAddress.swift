// SPDX-License-Identifier: Apache-2.0

import Gateway
import MCP
import StrictJSON

/// A server's URL and the operator's headers, after they were checked.
struct UpstreamAddress: Sendable {
    let url: String
    let headers: [HTTPHeaderLine]

    /// Header names that are the transport's own.
    private static let reserved: Set<String> = [
        "host", "content-length", "content-type", "transfer-encoding", "connection", "te", "trailer", "upgrade",
        "expect", "accept", "accept-encoding", "last-event-id", "writ-passport",
    ]

    /// - Throws: `UpstreamFailure` that quotes no header's value and no part of the URL: both may hold secrets.
    init(_ endpoint: HTTPEndpoint) throws(UpstreamFailure) {
        url = try Self.checked(endpoint.url)
        var lines: [HTTPHeaderLine] = []
        for header in endpoint.headers {
            let name = header.name.lowercased()
            guard Self.isToken(header.name) else { throw Self.refusal("a header's name is no name") }
            guard !Self.reserved.contains(name), !name.hasPrefix("mcp-") else {
                throw Self.refusal("the header \(name) is not the configuration's to set")
            }
            guard header.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }) else {
                throw Self.refusal("the value of the header \(name) has characters that a header has not")
            }
            lines.append(HTTPHeaderLine(name: header.name, value: header.value))
        }
        if let name = endpoint.credential?.header {
            guard Self.isToken(name), !Self.reserved.contains(name.lowercased()),
                !name.lowercased().hasPrefix("mcp-"),
                !lines.contains(where: { $0.name.lowercased() == name.lowercased() })
            else { throw Self.refusal("the credential's header is none that it can stand in alone") }
        }
        headers = lines
    }

    /// Only what two readers of URLs cannot read differently: no user, no backslash, no fragment.
    private static func checked(_ url: String) throws(UpstreamFailure) -> String {
        guard url.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !#"\"<>^`{|}#"#.utf8.contains($0) }) else {
            throw refusal("the URL has characters that a URL has not")
        }
        let isSecure = url.hasPrefix("https://")
        guard isSecure || url.hasPrefix("http://") else { throw refusal("the URL is neither https nor http") }
        let rest = url.dropFirst(isSecure ? "https://".count : "http://".count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard authority.utf8.allSatisfy(isHostByte), let host = ListenerNames.host(ofAuthority: String(authority))
        else { throw refusal("the URL has no host, or a user") }
        let name = host.string.trimmingBrackets
        guard isSecure || DoorAddress.loopback(name) != nil else {
            throw refusal("without TLS (https) only a server on a loopback address is spoken to")
        }
        return url
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        default: ".-_:[]".utf8.contains(byte)
        }
    }

    private static func isToken(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
                default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
                }
            }
    }

    private static func refusal(_ text: String) -> UpstreamFailure { UpstreamFailure(.unreachable, text) }
}

extension String {
    /// The address in `[::1]`.
    fileprivate var trimmingBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
    }
}

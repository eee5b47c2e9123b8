// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A URL's text cut at its delimiters (RFC 3986 §3), nothing decoded but the scheme's case.
struct URLParts {
    let scheme: UTF8String
    let userInfo: UTF8String?
    let host: UTF8String
    let port: UTF8String?
    let path: UTF8String
    let query: UTF8String?
    /// With its `#`; empty where there is none.
    let fragment: UTF8String

    /// `nil` where the text does not start with a scheme and `//`.
    init?(_ text: UTF8String) {
        let bytes = text.bytes
        let scheme = bytes.prefix { $0.isAlphanumeric || [0x2b, 0x2d, 0x2e].contains($0) }
        guard scheme.first?.isLetter == true, bytes[scheme.count...].starts(with: "://".utf8),
            let name = UTF8String(validating: scheme)
        else { return nil }
        self.scheme = name.asciiLowercased

        var rest = bytes[(scheme.count + 3)...]
        let end = rest.firstIndex(of: UInt8(ascii: "#")) ?? rest.endIndex
        fragment = UTF8String(validating: rest[end...]) ?? ""
        rest = rest[..<end]
        let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        rest = rest[authority.endIndex...]
        let path = rest.prefix { $0 != UInt8(ascii: "?") }
        query = rest.endIndex > path.endIndex ? UTF8String(validating: rest[(path.endIndex + 1)...]) : nil

        // The last `@`, as browsers have it; with any user information the host is opaque in the end.
        var hostPort = authority
        if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
            userInfo = UTF8String(validating: authority[..<at])
            hostPort = authority[(at + 1)...]
        } else {
            userInfo = nil
        }
        let hostEnd: Int
        if hostPort.first == UInt8(ascii: "[") {
            guard let bracket = hostPort.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            hostEnd = bracket + 1
        } else {
            hostEnd = hostPort.firstIndex(of: UInt8(ascii: ":")) ?? hostPort.endIndex
        }
        let port = hostPort[hostEnd...]
        guard port.isEmpty || port.first == UInt8(ascii: ":"), let host = UTF8String(validating: hostPort[..<hostEnd]),
            let pathText = UTF8String(validating: path)
        else { return nil }
        self.host = host
        self.port = port.isEmpty ? nil : UTF8String(validating: port.dropFirst())
        self.path = pathText
    }
}

/// Percent escapes in a path or query.
enum URLEscapes {
    /// Escapes of unreserved characters decoded, the others in upper case, what needs escaping escaped (RFC 3986
    /// §6.2.2); `nil` where a `%` is no escape.
    static func normalized(_ text: UTF8String) -> UTF8String? {
        let bytes = text.bytes
        var output: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < bytes.count, let high = bytes[index + 1].hexValue, let low = bytes[index + 2].hexValue
                else { return nil }
                append(high << 4 | low, escaping: !isUnreserved(high << 4 | low), to: &output)
                index += 3
            } else {
                append(byte, escaping: !isUnreserved(byte) && !delimiters.contains(byte), to: &output)
                index += 1
            }
        }
        return UTF8String(validating: output)
    }

    private static let delimiters = Set("!$&'()*+,;=:@/?".utf8)

    private static func isUnreserved(_ byte: UInt8) -> Bool { byte.isAlphanumeric || "-._~".utf8.contains(byte) }

    private static func append(_ byte: UInt8, escaping: Bool, to output: inout [UInt8]) {
        guard escaping else {
            output.append(byte)
            return
        }
        let digits = Array("0123456789ABCDEF".utf8)
        output += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}

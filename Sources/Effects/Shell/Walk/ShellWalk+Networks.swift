// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What programs connect to.
extension ShellWalk {
    /// A URL, or what curl takes for one.
    mutating func url(_ value: ShellValue, _ state: ShellState) {
        guard let text = value.known else {
            // The host counts once its part of the URL is complete.
            guard let host = Self.host(of: value.prefix) else { return insert(opaque: .host) }
            let hosts = CanonicalURL.readings(of: host)
            if hosts.isEmpty { insert(opaque: .host) }
            for url in hosts { insert(Effect(.connect, .host(url.host))) }
            return
        }
        if text.asciiLowercased.hasPrefix("file:") {
            guard let path = CanonicalPath(text, in: environment) else {
                insert(opaque: .pathRead)
                return
            }
            for reading in path.readings { insert(Effect(.read, .file(reading))) }
            return
        }
        address(text.string.contains("://") ? text : UTF8String("http://\(text)"))
    }

    mutating func address(_ text: UTF8String) {
        let readings = CanonicalURL.readings(of: text)
        if readings.isEmpty { insert(opaque: .host) }
        for url in readings { insert(Effect(.connect, .url(url))) }
    }

    /// A URL's beginning up to the end of its authority, where that is all there.
    private static func host(of prefix: UTF8String) -> UTF8String? {
        let full = prefix.string.contains("://") ? prefix : UTF8String("http://\(prefix)")
        let bytes = full.bytes
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8) else {
            return nil
        }
        let rest = bytes[(colon + 3)...]
        guard let end = rest.firstIndex(where: { "/?#".utf8.contains($0) }) else { return nil }
        return UTF8String(validating: bytes[...end])
    }

    /// A host, with a port or a user's name.
    mutating func host(_ value: ShellValue) {
        var text = value.known
        if text == nil, value.prefix.hasSuffix(":"), value.pieces.dropFirst() == ShellValue.number.pieces[...] {
            text = UTF8String(validating: value.prefix.bytes.dropLast())
        }
        guard let text else { return insert(opaque: .host) }
        let bytes = text.bytes
        let start = bytes.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? 0
        let hosts = UTF8String(validating: bytes[start...]).map(PlainNames.hosts) ?? []
        if hosts.isEmpty { insert(opaque: .host) }
        for host in hosts { insert(Effect(.connect, .host(host))) }
    }
}

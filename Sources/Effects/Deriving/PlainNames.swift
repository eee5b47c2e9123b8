// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Resources that a plain text names. An empty list is "not understood".
enum PlainNames {
    /// Hosts, with or without a port: `h`, `h:22`, `[::1]:22`, `::1`.
    static func hosts(_ text: UTF8String) -> [HostName] {
        let bytes = text.bytes
        let colons = bytes.count { $0 == UInt8(ascii: ":") }
        guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")),
            colons == 1 || (colon > 0 && bytes[colon - 1] == UInt8(ascii: "]"))
        else { return HostName.readings(of: text) }
        let port = bytes[(colon + 1)...]
        guard (1...5).contains(port.count), port.allSatisfy(\.isDigit),
            let host = UTF8String(validating: bytes[..<colon])
        else { return [] }
        return HostName.readings(of: host)
    }

    /// A table: one to three dotted identifiers. Most databases ignore case, so other case is another reading.
    static func tables(_ text: UTF8String) -> [Resource] {
        guard text.byteCount <= Limits.nameBytesMax else { return [] }
        let parts = text.string.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 3, parts.allSatisfy(isIdentifier) else { return [] }
        let names = text.asciiLowercased == text ? [text] : [text, text.asciiLowercased]
        return names.map { name in
            let database = parts.count == 3 ? name.string.utf8.split(separator: UInt8(ascii: ".")).first : nil
            return Resource(
                ResourceName(.table, name),
                in: database.flatMap { UTF8String(validating: $0) }.map { [ResourceName(.database, $0)] } ?? [])
        }
    }

    private static func isIdentifier(_ part: some Collection<UInt8>) -> Bool {
        guard let first = part.first, first.isLetter || first == UInt8(ascii: "_") else { return false }
        return part.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
    }

    /// `a@example.com` and `mailto:a@example.com` are `mailto:` recipients in their domain; `#channel`, `@user`, a
    /// number or an id are recipients by that name. Lists, display names and routes are not understood.
    static func recipient(_ text: UTF8String) -> [Resource] {
        guard text.byteCount <= Limits.nameBytesMax else { return [] }
        var bytes = text.bytes[...]
        let scheme = "mailto:".utf8
        let isMail = bytes.map(\.lowercased).starts(with: scheme)
        if isMail { bytes = bytes.dropFirst(scheme.count) }
        let ats = bytes.indices.filter { bytes[$0] == UInt8(ascii: "@") }
        if let at = ats.first, at > bytes.startIndex {
            return ats.count == 1 ? mailbox(bytes[..<at], bytes[(at + 1)...]) : []
        }
        let sigils = Set("#@+".utf8)
        let id = bytes.first.map(sigils.contains) == true ? bytes.dropFirst() : bytes
        guard !isMail, !id.isEmpty, id.allSatisfy({ $0.isAlphanumeric || "._:-".utf8.contains($0) }) else { return [] }
        return [Resource(ResourceName(.recipient, text))]
    }

    private static func mailbox(_ local: ArraySlice<UInt8>, _ domain: ArraySlice<UInt8>) -> [Resource] {
        let allowed = Set("#$&'*+-/=?^_`{|}~.".utf8)
        guard !local.isEmpty, local.allSatisfy({ $0.isAlphanumeric || allowed.contains($0) }),
            let user = UTF8String(validating: local), let host = UTF8String(validating: domain)
        else { return [] }
        return HostName.readings(of: host).compactMap { host in
            guard case .name(let name) = host else { return nil }
            return Resource(
                ResourceName(.recipient, UTF8String("mailto:\(user)@\(name)")),
                in: host.domains.map { ResourceName(.domain, $0) })
        }
    }

    /// An account's id: visible ASCII.
    static func account(_ text: UTF8String) -> [Resource] {
        guard !text.isEmpty, text.byteCount <= Limits.nameBytesMax,
            text.bytes.allSatisfy({ (0x21...0x7e).contains($0) })
        else { return [] }
        return [Resource(ResourceName(.account, text))]
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ArgumentWalk {
    /// What a pattern can match lies in one directory, which is read as a whole.
    mutating func glob(_ text: UTF8String, _ bases: [JSONPointer]) throws(EffectError) {
        guard let directory = GlobPattern.directory(of: text) else {
            try effects.insert(opaque: .pathRead)
            return
        }
        _ = try path(directory, [.read], .directory, from: bases)
    }

    /// The files that a patch changes. One that is not understood may change any.
    mutating func patch(_ text: UTF8String, _ bases: [JSONPointer]) throws(EffectError) {
        guard let changes = PatchText.changes(in: text) else {
            try effects.insert(opaque: .pathWrite)
            return
        }
        for change in changes { _ = try path(change.path, change.verbs, .path, from: bases) }
    }

    /// A resource's URI: `file:` and what has no scheme name a file, `http:` and `https:` a page; other schemes are the
    /// server's own names.
    mutating func uri(_ text: UTF8String) throws(EffectError) {
        let address = Address(text)
        switch address.scheme {
        case "file"?, nil: _ = try path(address.text, [.read], .path, from: [])
        case "http"?, "https"?: try CommandEffects.add(url: address.text, to: &effects)
        default: break
        }
    }
}

/// Where the paths lie that a search pattern can match.
enum GlobPattern {
    /// The directory before the first component with a wildcard, relative as the pattern is: `src` of `src/**/*.ts`, `.`
    /// of `*`. The pattern itself where it has none. `nil` where what follows may lead out of it again.
    static func directory(of pattern: UTF8String) -> UTF8String? {
        guard !pattern.isEmpty, pattern.byteCount <= Limits.pathBytesMax else { return nil }
        let components = pattern.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard let first = components.firstIndex(where: { $0.contains(where: wildcards.contains) }) else {
            return pattern
        }
        guard components[first...].allSatisfy({ !canBeParent($0) }) else { return nil }
        let prefix = Array(components[..<first].joined(separator: [UInt8(ascii: "/")]))
        if prefix.isEmpty { return first == 0 ? "." : "/" }
        return UTF8String(validating: prefix)
    }

    private static let wildcards = Set(#"*?[]{}()!\"#.utf8)

    /// The characters that a component is made of, each as those that it can be; `nil` where brackets are open.
    private static func items(_ bytes: [UInt8]) -> [[UInt8]]? {
        var items: [[UInt8]] = []
        var rest = bytes[...]
        while let first = rest.popFirst() {
            guard first != UInt8(ascii: "]") || !items.isEmpty else { return nil }
            guard first == UInt8(ascii: "[") else {
                items.append([first])
                continue
            }
            // A bracket right behind the opening one is one of the class.
            guard let end = rest.dropFirst().firstIndex(of: UInt8(ascii: "]")) else { return nil }
            // Of `[!a]` and `[+-9]` nobody needs to know which they are: they can be a dot.
            let isPlain = rest[..<end].allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: ".") || $0 == 0x5f }
            items.append(isPlain ? Array(rest[..<end]) : [UInt8(ascii: ".")])
            rest = rest[(end + 1)...]
        }
        return items
    }

    /// Whether braces, escapes and classes can make `..` of a component. A class may stand for a dot.
    private static func canBeParent(_ component: ArraySlice<UInt8>) -> Bool {
        let bytes = component.filter { $0 != UInt8(ascii: "\\") }
        let dot = UInt8(ascii: ".")
        if !bytes.contains(where: { "{},()".utf8.contains($0) }) {
            // A wildcard finds names that a folder has, and `..` is none of those that are listed.
            if bytes.contains(UInt8(ascii: "*")) {
                return bytes.first != UInt8(ascii: "*") && bytes.allSatisfy { ".*[]".utf8.contains($0) }
                    && bytes.count { $0 == dot } > 1
            }
            if let items = items(bytes) { return items.count == 2 && items.allSatisfy { $0.contains(dot) } }
        }
        if zip(bytes, bytes.dropFirst()).contains(where: { $0 == dot && $1 == dot }) { return true }
        guard bytes.contains(where: { "{},[]".utf8.contains($0) }) else { return false }
        var outside: [UInt8] = []
        var token: [UInt8] = []
        var hasDots = false
        var depth = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","):
                if token.allSatisfy({ $0 == dot }) { hasDots = true }
                if byte != UInt8(ascii: ",") { depth -= 1 }
            default:
                if depth > 0 { token.append(byte) } else { outside.append(byte) }
                continue
            }
            token = []
        }
        // A slash within braces has cut them in two.
        if depth != 0 || bytes.contains(UInt8(ascii: "{")) != bytes.contains(UInt8(ascii: "}")) {
            let parts = bytes.split(whereSeparator: { "{},[]".utf8.contains($0) })
            return parts.contains { $0.allSatisfy { $0 == dot } }
        }
        return hasDots && outside.allSatisfy { $0 == dot }
    }
}

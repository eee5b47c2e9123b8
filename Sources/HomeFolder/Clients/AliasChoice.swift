// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What policies will call a client's server.
public enum AliasChoice {
    /// The alias that a name suggests: its letters and digits in lower case, hyphens for the rest, 16 at most.
    public static func base(_ name: UTF8String) -> UTF8String {
        var bytes: [UInt8] = []
        for byte in name.string.lowercased().utf8 {
            let isPlain = (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte)
            if isPlain {
                bytes.append(byte)
            } else if bytes.last != UInt8(ascii: "-"), !bytes.isEmpty {
                bytes.append(UInt8(ascii: "-"))
            }
        }
        let alias = trimmed(bytes, 16)
        if alias.isEmpty { return "server" }
        // A word that policies use for something else.
        return Configuration.Server.isAlias(alias) ? alias : UTF8String("\(trimmed(alias.bytes, 12))-mcp")
    }

    /// The alias, or the first numbered one that nobody has.
    public static func unique(_ base: UTF8String, besides taken: Set<UTF8String>) -> UTF8String {
        guard taken.contains(base) else { return base }
        var number = 2
        while true {
            let suffix = "-\(number)"
            let alias = UTF8String("\(trimmed(base.bytes, 16 - suffix.utf8.count))\(suffix)")
            if !taken.contains(alias) { return alias }
            number += 1
        }
    }

    private static func trimmed(_ bytes: [UInt8], _ count: Int) -> UTF8String {
        var kept = Array(bytes.prefix(count))
        while kept.last == UInt8(ascii: "-") { kept.removeLast() }
        return UTF8String(validating: kept) ?? ""
    }
}

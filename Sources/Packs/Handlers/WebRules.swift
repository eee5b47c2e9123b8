// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON

/// Rules about where a call connects to: every host that its effects name, in every reading.
struct WebRules {
    private let judging: RuleJudging
    private let rule: PackRule
    private let hosts: [UTF8String]
    private let urls: [UTF8String]
    private let isUnclear: Bool

    init(_ judging: RuleJudging, _ rule: PackRule) {
        self.judging = judging
        self.rule = rule
        let effects = judging.call.effects
        let connects = effects.filter { $0.verb == .connect }.map(\.resource)
        hosts = connects.compactMap { resource in
            ([resource.name] + resource.ancestors).first { $0.type == .host }?.id
        }
        urls = connects.map(\.name).filter { $0.type == .url }.map(\.id)
        isUnclear = connects.isEmpty || hosts.count < connects.count || effects.contains(.opaque(.host))
    }

    /// A browser that closes or waits goes nowhere; whatever else it does it does on a page, and a call that does not say
    /// which is not known to be on one that is allowed.
    private var goesNowhere: Bool {
        judging.values.value("url") == nil
            && judging.values.text("action").map { ["close", "wait"].contains($0) } ?? false
    }

    /// Where it goes is known, and by HTTP.
    func address() -> String? {
        if judging.values.value("url") == nil { return nil }
        guard !isUnclear, !urls.isEmpty, urls.allSatisfy({ $0.hasPrefix("http://") || $0.hasPrefix("https://") }) else {
            return "the address is no URL of http or https that is understood"
        }
        return nil
    }

    func allowed() throws(PackRefusal) -> String? {
        guard let list = try judging.list(["allowed_domains"], rule), !list.contains("*"), !goesNowhere else {
            return nil
        }
        guard !isUnclear else { return "where the call goes is not known" }
        for host in hosts where try !isOf(host, list, "allowed_domains") {
            return "a host is not in the passport's allowed_domains"
        }
        return nil
    }

    func blocked() throws(PackRefusal) -> String? {
        guard let list = try judging.list(["blocked_domains"], rule), !list.isEmpty, !goesNowhere else { return nil }
        guard !isUnclear else { return "where the call goes is not known" }
        for host in hosts where try isOf(host, list, "blocked_domains") {
            return "a host is in the passport's blocked_domains"
        }
        return nil
    }

    /// A domain stands for itself and all below it.
    private func isOf(_ host: UTF8String, _ list: [UTF8String], _ limit: String) throws(PackRefusal) -> Bool {
        for entry in list.map(\.lowered) {
            if entry == host || host.hasSuffix(UTF8String(".\(entry)")) { return true }
            if try judging.fits(host, [entry], rule, limit) { return true }
        }
        return false
    }

    func privateAddress() -> String? {
        let isPrivate = hosts.contains { host in
            PrivateHosts.names(host) || HostName.readings(of: host).contains(where: PrivateHosts.contains)
        }
        return isPrivate ? "the host is this machine, or of a private network" : nil
    }

    func headers() throws(PackRefusal) -> String? {
        guard let headers = judging.values.value("headers")?.object else { return nil }
        let blocked = try judging.list(["blocked_headers"], rule)?.map(\.lowered) ?? []
        let allowed = try judging.list(["allowed_headers"], rule)?.map(\.lowered)
        for name in headers.keys.map(\.lowered) {
            if try judging.fits(name, blocked, rule, "blocked_headers") {
                return "a header is in the passport's blocked_headers"
            }
            if let allowed, try !judging.fits(name, allowed, rule, "allowed_headers") {
                return "a header is not in the passport's allowed_headers"
            }
        }
        return nil
    }
}

/// Hosts that are not on the public Internet, by their address or by a name that says so. A public name can lead to a
/// private address too, which nobody knows who does not look it up.
enum PrivateHosts {
    static func names(_ host: UTF8String) -> Bool {
        let suffixes: [UTF8String] = [
            "localhost", "local", "internal", "localdomain", "lan", "home.arpa", "intranet", "corp", "home",
            // Public services that answer with the address in the name.
            "nip.io", "sslip.io", "xip.io", "localtest.me", "lvh.me",
        ]
        return suffixes.contains { host == $0 || host.hasSuffix(UTF8String(".\($0)")) }
    }

    static func contains(_ host: HostName) -> Bool {
        switch host {
        case .name: return false
        case .v4(let address): return contains(address)
        case .v6(let address):
            let first = address.groups[0]
            // Only 2000::/3 is given out; NAT64, 6to4 and documentation in it or beside it lead elsewhere.
            return first & 0xe000 != 0x2000 || first == 0x2002 || (first == 0x2001 && address.groups[1] < 0x200)
                || (first == 0x2001 && address.groups[1] == 0xdb8)
        }
    }

    /// IANA's special-purpose addresses that are not globally reachable (RFC 6890 and what followed), and multicast.
    private static func contains(_ address: UInt32) -> Bool {
        let networks: [(UInt32, Int)] = [
            (0x0000_0000, 8), (0x0a00_0000, 8), (0x6440_0000, 10), (0x7f00_0000, 8), (0xa9fe_0000, 16),
            (0xac10_0000, 12), (0xc000_0000, 24), (0xc000_0200, 24), (0xc058_6300, 24), (0xc0a8_0000, 16),
            (0xc612_0000, 15), (0xc633_6400, 24), (0xcb00_7100, 24), (0xe000_0000, 3),
        ]
        return networks.contains { network, length in address >> (32 - length) == network >> (32 - length) }
    }
}

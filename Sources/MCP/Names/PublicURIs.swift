// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Resources of several servers under one roof. A URI stays as it is where it leads to its server alone; else it is
/// wrapped: `writ+<alias>:<the server's URI>`.
///
/// Which of the two is not a matter of form: a URI is kept exactly where `meaning(of:)` leads back to the same server and
/// URI. So what one server lists can make another's URI longer, but never take it over.
public struct PublicURIs: Sendable {
    private let owners: [UTF8String: Set<UTF8String>]
    /// Beginnings of templates, of which none begins with another, in order: a URI can begin with one of them at most.
    private let beginnings: [ServerName]
    private let aliases: Set<UTF8String>

    /// The URIs of these servers' lists.
    ///
    /// - Parameters:
    ///   - aliases: all servers in scope.
    ///   - uris: what their lists hold.
    ///   - templates: what their lists of templates hold.
    public init(
        aliases: some Sequence<UTF8String>, uris: some Sequence<ServerName>, templates: some Sequence<ServerName>
    ) {
        self.aliases = Set(aliases)
        let uris = Array(uris)
        var owners: [UTF8String: Set<UTF8String>] = [:]
        for uri in uris { owners[uri.name, default: []].insert(uri.alias) }
        self.owners = owners
        let beginnings = templates.map { ServerName($0.alias, Self.beginning(of: $0.name)) }
        self.beginnings = Self.unambiguous(beginnings.filter { !$0.name.isEmpty }, beside: uris)
    }

    /// Those beginnings that can only lead to their own server: nothing of another server's begins so, and this begins
    /// with no other server's.
    private static func unambiguous(_ templates: [ServerName], beside uris: [ServerName]) -> [ServerName] {
        let all = templates.sorted(by: isBefore)
        // What begins with a text follows it without a gap, so the next one of another server tells.
        let neighbours = (templates + uris).sorted(by: isBefore)
        var nextOther = Array(repeating: neighbours.count, count: neighbours.count)
        for index in neighbours.indices.dropLast().reversed() {
            let next = index + 1
            nextOther[index] = neighbours[next].alias == neighbours[index].alias ? nextOther[next] : next
        }
        var kept: [ServerName] = []
        // The texts that the current one begins with, outermost first, and whether they are of several servers.
        var around: [(text: ServerName, isMixed: Bool)] = []
        for candidate in all {
            while let last = around.last, !candidate.name.hasPrefix(last.text.name) { around.removeLast() }
            let isMixed = around.last.map { $0.isMixed || $0.text.alias != candidate.alias } ?? false
            around.append((candidate, isMixed))
            let first = place(of: candidate.name, in: neighbours)
            let other = neighbours[first].alias == candidate.alias ? nextOther[first] : first
            let isShared = other < neighbours.count && neighbours[other].name.hasPrefix(candidate.name)
            guard !isMixed, !isShared else { continue }
            // One that begins with another of the same server says nothing new.
            if let last = kept.last, candidate.name.hasPrefix(last.name) { continue }
            kept.append(candidate)
        }
        return kept
    }

    /// By text first.
    private static func isBefore(_ left: ServerName, _ right: ServerName) -> Bool {
        left.name == right.name ? left.alias < right.alias : left.name < right.name
    }

    /// How many of the names in order are before this text.
    private static func place(of text: UTF8String, in names: [ServerName]) -> Int {
        var (low, high) = (0, names.count)
        while low < high {
            let middle = (low + high) / 2
            if names[middle].name < text { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The server whose template a URI may be made from.
    private func owner(ofBeginning text: UTF8String) -> UTF8String? {
        let place = Self.place(of: text, in: beginnings)
        let candidates = beginnings[max(0, place - 1)..<min(beginnings.count, place + 1)]
        return candidates.first { text.hasPrefix($0.name) }?.alias
    }

    /// What stands before a template's first expression (RFC 6570): every URI made from it begins so.
    private static func beginning(of template: UTF8String) -> UTF8String {
        UTF8String(String(decoding: template.bytes.prefix { $0 != UInt8(ascii: "{") }, as: UTF8.self))
    }

    /// The public form of a server's URI, listed or not.
    public func spelling(of uri: ServerName) -> UTF8String {
        meaning(of: uri.name) == uri ? uri.name : Self.wrapped(uri)
    }

    /// The public form of a server's template.
    public func spelling(ofTemplate template: ServerName) -> UTF8String {
        guard !template.name.hasPrefix("writ+"),
            owner(ofBeginning: Self.beginning(of: template.name)) == template.alias
        else { return aliases.count == 1 && !template.name.hasPrefix("writ+") ? template.name : Self.wrapped(template) }
        return template.name
    }

    /// Which server's URI (or template) is meant; `nil` where none or several could be.
    public func meaning(of uri: UTF8String) -> ServerName? {
        if let wrapped = Self.unwrapped(uri) { return aliases.contains(wrapped.alias) ? wrapped : nil }
        if let owners = owners[uri] { return owners.count == 1 ? owners.first.map { ServerName($0, uri) } : nil }
        // A server alone has nobody to be mistaken for.
        if aliases.count == 1, let only = aliases.first { return ServerName(only, uri) }
        return owner(ofBeginning: uri).map { ServerName($0, uri) }
    }

    private static func wrapped(_ uri: ServerName) -> UTF8String {
        UTF8String("writ+\(uri.alias.string):\(uri.name.string)")
    }

    /// The two parts of a wrapped URI. Schemes have no case (RFC 3986 §3.1) and some clients write them small, as aliases
    /// are.
    private static func unwrapped(_ uri: UTF8String) -> ServerName? {
        guard uri.hasPrefix("writ+") else { return nil }
        let rest = uri.bytes.dropFirst(5)
        guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), let alias = UTF8String(validating: rest[..<colon]),
            let inner = UTF8String(validating: rest[(colon + 1)...])
        else { return nil }
        return ServerName(alias, inner)
    }
}

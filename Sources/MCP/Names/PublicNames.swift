// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A name at one of several servers.
public struct ServerName: Sendable, Hashable, Comparable {
    /// The server.
    public let alias: UTF8String
    /// The name as the server has it.
    public let name: UTF8String

    /// A name.
    public init(_ alias: UTF8String, _ name: UTF8String) {
        self.alias = alias
        self.name = name
    }

    /// By alias, then by name, bytewise.
    public static func < (left: ServerName, right: ServerName) -> Bool {
        left.alias == right.alias ? left.name < right.name : left.alias < right.alias
    }
}

/// Names of several servers' tools (or prompts) under one roof: `<alias>__<name>`.
///
/// At most `Limits.publicNameBytesMax` bytes of `A-Z a-z 0-9 _ . -`. What does not fit so ends in `_` and ten letters of a
/// hash. A name depends on nothing but itself, except where two would be spelled alike: the plain one keeps its spelling,
/// the others are hashed again, in the order of the names, so equal sets give equal names in whatever order they came.
public struct PublicNames: Sendable {
    private var spelled: [ServerName: UTF8String] = [:]
    private var meant: [UTF8String: ServerName] = [:]
    private let aliases: Set<UTF8String>

    /// The names of these servers' lists.
    ///
    /// - Parameters:
    ///   - aliases: all servers in scope, whether their lists are known or not.
    ///   - names: what their lists hold.
    public init(aliases: some Sequence<UTF8String>, names: some Sequence<ServerName>) {
        self.aliases = Set(aliases)
        let all = Set(names).sorted()
        for name in all {
            guard let plain = plain(name) else { continue }
            take(name, plain)
        }
        for name in all where spelled[name] == nil {
            var round: UInt64 = 0
            // Each round gives another spelling; there are more rounds than names, so one is free.
            while meant[Self.hashed(name, round)] != nil, round <= UInt64(all.count) { round += 1 }
            let spelling = Self.hashed(name, round)
            if meant[spelling] == nil { take(name, spelling) }
        }
    }

    private mutating func take(_ name: ServerName, _ spelling: UTF8String) {
        spelled[name] = spelling
        meant[spelling] = name
    }

    /// The public name of a server's.
    public subscript(name: ServerName) -> UTF8String? { spelled[name] }

    /// Which server's name is meant. One that no list holds is split at its first `__`: the server may have what its list
    /// does not show, or its list may not have come.
    public func meaning(of name: UTF8String) -> ServerName? {
        if let known = meant[name] { return known }
        guard let split = split(name), plain(split) == name else { return nil }
        return split
    }

    private func split(_ name: UTF8String) -> ServerName? {
        let bytes = name.bytes
        let underscore = UInt8(ascii: "_")
        guard
            let place = bytes.indices.dropLast().first(where: { bytes[$0] == underscore && bytes[$0 + 1] == underscore }
            ),
            let alias = UTF8String(validating: bytes[..<place]), aliases.contains(alias),
            let rest = UTF8String(validating: bytes[(place + 2)...]), !rest.isEmpty
        else { return nil }
        return ServerName(alias, rest)
    }

    /// `<alias>__<name>`, where that fits and is split into the same two.
    private func plain(_ name: ServerName) -> UTF8String? {
        let bytes = Self.joined(name)
        guard bytes.count <= Limits.publicNameBytesMax, bytes.allSatisfy(Self.isAllowed) else { return nil }
        let spelling = UTF8String(String(decoding: bytes, as: UTF8.self))
        return split(spelling) == name ? spelling : nil
    }

    private static func joined(_ name: ServerName) -> [UInt8] { name.alias.bytes + Array("__".utf8) + name.name.bytes }

    /// As much of it as there is room for, and the hash.
    private static func hashed(_ name: ServerName, _ round: UInt64) -> UTF8String {
        let suffix = ShortHash.letters(of: name, round: round)
        let room = Limits.publicNameBytesMax - suffix.count - 1
        let head = joined(name).prefix(room).map { isAllowed($0) ? $0 : UInt8(ascii: "_") }
        return UTF8String(String(decoding: head + [UInt8(ascii: "_")] + suffix, as: UTF8.self))
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

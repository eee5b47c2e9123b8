// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// One item of a merged list: whose it is, and how the client sees it.
public struct MergedItem: Sendable, Equatable {
    /// The server, and the name there.
    public let origin: ServerName
    /// The item under its public name.
    public let json: JSON
}

/// Several servers' lists as one: by alias, then in each server's order. Names and URIs are given their public form.
public enum MergedList {
    /// Tools or prompts. An item that has no public name is left out.
    public static func named(
        _ kind: ListKind, _ lists: [UTF8String: [ListItem]], _ names: PublicNames
    ) -> [MergedItem] {
        merged(kind, lists) { names[$0] }
    }

    /// Resources or resource templates.
    public static func resources(
        _ kind: ListKind, _ lists: [UTF8String: [ListItem]], _ uris: PublicURIs
    ) -> [MergedItem] {
        merged(kind, lists) { kind == .resourceTemplates ? uris.spelling(ofTemplate: $0) : uris.spelling(of: $0) }
    }

    /// Any list, with names of the caller's: sealed task ids, or a single server's own.
    public static func merged(
        _ kind: ListKind, _ lists: [UTF8String: [ListItem]], _ spelling: (ServerName) -> UTF8String?
    ) -> [MergedItem] {
        lists.sorted { $0.key < $1.key }.flatMap { alias, items in
            items.compactMap { item in
                let origin = ServerName(alias, item.name)
                return spelling(origin).map { MergedItem(origin: origin, json: item.renamed($0, kind)) }
            }
        }
    }
}

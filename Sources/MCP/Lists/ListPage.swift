// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Something that a list holds.
public struct ListItem: Sendable, Equatable {
    /// Its name, URI, template or id, as its server has it.
    public let name: UTF8String
    /// The whole of it, as its server wrote it.
    public let json: JSONObject

    /// An item, or `nil` where it has no name, one that is too long, or a member that equals one that counts only
    /// ignoring case: two readers would see two tools.
    public init?(_ json: JSON, _ kind: ListKind) {
        guard let object = json.object, let name = object[kind.nameMember]?.string, !name.isEmpty,
            name.byteCount <= kind.nameBytesMax, !MemberNames.hasItemVariant(object)
        else { return nil }
        self.name = name
        self.json = object
    }

    /// The same under another name.
    public func renamed(_ name: UTF8String, _ kind: ListKind) -> JSON {
        var object = json
        object[kind.nameMember] = .string(name)
        return .object(object)
    }
}

/// One page of a server's list.
public struct ListPage: Sendable, Equatable {
    /// What it holds, in the server's order.
    public let items: [ListItem]
    /// How many more it holds that are left out: no objects, without name, …
    public let dropped: Int
    /// Where the next one is.
    public let nextCursor: UTF8String?

    /// Reads a page.
    ///
    /// - Throws: `ListDefect`.
    public init(_ kind: ListKind, _ result: JSONObject) throws(ListDefect) {
        guard !MemberNames.hasResultVariant(result), let all = result[kind.member]?.array else { throw .form }
        guard all.count <= Limits.listItemsMax else { throw .tooLong }
        items = all.compactMap { ListItem($0, kind) }
        dropped = all.count - items.count
        switch result["nextCursor"] {
        case nil, .null?: nextCursor = nil
        case .string(let cursor)? where cursor.byteCount <= Limits.cursorBytesMax: nextCursor = cursor
        default: throw .form
        }
    }

    /// The request's parameters, without `_meta`.
    public static func params(cursor: UTF8String?) -> JSONObject {
        var params = JSONObject()
        params.add("cursor", cursor.map(JSON.string))
        return params
    }

    /// A client's cursor.
    ///
    /// - Throws: `RequestRefusal` where it is no text or too long.
    public static func cursor(in params: JSONObject?) throws(RequestRefusal) -> UTF8String? {
        guard let value = params?["cursor"] else { return nil }
        guard let cursor = value.string, cursor.byteCount <= Limits.cursorBytesMax else {
            throw RequestRefusal("Invalid params: cursor is not one of ours")
        }
        return cursor
    }

    /// A result of our own with these items.
    public static func result(
        _ kind: ListKind, _ items: [JSON], nextCursor: UTF8String?, for client: Revision, serverInfo: JSON?
    ) -> JSONObject {
        var result = JSONObject()
        result.add(kind.member, .array(items))
        result.add("nextCursor", nextCursor.map(JSON.string))
        return Bridge(client: client, server: .latestModern, serverInfo: serverInfo).completed(result, of: kind.method)
    }
}

/// Why a server's list cannot be had.
public enum ListDefect: Error, Sendable, Hashable {
    /// A page is no page.
    case form
    /// More items or pages than the limits, or a cursor that came before.
    case tooLong

    /// For the operator.
    public var text: String {
        switch self {
        case .form: "the server's list is out of form"
        case .tooLong: "the server's list is too long"
        }
    }
}

/// One server's list, page by page.
public struct ListCollector: Sendable {
    /// Which list.
    public let kind: ListKind
    /// What has come, in the server's order; of items with the same name the first.
    public private(set) var items: [ListItem] = []
    /// How many have been left out.
    public private(set) var dropped = 0
    private var names: Set<UTF8String> = []
    private var cursors: Set<UTF8String> = []
    /// Of the pages after the first, which alone is no more than a message.
    private var bytes = 0

    /// Nothing yet.
    public init(_ kind: ListKind) { self.kind = kind }

    /// Takes a page.
    ///
    /// - Returns: the cursor of the next one to ask for; `nil` where this was the last.
    /// - Throws: `ListDefect`; what has come before it is not the whole list.
    public mutating func add(_ result: JSONObject) throws(ListDefect) -> UTF8String? {
        if !cursors.isEmpty { bytes += JSON.object(result).serialized().count }
        guard bytes <= Limits.listBytesMax else { throw .tooLong }
        let page = try ListPage(kind, result)
        dropped += page.dropped
        for item in page.items {
            guard names.insert(item.name).inserted else {
                dropped += 1
                continue
            }
            items.append(item)
        }
        guard items.count <= Limits.listItemsMax else { throw .tooLong }
        guard let cursor = page.nextCursor else { return nil }
        guard cursors.insert(cursor).inserted, cursors.count < Limits.listPagesMax else { throw .tooLong }
        return cursor
    }
}

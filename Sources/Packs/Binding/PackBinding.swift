// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// That the calls of a tool come under a pack, and where in their arguments they say what the pack asks.
public struct PackBinding: Sendable, Equatable {
    /// The pack: `data.file.write.v1`.
    public let pack: UTF8String
    /// The canonical tool (`git.merge`), which says what a call leaves out; empty where none fits.
    public let tool: UTF8String
    /// What the pack looks at, by its own names; `nil` where the arguments have these names themselves.
    public let members: [PackMember]?
    /// The server's alias, where Writ itself says which server is called.
    public let server: UTF8String?
    /// Whether nobody has named the pack for this tool. Such a pack asks for its capabilities, its assurance and its
    /// region, and for the rest where the passport has limits of it.
    public let isImplied: Bool

    /// A binding.
    public init(
        pack: UTF8String, tool: UTF8String = "", members: [PackMember]? = nil, server: UTF8String? = nil,
        isImplied: Bool = false
    ) {
        self.pack = pack
        self.tool = tool
        self.members = members
        self.server = server
        self.isImplied = isImplied
    }

    /// The pack's context of a call's arguments.
    public func context(of arguments: JSONObject) -> JSONObject {
        guard let members else { return arguments }
        let document = JSON.object(arguments)
        var context = JSONObject()
        for member in members {
            if let value = member.value(in: document) { context[member.name] = value }
        }
        return context
    }

    /// The same, as somebody's own choice.
    var named: PackBinding { PackBinding(pack: pack, tool: tool, members: members, server: server) }
}

extension PackBinding {
    /// Why a binding cannot be read.
    public struct Mistake: Error, Sendable, Equatable, CustomStringConvertible {
        /// Where it is, a pointer without its first slash; empty for the whole.
        public let place: String
        /// What was expected.
        public let expected: String

        /// `members/amount: expected …`.
        public var description: String { "\(place.isEmpty ? "" : place + ": ")expected \(expected)" }
    }

    /// Reads what a configuration says of a tool: a pack's id, or `{pack: …, members: {NAME: …}}`.
    ///
    /// - Throws: `Mistake`; also for packs and members that are not known here.
    public init(configured json: JSON) throws(Mistake) {
        var names: UTF8String?
        var members: [PackMember]?
        if let text = json.string {
            names = text
        } else if let object = json.object {
            names = object["pack"]?.string
            if let stranger = object.keys.first(where: { $0 != "pack" && $0 != "members" }) {
                throw Mistake(place: stranger.string, expected: "nothing of that name: there are pack and members")
            }
            members = try object["members"].map { json throws(Mistake) in try Self.members(json) }
        }
        guard let pack = names, let definition = PackRows.pack(pack) else {
            let known = PackRules.packs.map(\.string).joined(separator: ", ")
            throw Mistake(place: json.object == nil ? "" : "pack", expected: "one of \(known)")
        }
        let known = Set(definition.members.flatMap(\.names).map(\.firstPart))
        if let stranger = members?.first(where: { !known.contains($0.name) }) {
            let names = known.sorted().map(\.string).joined(separator: ", ")
            throw Mistake(place: "members/\(stranger.name)", expected: "what the pack looks at: \(names)")
        }
        self.init(pack: pack, members: members)
    }

    /// Reads back what `archived` wrote. What is written down already was in force, so nothing of it is judged again.
    ///
    /// - Throws: `Mistake`.
    public init(archived json: JSON) throws(Mistake) {
        guard let object = json.object, let pack = object["pack"]?.string else {
            throw Mistake(place: "pack", expected: "a pack")
        }
        self.init(
            pack: pack, tool: object["tool"]?.string ?? "",
            members: try object["members"].map { json throws(Mistake) in try Self.members(json) },
            server: object["server"]?.string, isImplied: object["implied"] == true)
    }

    /// For the record of a decision.
    public var archived: JSON {
        var object = JSONObject()
        object["pack"] = .string(pack)
        if !tool.isEmpty { object["tool"] = .string(tool) }
        if let members {
            object["members"] = .object(JSONObject(unique: members.map { JSONMember(key: $0.name, value: $0.json) }))
        }
        if let server { object["server"] = .string(server) }
        if isImplied { object["implied"] = true }
        return .object(object)
    }

    private static func members(_ json: JSON) throws(Mistake) -> [PackMember] {
        guard let object = json.object else {
            throw Mistake(place: "members", expected: "a table: the pack's names, and where the arguments have them")
        }
        var members: [PackMember] = []
        for member in object.members { members.append(try PackMember(member.key, member.value)) }
        return members
    }
}

extension UTF8String {
    /// `items` of `items.-.sku`.
    fileprivate var firstPart: UTF8String {
        UTF8String(validating: bytes.prefix { $0 != UInt8(ascii: ".") }) ?? self
    }
}

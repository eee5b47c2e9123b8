// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The maps that are in force: by server alias and tool name, exactly.
public struct ToolMaps: Sendable, Equatable {
    private var maps: [ToolReference: ToolMap] = [:]

    /// No maps: every call has opaque arguments.
    public init() {}

    /// The names that `use(builtIn:for:)` takes: usually the server's program.
    public static let builtInNames: [UTF8String] = BuiltInMaps.texts.keys.sorted()

    /// Puts one of the maps that come with Writ in force for a server. Which program a server really is, is for the
    /// caller to know.
    ///
    /// - Throws: `ToolMapError` where there is no such map.
    public mutating func use(builtIn name: UTF8String, for server: UTF8String) throws(ToolMapError) {
        guard let text = BuiltInMaps.texts[name] else {
            let known = Self.builtInNames.map(\.string).joined(separator: ", ")
            throw ToolMapError("", "there is no built-in map \(name); there are \(known)")
        }
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: text) } catch { throw ToolMapError("", error.description) }
        try overlay(json, for: server)
    }

    /// Puts a server's own maps (`{"tools": {…}}`) in force; each replaces the whole map its tool had.
    ///
    /// - Throws: `ToolMapError`; nothing is changed then.
    public mutating func overlay(_ json: JSON, for server: UTF8String) throws(ToolMapError) {
        for (tool, map) in try ToolMap.tools(from: json) { maps[ToolReference(server: server, tool: tool)] = map }
    }

    /// The tools of a server that have maps, sorted.
    public func tools(of server: UTF8String) -> [UTF8String] {
        maps.keys.filter { $0.server == server }.map(\.tool).sorted()
    }

    /// The map of a tool, where it has one.
    public subscript(tool: ToolReference) -> ToolMap? { maps[tool] }
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The maps that are in force: by server alias and tool name, exactly.
public struct ToolMaps: Sendable, Equatable {
    private var maps: [ToolReference: ToolMap] = [:]
    /// Built-in maps by server, the last one first. They are read where a call asks for one of their tools: a program
    /// that decides one call reads one map.
    private var builtIns: [UTF8String: [UTF8String]] = [:]

    /// No maps: every call has opaque arguments.
    public init() {}

    /// The names that `use(builtIn:for:)` takes: usually the server's program.
    public static let builtInNames: [UTF8String] = BuiltInMaps.makers.keys.sorted()

    /// Those of them that are coding agents, whose own tools the maps describe: no server's program, and the alias that
    /// calls of these tools have.
    public static let harnesses: [UTF8String] = BuiltInMaps.harnesses.sorted()

    /// Puts one of the maps that come with Writ in force for a server. Which program a server really is, is for the
    /// caller to know.
    ///
    /// - Throws: `ToolMapError` where there is no such map.
    public mutating func use(builtIn name: UTF8String, for server: UTF8String) throws(ToolMapError) {
        guard let map = BuiltInMaps.makers[name] else {
            let known = Self.builtInNames.map(\.string).joined(separator: ", ")
            throw ToolMapError("", "there is no built-in map \(name); there are \(known)")
        }
        if maps.keys.contains(where: { $0.server == server }) {
            for tool in map().names { maps[ToolReference(server: server, tool: tool)] = nil }
        }
        builtIns[server] = [name] + (builtIns[server] ?? [])
    }

    /// Puts a server's own maps (`{"tools": {…}}`) in force; each replaces the whole map its tool had.
    ///
    /// - Throws: `ToolMapError`; nothing is changed then.
    public mutating func overlay(_ json: JSON, for server: UTF8String) throws(ToolMapError) {
        for (tool, map) in try ToolMap.tools(from: json) { maps[ToolReference(server: server, tool: tool)] = map }
    }

    /// The tools of a server that have maps, sorted.
    public func tools(of server: UTF8String) -> [UTF8String] {
        var tools = Set(maps.keys.filter { $0.server == server }.map(\.tool))
        for name in builtIns[server] ?? [] { tools.formUnion(BuiltInMaps[name]?.names.map(\.self) ?? []) }
        return tools.sorted()
    }

    /// The map of a tool, where it has one.
    public subscript(tool: ToolReference) -> ToolMap? {
        if let map = maps[tool] { return map }
        for name in builtIns[tool.server] ?? [] {
            if let map = Self.readable(tool.tool, name) { return map }
        }
        return nil
    }

    /// A tool whose map cannot be read has none, so that its calls are opaque.
    private static func readable(_ tool: UTF8String, _ name: UTF8String) -> ToolMap? {
        do throws(ToolMapError) { return try BuiltInMaps[name]?.tool(tool) } catch { return nil }
    }
}

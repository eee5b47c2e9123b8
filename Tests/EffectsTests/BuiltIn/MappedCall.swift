// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON
import Testing

/// A call of a tool of a built-in map, and what it touches, as one line: `tool {"path":"a"} = read /p/a; opaque code`.
struct MappedCall: CustomTestStringConvertible, Sendable {
    let map: UTF8String
    let tool: UTF8String
    let arguments: String
    let expected: [String]

    var testDescription: String { "\(map)/\(tool) \(arguments)" }

    static func rows(_ map: String, _ text: String) -> [MappedCall] {
        text.split(separator: "\n").map { line in
            let words = line.split(separator: " ", maxSplits: 1)
            let rest = words.last ?? ""
            // The last one: a command may have others.
            let cut = rest.indices.last { rest[$0...].hasPrefix(" =") } ?? rest.endIndex
            let effects = rest[cut...].dropFirst(2).split(separator: ";").map { part in
                String(part.drop { $0 == " " })
            }
            return MappedCall(
                map: UTF8String(map), tool: UTF8String(String(words.first ?? "")), arguments: String(rest[..<cut]),
                expected: effects.filter { !$0.isEmpty })
        }
    }

    static let place = EffectEnvironment(workingDirectory: "/p", home: "/home/me")

    /// The effects, each as verb and id.
    static func effects(_ map: UTF8String, _ tool: UTF8String, _ arguments: JSON) throws -> [String] {
        var maps = ToolMaps()
        try maps.use(builtIn: map, for: "s")
        return try EffectDeriver(maps: maps).effects(
            of: ToolReference(server: "s", tool: tool), parameters: arguments, environment: place
        ).effects.map { "\($0.verb.rawValue) \($0.resource.name.id)" }
    }

    func effects() throws -> [String] {
        try Self.effects(map, tool, JSON(parsing: UTF8String(arguments)))
    }
}

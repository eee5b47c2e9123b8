// SPDX-License-Identifier: Apache-2.0

import Cedar
import Effects
import HomeFolder
import StrictJSON

/// The policy that `writ init --from` writes for a server: what only looks is permitted, the rest stands there as comments,
/// and it says what it leaves open.
struct ServerPolicy {
    private let server: Configuration.Server
    /// What the client calls it.
    private let name: UTF8String
    /// Its definitions; `nil` where it was not asked.
    private let definitions: [JSON]?
    private let maps: ToolMaps

    /// A tool, as far as something is known of it.
    private struct Tool {
        let name: UTF8String
        /// Whether it is permitted.
        let isPermitted: Bool
        /// Why, or why not.
        let note: String
    }

    init(_ server: Configuration.Server, name: UTF8String, definitions: [JSON]?) {
        self.server = server
        self.name = name
        self.definitions = definitions
        var maps = ToolMaps()
        do throws(ToolMapError) {
            if let builtIn = server.builtInMap { try maps.use(builtIn: builtIn, for: server.alias) }
            if let map = server.map { try maps.overlay(map, for: server.alias) }
        } catch {
            // The load of the configuration says what is wrong with a map.
        }
        self.maps = maps
    }

    /// The file's name in `policies/`.
    static func fileName(_ alias: UTF8String) -> String { "server-\(alias).cedar" }

    /// How many tools it permits.
    var permitted: Int { tools.filter(\.isPermitted).count }

    private var tools: [Tool] {
        var seen: Set<UTF8String> = []
        let listed = (definitions ?? []).filter { definition in
            guard let name = definition["name"]?.string, Self.isWritable(name) else { return false }
            return seen.insert(name).inserted
        }
        if definitions != nil { return listed.map { tool($0["name"]?.string ?? "", $0) } }
        return maps.tools(of: server.alias).map { tool($0, nil) }
    }

    /// A name that can stand in a policy as it is.
    private static func isWritable(_ name: UTF8String) -> Bool {
        (1...128).contains(name.byteCount) && name.bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
    }

    private func tool(_ name: UTF8String, _ definition: JSON?) -> Tool {
        if let map = maps[ToolReference(server: server.alias, tool: name)] {
            let verbs = map.verbs.map(\.rawValue).joined(separator: ", ")
            if map.hasOpaqueParts {
                return Tool(name: name, isPermitted: false, note: "runs or does more than its arguments say")
            }
            let isReading = map.verbs.allSatisfy { $0 == .read || $0 == .query }
            return Tool(name: name, isPermitted: isReading, note: verbs.isEmpty ? "touches nothing" : "can \(verbs)")
        }
        let claims = definition?["annotations"]
        if claims?["readOnlyHint"] == true {
            return Tool(name: name, isPermitted: true, note: "says that it only reads")
        }
        if claims?["destructiveHint"] == true {
            return Tool(name: name, isPermitted: false, note: "says that it destroys")
        }
        return Tool(name: name, isPermitted: false, note: "says nothing of what it does")
    }

    /// How the permitted tools look at things.
    private var readingVerbs: [String] {
        let verbs = tools.filter(\.isPermitted).compactMap { maps[ToolReference(server: server.alias, tool: $0.name)] }
            .flatMap(\.verbs)
        return [Verb.read, .query].filter { verbs.contains($0) }.map(\.rawValue)
    }

    private var hasMap: Bool { !maps.tools(of: server.alias).isEmpty }

    /// The file's text.
    var text: String {
        let alias = server.alias.string
        let tools = tools
        let (open, closed) = (tools.filter(\.isPermitted), tools.filter { !$0.isPermitted })
        var lines = [
            "// The server \(alias)" + (name == server.alias ? "" : ", which its client calls \(Self.quoted(name))")
                + ". Made by `writ init --from`; it is yours to change.",
            "// Whatever no policy permits is denied. After a change: writ policy check",
            "",
        ]
        if definitions == nil, !hasMap {
            lines += [
                "// Its tools are not known yet. When the gateway has listed them: writ tools list \(alias)",
                "// Put their names here, and take the slashes away:",
                "//",
            ]
            lines += Self.comment(
                permit("\(alias)-tools", ["TOOL"]) + [""] + argumentsPermit("\(alias)-arguments"))
            return (lines + rest).joined(separator: "\n") + "\n"
        }
        if tools.isEmpty { lines.append("// It has no tools.") }
        if !open.isEmpty {
            lines += ["// Permitted:"] + notes(open)
            lines += permit("\(alias)-tools", open.map(\.name)) + [""]
        }
        if !closed.isEmpty {
            lines +=
                ["// Not permitted; take the slashes away from what you want, and mind the commas:"] + notes(closed)
            lines.append("//")
            lines += Self.comment(permit("\(alias)-more-tools", closed.map(\.name))) + [""]
        }
        if hasMap {
            let verbs = readingVerbs
            if !verbs.isEmpty, !open.isEmpty {
                lines += [
                    "// What these calls touch is judged too. This leaves open which: narrow it, as with",
                    "// resource in Directory::\"/home/you/project\".",
                    "@id(\"\(alias)-reading\")",
                    "permit (principal, action in [\(verbs.map { "Action::\"\($0)\"" }.joined(separator: ", "))], resource)",
                    "when { context.call.server == \"\(alias)\" };", "",
                ]
            }
        } else if !tools.isEmpty {
            lines += [
                "// Writ has no map of this server, so it does not know what arguments mean: what these tools do with them is",
                "// left open, whatever they name. A map in writ.yaml closes that (docs/effects.md).",
            ]
            let permit = argumentsPermit("\(alias)-arguments")
            lines += (open.isEmpty ? Self.comment(permit) : permit) + [""]
        }
        return (lines + rest).joined(separator: "\n") + "\n"
    }

    /// What is said for every server.
    private var rest: [String] {
        let alias = server.alias.string
        return [
            "// Its resources and prompts are denied too, and so are its own requests to the client (sampling, elicitation,",
            "// roots). To permit reading, for example (a file: or https: address is judged as an effect besides):",
            "//",
        ]
            + Self.comment([
                "@id(\"\(alias)-resources\")",
                "permit (principal, action == Action::\"mcp:resources/read\", resource in Server::\"\(alias)\");",
                "@id(\"\(alias)-prompts\")",
                "permit (principal, action == Action::\"mcp:prompts/get\", resource in Server::\"\(alias)\");",
            ])
    }

    private func permit(_ id: String, _ names: [UTF8String]) -> [String] {
        let actions = names.enumerated().map { index, name in
            "        Action::\(Self.quoted(UTF8String("\(server.alias)/\(name)")))"
                + (index == names.count - 1 ? "" : ",")
        }
        return ["@id(\"\(id)\")", "permit (", "    principal,", "    action in ["] + actions
            + ["    ],", "    resource", ");"]
    }

    private func argumentsPermit(_ id: String) -> [String] {
        [
            "@id(\"\(id)\")",
            "permit (principal, action == Action::\"opaque\", resource == Opaque::\"arguments\")",
            "when { context.call.server == \"\(server.alias)\" };",
        ]
    }

    private func notes(_ tools: [Tool]) -> [String] {
        tools.map { "//   \(Self.quoted($0.name)) \($0.note)" }
    }

    private static func comment(_ lines: [String]) -> [String] { lines.map { $0.isEmpty ? "//" : "// \($0)" } }

    /// As a text of Cedar's; without anything that could end a line or turn one around.
    private static func quoted(_ text: UTF8String) -> String {
        var result = "\""
        for scalar in text.string.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5c: result += "\\\(scalar)"
            case 0x20..<0x7f: result.unicodeScalars.append(scalar)
            default: result += "\\u{" + String(scalar.value, radix: 16) + "}"
            }
        }
        return result + "\""
    }
}

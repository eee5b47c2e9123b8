// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Synchronization

/// A map that comes with Writ: a table (`MapTable`) whose tools are read one at a time, when a call asks for them. A
/// program that decides one call reads one.
final class BuiltInMap: Sendable {
    private let sections: [MapTable.Section]
    private let places: [UTF8String: Int]
    private let paths: PathStyle
    private let known = Mutex<[UTF8String: ToolMap]>([:])

    init(table text: String, paths style: PathStyle = PathStyle()) {
        paths = style
        sections = MapTable.sections(text)
        var places: [UTF8String: Int] = [:]
        for (index, section) in sections.enumerated() {
            for name in section.names { places[UTF8String(String(name))] = index }
        }
        self.places = places
    }

    var names: Dictionary<UTF8String, Int>.Keys { places.keys }

    /// A tool's map, or `nil` where it has none.
    func tool(_ name: UTF8String) throws(ToolMapError) -> ToolMap? {
        guard let place = places[name] else { return nil }
        if let map = known.withLock({ $0[name] }) { return map }
        var section = sections[place]
        section.names = [Substring(name.string)]
        var map = try ToolMap.tools(from: try MapTable.document([section]))[name]
        map?.paths = paths
        known.withLock { $0[name] = map }
        return map
    }

    /// Every tool's map, for the test that reads them all.
    func tools() throws(ToolMapError) -> [UTF8String: ToolMap] {
        try ToolMap.tools(from: try MapTable.document(sections)).mapValues { map in
            var map = map
            map.paths = paths
            return map
        }
    }
}

/// The maps that come with Writ; the tests read every one.
enum BuiltInMaps {
    /// By name. Each map is a `static let`, so that it is made when it is first asked for.
    static let makers: [UTF8String: @Sendable () -> BuiltInMap] = [
        "documents": { documents }, "aport": { aport },
        "mcp-server-git": { git }, "mcp-server-time": { time }, "mcp-server-filesystem": { filesystem },
        "mcp-server-fetch": { fetch }, "mcp-server-sqlite": { sqlite }, "mcp-server-postgres": { postgres },
        "mcp-server-memory": { memory }, "mcp-server-sequential-thinking": { sequentialThinking },
        "mcp-server-everything": { everything }, "mcp-shell-server": { shellServer },
        "cli-mcp-server": { commandLineServer }, "mcp-server-commands": { commandsServer },
        "github-mcp-server": { github }, "mcp-server-github": { githubReference },
        "mcp-server-slack": { slackReference }, "slack-mcp-server": { slackCommunity }, "mcp.slack.com": { slackOwn },
        "mcp-server-puppeteer": { puppeteer }, "mcp-server-playwright": { playwright },
        "claude-code": { claudeCode }, "codex": { codex }, "cursor": { cursor }, "gemini": { gemini },
        "copilot": { copilot }, "openclaw": { openClaw },
    ]

    /// Names of coding agents.
    static let harnesses: Set<UTF8String> = ["claude-code", "codex", "cursor", "gemini", "copilot", "openclaw"]

    /// A map by its name.
    static subscript(name: UTF8String) -> BuiltInMap? { makers[name]?() }
}

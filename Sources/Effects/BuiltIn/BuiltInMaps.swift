// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A map that comes with Writ, read once.
struct BuiltInMap: Sendable {
    let tools: Result<[UTF8String: ToolMap], ToolMapError>

    /// A map as it would stand in a configuration.
    init(json text: UTF8String) {
        do throws(ToolMapError) {
            let json: JSON
            do throws(JSONError) { json = try JSON(parsing: text) } catch { throw ToolMapError("", error.description) }
            tools = .success(try ToolMap.tools(from: json))
        } catch {
            tools = .failure(error)
        }
    }

    /// A map as a table (`MapTable`).
    init(table text: String) {
        do throws(ToolMapError) {
            tools = .success(try ToolMap.tools(from: try MapTable.document(text)))
        } catch {
            tools = .failure(error)
        }
    }
}

/// The maps that come with Writ; the tests read every one.
enum BuiltInMaps {
    /// By name. Each map is a `static let`, so that it is read when it is first asked for.
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

    /// The tools of a map; none where there is no such map.
    static func tools(of name: UTF8String) throws(ToolMapError) -> [UTF8String: ToolMap] {
        guard let map = makers[name]?() else { return [:] }
        return try map.tools.get()
    }
}

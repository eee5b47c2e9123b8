// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// A configuration of an MCP client: which servers it starts, and the shape in which it wants to be told of others.
public struct ClientFile: Sendable {
    /// How a client writes its servers down.
    public enum Shape: Sendable, Hashable {
        /// `mcpServers` in JSON: Claude Desktop, Claude Code, Cursor, Windsurf, Gemini and most others.
        case mcpServers
        /// `servers` in JSON: VS Code's `mcp.json`.
        case servers
        /// `mcp.servers` in JSON: VS Code's settings.
        case settings
        /// `[mcp_servers.NAME]` in TOML: Codex.
        case codex
    }

    /// How it is written.
    public let shape: Shape
    /// The servers that can be taken over, in the file's order.
    public let servers: [ClientServer]
    /// The others.
    public let unusable: [UnusableServer]
    /// What else the file says that is not taken over; for people.
    public let remarks: [String]

    /// Reads a client's file.
    ///
    /// - Parameters:
    ///   - path: absolute; `${workspaceFolder}` is what it lies in.
    ///   - home: the user's home folder, for `${userHome}` and `~`.
    /// - Throws: `HomeError`: it cannot be read, is too large, is no JSON or TOML (with line and column), or names no
    ///   servers. Nothing of its values.
    public static func read(_ path: String, home: String?) throws(HomeError) -> ClientFile {
        try ClientFile(FileAccess.read(path, limit: Limits.clientFileBytes), path: path, home: home)
    }

    init(_ bytes: [UInt8], path: String, home: String?) throws(HomeError) {
        let isTOML = path.hasSuffix(".toml")
        let document = try isTOML ? Self.toml(bytes, path) : Self.json(bytes, path)
        guard document.object != nil else {
            throw HomeError(.malformed, "\(path): expected an object with `mcpServers`, not \(document.kindName)")
        }
        let table: JSON?
        if isTOML {
            (shape, table) = (.codex, document["mcp_servers"])
        } else if let known = document["mcpServers"] {
            (shape, table) = (.mcpServers, known)
        } else if let known = document["servers"] {
            (shape, table) = (.servers, known)
        } else {
            (shape, table) = (.settings, document["mcp"]?["servers"])
        }
        guard let table else {
            throw HomeError(
                .malformed,
                "\(path) names no servers: expected `mcpServers` (Claude, Cursor, Gemini, ...), `servers` (VS Code), or "
                    + "[mcp_servers.NAME] in a .toml file (Codex)")
        }
        guard let object = table.object else {
            throw HomeError(.malformed, "\(path): the servers are \(table.kindName); expected a table of names")
        }
        guard object.count <= Limits.clientServers else {
            throw HomeError(
                .tooLarge, "\(path) has \(object.count) servers; at most \(Limits.clientServers) are taken over")
        }
        let reader = ClientServerReader(
            isCodex: isTOML,
            variables: ClientVariables(
                home: home, workspace: Self.workspace(of: path), file: path, inputs: Self.inputs(document)))
        var servers: [ClientServer] = []
        var unusable: [UnusableServer] = []
        for member in object.members {
            do throws(ClientServerReader.Refusal) {
                if let server = try reader.server(member.key, member.value) { servers.append(server) }
            } catch {
                unusable.append(UnusableServer(name: member.key, why: error.why))
            }
        }
        self.servers = servers
        self.unusable = unusable
        remarks = Self.remarks(document)
    }

    private static func json(_ bytes: [UInt8], _ path: String) throws(HomeError) -> JSON {
        do throws(JSONError) { return try CommentedJSON.read(bytes) } catch {
            throw HomeError(
                .malformed,
                "\(path):\(error.line):\(error.column): \(error.code.rawValue): not JSON that has one meaning")
        }
    }

    private static func toml(_ bytes: [UInt8], _ path: String) throws(HomeError) -> JSON {
        do throws(TOMLDocument.Failure) { return try TOMLDocument.read(bytes) } catch {
            throw HomeError(.malformed, "\(path):\(error.line):\(error.column): \(error.problem)")
        }
    }

    /// The project that a client's file belongs to: `X/.vscode/mcp.json`, `X/.cursor/mcp.json`, `X/.mcp.json`.
    private static func workspace(of path: String) -> String {
        var parts = path.split(separator: "/").dropLast()
        if let last = parts.last, last.hasPrefix(".") { parts = parts.dropLast() }
        return "/" + parts.joined(separator: "/")
    }

    private static func inputs(_ document: JSON) -> Set<String> {
        let inputs = document["inputs"]?.array ?? document["mcp"]?["inputs"]?.array ?? []
        return Set(inputs.compactMap { $0["id"]?.string?.string })
    }

    private static func remarks(_ document: JSON) -> [String] {
        // Claude Code keeps the servers of single projects in its own file.
        let projects = document["projects"]?.object?.members ?? []
        let own = projects.filter { $0.value["mcpServers"]?.object?.isEmpty == false }
        guard !own.isEmpty else { return [] }
        return [
            "\(own.count) project(s) have servers of their own in this file, which are not taken over: put them into a "
                + "file of their own, as {\"mcpServers\": ...}, and name that"
        ]
    }
}

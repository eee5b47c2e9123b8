// SPDX-License-Identifier: Apache-2.0

import Effects
import Foundation
import StrictJSON
import Testing

/// The maps against the definitions that servers really published, where those are at hand.
@Suite struct DefinitionTests {
    private static let folder = ProcessInfo.processInfo.environment["WRIT_SHARED"] ?? "../shared"

    private static func lines(_ path: String) throws -> [JSON] {
        try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8).split(separator: "\n").map {
            try JSON(parsing: UTF8String(String($0)))
        }
    }

    /// A value that a schema admits.
    private static func value(_ schema: JSON, _ depth: Int = 0) -> JSON? {
        guard depth < 8 else { return nil }
        if let one = schema["enum"]?.array?.first { return one }
        for choice in (schema["anyOf"]?.array ?? []) + (schema["oneOf"]?.array ?? []) {
            if let value = value(choice, depth + 1), !value.isNull { return value }
        }
        let type = schema["type"]?.string ?? schema["type"]?.array?.compactMap(\.string).first { $0 != "null" }
        switch type {
        case "string"?: return schema["format"] == "uri" ? "https://h.example/" : "x"
        case "integer"?, "number"?: return 7
        case "boolean"?: return true
        case "array"?: return .array([schema["items"].flatMap { value($0, depth + 1) } ?? "x"])
        case "object"?:
            var object = JSONObject()
            for member in schema["properties"]?.object?.members ?? [] {
                object[member.key] = value(member.value, depth + 1)
            }
            return .object(object)
        default: return nil
        }
    }

    @Test(
        .enabled(if: FileManager.default.fileExists(atPath: "\(folder)/data/mcp-transcripts")),
        arguments: [
            ("git-client2.3-2026-07-28", "mcp-server-git"), ("time-client2.3-auto", "mcp-server-time"),
            ("fetch-client2.3-auto", "mcp-server-fetch"), ("sqlite-client1.30-legacy", "mcp-server-sqlite"),
            ("shell-client1.30-legacy", "mcp-shell-server"), ("cli-client1.30-legacy", "cli-mcp-server"),
        ])
    func `every tool that a server listed is mapped, with all it declared`(file: String, map: UTF8String) throws {
        var tools: [JSON] = []
        for line in try Self.lines("data/mcp-transcripts/\(file).jsonl") {
            // A transcript's line has the message, or its text.
            var waiting = [line]
            while let json = waiting.popLast() {
                if let list = json["tools"]?.array, list.first?["inputSchema"] != nil { tools = list }
                waiting += json.array ?? json.object?.members.map(\.value) ?? []
                if let text = json.string, text.string.contains("inputSchema") {
                    waiting.append((try? JSON(parsing: text)) ?? .null)
                }
            }
        }
        #expect(!tools.isEmpty)
        for tool in tools {
            let name = try #require(tool["name"]?.string)
            let call = try #require(tool["inputSchema"].flatMap { Self.value($0) })
            #expect(try !MappedCall.effects(map, name, call).contains("opaque arguments"), "\(name)")
        }
    }

    private static let descriptions = "\(folder)/data/eval/tool_descriptions.jsonl"

    @Test(.enabled(if: FileManager.default.fileExists(atPath: descriptions)))
    func `every tool that GitHub's server published is mapped, with all it declared`() throws {
        let odd: Set<String> = ["_ff_"]
        var count = 0
        for line in try Self.lines("data/eval/tool_descriptions.jsonl") {
            guard line["id"]?.string?.string.hasPrefix("github-mcp:") == true, let name = line["name"]?.string,
                let schema = line["schema"], !odd.contains(where: { name.string.contains($0) }),
                let call = Self.value(schema)
            else { continue }
            count += 1
            #expect(try !MappedCall.effects("github-mcp-server", name, call).contains("opaque arguments"), "\(name)")
        }
        #expect(count > 80)
    }
}

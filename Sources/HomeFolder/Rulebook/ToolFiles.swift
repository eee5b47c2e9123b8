// SPDX-License-Identifier: Apache-2.0

import Decisions
public import Effects
public import StrictJSON
public import ToolTypes
import WireTypes

/// The tool definitions that a configuration names, as they are in their files.
public struct ToolFiles: Sendable {
    private struct File: Sendable {
        let alias: UTF8String
        let path: String
        let text: UTF8String
    }

    private var files: [File] = []
    /// Whose signatures count.
    private let issuers: [Configuration.Issuer]

    /// No definitions: policies are not checked against tools, and values are what they show themselves.
    public static let none = ToolFiles()

    private init() { issuers = [] }

    /// Reads what the servers of a configuration name.
    ///
    /// - Throws: `HomeError` naming the setting and the file.
    public init(_ home: Home, _ configuration: Configuration) throws(HomeError) {
        issuers = configuration.issuers
        var rest = Limits.toolFilesBytes
        for (alias, path) in Self.paths(home, configuration) {
            let bytes: [UInt8]
            do throws(HomeError) {
                bytes = try FileAccess.read(path, limit: Limits.toolFileBytes)
            } catch {
                throw HomeError(
                    error.code,
                    "\(home.configuration): servers/\(alias)/tools: \(error.message); it is to hold what the server "
                        + "answers to tools/list")
            }
            rest -= bytes.count
            guard rest >= 0 else {
                throw HomeError(
                    .tooLarge,
                    "\(home.configuration): servers/\(alias)/tools: the tool definitions have more than "
                        + "\(Limits.toolFilesBytes) bytes together")
            }
            guard let text = UTF8String(validating: bytes) else {
                throw HomeError(.malformed, "\(path) is not UTF-8 text")
            }
            files.append(File(alias: alias, path: path, text: text))
        }
    }

    /// Those of an archive: a text by alias.
    init(archived: JSONObject, issuers: [Configuration.Issuer]) {
        self.issuers = issuers
        files = archived.members.map {
            File(alias: $0.key, path: "the archived tool definitions of \($0.key)", text: $0.value.string ?? "")
        }
    }

    /// Where the definitions of a configuration's servers are.
    static func paths(_ home: Home, _ configuration: Configuration) -> [(alias: UTF8String, path: String)] {
        configuration.servers.compactMap { server in
            server.tools.map { (server.alias, $0.hasPrefix("/") ? $0 : "\(home.path)/\($0)") }
        }
    }

    /// Whether there are none.
    public var isEmpty: Bool { files.isEmpty }

    /// Where they were read.
    public var paths: [String] { files.map(\.path) }

    /// The files' bytes, by their paths.
    var contents: [(path: String, bytes: [UInt8])] { files.map { ($0.path, $0.text.bytes) } }

    /// The texts by alias, for the archive.
    var archive: JSON {
        .object(JSONObject(unique: files.map { JSONMember(key: $0.alias, value: .string($0.text)) }))
    }

    /// The definitions: by naming the files the operator approves them, and no others of these tools. One that is there
    /// twice is none.
    ///
    /// - Throws: `HomeError` as `servers()` does.
    public func definitions() throws(HomeError) -> [ToolReference: JSON] {
        var definitions: [ToolReference: JSON] = [:]
        var seen: Set<ToolReference> = []
        for file in files {
            let list = try list(of: file)
            for (tool, definition) in zip(list.tools, list.definitions) {
                let reference = ToolReference(server: file.alias, tool: tool.name)
                definitions[reference] = seen.insert(reference).inserted ? definition : nil
            }
        }
        return definitions
    }

    /// The definitions by digest.
    func manifest() throws(HomeError) -> [ToolReference: Digest] {
        try definitions().compactMapValues { ToolListing.digest(of: $0) }
    }

    /// The servers with their tools, and what could not be used of their definitions.
    ///
    /// - Throws: `HomeError`: the file, line and column of what is no list of tools, or the file that is signed wrongly.
    public func servers() throws(HomeError) -> (servers: [ToolServer], diagnostics: [ToolDiagnostic]) {
        var servers: [ToolServer] = []
        var diagnostics: [ToolDiagnostic] = []
        for file in files {
            let list = try list(of: file)
            servers.append(ToolServer(alias: file.alias, tools: list.tools, isComplete: list.isComplete))
            diagnostics += list.diagnostics
        }
        return (servers, diagnostics)
    }

    private func list(of file: File) throws(HomeError) -> ToolList {
        let document = try document(file)
        do throws(ToolList.Failure) { return try ToolList(document) } catch {
            throw HomeError(.malformed, "\(file.path):1:1: \(error)")
        }
    }

    /// A file's document; one that is signed verifies.
    private func document(_ file: File) throws(HomeError) -> JSON {
        let document: JSON
        do throws(JSONError) {
            document = try JSON(parsing: file.text, limits: ToolTypesLimits.document)
        } catch {
            throw HomeError(
                .malformed,
                "\(file.path):\(error.line):\(error.column): \(error.message); a file of `tools` "
                    + "holds what a server answers to tools/list")
        }
        guard ToolManifest.claims(document) else { return document }
        if let refusal = try ToolManifest.refusal(of: document, server: file.alias, issuers: issuers) {
            throw HomeError(
                .malformed,
                "\(file.path): \(refusal); sign it with `writ tools manifest`, or give what the server answers to "
                    + "tools/list, without `type`")
        }
        return document
    }
}

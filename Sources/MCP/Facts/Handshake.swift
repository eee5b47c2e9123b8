// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The two handshakes, as this gateway says them: towards a server in the client's name, towards a client in the server's.
public enum Handshake {
    /// `params` of `initialize` towards a server: the newest revision that the client and this gateway share.
    public static func initializeParams(_ client: ClientFacts, through mask: ClientMask) -> JSONObject {
        var params = JSONObject()
        let version = client.era == .legacy ? client.revision : .latestLegacy
        params.add("protocolVersion", .string(version.text))
        params.add("capabilities", .object(client.capabilities(through: mask, to: .legacy)))
        params.add("clientInfo", client.toldInfo ?? unnamed)
        return params
    }

    /// `params` of `server/discover` towards a server.
    public static func discoverParams(_ client: ClientFacts, through mask: ClientMask) -> JSONObject {
        JSONObject().setting(meta: requestMeta(nil, id: nil, client, through: mask, to: .latestModern))
    }

    /// `_meta` of a request towards a server, in the words of the server's revision.
    ///
    /// Where the client speaks the stateless revision its own `logLevel` passes to a server that does too, else
    /// `logLevel`.
    ///
    /// - Parameters:
    ///   - meta: the client's own.
    ///   - id: the request's id towards the server, which is its progress token where the client asked for progress.
    ///   - logLevel: what a client of the handshake revisions set last.
    ///   - relatedTask: the server's id of the task that the message belongs to, between peers of 2025-11-25.
    public static func requestMeta(
        _ meta: JSONObject?, id: Int64?, _ client: ClientFacts, through mask: ClientMask, to server: Revision,
        logLevel: LogLevel? = nil, relatedTask: UTF8String? = nil
    ) -> JSONObject {
        var built = Meta.passed(meta, id: id)
        if server.era == .modern {
            built.add(Meta.versionKey, .string(server.text))
            built.add(Meta.clientInfoKey, client.toldInfo)
            built.add(Meta.capabilitiesKey, .object(client.capabilities(through: mask, to: .modern)))
            let level = meta?[Meta.logLevelKey]?.string.flatMap(LogLevel.init) ?? logLevel
            built.add(Meta.logLevelKey, level.map { .string($0.name) })
        }
        if server.tasks == .core, let relatedTask {
            built.add(Meta.relatedTaskKey, ["taskId": .string(relatedTask)])
        }
        return built
    }

    /// The result of `initialize` towards a client of one server's: its own info and instructions, and no more
    /// capabilities than are served.
    public static func initializeResult(for client: ClientFacts, _ server: ServerFacts) -> JSONObject {
        initializeResult(
            for: client, capabilities: ServerCapabilities.told(of: server, to: client.revision),
            info: server.info ?? unnamed, instructions: server.instructions)
    }

    /// The result of `initialize` towards a client.
    public static func initializeResult(
        for client: ClientFacts, capabilities: JSONObject, info: JSON, instructions: UTF8String?
    ) -> JSONObject {
        var result = JSONObject()
        result.add("protocolVersion", .string(Revision(answering: client.version).text))
        result.add("capabilities", .object(capabilities))
        result.add("serverInfo", info)
        result.add("instructions", instructions.map(JSON.string))
        return result
    }

    /// The result of `server/discover` towards a client of one server's.
    public static func discoverResult(_ server: ServerFacts) -> JSONObject {
        discoverResult(
            capabilities: ServerCapabilities.told(of: server, to: .latestModern), info: server.info,
            instructions: server.instructions)
    }

    /// The result of `server/discover` towards a client. It names the stateless revisions only: a client that finds
    /// another there may fall back to it.
    public static func discoverResult(
        capabilities: JSONObject, info: JSON?, instructions: UTF8String?
    ) -> JSONObject {
        var result = JSONObject()
        result.add("supportedVersions", .array(Era.modernVersions.map(JSON.string)))
        result.add("capabilities", .object(capabilities))
        result.add("instructions", instructions.map(JSON.string))
        return Bridge(client: .latestModern, server: .latestModern, serverInfo: info)
            .completed(result, of: "server/discover")
    }

    /// For peers that name themselves not at all where a revision wants a name.
    private static let unnamed: JSON = ["name": "unnamed", "version": "0"]
}

extension ClientFacts {
    /// `clientInfo` as servers are told it: its short texts. It goes with messages that nobody decides on.
    var toldInfo: JSON? {
        info?.object.map { info in
            var told = JSONObject()
            for member in info.members where Self.infoTexts.contains(member.key) {
                guard let text = member.value.string, text.byteCount <= Limits.infoTextBytesMax else { continue }
                told.add(member.key, .string(text))
            }
            for name in ["name", "version"] as [UTF8String] where told[name] == nil { told.add(name, "unnamed") }
            return .object(told)
        }
    }

    private static let infoTexts: Set<UTF8String> = ["name", "title", "version", "description", "websiteUrl"]
}

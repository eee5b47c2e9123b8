// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Why a server's answer to a handshake is none.
public enum HandshakeFailure: Error, Sendable, Equatable {
    /// It speaks no revision that is known here; those that it named, where they could be read.
    case version([UTF8String])
    /// `capabilities` is missing or no object.
    case capabilities
    /// Out of form: case variants of members, or a result that is not complete.
    case form

    /// For the operator.
    public var text: String {
        switch self {
        case .version: "the server speaks no revision of MCP that is known here"
        case .capabilities: "the server's answer to the handshake has no capabilities"
        case .form: "the server's answer to the handshake is out of form"
        }
    }
}

extension ServerFacts {
    /// The revision that the server is spoken to in.
    public var revision: Revision {
        Revision(version) ?? (era == .modern ? .latestModern : .latestLegacy)
    }

    /// What a server says in its result of `initialize`.
    ///
    /// - Throws: `HandshakeFailure`.
    public init(initializeResult result: JSONObject) throws(HandshakeFailure) {
        let version = result["protocolVersion"]?.string
        try self.init(result, .legacy, version.map { [$0] } ?? [], info: result["serverInfo"])
    }

    /// What a server says in its result of `server/discover`. Of several revisions the newest that is known is taken.
    ///
    /// - Throws: `HandshakeFailure`; after `.version` a handshake is worth a try.
    public init(discoverResult result: JSONObject) throws(HandshakeFailure) {
        let versions = (result["supportedVersions"]?.array ?? []).prefix(Limits.versionsMax).compactMap(\.string)
        try self.init(result, .modern, versions, info: result["_meta"]?.object?[Meta.serverInfoKey])
    }

    private init(_ result: JSONObject, _ era: Era, _ versions: [UTF8String], info: JSON?) throws(HandshakeFailure) {
        guard !MemberNames.hasResultVariant(result), result["resultType"].map({ $0 == "complete" }) ?? true else {
            throw .form
        }
        guard let revision = versions.compactMap(Revision.init).filter({ $0.era == era }).max() else {
            throw .version(versions)
        }
        guard let capabilities = result["capabilities"]?.object else { throw .capabilities }
        self.init(
            era: era, version: revision.text, capabilities: capabilities,
            info: info?.object == nil ? Optional.none : info, instructions: result["instructions"]?.string,
            result: result)
    }
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

extension ClientFacts {
    /// The revision that the client is answered in.
    public var revision: Revision {
        era == .modern ? Revision(version) ?? .latestModern : Revision(answering: version)
    }

    /// What a client says in `initialize`. Any version is taken: it is answered with one that is known.
    ///
    /// - Throws: `RequestRefusal` (-32602) where `protocolVersion`, `capabilities` or `clientInfo` is missing or is of
    ///   another kind.
    public init(initialize params: JSONObject?) throws(RequestRefusal) {
        guard let version = params?["protocolVersion"]?.string else { throw Self.missing("protocolVersion, a string") }
        guard let capabilities = params?["capabilities"]?.object else { throw Self.missing("capabilities, an object") }
        guard let info = params?["clientInfo"], info.object != nil else { throw Self.missing("clientInfo, an object") }
        self.init(era: .legacy, version: version, capabilities: capabilities, info: info)
    }

    /// What a client says with a request of the stateless revision.
    ///
    /// - Throws: `RequestRefusal`: -32602 where a member of `_meta` is missing or is of another kind, -32022 where the
    ///   version is not served.
    public init(request params: JSONObject?) throws(RequestRefusal) {
        let meta = params?["_meta"]?.object
        guard let requested = meta?[Meta.versionKey], let version = requested.string else {
            throw Self.missing("_meta[\"io.modelcontextprotocol/protocolVersion\"], a string")
        }
        guard Revision(version)?.era == .modern else { throw .unsupportedVersion(requested) }
        guard let capabilities = meta?[Meta.capabilitiesKey]?.object else {
            throw Self.missing("_meta[\"io.modelcontextprotocol/clientCapabilities\"], an object")
        }
        let info = meta?[Meta.clientInfoKey]
        guard info.map({ $0.object != nil }) ?? true else {
            throw RequestRefusal("Invalid params: _meta[\"io.modelcontextprotocol/clientInfo\"] is an object")
        }
        self.init(era: .modern, version: version, capabilities: capabilities, info: info)
    }

    private static func missing(_ what: String) -> RequestRefusal {
        RequestRefusal(UTF8String("Invalid params: there must be \(what)"))
    }
}

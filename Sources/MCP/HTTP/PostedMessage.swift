// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// A message that came by POST, after every check that needs no identity.
public struct PostedMessage: Sendable, Equatable {
    /// The message.
    public let envelope: Envelope
    /// Which protocol it is written in.
    public let era: Era

    /// Reads a body under its headers. The order is the one of requirement: JSON, shape, version and era, required
    /// headers, header and body alike, `_meta`.
    ///
    /// - Parameters:
    ///   - headers: the request's head, `Accept` and `Content-Type` already checked.
    /// - Throws: `HTTPRefusal` with status 400, and the request's id where it could be read.
    public init(_ body: [UInt8], _ headers: HTTPHeaders) throws(HTTPRefusal) {
        do throws(EnvelopeError) { envelope = try Envelope(parsing: body) } catch {
            throw HTTPRefusal(
                400, code: error.code, error.message.string, id: error.isAnswer ? nil : error.id,
                reason: .malformedFromClient)
        }
        do throws(HTTPRefusal) {
            era = try Self.era(envelope, headers)
            if era == .modern { try Self.checkModern(envelope, headers) }
        } catch {
            var refusal = error
            if case .request(let id, _) = envelope.kind { refusal.id = id }
            throw refusal
        }
    }

    /// Which era a message is of: what the header says, else what the body says, else the handshake's.
    private static func era(_ envelope: Envelope, _ headers: HTTPHeaders) throws(HTTPRefusal) -> Era {
        let named = envelope.params?["_meta"]?[Meta.versionKey]
        guard let header = try single(.protocolVersion, headers) else {
            // A body in the stateless revision's words, and no header beside it.
            guard named == nil else { throw mismatch("MCP-Protocol-Version is required") }
            return .legacy
        }
        if Era.modernVersions.contains(header) { return .modern }
        guard Era.legacyVersions.contains(header) else { throw unsupported(header) }
        guard named == nil else { throw mismatch("MCP-Protocol-Version and the body's version differ") }
        return .legacy
    }

    private static func checkModern(_ envelope: Envelope, _ headers: HTTPHeaders) throws(HTTPRefusal) {
        switch envelope.kind {
        case .result, .error:
            throw HTTPRefusal(
                400, "Invalid request: this revision has no answers from clients", reason: .unexpectedClientAnswer)
        case .notification: return
        case .request(_, let method): try checkRequest(method, envelope.params, headers)
        }
    }

    private static func checkRequest(
        _ method: UTF8String, _ params: JSONObject?, _ headers: HTTPHeaders
    ) throws(HTTPRefusal) {
        guard let methodHeader = try single(.method, headers) else { throw mismatch("Mcp-Method is required") }
        let nameHeader = try single(.name, headers)
        let nameMember = MirroredName.member(of: method)
        if nameMember != nil, nameHeader == nil { throw mismatch("Mcp-Name is required") }

        let meta = params?["_meta"]
        if let named = meta?[Meta.versionKey]?.string {
            let header = try single(.protocolVersion, headers)
            guard named == header else { throw mismatch("MCP-Protocol-Version and the body's version differ") }
        }
        guard methodHeader == method else { throw mismatch("Mcp-Method and the body's method differ") }
        if let nameMember, let nameHeader {
            guard let decoded = HeaderValue.decode(nameHeader) else { throw mismatch("Mcp-Name does not decode") }
            // A body without a name is refused for that, by whoever reads it as the method's parameters.
            if let name = params?[nameMember]?.string, name != decoded {
                throw mismatch("Mcp-Name and the body's \(nameMember) differ")
            }
        }

        guard meta?[Meta.versionKey]?.string != nil else { throw missing(Meta.versionKey) }
        guard meta?[Meta.capabilitiesKey]?.object != nil else { throw missing(Meta.capabilitiesKey) }
    }

    private static func single(_ name: HTTPHeaderName, _ headers: HTTPHeaders) throws(HTTPRefusal) -> UTF8String? {
        do throws(RepeatedHeader) { return try headers.single(name) } catch {
            throw mismatch("\(name.rawValue) comes more than once")
        }
    }

    private static func missing(_ key: UTF8String) -> HTTPRefusal {
        HTTPRefusal(
            400, code: ErrorCode.invalidParams, "Invalid params: _meta has \(key)", reason: .invalidParams)
    }

    private static func unsupported(_ version: UTF8String) -> HTTPRefusal {
        let refusal = RequestRefusal.unsupportedVersion(.string(version))
        return HTTPRefusal(
            400, code: refusal.code, refusal.message.string, data: refusal.data, reason: .unsupportedVersion)
    }

    static func mismatch(_ text: String) -> HTTPRefusal {
        HTTPRefusal(
            400, code: ErrorCode.headerMismatch, "Header mismatch: \(text)", reason: .invalidParams)
    }
}

/// What the stateless revision repeats in `Mcp-Name`.
public enum MirroredName {
    /// The member of `params` that a method's `Mcp-Name` repeats; `nil` where it has none.
    public static func member(of method: UTF8String) -> UTF8String? {
        switch method {
        case "tools/call", "prompts/get": "name"
        case "resources/read": "uri"
        case "tasks/get", "tasks/update", "tasks/cancel": "taskId"
        default: nil
        }
    }

    /// The name in a request's parameters that `Mcp-Name` repeats.
    public static func name(of method: UTF8String, _ params: JSONObject?) -> UTF8String? {
        member(of: method).flatMap { params?[$0]?.string }
    }
}

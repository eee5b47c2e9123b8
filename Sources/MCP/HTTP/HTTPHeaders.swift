// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The fields of a request's or an answer's head that the rules of this folder look at.
///
/// Names compare ignoring case (RFC 9110 §5.1); values are as they came, one for each line.
public struct HTTPHeaders: Sendable, Equatable {
    private var fields: [Field] = []

    private struct Field: Sendable, Equatable {
        let name: UTF8String
        let value: UTF8String
    }

    /// No fields.
    public init() {}

    /// The fields given.
    public init(_ fields: some Sequence<(String, String)>) {
        for (name, value) in fields { add(name, value) }
    }

    /// Adds a line.
    public mutating func add(_ name: String, _ value: String) {
        fields.append(Field(name: UTF8String(Self.lowercased(name)), value: UTF8String(value)))
    }

    /// All values of a field; its name in lower case.
    public func values(_ name: UTF8String) -> [UTF8String] {
        fields.compactMap { $0.name == name ? $0.value : nil }
    }

    /// The value of a field that may come once; `nil` where it does not come.
    ///
    /// - Throws: where it comes more than once: two readers would see different ones.
    public func single(_ name: HTTPHeaderName) throws(RepeatedHeader) -> UTF8String? {
        var found: UTF8String?
        for field in fields where field.name == name.lowercased {
            guard found == nil else { throw RepeatedHeader(name: name) }
            found = field.value
        }
        return found
    }

    /// The fields whose names begin so, in lower case and without that beginning.
    func suffixes(of prefix: UTF8String) -> [UTF8String] {
        fields.compactMap {
            guard $0.name.hasPrefix(prefix) else { return nil }
            return UTF8String(String($0.name.string.dropFirst(prefix.string.count)))
        }
    }

    static func lowercased(_ text: String) -> String {
        String(decoding: text.utf8.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}

/// A field that is to be written.
public struct HTTPHeaderLine: Sendable, Equatable {
    /// The name.
    public let name: String
    /// The value.
    public let value: String

    /// A field.
    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// A field came twice that may come once.
public struct RepeatedHeader: Error, Sendable, Equatable {
    /// Which.
    public let name: HTTPHeaderName
}

/// The names of the fields that this gateway reads or writes.
public enum HTTPHeaderName: String, Sendable, Hashable, CaseIterable {
    /// The media types that an answer may have.
    case accept = "Accept"
    /// The media type of a body.
    case contentType = "Content-Type"
    /// The authority that the client believes it talks to.
    case host = "Host"
    /// The web page that a browser asks for.
    case origin = "Origin"
    /// The session of a handshake revision.
    case sessionID = "Mcp-Session-Id"
    /// The revision.
    case protocolVersion = "MCP-Protocol-Version"
    /// The body's `method`, in the stateless revision.
    case method = "Mcp-Method"
    /// The body's `params.name` or `params.uri`, in the stateless revision.
    case name = "Mcp-Name"
    /// Where a broken event stream goes on.
    case lastEventID = "Last-Event-ID"
    /// The caller's token.
    case authorization = "Authorization"
    /// The proof that the caller has the key that its credential is bound to (RFC 9449).
    case proof = "DPoP"
    /// The caller's passport, in base64url.
    case passport = "Writ-Passport"

    /// The name in lower case.
    public var lowercased: UTF8String { Self.lower[self] ?? UTF8String(HTTPHeaders.lowercased(rawValue)) }

    private static let lower = Dictionary(
        uniqueKeysWithValues: allCases.map { ($0, UTF8String(HTTPHeaders.lowercased($0.rawValue))) })
}

// SPDX-License-Identifier: Apache-2.0

/// What Writ shows a server of its own accord, with every request to that server and to nobody else. Never what its
/// caller has shown.
public struct ServerCredential: Sendable {
    /// The header it stands in.
    public var header: String
    /// What stands before it there, as `Bearer ` does.
    public var prefix: String
    /// How it is had.
    public var source: Source

    /// Reads a secret from where the configuration says that it is.
    public typealias Reader = @Sendable () -> Result<String, UpstreamFailure>

    /// How it is had.
    public enum Source: Sendable {
        /// It is read each time: whoever renews it writes the file anew.
        case secret(Reader)
        /// A token endpoint gives it.
        case exchange(TokenExchange)
    }

    /// A credential.
    public init(header: String = "Authorization", prefix: String, source: Source) {
        self.header = header
        self.prefix = prefix
        self.source = source
    }
}

/// How a token for a server is had from a token endpoint: in exchange for the caller's (RFC 8693), or by Writ's own
/// credentials (RFC 6749 §4.4).
public struct TokenExchange: Sendable {
    /// The endpoint: `https:`, or `http:` to a loopback address.
    public var url: String
    /// Whether the endpoint may have an address that is not of the public Internet.
    public var isPrivate: Bool
    /// Who Writ is there.
    public var clientID: String
    /// Reads what Writ shows there.
    public var clientSecret: ServerCredential.Reader
    /// Whether the caller's own token is exchanged. It goes to this endpoint and nowhere else.
    public var isOfCaller: Bool
    /// What the token is asked for (RFC 8693 §2.1).
    public var audience: String?
    /// The same as a URL (RFC 8707 §2).
    public var resource: String?
    /// The scopes it is to have, with blanks between.
    public var scope: String?

    /// An exchange.
    public init(
        url: String, isPrivate: Bool = false, clientID: String, clientSecret: @escaping ServerCredential.Reader,
        isOfCaller: Bool = false, audience: String? = nil, resource: String? = nil, scope: String? = nil
    ) {
        self.url = url
        self.isPrivate = isPrivate
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.isOfCaller = isOfCaller
        self.audience = audience
        self.resource = resource
        self.scope = scope
    }
}

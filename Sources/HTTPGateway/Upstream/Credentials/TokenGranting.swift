// SPDX-License-Identifier: Apache-2.0

public import Gateway

/// Asks token endpoints for tokens.
public protocol TokenGranting: Sendable {
    /// A token for a server; waits, for a bounded time, for the endpoint.
    ///
    /// - Parameter subject: the caller's token, where it is that which is exchanged.
    func grant(_ exchange: TokenExchange, subject: SubjectToken?) async -> Result<GrantedToken, TokenRefused>
}

/// A token that an endpoint has given.
public struct GrantedToken: Sendable {
    /// The token: visible ASCII.
    public let token: String
    /// How long it counts, where the endpoint says so.
    public let lifetimeMilliseconds: Int64?

    /// A token.
    public init(token: String, lifetimeMilliseconds: Int64?) {
        self.token = token
        self.lifetimeMilliseconds = lifetimeMilliseconds
    }
}

/// Why an endpoint has given none: for the operator. It quotes no secret and nothing free that the endpoint says.
public struct TokenRefused: Error, Sendable, Hashable {
    /// What is wrong, and where that can be set right.
    public let text: String

    /// A reason.
    public init(_ text: String) { self.text = text }
}

// SPDX-License-Identifier: Apache-2.0

public import Passports

/// Verifies the tokens that callers present. A door asks it, once for every request.
public protocol BearerTokens: Sendable {
    /// The issuers that are trusted now.
    var issuers: TokenIssuers { get }

    /// What a token says of its bearer, where a trusted issuer has signed it and its time is now.
    ///
    /// For whom it is meant, and that its bearer has the key it may be bound to, is for the door to see.
    ///
    /// - Parameter token: the token's bytes, of at most `TokenLimits.tokenBytesMax`.
    func verify(_ token: [UInt8]) async -> Result<VerifiedCredential, TokenRefusal>
}

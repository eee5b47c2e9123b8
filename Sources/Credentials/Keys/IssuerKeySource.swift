// SPDX-License-Identifier: Apache-2.0

public import Passports

/// Where issuers' keys come from.
public protocol IssuerKeySource: Sendable {
    /// An issuer's keys as they are known now, without waiting for anybody; `nil` where they are not, or too old.
    func known(of issuer: TokenIssuer) -> TokenKeys?

    /// An issuer's keys; waits, for a bounded time, where they must be had first.
    func keys(of issuer: TokenIssuer) async -> Result<TokenKeys, KeysUnavailable>

    /// An issuer's keys after one was not among them: newer ones, where it is time to look for such, else the same.
    func newerKeys(of issuer: TokenIssuer) async -> Result<TokenKeys, KeysUnavailable>
}

/// Why an issuer's keys cannot be had: for the operator, not for who presents a token.
public struct KeysUnavailable: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    /// A reason.
    public init(_ description: String) { self.description = description }
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Why a token is not accepted: a value, for whoever presented it. It quotes nothing of the token.
public struct TokenRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of reason.
    public enum Code: String, Sendable, CaseIterable {
        /// It is no signed token of the form that is read, or over its limits.
        case malformed
        /// Its type or algorithm is none that is accepted.
        case unsupported
        /// No issuer in the configuration has given it.
        case untrustedIssuer = "untrusted_issuer"
        /// The issuer has no such key.
        case unknownKey = "unknown_key"
        /// The signature is not that key's.
        case badSignature = "bad_signature"
        /// Its time is over, still to come, or longer than is accepted.
        case time
        /// A claim that must be there is not, or has a value that cannot be used.
        case claims
        /// It is for another resource.
        case audience
        /// It is bound to a key of which there is no proof.
        case proof
        /// The issuer's keys cannot be had: nothing about the token can be said.
        case keysUnavailable = "keys_unavailable"
    }

    /// What kind of reason.
    public let code: Code
    /// For people.
    public let text: UTF8String

    /// A refusal.
    package init(_ code: Code, _ text: UTF8String) {
        self.code = code
        self.text = text
    }

    /// The text.
    public var description: String { text.string }
}

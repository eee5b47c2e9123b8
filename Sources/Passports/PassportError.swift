// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Why a passport was not accepted: where, what is wrong, what to do.
public struct PassportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of thing is wrong.
    public enum Code: String, Sendable, CaseIterable {
        /// The bytes are no JSON document within the limits.
        case malformed
        /// A JSON document of another kind than expected.
        case notAPassport = "not_a_passport"
        /// A member that must be there is not.
        case missingMember = "missing_member"
        /// A member that this format does not have.
        case unknownMember = "unknown_member"
        /// A member of the wrong type.
        case wrongType = "wrong_type"
        /// A member of the right type whose value is not allowed.
        case invalidValue = "invalid_value"
        /// Two members that cannot both be true.
        case contradiction
        /// More or longer than `PassportLimits` allows.
        case limitExceeded = "limit_exceeded"
        /// The key id is not one of a trusted issuer.
        case untrustedIssuer = "untrusted_issuer"
        /// The signature is not the trusted key's over this passport.
        case badSignature = "bad_signature"
        /// A passport that does not rest on the one before it, or is presented without it.
        case delegation
        /// A passport in a chain that says what is not known to be narrower than the one before.
        case widening
        /// A key that cannot be used.
        case unusableKey = "unusable_key"
    }

    /// What kind of thing is wrong.
    public let code: Code
    /// The member, as a pointer from the document's root.
    public let path: JSONPointer
    /// What is wrong there. Never the member's value.
    public let problem: String
    /// What to do about it.
    public let remedy: String

    init(_ code: Code, at path: JSONPointer, _ problem: String, _ remedy: String) {
        self.code = code
        self.path = path
        self.problem = problem
        self.remedy = remedy
    }

    /// `/capabilities/3/id: … ; …`.
    public var description: String {
        "\(path.tokens.isEmpty ? "passport" : path.description): \(problem); \(remedy)"
    }
}

extension PassportError {
    static func malformed(_ error: JSONError) -> PassportError {
        PassportError(
            .malformed, at: JSONPointer(), "not one strict JSON document (\(error))",
            "correct that place; duplicate keys and files over 64 KiB are refused")
    }
}

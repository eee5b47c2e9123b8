// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// A passport that a trusted issuer signed. There is no way to have one but `PassportFile.verified(by:)`.
///
/// It says who vouches, not whether the passport counts now; that is `passport.standing(at:logged:)`.
public struct VerifiedPassport: Sendable, Equatable {
    /// The passport.
    public let passport: Passport
    /// The issuer's name.
    public let issuer: UTF8String
    /// The issuer's key.
    public let kid: UTF8String
    /// SHA-256 of `canonicalBytes`.
    public let digest: Digest
    /// The whole file in canonical form, for the archive that replays read.
    public let canonicalBytes: [UInt8]

    fileprivate init(_ file: PassportFile, issuer: TrustedIssuer) throws(PassportError) {
        passport = try file.claimedPassport()
        self.issuer = issuer.name
        kid = issuer.kid
        digest = file.digest
        canonicalBytes = file.canonicalBytes
    }
}

extension PassportFile {
    /// The passport, where one of the issuers signed exactly it.
    ///
    /// - Throws: `PassportError`: `untrustedIssuer`, `badSignature`, or what is wrong inside the signed passport.
    public func verified(by issuers: TrustedIssuers) throws(PassportError) -> VerifiedPassport {
        guard let issuer = issuers[kid] else {
            throw PassportError(
                .untrustedIssuer, at: JSONPointer(["kid"]), "no trusted issuer has this key",
                "add the issuer to the configuration, or have the passport signed by one that is there")
        }
        guard Signatures.isValid(signature, of: try signingBytes, by: issuer.publicKey) else {
            throw PassportError(
                .badSignature, at: JSONPointer(["signature"]), "the signature is not the issuer's over this passport",
                "have it issued again; a signed passport cannot be edited")
        }
        return try VerifiedPassport(self, issuer: issuer)
    }
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// A passport that a trusted issuer signed, or that rests on such a one. There is no way to have one but
/// `PassportChain.verified(by:)` and `PassportFile.verified(by:)`.
///
/// It says who vouches, not whether the passport counts now; that is `standing(at:logged:)`.
public struct VerifiedPassport: Sendable, Equatable {
    /// The passport, as its file has it. What it may is `authority`, which of a passport in a chain can be less.
    public let passport: Passport
    /// The name of the issuer who signed the root.
    public let issuer: UTF8String
    /// The key that signed this file.
    public let kid: UTF8String
    /// SHA-256 of the file's canonical form. It covers the whole chain: a child names its parent's.
    public let digest: Digest
    /// What was presented, whole and in canonical form, for the archive that replays read.
    public private(set) var canonicalBytes: [UInt8]
    /// The passports that this one rests on, the root first.
    public let ancestors: [VerifiedPassport]
    /// What it may at most: what all passports of the chain say.
    public let authority: Authority

    fileprivate init(_ file: PassportFile, issuer: TrustedIssuer) throws(PassportError) {
        passport = try file.claimedPassport()
        self.issuer = issuer.name
        kid = issuer.kid
        digest = file.digest
        canonicalBytes = file.canonicalBytes
        ancestors = []
        authority = Authority(passport)
    }

    /// Whoever calls it has verified every argument.
    init(_ file: PassportFile, _ passport: Passport, under parent: VerifiedPassport, authority: Authority) {
        self.passport = passport
        issuer = parent.issuer
        kid = file.kid
        digest = file.digest
        canonicalBytes = file.canonicalBytes
        ancestors = parent.line
        self.authority = authority
    }

    func presented(as bytes: [UInt8]) -> VerifiedPassport {
        var verified = self
        verified.canonicalBytes = bytes
        return verified
    }
}

extension PassportFile {
    /// The passport, where one of the issuers signed exactly it and it rests on no other.
    ///
    /// - Throws: `PassportError`: `untrustedIssuer`, `badSignature`, what is wrong inside the signed passport, or
    ///   `delegation` where it is part of a chain.
    public func verified(by issuers: TrustedIssuers) throws(PassportError) -> VerifiedPassport {
        try PassportChain([self]).verified(by: issuers)
    }

    func signed(by issuers: TrustedIssuers) throws(PassportError) -> VerifiedPassport {
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

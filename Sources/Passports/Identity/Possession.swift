// SPDX-License-Identifier: Apache-2.0

import Crypto
public import StrictJSON
public import WireTypes

/// That whoever presented a passport has a certain key: how that was shown, and which key it was.
///
/// Whether it is the key that the passport names is judged with each call. Only this package can make one; whoever does has
/// verified a signature.
public struct Possession: Sendable, Hashable {
    /// How it was shown.
    public let proof: CredentialFacts.Proof
    /// The key's RFC 7638 thumbprint.
    public let key: WireTypes.Digest

    /// What has been verified.
    package init(_ proof: CredentialFacts.Proof, key: WireTypes.Digest) {
        self.proof = proof
        self.key = key
    }

    /// Possession of the private key to a public one, where its signature is over this challenge and this passport.
    ///
    /// - Parameters:
    ///   - challenge: bytes that whoever verifies has drawn for this once.
    ///   - passport: the file's bytes as they are presented.
    /// - Returns: `nil` where the signature is not the key's over them.
    public init?(
        challenge: [UInt8], passport: [UInt8], signature: [UInt8], by key: Ed25519PublicKey
    ) {
        guard Signatures.isValid(signature, of: Self.message(challenge, passport), by: key) else { return nil }
        self.init(.cnf, key: Signatures.sha256(Ed25519JWK.thumbprintInput(key)))
    }

    /// What the holder of a passport signs: `writ.possession/1`, a line's end, the challenge, and SHA-256 of the passport's
    /// bytes. No passport, receipt or checkpoint begins so: a signature for one is none for another.
    public static func message(_ challenge: [UInt8], _ passport: [UInt8]) -> [UInt8] {
        Array("writ.possession/1\n".utf8) + challenge + Signatures.sha256(passport).bytes
    }

    /// As evidence keeps it.
    package var json: JSON { ["proof": .string(proof.wire), "key": .text(key.base64URL)] }

    /// Reads it back.
    ///
    /// - Throws: `PassportError` for anything else.
    package init(archived json: JSON) throws(PassportError) {
        let members = try Members(json, at: JSONPointer())
        try members.only(["proof", "key"])
        let proof: CredentialFacts.Proof = try members.word("proof")
        guard let key = WireTypes.Digest(base64URL: try members.string("key").string) else {
            throw Members.invalid(members.place("key"), "a digest in base64url")
        }
        self.init(proof, key: key)
    }
}

extension VerifiedPassport {
    /// Why it is of no use to whoever presents it with this proof of a key, or without one; `nil` where it is. A passport
    /// that names a key is its holder's alone.
    public func refusal(of possession: Possession?) -> UTF8String? {
        switch (passport.confirmation, possession) {
        case (nil, nil): nil
        case (nil, _?): "a key was shown, and the passport is bound to none"
        case (_?, nil): "proof of possession is missing"
        case (let key?, let possession?):
            possession.proof != .none && Confirmation.thumbprint(key) == possession.key
                ? nil : "the key that was shown is not the one that the passport is bound to"
        }
    }
}

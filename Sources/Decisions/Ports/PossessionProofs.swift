// SPDX-License-Identifier: Apache-2.0

public import Passports
public import StrictJSON
package import WireTypes

/// Verifies proofs that who sends a request has the key that its credential is bound to (DPoP, RFC 9449). A door asks it,
/// once for every request that has one.
public protocol PossessionProofs: Sendable {
    /// What proofs may be signed with, as challenges name it.
    var algorithms: [UTF8String] { get }

    /// A nonce that proofs may have from now on; `nil` where they need none.
    var nonce: UTF8String? { get }

    /// The key that a proof shows, where it was made for this request and this credential. Nothing is remembered of it.
    func verify(_ proof: UTF8String, of request: ProvedRequest) -> Result<ShownProof, ProofRefusal>

    /// Uses a proof up, once everything else about its request has been found good.
    ///
    /// - Returns: why it is of no use: it was used before, or there are too many to remember.
    func use(_ proof: ShownProof) -> ProofRefusal?
}

/// What a proof must be of.
public struct ProvedRequest: Sendable {
    /// The request's method.
    public let method: UTF8String
    /// The URLs by which the place that was asked is known: of the configuration, never of the request.
    public let urls: [UTF8String]
    /// The credential as it was sent.
    public let credential: [UInt8]

    /// A request.
    public init(method: UTF8String, urls: [UTF8String], credential: [UInt8]) {
        self.method = method
        self.urls = urls
        self.credential = credential
    }
}

/// A proof that has been verified and not been used.
public struct ShownProof: Sendable {
    /// What it shows.
    public let possession: Possession
    /// SHA-256 of its `jti`.
    package let id: Digest
    /// When it would be refused as stale, in milliseconds since 1970.
    package let end: Int64

    /// Whoever makes one has verified it.
    package init(_ possession: Possession, id: Digest, end: Int64) {
        self.possession = possession
        self.id = id
        self.end = end
    }
}

/// Why a proof is not accepted, for whoever sent it. It quotes nothing of it.
public struct ProofRefusal: Error, Sendable, Hashable {
    /// What kind of reason.
    public enum Code: Sendable, Hashable {
        /// It is no proof of this request, or was used before.
        case invalid
        /// It has no nonce that was given out here, or an old one.
        case nonce
        /// It would have to be remembered, and there is no room.
        case tooMany
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
}

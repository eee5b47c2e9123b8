// SPDX-License-Identifier: Apache-2.0

public import Passports
import StrictJSON
import WireTypes

/// An issuer's public keys: a JSON Web Key Set (RFC 7517 §5), or a SPIFFE bundle, which is one with more in it.
///
/// Keys that are for something else are left out. A key's id is compared and nothing else: it leads to no file and no
/// address.
public struct TokenKeys: Sendable {
    /// The keys that verify tokens.
    public let keys: [TokenKey]
    private let thumbprints: Set<Digest>

    /// Why a document is no set of keys. It quotes nothing of it.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// For the operator.
        public let description: String
    }

    /// What a set has for a token.
    enum Found {
        case key(TokenKey)
        /// None that fits: a newer set may have it.
        case none
        /// One under that id, but it is for another algorithm.
        case otherAlgorithm
        /// More than one that fits.
        case several
    }

    /// Reads a set.
    ///
    /// - Throws: `Failure` where it is none, or is over its limits. One without a usable key is a set: it verifies nothing.
    public init(parsing bytes: [UInt8], of kind: TokenIssuer.Kind) throws(Failure) {
        let json: JSON
        do throws(JSONError) { json = try JSON(parsing: bytes, limits: CredentialLimits.keySet) } catch {
            throw Failure(description: "it is not one strict JSON document (line \(error.line))")
        }
        guard let elements = json["keys"]?.array else { throw Failure(description: "it has no list `keys`") }
        guard elements.count <= CredentialLimits.keysMax else {
            throw Failure(description: "it has \(elements.count) keys; at most \(CredentialLimits.keysMax) are read")
        }
        keys = elements.compactMap { TokenKey($0, of: kind) }
        thumbprints = Set(keys.map(\.thumbprint))
    }

    /// Whether a key is among them.
    func contains(_ thumbprint: Digest) -> Bool { thumbprints.contains(thumbprint) }

    /// The key for a token. Without an id in the token there must be exactly one key of its algorithm.
    func find(kid: UTF8String?, _ algorithm: TokenAlgorithm) -> Found {
        let named = kid.map { kid in keys.filter { $0.kid == kid } } ?? keys
        let fitting = named.filter { $0.algorithm == algorithm }
        if fitting.count > 1, Set(fitting.map(\.thumbprint)).count > 1 { return .several }
        if let key = fitting.first { return .key(key) }
        return named.isEmpty || kid == nil ? .none : .otherAlgorithm
    }
}

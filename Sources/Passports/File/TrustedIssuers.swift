// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// Someone whose signature makes a passport count, by one key.
public struct TrustedIssuer: Sendable, Hashable {
    /// The name that policies and receipts show.
    public let name: UTF8String
    /// The key's id, as files name it.
    public let kid: UTF8String
    /// The key.
    public let publicKey: Ed25519PublicKey

    /// An issuer from a configuration.
    ///
    /// - Parameter publicKey: 32 raw bytes.
    /// - Throws: `PassportError` (`invalidValue`, `unusableKey`) where name or key id is not of its form, or the key is
    ///   not canonical or of small order.
    public init(name: UTF8String, kid: UTF8String, publicKey: [UInt8]) throws(PassportError) {
        guard Identifier.isName(name) else { throw Members.invalid(JSONPointer(["name"]), Members.nameForm) }
        guard Identifier.isKeyID(kid) else { throw PassportFile.invalidKeyID(at: JSONPointer(["kid"])) }
        guard let key = Ed25519PublicKey(bytes: publicKey) else {
            throw PassportError(
                .unusableKey, at: JSONPointer(["public_key"]), "not an Ed25519 public key that signatures can rest on",
                "give the 32 bytes of the issuer's own key")
        }
        self.name = name
        self.kid = kid
        self.publicKey = key
    }
}

/// The issuers that a configuration trusts, by key id.
public struct TrustedIssuers: Sendable, Hashable {
    private let byKeyID: [UTF8String: TrustedIssuer]

    /// A set of issuers; one issuer may have several keys.
    ///
    /// - Throws: `PassportError` where two have one key id (`contradiction`) or there are more than 1,024.
    public init(_ issuers: [TrustedIssuer]) throws(PassportError) {
        try Members.bound(issuers.count, PassportLimits.issuersMax, JSONPointer())
        var byKeyID: [UTF8String: TrustedIssuer] = [:]
        for (index, issuer) in issuers.enumerated() {
            guard byKeyID.updateValue(issuer, forKey: issuer.kid) == nil else {
                throw Members.repeated(JSONPointer([UTF8String(String(index)), "kid"]))
            }
        }
        self.byKeyID = byKeyID
    }

    /// Nobody.
    public static let none = TrustedIssuers()

    private init() { byKeyID = [:] }

    /// The issuer with a key id, or `nil`.
    public subscript(kid: UTF8String) -> TrustedIssuer? { byKeyID[kid] }

    /// All of them, by key id.
    public var all: [TrustedIssuer] { byKeyID.values.sorted { $0.kid < $1.kid } }
}

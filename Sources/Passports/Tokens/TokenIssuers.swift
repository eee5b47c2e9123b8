// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The issuers of tokens that a configuration trusts.
public struct TokenIssuers: Sendable, Hashable {
    /// All of them, by name.
    public let all: [TokenIssuer]
    private let byName: [UTF8String: TokenIssuer]
    private let byIdentifier: [Place: TokenIssuer]

    private struct Place: Hashable {
        let kind: TokenIssuer.Kind
        let identifier: UTF8String
    }

    /// A set of issuers.
    ///
    /// - Throws: `PassportError` where two have one name, one `iss` or one trust domain (`contradiction`), or there are
    ///   more than 64.
    public init(_ issuers: [TokenIssuer]) throws(PassportError) {
        try Members.bound(issuers.count, TokenLimits.issuersMax, JSONPointer())
        var byName: [UTF8String: TokenIssuer] = [:]
        var byIdentifier: [Place: TokenIssuer] = [:]
        for issuer in issuers {
            guard byName.updateValue(issuer, forKey: issuer.name) == nil,
                byIdentifier.updateValue(issuer, forKey: Place(kind: issuer.kind, identifier: issuer.identifier))
                    == nil
            else { throw Members.repeated(JSONPointer([issuer.name])) }
        }
        all = issuers.sorted { $0.name < $1.name }
        self.byName = byName
        self.byIdentifier = byIdentifier
    }

    /// Nobody.
    public static let none = TokenIssuers()

    private init() { (all, byName, byIdentifier) = ([], [:], [:]) }

    /// The issuer of a name, or `nil`.
    public subscript(name: UTF8String) -> TokenIssuer? { byName[name] }

    /// The issuer whose tokens have this `iss`, or `nil`.
    public subscript(oauth iss: UTF8String) -> TokenIssuer? { byIdentifier[Place(kind: .oauth, identifier: iss)] }

    /// The issuer of a trust domain, or `nil`.
    public subscript(spiffe trustDomain: UTF8String) -> TokenIssuer? {
        byIdentifier[Place(kind: .spiffe, identifier: trustDomain)]
    }

    /// The issuer of a trust domain's certificates, or `nil`.
    public subscript(certificates trustDomain: UTF8String) -> TokenIssuer? {
        byIdentifier[Place(kind: .spiffeX509, identifier: trustDomain)]
    }

    /// Whether there is nobody.
    public var isEmpty: Bool { all.isEmpty }

    /// Whether an agent's id is one that only an issuer of tokens can give: no passport may have it.
    public func reserves(_ agentID: UTF8String) -> Bool { all.contains { agentID.hasPrefix($0.agentPrefix) } }
}

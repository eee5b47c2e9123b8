// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// What a configuration says of somebody who signs tokens: whom to believe what.
///
/// It has no keys. Where they are is here; whoever verifies a token gets them, and they change without the configuration.
public struct TokenIssuer: Sendable, Hashable {
    /// The kinds of token.
    public enum Kind: String, WireNamed, Hashable {
        /// OAuth 2.0 access tokens that are JWTs: those of RFC 9068, and plain ones.
        case oauth
        /// SPIFFE's JWT-SVIDs.
        case spiffe
        /// SPIFFE's X.509-SVIDs: certificates that clients show when they connect.
        case spiffeX509 = "spiffe-x509"
    }

    /// Where the issuer's keys are.
    public enum Keys: Sendable, Hashable {
        /// A JSON Web Key Set at a URL.
        case url(String)
        /// The same, or a SPIFFE bundle, in a file; relative to the installation's folder.
        case file(String)
    }

    /// A fact that a token's claim gives, or that is the same for all of an issuer's tokens.
    public enum Source: Sendable, Hashable {
        /// The claim of this name; a name that begins with `/` is a JSON pointer into the claims.
        case claim(UTF8String)
        /// Always this.
        case text(UTF8String)
    }

    /// What an agent may be asked to do.
    public enum Capabilities: Sendable, Hashable {
        /// The names in a claim: a list, or one text with blanks between.
        case claim(UTF8String)
        /// Always these.
        case fixed([UTF8String])
    }

    /// The name that policies and receipts show: letters, digits, `.`, `-` and `_`.
    public let name: UTF8String
    /// What it signs.
    public let kind: Kind
    /// OAuth: the `iss` of its tokens, byte for byte. SPIFFE: the trust domain.
    public let identifier: UTF8String
    /// Where its keys are.
    public let keys: Keys
    /// The signature algorithms that it uses.
    public let algorithms: Set<TokenAlgorithm>
    /// The `aud` that its tokens must have one of, where it is not the resource's own URL.
    public let audiences: [UTF8String]
    /// The scopes that every token must have.
    public let scopes: [UTF8String]
    /// The scopes that calls to a server take besides, by its alias.
    public let serverScopes: [UTF8String: [UTF8String]]
    /// Which claim names the agent.
    public let agent: UTF8String
    /// Whose the agents are.
    public let owner: Source
    /// Which claim has the agent's teams.
    public let teams: UTF8String?
    /// How well the issuer knows whom it vouches for.
    public let assurance: Assurance
    /// What agents may be asked to do.
    public let capabilities: Capabilities
    /// How much, as in passports.
    public let limits: JSONObject
    /// Where, as in passports.
    public let regions: [UTF8String]
    /// The longest time that a token may be valid for, in milliseconds.
    public let lifetimeMilliseconds: Int64
    /// Whether each of its tokens must be bound to a key, of which each request has a proof. Where one is bound there must be
    /// a proof in any case.
    public let needsProof: Bool
    /// SHA-256 of all that is said here, in canonical form: what was verified under other words does not count any more.
    public let rules: Digest

    /// The issuer's settings, checked.
    ///
    /// - Throws: `PassportError` where a name, a claim's name, a region or a capability is not of its form.
    public init(
        name: UTF8String, kind: Kind, identifier: UTF8String, keys: Keys, algorithms: Set<TokenAlgorithm>? = nil,
        audiences: [UTF8String] = [], scopes: [UTF8String] = [], serverScopes: [UTF8String: [UTF8String]] = [:],
        agent: UTF8String = "sub", owner: Source? = nil, teams: UTF8String? = nil, assurance: Assurance = .l0,
        capabilities: Capabilities = .fixed([]), limits: JSONObject = JSONObject(), regions: [UTF8String] = [],
        lifetimeMilliseconds: Int64 = TokenLimits.lifetimeMilliseconds, needsProof: Bool = false
    ) throws(PassportError) {
        guard Self.isName(name) else { throw Members.invalid(JSONPointer(["name"]), Self.nameForm) }
        let isIdentifier = kind == .oauth ? Self.isIssuer(identifier) : SPIFFEID.isTrustDomain(identifier)
        guard isIdentifier else {
            let member: UTF8String = kind == .oauth ? "issuer" : "trust_domain"
            throw Members.invalid(JSONPointer([member]), Self.identifierForm(kind))
        }
        guard kind == .oauth || agent == "sub" else {
            throw Members.invalid(JSONPointer(["agent"]), "a SPIFFE token's agent is its `sub`; leave this out")
        }
        if kind == .spiffeX509 {
            let claims = [owner?.claim, capabilities.claim, teams].compactMap { $0 }
            guard claims.isEmpty, scopes.isEmpty, serverScopes.isEmpty, audiences.isEmpty else {
                throw Members.invalid(JSONPointer(["claim"]), "a certificate has no claims, scopes or audience")
            }
            guard case .file = keys else {
                throw Members.invalid(JSONPointer(["bundle"]), "a trust domain's authorities are in a file")
            }
        }
        for scope in scopes + serverScopes.values.flatMap({ $0 }) where !Self.isScope(scope) {
            throw Members.invalid(
                JSONPointer(["scopes"]), "a scope is of RFC 6749's form: visible ASCII without quotes")
        }
        let claims = [agent, teams].compactMap { $0 } + [owner?.claim, capabilities.claim].compactMap { $0 }
        for claim in claims where !Self.isClaim(claim) {
            throw Members.invalid(JSONPointer(["claim"]), "name a claim, or a place in the claims as /act/sub")
        }
        if case .text(let owner) = owner, !Identifier.isName(owner) {
            throw Members.invalid(JSONPointer(["owner"]), Members.nameForm)
        }
        for region in regions where !Identifier.isRegion(region) {
            throw Members.invalid(
                JSONPointer(["regions"]), "a region is two capital letters, and perhaps two more: US-CA")
        }
        if case .fixed(let names) = capabilities {
            for name in names { _ = try Capability(name) }
        }
        if let place = ExactNumbers.firstInexact(in: .object(limits), at: JSONPointer(["limits"])) {
            throw Members.invalid(
                place, "use integers below 2^53, decimals of at most 15 digits (or a string), and little nesting")
        }
        self.name = name
        self.kind = kind
        self.identifier = identifier
        self.keys = keys
        self.algorithms = algorithms ?? Set(TokenAlgorithm.allCases)
        self.audiences = audiences
        self.scopes = scopes
        self.serverScopes = serverScopes
        self.agent = agent
        self.owner = owner ?? .text(name)
        self.teams = teams
        self.assurance = assurance
        self.capabilities = capabilities
        self.limits = limits
        self.regions = regions
        self.lifetimeMilliseconds = lifetimeMilliseconds
        self.needsProof = needsProof
        rules = Signatures.sha256(
            try Self.canonical(
                name: name, kind: kind, identifier: identifier, keys: keys, algorithms: self.algorithms,
                audiences: audiences, scopes: scopes, serverScopes: serverScopes, agent: agent, owner: self.owner,
                teams: teams, assurance: assurance, capabilities: capabilities, limits: limits, regions: regions,
                lifetime: lifetimeMilliseconds, needsProof: needsProof))
    }

    /// By `rules`, which is of everything.
    public static func == (left: TokenIssuer, right: TokenIssuer) -> Bool { left.rules == right.rules }

    /// By `rules`.
    public func hash(into hasher: inout Hasher) { hasher.combine(rules) }

    /// The scopes that a call to a server takes, all of them, each once; without a server those of every call.
    public func scopes(for server: UTF8String?) -> [UTF8String] {
        var all = scopes
        for scope in server.flatMap({ serverScopes[$0] }) ?? [] where !all.contains(scope) { all.append(scope) }
        return all
    }

    /// Whether a token is meant for a resource that is known by these URLs: the issuer's own words for it stand in their
    /// place where it has any.
    public func isMeant(_ audience: [UTF8String], for resources: [UTF8String]) -> Bool {
        let accepted = audiences.isEmpty ? resources : audiences
        return audience.contains { accepted.contains($0) }
    }

    /// What the ids of this issuer's agents begin with, and no others'.
    public var agentPrefix: UTF8String {
        switch kind {
        case .oauth: UTF8String("\(name):")
        case .spiffe, .spiffeX509: UTF8String("\(SPIFFEID.scheme)\(identifier)/")
        }
    }
}

extension TokenIssuer.Source {
    var claim: UTF8String? { if case .claim(let name) = self { name } else { nil } }
}

extension TokenIssuer.Capabilities {
    var claim: UTF8String? { if case .claim(let name) = self { name } else { nil } }
}

extension TokenIssuer {
    /// No colon, so that no issuer's agents have ids that begin as another's do; and not what SPIFFE ids begin with.
    private static func isName(_ text: UTF8String) -> Bool {
        Identifier.isName(text) && text.byteCount <= 64 && text != "spiffe"
            && text.bytes.allSatisfy { byte in
                Identifier.isDigit(byte) || (0x61...0x7a).contains(byte | 0x20) || "._-".utf8.contains(byte)
            }
    }

    private static let nameForm =
        "use 1 to 64 letters, digits, dots, hyphens and underscores, not `spiffe`: the ids of its agents begin so"

    private static func isIssuer(_ text: UTF8String) -> Bool {
        (1...1024).contains(text.byteCount) && text.bytes.allSatisfy { (0x21...0x7e).contains($0) }
    }

    private static func identifierForm(_ kind: Kind) -> String {
        switch kind {
        case .oauth: "write the issuer exactly as `iss` has it in its tokens"
        case .spiffe, .spiffeX509: "write a trust domain: lower-case letters, digits, dots, hyphens and underscores"
        }
    }

    /// RFC 6749 §3.3.
    private static func isScope(_ text: UTF8String) -> Bool {
        (1...256).contains(text.byteCount)
            && text.bytes.allSatisfy { (0x21...0x7e).contains($0) && $0 != 0x22 && $0 != 0x5c }
    }

    private static func isClaim(_ text: UTF8String) -> Bool {
        !text.isEmpty && text.byteCount <= 256 && (!text.hasPrefix("/") || JSONPointer(parsing: text) != nil)
    }

    private static func canonical(
        name: UTF8String, kind: Kind, identifier: UTF8String, keys: Keys, algorithms: Set<TokenAlgorithm>,
        audiences: [UTF8String], scopes: [UTF8String], serverScopes: [UTF8String: [UTF8String]], agent: UTF8String,
        owner: Source, teams: UTF8String?, assurance: Assurance, capabilities: Capabilities, limits: JSONObject,
        regions: [UTF8String], lifetime: Int64, needsProof: Bool
    ) throws(PassportError) -> [UInt8] {
        func list(_ texts: [UTF8String]) -> JSON { .array(texts.map(JSON.string)) }
        var servers = JSONObject()
        for (server, scopes) in serverScopes.sorted(by: { $0.key < $1.key }) { servers[server] = list(scopes) }
        var object = JSONObject()
        object["type"] = "writ.token-issuer/1"
        object["name"] = .string(name)
        object["kind"] = .string(kind.wire)
        object["identifier"] = .string(identifier)
        switch keys {
        case .url(let url): object["keys"] = ["url": .text(url)]
        case .file(let path): object["keys"] = ["file": .text(path)]
        }
        object["algorithms"] = list(algorithms.map(\.wire).sorted())
        object["audiences"] = list(audiences)
        object["scopes"] = list(scopes)
        object["server_scopes"] = .object(servers)
        object["agent"] = .string(agent)
        switch owner {
        case .claim(let claim): object["owner"] = ["claim": .string(claim)]
        case .text(let text): object["owner"] = .string(text)
        }
        object["teams"] = teams.map(JSON.string)
        object["assurance"] = .string(assurance.wire)
        switch capabilities {
        case .claim(let claim): object["capabilities"] = ["claim": .string(claim)]
        case .fixed(let names): object["capabilities"] = list(names)
        }
        object["limits"] = .object(limits)
        object["regions"] = list(regions)
        object["lifetime"] = .integer(lifetime)
        if needsProof { object["proof"] = "required" }
        do throws(JSONError) { return try JSON.object(object).canonical() } catch { throw .malformed(error) }
    }
}

/// How tokens may be signed. There is nothing else: not `none`, and nothing with a shared secret.
public enum TokenAlgorithm: String, WireNamed, Hashable {
    /// Ed25519 (RFC 8037); also written `Ed25519` (RFC 9864).
    case edDSA = "EdDSA"
    /// ECDSA over P-256 with SHA-256 (RFC 7518 §3.4).
    case es256 = "ES256"
    /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3).
    case rs256 = "RS256"
}

/// What bounds tokens.
public enum TokenLimits {
    /// Bytes of a token: 16 KiB, more than HTTP servers take in one header's line.
    public static let tokenBytesMax = 16 << 10
    /// How far clocks may be apart, in milliseconds: a minute.
    public static let skewMilliseconds: Int64 = 60_000
    /// How long a token may be valid where nothing else is said: a day.
    public static let lifetimeMilliseconds: Int64 = 86_400_000
    /// The longest that can be set: a month.
    public static let lifetimeMillisecondsMax: Int64 = 31 * 86_400_000
    /// Issuers of tokens: 64. Each may have a set of keys that is fetched.
    public static let issuersMax = 64
    /// Bytes of one claim that policies see as a tag: what `writ receipts show` can still print. Longer ones make the
    /// token unfit, since a policy may ask for what would be left out.
    public static let claimBytesMax = 4096
    /// Scopes of a token: 256.
    public static let scopesMax = 256
    /// Audiences of a token: 64.
    public static let audiencesMax = 64
}

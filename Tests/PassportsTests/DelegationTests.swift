// SPDX-License-Identifier: Apache-2.0

import Crypto
import Passports
import StrictJSON
import Testing
import WireTypes

/// Chains of passports, made and signed here.
enum Chains {
    static let holder = [UInt8](repeating: 21, count: 32)
    static let second = [UInt8](repeating: 22, count: 32)
    static let stranger = [UInt8](repeating: 23, count: 32)
    static let now = Timestamp(clamping: 1_773_802_031_204)

    static func key(_ seed: [UInt8]) throws -> Ed25519PublicKey {
        try #require(Ed25519PublicKey(bytes: Fixture.publicKey(seed)))
    }

    static func kid(_ seed: [UInt8]) throws -> UTF8String {
        UTF8String(Digest(SHA256.hash(data: Ed25519JWK.thumbprintInput(try key(seed)))).base64URL)
    }

    /// A passport that may be delegated, of `agent:0`, bound to `holder`.
    static func root(_ change: (inout PassportDraft) throws -> Void = { _ in }) throws -> PassportFile {
        var draft = PassportDraft(agentID: "agent:0", ownerID: "org_1")
        draft.capabilities = [try Capability("data.export"), try Capability("messaging.send")]
        draft.limits["data.export"] = ["max_rows": 1000, "allow_pii": true]
        draft.regions = ["US", "DE"]
        draft.assurance = .l2
        draft.teams = ["team:a", "team:b"]
        draft.expiresAt = now.adding(milliseconds: 1_000_000)
        draft.delegation = try Delegation(maxDepth: 3)
        draft.confirmation = try key(holder)
        try change(&draft)
        return try sign(draft, Fixture.seed, kid: Fixture.kid)
    }

    /// A passport that rests on another.
    static func child(
        of parent: PassportFile, _ agent: UTF8String = "agent:1", by seed: [UInt8] = holder, kid: UTF8String? = nil,
        _ change: (inout PassportDraft) throws -> Void = { _ in }
    ) throws -> PassportFile {
        var draft = PassportDraft(agentID: agent, ownerID: "org_1")
        draft.capabilities = [try Capability("data.export")]
        draft.expiresAt = now.adding(milliseconds: 500_000)
        draft.delegation = try Delegation(parent: parent.digest)
        try change(&draft)
        return try sign(draft, seed, kid: kid ?? self.kid(seed))
    }

    static func sign(_ draft: PassportDraft, _ seed: [UInt8], kid: UTF8String) throws -> PassportFile {
        try PassportFile(signing: draft.passport(id: Fixture.id(), at: now), kid: kid, privateKey: seed)
    }

    static func verified(_ files: [PassportFile]) throws -> VerifiedPassport {
        // As it is presented: read back from its bytes.
        try PassportChain(parsing: PassportChain(files).bytes).verified(by: Fixture.issuers())
    }

    /// What a child with these limits may of a parent with those.
    static func limits(_ parent: JSON, _ child: JSON) throws -> JSON {
        let root = try root { $0.limits = try #require(parent.object) }
        let child = try Chains.child(of: root) { $0.limits = try #require(child.object) }
        return .object(try verified([root, child]).authority.limits)
    }
}

struct DelegationTests {
    private func refused(
        _ code: PassportError.Code, _ files: [PassportFile], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let error = #expect(throws: PassportError.self, sourceLocation: sourceLocation) { try Chains.verified(files) }
        #expect(error?.code == code, sourceLocation: sourceLocation)
    }

    @Test func `a child signed by its parent's holder has what both say`() throws {
        let root = try Chains.root()
        let child = try Chains.child(of: root) {
            $0.capabilities.append(try Capability("repo.merge"))
            $0.limits["data.export"] = ["max_rows": 5000, "allow_pii": false]
            $0.regions = ["US-CA", "FR"]
            $0.assurance = .l4FIN
            $0.teams = ["team:b", "team:c"]
            $0.expiresAt = Chains.now.adding(milliseconds: 9_000_000)
        }
        let verified = try Chains.verified([root, child])
        let authority = verified.authority
        #expect(authority.capabilities.map(\.id) == ["data.export"])
        #expect(
            try JSON.object(authority.limits).canonical()
                == (["data.export": ["max_rows": 1000, "allow_pii": false]] as JSON).canonical())
        #expect(authority.regions == ["US-CA"])
        #expect(authority.assurance == .l2)
        #expect(authority.teams == ["team:b"])
        #expect(authority.expiresAt == Chains.now.adding(milliseconds: 1_000_000))
        #expect(verified.ancestors.map(\.digest) == [root.digest])
        #expect(verified.issuer == "example-issuer")
        let identity = VerifiedIdentity(verified)
        #expect(identity.delegators.map(\.agentID) == ["agent:0"])
        #expect(identity.claims["assurance_level"] == "L2")
        #expect(identity.claims["expires_at"] == UTF8String(Chains.now.adding(milliseconds: 1_000_000).text))
    }

    @Test func `a field that the child leaves out is its parent's`() throws {
        let root = try Chains.root()
        let authority = try Chains.verified([root, Chains.child(of: root) { $0.expiresAt = nil }]).authority
        #expect(
            try JSON.object(authority.limits).canonical()
                == (["data.export": ["max_rows": 1000, "allow_pii": true]] as JSON).canonical())
        #expect(authority.expiresAt == Chains.now.adding(milliseconds: 1_000_000))
        #expect(authority.regions.isEmpty)
    }

    @Test func `a field that the parent leaves out is the child's`() throws {
        let root = try Chains.root { $0.limits = JSONObject() }
        let child = try Chains.child(of: root) { $0.limits["data.export"] = ["max_rows": 5] }
        #expect(try Chains.verified([root, child]).authority.limits["data.export"] == ["max_rows": 5])
    }

    struct Meet: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let parent: JSON
        let child: JSON
        let both: JSON

        init(_ name: String, _ parent: JSON, _ child: JSON, _ both: JSON = nil) {
            (testDescription, self.parent, self.child, self.both) = (name, parent, child, both)
        }
    }

    @Test(arguments: [
        Meet("the lower maximum", ["max_rows": 10], ["max_rows": 9], ["max_rows": 9]),
        Meet("the higher minimum", ["min_summary_words": 10], ["min_summary_words": 5], ["min_summary_words": 10]),
        Meet("what one does not allow", ["allow_pii": false], ["allow_pii": true], ["allow_pii": false]),
        Meet(
            "what one requires", ["approval_required": true], ["approval_required": false], ["approval_required": true]
        ),
        Meet("what a child requires", ["require_tests": false], ["require_tests": true], ["require_tests": true]),
        Meet(
            "what both allow", ["allowed_repos": ["a", "b"]], ["allowed_repos": ["b", "c"]], ["allowed_repos": ["b"]]),
        Meet("what one blocks", ["blocked_paths": ["a"]], ["blocked_paths": ["b"]], ["blocked_paths": ["a", "b"]]),
        Meet("null says nothing", ["max_rows": 10], ["max_rows": nil], ["max_rows": 10]),
        Meet(
            "a currency that the parent lacks", ["currency_limits": ["USD": ["max_per_tx": 5]]],
            ["currency_limits": ["USD": ["max_per_tx": 9], "EUR": ["max_per_tx": 1]]],
            ["currency_limits": ["USD": ["max_per_tx": 5]]]),
        Meet(
            "a nested field that one lacks", ["r": ["currency_limits": ["USD": ["max_per_tx": 5]]]],
            ["r": ["currency_limits": ["USD": ["daily_cap": 7]]]],
            ["r": ["currency_limits": ["USD": ["max_per_tx": 5, "daily_cap": 7]]]]),
        Meet(
            "a recipient's own bounds", ["allowed_recipients": ["x", ["id": "y", "limits": ["max_amount": 5]]]],
            ["allowed_recipients": ["y", ["id": "x", "limits": ["max_amount": 3]]]],
            [
                "allowed_recipients": [
                    ["id": "y", "limits": ["max_amount": 5]], ["id": "x", "limits": ["max_amount": 3]],
                ]
            ]),
        Meet(
            "the higher assurance", ["require_assurance_at_least": "L3"], ["require_assurance_at_least": "L1"],
            ["require_assurance_at_least": "L3"]),
    ])
    func `limits meet`(_ meet: Meet) throws {
        #expect(try Chains.limits(meet.parent, meet.child).canonical() == meet.both.canonical())
    }

    @Test(arguments: [
        Meet("another text", ["mention_policy": "none"], ["mention_policy": "all"], nil),
        Meet("another type", ["max_rows": 10], ["max_rows": "10"], nil),
        Meet("a list for a number", ["max_rows": 10], ["max_rows": [10]], nil),
        Meet("a switch that nobody knows", ["fast": true], ["fast": false], nil),
        Meet("flat above nested", ["data.export": ["max_rows": 10]], ["max_rows": 5], nil),
        Meet("nested above flat", ["max_rows": 10], ["data.export": ["max_rows": 1000]], nil),
        Meet("dots for nesting", ["data.export": ["max_rows": 10]], ["data": ["export": ["max_rows": 1000]]], nil),
        Meet(
            "another name of the capability", ["data.export": ["max_rows": 10]],
            ["data.export.create": ["max_rows": 1000]], nil),
    ])
    func `limits that nobody can compare are refused`(_ meet: Meet) throws {
        let error = #expect(throws: PassportError.self) { try Chains.limits(meet.parent, meet.child) }
        #expect(error?.code == .widening)
    }

    @Test func `the issuer may sign a link, and another issuer may not`() throws {
        let root = try Chains.root { ($0.confirmation, $0.delegation) = (nil, nil) }
        let child = try Chains.child(of: root, by: Fixture.seed, kid: Fixture.kid)
        #expect(try Chains.verified([root, child]).ancestors.count == 1)
        let issuers = try TrustedIssuers([
            TrustedIssuer(name: "example-issuer", kid: Fixture.kid, publicKey: Fixture.publicKey(Fixture.seed)),
            TrustedIssuer(
                name: "other", kid: Chains.kid(Chains.stranger), publicKey: Fixture.publicKey(Chains.stranger)),
        ])
        let foreign = try PassportChain([root, Chains.child(of: root, by: Chains.stranger)])
        #expect(throws: PassportError.self) { try foreign.verified(by: issuers) }
    }

    @Test func `a link signed by another key is refused`() throws {
        let root = try Chains.root()
        try refused(.untrustedIssuer, [root, Chains.child(of: root, by: Chains.stranger)])
        let named = try Chains.kid(Chains.holder)
        try refused(.badSignature, [root, Chains.child(of: root, by: Chains.stranger, kid: named)])
    }

    @Test func `a chain of three is verified in its order and in no other`() throws {
        let root = try Chains.root()
        let middle = try Chains.child(of: root) { $0.confirmation = try Chains.key(Chains.second) }
        let leaf = try Chains.child(of: middle, "agent:2", by: Chains.second)
        #expect(try Chains.verified([root, middle, leaf]).ancestors.map(\.passport.agentID) == ["agent:0", "agent:1"])
        #expect(throws: PassportError.self) { try Chains.verified([middle, root, leaf]) }
        #expect(throws: PassportError.self) { try Chains.verified([root, leaf, middle]) }
        #expect(throws: PassportError.self) { try Chains.verified([root, leaf]) }
        #expect(throws: PassportError.self) { try Chains.verified([middle, leaf]) }
        // The middle of another key: the leaf is signed by the root's holder, not by the middle's.
        try refused(.untrustedIssuer, [root, middle, Chains.child(of: middle, "agent:2", by: Chains.holder)])
    }

    @Test func `a link under another parent than its own is refused`() throws {
        let root = try Chains.root()
        let wide = try Chains.root { $0.limits = JSONObject() }
        try refused(.delegation, [wide, Chains.child(of: root)])
        try refused(.delegation, [root, Chains.child(of: root) { $0.delegation = nil }])
    }

    @Test func `a child is nothing without its chain`() throws {
        let root = try Chains.root()
        try refused(.delegation, [Chains.child(of: root, by: Fixture.seed, kid: Fixture.kid)])
    }

    @Test func `no agent is in a chain twice`() throws {
        let root = try Chains.root()
        try refused(.delegation, [root, Chains.child(of: root, "agent:0")])
        let middle = try Chains.child(of: root) { $0.confirmation = try Chains.key(Chains.second) }
        try refused(.delegation, [root, middle, Chains.child(of: middle, "agent:0", by: Chains.second)])
    }

    @Test func `owner and parent are those of the passport before`() throws {
        let root = try Chains.root()
        try refused(.delegation, [root, Chains.child(of: root) { $0.ownerID = "org_2" }])
        try refused(.delegation, [root, Chains.child(of: root) { $0.ownerType = .user }])
        try refused(.delegation, [root, Chains.child(of: root) { $0.parentAgentID = "agent:9" }])
        #expect(
            try Chains.verified([root, Chains.child(of: root) { $0.parentAgentID = "agent:0" }]).ancestors.count == 1)
    }

    @Test func `no chain is longer than any of its passports allows`() throws {
        func chain(_ depths: [Int64?]) throws -> [PassportFile] {
            var files: [PassportFile] = []
            for (index, depth) in depths.enumerated() {
                let agent = UTF8String("agent:\(index)")
                if let parent = files.last {
                    files.append(
                        try Chains.child(of: parent, agent) {
                            $0.delegation = try Delegation(parent: parent.digest, maxDepth: depth)
                            $0.confirmation = try Chains.key(Chains.holder)
                        })
                } else {
                    files.append(try Chains.root { $0.delegation = try depth.map { try Delegation(maxDepth: $0) } })
                }
            }
            return files
        }
        for depths in [[1, nil], [2, nil, nil], [3, 2, 1, nil], [7, nil, nil, nil, nil, nil, nil, nil]] as [[Int64?]] {
            #expect(try Chains.verified(chain(depths)).ancestors.count == depths.count - 1)
        }
        for depths in [[nil, nil], [1, nil, nil], [1, 7, nil], [7, 1, nil, nil]] as [[Int64?]] {
            try refused(.delegation, chain(depths))
        }
        #expect(throws: PassportError.self) { try Delegation(maxDepth: 8) }
        #expect(throws: PassportError.self) { try Delegation(maxDepth: 0) }
        let files = try chain([7, nil, nil, nil, nil, nil, nil, nil, nil])
        #expect(throws: PassportError.self) { try PassportChain(files) }
    }

    @Test func `a chain counts as long as each of its passports does`() throws {
        let root = try Chains.root()
        let verified = try Chains.verified([root, Chains.child(of: root) { $0.expiresAt = nil }])
        func code(_ milliseconds: Int64, _ logged: [UTF8String: LoggedStatus] = [:]) -> PassportRefusal.Code? {
            verified.refusal(at: Chains.now.adding(milliseconds: milliseconds)) { logged[$0] ?? .none }?.code
        }
        #expect(code(0) == nil)
        #expect(code(1_000_000) == .passportExpired)
        #expect(code(0, ["agent:0": .revoked]) == .passportRevoked)
        #expect(code(0, ["agent:0": .suspended]) == .passportSuspended)
        #expect(code(0, ["agent:1": .suspended]) == .passportSuspended)
        #expect(code(0, ["agent:2": .revoked]) == nil)
    }

    @Test(arguments: [
        #"{"type":"writ.passport-chain/1"}"#, #"{"type":"writ.passport-chain/1","chain":[]}"#,
        #"{"type":"writ.passport-chain/1","chain":[{}]}"#, #"{"type":"writ.passport-chain/1","chain":[{},{}]}"#,
        #"{"type":"writ.passport-chain/1","chain":[{},{}],"more":1}"#, #"{"type":"writ.passport-chain/2","chain":[]}"#,
    ])
    func `what is no chain is refused`(_ text: String) {
        #expect(throws: PassportError.self) { try PassportChain(parsing: Array(text.utf8)) }
    }

    @Test func `a key's private half, another kind of key and other members are no confirmation`() throws {
        let x = Base64URL.encode(try Fixture.publicKey(Chains.holder))
        let good: JSON = ["jwk": ["kty": "OKP", "crv": "Ed25519", "x": .text(x)]]
        let passport = try Passport(Fixture.changed("cnf", to: good))
        #expect(passport.confirmation == (try Chains.key(Chains.holder)))
        #expect(passport.json["cnf"] == good)
        for bad in [
            ["jwk": ["kty": "OKP", "crv": "Ed25519", "x": .text(x), "d": .text(x)]], ["jwk": ["kty": "EC"]],
            ["kid": "k"], ["jwk": ["kty": "OKP", "crv": "Ed25519", "x": .text(x)], "x5t#S256": "y"], [:], "k",
        ] as [JSON] {
            #expect(throws: PassportError.self) { try Passport(Fixture.changed("cnf", to: bad)) }
        }
    }
}

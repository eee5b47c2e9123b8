// SPDX-License-Identifier: Apache-2.0

import Decisions
import Passports
import Receipts
import StrictJSON
import Testing
import WireTypes

/// What a door has verified of tokens, made here as a door would.
enum Tokens {
    static let agent: UTF8String = "corp:worker-7"
    /// Of a key whose thumbprint is 32 zeros.
    static let confirmation: JSONObject? = (["jkt": .text(String(repeating: "A", count: 43))] as JSON).object

    static func issuer(
        scopes: [UTF8String] = [], serverScopes: [UTF8String: [UTF8String]] = [:]
    ) throws -> TokenIssuer {
        try TokenIssuer(
            name: "corp", kind: .oauth, identifier: "https://login.example/", keys: .file("keys.json"), scopes: scopes,
            serverScopes: serverScopes)
    }

    static func verified(
        _ issuer: TokenIssuer? = nil, _ change: (inout CredentialFacts) throws -> Void = { _ in }
    ) throws -> VerifiedCredential {
        let digest = Digest([UInt8](repeating: 7, count: 32))
        var facts = CredentialFacts(
            kind: .oauth, issuer: "corp", rules: try (issuer ?? Self.issuer()).rules, subject: "worker-7",
            agentID: agent, ownerID: "corp", scopes: ["docs:read"], audience: ["http://127.0.0.1:8808/mcp"],
            capabilities: [try Capability("mcp.tool.execute")], assurance: .l2, onBehalfOf: "alice",
            claims: ["department": "research"], issuedAt: World.day, expiresAt: World.day.adding(milliseconds: 300_000),
            token: digest, key: digest)
        try change(&facts)
        return try VerifiedCredential(facts)
    }
}

/// Calls whose caller is known by a token.
struct TokenCallTests {
    private static func code(_ verdict: Verdict) -> ReasonCode? { verdict.refusals.first?.code }

    private static func judge(
        _ change: (inout CredentialFacts) throws -> Void = { _ in }, _ policies: String = Books.policies,
        at now: Timestamp = World.day, killSwitches: [KillSwitch] = [], standings: [UTF8String: LoggedStanding] = [:]
    ) throws -> Verdict {
        try judged(
            Calls.call(as: .verified(Tokens.verified(nil, change))), policies, at: now, killSwitches: killSwitches,
            standings: standings)
    }

    @Test func `a permitted call of a token's bearer runs, and its receipt says who it was and replays`() async throws {
        let world = try World()
        let credential = try Tokens.verified()
        let answer = await world.pipeline.answer(try Calls.call(as: .verified(credential)))
        #expect(answer.isAllowed && answer.agentID == Tokens.agent)
        let identity = try world.receipt(answer).identity
        #expect(identity.state == .verified && identity.kind == "oauth" && identity.issuer == "corp")
        #expect(identity.digest == credential.digest && identity.assurance == 2 && identity.onBehalfOf == "alice")
        #expect(try world.replay(answer).differences == [])
    }

    @Test(arguments: [
        ("/credential/verified/expires_at", #""2026-03-17T09:00:00.000Z""#, "/allow"),
        ("/credential/verified/agent_id", #""corp:worker-8""#, "/agent_id"),
        ("/credential/verified/rules", #""AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA""#, "/allow"),
        ("/credential/verified/claims/department", #""finance""#, "/identity/digest"),
        ("/credential/verified/confirmation", #"{"jkt":"x"}"#, "/allow"),
    ]) func `a replay with other facts differs`(place: String, value: String, differs: String) async throws {
        let world = try World()
        let answer = await world.pipeline.answer(try Calls.call(as: .verified(Tokens.verified())))
        let pointer = try #require(JSONPointer(parsing: UTF8String(place)))
        let replay = try world.replay(
            answer, altering: { try $0.replacing(pointer, with: JSON(parsing: UTF8String(value))) })
        #expect(replay.differences.map(\.text.string).contains(differs), "\(replay.differences)")
    }

    @Test func `policies see the token's facts as they see a passport's`() throws {
        let policies = #"""
            @id("docs") permit (principal in Owner::"corp", action in Action::"docs", resource)
            when { principal.on_behalf_of == "alice" && principal.assurance >= 2 && principal.issuer == "corp"
                && principal.getTag("department") == "research" };
            @id("read") permit (principal, action == Action::"read", resource in Directory::"/reports");
            """#
        #expect(try Self.judge({ _ in }, policies).isAllowed)
        #expect(try !Self.judge({ $0.onBehalfOf = "bob" }, policies).isAllowed)
        #expect(try !Self.judge({ $0.claims["department"] = "sales" }, policies).isAllowed)
    }

    @Test func `a token counts until a minute after its end and from a minute before its beginning`() throws {
        let end = World.day.adding(milliseconds: 300_000)
        #expect(try Self.judge(at: end.adding(milliseconds: 59_999)).isAllowed)
        #expect(try Self.code(Self.judge(at: end.adding(milliseconds: 60_000))) == .identityUnverified)
        #expect(try Self.judge({ $0.notBefore = World.day.adding(milliseconds: 60_000) }).isAllowed)
        let early = try Self.judge({ $0.notBefore = World.day.adding(milliseconds: 60_001) })
        #expect(Self.code(early) == .identityUnverified && early.identity.state == .claimed)
    }

    @Test func `a token whose issuer is not trusted any more, or under other words, is nobody's`() async throws {
        let world = try World()
        let credential = Credential.verified(try Tokens.verified())
        #expect(await world.pipeline.answer(try Calls.call(as: credential)).isAllowed)
        for issuers in [TokenIssuers.none, try TokenIssuers([Tokens.issuer(scopes: ["docs:read"])])] {
            world.rules.set(try Books.rulebook(Books.policies, configuration: ["x": 1], tokenIssuers: issuers))
            let answer = await world.pipeline.answer(try Calls.call(as: credential))
            #expect(answer.reasons.first?.code == .identityUnverified)
            guard case .failure = try await world.pipeline.identify(credential) else {
                Issue.record("it was let in")
                return
            }
        }
    }

    @Test func `a token that is bound to a key counts only with a proof of that key`() throws {
        #expect(try Self.code(Self.judge { $0.confirmation = Tokens.confirmation }) == .identityUnverified)
        #expect(
            try Self.judge {
                $0.confirmation = Tokens.confirmation
                $0.proof = .dpop
            }.isAllowed)
        // A proof of a key says nothing of a token that is bound to none, or in a way that is no key's.
        for confirmation: JSON? in [nil, ["jkt": "x"], ["x5t#S256": "x"], ["jkt": "x", "kid": "y"]] {
            let verdict = try Self.judge {
                $0.confirmation = confirmation?.object
                $0.proof = .dpop
            }
            #expect(Self.code(verdict) == .identityUnverified, "\(String(describing: confirmation))")
        }
    }

    @Test func `the receipt of a proved token names the proof and the key, and policies see it`() async throws {
        let policies = #"""
            @id("docs") permit (principal, action in Action::"docs", resource) when { principal.proof == "dpop" };
            @id("read") permit (principal, action == Action::"read", resource in Directory::"/reports");
            """#
        let world = try World(policies)
        let plain = await world.pipeline.answer(try Calls.call(as: .verified(Tokens.verified())))
        #expect(!plain.isAllowed)
        #expect(try world.receipt(plain).identity.proof == nil)
        let proved = try Tokens.verified {
            $0.confirmation = Tokens.confirmation
            $0.proof = .dpop
        }
        let answer = await world.pipeline.answer(try Calls.call(as: .verified(proved)))
        let identity = try world.receipt(answer).identity
        #expect(answer.isAllowed && identity.proof == "dpop")
        #expect(identity.proofKey == Digest([UInt8](repeating: 0, count: 32)))
        #expect(try world.replay(answer).differences == [])
    }

    @Test func `where an issuer's tokens need a proof, one without is nobody's`() throws {
        let issuer = try TokenIssuer(
            name: "corp", kind: .oauth, identifier: "https://login.example/", keys: .file("keys.json"),
            needsProof: true)
        let issuers = try TokenIssuers([issuer])
        let bearer = try Tokens.verified(issuer)
        #expect(bearer.refusal(at: World.day, issuers) != nil)
        let bound = try Tokens.verified(issuer) { $0.confirmation = Tokens.confirmation }
        #expect(bound.refusal(at: World.day, issuers) != nil)
        #expect(try bound.proved(by: .dpop).refusal(at: World.day, issuers) == nil)
    }

    @Test func `suspension, revocation and kill switches act on a token's agent and owner at once`() async throws {
        #expect(try Self.code(Self.judge(standings: [Tokens.agent: .suspended])) == .passportSuspended)
        #expect(try Self.code(Self.judge(standings: [Tokens.agent: .revoked])) == .passportRevoked)
        #expect(try Self.judge(standings: ["worker-7": .revoked]).isAllowed)
        for scope: Decisions.KillScope in [.agent(Tokens.agent), .owner("corp"), .everything] {
            #expect(try Self.code(Self.judge(killSwitches: [KillSwitch(scope: scope, reason: "r")])) == .killSwitch)
        }
        let world = try World()
        let credential = Credential.verified(try Tokens.verified())
        #expect(await world.pipeline.answer(try Calls.call(as: credential)).isAllowed)
        try await world.kill(.agent, Tokens.agent)
        let answer = await world.pipeline.answer(try Calls.call(as: credential))
        #expect(
            answer.reasons.first?.code == .killSwitch
                && world.pipeline.isStopped(.tool, for: credential, server: "docs"))
        #expect(try world.replay(answer).differences == [])
    }

    @Test func `a call to a server takes the scopes that its issuer's settings ask for`() throws {
        let issuer = try Tokens.issuer(serverScopes: ["docs": ["docs:read", "docs:list"]])
        let issuers = try TokenIssuers([issuer])
        func verdict(_ scopes: [UTF8String]) throws -> Verdict {
            let call = try Calls.call(as: .verified(Tokens.verified(issuer) { $0.scopes = scopes }))
            return Judge.judge(
                DecisionInputs(
                    call: call, now: World.day, local: LocalTime(World.day, offsetSeconds: 0), killSwitches: [],
                    standings: [:], rulebook: try Books.rulebook(Books.policies, tokenIssuers: issuers),
                    resolve: { [$0] }))
        }
        #expect(try verdict(["docs:list", "docs:read"]).isAllowed)
        let refused = try verdict(["docs:read"])
        #expect(refused.refusals.first?.code == .scopeInsufficient)
        #expect(refused.refusals.first?.message == "scope: the token has not: docs:list")
    }

    @Test func `a passport cannot have the id of an agent that only tokens have`() throws {
        let passport = try Agents.credential { $0.agentID = "corp:worker-7" }
        let verdict = try judged(Calls.call(as: passport))
        #expect(Self.code(verdict) == .identityUnverified && !verdict.isAllowed)
        #expect(try judged(Calls.call(as: Agents.credential { $0.agentID = "corporate:worker-7" })).isAllowed)
    }

    @Test func `the next token of an agent sees what the last saw`() async throws {
        let world = try World()
        let asked = [VisibilityQuestion.operation(.resource(method: "resources/read", uri: "file:///reports/a"))]
        let place = WorkingPlace(workingDirectory: "/srv", isLocal: false)
        let first = try await world.pipeline.visible(
            asked, to: .verified(Tokens.verified()), server: "docs", builtInMap: nil, place: place)
        let second = try await world.pipeline.visible(
            asked, to: .verified(Tokens.verified { $0.expiresAt = World.day.adding(milliseconds: 400_000) }),
            server: "docs", builtInMap: nil, place: place)
        #expect(first == second)
        let over = try Tokens.verified { $0.expiresAt = World.day.adding(milliseconds: -60_000) }
        #expect(
            try await world.pipeline.visible(asked, to: .verified(over), server: "docs", builtInMap: nil, place: place)
                == [false])
    }
}

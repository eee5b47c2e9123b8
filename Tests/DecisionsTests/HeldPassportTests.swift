// SPDX-License-Identifier: Apache-2.0

import Decisions
import Passports
import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

/// Passports that are bound to a key, shown by somebody who has that key, or another, or none.
struct HeldPassportTests {
    private static let seed = [UInt8](repeating: 61, count: 32)

    private static func thumbprint(_ seed: [UInt8] = Self.seed) throws -> Digest { try Ed25519KeyPair(seed: seed).kid }

    private static func bytes(bound: Bool = true) throws -> [UInt8] {
        try Agents.passport { draft in
            if bound { draft.confirmation = try Ed25519KeyPair(seed: seed).publicKey }
        }
    }

    private static func held(
        _ proof: CredentialFacts.Proof = .cnf, key: [UInt8] = Self.seed, bound: Bool = true
    ) throws -> Credential {
        .held(try bytes(bound: bound), Possession(proof, key: try thumbprint(key)))
    }

    @Test(arguments: [CredentialFacts.Proof.cnf, .dpop])
    func `who has the key of a bound passport is its agent, and the receipt names proof and key and replays`(
        proof: CredentialFacts.Proof
    ) async throws {
        let world = try World()
        let answer = await world.pipeline.answer(try Calls.call(as: Self.held(proof)))
        let identity = try world.receipt(answer).identity
        #expect(answer.isAllowed && answer.agentID == Agents.id)
        #expect(identity.kind == "passport" && identity.proof == proof.wire)
        #expect(identity.proofKey == (try Self.thumbprint()))
        #expect(try world.replay(answer).differences == [])
    }

    @Test func `without the key, with another, or with one that the passport does not name, it is nobody's`() throws {
        let other = [UInt8](repeating: 62, count: 32)
        let cases: [(Credential, UTF8String)] = [
            (.passport(try Self.bytes()), "identity: proof of possession is missing"),
            (
                try Self.held(key: other),
                "identity: the key that was shown is not the one that the passport is bound to"
            ),
            (
                try Self.held(key: other, bound: false),
                "identity: a key was shown, and the passport is bound to none"
            ),
            (try Self.held(.none), "identity: the key that was shown is not the one that the passport is bound to"),
        ]
        for (credential, message) in cases {
            let verdict = try judged(Calls.call(as: credential))
            #expect(verdict.refusals.first?.code == .identityUnverified)
            #expect(verdict.refusals.first?.message == message && verdict.identity.state == .claimed)
        }
    }

    @Test func `a passport that was accepted with its key is not remembered for whoever has not that key`() async throws
    {
        // One pipeline, which remembers.
        let pipeline = try World().pipeline
        func isAllowed(_ credential: Credential) async throws -> Bool {
            await pipeline.answer(try Calls.call(as: credential)).isAllowed
        }
        let (plain, other) = (
            Credential.passport(try Self.bytes()), try Self.held(key: [UInt8](repeating: 62, count: 32))
        )
        #expect(try await !isAllowed(plain))
        #expect(try await isAllowed(Self.held()))
        #expect(try await !isAllowed(plain))
        #expect(try await !isAllowed(other))
        #expect(try await isAllowed(Self.held(.dpop)))
        #expect(try await pipeline.identify(Self.held()).get().agentID == Agents.id)
        guard case .failure = try await pipeline.identify(plain) else {
            Issue.record("it was let in")
            return
        }
        guard case .held(_, let kept) = try await pipeline.identify(Self.held()).get().credential else {
            Issue.record("the proof was lost")
            return
        }
        #expect(kept == Possession(.cnf, key: try Self.thumbprint()))
    }

    @Test(arguments: [
        ("/credential/possession/key", #""AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA""#, "/allow"),
        ("/credential/possession/proof", #""none""#, "/allow"),
        ("/credential/possession/proof", #""dpop""#, "/identity/proof"),
    ]) func `a replay with another proof differs`(place: String, value: String, differs: String) async throws {
        let world = try World()
        let answer = await world.pipeline.answer(try Calls.call(as: Self.held()))
        let pointer = try #require(JSONPointer(parsing: UTF8String(place)))
        let replay = try world.replay(
            answer, altering: { try $0.replacing(pointer, with: JSON(parsing: UTF8String(value))) })
        #expect(replay.differences.map(\.text.string).contains(differs), "\(replay.differences)")
    }

    @Test func `policies can ask for the proof`() throws {
        let policies = #"""
            @id("docs") permit (principal, action in Action::"docs", resource) when { principal.proof == "cnf" };
            @id("read") permit (principal, action == Action::"read", resource in Directory::"/reports");
            """#
        #expect(try judged(Calls.call(as: Self.held()), policies).isAllowed)
        #expect(try !judged(Calls.call(as: Self.held(.dpop)), policies).isAllowed)
        #expect(try !judged(Calls.call(as: Agents.credential()), policies).isAllowed)
    }

    @Test func `the last passport of a chain is its holder's`() throws {
        let bytes = try PassportChain(
            Line.files(2) { index, draft in
                if index == 1 { draft.confirmation = try Ed25519KeyPair(seed: Self.seed).publicKey }
            }
        ).bytes
        func isAllowed(_ key: [UInt8]) throws -> Bool {
            try judged(Calls.call(as: .held(bytes, Possession(.cnf, key: Self.thumbprint(key))))).isAllowed
        }
        #expect(try isAllowed(Self.seed))
        #expect(try !isAllowed(Line.holder(0)))
        #expect(try !judged(Calls.call(as: .passport(bytes))).isAllowed)
    }
}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import PortTesting
import Receipts
import StrictJSON
import Testing
import WireTypes

/// Rules that administrators have sealed, and rules that they have not.
struct SealedRulesTests {
    private static func digest(_ byte: UInt8) throws -> Digest {
        try #require(Digest(bytes: [UInt8](repeating: byte, count: 32)))
    }

    private static func seal(_ world: World, _ digest: Digest, after previous: Digest?) async throws -> Int64? {
        try await world.events.commitSeal(
            .sealed(
                seal: digest, number: 1, mode: .protected, previousMode: .cooperative, statement: digest,
                signatures: [
                    EventDetails.SealSignature(
                        by: "alice", kid: digest, signature: [UInt8](repeating: 1, count: 64))
                ]),
            document: Content(digest: digest, bytes: [1]), after: previous, actor: "alice")
    }

    @Test func `files that are not what was sealed refuse what they would allow, with a receipt that replays`()
        async throws
    {
        let world = try World()
        let rules = try Books.rulebook(Books.policies)
        world.rules.set(rules.read(under: nil, isProtected: true, fault: "sealed: a.cedar is not what was sealed"))
        let answer = await world.pipeline.answer(try Calls.call())
        #expect(!answer.isAllowed && answer.reasons.map(\.code) == [.sealBroken], "\(answer)")
        #expect(answer.reason == "sealed: a.cedar is not what was sealed")
        #expect(try world.receipt(answer).custody == .cooperative)
        #expect(try world.replay(answer).differences.isEmpty)
        world.rules.set(rules)
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
    }

    @Test func `a receipt says protected where the process is kept apart and the rules are sealed, and only there`()
        async throws
    {
        let world = try World()
        let rules = try Books.rulebook(Books.policies)
        for (process, isProtected, fault, custody) in [
            (Custody.protected, true, nil, Custody.protected), (.protected, false, nil, .cooperative),
            (.cooperative, true, nil, .cooperative), (.protected, true, "sealed: broken", .cooperative),
        ] as [(Custody, Bool, UTF8String?, Custody)] {
            world.rules.set(rules.read(under: nil, isProtected: isProtected, fault: fault))
            let pipeline = world.with { $0.custody = process }
            let answer = await pipeline.answer(try Calls.call())
            #expect(try world.receipt(answer).custody == custody)
            #expect(try world.replay(answer).differences.isEmpty)
        }
    }

    @Test func `nothing is allowed by rules that were read under another seal than the one in force`() async throws {
        let world = try World()
        let rules = try Books.rulebook(Books.policies)
        let (one, two) = (try Self.digest(1), try Self.digest(2))
        #expect(try await Self.seal(world, one, after: nil) == 0)
        #expect(try world.ledger.state().epochs.seal == one)
        #expect(try world.ledger.content(one) == [1])
        #expect(await world.pipeline.answer(try Calls.call()).reasons.map(\.code) == [.stateChanged])
        world.rules.set(rules.read(under: one, isProtected: true))
        #expect(await world.pipeline.answer(try Calls.call()).isAllowed)
        // A seal follows the one in force, and no other.
        #expect(try await Self.seal(world, two, after: nil) == nil)
        #expect(try await Self.seal(world, two, after: one) != nil)
        #expect(await world.pipeline.answer(try Calls.call()).reasons.map(\.code) == [.stateChanged])
    }
}

// SPDX-License-Identifier: Apache-2.0

import Crypto
import Decisions
import Passports
import PortTesting
import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

/// Evidence is under lock, and replays what was decided.
struct EvidenceTests {
    @Test func `evidence opens with its key and its receipt, and with nothing else`() async throws {
        let world = try World()
        let first = await world.pipeline.answer(try Calls.call())
        let second = await world.pipeline.answer(try Calls.call())
        let receipt = try world.receipt(first)
        let sealed = try world.sealed(first)
        let other = try world.sealed(second)
        #expect(try EvidenceArchive.open(sealed, of: receipt, keys: world.keys) != nil)
        #expect(try EvidenceArchive.open(other, of: receipt, keys: world.keys) == nil)
        #expect(try EvidenceArchive.open(sealed, of: world.receipt(second), keys: world.keys) == nil)

        var altered = sealed
        altered.ciphertext[40] ^= 1
        #expect(try EvidenceArchive.open(altered, of: receipt, keys: world.keys) == nil)
        // With the digest in the receipt forged too, the seal itself still holds.
        var forged = receipt
        altered.digest = WireTypes.Digest(SHA256.hash(data: altered.ciphertext))
        forged.evidence = altered.digest
        #expect(try EvidenceArchive.open(altered, of: forged, keys: world.keys) == nil)
        var moved = other
        moved.digest = sealed.digest
        #expect(try EvidenceArchive.open(moved, of: receipt, keys: world.keys) == nil)
        var rewrapped = sealed
        rewrapped.wrappedKey = other.wrappedKey
        #expect(try EvidenceArchive.open(rewrapped, of: receipt, keys: world.keys) == nil)
    }

    @Test func `without its agent's key of the month evidence is gone for ever`() async throws {
        let world = try World()
        let answer = await world.pipeline.answer(try Calls.call())
        let receipt = try world.receipt(answer)
        let sealed = try world.sealed(answer)
        world.keys.erase(named: sealed.wrappingKey)
        #expect(try EvidenceArchive.open(sealed, of: receipt, keys: world.keys) == nil)
        // The receipt itself still verifies.
        #expect(try world.entry(answer).isSigned(by: world.signer.publicKey))
    }

    @Test func `agents and months have keys of their own`() async throws {
        let world = try World()
        let names = { (answer: Answer) throws in try world.sealed(answer).wrappingKey }
        let march = try names(await world.pipeline.answer(try Calls.call()))
        let again = try names(await world.pipeline.answer(try Calls.call()))
        let nobody = try names(await world.pipeline.answer(try Calls.call(as: Credential.none)))
        world.clock.advance(milliseconds: 20 * 86_400_000)
        let april = try names(await world.pipeline.answer(try Calls.call()))
        #expect(march == again)
        #expect(Set([march, nobody, april]).count == 3)
    }

    @Test func `the same call has other commitments each time`() async throws {
        let world = try World()
        let first = try world.receipt(await world.pipeline.answer(try Calls.call()))
        let second = try world.receipt(await world.pipeline.answer(try Calls.call()))
        #expect(first.call.request != second.call.request)
        #expect(Set(first.call.sd).isDisjoint(with: second.call.sd))
    }

    @Test func `evidence tells the operator what would have allowed the call`() async throws {
        let world = try World()
        let answer = await world.pipeline.answer(try Calls.call("read_document", ["path": "/internal/a"]))
        let seen = try #require(try world.evidence(answer)["seen"])
        #expect(seen["effects"] == [#"read File::"/internal/a""#])
        #expect(
            seen["missing_grants"] == [
                #"permit (principal == Agent::"agent-passport:a1", action == Action::"read", resource == File::"/internal/a");"#
            ])
    }

    @Test func `keys that look like Cedar's own escapes do not stop a decision`() async throws {
        let world = try World()
        let answer = await world.pipeline.answer(
            try Calls.call("pay", ["amount": 1, "to": "a", "note": ["__extn": ["fn": "x", "arg": "y"], "": 1]]))
        #expect(answer.isAllowed)
        #expect(try world.replay(answer).differences == [])
    }

    /// A policy that looks at everything that an alteration below changes.
    private static let looking = #"""
        @id("day") permit (principal, action in Action::"docs", resource)
        when { context.local.hour == 10 && context.surface == "gateway" && context.session.id == "s-1" };
        @id("read") permit (principal, action == Action::"read", resource in Directory::"/reports");
        """#

    private struct Alteration: Sendable, CustomTestStringConvertible {
        let place: UTF8String
        let value: JSON
        let differs: UTF8String
        var testDescription: String { place.string }
    }

    private static let alterations = [
        Alteration(place: "/call/message/params/arguments/path", value: "/internal/x", differs: "/allow"),
        Alteration(place: "/call/message/params/name", value: "other", differs: "/call/request"),
        Alteration(place: "/call/tool", value: "list_documents", differs: "/call/tool"),
        Alteration(place: "/call/server", value: "other", differs: "/call/server"),
        Alteration(place: "/call/surface", value: "check", differs: "/call/surface"),
        Alteration(place: "/call/enforcement", value: "advisory", differs: "/call/enforcement"),
        Alteration(place: "/call/method", value: "tools/list", differs: "/call/request"),
        Alteration(place: "/call/session", value: "s-2", differs: "/session"),
        Alteration(place: "/call/nonce", value: "n-2", differs: "/nonce"),
        Alteration(place: "/call/pack", value: "agent.session.create.v1", differs: "/allow"),
        Alteration(place: "/call/defect", value: "not fit", differs: "/allow"),
        Alteration(place: "/call/working_directory", value: "/elsewhere/x", differs: "/call/request"),
        Alteration(place: "/now", value: "2026-05-18T02:47:11.204Z", differs: "/allow"),
        Alteration(place: "/local/hour", value: 11, differs: "/allow"),
        Alteration(
            place: "/kill_switches", value: [["scope": "everything", "reason": "x"]], differs: "/allow"),
        Alteration(place: "/standings", value: ["agent-passport:a1": "suspended"], differs: "/allow"),
        Alteration(place: "/resolved", value: [:], differs: "/allow"),
        Alteration(place: "/credential", value: [:], differs: "/agent_id"),
        Alteration(place: "/late", value: ["code": "oap.limit_exceeded", "message": "limit: x"], differs: "/allow"),
        Alteration(
            place: "/blind", value: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", differs: "/call/request"),
    ]

    @Test(arguments: alterations)
    private func `a replay of altered inputs differs`(_ alteration: Alteration) async throws {
        let world = try World(Self.looking)
        let answer = await world.pipeline.answer(
            try Calls.call("read_document", ["path": "../reports/a"]) {
                $0.place.isLocal = true
                $0.session = "s-1"
                $0.nonce = "n-1"
            })
        #expect(answer.isAllowed)
        #expect(try world.replay(answer).differences == [])
        let pointer = try #require(JSONPointer(parsing: alteration.place))
        let replay = try world.replay(answer, altering: { $0.replacing(pointer, with: alteration.value) })
        #expect(replay.differences.map(\.text).contains(alteration.differs), "\(replay.differences)")
    }

    @Test func `a replay under other policies or another configuration differs`() async throws {
        let world = try World()
        let answer = await world.pipeline.answer(try Calls.call())
        let archive = try world.rules.current().policies.archive
        let configuration = try world.rules.current().configurationDigest
        let forbidding = try Books.rulebook(Books.policies + "forbid (principal, action, resource);").policies.archive
        let policies = try world.replay(answer, content: { $0 == archive.digest ? forbidding.bytes : nil })
        #expect(policies.differences.map(\.text).contains("/policy/digest"))
        #expect(!policies.verdict.isAllowed)
        let other = try world.replay(answer, content: { $0 == configuration ? Array(#"{"of":"x"}"#.utf8) : nil })
        #expect(other.differences.map(\.text) == ["/state/config"])
    }

    @Test(arguments: [
        "/type", "/blind", "/call", "/call/message", "/credential", "/now", "/local", "/local/hour",
        "/kill_switches", "/standings", "/resolved", "/policies", "/configuration",
    ])
    func `evidence that is incomplete is not replayed`(_ place: String) async throws {
        let world = try World()
        let answer = await world.pipeline.answer(try Calls.call())
        let pointer = try #require(JSONPointer(parsing: UTF8String(place)))
        #expect(throws: ArchivedDecision.Failure.self) {
            try world.replay(answer, altering: { removing(pointer.tokens[...], from: $0) })
        }
    }

    @Test func `a document that is gone is said`() async throws {
        let world = try World()
        let answer = await world.pipeline.answer(try Calls.call())
        let record = try world.evidence(answer)
        let error = #expect(throws: ArchivedDecision.Failure.self) {
            try ArchivedDecision(
                record, content: { _ in nil }, rulebook: { try Books.rulebook(configuration: $0, $1) })
        }
        #expect(error?.description == "the archive has no policies")
    }

    private func removing(_ tokens: ArraySlice<UTF8String>, from json: JSON) -> JSON {
        guard let token = tokens.first, var object = json.object else { return json }
        let rest = tokens.dropFirst()
        object[token] = rest.isEmpty ? nil : object[token].map { removing(rest, from: $0) }
        return .object(object)
    }
}

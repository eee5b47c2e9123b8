// SPDX-License-Identifier: Apache-2.0

import Crypto
import Passports
import StrictJSON
import Testing
import WireTypes

/// That somebody has a passport's key: a signature over a challenge and the passport.
struct PossessionTests {
    private static let challenge = [UInt8](repeating: 9, count: 32)
    private static let passport = Array(Fixture.signed.utf8)

    private static func signature(
        _ challenge: [UInt8] = Self.challenge, _ passport: [UInt8] = Self.passport, seed: [UInt8] = Fixture.seed
    ) throws -> [UInt8] {
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        return Array(try key.signature(for: Possession.message(challenge, passport)))
    }

    private static func possession(_ signature: [UInt8]) throws -> Possession? {
        let key = try #require(Ed25519PublicKey(bytes: Fixture.publicKey(Fixture.seed)))
        return Possession(challenge: challenge, passport: passport, signature: signature, by: key)
    }

    @Test func `a signature over the challenge and the passport shows the key, by its thumbprint`() throws {
        let possession = try #require(try Self.possession(Self.signature()))
        #expect(possession.proof == .cnf)
        #expect(UTF8String(possession.key.base64URL) == Fixture.kid)
    }

    @Test func `a signature over anything else, or another key's, shows nothing`() throws {
        var cut = try Self.signature()
        cut.removeLast()
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: Fixture.seed)
        let wrong: [[UInt8]] = [
            try Self.signature([UInt8](repeating: 8, count: 32)), try Self.signature(Self.challenge, [1]),
            try Self.signature(seed: Fixture.otherSeed), cut, [], [UInt8](repeating: 0, count: 64),
            Array(try key.signature(for: Self.challenge + Self.passport)),
        ]
        for signature in wrong { #expect(try Self.possession(signature) == nil) }
    }

    @Test func `what is archived is read back, and nothing else`() throws {
        let possession = try #require(try Self.possession(Self.signature()))
        #expect(try Possession(archived: possession.json) == possession)
        for wrong: JSON in [
            [:], [], ["proof": "cnf"], ["proof": "trust me", "key": .string(Fixture.kid)],
            ["proof": "cnf", "key": "x"], ["proof": "cnf", "key": .string(Fixture.kid), "more": 1],
        ] {
            #expect(throws: PassportError.self) { try Possession(archived: wrong) }
        }
    }
}

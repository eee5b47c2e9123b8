// SPDX-License-Identifier: Apache-2.0

import Crypto
import Passports
import StrictJSON
import Testing
import WireTypes

/// The passports and keys that the tests share.
enum Fixture {
    /// RFC 8032 seed 00 01 … 1f.
    static let seed = (0..<32).map { UInt8($0) }
    static let otherSeed = (0..<32).map { UInt8(255 - $0) }
    /// Its RFC 7638 thumbprint.
    static let kid: UTF8String = "1IG2tMH7J2wbJZnOf8LJzQitKf7LMvoAElsuDMVM54Y"
    static let digest = "f08888232c11c64cea7960c7cb187786491fb73a1339edb5b5aea61119506a4c"

    static func publicKey(_ seed: [UInt8]) throws -> [UInt8] {
        Array(try Curve25519.Signing.PrivateKey(rawRepresentation: seed).publicKey.rawRepresentation)
    }

    static func issuers(
        kid: UTF8String = Fixture.kid, seed: [UInt8] = Fixture.seed
    ) throws -> TrustedIssuers {
        try TrustedIssuers([TrustedIssuer(name: "example-issuer", kid: kid, publicKey: publicKey(seed))])
    }

    static func time(_ text: String) throws -> Timestamp { try #require(Timestamp(parsing: text)) }

    static func id(_ byte: UInt8 = 7) -> UUIDv7 {
        UUIDv7(time: Timestamp(clamping: 1_773_802_031_204), random: Array(repeating: byte, count: 10))
    }

    /// The golden file's passport as a document to change.
    static func document() throws -> JSON { try #require(try JSON(parsing: UTF8String(signed))["passport"]) }

    static func passport() throws -> Passport { try Passport(document()) }

    /// The document with one member changed, or removed where the value is `nil`.
    static func changed(_ key: UTF8String, to value: JSON?) throws -> JSON {
        var object = try #require(try document().object)
        object[key] = value
        return .object(object)
    }

    /// A signed file made by another implementation (Python's `json`, `hashlib` and `cryptography`), see
    /// docs/passports.md.
    static let signed = #"""
        {
          "type": "writ.passport/1",
          "passport": {
            "passport_id": "0199a6c2-7d3e-7b1a-9c3e-5d2f8a4b6c10",
            "agent_id": "agent-passport:prod-worker-7",
            "kind": "instance",
            "spec_version": "oap/1.0",
            "parent_agent_id": "agent-passport:prod-worker",
            "owner_id": "org_12345678",
            "owner_type": "org",
            "assurance_level": "L2",
            "status": "active",
            "capabilities": [
              {
                "id": "data.export",
                "params": {
                  "formats": [
                    "csv"
                  ]
                }
              },
              {
                "id": "messaging.send"
              }
            ],
            "limits": {
              "data.export": {
                "max_rows": 1000,
                "rate": 0.5,
                "allow_pii": false
              }
            },
            "regions": [
              "DE",
              "US-CA"
            ],
            "did": "did:web:example.com:agents:prod-worker-7",
            "metadata": {
              "name": "Büro €😀",
              "teams": [
                "finance-readers",
                "night-shift"
              ]
            },
            "created_at": "2026-03-01T09:00:00.000Z",
            "updated_at": "2026-03-01T09:00:00.000Z",
            "not_before": "2026-03-01T09:00:00.000Z",
            "expires_at": "2027-03-01T09:00:00.000Z",
            "version": "1.0.0"
          },
          "kid": "1IG2tMH7J2wbJZnOf8LJzQitKf7LMvoAElsuDMVM54Y",
          "signature": "0n1R_ylz7Vdu2bRrTSHG5lR8NHNn80WAD8PaIbEsPGyf1A_5hoX7II4u0lrRAO2eb6J_Jtx8xxQQUnQ5UZQQDw"
        }
        """#
}

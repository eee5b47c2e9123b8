// SPDX-License-Identifier: Apache-2.0

import Crypto
import Passports
import StrictJSON
import Testing
import WireTypes

@Suite struct PassportFileTests {
    private static let golden = Array(Fixture.signed.utf8)

    @Test func `a file signed by another implementation verifies`() throws {
        let verified = try PassportFile(parsing: Self.golden).verified(by: Fixture.issuers())
        #expect(verified.passport == (try Fixture.passport()))
        #expect(verified.issuer == "example-issuer" && verified.kid == Fixture.kid)
        #expect(verified.digest.hex == Fixture.digest)
        #expect(verified.canonicalBytes == (try JSON(parsing: Self.golden).canonical()))
        #expect(Digest(SHA256.hash(data: verified.canonicalBytes)) == verified.digest)
    }

    @Test func `a file that is signed here is the same, byte for byte`() throws {
        let file = try PassportFile(signing: Fixture.passport(), kid: Fixture.kid, privateKey: Fixture.seed)
        #expect(file == (try PassportFile(parsing: Self.golden)))
        #expect(try JSON(parsing: file.bytes).canonical() == JSON(parsing: Self.golden).canonical())
        #expect(try PassportFile(parsing: file.bytes) == file)
        #expect(try PassportFile(parsing: file.canonicalBytes) == file)
    }

    @Test func `a signer may keep its key to itself`() throws {
        let passport = try Fixture.passport()
        let message = try PassportFile.signingBytes(for: passport, kid: Fixture.kid)
        #expect(message.count == 48 && message.starts(with: Array("writ.passport/1\n".utf8)))
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: Fixture.seed)
        let file = try PassportFile(passport, kid: Fixture.kid, signature: Array(key.signature(for: message)))
        #expect(try file.verified(by: Fixture.issuers()).passport == passport)
        #expect(throws: PassportError.self) { try PassportFile(passport, kid: Fixture.kid, signature: []) }
        #expect(throws: PassportError.self) { try PassportFile(passport, kid: "a b", signature: file.signature) }
        #expect(throws: PassportError.self) { try PassportFile(signing: passport, kid: "k", privateKey: [1, 2]) }
    }

    @Test func `spacing, order and the spelling of numbers do not matter`() throws {
        let json = try JSON(parsing: Self.golden)
        let members = try #require(json.object?.members.reversed())
        var reordered = JSONObject()
        for member in members { reordered[member.key] = member.value }
        let text = String(decoding: JSON.object(reordered).pretty(), as: UTF8.self)
            .replacing("1000", with: "1.0e3").replacing("0.5", with: "5.00e-1")
            .replacing("Büro", with: "B\\u00fcro")
        let verified = try PassportFile(parsing: Array(text.utf8)).verified(by: Fixture.issuers())
        #expect(verified.passport == (try Fixture.passport()))
        #expect(verified.digest.hex == Fixture.digest)
    }

    @Test func `every member changed alone is refused`() throws {
        let document = try JSON(parsing: Self.golden)
        let paths = Self.leaves(document, JSONPointer())
        #expect(paths.count > 25)
        for path in paths {
            for changed in Self.changes(document, at: path.tokens[...]) {
                let error = #expect(throws: PassportError.self) {
                    try PassportFile(parsing: changed.serialized()).verified(by: Fixture.issuers())
                }
                guard path.tokens.first == "passport" else { continue }
                let isTrustError = [.badSignature, .untrustedIssuer].contains(error?.code)
                // Inside the passport it is the signature that refuses, before anything in it is read.
                #expect(isTrustError, "\(path)")
            }
        }
    }

    @Test func `a member added anywhere is refused`() throws {
        let document = try JSON(parsing: Self.golden)
        let passport = try #require(document["passport"])
        let limits = try #require(passport["limits"])
        for changed in [
            document.with("x", 1), document.with("passport", passport.with("x", 1)),
            document.with("passport", passport.with("limits", limits.with("max", 1))),
            document.with("passport", passport.with("never_expires", false)),
        ] {
            #expect(throws: PassportError.self) {
                try PassportFile(parsing: changed.serialized()).verified(by: Fixture.issuers())
            }
        }
    }

    @Test func `any flipped bit is refused or changes nothing`() throws {
        let issuers = try Fixture.issuers()
        let original = try PassportFile(parsing: Self.golden).verified(by: issuers)
        let compact = try JSON(parsing: Self.golden).serialized()
        var refused = 0
        for text in [compact, Self.golden] {
            for place in text.indices {
                // Every bit of the compact file, one bit of each byte of the spaced one.
                for bit in text == compact ? Array(0..<8) : [place % 8] {
                    var bytes = text
                    bytes[place] ^= 1 << UInt8(bit)
                    do throws(PassportError) {
                        let verified = try PassportFile(parsing: bytes).verified(by: issuers)
                        #expect(verified == original)
                    } catch { refused += 1 }
                }
            }
        }
        #expect(refused > compact.count * 7)
    }

    @Test func `a number that only looks different to people is what was signed`() throws {
        // 2^53 + 1 has the canonical form of 2^53: an edit that a signature over doubles cannot see.
        let passport = try Passport(Fixture.changed("limits", to: ["max_rows": 9_007_199_254_740_991]))
        let file = try PassportFile(signing: passport, kid: Fixture.kid, privateKey: Fixture.seed)
        let text = String(decoding: file.bytes, as: UTF8.self)
        for spelled in ["9007199254740991.2", "9007199254740991.0", "9007199254740990.9999"] {
            let edited = Array(text.replacing("9007199254740991", with: spelled).utf8)
            #expect(try PassportFile(parsing: edited).verified(by: Fixture.issuers()).passport == passport)
        }
        let edited = Array(text.replacing("9007199254740991", with: "9007199254740992").utf8)
        #expect(throws: PassportError.self) { try PassportFile(parsing: edited).verified(by: Fixture.issuers()) }
    }

    @Test func `a passport counts only by a trusted issuer's own key`() throws {
        let file = try PassportFile(parsing: Self.golden)
        let nobody = #expect(throws: PassportError.self) { try file.verified(by: .none) }
        #expect(nobody?.code == .untrustedIssuer && nobody?.path.text == "/kid")
        let otherName = #expect(throws: PassportError.self) {
            try file.verified(by: Fixture.issuers(kid: "other"))
        }
        #expect(otherName?.code == .untrustedIssuer)
        let otherKey = #expect(throws: PassportError.self) {
            try file.verified(by: Fixture.issuers(seed: Fixture.otherSeed))
        }
        #expect(otherKey?.code == .badSignature && otherKey?.path.text == "/signature")
    }

    @Test func `a signature does not carry over to another key id`() throws {
        // The same key trusted under two ids: the id is signed too.
        let json = try JSON(parsing: Self.golden).with("kid", "other")
        let issuers = try TrustedIssuers([
            TrustedIssuer(name: "a", kid: Fixture.kid, publicKey: Fixture.publicKey(Fixture.seed)),
            TrustedIssuer(name: "b", kid: "other", publicKey: Fixture.publicKey(Fixture.seed)),
        ])
        let error = #expect(throws: PassportError.self) {
            try PassportFile(parsing: json.serialized()).verified(by: issuers)
        }
        #expect(error?.code == .badSignature)
    }

    @Test func `a key that signatures cannot rest on is no issuer`() throws {
        let zero = [UInt8](repeating: 0, count: 32)
        let weak: [[UInt8]] = [
            [], zero, [1] + zero.dropFirst(), [0xec] + Array(repeating: 0xff, count: 30) + [0x7f], zero + [0],
        ]
        for key in weak {
            let error = #expect(throws: PassportError.self) { try TrustedIssuer(name: "a", kid: "k", publicKey: key) }
            #expect(error?.code == .unusableKey)
        }
        let key = try Fixture.publicKey(Fixture.seed)
        #expect(throws: PassportError.self) { try TrustedIssuer(name: "", kid: "k", publicKey: key) }
        #expect(throws: PassportError.self) { try TrustedIssuer(name: "a", kid: "", publicKey: key) }
        let issuer = try TrustedIssuer(name: "a", kid: "k", publicKey: key)
        let twice = #expect(throws: PassportError.self) { try TrustedIssuers([issuer, issuer]) }
        #expect(twice?.code == .contradiction)
        #expect(try TrustedIssuers([issuer]).all == [issuer] && TrustedIssuers([issuer])["k"] == issuer)
    }

    @Test(
        arguments: [
            ("", .malformed), ("[]", .notAPassport), ("{}", .notAPassport),
            (#"{"type":"writ.passport/2"}"#, .notAPassport),
            (#"{"type":"writ.passport/1"}"#, .missingMember),
            (#"{"type":"writ.passport/1","type":"writ.passport/1"}"#, .malformed),
            (#"{"type":"writ.passport/1","passport":[],"kid":"k","signature":""}"#, .wrongType),
            (#"{"type":"writ.passport/1","passport":{},"kid":"k","signature":""}"#, .invalidValue),
            (#"{"type":"writ.passport/1","passport":{"a":1e999},"kid":"k","signature":"\#(Self.zeros)"}"#, .malformed),
            (#"{"type":"writ.passport/1","passport":{},"kid":"k","signature":"\#(Self.zeros)=="}"#, .invalidValue),
            (#"{"type":"writ.passport/1","passport":{},"kid":"","signature":"\#(Self.zeros)"}"#, .invalidValue),
            (#"{"type":"writ.passport/1","passport":{},"kid":"k k","signature":"\#(Self.zeros)"}"#, .invalidValue),
            (#"{"type":"writ.passport/1","passport":{},"kid":"k","signature":"\#(Self.zeros)","x":0}"#, .unknownMember),
        ] as [(String, PassportError.Code)])
    func `what is no passport file is refused`(text: String, code: PassportError.Code) {
        let error = #expect(throws: PassportError.self) { try PassportFile(parsing: Array(text.utf8)) }
        #expect(error?.code == code)
    }

    private static let zeros = String(repeating: "A", count: 86)

    @Test func `a file over 64 KiB is neither read nor made`() throws {
        let padding = Array(repeating: 0x20 as UInt8, count: 65_536)
        let error = #expect(throws: PassportError.self) { try PassportFile(parsing: Self.golden + padding) }
        #expect(error?.code == .malformed)
        let text = JSON.text(String(repeating: "x", count: 65_536))
        let large = try Passport(Fixture.changed("metadata", to: ["note": text]))
        let made = #expect(throws: PassportError.self) {
            try PassportFile(signing: large, kid: Fixture.kid, privateKey: Fixture.seed)
        }
        #expect(made?.code == .limitExceeded)
    }

    @Test func `what a trusted issuer signed must still be a passport`() throws {
        // A signature over something that is no passport: only a trusted issuer could have made it.
        var unsigned = try #require(try JSON(parsing: Self.golden).with("passport", ["agent_id": "a"]).object)
        unsigned["signature"] = .none
        let message = try Array("writ.passport/1\n".utf8) + Array(SHA256.hash(data: JSON.object(unsigned).canonical()))
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: Fixture.seed)
        unsigned["signature"] = .text(Base64URL.encode(Array(try key.signature(for: message))))
        let file = try PassportFile(parsing: JSON.object(unsigned).serialized())
        let error = #expect(throws: PassportError.self) { try file.verified(by: Fixture.issuers()) }
        #expect(error?.code == .missingMember)
        #expect(throws: PassportError.self) { try file.claimedPassport() }
    }
}

extension PassportFileTests {
    /// The places of everything that is not a container, and of containers without members.
    private static func leaves(_ json: JSON, _ path: JSONPointer) -> [JSONPointer] {
        switch json {
        case .array(let elements) where !elements.isEmpty:
            elements.enumerated().flatMap { leaves($1, path.appending(UTF8String(String($0)))) }
        case .object(let object) where !object.isEmpty:
            object.members.flatMap { leaves($0.value, path.appending($0.key)) }
        default: [path]
        }
    }

    /// The document with the value at a place changed within its type, replaced by null, and removed.
    private static func changes(_ json: JSON, at tokens: ArraySlice<UTF8String>) -> [JSON] {
        guard let token = tokens.first else {
            switch json {
            case .string(let text): return [.text(text.string + "x"), .text(String(text.string.dropLast())), nil]
            case .number(let number): return [.integer((number.int64 ?? 0) + 1), nil]
            case .bool(let truth): return [.bool(!truth), nil]
            default: return [1, nil]
            }
        }
        switch json {
        case .array(let elements):
            guard let index = Int(token.string) else { return [] }
            var removed = elements
            removed.remove(at: index)
            return (tokens.count == 1 ? [.array(removed)] : [])
                + changes(elements[index], at: tokens.dropFirst()).map { value in
                    var changed = elements
                    changed[index] = value
                    return .array(changed)
                }
        case .object(let object):
            guard let value = object[token] else { return [] }
            var removed = object
            removed[token] = .none
            return (tokens.count == 1 ? [.object(removed)] : [])
                + changes(value, at: tokens.dropFirst()).map { value in
                    var changed = object
                    changed[token] = .some(value)
                    return .object(changed)
                }
        default: return []
        }
    }
}

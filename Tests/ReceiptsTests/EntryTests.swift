// SPDX-License-Identifier: Apache-2.0

import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

struct EntryTests {
    @Test func `every kind of entry is read as it was written`() throws {
        let entries = try Samples.entries()
        #expect(Set(try Samples.events().map(\.details.kind)) == Set(EventKind.allCases))
        for entry in entries {
            let signed = try SignedEntry(signing: entry, with: Samples.receipts())
            let read = try SignedEntry(parsing: signed.bytes)
            #expect(read == signed)
            #expect(read.entry == entry)
            #expect(try read.json.canonical() == signed.bytes)
            #expect(read.isSigned(by: try Samples.receipts().publicKey))
            #expect(!read.isSigned(by: try Samples.pair("next").publicKey))
        }
    }

    /// Every object in a document, by its place.
    private static func objects(_ json: JSON, at pointer: JSONPointer = JSONPointer()) -> [JSONPointer] {
        switch json {
        case .object(let object):
            [pointer] + object.members.flatMap { objects($0.value, at: pointer.appending($0.key)) }
        case .array(let elements):
            elements.enumerated().flatMap { objects($1, at: pointer.appending(UTF8String(String($0)))) }
        default: []
        }
    }

    /// The document with one member of one of its objects set or removed.
    private static func editing(
        _ json: JSON, _ tokens: ArraySlice<UTF8String>, _ key: UTF8String, _ value: JSON?
    ) -> JSON {
        switch json {
        case .object(var object):
            if let token = tokens.first {
                object[token] = object[token].map { editing($0, tokens.dropFirst(), key, value) }
            } else {
                object[key] = value
            }
            return .object(object)
        case .array(var elements):
            guard let token = tokens.first, let index = Int(token.string) else { return json }
            elements[index] = editing(elements[index], tokens.dropFirst(), key, value)
            return .array(elements)
        default: return json
        }
    }

    private static func failure(_ json: JSON) throws -> EntryError? {
        let bytes = try json.canonical()
        do throws(EntryError) {
            _ = try SignedEntry(parsing: bytes)
            return nil
        } catch {
            return error
        }
    }

    @Test func `no object of any entry takes an unknown member, at its place`() throws {
        for entry in try Samples.signed() {
            for pointer in Self.objects(entry.json) {
                let edited = Self.editing(entry.json, pointer.tokens[...], "zzz", 1)
                let error = try #require(try Self.failure(edited))
                #expect(error.code == .unknownMember)
                #expect(error.path == pointer.appending("zzz"))
            }
        }
    }

    @Test func `no member can be null, of another kind, or go unnoticed when it is gone`() throws {
        for entry in try Samples.signed() {
            for pointer in Self.objects(entry.json) {
                for key in try #require(entry.json[pointer]?.object).keys {
                    let isWord = entry.json[pointer]?[key]?.string != nil
                    for wrong in [nil, isWord ? 7 : "x", [[]], ["x": 1]] as [JSON] {
                        let error = try #require(
                            try Self.failure(Self.editing(entry.json, pointer.tokens[...], key, wrong)),
                            "\(pointer)/\(key) may be \(wrong.kindName)")
                        // A word that decides the schema of the rest is refused there.
                        #expect(error.path.tokens.starts(with: pointer.tokens) || key == "event")
                    }
                    let without = Self.editing(entry.json, pointer.tokens[...], key, nil as JSON?)
                    if try Self.failure(without) == nil {
                        let read = try SignedEntry(parsing: without.canonical())
                        #expect(!read.isSigned(by: try Samples.receipts().publicKey))
                    }
                }
            }
        }
    }

    @Test func `no flipped bit of an entry verifies`() throws {
        let key = try Samples.receipts().publicKey
        let entries = try Samples.signed()
        for entry in [entries[0], entries[2], entries[7]] {
            for place in entry.bytes.indices {
                var bytes = entry.bytes
                bytes[place] ^= 1 << (place % 8)
                do throws(EntryError) {
                    let read = try SignedEntry(parsing: bytes)
                    #expect(!read.isSigned(by: key), "byte \(place)")
                } catch {}
            }
        }
    }

    @Test(
        arguments: [
            ("agent_id", "unidentified", .contradiction), ("allow", true, nil), ("reasons", [], .contradiction),
            ("reasons", [["code": "writ.X"]], .invalid), ("reasons", [["code": "acme.no"]], .invalid),
            ("reasons", [["code": "writ."]], .invalid),
            ("receipt_id", "0199A6C2-7D3E-7B1A-9C3E-5D2F8A4B6C10", .invalid),
            ("receipt_id", "0199a6c2-7d3e-4b1a-9c3e-5d2f8a4b6c10", .invalid),
            ("checked_at", "2026-03-18T02:47:11Z", .invalid), ("checked_at", "2026-03-18T03:47:11.204+01:00", .invalid),
            ("checked_at", 1_773_802_031_204, .wrongKind), ("reason", "", .invalid), ("reason", "a\nb", .invalid),
            ("log", "", .invalid), ("session", "a b", .invalid), ("nonce", "\u{202e}", .invalid),
            ("expires_at", "2026-03-18T02:47:41.208Z", .contradiction), ("audience", "x", .contradiction),
            ("custody", "Protected", .invalid), ("custody", "witnessed", .invalid), ("limits", [], .badList),
            ("evidence", "AAAA", .invalid), ("kid", "x", .invalid), ("type", "writ.receipt/2", .unknownType),
        ] as [(UTF8String, JSON, EntryError.Code?)])
    func `a receipt's members are held to the format`(key: UTF8String, value: JSON, code: EntryError.Code?) throws {
        let entry = try SignedEntry(signing: .receipt(Samples.deny()), with: Samples.receipts())
        #expect(try Self.failure(Self.editing(entry.json, [], key, value))?.code == code)
    }

    @Test(
        arguments: [
            ("assurance", 5, .invalid), ("assurance", -1, .invalid), ("assurance", "2", .wrongKind),
            ("state", "claimed", .contradiction), ("chain", [], .badList), ("kind", "a b", .invalid),
            ("proof", "a b", .invalid), ("proof", 1, .wrongKind), ("proof_key", "x", .invalid),
            ("proof_key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", .contradiction),
        ] as [(UTF8String, JSON, EntryError.Code)])
    func `an identity is held to the format`(key: UTF8String, value: JSON, code: EntryError.Code) throws {
        let entry = try SignedEntry(signing: .receipt(Samples.deny()), with: Samples.receipts())
        #expect(try Self.failure(Self.editing(entry.json, ["identity"], key, value))?.code == code)
    }

    @Test func `an identity's proof is written and read back with its key`() throws {
        var receipt = try Samples.deny()
        receipt.identity.proof = "dpop"
        receipt.identity.proofKey = Samples.digest("key")
        let entry = try SignedEntry(signing: .receipt(receipt), with: Samples.receipts())
        #expect(entry.json["identity"]?["proof"] == "dpop")
        #expect(try SignedEntry(parsing: entry.bytes).receipt?.identity == receipt.identity)
    }

    @Test func `integers end below 2 to the 53rd, and nothing is a fraction`() throws {
        let entry = try SignedEntry(signing: .receipt(Samples.deny()), with: Samples.receipts())
        func code(_ lexeme: UTF8String) throws -> EntryError.Code? {
            let number = JSON.number(try #require(JSONNumber(lexeme: lexeme)))
            return try Self.failure(Self.editing(entry.json, ["state"], "kill_epoch", number))?.code
        }
        #expect(try code("9007199254740991") == nil)
        #expect(try code("9007199254740992") == .invalid)
        #expect(try code("1.5") == .invalid)
        #expect(try code("-1") == .invalid)
        var receipt = try Samples.deny()
        receipt.state.killEpoch = .max
        #expect(throws: EntryError.self) { try SignedEntry(signing: .receipt(receipt), with: Samples.receipts()) }
    }

    @Test func `only the canonical bytes are an entry`() throws {
        let entry = try SignedEntry(signing: .outcome(Samples.outcome()), with: Samples.receipts())
        #expect(throws: EntryError.self) { try SignedEntry(parsing: entry.bytes + [0x0a]) }
        #expect(throws: EntryError.self) { try SignedEntry(parsing: entry.json.pretty()) }
        var swapped = try #require(entry.json.object?.members)
        swapped.reverse()
        let reordered = JSON.object(try #require(JSONObject(swapped))).serialized()
        do throws(EntryError) {
            _ = try SignedEntry(parsing: reordered)
            Issue.record("another order was accepted")
        } catch {
            #expect(error.code == .notCanonical)
        }
        let exponent = String(decoding: entry.bytes, as: UTF8.self).replacing(":793,", with: ":793e0,")
        #expect(throws: EntryError.self) { try SignedEntry(parsing: Array(exponent.utf8)) }
        #expect(throws: EntryError.self) { try SignedEntry(parsing: [UInt8](repeating: 0x20, count: 70_000)) }
        #expect(throws: EntryError.self) { try SignedEntry(parsing: []) }
        #expect(throws: EntryError.self) { try SignedEntry(parsing: Array("[]".utf8)) }
        #expect(throws: EntryError.self) { try SignedEntry(parsing: Array("{}".utf8)) }
    }

    @Test func `what does not fit is never signed`() throws {
        struct Counting: EntrySigner {
            let kid = Samples.digest("kid")
            func sign(_ message: [UInt8]) throws(SigningError) -> [UInt8] {
                Issue.record("the key was used")
                throw .refused("")
            }
        }
        var large = try Samples.deny()
        large.policy.determining = (0..<256).map { UTF8String(String(repeating: "p", count: 250) + String($0)) }
        do throws(EntryError) {
            _ = try SignedEntry(signing: .receipt(large), with: Counting())
            Issue.record("an entry of more than 60 KiB was signed")
        } catch {
            #expect(error.code == .tooLarge)
        }
        var many = try Samples.deny()
        many.reasons = Array(repeating: Receipt.Reason(code: "writ.kill_switch"), count: 65)
        #expect(throws: EntryError.self) { try SignedEntry(signing: .receipt(many), with: Counting()) }
        many.reasons.removeLast()
        #expect(throws: Never.self) { try SignedEntry(signing: .receipt(many), with: Samples.receipts()) }
        struct Short: EntrySigner {
            let kid = Samples.digest("kid")
            func sign(_ message: [UInt8]) throws(SigningError) -> [UInt8] { [1] }
        }
        #expect(throws: EntryError.self) { try SignedEntry(signing: .receipt(Samples.deny()), with: Short()) }
    }

    @Test func `commitments are sorted, single, and omitted only when full`() throws {
        var receipt = try Samples.deny()
        let signer = try Samples.receipts()
        receipt.call.sd.reverse()
        #expect(throws: EntryError.self) { try SignedEntry(signing: .receipt(receipt), with: signer) }
        receipt.call.sd = [receipt.call.sd[0], receipt.call.sd[0]]
        #expect(throws: EntryError.self) { try SignedEntry(signing: .receipt(receipt), with: signer) }
        receipt.call.sd = []
        receipt.call.sdOmitted = 1
        #expect(throws: EntryError.self) { try SignedEntry(signing: .receipt(receipt), with: signer) }
    }

    @Test(
        arguments: [
            .modeChanged(mode: .observe, previous: .enforce, until: nil),
            .modeChanged(mode: .enforce, previous: .observe, until: Timestamp(clamping: 0)),
            .killSwitchOn(scope: .everything, target: "x", reason: "r"),
            .killSwitchOn(scope: .tool, target: nil, reason: "r"),
            .killSwitchOff(scope: .agent, target: "a", reason: ""),
            .killSwitchOff(scope: .agent, target: "a", reason: UTF8String(String(repeating: "r", count: 501))),
            .evidenceErased(scope: .receipt, target: "x", count: 1),
            .evidenceErased(scope: .age, target: "2026-03", count: 1),
            .refusedFrames(
                count: 0, surface: "mcp", since: Timestamp(clamping: 0), until: Timestamp(clamping: 0)),
            .approvalRequested(
                id: UUIDv7(time: Timestamp(clamping: 0), random: [UInt8](repeating: 0, count: 10)),
                receiptID: UUIDv7(time: Timestamp(clamping: 0), random: [UInt8](repeating: 0, count: 10)), group: "g",
                needed: 0, binding: TreeHash.emptyRoot, expiresAt: Timestamp(clamping: 0)),
        ] as [EventDetails])
    func `an event's details are held to the format`(details: EventDetails) throws {
        let event = Event(log: Samples.log, at: Timestamp(clamping: 0), actor: "writ", details: details)
        #expect(throws: EntryError.self) { try SignedEntry(signing: .event(event), with: Samples.receipts()) }
    }

    @Test func `an actor signs the event and nothing that an entry's key signs`() throws {
        let event = try #require(try Samples.events().first { $0.actorSignature != nil })
        let signature = try #require(event.actorSignature)
        let admin = try Samples.pair("admin").publicKey
        #expect(signature.kid == admin.thumbprint)
        #expect(admin.isValid(signature: signature.signature, for: try event.actorMessage()))
        #expect(try event.actorMessage().starts(with: Array("writ.act/1\n".utf8)))
        var other = event
        other.at = other.at.adding(milliseconds: 1)
        #expect(!admin.isValid(signature: signature.signature, for: try other.actorMessage()))
    }

    @Test(
        arguments: [
            ("", "-"), ("a\nb\u{7f}", "a b "), (String(repeating: "é", count: 600), String(repeating: "é", count: 512)),
        ])
    func `a sentence is made fit`(text: String, expected: String) {
        #expect(Receipt.sentence(text) == UTF8String(expected))
    }
}

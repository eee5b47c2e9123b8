// SPDX-License-Identifier: Apache-2.0

import Foundation
import HomeFolder
import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

/// `writ.seal/1`: what administrators sign.
struct SealTests {
    private static func pair(_ number: UInt8) throws -> Ed25519KeyPair {
        try Ed25519KeyPair(seed: [UInt8](repeating: number, count: 32))
    }

    private static func administration(needed: Int = 1) throws -> Administration {
        try #require(
            Administration(needed: needed, keys: ["alice": pair(1).publicKey, "bob": pair(2).publicKey]))
    }

    private static func seal() throws -> Seal {
        Seal(
            log: "writ.example/1", after: nil, mode: .protected,
            files: [
                "writ.yaml": try #require(Digest(bytes: [UInt8](repeating: 7, count: 32))),
                "policies/a.cedar": try #require(Digest(bytes: [UInt8](repeating: 8, count: 32))),
            ],
            administration: try administration(), madeAt: try #require(Timestamp(parsing: "2026-03-18T02:47:11.204Z")))
    }

    @Test func `a document is read as it was written, signatures and all`() throws {
        var seal = try Self.seal()
        try seal.sign(as: "bob", with: Self.pair(2))
        try seal.sign(as: "alice", with: Self.pair(1))
        let document = try seal.document()
        let read = try Seal(parsing: document.bytes)
        #expect(read == seal && read.signatures.map(\.by) == ["alice", "bob"])
        #expect(try read.document().digest == document.digest)
        #expect(try read.signers(of: Self.administration()) == ["alice", "bob"])
        let next = Seal(
            log: seal.log, after: (document.digest, seal), mode: .cooperative, files: seal.files,
            administration: seal.administration, madeAt: seal.madeAt)
        #expect(next.number == 2 && next.previous == document.digest)
        #expect(try Seal(parsing: next.document().bytes) == next)
    }

    @Test func `a signature is of one statement, one name and one key`() throws {
        let administration = try Self.administration()
        var seal = try Self.seal()
        // Another's key under one's name, one's key under another's, and a stranger's.
        try seal.sign(as: "alice", with: Self.pair(2))
        #expect(try seal.signers(of: administration).isEmpty)
        try seal.sign(as: "carol", with: Self.pair(1))
        #expect(try seal.signers(of: administration).isEmpty)
        try seal.sign(as: "alice", with: Self.pair(1))
        #expect(try seal.signers(of: administration) == ["alice"])
        #expect(try seal.signed(only: administration).signatures.map(\.by) == ["alice"])
        // The same signature under anything else.
        let signature = try #require(seal.signatures.first { $0.by == "alice" })
        for change in ["mode", "files", "made_at", "log", "administration"] as [UTF8String] {
            var object = try JSON(parsing: seal.document().bytes).object ?? JSONObject()
            switch change {
            case "mode": object["mode"] = "cooperative"
            case "files": object["files"] = [:]
            case "made_at": object["made_at"] = "2026-03-18T02:47:11.205Z"
            case "log": object["log"] = "writ.example/2"
            default: object["administration"] = ["needed": 1, "keys": ["alice": .text(try key(1))]]
            }
            let edited = try Seal(parsing: JSON.object(object).serialized())
            #expect(edited.signatures.contains(signature))
            #expect(try edited.signers(of: administration).isEmpty, "\(change)")
        }
    }

    private func key(_ number: UInt8) throws -> String { Base64URL.encode(try Self.pair(number).publicKey.bytes) }

    @Test(
        arguments: [
            ("type", "writ.seal/2"), ("more", 1), ("log", nil), ("number", 0), ("number", 2), ("number", "1"),
            ("mode", "none"),
            ("files", []), ("files", ["writ.yaml": "short"]), ("administration", ["needed": 1, "keys": [:]]),
            ("administration", ["needed": 3]), ("made_at", "today"), ("signatures", nil),
            ("signatures", [["by": "alice"]]),
            ("previous", "x"), ("previous", nil),
        ] as [(UTF8String, JSON?)])
    func `what is no seal is not read as one`(_ member: UTF8String, _ value: JSON?) throws {
        var object = try JSON(parsing: Self.seal().document().bytes).object ?? JSONObject()
        // One more than the first has a seal before it.
        if member == "previous", value == nil { object["number"] = 2 }
        object[member] = value
        #expect(throws: HomeError(.malformed, "")) { try Seal(parsing: JSON.object(object).serialized()) }
    }

    @Test func `nobody, or more than there are, or one key twice, is no administration`() throws {
        let (one, two) = (try Self.pair(1).publicKey, try Self.pair(2).publicKey)
        #expect(Administration(needed: 1, keys: [:]) == nil)
        #expect(Administration(needed: 0, keys: ["a": one]) == nil)
        #expect(Administration(needed: 3, keys: ["a": one, "b": two]) == nil)
        #expect(Administration(needed: 2, keys: ["a": one, "b": one]) == nil)
        #expect(Administration(needed: 1, keys: ["a b": one]) == nil)
        #expect(Administration(needed: 2, keys: ["a": one, "b": two])?.name(of: two) == "b")
    }

    @Test func `a file that is changed, gone or new is a difference, and in mode protected a fault`() throws {
        let seal = try Self.seal()
        var found = seal.files
        #expect(SealedFiles.fault(seal, .protected, found) == nil)
        found["policies/b.cedar"] = found["writ.yaml"]
        #expect(
            SealedFiles.fault(seal, .protected, found)
                == "sealed: policies/b.cedar is not among the sealed files; `writ custody status` shows it")
        found["policies/a.cedar"] = nil
        found["writ.yaml"] = seal.files["policies/a.cedar"]
        #expect(
            SealedFiles.differences(seal.files, found) == [
                "policies/a.cedar is sealed, and is not there", "policies/b.cedar is not among the sealed files",
                "writ.yaml is not what was sealed",
            ])
        // Also where the files say that nothing has to be sealed.
        #expect(
            SealedFiles.fault(seal, .cooperative, found)?.hasSuffix(", and 2 more; `writ custody status` shows it")
                == true)
        #expect(SealedFiles.fault(nil, .protected, found) != nil)
        #expect(SealedFiles.fault(nil, .cooperative, found) == nil)
    }

    @Test(arguments: [
        ("mode: protected", "administration"),
        ("administration: {keys: {a: short}}", "administration/keys/a: expected an Ed25519 public key"),
        ("administration: {needed: 2, keys: {a: KEY}}", "administration/keys: expected a key of their own"),
        ("administration: {needed: 0, keys: {a: KEY}}", "administration/needed: expected a whole number from 1 to 16"),
        ("administration: {keys: {a: KEY, b: KEY}}", "administration/keys: expected a key of their own"),
        ("administration: {keys: {\"a b\": KEY}}", "administration/keys/a b: expected an administrator's name"),
        ("administration: {need: 1, keys: {a: KEY}}", "administration/need is not a setting; did you mean `needed`?"),
        ("mode: protected\nadministration: {keys: {a: KEY}}", "protected/users"),
        ("protected: {users: {root: a}}", "protected/users/root: expected another user than root"),
        ("protected: {users: {\"0\": a}}", "protected/users/0: expected another user than root"),
        ("protected: {users: {a: 1}}", "protected/users/a: expected the id of the agent"),
        ("protected: {socket: run/x}", "protected/socket: expected an absolute path"),
        ("protected: {sockets: /x}", "protected/sockets is not a setting; did you mean `socket`?"),
    ])
    func `what cannot be kept is not taken`(_ text: String, _ expected: String) throws {
        let refusal = try TemporaryHome.refusal(text.replacing("KEY", with: key(1)))
        #expect(refusal?.contains(expected) == true, "\(refusal ?? "taken")")
    }

    @Test func `who keeps whom apart is read as it is said`() throws {
        let configuration = try TemporaryHome.configuration(
            """
            mode: protected
            administration: {needed: 2, keys: {a: \(try key(1)), b: \(try key(2))}}
            protected: {socket: /run/writ/writ.sock, users: {1007: builds, agent1: coder}}
            """)
        #expect(configuration.mode == .protected && configuration.administration?.needed == 2)
        #expect(configuration.protection.socket == "/run/writ/writ.sock")
        #expect(configuration.protection.users.map(\.name) == ["1007", "agent1"])
        #expect(configuration.protection.users.map(\.agent) == ["builds", "coder"])
    }
}

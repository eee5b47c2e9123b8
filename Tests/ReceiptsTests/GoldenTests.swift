// SPDX-License-Identifier: Apache-2.0

import Foundation
import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

/// The format's frozen bytes. Made again here from fixed keys, times and blinds, and compared; `Peer/verify.py` checks the
/// same files without a line of Writ.
struct GoldenTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    /// Every golden file by name.
    private static func files() throws -> [(name: String, bytes: [UInt8])] {
        let entries = try Samples.signed()
        var events: [UInt8] = []
        for entry in entries.dropFirst(3) { events += entry.bytes + [0x0a] }
        let bundle = try Samples.bundle(of: 0, in: entries).bytes
        return [
            ("keys.json", try keys().pretty()), ("receipt-deny.json", entries[0].bytes),
            ("receipt-allow.json", entries[1].bytes), ("outcome.json", entries[2].bytes),
            ("events.jsonl", events), ("receipt-deny.tlog-proof", bundle),
            ("commitments.json", try commitments().pretty()), ("evidence.json", try evidence().pretty()),
        ]
    }

    private static func keys() throws -> JSON {
        let trust = try Samples.trust(quorum: 2)
        return [
            "note": "for tests only: the seeds are SHA-256 of known texts",
            "receipts": .array([Ed25519JWK.published(try Samples.receipts().publicKey)]),
            "admin": Ed25519JWK.published(try Samples.pair("admin").publicKey),
            "log": .text(trust.log.description), "witnesses": .array(trust.witnesses.map { .text($0.description) }),
            "quorum": 2,
        ]
    }

    /// What the evidence of the two receipts would hold, and everything that follows from it.
    private static func commitments() throws -> JSON {
        let commitments = try Samples.commitments()
        let blind = try Samples.blind()
        let policies: [(name: UTF8String, bytes: [UInt8])] = [
            ("b.cedar", Array("permit(principal, action, resource);".utf8)), ("a.cedar", []),
        ]
        let contents = try #require(ContentDigest.of(policies))
        return [
            "blind": .text(Base64URL.encode(blind.bytes)), "method": "tools/call", "tool": "read_document",
            "definition": .text(Samples.digest("definition").base64URL),
            "parameters_text": .string(UTF8String(String(decoding: Samples.parameters.serialized(), as: UTF8.self))),
            "effects": [["verb": "read", "type": "File", "id": "/internal/finances/payroll.xlsx"]],
            "request": .text(commitments.request.base64URL),
            "disclosures": .array(commitments.disclosures.map { .text($0.text) }),
            "sd": .array(commitments.sd.map { .text($0.base64URL) }),
            "unpinned_tool": .text(blind.name("t\u{f6}ol", as: .tool).text),
            "result_text": "{\"content\":[]}",
            "result": .text(blind.result(Array("{\"content\":[]}".utf8)).base64URL),
            "contents": [["b.cedar", "permit(principal, action, resource);"], ["a.cedar", ""]],
            "contents_digest": .text(contents.base64URL),
        ]
    }

    private static func evidence() throws -> JSON {
        let (month, epoch) = (Samples.digest("month key").bytes, Samples.digest("epoch key").bytes)
        let (key, nonce) = (Samples.digest("record key").bytes, Array(Samples.digest("nonce").bytes.prefix(12)))
        let id = try Samples.denyID()
        let context = SealedEvidence.Context(log: Samples.log, receiptID: id, type: "writ.evidence/1")
        let sealed = try SealedEvidence(
            sealing: Array("evidence".utf8), key: key, nonce: nonce, context: context)
        let record = try WrappedKey(
            wrapping: key, under: month, nonce: nonce, name: .record(log: Samples.log, receiptID: id))
        let agentMonth = try WrappedKey(
            wrapping: month, under: epoch, nonce: nonce,
            name: .agentMonth(log: Samples.log, agentID: "agent-passport:prod-worker-7", month: "2026-03"))
        return [
            "log": .string(Samples.log), "receipt_id": .text(id.text), "type": "writ.evidence/1",
            "agent_id": "agent-passport:prod-worker-7", "month": "2026-03", "content": "evidence",
            "epoch_key": .text(Base64URL.encode(epoch)), "wrapped_month_key": .text(Base64URL.encode(agentMonth.bytes)),
            "wrapped_record_key": .text(Base64URL.encode(record.bytes)),
            "sealed": .text(Base64URL.encode(sealed.bytes)),
            "digest": .text(sealed.digest.base64URL),
        ]
    }

    @Test func `the format's bytes have not changed`() throws {
        let golden = Self.folder.appendingPathComponent("Golden")
        let isUpdate = ProcessInfo.processInfo.environment["WRIT_GOLDEN"] == "update"
        for (name, bytes) in try Self.files() {
            let file = golden.appendingPathComponent(name)
            if isUpdate { try Data(bytes).write(to: file) }
            #expect(Array(try Data(contentsOf: file)) == bytes, "\(name)")
        }
    }

    @Test func `the golden files verify as they were published`() throws {
        let golden = Self.folder.appendingPathComponent("Golden")
        func bytes(_ name: String) throws -> [UInt8] {
            Array(try Data(contentsOf: golden.appendingPathComponent(name)))
        }
        let published = try JSON(parsing: bytes("keys.json"))
        let jwk = try Ed25519JWK(try #require(published["receipts"]?.array?.first))
        let keys = TrustedKeys([TrustedKeys.Key(jwk.publicKey)])
        let witnesses = try #require(published["witnesses"]?.array).map {
            try VerifierKey(parsing: $0.string?.string ?? "")
        }
        let log = try VerifierKey(parsing: published["log"]?.string?.string ?? "")
        let trust = try #require(LogTrust(log: log, witnesses: witnesses, quorum: 2))
        let verified = try ReceiptVerification(verifying: bytes("receipt-deny.tlog-proof"), keys: keys, log: trust)
        #expect(verified.level == .witnessed(index: 0, size: 33, count: 2, of: 2))
        #expect(verified.entry.bytes == (try bytes("receipt-deny.json")))
        for name in ["receipt-deny.json", "receipt-allow.json", "outcome.json"] {
            #expect(try ReceiptVerification(verifying: bytes(name), keys: keys).level == .signed)
        }
        let lines = try bytes("events.jsonl").split(separator: 0x0a)
        #expect(lines.count == EventKind.allCases.count)
        for line in lines { #expect(try ReceiptVerification(verifying: Array(line), keys: keys).level == .signed) }
    }

    static let python = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { $0 + "/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    @Test(.enabled(if: python != nil, "no python3 in PATH"))
    func `a program that shares nothing with Writ agrees`() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.python))
        process.arguments = [
            Self.folder.appendingPathComponent("Peer/verify.py").path,
            Self.folder.appendingPathComponent("Golden").path,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
        #expect(text.contains("all golden files agree"))
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import HomeFolder
import Receipts
import SQLiteLedger
import StrictJSON
import TransparencyLog
import WireTypes

/// `writ receipts`.
struct ReceiptsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipts", abstract: "The record of decisions.",
        subcommands: [List.self, Show.self, VerifyReceipt.self, ReplayReceipt.self, Export.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "The newest receipts first.")
        @OptionGroup var home: HomeOption
        @Option(help: "At most so many.") var limit = 20
        @Option(help: "Only before this entry of the log.") var before: Int64?
        @Option(help: "Only of this agent.") var agent: String?
        @Flag(help: "Print one JSON object a line.") var json = false

        func run() throws {
            guard (1...10_000).contains(limit) else { throw CommandFailure(.usage, "--limit is 1 to 10000") }
            let archive = try Archive.open(home.resolve())
            let found = try archive.ledger.newestReceipts(
                limit: limit, before: before, agent: agent.map { UTF8String($0) })
            if found.isEmpty && !json { Output.line("No receipts yet.") }
            for logged in found {
                guard let receipt = try SignedEntry(parsing: logged.bytes).receipt else { continue }
                if json {
                    Output.json(ReceiptText.summary(receipt, logged.index), pretty: false)
                } else {
                    Output.line(ReceiptText.line(receipt, logged.index))
                }
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "One receipt, its outcome, and, where the keys are here, its evidence.")
        @OptionGroup var home: HomeOption
        @Argument(help: "The receipt's id.") var receipt: String
        @Flag(help: "Print JSON: the entry, the outcome and the evidence.") var json = false

        func run() throws {
            let archive = try Archive.open(home.resolve())
            let found = try archive.receipt(receipt)
            let outcome = try archive.ledger.outcome(of: found.receipt.receiptID).flatMap {
                try SignedEntry(parsing: $0.bytes)
            }
            let evidence = try archive.evidence(of: found.receipt)
            if json {
                return Output.json(
                    [
                        "index": .integer(found.logged.index), "receipt": found.signed.json,
                        "outcome": outcome?.json ?? .null, "evidence": evidence ?? .null,
                    ], pretty: Output.isTerminal)
            }
            for line in ReceiptText.lines(found.receipt, found.logged.index) { Output.line(line) }
            Output.line("outcome   \(outcome?.outcome.map(ReceiptText.outcome) ?? "none logged")")
            guard let evidence else { return Output.line("evidence  erased, or its keys are not here") }
            for line in ReceiptText.evidence(evidence) { Output.line(line) }
        }
    }

    struct VerifyReceipt: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify", abstract: "Verify a receipt of this log: signature, inclusion, checkpoint.")
        @OptionGroup var home: HomeOption
        @Argument(help: "The receipt's id.") var receipt: String

        func run() throws {
            let archive = try Archive.open(home.resolve())
            let bundle = try archive.bundle(archive.receipt(receipt).signed, at: archive.receipt(receipt).logged.index)
            let keys = KeyStore(archive.home)
            try Verification.report(
                bundle, keys: [KeyStore.publicKey(at: keys.publicPath(.receipts))], log: archive.logKey)
        }
    }

    struct ReplayReceipt: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "replay",
            abstract: "Make the decision again from its archived inputs, and compare every member.")
        @OptionGroup var home: HomeOption
        @Argument(help: "The receipt's id.") var receipt: String

        func run() throws {
            let archive = try Archive.open(home.resolve())
            let found = try archive.receipt(receipt)
            let archived = try archive.decision(of: found.receipt)
            let replay = Replay(of: found.receipt, archived)
            Output.line(ReceiptText.line(found.receipt, found.logged.index))
            for reason in replay.verdict.reasons { Output.line("again     \(Output.escaped(reason.message))") }
            guard replay.differences.isEmpty else {
                Output.line("different \(replay.differences.map(\.description).joined(separator: ", "))")
                throw ExitStatus.denied.exitCode
            }
            Output.line("the same verdict, member by member, from the archived inputs")
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write a receipt with its proof as a file that `writ verify` checks anywhere.")
        @OptionGroup var home: HomeOption
        @Argument(help: "The receipt's id.") var receipt: String
        @Option(name: .shortAndLong, help: "The file. [default: standard output]") var output: String?

        func run() throws {
            let archive = try Archive.open(home.resolve())
            let found = try archive.receipt(receipt)
            let bytes = try archive.bundle(found.signed, at: found.logged.index)
            guard let output else { return Output.bytes(bytes) }
            try FileAccess.create(output, bytes, mode: 0o644)
            Output.line("Wrote \(output)")
        }
    }
}

extension Archive {
    /// A receipt's `tlog-proof`, under the newest checkpoint.
    func bundle(_ entry: SignedEntry, at index: Int64) throws -> [UInt8] {
        let proof = try ledger.inclusionProof(of: index)
        return ReceiptVerification.bundle(
            entry, inclusion: TransparencyLog.InclusionProof(index: UInt64(proof.index), hashes: proof.hashes),
            checkpoint: try Note(parsing: proof.checkpoint)
        ).bytes
    }

    /// A receipt's decision with all that it was made from.
    func decision(of receipt: Receipt) throws -> ArchivedDecision {
        guard let evidence = try evidence(of: receipt) else {
            throw CommandFailure(.data, "the evidence of \(receipt.receiptID) is erased, or its keys are not here")
        }
        do {
            return try ArchivedDecision(
                evidence, content: { try ledger.content($0) },
                rulebook: { try Installation.maker.rulebook(archived: $0, $1) })
        } catch let error as ArchivedDecision.Failure {
            throw CommandFailure(.data, error.description)
        } catch let error as RulebookError {
            throw CommandFailure(.data, error.description)
        }
    }

    /// A receipt's evidence, opened; `nil` where it, or its key, is gone.
    func evidence(of receipt: Receipt) throws -> JSON? {
        guard let sealed = try ledger.evidence(of: receipt.receiptID) else { return nil }
        let keys = try SQLiteEvidenceKeys.open(at: home.evidenceKeys)
        return try EvidenceArchive.open(sealed, of: receipt, keys: keys)
    }
}

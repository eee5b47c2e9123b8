// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import HomeFolder
import Receipts
import SQLiteLedger
import StrictJSON
import TransparencyLog

/// `writ fsck`.
struct FsckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fsck",
        abstract:
            "Recompute the whole record: every hash, signature of the log, seal, state and link; exit status 0 or 1.")
    @OptionGroup var home: HomeOption

    func run() throws {
        let home = try home.resolve()
        let configuration = try Configuration.read(home)
        let findings = try SQLiteLedger.fsck(
            at: Installation.ledgerPath(home, configuration), log: KeyStore(home).verifierKey(),
            reading: SQLiteLedger.EntryReading(
                change: { try StateChange(entry: $0) },
                evidence: { try SignedEntry(parsing: $0).evidence },
                session: { try SessionMark(entry: $0) }, used: { try StateChange(entry: $0) }))
        let archive = try Archive.open(home)
        let fault = try SealBook(archive.ledger, log: UTF8String(archive.logKey.name)).fault()
        guard findings.isEmpty, fault == nil else {
            for finding in findings { Output.line("\(finding)") }
            if let fault { Output.line(Output.escaped(UTF8String(fault))) }
            throw ExitStatus.denied.exitCode
        }
        Output.line("The record is whole: entries, tree, checkpoint, state and evidence agree.")
    }
}

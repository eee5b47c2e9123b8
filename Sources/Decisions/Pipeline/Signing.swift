// SPDX-License-Identifier: Apache-2.0

import Receipts
import StrictJSON
import WireTypes

/// Entries into signed bytes. What cannot be signed cannot be logged, and so denies.
enum Signing {
    static func sign(_ receipt: Receipt, _ signer: any EntrySigner) throws(LedgerError) -> [UInt8] {
        try sign(.receipt(receipt), signer)
    }

    static func sign(_ outcome: Outcome, _ signer: any EntrySigner) throws(LedgerError) -> [UInt8] {
        try sign(.outcome(outcome), signer)
    }

    static func sign(_ event: Event, _ signer: any EntrySigner) throws(LedgerError) -> [UInt8] {
        try sign(.event(event), signer)
    }

    private static func sign(_ entry: Entry, _ signer: any EntrySigner) throws(LedgerError) -> [UInt8] {
        do throws(EntryError) {
            return try SignedEntry(signing: entry, with: signer).bytes
        } catch {
            throw LedgerError(.notFound, "an entry could not be written: \(error)")
        }
    }
}

extension OutcomeReport {
    /// The outcome's entry.
    func outcome(of ticket: OutcomeTicket, log: UTF8String, at now: Timestamp, milliseconds: Int64) -> Outcome {
        let (status, content): (Outcome.Status, JSON?) =
            switch ending {
            case .result(let json): (.result, json)
            case .toolError(let json): (.toolError, json)
            case .error(let json): (.error, json)
            case .cancelled: (.cancelled, nil)
            case .noAnswer: (.noAnswer, nil)
            case .notForwarded: (.notForwarded, nil)
            }
        let result = content.flatMap { json in Blind(bytes: ticket.blind)?.result(json.serialized()) }
        let findings = findings.prefix(ReceiptLimits.findingsMax).map {
            Outcome.Finding(code: $0.code, count: max(1, $0.count))
        }
        return Outcome(
            log: log, receiptID: ticket.receiptID, at: now, status: status, result: result,
            durationMS: UInt64(max(0, milliseconds)), findings: findings.isEmpty ? nil : findings)
    }
}

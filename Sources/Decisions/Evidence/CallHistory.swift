// SPDX-License-Identifier: Apache-2.0

import Receipts
public import StrictJSON
public import WireTypes

/// Calls that were decided before, by this or another process, found again by the session that they were made in.
public struct CallHistory: Sendable {
    private let ports: DecisionPorts
    private let reader: any LedgerReader

    /// Receipts that are read at a time: mostly the newest is the one that is looked for.
    private static let page = 16

    /// The history of the ports' log.
    public init(_ ports: DecisionPorts, reader: any LedgerReader) {
        self.ports = ports
        self.reader = reader
    }

    /// The newest decision of a session that fits.
    ///
    /// - Parameters:
    ///   - limit: how many are looked at.
    ///   - since: decisions before this moment are not looked at.
    /// - Throws: `LedgerError` where the log cannot be read.
    public func newest(
        of session: UTF8String, limit: Int, since: Timestamp? = nil,
        where fits: (LoggedCall) throws(LedgerError) -> Bool
    ) throws(LedgerError) -> LoggedCall? {
        var before: Int64?
        var seen = 0
        while seen < limit {
            let found = try reader.newestReceipts(
                limit: min(Self.page, limit - seen), before: before, session: session)
            for entry in found {
                let receipt = try Self.receipt(entry)
                if let since, receipt.checkedAt < since { return nil }
                let call = LoggedCall(receipt: receipt, index: entry.index)
                if try fits(call) { return call }
            }
            guard let last = found.last else { return nil }
            before = last.index
            seen += found.count
        }
        return nil
    }

    /// The newest decision of a session whose receipt echoes this nonce.
    ///
    /// - Throws: `LedgerError` where the log cannot be read.
    public func newest(of session: UTF8String, nonce: UTF8String) throws(LedgerError) -> LoggedCall? {
        guard let entry = try reader.newestReceipt(of: session, nonce: nonce) else { return nil }
        return LoggedCall(receipt: try Self.receipt(entry), index: entry.index)
    }

    /// What was called; `nil` where its evidence has been erased.
    ///
    /// - Throws: `LedgerError` where evidence or its keys cannot be read.
    public func content(of call: LoggedCall) throws(LedgerError) -> LoggedContent? {
        guard let sealed = try reader.evidence(of: call.receiptID),
            let record = try EvidenceArchive.open(sealed, of: call.receipt, keys: ports.evidenceKeys),
            let made = record["call"], let server = made["server"]?.string, let tool = made["tool"]?.string,
            let message = made["message"], let blind = record["blind"]?.string.flatMap({ Base64URL.decode($0.string) }),
            let place = made["arguments_place"]?.string.flatMap(JSONPointer.init(parsing:))
        else { return nil }
        return LoggedContent(
            server: server, tool: tool, arguments: message[place], credential: record["credential"],
            workingDirectory: made["working_directory"]?.string, project: made["project"]?.string,
            ticket: OutcomeTicket(receiptID: call.receiptID, index: call.index, blind: blind))
    }

    /// Whether it has been logged what became of a call.
    ///
    /// - Throws: `LedgerError`.
    public func hasOutcome(_ call: LoggedCall) throws(LedgerError) -> Bool {
        try reader.outcome(of: call.receiptID) != nil
    }

    /// Whether nothing that decides has changed since: no kill switch, suspension, policy or configuration.
    ///
    /// - Throws: `LedgerError`.
    public func isStillSo(_ call: LoggedCall) throws(LedgerError) -> Bool {
        let epochs = try ports.ledger.state().epochs
        let receipt = call.receipt
        return epochs.policy == receipt.policy.digest && epochs.configuration == receipt.state.config
            && UInt64(clamping: epochs.kill) == receipt.state.killEpoch
            && UInt64(clamping: epochs.revocation) == receipt.state.revocationEpoch
    }

    private static func receipt(_ entry: LoggedEntry) throws(LedgerError) -> Receipt {
        do {
            if let receipt = try SignedEntry(parsing: entry.bytes).receipt { return receipt }
        } catch {}
        throw LedgerError(.poisoned, "entry \(entry.index) is no receipt")
    }
}

/// A decision that is in the log.
public struct LoggedCall: Sendable {
    let receipt: Receipt
    /// Where in the log.
    public let index: Int64

    /// The receipt.
    public var receiptID: UUIDv7 { receipt.receiptID }
    /// When it was decided.
    public var checkedAt: Timestamp { receipt.checkedAt }
    /// Whether it was allowed.
    public var isAllowed: Bool { receipt.allow }
    /// Whether whoever asked was told to run it without asking its user.
    public var isAutoApproved: Bool {
        receipt.reasons.contains { $0.code == UTF8String(ReasonCode.autoApproved.rawValue) }
    }
    /// Whether it tells of a call that ran otherwise than it was decided, and was no decision itself.
    public var isAlarm: Bool {
        receipt.reasons.contains { $0.code == UTF8String(ReasonCode.parametersChanged.rawValue) }
    }
    /// Why it was decided so.
    public var reason: UTF8String { receipt.reason }
    /// Whether its caller gave it a nonce.
    public var hasNonce: Bool { receipt.nonce != nil }
    /// The agent.
    public var agentID: UTF8String { receipt.agentID }
    /// The server's name, where it stands in the log in clear.
    public var server: UTF8String { receipt.call.server.text }
}

/// What was called, from the evidence.
public struct LoggedContent: Sendable {
    /// The server's alias.
    public let server: UTF8String
    /// The tool.
    public let tool: UTF8String
    /// The arguments as they were given.
    public let arguments: JSON?
    /// As `EvidenceRecord` writes it.
    let credential: JSON?
    let workingDirectory: UTF8String?
    let project: UTF8String?
    /// For the outcome.
    public let ticket: OutcomeTicket

    /// Whether it was decided for the same caller, folder and project as another call: what is decided of the same words
    /// for somebody else, or of relative paths elsewhere, is another decision.
    public func isDecidedFor(_ call: ToolCall) -> Bool {
        credential == EvidenceRecord.credential(call.credential) && workingDirectory == call.place.workingDirectory
            && project == call.place.project
    }
}

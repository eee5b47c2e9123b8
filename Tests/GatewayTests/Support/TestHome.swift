// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import HomeFolder
import Receipts
import SQLiteLedger
import StrictJSON
import Testing
import WireTypes

/// An installation that `writ init` made, with policies of the test's own.
struct TestHome {
    let folder: TemporaryFolder
    var path: String { folder.path + "/home" }

    /// Everything is permitted, what nobody understands included, but one tool, and arguments that ask for it.
    private static let policies = """
        @id("all")
        permit (principal, action, resource)
        when { ["everything", "git", "time", "test"].contains(context.call.server) };
        @id("deny-on-demand")
        @reason("denied as the test asks")
        forbid (principal, action in Action::"call", resource)
        when { context.input has deny };
        @id("forbidden")
        @reason("not that one")
        forbid (principal, action == Action::"test/forbidden", resource);
        """

    init(_ folder: TemporaryFolder) async throws {
        self.folder = folder
        let made = try await Command.run(try Command.writ, "init", "--home", folder.path + "/home")
        try #require(made.status == 0, "\(made.errors)")
        try FileManager.default.removeItem(atPath: path + "/policies/starter.cedar")
        try Data(Self.policies.utf8).write(to: URL(filePath: path + "/policies/test.cedar"))
        try #require(chmod(path + "/policies/test.cedar", 0o600) == 0)
    }

    /// The beginning of a command line: what comes after it is the server's.
    func gateway(_ name: String) throws -> [String] {
        [try Command.writ, "gateway", "--home", path, "--name", name, "--pins", "first-use", "--"]
    }

    /// Every decision that was logged, in order, each with its outcome.
    func calls() throws -> [LoggedCall] {
        let ledger = try SQLiteLedger.open(readingAt: path + "/ledger.sqlite", log: KeyStore(Home(path)).verifierKey())
        defer { close(ledger) }
        let key = try KeyStore.publicKey(at: KeyStore(Home(path)).publicPath(.receipts))
        var calls: [LoggedCall] = []
        var index: Int64 = 0
        while case let entries = try ledger.entries(from: index, limit: 1000), !entries.isEmpty {
            index += Int64(entries.count)
            for entry in entries {
                let signed = try SignedEntry(parsing: entry.bytes)
                try #require(signed.isSigned(by: key))
                guard let receipt = signed.receipt else { continue }
                let outcome = try ledger.outcome(of: receipt.receiptID).flatMap {
                    try SignedEntry(parsing: $0.bytes).outcome
                }
                calls.append(LoggedCall(receipt: receipt, outcome: outcome))
            }
        }
        return calls
    }

    /// The arguments of logged calls, out of their evidence.
    func arguments(of calls: [LoggedCall]) throws -> [JSON?] {
        let ledger = try SQLiteLedger.open(readingAt: path + "/ledger.sqlite", log: KeyStore(Home(path)).verifierKey())
        defer { close(ledger) }
        let keys = try SQLiteEvidenceKeys.open(at: Home(path).evidenceKeys)
        return try calls.map { call in
            let sealed = try #require(try ledger.evidence(of: call.receipt.receiptID))
            let record = try #require(try EvidenceArchive.open(sealed, of: call.receipt, keys: keys))
            return record["call"]?["message"]?["params"]?["arguments"]
        }
    }

    /// The record as `writ fsck` finds it.
    func fsck() async throws {
        let checked = try await Command.run(try Command.writ, "fsck", "--home", path)
        #expect(checked.status == 0, "\(checked.output)\(checked.errors)")
    }

    private func close(_ ledger: SQLiteLedger) {
        do { try ledger.close() } catch { Issue.record("the ledger does not close: \(error)") }
    }
}

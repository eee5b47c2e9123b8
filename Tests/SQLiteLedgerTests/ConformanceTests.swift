// SPDX-License-Identifier: Apache-2.0

import Decisions
import PortTesting
import SQLiteLedger
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

@Suite struct ConformanceTests {
    @Test(arguments: LedgerConformance.checks) func `the SQLite ledger keeps`(
        promise: Check<LedgerSubject>
    ) async throws {
        let place = try TemporaryFolder()
        defer { place.remove() }
        let signer = try Samples.signer()
        try SQLiteLedger.create(at: place.ledger, signer: signer)
        let ledger = try SQLiteLedger.open(at: place.ledger, signer: signer)
        let other = try SQLiteLedger.open(at: place.ledger, signer: signer)
        try await promise.run(LedgerSubject(ledger: ledger, other: other, log: signer.key))
        try ledger.close()
        try other.close()
    }

    @Test(arguments: LedgerConformance.checks) func `the ledger in memory keeps`(
        promise: Check<LedgerSubject>
    ) async throws {
        let ledger = MemoryLedger(signer: try Samples.signer())
        try await promise.run(LedgerSubject(ledger: ledger, other: ledger, log: ledger.log))
    }

    @Test(arguments: EvidenceKeysConformance.checks) func `evidence keys in memory keep`(
        promise: Check<any EvidenceKeys>
    ) async throws {
        try await promise.run(MemoryEvidenceKeys())
    }
}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import PortTesting
import Testing
import WireTypes

/// The faults that a test may ask of the ledger in memory.
@Suite struct MemoryLedgerTests {
    @Test(arguments: [LedgerError.Code.busy, .full, .overloaded]) func `a passing failure is told once`(
        code: LedgerError.Code
    ) async throws {
        let ledger = MemoryLedger(signer: try Samples.signer())
        let samples = Samples(seed: 1)
        ledger.failNext(LedgerError(code, "as asked"))
        await #expect(throws: LedgerError(code, "")) { try await ledger.commit(samples.receipt()) }
        #expect(try await ledger.commit(samples.receipt()) == .logged(index: 0))
    }

    @Test func `a poisoned ledger stays poisoned, for every call`() async throws {
        let ledger = MemoryLedger(signer: try Samples.signer())
        let samples = Samples(seed: 1)
        ledger.failNext(LedgerError(.poisoned, "as asked"))
        for _ in 0..<2 {
            await #expect(throws: LedgerError(.poisoned, "")) { try await ledger.commit(samples.receipt()) }
        }
        #expect(throws: LedgerError(.poisoned, "")) { try ledger.state() }
        #expect(throws: LedgerError(.poisoned, "")) { try ledger.append(later: samples.event()) }
        #expect(throws: LedgerError(.poisoned, "")) { try ledger.checkpoint() }
    }

    @Test func `a stale answer on request is given once, to an allow`() async throws {
        let ledger = MemoryLedger(signer: try Samples.signer())
        let samples = Samples(seed: 1)
        ledger.becomeStaleOnce()
        #expect(try await ledger.commit(samples.receipt()) == .logged(index: 0))
        #expect(try await ledger.commit(samples.receipt(expecting: Epochs())) == .stale(try ledger.state()))
        #expect(try await ledger.commit(samples.receipt(expecting: Epochs())) == .logged(index: 1))
    }

    @Test func `the fakes' clock and bytes are what a test sets`() {
        let clock = SettableClock()
        let start = clock.now()
        clock.advance(milliseconds: 1_500)
        #expect(clock.now() == start.adding(milliseconds: 1_500))
        #expect(clock.monotonicMilliseconds() == 1_500)
        clock.set(start)
        #expect(clock.now() == start && clock.monotonicMilliseconds() == 1_500)
        #expect(SeededRandom(seed: 4).bytes(33) == SeededRandom(seed: 4).bytes(33))
        #expect(SeededRandom(seed: 4).bytes(33) != SeededRandom(seed: 5).bytes(33))
        #expect(SeededRandom().bytes(0).isEmpty)
    }
}

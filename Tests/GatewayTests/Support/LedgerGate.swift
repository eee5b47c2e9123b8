// SPDX-License-Identifier: Apache-2.0

import Decisions
import StrictJSON
import Synchronization
import WireTypes

/// Lets commits through, or holds them as a slow disk does.
final class LedgerGate: Sendable {
    private struct State {
        var isClosed = false
        var held: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let holding = Inbox<Void>()
    private let settled = Inbox<Void>()

    func before(_ ledger: any Ledger) -> any Ledger { GatedLedger(gate: self, ledger: ledger) }

    func close() { state.withLock { $0.isClosed = true } }

    func open() {
        let held = state.withLock { state in
            state.isClosed = false
            defer { state.held = [] }
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    /// Waits until so many commits wait here.
    func waits(_ count: Int) async throws {
        for _ in 0..<count {
            try await within("a commit at the gate") { [holding] in await holding.first { _ in true } }
        }
    }

    /// Waits until so many outcomes have been logged.
    func outcomes(_ count: Int) async throws {
        for _ in 0..<count { try await within("an outcome") { [settled] in await settled.first { _ in true } } }
    }

    fileprivate func pass() async {
        await withCheckedContinuation { continuation in
            let isHeld = state.withLock { state in
                if state.isClosed { state.held.append(continuation) }
                return state.isClosed
            }
            if isHeld { holding.add(()) } else { continuation.resume() }
        }
    }

    fileprivate func outcome() { settled.add(()) }
}

private struct GatedLedger: Ledger {
    let gate: LedgerGate
    let ledger: any Ledger

    func state() throws(LedgerError) -> LedgerState { try ledger.state() }

    func commit(_ request: CommitRequest) async throws(LedgerError) -> CommitResult {
        await gate.pass()
        return try await ledger.commit(request)
    }

    func append(later request: CommitRequest) throws(LedgerError) {
        try ledger.append(later: request)
        gate.outcome()
    }

    func approvals(_ query: ApprovalQuery) throws(LedgerError) -> [ApprovalRecord] { try ledger.approvals(query) }

    func isFrozen(session: UTF8String) throws(LedgerError) -> Bool { try ledger.isFrozen(session: session) }

    func content(_ digest: Digest) throws(LedgerError) -> [UInt8]? { try ledger.content(digest) }
}

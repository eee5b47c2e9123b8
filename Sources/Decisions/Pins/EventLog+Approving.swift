// SPDX-License-Identifier: Apache-2.0

import Receipts
public import StrictJSON
public import WireTypes

extension EventLog {
    /// Approves a definition of a tool that a listing has had: from here on calls are held to it.
    ///
    /// - Parameters:
    ///   - previous: the definition that was approved when the operator decided; if another is by now, nothing is done.
    ///   - actor: who approves; a name, 1 to 256 bytes.
    /// - Throws: `LedgerError`.
    public func approve(
        server: UTF8String, tool: UTF8String, definition: Digest, previous: Digest?, actor: UTF8String
    ) async throws(LedgerError) -> ToolApproval {
        // Another approval or switch may come between; each attempt looks again at what there is.
        for _ in 0..<Limits.approvalAttempts {
            let state = try ports.ledger.state()
            guard let pin = state.pins[server: server, tool: tool], ToolName.isPresentable(tool),
                let document = try ports.ledger.content(definition).flatMap(PinnedDefinitions.definition),
                document["name"]?.string == tool
            else { return .unseen }
            guard pin.approved == previous else { return .superseded(pin) }
            var request = try request(
                .toolApproved(server: server, tool: .known(tool), definition: definition, previous: previous), actor,
                nil)
            request.expecting = state.epochs
            switch try await ports.ledger.commit(request) {
            case .logged(let index): return .approved(index: index)
            case .stale: continue
            case .limitExceeded, .approvalUnavailable:
                throw LedgerError(.poisoned, "the ledger refused to log an event")
            }
        }
        throw LedgerError(.busy, "the state changed each time the approval was to be logged; try again")
    }
}

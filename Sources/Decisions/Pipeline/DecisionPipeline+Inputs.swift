// SPDX-License-Identifier: Apache-2.0

import Receipts
import StrictJSON
import Synchronization
import ToolTypes
import WireTypes

/// What a decision was made of, and under which state.
struct GatheredInputs: Sendable {
    var inputs: DecisionInputs
    /// Whether the approval that it asks for is asked for with its refusal.
    var isApprovalNew = false
    let epochs: Epochs
    let resolved: ResolvedPaths
}

/// What paths led to while a call was judged; kept in evidence.
final class ResolvedPaths: Sendable {
    private let answers = Mutex<[UTF8String: [UTF8String]]>([:])
    private let resolver: any PathResolver

    init(_ resolver: any PathResolver) { self.resolver = resolver }

    func resolve(_ path: UTF8String) -> [UTF8String] {
        let answer = resolver.resolve(path)
        answers.withLock { $0[path] = answer }
        return answer
    }

    var all: [UTF8String: [UTF8String]] { answers.withLock { $0 } }
}

extension DecisionPipeline {
    /// The rulebook and the state, as they are now. A rulebook that is not the one in force is first put in force, by
    /// events in the log, so that every digest in a receipt is preceded by its activation.
    func inputs(_ call: ToolCall) async throws(LedgerError) -> GatheredInputs {
        let rulebook = try rulebook()
        var state = try ports.ledger.state()
        if state.epochs.policy != rulebook.policies.digest
            || state.epochs.configuration != rulebook.configurationDigest
        {
            try await activate(rulebook, state.epochs)
            state = try ports.ledger.state()
        }
        let now = ports.clock.now()
        let resolved = ResolvedPaths(ports.paths)
        let pin = call.operation == .tool && call.isHeldToPin ? state.pins[server: call.server, tool: call.tool] : nil
        var pinnedType = ArgumentType.undeclared
        if let approved = pin?.approved, approved == call.definition {
            pinnedType = try definitions.argumentType(of: approved, in: ports.ledger)
        }
        let grants = try grants(of: call.credential, state, rulebook, at: now)
        let inputs = DecisionInputs(
            call: call, now: now,
            local: LocalTime(now, offsetSeconds: rulebook.zone.offsetSeconds(at: now)),
            killSwitches: state.killSwitches, standings: state.standings, pin: pin, pinnedType: pinnedType,
            labels: state.labels, grants: grants, rulebook: rulebook, resolve: { resolved.resolve($0) })
        var epochs = state.epochs
        // What was judged by is what must be in force at the commit, even if another process activates its own now.
        epochs.policy = rulebook.policies.digest
        epochs.configuration = rulebook.configurationDigest
        epochs.seal = rulebook.seal
        return GatheredInputs(inputs: inputs, epochs: epochs, resolved: resolved)
    }
}

extension LedgerError.Code {
    /// What a caller is told: enough to know whom to ask, nothing about files or keys.
    var publicText: String {
        switch self {
        case .busy, .overloaded: "the ledger is busy; try again"
        case .full: "the disk is full"
        case .clockBehind: "the clock is behind the log"
        case .missing, .notALedger, .rolledBack, .poisoned, .closed: "the ledger cannot be used"
        case .notFound: "there is no usable rulebook"
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import PortTesting
import Receipts
import StrictJSON
import Synchronization
import Testing
import TransparencyLog
import WireTypes

/// A pipeline over fakes, with the ledger's answers and the rulebook in the test's hands.
struct World: Sendable {
    let ledger: MemoryLedger
    let scripted: ScriptedLedger
    let keys = MemoryEvidenceKeys()
    let clock = SettableClock(World.day)
    let rules: SettableRules
    let signer: Ed25519KeyPair
    let ports: DecisionPorts

    /// Tuesday, 2026-03-17T10:15:00.000Z.
    static let day = Timestamp(clamping: 1_773_742_500_000)
    static let origin: UTF8String = "example.com/writ/test"

    init(
        _ policies: String = Books.policies, seed: UInt64 = 1, paths: any PathResolver = NoLinks(),
        configuration: JSON = ["of": "a test"]
    ) throws {
        ledger = MemoryLedger(signer: try Samples.signer(origin: Self.origin.string))
        scripted = ScriptedLedger(ledger)
        rules = SettableRules(try Books.rulebook(policies, configuration: configuration))
        signer = try Ed25519KeyPair(seed: [UInt8](repeating: 3, count: 32))
        ports = DecisionPorts(
            rules: rules, ledger: scripted, evidenceKeys: keys, signer: signer, origin: Self.origin, clock: clock,
            random: SeededRandom(seed: seed), paths: paths)
    }

    var pipeline: DecisionPipeline { DecisionPipeline(ports) }
    var events: EventLog { EventLog(ports) }

    /// The world with another port changed.
    func with(_ change: (inout DecisionPorts) -> Void) -> DecisionPipeline {
        var ports = ports
        change(&ports)
        return DecisionPipeline(ports)
    }

    func kill(
        _ scope: Receipts.KillScope, _ target: UTF8String? = nil, reason: UTF8String = "incident 4711"
    ) async throws {
        try await events.commit(.killSwitchOn(scope: scope, target: target, reason: reason), actor: "operator")
    }

    /// The logged receipt of an answer, as anybody reads it back.
    func entry(_ answer: Answer) throws -> SignedEntry {
        let id = try #require(answer.receiptID)
        return try SignedEntry(parsing: #require(try ledger.receipt(id)).bytes)
    }

    func receipt(_ answer: Answer) throws -> Receipt { try #require(try entry(answer).receipt) }

    func sealed(_ answer: Answer) throws -> Decisions.SealedEvidence {
        let id = try #require(answer.receiptID)
        return try #require(try ledger.evidence(of: id))
    }

    func evidence(_ answer: Answer) throws -> JSON {
        try #require(try EvidenceArchive.open(sealed(answer), of: receipt(answer), keys: keys))
    }

    /// The decision made again, from the archive as it is or as a test alters it.
    func replay(
        _ answer: Answer, altering record: (JSON) throws -> JSON = { $0 }, content: ((Digest) -> [UInt8]?)? = nil
    ) throws -> Replay {
        let archived = try ArchivedDecision(
            record(evidence(answer)), content: { digest in try content?(digest) ?? ledger.content(digest) },
            rulebook: { try Books.rulebook(configuration: $0, $1) })
        return Replay(of: try receipt(answer), archived)
    }

    /// All entries, read back.
    func entries() throws -> [SignedEntry] {
        try ledger.entries(from: 0, limit: .max).map { try SignedEntry(parsing: $0.bytes) }
    }
}

/// No symbolic link anywhere.
struct NoLinks: PathResolver {
    func resolve(_ path: UTF8String) -> [UTF8String] { [path] }
}

/// A rulebook that a test replaces.
final class SettableRules: RulebookSource {
    private let rulebook: Mutex<Rulebook?>

    init(_ rulebook: Rulebook) { self.rulebook = Mutex(rulebook) }

    func set(_ new: Rulebook?) { rulebook.withLock { $0 = new } }

    func current() throws(RulebookError) -> Rulebook {
        guard let rulebook = rulebook.withLock({ $0 }) else { throw RulebookError("planted-secret is broken") }
        return rulebook
    }
}

/// A ledger that lets a test act between judging and commit: each step is used for one commit of an allow.
final class ScriptedLedger: Ledger {
    typealias Step = @Sendable (CommitRequest, MemoryLedger) async throws(LedgerError) -> CommitResult

    private let memory: MemoryLedger
    private let steps = Mutex<[Step]>([])
    /// How often approvals were looked up.
    let approvalReads = Mutex(0)

    init(_ memory: MemoryLedger) { self.memory = memory }

    func next(_ step: @escaping Step) { steps.withLock { $0.append(step) } }

    func state() throws(LedgerError) -> LedgerState { try memory.state() }

    func commit(_ request: CommitRequest) async throws(LedgerError) -> CommitResult {
        let step = request.expecting == nil ? nil : steps.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        guard let step else { return try await memory.commit(request) }
        return try await step(request, memory)
    }

    func append(later request: CommitRequest) throws(LedgerError) { try memory.append(later: request) }

    func approvals(_ query: ApprovalQuery) throws(LedgerError) -> [ApprovalRecord] {
        approvalReads.withLock { $0 += 1 }
        return try memory.approvals(query)
    }

    func isFrozen(session: UTF8String) throws(LedgerError) -> Bool { try memory.isFrozen(session: session) }

    func content(_ digest: WireTypes.Digest) throws(LedgerError) -> [UInt8]? { try memory.content(digest) }
}

extension Decision {
    /// The bytes that may be forwarded, where it is an allow; spends the permit.
    consuming func forwarded() -> [UInt8]? {
        switch consume self {
        case .allowed(let permit, _): permit.spend().take()
        case .denied: nil
        }
    }

    /// The ticket of an allow; the permit is thrown away unspent.
    consuming func ticket() -> OutcomeTicket? {
        switch consume self {
        case .allowed(let permit, _): permit.ticket
        case .denied: nil
        }
    }
}

extension DecisionPipeline {
    func answer(_ call: ToolCall) async -> Answer { await decide(call).answer }
}

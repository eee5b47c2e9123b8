// SPDX-License-Identifier: Apache-2.0

public import Receipts
public import StrictJSON
public import WireTypes

/// Acts and occurrences, as signed entries that change the state.
public struct EventLog: Sendable {
    let ports: DecisionPorts

    /// Events in the ports' log.
    public init(_ ports: DecisionPorts) { self.ports = ports }

    /// Logs an act of an operator, and returns when it is durable and in force.
    ///
    /// - Parameter actor: who acts; a name, 1 to 256 bytes.
    /// - Returns: the entry's index.
    /// - Throws: `LedgerError`.
    @discardableResult
    public func commit(
        _ details: EventDetails, actor: UTF8String, subject: UTF8String? = nil
    ) async throws(LedgerError) -> Int64 {
        try await commit(details, actor: actor, subject: subject, id: nil)
    }

    /// - Parameter id: what makes a repeated commit idempotent; by default a new one.
    @discardableResult
    func commit(
        _ details: EventDetails, actor: UTF8String, subject: UTF8String? = nil, id: UUIDv7?
    ) async throws(LedgerError) -> Int64 {
        guard case .logged(let index) = try await ports.ledger.commit(request(details, actor, subject, id: id)) else {
            throw LedgerError(.poisoned, "the ledger refused to log an event")
        }
        return index
    }

    /// Logs that administrators have sealed what is to be in force, and keeps their document with it.
    ///
    /// - Parameters:
    ///   - document: what `details` has the digest of.
    ///   - previous: the seal that it follows.
    /// - Returns: the entry's index; `nil` where another seal, or anything else that decisions depend on, came first: then
    ///   nothing is logged.
    /// - Throws: `LedgerError`.
    public func commitSeal(
        _ details: EventDetails, document: Content, after previous: Digest?, actor: UTF8String
    ) async throws(LedgerError) -> Int64? {
        let epochs = try ports.ledger.state().epochs
        guard epochs.seal == previous else { return nil }
        var request = try request(details, actor, nil)
        request.expecting = epochs
        request.contents = [document]
        switch try await ports.ledger.commit(request) {
        case .logged(let index): return index
        case .stale: return nil
        case .limitExceeded, .approvalUnavailable:
            throw LedgerError(.poisoned, "the ledger refused to log an event")
        }
    }

    /// Logs an occurrence that nobody waits for.
    ///
    /// - Throws: `LedgerError` where the ledger takes nothing any more.
    public func append(later details: EventDetails) throws(LedgerError) {
        try ports.ledger.append(later: request(details, "writ", nil))
    }

    /// - Parameter id: what makes a repeated commit idempotent; by default a new one.
    func request(
        _ details: EventDetails, _ actor: UTF8String, _ subject: UTF8String?, id: UUIDv7? = nil
    ) throws(LedgerError) -> CommitRequest {
        let now = ports.clock.now()
        let event = Event(log: ports.origin, at: now, actor: actor, subject: subject, details: details)
        return try request(event, id: id ?? UUIDv7(time: now, random: ports.random.bytes(10)))
    }

    /// An event that is made already, by its own time.
    func request(_ event: Event, id: UUIDv7) throws(LedgerError) -> CommitRequest {
        var request = CommitRequest(
            kind: .event(id), entry: try Signing.sign(event, ports.signer), time: event.at, change: StateChange(event))
        let mark = SessionMark(event.details)
        request.session = mark?.session
        request.sessionChange = mark?.change ?? .none
        return request
    }
}

extension StateChange {
    /// What an event changes in the state; `nil` for one that only tells.
    public init?(_ event: Event) {
        if let change = ApprovalChange(event) {
            self = .approval(change)
        } else {
            self.init(event.details, at: event.at)
        }
    }

    /// What an event changes in the state; `nil` for one that only tells. The ledger's state is the fold of these.
    ///
    /// - Parameter moment: the event's own time.
    public init?(_ details: EventDetails, at moment: Timestamp) {
        switch details {
        case .configurationActivated(let digest, _): self = .configurationActivated(digest)
        case .policyActivated(let digest, _, _): self = .policyActivated(digest)
        case .killSwitchOn(let scope, let target, let reason):
            guard let scope = KillScope(kind: scope.rawValue, target: target) else { return nil }
            self = .killSwitchOn(KillSwitch(scope: scope, reason: reason))
        case .killSwitchOff(let scope, let target, _):
            guard let scope = KillScope(kind: scope.rawValue, target: target) else { return nil }
            self = .killSwitchOff(scope)
        case .passportSuspended(let agent, _): self = .standing(agent: agent, .suspended)
        case .passportResumed(let agent, _): self = .standing(agent: agent, nil)
        case .passportRevoked(let agent, _): self = .standing(agent: agent, .revoked)
        case .toolPinned(let server, .known(let tool), let definition, _),
            .toolChanged(let server, .known(let tool), let definition, _, _):
            self = .toolSeen(server: server, tool: tool, definition: definition)
        case .toolApproved(let server, .known(let tool), let definition, _, _):
            self = .toolApproved(server: server, tool: tool, definition: definition)
        case .sessionLabelled(let agent, let labels, let until):
            self = .sessionLabelled(
                agent: agent, labels: labels.compactMap { SessionLabel(rawValue: $0.rawValue) }, at: moment,
                until: until)
        case .sessionCleared(let agent, _): self = .sessionCleared(agent: agent)
        case .grantGiven(let id, let agent, let policy, let until, let session, _, _):
            self = .grantGiven(
                TaskGrant(
                    id: id, agentID: agent, policy: policy, session: session, givenAt: moment, until: until))
        case .grantRevoked(let id, _, _): self = .grantRevoked(id)
        case .clock: self = .clockAcknowledged
        case .sealed(let seal, _, _, _, _, _): self = .sealed(seal)
        default: return nil
        }
    }

    /// What a logged entry changes, for whoever folds a log again.
    ///
    /// - Throws: `EntryError` where the bytes are no entry.
    public init?(entry bytes: [UInt8]) throws {
        switch try SignedEntry(parsing: bytes).entry {
        case .event(let event):
            guard let change = StateChange(event) else { return nil }
            self = change
        case .receipt(let receipt):
            guard let change = ApprovalChange(receipt) else { return nil }
            self = .approval(change)
        case .outcome: return nil
        }
    }
}

extension DecisionPipeline {
    /// Puts a rulebook in force, by events.
    func activate(_ rulebook: Rulebook, _ epochs: Epochs) async throws(LedgerError) {
        let events = EventLog(ports)
        if epochs.configuration != rulebook.configurationDigest {
            try await events.commit(
                .configurationActivated(digest: rulebook.configurationDigest, previous: epochs.configuration),
                actor: "writ")
        }
        if epochs.policy != rulebook.policies.digest {
            try await events.commit(
                .policyActivated(digest: rulebook.policies.digest, previous: epochs.policy, mode: .enforce),
                actor: "writ")
        }
    }

    /// Logs that frames were refused that were no calls: one event for all of them. A log that takes nothing any more
    /// has been reported by whatever was decided last.
    public func recordRefusedFrames(
        _ count: Int64, since milliseconds: Int64, surface: ToolCall.Surface
    ) throws(LedgerError) {
        let now = ports.clock.now()
        try EventLog(ports).append(
            later: .refusedFrames(
                count: UInt64(max(0, count)), surface: UTF8String(surface.rawValue),
                since: now.adding(milliseconds: -milliseconds), until: now))
    }
}

extension DecisionPipeline {
    /// Puts the rulebook in force without deciding anything.
    ///
    /// - Throws: `LedgerError` where there is none, or the log cannot be written.
    public func activateRules() async throws(LedgerError) {
        let rulebook: Rulebook
        do throws(RulebookError) { rulebook = try ports.rules.current() } catch {
            throw LedgerError(.notFound, "there is no usable rulebook: \(error)")
        }
        try await activate(rulebook, try ports.ledger.state().epochs)
    }
}

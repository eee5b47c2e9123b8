// SPDX-License-Identifier: Apache-2.0

import Crypto
public import Receipts
public import StrictJSON
public import WireTypes

extension EventLog {
    /// Gives a grant, and returns when it is durable and in force.
    ///
    /// - Parameters:
    ///   - policy: its policy's text, as `GrantPolicy` writes it for this id and end.
    ///   - session: as the policy has it.
    ///   - reason: the operator's words; in the log in clear.
    ///   - task: what it is for, as the user said it: kept as evidence of the agent's, which can be erased, and in the log
    ///     as a digest alone.
    ///   - actor: who gives it.
    /// - Throws: `LedgerError`.
    public func give(
        _ policy: UTF8String, id: UUIDv7, to agent: UTF8String, until: Timestamp, session: UTF8String? = nil,
        reason: UTF8String, task: UTF8String? = nil, actor: UTF8String
    ) async throws(LedgerError) -> Result<TaskGrant, GrantMistake> {
        let now = ports.clock.now()
        guard now < until, until <= now.adding(milliseconds: TaskGrant.millisecondsMax) else {
            return .failure(GrantMistake("a grant lasts at most \(TaskGrant.millisecondsMax / 3_600_000) hours"))
        }
        guard task.map({ (1...Limits.grantTaskBytes).contains($0.byteCount) }) ?? true else {
            return .failure(GrantMistake("what a grant is for has 1 to \(Limits.grantTaskBytes) bytes"))
        }
        let tooMany = GrantMistake(
            "\(agent) has \(TaskGrant.ofAgentMax) grants already, or all agents together \(TaskGrant.ofAllMax): "
                + "revoke some, see writ grant list")
        guard try ports.ledger.state().grants.hasRoom(for: agent, at: now) else { return .failure(tooMany) }
        var sealed: Decisions.SealedEvidence?
        if let task {
            sealed = try EvidenceSeal.seal(
                ["type": "writ.grant-task/1", "task": .string(task)], receipt: id, agent: agent, at: now, ports: ports)
        }
        let content = Content(digest: WireTypes.Digest(SHA256.hash(data: policy.bytes)), bytes: policy.bytes)
        var request = try request(
            Event(
                log: ports.origin, at: now, actor: actor,
                details: .grantGiven(
                    id: id, agentID: agent, policy: content.digest, until: until, session: session, reason: reason,
                    task: sealed?.digest)), id: id)
        request.contents = [content]
        request.evidence = sealed
        request.evidenceAgent = sealed.map { _ in agent }
        guard case .logged = try await ports.ledger.commit(request) else {
            throw LedgerError(.poisoned, "the ledger refused to log an event")
        }
        // Another process may have given the last one that there was room for.
        return try ports.ledger.state().grants[id].map(Result.success) ?? .failure(tooMany)
    }

    /// Ends a grant before its time; it is over for the next decision.
    ///
    /// - Throws: `LedgerError`.
    public func revoke(_ grant: TaskGrant, reason: UTF8String, actor: UTF8String) async throws(LedgerError) {
        try await commit(.grantRevoked(id: grant.id, agentID: grant.agentID, reason: reason), actor: actor)
    }
}

extension EvidenceArchive {
    /// What a grant is for, as it was said; `nil` where nobody said, where it has been erased, or its key is gone.
    ///
    /// - Throws: `LedgerError` where the key store cannot be read.
    public static func task(
        _ sealed: Decisions.SealedEvidence, of event: Event, keys: any EvidenceKeys
    ) throws(LedgerError) -> UTF8String? {
        guard case .grantGiven(let id, _, _, _, _, _, let task) = event.details, task == sealed.digest,
            let key = try keys.wrappingKey(named: sealed.wrappingKey)
        else { return nil }
        return EvidenceSeal.open(sealed, key: key, log: event.log, receipt: id)?["task"]?.string
    }
}

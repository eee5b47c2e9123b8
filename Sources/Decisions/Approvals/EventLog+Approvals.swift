// SPDX-License-Identifier: Apache-2.0

import Crypto
public import Receipts
public import StrictJSON
public import WireTypes

/// What an approver does with an approval.
public enum ApprovalAct: String, Sendable, CaseIterable {
    /// Yes.
    case grant
    /// No: it is over then, whoever else has approved.
    case deny
}

/// Why an approver's act is not taken, for the approver.
public struct ApprovalRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of reason.
    public enum Kind: Sendable, Hashable {
        /// There is no such approval.
        case unknown
        /// It is over: refused, used or expired.
        case over
        /// Not this approver, not this key, not of this approval.
        case notAllowed
    }

    /// What kind.
    public let kind: Kind
    /// What is wrong, and what to do.
    public let description: String

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}

extension ApprovalRecord {
    /// The event that an approver signs: it names the approval and, for a yes, all that it is bound to.
    public func event(
        _ act: ApprovalAct, by approver: ApprovalRules.Approver, assurance: ApprovalAssurance, log: UTF8String,
        at now: Timestamp
    ) -> Event {
        let details: EventDetails =
            switch act {
            case .grant: .approvalGiven(id: id, approver: approver.name, assurance: assurance, binding: binding)
            case .deny: .approvalRefused(id: id, approver: approver.name, assurance: assurance)
            }
        return Event(log: log, at: now, actor: approver.name, details: details)
    }

    /// The id of one approver's act: said again, it is the same entry.
    func actID(of approver: UTF8String, _ act: String) -> UUIDv7 {
        let digest = SHA256.hash(data: JSON.array([.text(id.text), .string(approver), .text(act)]).serialized())
        return UUIDv7(time: requestedAt, random: Array(digest.prefix(10)))
    }
}

extension Event {
    /// The event with the signature of its actor, made with a key of theirs.
    ///
    /// - Throws: `LedgerError` where the event cannot be written or the key does not sign.
    public func signed(byActor key: some EntrySigner) throws(LedgerError) -> Event {
        var signed = self
        do {
            signed.actorSignature = ActorSignature(kid: key.kid, signature: try key.sign(actorMessage()))
        } catch {
            throw LedgerError(.notFound, "the act could not be signed: \(error)")
        }
        return signed
    }
}

extension EventLog {
    /// Takes an approver's signed act: looks whether it is theirs, of a waiting approval, and of exactly what that is
    /// bound to; and logs it.
    ///
    /// Whatever is taken here is looked at again when a call uses it.
    ///
    /// - Parameters:
    ///   - rules: as they are now.
    ///   - requesters: who asked, as far as that is known: they do not approve. A yes that is taken although nobody
    ///     knew so counts for nothing when it is to be used.
    /// - Returns: the approval as it is afterwards; where the same act was logged before, nothing is logged.
    /// - Throws: `LedgerError`.
    public func take(
        _ act: Event, _ rules: ApprovalRules, requesters: [UTF8String]
    ) async throws(LedgerError) -> Result<ApprovalRecord, ApprovalRefusal> {
        let id: UUIDv7
        let approverName: UTF8String
        let assurance: ApprovalAssurance
        switch act.details {
        case .approvalGiven(let named, let approver, let worth, _),
            .approvalRefused(let named, let approver, let worth):
            (id, approverName, assurance) = (named, approver, worth)
        default: return .failure(ApprovalRefusal(.notAllowed, "that is no act on an approval"))
        }
        let now = ports.clock.now()
        guard let record = try ports.ledger.approval(id) else {
            return .failure(ApprovalRefusal(.unknown, "there is no approval \(id)"))
        }
        guard act.log == ports.origin, act.actor == approverName, act.subject == nil else {
            return .failure(ApprovalRefusal(.notAllowed, "the act is of another log, or not its actor's own"))
        }
        guard act.at >= now.adding(milliseconds: -Limits.approvalActAge),
            act.at <= now.adding(milliseconds: Limits.approvalActLead)
        else { return .failure(ApprovalRefusal(.notAllowed, "the act was signed at \(act.at), and it is \(now)")) }
        guard let group = rules.groups[record.group], let approver = group.approver(approverName) else {
            return .failure(ApprovalRefusal(.notAllowed, "the key is of nobody in the group \(record.group)"))
        }
        guard act.isSigned(by: approver.publicKey) else {
            return .failure(
                ApprovalRefusal(
                    .notAllowed, "the act is not signed with the key of \(approver.name) of \(record.group)"))
        }
        guard assurance <= approver.assurance else {
            return .failure(
                ApprovalRefusal(.notAllowed, "a signature of \(approver.name) is not worth \(assurance.rawValue)"))
        }
        switch record.state(at: now) {
        case .waiting: break
        // Somebody may change their mind as long as it has not been used.
        case .granted: break
        case .refused, .used, .expired:
            return .failure(ApprovalRefusal(.over, "the approval \(id) is \(record.state(at: now).rawValue)"))
        }
        if case .approvalGiven(_, _, _, let binding) = act.details {
            guard binding == record.binding else {
                return .failure(ApprovalRefusal(.notAllowed, "the act is of another call than the approval \(id)"))
            }
            guard assurance >= group.assurance else {
                return .failure(
                    ApprovalRefusal(
                        .notAllowed,
                        "the group \(record.group) needs \(group.assurance.rawValue), and this is \(assurance.rawValue)"
                    ))
            }
            guard !approver.isRequester(requesters + [record.agentID]) else {
                return .failure(ApprovalRefusal(.notAllowed, "\(approver.name) asked for it, and cannot approve it"))
            }
        }
        let request = try request(act, id: record.actID(of: approver.name, act.details.kind.rawValue))
        guard case .logged = try await ports.ledger.commit(request) else {
            throw LedgerError(.poisoned, "the ledger refused to log an event")
        }
        return .success(try ports.ledger.approval(id) ?? record)
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

extension EventDetails {
    /// Reads `details` by the schema of its kind.
    init(kind: EventKind, _ json: JSON) throws(EntryError) {
        var members = try Members(json)
        self = try Self.read(kind, &members)
        try members.end()
    }

    private static var reason: Rule<UTF8String> { .text(max: ReceiptLimits.operatorTextBytesMax) }
    private static var session: Rule<UTF8String> {
        .token(max: ReceiptLimits.nonceBytesMax, marks: Receipt.nonceMarks)
    }
    private static var publicKey: Rule<Ed25519PublicKey> {
        .decoded { Base64URL.decode($0).flatMap { Ed25519PublicKey(bytes: $0) } }
    }

    private static func read(_ kind: EventKind, _ members: inout Members) throws(EntryError) -> EventDetails {
        switch kind {
        case .boot:
            .boot(
                engine: try members.take("engine", .text()), size: try members.take("size", .count()),
                root: try members.takeIfPresent("root", .digest),
                previous: try members.takeIfPresent("previous", .part))
        case .configurationActivated:
            .configurationActivated(
                digest: try members.take("digest", .digest), previous: try members.takeIfPresent("previous", .digest))
        case .policyActivated:
            .policyActivated(
                digest: try members.take("digest", .digest), previous: try members.takeIfPresent("previous", .digest),
                mode: try members.take("mode", .word))
        case .modeChanged: try mode(&members)
        case .killSwitchOn:
            .killSwitchOn(
                scope: try members.take("scope", .word), target: try target(&members),
                reason: try members.take("reason", reason))
        case .killSwitchOff:
            .killSwitchOff(
                scope: try members.take("scope", .word), target: try target(&members),
                reason: try members.take("reason", reason))
        case .passportIssued:
            .passportIssued(
                agentID: try members.take("agent_id", .text()), digest: try members.take("digest", .digest),
                issuer: try members.take("issuer", .text()),
                expiresAt: try members.takeIfPresent("expires_at", .time))
        case .passportSuspended:
            .passportSuspended(
                agentID: try members.take("agent_id", .text()), reason: try members.take("reason", reason))
        case .passportResumed:
            .passportResumed(
                agentID: try members.take("agent_id", .text()), reason: try members.take("reason", reason))
        case .passportRevoked:
            .passportRevoked(
                agentID: try members.take("agent_id", .text()), reason: try members.take("reason", reason))
        case .approvalRequested:
            .approvalRequested(
                id: try members.take("id", .id), receiptID: try members.take("receipt_id", .id),
                group: try members.take("group", .text()),
                needed: try members.take("needed", .count(min: 1, max: UInt64(ReceiptLimits.approversMax))),
                binding: try members.take("binding", .digest), expiresAt: try members.take("expires_at", .time))
        case .approvalGiven:
            .approvalGiven(
                id: try members.take("id", .id), approver: try members.take("approver", .text()),
                assurance: try members.take("assurance", .word), binding: try members.take("binding", .digest))
        case .approvalRefused:
            .approvalRefused(
                id: try members.take("id", .id), approver: try members.take("approver", .text()),
                assurance: try members.take("assurance", .word))
        case .toolPinned:
            .toolPinned(
                server: try members.take("server", .text()), tool: try members.take("tool", CallName.rule),
                definition: try members.take("definition", .digest),
                serverDigest: try members.takeIfPresent("server_digest", .digest))
        case .toolChanged:
            .toolChanged(
                server: try members.take("server", .text()), tool: try members.take("tool", CallName.rule),
                definition: try members.take("definition", .digest), pinned: try members.take("pinned", .digest),
                serverDigest: try members.takeIfPresent("server_digest", .digest))
        case .toolApproved:
            .toolApproved(
                server: try members.take("server", .text()), tool: try members.take("tool", CallName.rule),
                definition: try members.take("definition", .digest),
                previous: try members.takeIfPresent("previous", .digest),
                serverDigest: try members.takeIfPresent("server_digest", .digest))
        case .sessionLabelled: try labelling(&members)
        case .sessionCleared:
            .sessionCleared(
                agentID: try members.take("agent_id", .text()), reason: try members.take("reason", reason))
        case .sessionThawed:
            .sessionThawed(session: try members.take("session", session), reason: try members.take("reason", reason))
        case .grantGiven:
            .grantGiven(
                id: try members.take("id", .id), agentID: try members.take("agent_id", .text()),
                policy: try members.take("policy", .digest), until: try members.take("until", .time),
                session: try members.takeIfPresent("session", session), reason: try members.take("reason", reason),
                task: try members.takeIfPresent("task", .digest))
        case .grantRevoked:
            .grantRevoked(
                id: try members.take("id", .id), agentID: try members.take("agent_id", .text()),
                reason: try members.take("reason", reason))
        case .keyAdded:
            .keyAdded(
                role: try members.take("role", .token()), key: try members.take("key", publicKey),
                fromIndex: try members.take("from_index", .count()),
                previous: try members.takeIfPresent("previous", .digest))
        case .keyRetired:
            .keyRetired(
                role: try members.take("role", .token()), kid: try members.take("kid", .digest),
                untilIndex: try members.take("until_index", .count()))
        case .keyCompromised:
            .keyCompromised(
                role: try members.take("role", .token()), kid: try members.take("kid", .digest),
                sinceIndex: try members.take("since_index", .count()))
        case .evidenceErased: try erasure(&members)
        case .logPruned: .logPruned(minimumIndex: try members.take("minimum_index", .count()))
        case .refusedFrames:
            .refusedFrames(
                count: try members.take("count", .count(min: 1)), surface: try members.take("surface", .token()),
                since: try members.take("since", .time), until: try members.take("until", .time))
        case .gap:
            .gap(
                count: try members.take("count", .count(min: 1)), since: try members.take("since", .time),
                until: try members.take("until", .time), why: try members.take("why", .word))
        case .clock:
            .clock(
                why: try members.take("why", .word), expected: try members.take("expected", .time),
                found: try members.take("found", .time))
        case .sealed: try seal(&members)
        }
    }

    /// Signers in the order of their names' bytes, each once.
    private static func seal(_ members: inout Members) throws(EntryError) -> EventDetails {
        let signatures = try members.take(
            "signatures", .list(1...ReceiptLimits.administratorsMax, of: Rule<SealSignature>.part))
        guard zip(signatures, signatures.dropFirst()).allSatisfy({ $0.by < $1.by }) else {
            throw EntryError(.contradiction).within("signatures")
        }
        return .sealed(
            seal: try members.take("seal", .digest), number: try members.take("number", .count(min: 1)),
            mode: try members.take("mode", .word), previousMode: try members.take("previous_mode", .word),
            statement: try members.take("statement", .digest), signatures: signatures)
    }

    /// Nothing but `enforce` is for ever, and `enforce` has no end.
    private static func mode(_ members: inout Members) throws(EntryError) -> EventDetails {
        let mode = try members.take("mode", Rule<PolicyMode>.word)
        let until = try members.takeIfPresent("until", .time)
        guard (mode == .enforce) == (until == nil) else { throw EntryError(.contradiction).within("until") }
        return .modeChanged(mode: mode, previous: try members.take("previous", .word), until: until)
    }

    /// In the order of their bytes and each once, so that the same labels are the same bytes.
    private static func labelling(_ members: inout Members) throws(EntryError) -> EventDetails {
        let labels = try members.take("labels", .list(1...ReceiptLimits.labelsMax, of: Rule<LabelWord>.word))
        guard zip(labels, labels.dropFirst()).allSatisfy({ $0.rawValue < $1.rawValue }) else {
            throw EntryError(.contradiction).within("labels")
        }
        return .sessionLabelled(
            agentID: try members.take("agent_id", .text()), labels: labels, until: try members.take("until", .time))
    }

    private static func target(_ members: inout Members) throws(EntryError) -> UTF8String? {
        let scope = try members.take("scope", Rule<KillScope>.word)
        let target = try members.takeIfPresent("target", .text(max: 2 * ReceiptLimits.nameBytesMax + 1))
        guard (scope == .everything) == (target == nil) else { throw EntryError(.contradiction).within("target") }
        return target
    }

    private static func erasure(_ members: inout Members) throws(EntryError) -> EventDetails {
        let scope = try members.take("scope", Rule<ErasureScope>.word)
        let target = try members.take("target", .text())
        switch scope {
        case .receipt:
            guard UUIDv7(parsing: target.string) != nil else { throw EntryError(.invalid).within("target") }
        case .age:
            guard Timestamp(parsing: target.string) != nil else { throw EntryError(.invalid).within("target") }
        case .agent: break
        }
        return .evidenceErased(scope: scope, target: target, count: try members.take("count", .count()))
    }
}

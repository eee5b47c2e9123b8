// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
import TransparencyLog
public import WireTypes

/// What happened, with the details of its kind: the closed list of `writ.event/1`.
///
/// Names (agents, owners, servers, groups, approvers) have 1 to 256 bytes; a `reason` is the operator's static text of
/// 1 to 500 bytes. State is a fold over these: kill switches, revocations, pins, modes and approvals can always be
/// built again from the log.
public enum EventDetails: Sendable, Hashable {
    /// A process took up the log; `size` entries were in it, under `root`. `previous` is an older log's last checkpoint
    /// where this one goes on after it.
    case boot(engine: UTF8String, size: UInt64, root: Digest?, previous: PreviousLog?)
    /// A configuration is in force from here on.
    case configurationActivated(digest: Digest, previous: Digest?)
    /// A policy set is in force from here on.
    case policyActivated(digest: Digest, previous: Digest?, mode: PolicyMode)
    /// Refusals bind, or no longer, until a moment; every mode but `enforce` expires.
    case modeChanged(mode: PolicyMode, previous: PolicyMode, until: Timestamp?)
    /// Calls are stopped. `target` is absent exactly for `everything`.
    case killSwitchOn(scope: KillScope, target: UTF8String?, reason: UTF8String)
    /// Calls are no longer stopped.
    case killSwitchOff(scope: KillScope, target: UTF8String?, reason: UTF8String)
    /// A passport was signed.
    case passportIssued(agentID: UTF8String, digest: Digest, issuer: UTF8String, expiresAt: Timestamp?)
    /// An agent's passports are not believed until they are resumed.
    case passportSuspended(agentID: UTF8String, reason: UTF8String)
    /// They are again.
    case passportResumed(agentID: UTF8String, reason: UTF8String)
    /// They never will be.
    case passportRevoked(agentID: UTF8String, reason: UTF8String)
    /// A call waits for people: `binding` is the digest of all that the approval is bound to.
    case approvalRequested(
        id: UUIDv7, receiptID: UUIDv7, group: UTF8String, needed: UInt64, binding: Digest, expiresAt: Timestamp)
    /// Somebody approved.
    case approvalGiven(id: UUIDv7, approver: UTF8String, assurance: ApprovalAssurance, binding: Digest)
    /// Somebody refused, which ends it.
    case approvalRefused(id: UUIDv7, approver: UTF8String, assurance: ApprovalAssurance)
    /// A tool's definition was seen for the first time and is the one that calls are held to.
    case toolPinned(server: UTF8String, tool: CallName, definition: Digest, serverDigest: Digest?)
    /// A server shows another definition; the tool is suspended.
    case toolChanged(server: UTF8String, tool: CallName, definition: Digest, pinned: Digest, serverDigest: Digest?)
    /// Somebody accepted a definition, which is the pin from here on. With the server's digest where it was also the first
    /// sight of the tool.
    case toolApproved(
        server: UTF8String, tool: CallName, definition: Digest, previous: Digest?, serverDigest: Digest? = nil)
    /// An agent has labels until a moment: what it has done that its later calls are judged by. 1 to 8 words, sorted, each
    /// once.
    case sessionLabelled(agentID: UTF8String, labels: [LabelWord], until: Timestamp)
    /// An operator has taken an agent's labels from it.
    case sessionCleared(agentID: UTF8String, reason: UTF8String)
    /// An operator has looked at a frozen session, which may go on: receipts before this one freeze it no more. The session
    /// as receipts have it.
    case sessionThawed(session: UTF8String, reason: UTF8String)
    /// An agent may do more until a moment: what, says the policy of that digest. Where a session is named, in that session
    /// alone. `task` is the digest of the evidence that says what for.
    case grantGiven(
        id: UUIDv7, agentID: UTF8String, policy: Digest, until: Timestamp, session: UTF8String?, reason: UTF8String,
        task: Digest?)
    /// A grant is over before its time.
    case grantRevoked(id: UUIDv7, agentID: UTF8String, reason: UTF8String)
    /// A key signs from an index on. The entry is signed by the old key and, as `actor_signature`, by the
    /// administration's.
    case keyAdded(role: UTF8String, key: Ed25519PublicKey, fromIndex: UInt64, previous: Digest?)
    /// A key does not sign from an index on; what it signed before stays good.
    case keyRetired(role: UTF8String, kid: Digest, untilIndex: UInt64)
    /// Nothing that a key signed from an index on is to be believed.
    case keyCompromised(role: UTF8String, kid: Digest, sinceIndex: UInt64)
    /// Evidence was destroyed, with its keys: `target` is the receipt's id, the agent's or the moment's text.
    case evidenceErased(scope: ErasureScope, target: UTF8String, count: UInt64)
    /// Entries below an index were deleted; proofs from it on stay good.
    case logPruned(minimumIndex: UInt64)
    /// Frames that were no calls.
    case refusedFrames(count: UInt64, surface: UTF8String, since: Timestamp, until: Timestamp)
    /// Refusals that have no receipt.
    case gap(count: UInt64, since: Timestamp, until: Timestamp, why: GapReason)
    /// Somebody looked at a clock that was wrong and set it going again.
    case clock(why: ClockFault, expected: Timestamp, found: Timestamp)
    /// Administrators have signed what configuration, policies and tool definitions must be from here on, and the mode of
    /// custody with them. `seal` is the digest of the sealed document, `number` counts them from 1; each signature is over
    /// `statement`, as `SealSignature` says; the signers stand in the order of their names' bytes, each once.
    case sealed(
        seal: Digest, number: UInt64, mode: Custody, previousMode: Custody, statement: Digest,
        signatures: [SealSignature])

    /// The last checkpoint of a log that ended.
    public struct PreviousLog: Sendable, Hashable, EntryPart {
        /// Its origin.
        public var log: UTF8String
        /// Its size.
        public var size: UInt64
        /// Its root.
        public var root: Digest

        /// A checkpoint of another log.
        public init(log: UTF8String, size: UInt64, root: Digest) {
            self.log = log
            self.size = size
            self.root = root
        }

        init(members: inout Members) throws(EntryError) {
            log = try members.take("log", .text(max: 255))
            size = try members.take("size", .count())
            root = try members.take("root", .digest)
        }

        var json: JSON {
            var object = JSONObject()
            object.set("log", log)
            object.set("root", root)
            object.set("size", size)
            return .object(object)
        }
    }

    /// An administrator's signature under a seal.
    public struct SealSignature: Sendable, Hashable, EntryPart {
        /// Who; a name of the configuration's.
        public var by: UTF8String
        /// The key.
        public var kid: Digest
        /// Ed25519 over `writ.seal/1`, a newline, and the statement's digest: 64 bytes.
        public var signature: [UInt8]

        /// A signature that was made elsewhere.
        public init(by: UTF8String, kid: Digest, signature: [UInt8]) {
            self.by = by
            self.kid = kid
            self.signature = signature
        }

        init(members: inout Members) throws(EntryError) {
            by = try members.take("by", .text())
            kid = try members.take("kid", .digest)
            signature = try members.take("signature", .bytes(Ed25519PublicKey.signatureByteCount))
        }

        var json: JSON {
            var object = JSONObject()
            object.set("by", by)
            object.set("kid", kid)
            object.set("signature", UTF8String(Base64URL.encode(signature)))
            return .object(object)
        }

        /// What is signed.
        public static func message(_ statement: Digest) -> [UInt8] { Array("writ.seal/1\n".utf8) + statement.bytes }
    }

    /// The value of `event`.
    public var kind: EventKind {
        switch self {
        case .boot: .boot
        case .configurationActivated: .configurationActivated
        case .policyActivated: .policyActivated
        case .modeChanged: .modeChanged
        case .killSwitchOn: .killSwitchOn
        case .killSwitchOff: .killSwitchOff
        case .passportIssued: .passportIssued
        case .passportSuspended: .passportSuspended
        case .passportResumed: .passportResumed
        case .passportRevoked: .passportRevoked
        case .approvalRequested: .approvalRequested
        case .approvalGiven: .approvalGiven
        case .approvalRefused: .approvalRefused
        case .toolPinned: .toolPinned
        case .toolChanged: .toolChanged
        case .toolApproved: .toolApproved
        case .sessionLabelled: .sessionLabelled
        case .sessionCleared: .sessionCleared
        case .sessionThawed: .sessionThawed
        case .grantGiven: .grantGiven
        case .grantRevoked: .grantRevoked
        case .keyAdded: .keyAdded
        case .keyRetired: .keyRetired
        case .keyCompromised: .keyCompromised
        case .evidenceErased: .evidenceErased
        case .logPruned: .logPruned
        case .refusedFrames: .refusedFrames
        case .gap: .gap
        case .clock: .clock
        case .sealed: .sealed
        }
    }
}

/// The names of events.
public enum EventKind: String, Sendable, CaseIterable {
    /// A process took up the log.
    case boot
    /// A configuration is in force.
    case configurationActivated = "configuration_activated"
    /// A policy set is in force.
    case policyActivated = "policy_activated"
    /// Refusals bind, or no longer.
    case modeChanged = "mode_changed"
    /// Calls are stopped.
    case killSwitchOn = "kill_switch_on"
    /// Calls are no longer stopped.
    case killSwitchOff = "kill_switch_off"
    /// A passport was signed.
    case passportIssued = "passport_issued"
    /// An agent's passports are not believed for now.
    case passportSuspended = "passport_suspended"
    /// They are again.
    case passportResumed = "passport_resumed"
    /// They never will be.
    case passportRevoked = "passport_revoked"
    /// A call waits for people.
    case approvalRequested = "approval_requested"
    /// Somebody approved.
    case approvalGiven = "approval_given"
    /// Somebody refused.
    case approvalRefused = "approval_refused"
    /// A definition is the one that calls are held to.
    case toolPinned = "tool_pinned"
    /// A server shows another definition.
    case toolChanged = "tool_changed"
    /// Somebody accepted a definition.
    case toolApproved = "tool_approved"
    /// An agent has labels.
    case sessionLabelled = "session_labelled"
    /// An agent has none any more.
    case sessionCleared = "session_cleared"
    /// A frozen session may go on.
    case sessionThawed = "session_thawed"
    /// An agent may do more, for a time.
    case grantGiven = "grant_given"
    /// It may no longer.
    case grantRevoked = "grant_revoked"
    /// A key signs from an index on.
    case keyAdded = "key_added"
    /// A key does not sign from an index on.
    case keyRetired = "key_retired"
    /// A key is not to be believed from an index on.
    case keyCompromised = "key_compromised"
    /// Evidence was destroyed.
    case evidenceErased = "evidence_erased"
    /// Entries below an index were deleted.
    case logPruned = "log_pruned"
    /// Frames that were no calls.
    case refusedFrames = "refused_frames"
    /// Refusals that have no receipt.
    case gap
    /// A wrong clock was acknowledged.
    case clock
    /// Administrators have signed what is to be in force.
    case sealed
}

// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Why a call was decided so. The list is closed, and a code keeps its meaning for ever; `docs/reason-codes.md` has it
/// for users. OAP's own codes stand where they say the same.
public enum ReasonCode: String, Sendable, Hashable, CaseIterable {
    /// Allowed.
    case allowed = "oap.allowed"
    /// The request is not well formed, or over its limits.
    case invalidContext = "oap.invalid_context"
    /// A kill switch is on for everything, or for the server, tool, agent or owner.
    case killSwitch = "writ.kill_switch"
    /// No credential, or none that verifies.
    case identityUnverified = "writ.identity_unverified"
    /// The passport is suspended, by its own status or by the log, or a draft.
    case passportSuspended = "oap.passport_suspended"
    /// The passport is revoked, by its own status or by the log.
    case passportRevoked = "writ.passport_revoked"
    /// The passport has expired, or does not hold yet.
    case passportExpired = "writ.passport_expired"
    /// The passport lacks a capability that the call's pack asks for.
    case unknownCapability = "oap.unknown_capability"
    /// The passport's assurance level is below the pack's.
    case assuranceInsufficient = "oap.assurance_insufficient"
    /// The passport is not for the call's region.
    case regionBlocked = "oap.region_blocked"
    /// Nobody has said what this tool is.
    case toolUnknown = "writ.tool_unknown"
    /// Nobody knows this method of the protocol.
    case methodUnknown = "writ.method_unknown"
    /// The tool's definition is not the pinned one.
    case toolChanged = "writ.tool_changed"
    /// A forbid holds.
    case policyForbidden = "writ.policy_forbidden"
    /// No permit holds, for the call or for one of its effects.
    case notPermitted = "writ.not_permitted"
    /// A forbid could not be evaluated, and counts as holding.
    case policyError = "oap.policy_error"
    /// A permit holds only with an approval, and there is none.
    case approvalRequired = "writ.approval_required"
    /// A rate, count or amount would be passed.
    case limitExceeded = "oap.limit_exceeded"
    /// A harness has run a call with other parameters than were decided, or one that was not decided at all.
    case parametersChanged = "writ.parameters_changed"
    /// That has happened in this session before; nothing of it is allowed any more.
    case sessionFrozen = "writ.session_frozen"
    /// The clock was set while Writ ran, and nobody has acknowledged it.
    case clockJumped = "writ.clock_jumped"
    /// The decision could not be made durable.
    case logUnavailable = "writ.log_unavailable"
    /// The state moved while the call was decided, twice.
    case stateChanged = "writ.state_changed"
}

/// One reason of a decision.
public struct Reason: Sendable, Hashable {
    /// The code, for programs and for the log.
    public var code: ReasonCode
    /// For people: a prefix, and the operator's static text. Not in the log.
    public var message: UTF8String
    /// The determining policy, where one was.
    public var policy: UTF8String?

    /// A reason.
    public init(_ code: ReasonCode, _ message: UTF8String, policy: UTF8String? = nil) {
        self.code = code
        self.message = message
        self.policy = policy
    }
}

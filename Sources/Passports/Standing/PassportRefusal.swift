// SPDX-License-Identifier: Apache-2.0

/// Why a passport does not allow a call: a value, not an error.
public struct PassportRefusal: Sendable, Hashable, CustomStringConvertible {
    /// OAP's codes where they say the same, else Writ's.
    public enum Code: String, WireNamed, Hashable {
        /// Suspended, or still a draft.
        case passportSuspended = "oap.passport_suspended"
        /// Revoked.
        case passportRevoked = "writ.passport_revoked"
        /// Outside of its time: expired, or not yet valid.
        case passportExpired = "writ.passport_expired"
        /// A capability that the call's pack asks for is not in the passport.
        case unknownCapability = "oap.unknown_capability"
        /// The assurance is lower than the call's pack asks for.
        case assuranceInsufficient = "oap.assurance_insufficient"
        /// The passport is not for the region of the call.
        case regionBlocked = "oap.region_blocked"
    }

    /// The code.
    public let code: Code
    /// For people; made of the passport's names and this module's words, never of a call's parameters.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

extension PassportRefusal {
    /// Why an agent without a passport does not count, by what the log says of it; `nil` where it does.
    package init?(ofAgent logged: LoggedStatus) {
        switch logged {
        case .none: return nil
        case .suspended: self.init(.passportSuspended, "the agent is suspended")
        case .revoked: self.init(.passportRevoked, "the agent is revoked")
        }
    }
}

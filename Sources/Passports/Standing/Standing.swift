// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// What the log says of an agent: events after the passport was signed.
public enum LoggedStatus: String, WireNamed, Hashable {
    /// Nothing, or resumed.
    case none
    /// Suspended.
    case suspended
    /// Revoked, for ever.
    case revoked
}

/// What a passport counts for at one moment: the worse of what its file and the log say.
public enum Standing: String, WireNamed, Hashable {
    /// It counts.
    case active
    /// Its `not_before` is still to come.
    case notYetValid = "not_yet_valid"
    /// Its `expires_at` has come.
    case expired
    /// The file says draft.
    case draft
    /// The file or the log says suspended.
    case suspended
    /// The file or the log says revoked.
    case revoked

    /// Why the passport does not count, or `nil` where it does.
    public var refusal: PassportRefusal? {
        switch self {
        case .active: nil
        case .notYetValid: PassportRefusal(.passportExpired, "the passport is not valid yet")
        case .expired: PassportRefusal(.passportExpired, "the passport has expired")
        case .draft: PassportRefusal(.passportSuspended, "the passport is a draft")
        case .suspended: PassportRefusal(.passportSuspended, "the passport is suspended")
        case .revoked: PassportRefusal(.passportRevoked, "the passport is revoked")
        }
    }
}

extension Passport {
    /// What the passport counts for at a moment. The worst of all that applies: revoked, suspended, draft, expired, not
    /// yet valid. It is valid from `not_before` on and no longer valid from `expires_at` on.
    public func standing(at now: Timestamp, logged: LoggedStatus) -> Standing {
        if status == .revoked || logged == .revoked { return .revoked }
        if status == .suspended || logged == .suspended { return .suspended }
        if status == .draft { return .draft }
        if let expiresAt, now >= expiresAt { return .expired }
        if let notBefore, now < notBefore { return .notYetValid }
        return .active
    }
}

extension VerifiedPassport {
    /// Why it is of no use at a moment: by its own standing, else by that of a passport that it rests on; `nil` where all
    /// count.
    ///
    /// - Parameter logged: what the log says of an agent.
    public func refusal(at now: Timestamp, logged: (UTF8String) -> LoggedStatus) -> PassportRefusal? {
        func standing(_ passport: Passport) -> Standing { passport.standing(at: now, logged: logged(passport.agentID)) }
        if let refusal = standing(passport).refusal { return refusal }
        for ancestor in ancestors.reversed() {
            guard let refusal = standing(ancestor.passport).refusal else { continue }
            return PassportRefusal(
                refusal.code, "of \(ancestor.passport.agentID), on which it rests: \(refusal.message)")
        }
        return nil
    }
}

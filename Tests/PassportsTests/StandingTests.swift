// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import Testing
import WireTypes

@Suite struct StandingTests {
    private static let before = "2026-03-01T08:59:59.999Z"
    private static let first = "2026-03-01T09:00:00.000Z"
    private static let last = "2027-03-01T08:59:59.999Z"
    private static let after = "2027-03-01T09:00:00.000Z"

    @Test(
        arguments: [
            ("active", before, .none, .notYetValid), ("active", first, .none, .active),
            ("active", last, .none, .active),
            ("active", after, .none, .expired), ("active", "9999-12-31T23:59:59.999Z", .none, .expired),
            ("active", "0000-01-01T00:00:00.000Z", .none, .notYetValid),
            ("draft", first, .none, .draft), ("draft", after, .none, .draft), ("draft", before, .none, .draft),
            ("suspended", first, .none, .suspended), ("suspended", after, .none, .suspended),
            ("revoked", first, .none, .revoked), ("revoked", before, .none, .revoked),
            ("active", first, .suspended, .suspended), ("active", after, .suspended, .suspended),
            ("draft", first, .suspended, .suspended), ("revoked", first, .suspended, .revoked),
            ("active", first, .revoked, .revoked), ("draft", after, .revoked, .revoked),
            ("suspended", first, .revoked, .revoked), ("suspended", first, .suspended, .suspended),
        ] as [(String, String, LoggedStatus, Standing)])
    func `the worse of file and log holds`(status: String, now: String, logged: LoggedStatus, standing: Standing) throws
    {
        let passport = try Passport(Fixture.changed("status", to: .text(status)))
        #expect(passport.standing(at: try Fixture.time(now), logged: logged) == standing)
    }

    @Test func `a passport without bounds counts at any time`() throws {
        let document = try Fixture.changed("expires_at", to: nil).with("never_expires", true)
        var object = try #require(document.object)
        object["not_before"] = .none
        let passport = try Passport(.object(object))
        for now in [Timestamp(clamping: .min), Timestamp(clamping: .max)] {
            #expect(passport.standing(at: now, logged: .none) == .active)
        }
    }

    @Test(
        arguments: [
            (.active, nil), (.notYetValid, "writ.passport_expired"), (.expired, "writ.passport_expired"),
            (.draft, "oap.passport_suspended"), (.suspended, "oap.passport_suspended"),
            (.revoked, "writ.passport_revoked"),
        ] as [(Standing, String?)])
    func `only an active passport is not refused`(standing: Standing, code: String?) {
        #expect(standing.refusal?.code.rawValue == code)
    }
}

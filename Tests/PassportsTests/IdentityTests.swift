// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON
import Testing
import WireTypes

@Suite struct IdentityTests {
    @Test func `a verified passport becomes a verified identity`() throws {
        let verified = try PassportFile(parsing: Array(Fixture.signed.utf8)).verified(by: Fixture.issuers())
        let identity = VerifiedIdentity(verified)
        #expect(identity.kind == .passport && identity.issuer == "example-issuer")
        #expect(identity.digest.hex == Fixture.digest)
        #expect(identity.agentID == "agent-passport:prod-worker-7" && identity.ownerID == "org_12345678")
        #expect(identity.teams == ["finance-readers", "night-shift"])
        #expect(identity.parentAgentID == "agent-passport:prod-worker")
        #expect(identity.assurance.level == 2 && identity.onBehalfOf == nil)
        #expect(identity.limits == verified.passport.limits && identity.regions == verified.passport.regions)
        #expect(identity.capabilities == verified.passport.capabilities)
        #expect(identity.claims["metadata.name"] == "Büro €😀")
        #expect(identity.claims["expires_at"] == "2027-03-01T09:00:00.000Z")
        #expect(identity.claims["metadata.teams"] == nil && identity.claims["agent_id"] == nil)
        let requirements = try #require(PackTable.standard.requirements(of: "data.export.create.v1"))
        #expect(identity.refusal(under: requirements) == nil)
        #expect(identity.refusal(under: requirements, region: "FR")?.code == .regionBlocked)
        #expect(Identity.verified(identity).state == .verified)
        #expect(Identity.verified(identity).agentID == identity.agentID)
    }

    @Test func `a claim has a name but no identity`() throws {
        let claim = try #require(ClaimedIdentity(agentID: "agent-passport:prod-worker-7", kind: .passport))
        let identity = Identity.claimed(claim)
        #expect(identity.state == .claimed && identity.verified == nil)
        #expect(identity.agentID == "unidentified")
        #expect(identity.namedAgentID == "agent-passport:prod-worker-7")
        #expect(Identity.none.agentID == "unidentified" && Identity.none.namedAgentID == nil)
        #expect(Identity.none.state == .none)
        #expect(ClaimedIdentity(agentID: "unidentified") == nil && ClaimedIdentity(agentID: "a\nb") == nil)
    }
}

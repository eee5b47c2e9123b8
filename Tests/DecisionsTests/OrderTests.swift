// SPDX-License-Identifier: Apache-2.0

import Decisions
import Passports
import StrictJSON
import Testing

/// The order of checks is fixed: of all that is wrong with a call, the earliest is the reason.
struct OrderTests {
    /// One thing that is wrong with a call, in the order in which it is looked for.
    enum Fault: Int, CaseIterable, Sendable, Comparable {
        case malformed, killedBefore, unverified, suspended, killedAfter, capability, assurance, tool, tooMuch,
            forbidden
        case notPermitted, approval

        static func < (left: Fault, right: Fault) -> Bool { left.rawValue < right.rawValue }

        var code: ReasonCode {
            switch self {
            case .malformed, .tooMuch: .invalidContext
            case .killedBefore, .killedAfter: .killSwitch
            case .unverified: .identityUnverified
            case .suspended: .passportSuspended
            case .capability: .unknownCapability
            case .assurance: .assuranceInsufficient
            case .tool: .toolUnknown
            case .forbidden: .policyForbidden
            case .notPermitted: .notPermitted
            case .approval: .approvalRequired
            }
        }
    }

    static let pairs: [(Fault, Fault)] = Fault.allCases.flatMap { first in
        Fault.allCases.filter { first < $0 }.map { (first, $0) }
    }

    @Test(arguments: pairs)
    func `a call that fails two checks is refused for the earlier one`(_ earlier: Fault, _ later: Fault) throws {
        let verdict = try verdict([earlier, later])
        #expect(verdict.refusals.first?.code == earlier.code)
        #expect(!verdict.isAllowed)
    }

    @Test(arguments: Fault.allCases)
    func `each check refuses by itself`(_ fault: Fault) throws {
        #expect(try verdict([fault]).refusals.map(\.code) == [fault.code])
    }

    @Test func `a call that fails every check is refused for the first`() throws {
        #expect(try verdict(Set(Fault.allCases)).refusals.first?.code == .invalidContext)
    }

    @Test func `a call that fails none is allowed`() throws { #expect(try verdict([]).isAllowed) }

    private func verdict(_ faults: Set<Fault>) throws -> Verdict {
        let draft = { (draft: inout PassportDraft) in if faults.contains(.suspended) { draft.status = .suspended } }
        let credential = try faults.contains(.unverified) ? Agents.altered(draft) : Agents.credential(draft)
        let arguments: JSON =
            faults.contains(.tooMuch)
            ? ["paths": .array((0..<300).map { .text("/reports/\($0)") })] : ["paths": ["/reports/a"]]
        let call = try Calls.call("read_many", arguments, as: credential) { call in
            if faults.contains(.malformed) { call.defect = "not fit" }
            if faults.contains(.tool) { call.tool = "nobody_knows" }
            call.pack = pack(faults)
        }
        var switches: [KillSwitch] = []
        if faults.contains(.killedBefore) { switches.append(KillSwitch(scope: .server("docs"), reason: "stop")) }
        if faults.contains(.killedAfter) { switches.append(KillSwitch(scope: .owner("org_1"), reason: "stop")) }
        return try judged(call, policies(faults), killSwitches: switches)
    }

    /// A pack that asks for what the passport has not.
    private func pack(_ faults: Set<Fault>) -> UTF8String? {
        switch (faults.contains(.capability), faults.contains(.assurance)) {
        case (true, true): "code.release.publish.v1"
        case (true, false): "agent.session.create.v1"
        case (false, true): "finance.payment.payout.v1"
        case (false, false): nil
        }
    }

    private func policies(_ faults: Set<Fault>) -> String {
        let approval = faults.contains(.approval) ? "@approval(\"finance\")" : ""
        var text = "@id(\"read\") \(approval) permit (principal, action == Action::\"read\", resource);\n"
        if !faults.contains(.notPermitted) {
            text += "@id(\"call\") permit (principal, action in Action::\"docs\", resource);\n"
        }
        if faults.contains(.forbidden) { text += "@id(\"no\") forbid (principal, action, resource);\n" }
        return text
    }
}

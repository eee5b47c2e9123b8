// SPDX-License-Identifier: Apache-2.0

import Decisions
import Passports
import StrictJSON

extension Configuration {
    /// What holds outside of grants, in the setting's words.
    private enum Outside: String, CaseIterable {
        case policy
        case deny
        case ask
    }

    /// `grants: {default: policy | deny | ask, group: GROUP, agents: [ID, …]}`.
    static func grants(
        _ members: inout Members, _ approvals: ApprovalRules, _ path: String
    ) throws(HomeError) -> GrantRules {
        guard let value = members.take("grants") else { return .none }
        var grants = try Members(value, at: "grants", of: path)
        let word: Outside = try grants.choice("default") ?? .policy
        let group = try grants.text("group")
        var agents: Set<UTF8String>?
        if let list = grants.take("agents") {
            var named: Set<UTF8String> = []
            for entry in list.array ?? [.null] {
                guard let agent = entry.string, Identifier.isName(agent), named.count < Limits.grantAgents else {
                    throw grants.wrong("agents", "a list of at most \(Limits.grantAgents) agents' exact ids")
                }
                named.insert(agent)
            }
            agents = named
        }
        try grants.finish()
        guard word == .ask || group == nil else {
            throw grants.wrong("group", "nothing: nobody is asked unless `default` is ask")
        }
        switch word {
        case .policy: return GrantRules(outside: .policy, agents: agents)
        case .deny: return GrantRules(outside: .deny, agents: agents)
        case .ask:
            guard let group, approvals.groups[group] != nil else {
                throw grants.wrong("group", "one of the groups in approvals/groups: who is asked outside of grants")
            }
            return GrantRules(outside: .ask(group: group), agents: agents)
        }
    }
}

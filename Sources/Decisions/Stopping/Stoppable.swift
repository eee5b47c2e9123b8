// SPDX-License-Identifier: Apache-2.0

import Passports
import StrictJSON

/// What an operator's brake may stop while it goes on: a permitted call, a stream of news, a wait for somebody.
public struct Stoppable: Sendable, Hashable {
    private struct Agent: Sendable, Hashable {
        let id: UTF8String
        let owner: UTF8String
    }

    private let server: UTF8String
    private let tool: UTF8String
    /// The agent, and those on whose authority it acts.
    private let agents: [Agent]

    /// - Parameters:
    ///   - server: empty for what is of no one server, which only a switch for everything, an agent or an owner stops.
    ///   - tool: as a call's; empty where there is none.
    init(server: UTF8String, tool: UTF8String, _ identity: VerifiedIdentity?) {
        self.server = server
        self.tool = tool
        agents = identity.map { ([$0] + $0.delegators).map { Agent(id: $0.agentID, owner: $0.ownerID) } } ?? []
    }

    /// Whether a switch of this scope stops it.
    public func isCovered(by scope: KillScope) -> Bool {
        guard !agents.isEmpty else { return scope.covers(server: server, tool: tool, agent: nil, owner: nil) }
        return agents.contains { scope.covers(server: server, tool: tool, agent: $0.id, owner: $0.owner) }
    }

    /// What stops it; `nil` where nothing does.
    func reason(_ switches: [KillSwitch], _ standings: [UTF8String: LoggedStanding]) -> Reason? {
        if let hit = switches.first(where: { isCovered(by: $0.scope) }) {
            return Reason(.killSwitch, UTF8String("kill switch: \(hit.reason)"))
        }
        guard !standings.isEmpty else { return nil }
        for agent in agents {
            switch standings[agent.id] {
            case nil: continue
            case .suspended: return Reason(.passportSuspended, "passport: the agent is suspended")
            case .revoked: return Reason(.passportRevoked, "passport: the agent is revoked")
            }
        }
        return nil
    }
}

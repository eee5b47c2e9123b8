// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What holds where no task grant covers a call: `grants:` of the configuration.
public struct GrantRules: Sendable, Hashable {
    /// What holds outside of grants.
    public enum Outside: Sendable, Hashable {
        /// What the policies say; grants only permit more.
        case policy
        /// Nothing is allowed.
        case deny
        /// What the policies permit waits for an approval of this group.
        case ask(group: UTF8String)
    }

    /// What holds outside of grants.
    public let outside: Outside
    /// For whom, by their exact ids; `nil` for every agent. Of others the policies alone decide.
    public let agents: Set<UTF8String>?
    /// Whether the configuration says anything of grants.
    public let isStated: Bool

    /// Nothing was said: the policies decide, and grants where whoever owns the folder decides what the policies are.
    public static let none = GrantRules(outside: .policy, isStated: false)

    /// Rules.
    public init(outside: Outside, agents: Set<UTF8String>? = nil, isStated: Bool = true) {
        self.outside = outside
        self.agents = agents
        self.isStated = isStated
    }

    /// Whether an agent needs grants, or approvals in their place.
    func isSubject(_ agent: UTF8String) -> Bool { outside != .policy && agents?.contains(agent) ?? true }

    /// Whether an agent may do only what grants cover.
    func isHeldToGrants(_ agent: UTF8String) -> Bool { outside == .deny && isSubject(agent) }
}

extension Rulebook {
    /// Whether grants permit anything. Nobody seals a grant: where only what administrators have signed is in force, they
    /// must have signed that there may be grants.
    public var takesGrants: Bool { !isSealed || grants.isStated }
}

extension Operation {
    /// Whether an agent who needs grants needs one for it: for what it does itself, to a tool, a resource or a prompt. Tasks,
    /// servers' requests and the answers to them belong to something that was decided before, and the policies decide
    /// them.
    var needsGrant: Bool {
        switch self {
        case .tool, .resource, .prompt: true
        case .task, .serverRequest, .answer, .unknown: false
        }
    }
}

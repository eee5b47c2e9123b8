// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// What the log says of a task grant: that one agent may do more until a moment. What that is, its policy says, which the
/// record keeps by its digest.
public struct TaskGrant: Sendable, Hashable {
    /// By what people name it.
    public let id: UUIDv7
    /// Who may do more; this agent and no other.
    public let agentID: UTF8String
    /// SHA-256 of the policy's text.
    public let policy: Digest
    /// The session that it is for, where it is for one. The policy says so too.
    public let session: UTF8String?
    /// When it was given.
    public let givenAt: Timestamp
    /// From this moment on it permits nothing.
    public let until: Timestamp

    /// A grant.
    public init(
        id: UUIDv7, agentID: UTF8String, policy: Digest, session: UTF8String? = nil, givenAt: Timestamp,
        until: Timestamp
    ) {
        self.id = id
        self.agentID = agentID
        self.policy = policy
        self.session = session
        self.givenAt = givenAt
        self.until = until
    }

    /// How long a grant may last, in milliseconds: a working day and a night. What is needed longer is a policy's business.
    public static let millisecondsMax: Int64 = 24 * 3_600_000
    /// How many one agent may have at once: more than there are tasks that one agent is at.
    public static let ofAgentMax = 16
    /// How many there may be of all agents together, since each decision has all of them before it.
    public static let ofAllMax = 4096
}

/// The grants of a log that are not known to be over: a fold over its events, and nothing else.
///
/// Time alone ends a grant; that it is over is asked where it is used. What is over is dropped when another is given.
public struct TaskGrants: Sendable, Hashable {
    private var byAgent: [UTF8String: [TaskGrant]] = [:]

    /// None.
    public init() {}

    /// Those that storage has kept.
    public init(_ grants: [TaskGrant]) {
        for grant in grants { insert(grant) }
    }

    /// Whether there are none.
    public var isEmpty: Bool { byAgent.isEmpty }

    /// All of them, sorted by id.
    public var all: [TaskGrant] { byAgent.values.joined().sorted { $0.id < $1.id } }

    /// The grant of an id.
    public subscript(id: UUIDv7) -> TaskGrant? { byAgent.values.lazy.joined().first { $0.id == id } }

    /// Those of some agents that permit something at a moment, sorted by id.
    public func inForce(of agents: [UTF8String], at now: Timestamp) -> [TaskGrant] {
        guard !isEmpty else { return [] }
        return Set(agents).flatMap { byAgent[$0] ?? [] }.filter { now < $0.until }.sorted { $0.id < $1.id }
    }

    /// Whether one more of an agent's would count at a moment.
    public func hasRoom(for agent: UTF8String, at now: Timestamp) -> Bool {
        inForce(of: [agent], at: now).count < TaskGrant.ofAgentMax
            && byAgent.values.joined().count(where: { now < $0.until }) < TaskGrant.ofAllMax
    }

    /// Another grant. One that is too many, too long, over already or there already counts for nothing, whoever logged it.
    mutating func give(_ grant: TaskGrant) {
        let now = grant.givenAt
        byAgent = byAgent.compactMapValues { grants in
            let rest = grants.filter { now < $0.until }
            return rest.isEmpty ? nil : rest
        }
        guard now < grant.until, grant.until <= now.adding(milliseconds: TaskGrant.millisecondsMax),
            hasRoom(for: grant.agentID, at: now), self[grant.id] == nil
        else { return }
        insert(grant)
    }

    /// A grant is over.
    mutating func revoke(_ id: UUIDv7) {
        guard let grant = self[id] else { return }
        let rest = byAgent[grant.agentID]?.filter { $0.id != id } ?? []
        byAgent[grant.agentID] = rest.isEmpty ? nil : rest
    }

    private mutating func insert(_ grant: TaskGrant) {
        var grants = byAgent[grant.agentID] ?? []
        grants.append(grant)
        byAgent[grant.agentID] = grants.sorted { $0.id < $1.id }
    }
}

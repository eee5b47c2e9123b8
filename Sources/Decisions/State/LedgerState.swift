// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

/// What the log says about an agent's passport; the worse of this and the file holds.
public enum LoggedStanding: String, Sendable, Hashable {
    /// Suspended by an event, and not resumed since.
    case suspended
    /// Revoked by an event: for ever.
    case revoked
}

/// The counts that a decision was made under; a commit compares them again.
///
/// An allow whose epochs are not the ledger's any more is `stale`: it must be decided again.
public struct Epochs: Sendable, Hashable {
    /// Rises with every change of a kill switch.
    public var kill: Int64
    /// Rises with every suspension, resumption and revocation.
    public var revocation: Int64
    /// Rises with every wrong clock that somebody has acknowledged.
    public var clock: Int64
    /// Rises with every approval of a tool's definition. What is merely seen changes nothing that may be called, so a
    /// server that shows new tools all the time makes no decision stale.
    public var pins: Int64
    /// Rises when an agent gains a label that it did not have, or is cleared of its labels. Being kept longer changes
    /// nothing that a call is judged by.
    public var labels: Int64
    /// Rises with every task grant that is given or revoked. That one's time is over changes no epoch: the time that a call
    /// is judged at says so.
    public var grants: Int64
    /// The policies in force, by their digest; `nil` before the first activation.
    public var policy: Digest?
    /// The configuration in force, by its digest; `nil` before the first activation.
    public var configuration: Digest?
    /// The administrators' seal in force, by its digest; `nil` before the first.
    public var seal: Digest?

    /// Epochs.
    public init(
        kill: Int64 = 0, revocation: Int64 = 0, clock: Int64 = 0, pins: Int64 = 0, labels: Int64 = 0,
        grants: Int64 = 0, policy: Digest? = nil, configuration: Digest? = nil, seal: Digest? = nil
    ) {
        self.kill = kill
        self.revocation = revocation
        self.clock = clock
        self.pins = pins
        self.labels = labels
        self.grants = grants
        self.policy = policy
        self.configuration = configuration
        self.seal = seal
    }
}

/// The state that follows from the logged events: a fold over them, and nothing else.
public struct LedgerState: Sendable, Hashable {
    /// What a commit compares.
    public var epochs: Epochs
    /// The switches that are on, each scope once, sorted by kind and target.
    public private(set) var killSwitches: [KillSwitch]
    /// Agents whose passports are suspended or revoked.
    public private(set) var standings: [UTF8String: LoggedStanding]
    /// The tools that servers have shown, and which of their definitions may be called.
    public private(set) var pins: Pins
    /// What agents have done that later calls are judged by.
    public private(set) var labels: SessionLabels
    /// What agents may do besides, for a time.
    public private(set) var grants: TaskGrants
    /// Rises with every definition that is seen for the first time or in place of another.
    public var sightings: Int64
    /// Rises with every event that gives labels or keeps them longer, and with every clearing.
    public var labellings: Int64
    /// How many entries the log has.
    public var size: Int64
    /// The highest time of an entry since the clock was last acknowledged.
    public var lastEntry: Timestamp?

    /// How far an allow's time may be behind `lastEntry` before it is refused, in milliseconds. Enough for the small
    /// steps of a time service, too little for a day's policies to be undone.
    public static let clockToleranceMilliseconds: Int64 = 60_000

    /// The state of an empty log.
    public init() {
        epochs = Epochs()
        killSwitches = []
        standings = [:]
        pins = Pins()
        labels = SessionLabels()
        grants = TaskGrants()
        sightings = 0
        labellings = 0
        size = 0
        lastEntry = nil
    }

    /// The state that storage has kept.
    public init(
        epochs: Epochs, killSwitches: [KillSwitch], standings: [UTF8String: LoggedStanding], pins: Pins = Pins(),
        labels: SessionLabels = SessionLabels(), grants: TaskGrants = TaskGrants(), sightings: Int64 = 0,
        labellings: Int64 = 0, size: Int64, lastEntry: Timestamp?
    ) {
        self.epochs = epochs
        self.killSwitches = killSwitches.sorted(by: Self.precedes)
        self.standings = standings
        self.pins = pins
        self.labels = labels
        self.grants = grants
        self.sightings = sightings
        self.labellings = labellings
        self.size = size
        self.lastEntry = lastEntry
    }

    /// Applies what one logged event changes.
    public mutating func apply(_ change: StateChange) {
        switch change {
        case .killSwitchOn(let killSwitch):
            killSwitches.removeAll { $0.scope == killSwitch.scope }
            killSwitches.append(killSwitch)
            killSwitches.sort(by: Self.precedes)
            epochs.kill += 1
        case .killSwitchOff(let scope):
            killSwitches.removeAll { $0.scope == scope }
            epochs.kill += 1
        case .standing(let agent, let standing):
            // Revocation is terminal: nothing takes it back.
            if standings[agent] != .revoked { standings[agent] = standing }
            epochs.revocation += 1
        case .toolSeen(let server, let tool, let definition):
            pins.see(definition, server, tool)
            sightings += 1
        case .toolApproved(let server, let tool, let definition):
            pins.approve(definition, server, tool)
            epochs.pins += 1
        case .sessionLabelled(let agent, let new, let moment, let end):
            if labels.add(new, to: agent, at: moment, until: end) { epochs.labels += 1 }
            labellings += 1
        case .sessionCleared(let agent):
            labels.clear(agent)
            epochs.labels += 1
            labellings += 1
        case .grantGiven(let grant):
            grants.give(grant)
            epochs.grants += 1
        case .grantRevoked(let id):
            grants.revoke(id)
            epochs.grants += 1
        // Kept in an `ApprovalBook`: what is judged without an approval reads none.
        case .approval: break
        case .policyActivated(let digest): epochs.policy = digest
        case .configurationActivated(let digest): epochs.configuration = digest
        case .sealed(let digest): epochs.seal = digest
        case .clockAcknowledged:
            lastEntry = nil
            epochs.clock += 1
        }
    }

    private static func precedes(_ left: KillSwitch, _ right: KillSwitch) -> Bool {
        (left.scope.kind, left.scope.target ?? "") < (right.scope.kind, right.scope.target ?? "")
    }
}

/// What a logged event changes in the state.
public enum StateChange: Sendable, Hashable {
    /// A switch is on, with a reason; one of the same scope is replaced.
    case killSwitchOn(KillSwitch)
    /// The switch of a scope is off.
    case killSwitchOff(KillScope)
    /// An agent's passport is suspended or revoked, or (`nil`) resumed.
    case standing(agent: UTF8String, LoggedStanding?)
    /// A server shows a tool with this definition, which it has not shown last.
    case toolSeen(server: UTF8String, tool: UTF8String, definition: Digest)
    /// Calls of a tool may be made while it has this definition.
    case toolApproved(server: UTF8String, tool: UTF8String, definition: Digest)
    /// An agent has labels until a moment; logged at `at`.
    case sessionLabelled(agent: UTF8String, labels: [SessionLabel], at: Timestamp, until: Timestamp)
    /// An operator has taken an agent's labels from it.
    case sessionCleared(agent: UTF8String)
    /// An agent may do more, until a moment.
    case grantGiven(TaskGrant)
    /// It may no longer.
    case grantRevoked(UUIDv7)
    /// An approval is asked for, given, refused or used.
    case approval(ApprovalChange)
    /// Policies are in force.
    case policyActivated(Digest)
    /// A configuration is in force.
    case configurationActivated(Digest)
    /// Administrators have sealed what is to be in force: the digest of their document, which is among the contents.
    case sealed(Digest)
    /// An operator has looked at a clock that was behind the log or has jumped: times go on from this entry's.
    case clockAcknowledged
}

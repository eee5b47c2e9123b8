// SPDX-License-Identifier: Apache-2.0

import Decisions
import GRDB
import StrictJSON
import TransparencyLog
import WireTypes

/// The log's newest state: the right edge of its tree and the fold of its events.
struct Head {
    /// The tree's right edge; its size is the log's.
    var range: CompactRange
    /// The fold.
    var state: LedgerState
    /// The signed note over size and root.
    var checkpoint: [UInt8]

    /// The row as it is stored, checked against itself.
    ///
    /// - Throws: `LedgerError.poisoned` where it does not add up.
    static func load(_ db: Database) throws -> Head {
        guard let row = try db.row("SELECT size, frontier, checkpoint, root FROM head WHERE one = 1"),
            let size = row.integer(0).flatMap({ UInt64(exactly: $0) }),
            let range = row.bytes(1).flatMap({ CompactRange(size: size, bytes: $0) }),
            let checkpoint = row.bytes(2), let root = row.digest(3), range.root == root
        else { throw damaged("the head row does not add up") }
        return Head(range: range, state: try loadState(db), checkpoint: checkpoint)
    }

    /// The fold alone.
    static func loadState(_ db: Database) throws -> LedgerState {
        let row = try stateRow(db)
        return LedgerState(
            epochs: row.epochs, killSwitches: try loadKillSwitches(db), standings: try loadStandings(db),
            pins: try loadPins(db), labels: try loadLabels(db), grants: try StoredGrants.all(db),
            sightings: row.sightings, labellings: row.labellings, size: row.size, lastEntry: row.lastEntry)
    }

    /// The newest fold where no epoch has moved since `known`, in one statement; else `nil`.
    static func loadState(_ db: Database, ifStill known: LedgerState) throws -> LedgerState? {
        let row = try stateRow(db)
        guard row.epochs.kill == known.epochs.kill, row.epochs.revocation == known.epochs.revocation,
            row.epochs.pins == known.epochs.pins, row.sightings == known.sightings,
            row.epochs.labels == known.epochs.labels, row.epochs.grants == known.epochs.grants,
            row.labellings == known.labellings
        else { return nil }
        var state = known
        state.epochs = row.epochs
        state.size = row.size
        state.lastEntry = row.lastEntry
        return state
    }

    private static func stateRow(
        _ db: Database
    ) throws
        -> (epochs: Epochs, sightings: Int64, labellings: Int64, size: Int64, lastEntry: Timestamp?)
    {
        guard
            let row = try db.row(
                """
                SELECT size, kill_epoch, revocation_epoch, clock_epoch, policy, configuration, last_at, pins_epoch,
                sightings, labels_epoch, labellings, grants_epoch, seal FROM head WHERE one = 1
                """),
            let size = row.integer(0), let kill = row.integer(1), let revocation = row.integer(2),
            let clock = row.integer(3), let pins = row.integer(7), let sightings = row.integer(8),
            let labels = row.integer(9), let labellings = row.integer(10), let grants = row.integer(11)
        else { throw damaged("the head row is missing") }
        let epochs = Epochs(
            kill: kill, revocation: revocation, clock: clock, pins: pins, labels: labels, grants: grants,
            policy: row.digest(4), configuration: row.digest(5), seal: row.digest(12))
        return (epochs, sightings, labellings, size, row.integer(6).flatMap { Timestamp(milliseconds: $0) })
    }

    /// Writes the row.
    func store(_ db: Database) throws {
        try db.run(
            """
            INSERT OR REPLACE INTO head(one, size, frontier, root, checkpoint, kill_epoch, revocation_epoch,
            clock_epoch, pins_epoch, labels_epoch, grants_epoch, sightings, labellings, policy, configuration, last_at,
            seal)
            VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(state.size), .blob(range.bytes), .digest(range.root), .blob(checkpoint),
            .integer(state.epochs.kill), .integer(state.epochs.revocation), .integer(state.epochs.clock),
            .integer(state.epochs.pins), .integer(state.epochs.labels),
            .integer(state.epochs.grants), .integer(state.sightings), .integer(state.labellings),
            .digest(state.epochs.policy), .digest(state.epochs.configuration),
            .moment(state.lastEntry), .digest(state.epochs.seal))
    }

    /// Applies a change to the fold and to its tables.
    mutating func apply(_ change: StateChange, _ db: Database) throws {
        state.apply(change)
        switch change {
        case .killSwitchOn(let killSwitch):
            let key = ScopeKey(killSwitch.scope)
            try db.run(
                "INSERT OR REPLACE INTO kill_switches(kind, target, tool, reason) VALUES (?, ?, ?, ?)",
                .name(key.kind), .name(key.target), .name(key.tool), .name(killSwitch.reason))
        case .killSwitchOff(let scope):
            let key = ScopeKey(scope)
            try db.run(
                "DELETE FROM kill_switches WHERE kind = ? AND target = ? AND tool = ?",
                .name(key.kind), .name(key.target), .name(key.tool))
        case .standing(let agent, _):
            guard let standing = state.standings[agent] else {
                try db.run("DELETE FROM standings WHERE agent = ?", .name(agent))
                return
            }
            try db.run(
                "INSERT OR REPLACE INTO standings(agent, standing) VALUES (?, ?)",
                .name(agent), .name(UTF8String(standing.rawValue)))
        case .toolSeen(let server, let tool, _), .toolApproved(let server, let tool, _):
            guard let pin = state.pins[server: server, tool: tool] else { return }
            try db.run(
                "INSERT OR REPLACE INTO pins(server, tool, approved, seen, sightings) VALUES (?, ?, ?, ?, ?)",
                .name(server), .name(tool), .digest(pin.approved), .digest(pin.seen), .integer(pin.sightings))
        case .sessionLabelled(let agent, let labels, _, _):
            for label in labels {
                try db.run(
                    "INSERT OR REPLACE INTO labels(agent, label, until) VALUES (?, ?, ?)",
                    .name(agent), .name(UTF8String(label.rawValue)), .moment(state.labels[agent][label]))
            }
        case .sessionCleared(let agent): try db.run("DELETE FROM labels WHERE agent = ?", .name(agent))
        case .grantGiven(let grant): try StoredGrants.give(grant, state.grants, db)
        case .grantRevoked(let id): try db.run("DELETE FROM grants WHERE id = ?", .blob(id.bytes))
        case .approval(let change): try StoredApprovals.apply(change, db)
        case .policyActivated, .configurationActivated, .clockAcknowledged, .sealed: break
        }
    }

    private static func loadKillSwitches(_ db: Database) throws -> [KillSwitch] {
        try db.rows("SELECT kind, target, tool, reason FROM kill_switches").map { row in
            guard let kind = row.name(0), let target = row.name(1), let tool = row.name(2), let reason = row.name(3),
                let scope = ScopeKey(kind: kind, target: target, tool: tool).scope
            else { throw damaged("a kill switch is unreadable") }
            return KillSwitch(scope: scope, reason: reason)
        }
    }

    private static func loadStandings(_ db: Database) throws -> [UTF8String: LoggedStanding] {
        let pairs = try db.rows("SELECT agent, standing FROM standings").map { row in
            guard let agent = row.name(0), let standing = row.name(1).flatMap({ LoggedStanding(rawValue: $0.string) })
            else { throw damaged("a passport's standing is unreadable") }
            return (agent, standing)
        }
        return Dictionary(pairs) { first, _ in first }
    }

    private static func loadPins(_ db: Database) throws -> Pins {
        var pins = Pins()
        try db.forEach("SELECT server, tool, approved, seen, sightings FROM pins") { row in
            guard let server = row.name(0), let tool = row.name(1), let seen = row.digest(3),
                let sightings = row.integer(4)
            else { throw damaged("a pin is unreadable") }
            pins[server: server, tool: tool] = Pin(approved: row.digest(2), seen: seen, sightings: sightings)
        }
        return pins
    }

    private static func loadLabels(_ db: Database) throws -> SessionLabels {
        var labels = SessionLabels()
        try db.forEach("SELECT agent, label, until FROM labels") { row in
            guard let agent = row.name(0), let label = row.name(1).flatMap({ SessionLabel(rawValue: $0.string) }),
                let until = row.integer(2).flatMap({ Timestamp(milliseconds: $0) })
            else { throw damaged("a label is unreadable") }
            labels[agent][label] = until
        }
        return labels
    }

    static func damaged(_ what: String) -> LedgerError {
        LedgerError(.poisoned, "\(what): the ledger is damaged; stop and run fsck")
    }
}

/// A scope as three columns, so that any name can stand in each.
private struct ScopeKey {
    var kind: UTF8String
    var target: UTF8String = ""
    var tool: UTF8String = ""

    init(kind: UTF8String, target: UTF8String, tool: UTF8String) {
        self.kind = kind
        self.target = target
        self.tool = tool
    }

    init(_ scope: KillScope) {
        kind = UTF8String(scope.kind)
        switch scope {
        case .everything: break
        case .agent(let name), .owner(let name), .server(let name): target = name
        case .tool(let server, let tool):
            target = server
            self.tool = tool
        }
    }

    var scope: KillScope? {
        switch kind {
        case "everything": .everything
        case "agent": .agent(target)
        case "owner": .owner(target)
        case "server": .server(target)
        case "tool": .tool(server: target, tool: tool)
        default: nil
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import GRDB
import StrictJSON
import WireTypes

/// The table of task grants: the fold's, row by row. Those that are over go with the next one that is given.
enum StoredGrants {
    /// All of them.
    static func all(_ db: Database) throws -> TaskGrants {
        var grants: [TaskGrant] = []
        try db.forEach("SELECT id, agent, policy, session, given_at, until FROM grants") { row in
            guard let id = row.bytes(0).flatMap({ UUIDv7(bytes: $0) }), let agent = row.name(1),
                let policy = row.digest(2), row.bytes(3) == nil || row.name(3) != nil,
                let given = row.integer(4).flatMap({ Timestamp(milliseconds: $0) }),
                let until = row.integer(5).flatMap({ Timestamp(milliseconds: $0) })
            else { throw Head.damaged("a task grant is unreadable") }
            grants.append(
                TaskGrant(
                    id: id, agentID: agent, policy: policy, session: row.name(3), givenAt: given, until: until))
        }
        return TaskGrants(grants)
    }

    /// Writes what the fold has made of a grant: `grants` is what it is afterwards.
    static func give(_ grant: TaskGrant, _ grants: TaskGrants, _ db: Database) throws {
        try db.run("DELETE FROM grants WHERE until <= ?", .moment(grant.givenAt))
        guard grants[grant.id] == grant else { return }
        try db.run(
            "INSERT OR REPLACE INTO grants(id, agent, policy, session, given_at, until) VALUES (?, ?, ?, ?, ?, ?)",
            .blob(grant.id.bytes), .name(grant.agentID), .digest(grant.policy),
            grant.session.map(Value.name) ?? .null, .moment(grant.givenAt), .moment(grant.until))
    }
}

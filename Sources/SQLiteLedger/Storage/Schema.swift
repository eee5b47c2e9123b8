// SPDX-License-Identifier: Apache-2.0

import GRDB

/// The tables of a ledger; `docs/ledger.md` says what each holds.
enum Schema {
    /// `Writ`, in the file's header.
    static let applicationID: Int32 = 0x5772_6974
    /// The format of the tables.
    static let version: Int32 = 7

    /// Makes the tables of a new file.
    static func create(_ db: Database) throws {
        try db.execute(sql: statements)
        try db.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
    }

    private static let statements = """
        CREATE TABLE entries(
          idx INTEGER PRIMARY KEY,
          kind INTEGER NOT NULL CHECK(kind IN (1, 2, 3)),
          id BLOB NOT NULL CHECK(length(id) = 16),
          at INTEGER NOT NULL,
          agent BLOB CHECK(agent IS NOT NULL OR kind <> 1),
          session BLOB CHECK(session IS NULL OR kind = 1 OR freezes = -1),
          nonce BLOB CHECK(nonce IS NULL OR (kind = 1 AND session IS NOT NULL)),
          freezes INTEGER NOT NULL CHECK(
            freezes = 0 OR (session IS NOT NULL AND ((freezes = 1 AND kind = 1) OR (freezes = -1 AND kind = 3)))),
          leaf BLOB NOT NULL CHECK(length(leaf) = 32),
          body BLOB NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX entries_by_id ON entries(id, kind);
        CREATE INDEX receipts_by_agent ON entries(agent, idx) WHERE kind = 1;
        CREATE INDEX receipts_by_session ON entries(session, idx) WHERE kind = 1 AND session IS NOT NULL;
        CREATE INDEX receipts_by_nonce ON entries(session, nonce, idx) WHERE nonce IS NOT NULL;
        CREATE INDEX frozen_sessions ON entries(session, idx) WHERE freezes <> 0;

        CREATE TABLE tiles(
          level INTEGER NOT NULL,
          n INTEGER NOT NULL,
          hashes BLOB NOT NULL CHECK(length(hashes) = 8192),
          PRIMARY KEY(level, n)
        ) STRICT;

        CREATE TABLE head(
          one INTEGER PRIMARY KEY CHECK(one = 1),
          size INTEGER NOT NULL,
          frontier BLOB NOT NULL,
          root BLOB NOT NULL CHECK(length(root) = 32),
          checkpoint BLOB NOT NULL,
          kill_epoch INTEGER NOT NULL,
          revocation_epoch INTEGER NOT NULL,
          clock_epoch INTEGER NOT NULL,
          pins_epoch INTEGER NOT NULL,
          labels_epoch INTEGER NOT NULL,
          grants_epoch INTEGER NOT NULL,
          sightings INTEGER NOT NULL,
          labellings INTEGER NOT NULL,
          policy BLOB,
          configuration BLOB,
          last_at INTEGER,
          seal BLOB CHECK(seal IS NULL OR length(seal) = 32)
        ) STRICT;

        CREATE TABLE kill_switches(
          kind BLOB NOT NULL,
          target BLOB NOT NULL,
          tool BLOB NOT NULL,
          reason BLOB NOT NULL,
          PRIMARY KEY(kind, target, tool)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE standings(
          agent BLOB PRIMARY KEY,
          standing BLOB NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE pins(
          server BLOB NOT NULL,
          tool BLOB NOT NULL,
          approved BLOB CHECK(approved IS NULL OR length(approved) = 32),
          seen BLOB NOT NULL CHECK(length(seen) = 32),
          sightings INTEGER NOT NULL,
          PRIMARY KEY(server, tool)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE labels(
          agent BLOB NOT NULL,
          label BLOB NOT NULL,
          until INTEGER NOT NULL,
          PRIMARY KEY(agent, label)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE grants(
          id BLOB PRIMARY KEY CHECK(length(id) = 16),
          agent BLOB NOT NULL,
          policy BLOB NOT NULL CHECK(length(policy) = 32),
          session BLOB,
          given_at INTEGER NOT NULL,
          until INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE counters(
          name BLOB PRIMARY KEY,
          window_start INTEGER NOT NULL,
          used INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE approvals(
          id BLOB PRIMARY KEY CHECK(length(id) = 16),
          receipt BLOB NOT NULL CHECK(length(receipt) = 16),
          agent BLOB NOT NULL,
          "group" BLOB NOT NULL,
          needed INTEGER NOT NULL,
          binding BLOB NOT NULL CHECK(length(binding) = 32),
          requested_at INTEGER NOT NULL,
          expires_at INTEGER NOT NULL,
          votes BLOB NOT NULL,
          refused_by BLOB,
          consumed_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX approvals_by_binding ON approvals(binding, id);
        CREATE INDEX approvals_by_agent ON approvals(agent, id) WHERE consumed_at IS NULL AND refused_by IS NULL;
        CREATE INDEX approvals_open ON approvals(id) WHERE consumed_at IS NULL AND refused_by IS NULL;

        CREATE TABLE evidence(
          idx INTEGER PRIMARY KEY,
          digest BLOB NOT NULL,
          wrapping_key BLOB NOT NULL,
          wrapped_key BLOB NOT NULL,
          ciphertext BLOB NOT NULL
        ) STRICT;

        CREATE TABLE contents(
          digest BLOB PRIMARY KEY,
          bytes BLOB NOT NULL
        ) STRICT;
        """
}

/// What kind of entry a row is.
enum EntryKind: Int64 {
    case receipt = 1
    case outcome = 2
    case event = 3
}

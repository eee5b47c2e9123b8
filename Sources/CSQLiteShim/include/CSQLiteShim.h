// SPDX-License-Identifier: Apache-2.0

// What Swift cannot reach: a variadic function of SQLite, a callback with a plain counter, and statfs(2).

#ifndef CSQLITESHIM_H
#define CSQLITESHIM_H

#include <sqlite3.h>

/// Keeps the connection from checkpointing the WAL, and from deleting it, when it is the last to close
/// (SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE). Returns SQLITE_OK (0) only where the setting reads back as on.
int writ_sqlite_no_checkpoint_on_close(sqlite3 *connection);

/// After every commit of this connection, stores in `*frames` how many frames the WAL holds. It takes the place of
/// automatic checkpoints. `frames` must live as long as the connection and is written on the committing thread.
void writ_sqlite_count_wal_frames(sqlite3 *connection, int *frames);

/// The handle of the connection's main file, valid until the connection is closed; null where there is none.
sqlite3_file *writ_sqlite_file(sqlite3 *connection);

/// Reads the file change counter of a database file (bytes 24 to 27 of its header), which every committed change in a
/// rollback mode increments. It is read through SQLite's own handle: a descriptor of our own would drop SQLite's locks
/// when it is closed. Needs no lock, and may be called from any thread. Returns SQLITE_OK (0) where it was read.
int writ_sqlite_change_counter(sqlite3_file *file, unsigned int *counter);

/// The number of the file system that a path is on (statfs(2), `f_type`); 0 where it is not known.
unsigned int writ_file_system_magic(const char *path);

#endif

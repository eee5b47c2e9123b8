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

/// The number of the file system that a path is on (statfs(2), `f_type`); 0 where it is not known.
unsigned int writ_file_system_magic(const char *path);

#endif

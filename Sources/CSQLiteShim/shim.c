// SPDX-License-Identifier: Apache-2.0

#include "CSQLiteShim.h"

#ifdef __linux__
#include <sys/vfs.h>
#endif

int writ_sqlite_no_checkpoint_on_close(sqlite3 *connection) {
    int on = 0;
    int code = sqlite3_db_config(connection, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, &on);
    return code == SQLITE_OK && !on ? SQLITE_ERROR : code;
}

static int keep_count(void *frames, sqlite3 *connection, const char *schema, int count) {
    (void)connection;
    (void)schema;
    *(int *)frames = count;
    return SQLITE_OK;
}

void writ_sqlite_count_wal_frames(sqlite3 *connection, int *frames) {
    sqlite3_wal_hook(connection, keep_count, frames);
}

unsigned int writ_file_system_magic(const char *path) {
#ifdef __linux__
    struct statfs status;
    if (statfs(path, &status) == 0) return (unsigned int)status.f_type;
#else
    (void)path;
#endif
    return 0;
}

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

sqlite3_file *writ_sqlite_file(sqlite3 *connection) {
    sqlite3_file *file = 0;
    int code = sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    return code == SQLITE_OK ? file : 0;
}

int writ_sqlite_change_counter(sqlite3_file *file, unsigned int *counter) {
    unsigned char bytes[4];
    if (!file || !file->pMethods) return SQLITE_ERROR;
    int code = file->pMethods->xRead(file, bytes, 4, 24);
    if (code != SQLITE_OK) return code;
    *counter = (unsigned int)bytes[0] << 24 | (unsigned int)bytes[1] << 16 | (unsigned int)bytes[2] << 8 | bytes[3];
    return SQLITE_OK;
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

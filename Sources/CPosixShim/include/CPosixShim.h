// SPDX-License-Identifier: Apache-2.0
// What glibc declares only under _GNU_SOURCE, which Swift's importer does not define.
#ifndef C_POSIX_SHIM_H
#define C_POSIX_SHIM_H

/// As posix_spawn_file_actions_addchdir_np(3). `actions` is a posix_spawn_file_actions_t *; naming that type here would
/// make this module the owner of glibc's declarations.
int writ_spawn_file_actions_addchdir(void *actions, const char *path);

#endif

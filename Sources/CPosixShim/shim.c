// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CPosixShim.h"

#include <spawn.h>

int writ_spawn_file_actions_addchdir(void *actions, const char *path) {
    return posix_spawn_file_actions_addchdir_np(actions, path);
}

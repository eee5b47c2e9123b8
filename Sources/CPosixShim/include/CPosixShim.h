// SPDX-License-Identifier: Apache-2.0
// What glibc declares only under _GNU_SOURCE, which Swift's importer does not define.
#ifndef C_POSIX_SHIM_H
#define C_POSIX_SHIM_H

/// As posix_spawn_file_actions_addchdir_np(3). `actions` is a posix_spawn_file_actions_t *; naming that type here would
/// make this module the owner of glibc's declarations.
int writ_spawn_file_actions_addchdir(void *actions, const char *path);

/// As posix_spawn_file_actions_addclosefrom_np(3).
int writ_spawn_file_actions_addclosefrom(void *actions, int from);

/// As pipe2(2) with O_CLOEXEC. Setting the flag after pipe(2) would let a program that another thread starts in between
/// inherit the ends, and hold them open.
int writ_pipe_cloexec(int ends[2]);

/// As pthread_setattr_default_np(3): the stacks of threads that nobody gives one. glibc takes them from the limit that the
/// process was started with. 0 or an error.
int writ_set_thread_stacks(unsigned long bytes);

/// From now on each of the signals writes its number, one byte, to a pipe, and its next arrival does what it did before:
/// who asks twice gets the default. The pipe's other end, or -1. To be called once.
int writ_signals_to_pipe(const int *signals, int count);

#endif

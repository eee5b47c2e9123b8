// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CPosixShim.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

int writ_spawn_file_actions_addchdir(void *actions, const char *path) {
    return posix_spawn_file_actions_addchdir_np(actions, path);
}

int writ_spawn_file_actions_addclosefrom(void *actions, int from) {
    return posix_spawn_file_actions_addclosefrom_np(actions, from);
}

int writ_pipe_cloexec(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

int writ_set_thread_stacks(unsigned long bytes) {
    pthread_attr_t attributes;
    int error = pthread_attr_init(&attributes);
    if (error != 0) return error;
    error = pthread_attr_setstacksize(&attributes, bytes);
    if (error == 0) error = pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
    return error;
}

static int signal_pipe = -1;

static void tell(int signal) {
    int before = errno;
    unsigned char number = (unsigned char)signal;
    if (write(signal_pipe, &number, 1) < 0) {
        // The pipe is full of signals that nobody has looked at: one more says nothing new.
    }
    errno = before;
}

int writ_signals_to_pipe(const int *signals, int count) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return -1;
    if (fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0) return -1;
    signal_pipe = ends[1];
    struct sigaction action = {.sa_handler = tell, .sa_flags = SA_RESTART | SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < count; i++) {
        struct sigaction before;
        // What whoever started us wants ignored (nohup) stays ignored.
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler == SIG_IGN) continue;
        if (sigaction(signals[i], &action, NULL) != 0) return -1;
    }
    return ends[0];
}

// SPDX-License-Identifier: Apache-2.0

import CPosixShim
import Glibc

/// The signals that ask this process to end. A server has a process group of its own, so whoever ends the gateway's does
/// not reach it: the gateway has to stay long enough to end it.
public enum TerminationSignals {
    /// Calls `onSignal` when SIGTERM, SIGINT or SIGHUP comes for the first time; each for the second time ends the
    /// process. Where signals cannot be caught they keep their meaning. To be called once in a process.
    public static func watch(_ onSignal: @escaping @Sendable () -> Void) {
        let descriptor = writ_signals_to_pipe([SIGTERM, SIGINT, SIGHUP], 3)
        guard descriptor >= 0 else { return }
        StreamReader.start(descriptor: descriptor, name: "signals", onBytes: { _ in onSignal() }, onEnd: {})
    }
}

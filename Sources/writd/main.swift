// SPDX-License-Identifier: Apache-2.0

import Glibc
import WritDaemon

// A reader that closes its end is an error of write(2), not a signal.
signal(SIGPIPE, SIG_IGN)
exit(await Daemon.run(Array(CommandLine.arguments.dropFirst())))

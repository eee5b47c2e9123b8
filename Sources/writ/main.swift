// SPDX-License-Identifier: Apache-2.0

import Glibc
import WritCommand

// A reader that closes our output is an error of write(2), not a signal: the exit status must say what was decided.
signal(SIGPIPE, SIG_IGN)
let arguments = Array(CommandLine.arguments.dropFirst())
// Before anything waits for a thread, of which there may be none to be had.
Writ.prepare(arguments)
exit(await Writ.run(arguments))

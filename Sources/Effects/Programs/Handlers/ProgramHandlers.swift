// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What entries of the table cannot say, by the name that they ask for.
enum ProgramHandlers {
    typealias Handler = @Sendable (inout ProgramRun) -> Void

    static let all: [UTF8String: Handler] = systems.merging(developers) { first, _ in first }

    /// Of what every system has.
    static let systems: [UTF8String: Handler] = [
        "crontab": crontab, "debugger": debugger, "fd": fd, "filter": filter, "find": find, "flock": flock,
        "grep": grep,
        "ls": ls, "parallel": parallel, "privileged": privileged, "screen": screen, "script": script, "sudo": sudo,
        "tmux": tmux, "watch": watch, "xargs": xargs,
        "awk": awk, "calculator": calculator, "chmod": chmod, "chroot": chroot, "copy": copy, "echo": echo, "env": env,
        "install": install, "link": link, "mktemp": mktemp, "patch": patch, "printf": printf, "rename": rename,
        "runcon": runcon, "sed": sed, "split": split, "yq": yq,
    ]
}

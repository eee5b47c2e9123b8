// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// The commands that shells run themselves (POSIX XCU §2.15, bash, dash), by what is to be said of them.
enum ShellBuiltin: Sendable {
    /// Nothing but an exit status, or the shell's own settings that no effect depends on.
    case inert
    /// As `inert`; it writes something that is not followed.
    case printing
    case alias, unalias, bind, breaks, builtin, cd, command, compgen, complete, continues, declare, echo, enable, eval
    case exec, exit, fc, getopts, hash, history, jump, let_, mapfile, popd, printf, pushd, pwd, read, return_, set
    case shift, shopt, source, succeeds, fails, test, trap, unset

    private static let names: [UTF8String: ShellBuiltin] = [
        ":": .succeeds, "true": .succeeds, "false": .fails, ".": .source, "source": .source, "[": .test, "test": .test,
        "alias": .alias, "unalias": .unalias, "bg": .inert, "fg": .printing, "bind": .bind, "break": .breaks,
        "builtin": .builtin, "caller": .printing, "cd": .cd, "chdir": .cd, "command": .command, "compgen": .compgen,
        "complete": .complete, "compopt": .inert, "continue": .continues, "declare": .declare, "typeset": .declare,
        "local": .declare, "export": .declare, "readonly": .declare, "dirs": .printing, "disown": .inert,
        "echo": .echo, "enable": .enable, "eval": .eval, "exec": .exec, "exit": .exit, "logout": .exit, "fc": .fc,
        "getopts": .getopts, "hash": .hash, "help": .printing, "history": .history, "jobs": .printing,
        "kill": .printing,
        "let": .let_, "mapfile": .mapfile, "readarray": .mapfile, "popd": .popd, "printf": .printf, "pushd": .pushd,
        "pwd": .pwd, "read": .read, "return": .return_, "set": .set, "shift": .shift, "shopt": .shopt,
        "suspend": .inert, "times": .printing, "trap": .trap, "type": .printing, "ulimit": .printing,
        "umask": .printing, "unset": .unset, "wait": .inert,
    ]

    init?(_ name: UTF8String) {
        guard let builtin = Self.names[name] else { return nil }
        self = builtin
    }

    /// Assignments before these may last (POSIX XCU §2.14).
    static let special: Set<UTF8String> = [
        "break", ":", "continue", ".", "source", "eval", "exec", "exit", "export", "readonly", "return", "set", "shift",
        "times", "trap", "unset", "command", "builtin",
    ]
    /// Whose `name=value` arguments are assignments.
    static let declarations: Set<UTF8String> = ["declare", "typeset", "local", "export", "readonly"]
    /// Builtins that are programs as well, and do nothing but print.
    static let harmless: Set<UTF8String> = ["echo", "printf", "true", "false", "test", "[", "pwd"]
}

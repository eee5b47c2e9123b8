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
        "date": date, "gdb": gdb, "ps": ps,
        "tmux": tmux, "translation": translation, "watch": watch, "which": which, "xargs": xargs,
        "manual": manual, "node": node, "pager": pager, "perl": perl, "php": php, "python": python,
        "pythonmodule": pythonmodule, "ruby": ruby,
        "scripted": scripted,
        "shell": shell, "signal": signal, "vim": vim, "webserver": webserver,
        "ar": ar, "compress": compress, "cpio": cpio, "curl": curl, "getent": getent, "gpg": gpg, "hosts": hosts,
        "lookup": lookup, "netcat": netcat, "opener": opener, "pax": pax, "rsync": rsync, "scp": scp,
        "sevenzip": sevenzip, "sftp": sftp,
        "socat": socat, "ssh": ssh, "sshkeygen": sshkeygen, "sshtools": sshtools, "tar": tar, "unzip": unzip,
        "wget": wget, "zip": zip,
        "administration": administration, "aptinstall": aptinstall, "databases": databases, "documents": documents,
        "ffmpeg": ffmpeg,
        "imagemagick": imagemagick, "ipcommand": ipcommand, "mail": mail, "media": media, "mysql": mysql,
        "pandoc": pandoc, "psql": psql,
        "redis": redis, "rpm": rpm, "service": service, "sqlite": sqlite, "tex": tex,
        "awk": awk, "calculator": calculator, "chmod": chmod, "chroot": chroot, "copy": copy, "echo": echo, "env": env,
        "install": install, "link": link, "mktemp": mktemp, "patch": patch, "printf": printf, "rename": rename,
        "runcon": runcon, "sed": sed, "split": split, "yq": yq,
    ]

    /// Those to which no option means more than that something is read.
    static let ofReaders: Set<UTF8String> = [
        "date", "echo", "filter", "grep", "ls", "manual", "pager", "printf", "translation", "yq",
    ]
    /// Those to which no option means more than that something is read or written.
    static let ofWriters: Set<UTF8String> = ["chmod", "compress", "copy", "install", "link", "mktemp", "split"]
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// git's settings that make it run, load or connect to something. They are judged where they are set, for one run (`-c`)
/// or for good (`git config`): from then on git does what they say.
enum GitSetting {
    /// What setting this key to this value does. Keys are compared as git does: without case in the first and last part.
    static func apply(_ run: inout ProgramRun, _ key: UTF8String, _ value: ShellValue) {
        let parts = key.string.split(separator: ".", omittingEmptySubsequences: false)
        let section = parts.first.map { $0.lowercased() } ?? ""
        let variable = parts.count > 1 ? (parts.last.map { $0.lowercased() } ?? "") : ""
        let middle = parts.count > 2 ? parts[1..<(parts.count - 1)].joined(separator: ".") : ""
        switch (section, variable) {
        case ("alias", _): alias(&run, value)
        case ("credential", "helper"): helper(&run, value)
        case ("core", "fsmonitor"):
            if !value.isTruth { run.add(.shell(value, run.setting())) }
        case ("submodule", "update"):
            if value.prefix.hasPrefix("!") { run.add(.shell(value.dropping(1), run.setting())) }
            if value.startsUnknown { run.add(opaque: .code) }
        case ("pager", _):
            if !value.isTruth { run.add(.shell(value, run.setting())) }
        case ("core", "hookspath"), ("init", "templatedir"), ("include", "path"), ("includeif", "path"):
            run.add(.codeFile(value.inDirectory(run.directory)))
        case ("format", "outputdirectory"): run.path([.write], value, isTree: true)
        case ("core", "worktree"): run.path([.read, .write], value, isTree: true)
        case ("core", "attributesfile"), ("core", "excludesfile"), ("commit", "template"), ("blame", "ignorerevsfile"),
            ("mailmap", "file"), ("http", "sslcert"), ("http", "sslkey"), ("http", "sslcainfo"), ("diff", "orderfile"),
            ("fsck", "skiplist"), ("receive", "skiplist"), ("fetch", "skiplist"), ("sendemail", "aliasesfile"),
            ("format", "signaturefile"), ("gpg", "allowedsignersfile"), ("gpg", "revocationfile"),
            ("user", "signingkey"):
            if ProgramRoles.isLocal(value.prefix.bytes) { run.path([.read], value) }
        case ("http", "cookiefile"): if ProgramRoles.isLocal(value.prefix.bytes) { run.path([.read, .write], value) }
        case ("trace2", _): if ProgramRoles.isOutside(value.prefix.bytes) { run.path([.write], value) }
        case ("http", "curloptresolve"): run.add(opaque: .host)
        case ("fetch", "bundleuri"), ("transfer", "bundleuri"), ("bundle", "uri"):
            if !value.isTruth { ProgramRoles.remote(&run, value) }
        case ("url", "insteadof"), ("url", "pushinsteadof"):
            ProgramRoles.remote(&run, ShellValue(UTF8String(middle)))
        case ("remote", "url"), ("remote", "pushurl"), ("submodule", "url"), ("lfs", "url"):
            ProgramRoles.remote(&run, value)
        case ("http", "proxy"), ("https", "proxy"), ("remote", "proxy"):
            if !value.isEmpty { run.add(.url(value)) }
        case ("protocol", "allow"):
            if !["never", "user"].contains(value.known?.string) { run.add(opaque: .program) }
        case ("sendemail", "smtpserver"):
            if ProgramRoles.isOutside(value.prefix.bytes) {
                run.add(.shell(value, run.setting()))
            } else {
                run.add(.host(value))
            }
        case ("difftool", "path"), ("mergetool", "path"), ("browser", "path"), ("man", "path"), ("gpg", "program"),
            ("instaweb", "httpd"), ("instaweb", "browser"), ("web", "browser"), ("help", "browser"),
            ("core", "gitproxy"), ("remote", "vcs"):
            run.add(.command([value], run.setting()))
        default:
            if runs(section, variable) { run.add(.shell(value, run.setting())) }
        }
    }

    /// Settings by which git runs, loads, reads and reaches nothing.
    static func isPlain(_ key: UTF8String) -> Bool {
        let name = key.string.lowercased()
        return plain.contains(name) || ["advice.", "color."].contains { name.hasPrefix($0) && name.count < 64 }
    }

    private static let plain: Set<String> = [
        "user.name", "user.email", "user.useconfigonly", "author.name", "author.email", "committer.name",
        "committer.email", "core.ignorecase", "core.filemode", "core.autocrlf", "core.eol", "core.safecrlf",
        "core.quotepath", "core.longpaths", "core.abbrev", "core.whitespace", "core.precomposeunicode",
        "core.symlinks", "core.commentchar", "core.compression", "core.bigfilethreshold", "core.preloadindex",
        "core.untrackedcache", "init.defaultbranch", "pull.rebase", "pull.ff", "push.default", "push.followtags",
        "push.autosetupremote", "fetch.prune", "fetch.prunetags", "fetch.parallel", "rebase.autosquash",
        "rebase.autostash", "rebase.updaterefs", "merge.ff", "merge.conflictstyle", "merge.renamelimit",
        "merge.log",
        "diff.algorithm", "diff.renames", "diff.renamelimit", "diff.colormoved", "diff.mnemonicprefix",
        "diff.noprefix", "diff.context", "commit.verbose", "commit.gpgsign", "tag.gpgsign", "tag.sort",
        "branch.sort", "branch.autosetupmerge", "branch.autosetuprebase", "log.date", "log.decorate",
        "log.follow", "log.showsignature", "column.ui", "rerere.enabled", "rerere.autoupdate", "gc.auto",
        "gc.autodetach", "pack.threads", "pack.windowmemory", "http.postbuffer", "http.lowspeedlimit",
        "http.lowspeedtime", "status.short", "status.branch", "status.showuntrackedfiles", "stash.showpatch",
        "help.autocorrect", "grep.linenumber", "versionsort.suffix", "checkout.defaultremote", "blame.date",
        "submodule.recurse", "submodule.fetchjobs", "feature.manyfiles", "index.version", "i18n.commitencoding",
        "i18n.logoutputencoding",
    ]

    /// Settings whose value is a shell's command.
    private static func runs(_ section: String, _ variable: String) -> Bool {
        switch section {
        case "core": ["sshcommand", "editor", "pager", "askpass", "alternaterefscommand"].contains(variable)
        case "sequence": variable == "editor"
        case "diff": ["external", "command", "textconv"].contains(variable)
        case "difftool", "mergetool", "guitool", "browser", "man", "hook": ["cmd", "command"].contains(variable)
        case "merge": variable == "driver"
        case "filter": ["clean", "smudge", "process"].contains(variable)
        case "interactive": variable == "difffilter"
        case "sendemail": variable.hasSuffix("cmd")
        case "trailer": ["cmd", "command"].contains(variable)
        case "uploadpack": variable == "packobjectshook"
        case "remote": ["uploadpack", "receivepack"].contains(variable)
        case "gpg": ["defaultkeycommand", "program"].contains(variable)
        case "tar": variable == "command"
        case "credential": variable == "helper"
        case "lfs": ["path", "customtransfer", "clean", "smudge"].contains(variable)
        case "gc": variable == "recentobjectshook"
        case "imap": variable == "tunnel"
        case "svn": variable == "authorsprog"
        case "annex": variable.hasSuffix("command") || variable.hasSuffix("hook")
        case "core.sshcommand": true
        default: false
        }
    }

    private static func alias(_ run: inout ProgramRun, _ value: ShellValue) {
        if value.startsUnknown { return run.add(opaque: .code) }
        if value.prefix.hasPrefix("!") { return run.add(.shell(value.dropping(1), run.setting())) }
        guard let known = value.known else { return run.add(opaque: .code) }
        run.add(.command(["git"] + ProgramRun.words(known), run.setting()))
    }

    /// `store`, a path, or `!` and a command; a helper gives and keeps passwords.
    private static func helper(_ run: inout ProgramRun, _ value: ShellValue) {
        if value.isEmpty { return }
        if value.startsUnknown { return run.add(opaque: .code) }
        if value.prefix.hasPrefix("!") { return run.add(.shell(value.dropping(1), run.setting())) }
        if ProgramRoles.isLocal(value.prefix.bytes) { return run.add(.shell(value, run.setting())) }
        let first = value.prefix.string.split(separator: " ").first.map(String.init) ?? ""
        let known = [
            "store", "cache", "osxkeychain", "manager", "manager-core", "wincred", "libsecret", "gnome-keyring",
        ]
        if !known.contains(first) { run.add(opaque: .program) }
    }
}

extension ShellValue {
    /// A yes or a no, as git spells them.
    fileprivate var isTruth: Bool {
        guard let known = known?.string.lowercased() else { return false }
        return ["true", "false", "yes", "no", "on", "off", "1", "0", ""].contains(known)
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// How texts are read, and what a few names of programs mean to the walk itself.
enum ShellReading {
    /// The text's tree, or `nil` where it is no shell's.
    static func script(_ text: UTF8String) -> ShellScript? {
        do throws(ShellSyntaxError) { return try ShellParser.parse(text) } catch { return nil }
    }

    /// A text of one line that ends in `<`, `>` or `>>`, without that: `grep <word>`, as people write what is to be put
    /// there. Every shell reads a line before it runs any of it, and refuses this one, so that what the rest does is more
    /// than what happens. `nil` where a shell might see no redirection at the end.
    static func withoutOpenRedirection(_ text: UTF8String) -> UTF8String? {
        let blanks: [UInt8] = [0x20, 0x09]
        let (less, greater) = (UInt8(ascii: "<"), UInt8(ascii: ">"))
        var bytes = text.bytes[...]
        while let last = bytes.last, blanks.contains(last) { bytes.removeLast() }
        guard let sign = bytes.popLast(), sign == less || sign == greater else { return nil }
        if sign == greater, bytes.last == greater { bytes.removeLast() }
        // `<>`, `>|`, `<(`, `&>`, `=>` and their kin are others, and a backslash would make the sign a letter.
        guard let before = bytes.last,
            before.isAlphanumeric || "_./'\"-)}".utf8.contains(before) || blanks.contains(before)
        else { return nil }
        // In `$'…\'…'` and behind a `#`, not all see the same quotes and comments. A here-document goes on in lines that
        // are not there, and `<1-9>` is a pattern of zsh's.
        let isPlain = !bytes.contains(0x0a) && !bytes.contains(0x0d) && !bytes.contains(UInt8(ascii: "#"))
        guard isPlain, bytes.firstRange(of: Array("$'".utf8)) == nil, bytes.firstRange(of: [less, less]) == nil else {
            return nil
        }
        if let open = bytes.lastIndex(of: less), bytes[open...].dropFirst().allSatisfy({ $0.isDigit || $0 == 0x2d }) {
            return nil
        }
        guard script(text) == nil, let rest = UTF8String(validating: bytes), script(rest) != nil else { return nil }
        return rest
    }

    /// Programs whose operands and input are shell texts.
    static let shells: Set<UTF8String> = [
        "sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "ksh93", "rbash", "busybox", "yash", "posh",
    ]
    /// Programs that write nothing but what the one they run writes.
    static let wrappers: Set<UTF8String> = shells.union([
        "env", "sudo", "doas", "nohup", "timeout", "nice", "ionice", "stdbuf", "setsid", "chrt", "taskset", "time",
        "command", "exec", "setarch", "chroot", "unshare", "flock", "systemd-inhibit", "runuser", "su", "gtimeout",
    ])

    /// Programs that write to files and leave what is in them.
    static let attributePrograms: Set<UTF8String> = [
        "chmod", "chown", "chgrp", "chattr", "setfacl", "setfattr", "xattr", "chcon", "touch", "gchmod", "gtouch",
    ]

    /// What begins or continues a compound command.
    static let reserved: Set<UTF8String> = [
        "if", "then", "else", "elif", "fi", "do", "done", "case", "esac", "while", "until", "for", "in", "select",
        "function", "time", "coproc", "{", "}", "!", "[[", "]]",
    ]

    /// The language of what a program runs.
    static func language(of program: UTF8String) -> ProgramAction.Language {
        let letters = program.bytes.prefix { $0.isLetter }
        switch UTF8String(validating: letters) ?? "" {
        case "python", "pypy", "ipython": return .python
        case "perl": return .perl
        case "ruby": return .ruby
        case "node", "nodejs", "deno", "bun": return .node
        case "php": return .php
        case "lua", "luajit": return .lua
        case "awk", "gawk", "mawk", "nawk": return .awk
        case "sed", "gsed": return .sed
        case "jq": return .jq
        case "sqlite", "psql", "mysql", "mariadb": return .sql
        default: return .other
        }
    }

    /// The first word of a text that is no shell's as a whole, where it is plainly the program: letters, digits and
    /// `_ @ % + : , . / -` alone, with a blank, an operator or the end behind it.
    static func firstWord(_ text: UTF8String) -> UTF8String? {
        let start = text.bytes.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0a }
        let word = start.prefix { $0.isAlphanumeric || "_@%+:,./-".utf8.contains($0) }
        guard !word.isEmpty, word.count <= Limits.nameBytesMax else { return nil }
        let next = start.dropFirst(word.count).first
        guard next.map({ " \t\n;&|<>".utf8.contains($0) }) ?? true, let word = UTF8String(validating: word),
            !reserved.contains(word)
        else { return nil }
        // `2>` is a redirection.
        let isNumber = word.bytes.allSatisfy(\.isDigit) && (next == UInt8(ascii: "<") || next == UInt8(ascii: ">"))
        return isNumber ? nil : word
    }
}

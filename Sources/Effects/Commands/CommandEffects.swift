// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What a command does, judged by its words alone. What is not understood is opaque.
enum CommandEffects {
    /// Adds the effects of a command line for a shell.
    static func add(
        line: UTF8String, _ environment: EffectEnvironment, to effects: inout EffectSet
    ) throws(EffectError) {
        guard line.bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0a && $0 != 0x0d }) else {
            try effects.insert(opaque: .arguments)
            return
        }
        switch CommandWords(line) {
        case .plain(let words): try add(words: words, environment, to: &effects)
        case .code(let first):
            if let first { try add(program: first, environment, to: &effects) }
            try effects.insert(opaque: .code)
        }
    }

    /// Adds the effects of a program run without a shell: its name and its operands.
    static func add(
        words: [UTF8String], _ environment: EffectEnvironment, to effects: inout EffectSet
    ) throws(EffectError) {
        guard let program = words.first else {
            try effects.insert(opaque: .arguments)
            return
        }
        let name = try add(program: program, environment, to: &effects)
        if let name, shells.contains(name) || (carriers.contains(name) && words.count > 1) {
            try effects.insert(opaque: .code)
        }
        for word in words.dropFirst() {
            guard let url = url(in: word) else { continue }
            try add(url: url, to: &effects)
        }
    }

    static func add(url text: UTF8String, to effects: inout EffectSet) throws(EffectError) {
        let readings = CanonicalURL.readings(of: text)
        if readings.isEmpty { try effects.insert(opaque: .host) }
        for url in readings { try effects.insert(Effect(.connect, .url(url))) }
    }

    /// A name without slash is looked up by the system, as is one in its own folders: the last component is the
    /// program. Any other path is a file that somebody put there: its last component still is, so that what forbids a
    /// program by name holds, but the program is unknown, or the project's own where it lies in the working directory.
    ///
    /// - Returns: the program's name, where there is one.
    @discardableResult
    static func add(
        program word: UTF8String, _ environment: EffectEnvironment, to effects: inout EffectSet
    ) throws(EffectError) -> UTF8String? {
        let slash = UInt8(ascii: "/")
        let bytes = word.bytes
        let base = bytes.lastIndex(of: slash).map { bytes[($0 + 1)...] } ?? bytes[...]
        guard !base.isEmpty, base.count <= Limits.nameBytesMax, !word.hasControls,
            let name = UTF8String(validating: base), name != "..", name != "." || bytes.count == 1
        else {
            try effects.insert(opaque: .program)
            return nil
        }
        try effects.insert(Effect(.execute, .program(name)))
        guard bytes.contains(slash) else { return name }
        guard let path = CanonicalPath(word, in: environment) else {
            try effects.insert(opaque: .program)
            return name
        }
        for reading in path.readings where !isSystem(reading, name) {
            try effects.insert(Effect(.read, .file(reading)))
            let own = environment.root ?? environment.workingDirectory
            let isOwn = own.map { reading.hasPrefix(UTF8String("\($0)/")) } ?? false
            try effects.insert(opaque: isOwn ? .projectCode : .program)
        }
        return name
    }

    private static func isSystem(_ path: UTF8String, _ name: UTF8String) -> Bool {
        systemFolders.contains { path == UTF8String("\($0)/\(name)") }
    }

    private static let systemFolders: [UTF8String] = [
        "/bin", "/sbin", "/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin",
    ]

    /// Programs that run what their operands or their input say. More of them are known by name only.
    private static let shells: Set<UTF8String> = [
        "sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "fish", "csh", "tcsh", "busybox", "eval", "source", ".",
    ]
    private static let carriers: Set<UTF8String> = [
        "exec", "command", "builtin", "trap", "alias", "env", "xargs", "sudo", "doas", "su", "nohup", "nice", "ionice",
        "time", "timeout", "setsid", "stdbuf", "chroot", "watch", "parallel", "script", "strace", "flock",
    ]

    /// The web address in a word, from its scheme on: operands, and options such as `--url=https://…`.
    private static func url(in word: UTF8String) -> UTF8String? {
        let lower = word.asciiLowercased.bytes
        let first = lower.indices.first {
            lower[$0] == UInt8(ascii: "h")
                && (lower[$0...].starts(with: "http://".utf8) || lower[$0...].starts(with: "https://".utf8))
        }
        return first.flatMap { UTF8String(validating: word.bytes[$0...]) }
    }
}

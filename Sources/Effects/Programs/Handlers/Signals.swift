// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// kill and its kin: a process that is Writ's own, the first of all, or every one that may be signalled, cannot be
    /// judged; nor can a search for Writ's. Which process has a number is not known.
    static func signal(_ run: inout ProgramRun) {
        let words = run.invocation.arguments
        run.operands = []
        switch run.name {
        case "kill": if mayReachAll(words) { run.add(opaque: .arguments) }
        case "pkill", "killall": if mayReachWrit(words, run.name) { run.add(opaque: .arguments) }
        case "fkill":
            let mayBeWrit = words.contains { $0.known.map { $0.asciiLowercased.string.contains("writ") } ?? true }
            if mayBeWrit || mayReachAll(words) { run.add(opaque: .arguments) }
        // What they print is what a signal is sent to.
        case "pgrep", "pidof", "pidwait": if mayFindWrit(words, run.name) { run.add(opaque: .arguments) }
        default: run.add(opaque: .arguments)
        }
    }

    /// `kill -9 -1`, `kill 1`.
    private static func mayReachAll(_ words: [ShellValue]) -> Bool {
        var rest = words[...]
        if let first = rest.first?.known, first.hasPrefix("-"), first != "--" {
            rest = rest.dropFirst()
            if ["-s", "-n", "-q"].contains(first) { rest = rest.dropFirst() }
            if ["-l", "-L"].contains(first) { return false }
        }
        return rest.contains { $0.is("-1") || $0.is("1") || $0.is("+1") }
    }

    /// The names and patterns; whether they are looked for in whole command lines, and whether all others are meant.
    private static func chosen(
        _ words: [ShellValue], _ name: UTF8String
    ) -> (patterns: [ShellValue], isWhole: Bool, isWide: Bool) {
        var (patterns, isWhole, isWide, takesNext) = ([ShellValue](), false, false, false)
        let takers = [
            "-P", "--parent", "-s", "--signal", "-F", "--pidfile", "-y", "-o", "--older-than", "-c", "-u", "--euid",
            "--user", "-U", "--uid", "-G", "--group", "-g", "--pgroup", "-t", "--terminal", "-n", "--ns",
        ]
        for word in words {
            if takesNext {
                takesNext = false
                continue
            }
            guard let known = word.known, known.hasPrefix("-"), known.byteCount > 1 else {
                patterns.append(word)
                continue
            }
            let text = known.string
            if takers.contains(text), name == "killall" || !["-o", "-c", "-y", "-n"].contains(text) {
                takesNext = true
            }
            let letters = text.hasPrefix("--") ? "" : text.dropFirst()
            if letters.contains("f") || text == "--full" { isWhole = true }
            if letters == "v" && name == "pkill" || text == "--inverse" { isWide = true }
        }
        return (patterns, isWhole, isWide)
    }

    /// Whether what processes are chosen by can choose Writ's.
    private static func mayReachWrit(_ words: [ShellValue], _ name: UTF8String) -> Bool {
        let (patterns, isWhole, isWide) = chosen(words, name)
        // Chosen by their user, their terminal or their age: all of those.
        let isByParent = words.contains { $0.prefix.hasPrefix("-P") || $0.is("--parent") || $0.prefix.hasPrefix("-F") }
        if patterns.isEmpty { return !isByParent && words.contains { !$0.is("-l") && !$0.is("--list") } }
        if isWide { return true }
        let isExact = name == "killall" && !words.contains { $0.is("-r") || $0.is("--regexp") }
        return patterns.contains { isWrit($0, isExact: isExact, isWhole: isWhole) }
    }

    private static func mayFindWrit(_ words: [ShellValue], _ name: UTF8String) -> Bool {
        let (patterns, isWhole, _) = chosen(words, name)
        return patterns.contains { isWrit($0, isExact: name == "pidof", isWhole: isWhole) }
    }

    private static func isWrit(_ pattern: ShellValue, isExact: Bool, isWhole: Bool) -> Bool {
        // What nobody knows may be its name.
        guard let text = pattern.known?.string.lowercased() else { return true }
        if isExact { return ["writ", "writd"].contains { text == $0 || text.hasSuffix("/" + $0) } }
        if text.contains("writ") { return true }
        if !isWhole { return ["writ", "writd"].contains { NamePattern.mayMatch(text, $0, name: 0..<$0.count) } }
        let folder = "/usr/local/bin/"
        return ["writ", "writd"].contains {
            NamePattern.mayMatch(text, "\(folder)\($0) daemon", name: folder.count..<folder.count + $0.count)
        }
    }
}

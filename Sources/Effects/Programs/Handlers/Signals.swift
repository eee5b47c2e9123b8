// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// kill and its kin: a process that is Writ's own, the first of all, or every one that may be signalled, cannot be
    /// judged. Which process has a number is not known.
    static func signal(_ run: inout ProgramRun) {
        let words = run.invocation.arguments
        run.operands = []
        switch run.name {
        case "kill": if mayReachAll(words) { run.add(opaque: .arguments) }
        case "pkill", "killall": if mayReachWrit(words, run.name) { run.add(opaque: .arguments) }
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

    /// Whether what processes are chosen by can choose Writ's.
    private static func mayReachWrit(_ words: [ShellValue], _ name: UTF8String) -> Bool {
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
        // Chosen by their user, their terminal or their age: all of those.
        let isByParent = words.contains { $0.prefix.hasPrefix("-P") || $0.is("--parent") || $0.prefix.hasPrefix("-F") }
        if patterns.isEmpty { return !isByParent && words.contains { !$0.is("-l") && !$0.is("--list") } }
        if isWide { return true }
        let isExact = name == "killall" && !words.contains { $0.is("-r") || $0.is("--regexp") }
        return patterns.contains { pattern in
            guard let text = pattern.known?.string.lowercased() else { return false }
            if isExact {
                return text == "writ" || text == "writd" || text.hasSuffix("/writ") || text.hasSuffix("/writd")
            }
            return text.split(separator: "|", omittingEmptySubsequences: false).contains {
                mayMatch(String($0), isWhole: isWhole)
            }
        }
    }

    /// Whether a regular expression can match Writ's name, or its command line: where it asks for a letter that the name
    /// has not, it cannot.
    private static func mayMatch(_ pattern: String, isWhole: Bool) -> Bool {
        if pattern.contains("writ") { return true }
        var needed: [Character] = []
        var isBracket = false
        for letter in pattern {
            if letter == "[" { isBracket = true }
            if letter == "]" { isBracket = false }
            if "?*{".contains(letter), !needed.isEmpty { needed.removeLast() }
            if !isBracket, letter.isLetter || letter.isNumber { needed.append(letter) }
        }
        // A command line has more in it than the name: only a pattern that asks for little finds it by chance.
        return isWhole ? needed.count < 2 : needed.allSatisfy { "writd".contains($0) }
    }
}

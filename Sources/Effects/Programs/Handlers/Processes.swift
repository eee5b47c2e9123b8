// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// date: an operand that is no format is a new time for the clock. Where an option says which time is meant, date
    /// refuses one, and `-s` too.
    static func date(_ run: inout ProgramRun) {
        let operands = run.operands
        run.operands = []
        if run.has("-s") { run.add(opaque: .arguments) }
        if run.has("-d", "-f", "-r", "-j") { return }
        if operands.contains(where: { !$0.prefix.hasPrefix("+") }) { run.add(opaque: .arguments) }
    }

    /// ps: `e` among BSD's letters shows what processes were started with. Words with a dash are System V's, in which
    /// `e` is every process; but procps reads all of them as BSD's where one of them is none of System V's.
    static func ps(_ run: inout ProgramRun) {
        let words = run.invocation.arguments
        run.operands = []
        var index = 0
        var (hasEvery, mayBeBSD) = (false, false)
        while index < words.count {
            let word = words[index]
            index += 1
            guard let known = word.known?.string else { return environments(&run) }
            if known.hasPrefix("--") {
                if !known.contains("="), valued.contains(known) { index += 1 }
                continue
            }
            let isSystemV = known.hasPrefix("-")
            let letters = Array(isSystemV ? known.dropFirst() : known[...])
            for (place, letter) in letters.enumerated() {
                if letter == "e" {
                    if !isSystemV { return environments(&run) }
                    hasEvery = true
                }
                if isSystemV, "SXhrvk".contains(letter) { mayBeBSD = true }
                guard (isSystemV ? "CGgnoOpqstuU" : "kNoOpqtU").contains(letter) else { continue }
                let rest = letters[(place + 1)...]
                let argument = rest.isEmpty && index < words.count ? words[index].known?.string : String(rest)
                if rest.isEmpty { index += 1 }
                // A user or group of that name may be none.
                if isSystemV, "ugsG".contains(letter),
                    argument?.allSatisfy({ "aAcefghjlmrsSTuvwxXZ".contains($0) }) ?? true
                {
                    mayBeBSD = mayBeBSD || argument != ""
                    hasEvery = hasEvery || argument?.contains("e") ?? true
                }
                break
            }
        }
        if hasEvery, mayBeBSD { environments(&run) }
    }

    private static let valued: Set<String> = [
        "--Group", "--User", "--group", "--pid", "--ppid", "--quick-pid", "--sid", "--tty", "--user", "--cols",
        "--columns", "--width", "--format", "--lines", "--rows", "--sort",
    ]

    private static func environments(_ run: inout ProgramRun) {
        run.path([.read], ShellValue(pieces: [.text("/proc/"), .wildcard("*"), .text("/environ")]))
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// split: pieces are named after `x` where nothing is said.
    static func split(_ run: inout ProgramRun) {
        if run.operands.count < 2 { run.apply(.prefix([.write]), ShellValue("x")) }
    }

    /// mktemp: a name nobody knows in a known place, which is also what it writes.
    static func mktemp(_ run: inout ProgramRun) {
        let temporary = run.invocation.variables["TMPDIR"] ?? ShellValue("/tmp")
        var template = run.operands.first ?? ShellValue("tmp.XXXXXX")
        let isInTemporary = run.operands.isEmpty || run.has("-t") || run.has("--tmpdir", "-p")
        let folder = run.values("--tmpdir", "-p").last ?? temporary
        let bytes = template.known?.bytes ?? []
        if let first = bytes.firstIndex(of: UInt8(ascii: "X")), run.operands.count == 1 || run.operands.isEmpty {
            let tail = bytes[first...].drop { $0 == UInt8(ascii: "X") }
            template = ShellValue(
                bytes: bytes[..<first],
                then: [.wildcard("***"), .text(UTF8String(String(decoding: tail, as: UTF8.self)))])
        }
        run.operands = []
        let path = isInTemporary ? template.inDirectory(folder) : template
        run.path([.write], path)
        run.add(.output(path))
    }

    /// chmod: a mode that lends the owner's or the group's rights is no ordinary one.
    static func chmod(_ run: inout ProgramRun) {
        guard !run.has("--reference"), let mode = run.operands.first else { return }
        guard let bytes = mode.known?.bytes else { return run.add(opaque: .arguments) }
        let octal = bytes.drop { $0 == UInt8(ascii: "0") }
        let lends =
            if !octal.isEmpty, octal.allSatisfy(\.isDigit) {
                octal.count > 3 && [2, 3, 4, 5, 6, 7].contains(octal[octal.startIndex] &- 0x30)
            } else {
                bytes.contains(UInt8(ascii: "s"))
            }
        if lends { run.add(opaque: .arguments) }
    }

    /// chroot: the command's paths are another system's.
    static func chroot(_ run: inout ProgramRun) {
        guard let root = run.operands.first else { return }
        let command = run.operands.count > 1 ? Array(run.operands.dropFirst()) : [ShellValue("sh")]
        run.path([.read], root, isTree: true)
        run.add(opaque: .code)
        run.add(.command(command, .init(isElsewhere: true)))
        run.operands = []
    }

    /// runcon: a context, or its parts as options, before the command.
    static func runcon(_ run: inout ProgramRun) {
        let command = run.words.options.isEmpty ? run.operands.dropFirst() : run.operands[...]
        run.operands = []
        if !command.isEmpty { run.add(.command(Array(command), run.setting())) }
    }

    /// echo, as a program: bash's without `xpg_echo` does the same.
    static func echo(_ run: inout ProgramRun) {
        var words = run.operands[...]
        var endsLine = true
        while let option = words.first?.known?.string, option.first == "-", option.count > 1,
            option.dropFirst().allSatisfy({ "neE".contains($0) })
        {
            // What an escape becomes is the walk's affair where echo is a builtin; here it is not known.
            if option.contains("e") {
                run.add(.output(.unknown))
                run.operands = []
                return
            }
            endsLine = endsLine && !option.contains("n")
            words.removeFirst()
        }
        let line = ShellValue(joining: words, by: " ")
        run.operands = []
        run.add(.output(endsLine ? line.followed(by: ShellValue("\n")) : line))
    }

    /// printf, as a program: what it writes where that follows from its operands.
    static func printf(_ run: inout ProgramRun) {
        run.add(.output(KnownOutput.printf(run.operands) ?? .unknown))
        run.operands = []
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// `--arg name value` and its kin take two words; the second stands among the operands.
    static func jq(_ run: inout ProgramRun) {
        for option in run.words.options.reversed() {
            let name = run.entry.options[option.rule].names[0]
            guard name == "--arg" || name == "--slurpfile", option.position < run.operands.count else { continue }
            let value = run.operands.remove(at: option.position)
            if name == "--slurpfile" { run.path([.read], value) }
        }
    }

    /// `-x` and `-X` take all words up to `;`; what is found is put where `{}` stands, or after them.
    static func fd(_ run: inout ProgramRun) {
        guard let first = run.values("-x").last else { return }
        let command = ([first] + run.words.rest).prefix { !$0.is(";") }
        let words = command.map { word in
            word.known?.string.contains("{") == true ? ShellValue(pieces: [.text("./"), .unknown]) : word
        }
        var setting = run.setting()
        setting.takesMoreArguments = words.elementsEqual(command)
        run.add(.command(Array(words), setting))
    }

    /// `http [METHOD] URL [ITEM …]`; an item with `@` brings a file.
    static func httpie(_ run: inout ProgramRun) {
        var operands = run.operands[...]
        run.operands = []
        if let method = operands.first?.known?.bytes, operands.count > 1,
            method.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        {
            operands.removeFirst()
        }
        guard let address = operands.popFirst() else { return }
        if address.prefix.hasPrefix(":") {
            run.add(.host("localhost"))
        } else {
            run.add(.url(address))
        }
        for item in operands {
            if item.startsUnknown { run.path([.read], .unknown) }
            let bytes = item.prefix.bytes
            guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { continue }
            let mark = at > 0 ? bytes[at - 1] : 0
            let isField = !bytes[..<at].contains(where: { "=:".utf8.contains($0) })
            if isField || "=:".utf8.contains(mark) { run.path([.read], item.dropping(at + 1)) }
        }
    }
}

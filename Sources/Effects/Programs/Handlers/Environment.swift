// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ProgramHandlers {
    /// env: assignments, then a command with its arguments. `-S` is cut into words as env itself does, without a shell.
    static func env(_ run: inout ProgramRun) {
        var words = run.operands
        if let text = run.values("-S").last {
            guard let cut = text.known.flatMap(envWords) else {
                run.operands = []
                return run.add(opaque: .code)
            }
            // What the text brings may be options again.
            let inner = Invocation(
                program: run.invocation.program, arguments: cut + run.words.rest, input: run.invocation.input,
                variables: run.invocation.variables)
            run.operands = []
            guard run.depth < Limits.subcommandsMax else { return run.add(opaque: .code) }
            var again = ProgramRun(run.table, inner, run.name, run.entry, depth: run.depth + 1)
            again.directory = run.directory
            return run.add(again.run())
        }
        if words.first?.is("-") == true { words.removeFirst() }
        var variables: [UTF8String: ShellValue] = [:]
        while let word = words.first {
            guard let (name, value) = word.split(at: UInt8(ascii: "=")) else {
                // A word of which nothing is known before a `=` could set any variable.
                break
            }
            variables[name] = value
            run.add(VariableTable.actions(name, value, isExported: true))
            words.removeFirst()
        }
        run.operands = []
        guard !words.isEmpty else { return }
        var setting = run.setting()
        setting.variables = variables
        run.add(.command(words, setting))
    }

    /// `env -S`: blanks separate, quotes and backslashes as in C. Variables and escapes are not understood.
    static func envWords(_ text: UTF8String) -> [ShellValue]? {
        var words: [ShellValue] = []
        var word: [UInt8] = []
        var isWord = false
        var quote: UInt8?
        for byte in text.bytes {
            if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "$") || byte == UInt8(ascii: "#") { return nil }
            if let open = quote {
                if byte == open { quote = nil } else { word.append(byte) }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
                isWord = true
            } else if byte == 0x20 || (0x09...0x0d).contains(byte) {
                if isWord { words.append(ShellValue(bytes: word)) }
                (word, isWord) = ([], false)
            } else {
                word.append(byte)
                isWord = true
            }
        }
        guard quote == nil else { return nil }
        if isWord { words.append(ShellValue(bytes: word)) }
        return words
    }
}

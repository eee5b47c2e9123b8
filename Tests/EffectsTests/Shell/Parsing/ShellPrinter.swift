// SPDX-License-Identifier: Apache-2.0

import StrictJSON

@testable import Effects

/// Writes a tree as a text that reads as the same tree.
struct ShellPrinter {
    private var text: [UInt8] = []
    /// Here-documents whose bodies come after the line.
    private var bodies: [[UInt8]] = []
    private var documents = 0

    /// Whether something was met that has no spelling of its own: a `$` directly before an expansion.
    private var isAmbiguous = false

    /// - Returns: `nil` where there is no such text.
    static func text(_ script: ShellScript) -> String? {
        var printer = ShellPrinter()
        printer.list(script, isTop: true)
        printer.flush()
        return printer.isAmbiguous ? nil : String(validating: printer.text, as: UTF8.self)
    }

    private mutating func put(_ string: String) { text += Array(string.utf8) }

    /// Ends the line where bodies wait.
    private mutating func flush() {
        guard !bodies.isEmpty else { return }
        put("\n")
        for body in bodies { text += body }
        bodies = []
    }

    private mutating func list(_ script: ShellScript, isTop: Bool = false) {
        for (index, command) in script.commands.enumerated() {
            pipeline(command.first)
            for next in command.rest {
                put(next.joint == .and ? " && " : " || ")
                pipeline(next.pipeline)
            }
            let isLast = index + 1 == script.commands.count
            put(command.isBackground ? " & " : isLast || !bodies.isEmpty ? "" : isTop ? "\n" : "; ")
            flush()
        }
    }

    /// A list within something, which ends with a separator.
    private mutating func block(_ script: ShellScript) {
        put(" ")
        list(script)
        if text.last != 0x0a { put(script.commands.last?.isBackground == true ? "" : "; ") }
    }

    private mutating func pipeline(_ pipeline: ShellPipeline) {
        // In this order: directly behind `$(`, `time` is a program.
        if pipeline.isNegated { put("! ") }
        if pipeline.isTimed { put("time ") }
        for (index, stage) in pipeline.stages.enumerated() {
            body(stage.body)
            if index + 1 < pipeline.stages.count { put(stage.joinsErrors ? " |& " : " | ") }
        }
    }

    private mutating func body(_ body: ShellBody) {
        switch body {
        case .simple(let command): simple(command)
        case .compound(let command, let redirections):
            compound(command)
            for redirection in redirections { self.redirection(redirection) }
        case .function(let name, let body):
            put("function ")
            word(name)
            put(" () ")
            self.body(body)
        }
    }

    private mutating func simple(_ command: SimpleCommand) {
        // First where the word could be a reserved one, which it is not behind a redirection.
        let isFirst = command.words.first.map { $0.parts.count == 1 && isKeyword($0.parts[0]) } ?? true
        if isFirst {
            for redirection in command.redirections {
                self.redirection(redirection)
                put(" ")
            }
        }
        for value in command.assignments {
            assignment(value)
            put(" ")
        }
        for (index, value) in command.words.enumerated() {
            if index > 0 { put(" ") }
            word(value)
        }
        for value in command.declarations {
            put(" ")
            assignment(value)
        }
        if !isFirst { for redirection in command.redirections { self.redirection(redirection) } }
    }

    private func isKeyword(_ part: ShellWord.Part) -> Bool {
        guard case .text(let text) = part else { return false }
        return ShellKeyword(rawValue: text.string) != nil
    }

    private mutating func assignment(_ assignment: Assignment) {
        text += assignment.name.bytes
        if let index = assignment.index {
            put("[")
            word(index)
            put("]")
        }
        put(assignment.isAppended ? "+=" : "=")
        switch assignment.value {
        case .word(let value): word(value)
        case .array(let elements):
            put("(")
            for element in elements {
                if let index = element.index {
                    put("[")
                    word(index)
                    put(element.isAppended ? "]+=" : "]=")
                }
                word(element.value)
                put(" ")
            }
            put(")")
        }
    }

    private mutating func compound(_ command: CompoundCommand) {
        switch command {
        case .subshell(let script):
            put("( ")
            list(script)
            put(")")
        case .group(let script):
            put("{")
            block(script)
            put("}")
        case .branches(let branches, let otherwise):
            for (index, branch) in branches.enumerated() {
                put(index == 0 ? "if" : "elif")
                block(branch.condition)
                put("then")
                block(branch.body)
            }
            if let otherwise {
                put("else")
                block(otherwise)
            }
            put("fi")
        case .loop(let isUntil, let condition, let body):
            put(isUntil ? "until" : "while")
            block(condition)
            loop(body)
        case .each(let name, let words, let body, let isSelect):
            put(isSelect ? "select " : "for ")
            text += name.bytes
            if let words {
                put(" in")
                for value in words {
                    put(" ")
                    word(value)
                }
            }
            put("; ")
            loop(body)
        case .counted(let start, let condition, let step, let body):
            put("for ((")
            word(start)
            put(";")
            word(condition)
            put(";")
            word(step)
            put(")); ")
            loop(body)
        case .cases(let subject, let clauses):
            put("case ")
            word(subject)
            put(" in ")
            for clause in clauses { self.clause(clause) }
            put("esac")
        case .arithmetic(let value):
            put("((")
            word(value)
            put("))")
        case .condition(let words):
            put("[[")
            for value in words {
                put(" ")
                word(value)
            }
            put(" ]]")
        case .coprocess(let name, let body):
            put("coproc ")
            if let name {
                text += name.bytes
                put(" ")
            }
            self.body(body)
        }
    }

    private mutating func loop(_ body: ShellScript) {
        put("do")
        block(body)
        put("done")
    }

    private mutating func clause(_ clause: CompoundCommand.Clause) {
        put("(")
        for (index, pattern) in clause.patterns.enumerated() {
            if index > 0 { put("|") }
            word(pattern)
        }
        put(") ")
        list(clause.body)
        switch clause.ending {
        case .leaves: put(" ;; ")
        case .fallsThrough: put(" ;& ")
        case .triesNext: put(" ;;& ")
        }
    }

    private mutating func redirection(_ redirection: Redirection) {
        put(" ")
        switch redirection.descriptor {
        case .number(let number): put("\(number)")
        case .variable(let name): put("{\(name)}")
        case nil: break
        }
        switch redirection.operation {
        case .input: put("<")
        case .output: put(">")
        case .append: put(">>")
        case .readWrite: put("<>")
        case .duplicateInput: put("<&")
        case .duplicateOutput: put(">&")
        case .outputAndErrors(let appends): put(appends ? "&>>" : "&>")
        case .hereString: put("<<<")
        case .hereDocument:
            document(redirection.target)
            return
        }
        put(" ")
        word(redirection.target)
    }

    private mutating func document(_ target: ShellWord) {
        documents += 1
        let delimiter = "END_\(documents)_\(bodies.count)_"
        var body = ShellPrinter()
        body.documents = documents + 1000
        switch target.parts.first {
        case .quoted(let content)?:
            put("<<'\(delimiter)'")
            body.text = content.bytes
        case .doubleQuoted(let parts)?:
            put("<<\(delimiter)")
            for part in parts { body.quotedPart(part, isDocument: true) }
        default: put("<<\(delimiter)")
        }
        bodies.append(body.text + Array("\(delimiter)\n".utf8))
    }

    // MARK: - Words

    mutating func word(_ word: ShellWord, isQuoted: Bool = false) {
        for part in word.parts {
            switch part {
            case .parameter, .command, .arithmetic:
                if text.last == UInt8(ascii: "$") { isAmbiguous = true }
                expansion(part, isQuoted: isQuoted)
            default: self.part(part)
            }
        }
    }

    private mutating func part(_ part: ShellWord.Part) {
        switch part {
        case .text(let value): text += value.bytes
        case .quoted(let value):
            var bytes = value.bytes[...]
            // `$'…'` is another quote.
            if text.last == UInt8(ascii: "$"), let first = bytes.popFirst() { text += [UInt8(ascii: "\\"), first] }
            if bytes.isEmpty, !value.isEmpty { return }
            put("'")
            for byte in bytes { if byte == UInt8(ascii: "'") { put("'\"'\"'") } else { text.append(byte) } }
            put("'")
        case .doubleQuoted(let parts):
            put("\"")
            for part in parts { quotedPart(part, isDocument: false) }
            put("\"")
        case .tilde(let name):
            put("~")
            text += name.bytes
        case .process(let script, let isOutput):
            put(isOutput ? ">( " : "<( ")
            substituted(script)
        case .alternatives(let words):
            put("{")
            for (index, value) in words.enumerated() {
                if index > 0 { put(",") }
                word(value)
            }
            put("}")
        case .sequence(let from, let to, let step):
            put("{\(from)..\(to)\(step.map { "..\($0)" } ?? "")}")
        case .parameter, .command, .arithmetic: expansion(part, isQuoted: false)
        }
    }

    private mutating func quotedPart(_ part: ShellWord.Part, isDocument: Bool) {
        guard case .quoted(let value) = part else { return expansion(part, isQuoted: true) }
        for byte in value.bytes {
            switch byte {
            case UInt8(ascii: "\"") where isDocument: break
            case UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "`"), UInt8(ascii: "\\"): put("\\")
            default: break
            }
            text.append(byte)
        }
    }

    private mutating func substituted(_ script: ShellScript) {
        let outer = bodies
        bodies = []
        list(script)
        bodies = outer
        put(")")
    }

    private mutating func expansion(_ part: ShellWord.Part, isQuoted: Bool) {
        switch part {
        case .command(let script):
            put("$( ")
            substituted(script)
        case .arithmetic(let value):
            // `$[ ( ]` has no other spelling.
            let isBalanced = value.isBalanced
            put(isBalanced ? "$((" : "$[")
            word(value)
            put(isBalanced ? "))" : "]")
        case .parameter(let value): parameter(value, isQuoted)
        default: self.part(part)
        }
    }

    private mutating func parameter(_ value: ParameterExpansion, _ isQuoted: Bool) {
        put("${")
        if value.isIndirect { put("!") }
        if case .names = value.operation { put("!") }
        if case .length = value.operation { put("#") }
        text += value.name.bytes
        if let index = value.index {
            put("[")
            word(index)
            put("]")
        }
        switch value.operation {
        case .value, .length: break
        case .names(let isSeparate): put(isSeparate ? "@" : "*")
        case .defaultValue(let argument, let whenEmpty): literal(argument, whenEmpty ? ":-" : "-", isQuoted)
        case .assigned(let argument, let whenEmpty): literal(argument, whenEmpty ? ":=" : "=", isQuoted)
        case .required(let argument, let whenEmpty): literal(argument, whenEmpty ? ":?" : "?", isQuoted)
        case .alternative(let argument, let whenEmpty): literal(argument, whenEmpty ? ":+" : "+", isQuoted)
        case .removed(let pattern, let fromEnd, let isLongest):
            put(String(repeating: fromEnd ? "%" : "#", count: isLongest ? 2 : 1))
            word(pattern, isQuoted: isQuoted)
        case .replaced(let pattern, let replacement, let kind):
            put(["/", "//", "/#", "/%"][[.first, .all, .prefix, .suffix].firstIndex(of: kind) ?? 0])
            word(pattern, isQuoted: isQuoted)
            if !replacement.parts.isEmpty { put("/") }
            word(replacement, isQuoted: isQuoted)
        case .substring(let offset, let length):
            put(":")
            word(offset, isQuoted: isQuoted)
            if let length {
                put(":")
                word(length, isQuoted: isQuoted)
            }
        case .cased(let operation, let pattern):
            text += operation.bytes
            word(pattern, isQuoted: isQuoted)
        case .transformed(let letter):
            put("@")
            text += letter.bytes
        }
        put("}")
    }

    private mutating func literal(_ argument: ShellWord, _ operation: String, _ isQuoted: Bool) {
        put(operation)
        guard isQuoted else { return word(argument) }
        for part in argument.parts {
            if case .quoted(let value) = part {
                let bytes = value.bytes
                for (index, byte) in bytes.enumerated() {
                    // `\'` is the only way to have one such quote.
                    let isBare = byte == UInt8(ascii: "\\") && index + 1 < bytes.count && bytes[index + 1] == 0x27
                    if !isBare, "$`\\\"}".utf8.contains(byte) { put("\\") }
                    text.append(byte)
                }
            } else {
                expansion(part, isQuoted: true)
            }
        }
    }
}

extension ShellWord {
    fileprivate var isBalanced: Bool {
        var count = 0
        for case .text(let text) in parts {
            for byte in text.bytes {
                if byte == UInt8(ascii: "(") { count += 1 }
                if byte == UInt8(ascii: ")") { count -= 1 }
                if count < 0 { return false }
            }
        }
        return count == 0
    }
}

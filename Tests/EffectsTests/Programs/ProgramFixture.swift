// SPDX-License-Identifier: Apache-2.0

import StrictJSON

@testable import Effects

/// What a program does, in words. Words of the line are between blanks, `'…'` is one word; in it `$x` is something
/// unknown and `*` a shell's pattern.
func does(_ line: String, input: Invocation.Input = .inherited, table: ProgramTable = .standard) -> [String] {
    var words = lineWords(line)
    guard let program = words.first?.known else { return ["no program"] }
    words.removeFirst()
    let invocation = Invocation(program: program, arguments: words, input: input)
    return table.actions(of: invocation)?.map(described) ?? ["unknown program"]
}

func lineWords(_ line: String) -> [ShellValue] {
    var words: [ShellValue] = []
    var pieces: [ShellValue.Piece] = []
    var isWord = false
    var isQuoted = false
    var rest = line.unicodeScalars[...]
    while let scalar = rest.popFirst() {
        switch scalar {
        case "'":
            isQuoted.toggle()
            isWord = true
        case " " where !isQuoted:
            if isWord { words.append(ShellValue(pieces: pieces)) }
            (pieces, isWord) = ([], false)
        case "$" where rest.first == "x" && !isQuoted:
            rest.removeFirst()
            pieces.append(.unknown)
            isWord = true
        case "*" where !isQuoted:
            pieces.append(.wildcard("*"))
            isWord = true
        default:
            pieces.append(.text(UTF8String(String(scalar))))
            isWord = true
        }
    }
    if isWord { words.append(ShellValue(pieces: pieces)) }
    return words
}

func text(_ value: ShellValue) -> String {
    value.pieces.map { piece in
        switch piece {
        case .text(let text): text.string
        case .wildcard(let text): text.string
        case .unknown: "$x"
        case .component: "$name"
        }
    }.joined()
}

func described(_ action: ProgramAction) -> String {
    func place(_ setting: ProgramAction.Setting) -> String {
        var more = setting.variables.sorted { $0.key < $1.key }.map { " \($0.key)=\(text($0.value))" }.joined()
        if let directory = setting.directory { more += " in \(text(directory))" }
        if setting.takesMoreArguments { more += " and more" }
        if setting.isElsewhere { more += " elsewhere" }
        switch setting.input {
        case .text(let value)?: more += " from '\(text(value))'"
        case .some: more += " from something"
        case nil: break
        }
        return more.isEmpty ? "" : " |\(more)"
    }
    switch action {
    case .path(let verbs, let path, let isTree):
        return verbs.map(\.rawValue).joined(separator: "+") + (isTree ? "-tree " : " ") + text(path)
    case .names(let value): return "names \(text(value))"
    case .url(let value): return "url \(text(value))"
    case .host(let value): return "host \(text(value))"
    case .command(let words, let setting): return "run " + words.map(text).joined(separator: " ") + place(setting)
    case .shell(let value, let setting): return "shell \(text(value))" + place(setting)
    case .shellFile(let file, let arguments):
        return (["shell-file", text(file)] + arguments.map(text)).joined(separator: " ")
    case .codeFile(let file): return "code-file \(text(file))"
    case .code(let language, let value): return "\(language.rawValue) \(text(value))"
    case .projectCode: return "project"
    case .copy(let from, let to): return "copy \(text(from)) \(text(to))"
    case .link(let from, let to): return "link \(text(from)) \(text(to))"
    case .output(let value): return "output \(text(value))"
    case .passesOutput: return "passes output"
    case .passesInput: return "passes"
    case .effect(let effect): return effect.description
    case .opaque(let position): return "opaque \(position.rawValue)"
    }
}

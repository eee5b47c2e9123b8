// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ShellWalk {
    /// The fields that words become: every list that they can be, at least one.
    mutating func fields(
        _ words: [ShellWord], _ state: inout ShellState, keepsAssignments: Bool = false
    ) -> [[ShellValue]] {
        var lists: [[ShellValue]] = [[]]
        let separators = self.values(of: "IFS", state)
        let known = separators.count == 1 ? separators.first.map { $0.map(\.known) ?? " \t\n" } ?? nil : nil
        for word in words {
            let isAssignment = keepsAssignments && Self.isAssignment(word)
            for word in braces(word) {
                guard spend() else { return [[.unknown]] }
                var more: [[ShellValue]]
                if isAssignment {
                    more = single(word, &state).map { [$0] }
                } else {
                    more = []
                    // `set -f` is something else to zsh: there names match even so.
                    let readings = state.isNoGlob ? [false, true] : [true]
                    for fragments in fragments(word.parts, isQuoted: false, &state) {
                        for hasWildcards in readings {
                            var cut = ShellFields(separators: known, hasWildcards: hasWildcards)
                            cut.add(fragments)
                            cut.close()
                            for field in cut.fields { list(field, state) }
                            if !more.contains(cut.fields) { more.append(cut.fields) }
                            guard state.options.contains(.vanishing) else { continue }
                            let rest = cut.fields.filter { !Self.isGlob($0) }
                            if !more.contains(rest) { more.append(rest) }
                        }
                    }
                }
                if lists.count * more.count > Limits.alternativesMax {
                    more = [[.unknown]]
                    if lists.count * more.count > Limits.alternativesMax { return [[.unknown]] }
                }
                lists = more.count == 1 ? lists.map { $0 + more[0] } : lists.flatMap { list in more.map { list + $0 } }
                guard lists.allSatisfy({ $0.count <= Limits.commandWordsMax }) else { return [[.unknown]] }
            }
        }
        return lists
    }

    /// The texts that a word becomes where it is not cut: after `=`, `case`, in here-documents.
    mutating func single(_ word: ShellWord, _ state: inout ShellState) -> [ShellValue] {
        guard spend() else { return [.unknown] }
        var values: [ShellValue] = []
        for fragments in fragments(word.parts, isQuoted: true, &state) {
            let parts = fragments.map { fragment in
                switch fragment {
                case .text(let text, _, _): ShellValue(text)
                case .wildcard(let pattern, _): ShellValue(pieces: [.wildcard(pattern)])
                case .unknown: ShellValue.unknown
                case .component: ShellValue(pieces: [.component])
                case .fieldBreak: ShellValue(" ")
                case .quotes: ShellValue("")
                }
            }
            let value = ShellValue(joining: parts)
            if !values.contains(value) { values.append(value) }
        }
        return values
    }

    /// `name=…`
    private static func isAssignment(_ word: ShellWord) -> Bool {
        guard case .text(let text)? = word.parts.first else { return false }
        let name = text.bytes.prefix { $0.isAlphanumeric || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "+") }
        return name.first.map { !$0.isDigit } ?? false && name.count < text.byteCount
            && (text.bytes[name.count] == UInt8(ascii: "=") || text.bytes[name.count] == UInt8(ascii: "["))
    }

    // MARK: Braces

    /// The words that braces make of one.
    private mutating func braces(_ word: ShellWord) -> [ShellWord] {
        guard word.parts.contains(where: Self.isBrace) else { return [word] }
        var words: [[ShellWord.Part]] = [[]]
        for part in word.parts {
            var more: [[ShellWord.Part]]
            switch part {
            case .alternatives(let alternatives):
                more = nested([[.text("")]]) { walk in alternatives.flatMap { walk.braces($0).map(\.parts) } }
            case .sequence(let from, let to, let step): more = Self.sequence(from, to, step).map { [$0] }
            default: more = [[part]]
            }
            guard words.count * more.count <= Limits.commandWordsMax, spend(words.count * more.count / 8) else {
                insert(opaque: .arguments)
                return [ShellWord(parts: [.parameter(ParameterExpansion(name: "_"))])]
            }
            if more.count == 1 {
                for index in words.indices { words[index] += more[0] }
            } else {
                words = words.flatMap { word in more.map { word + $0 } }
            }
        }
        return words.map(ShellWord.init(parts:))
    }

    private static func isBrace(_ part: ShellWord.Part) -> Bool {
        switch part {
        case .alternatives, .sequence: true
        default: false
        }
    }

    private static func sequence(_ from: UTF8String, _ to: UTF8String, _ step: UTF8String?) -> [ShellWord.Part] {
        let unknown = [ShellWord.Part.arithmetic(ShellWord(parts: [.parameter(ParameterExpansion(name: "RANDOM"))]))]
        let width = max(from.byteCount, to.byteCount)
        guard let by = step.map({ Int($0.string) }) ?? 1, by != Int.min, width <= 12 else { return unknown }
        let isNumeric = Int(from.string) != nil && Int(to.string) != nil
        let first: Int
        let last: Int
        if let start = Int(from.string), let end = Int(to.string) {
            (first, last) = (start, end)
        } else if from.byteCount == 1, to.byteCount == 1, let start = from.bytes.first, let end = to.bytes.first {
            (first, last) = (Int(start), Int(end))
        } else {
            return unknown
        }
        let stride = max(1, abs(by))
        guard abs(last - first) / stride < Limits.commandWordsMax else { return unknown }
        let isPadded =
            isNumeric
            && [from, to].contains { text in
                let digits = text.bytes.drop { $0 == UInt8(ascii: "-") }
                return digits.count > 1 && digits.first == UInt8(ascii: "0")
            }
        let all = Swift.stride(from: first, through: last, by: first <= last ? stride : -stride)
        return all.map { number in
            guard isNumeric else {
                return .quoted(UTF8String(validating: [UInt8(truncatingIfNeeded: number)]) ?? "")
            }
            let digits = String(abs(number))
            let sign = number < 0 ? "-" : ""
            let zeros = isPadded ? max(0, width - digits.count - sign.count) : 0
            return .quoted(UTF8String(sign + String(repeating: "0", count: zeros) + digits))
        }
    }

    // MARK: Parts

    /// What parts become one after the other: every sequence of fragments that they can be.
    mutating func fragments(
        _ parts: [ShellWord.Part], isQuoted: Bool, _ state: inout ShellState
    ) -> [[ShellFragment]] {
        var all: [[ShellFragment]] = [[]]
        // A variable that stands twice is the same both times.
        var chosen: [ParameterExpansion: [[ShellFragment]]] = [:]
        for part in parts {
            var more: [[ShellFragment]]
            if case .parameter(let parameter) = part, let before = chosen[parameter] {
                more = before
            } else {
                more = fragments(part, isFirst: all == [[]], isQuoted: isQuoted, &state)
            }
            if case .parameter(let parameter) = part, parameter.operation == .value { chosen[parameter] = more }
            if all.count * more.count > Limits.alternativesMax {
                more = [[.unknown(isQuoted: isQuoted)]]
            }
            if more.count == 1 {
                for index in all.indices { all[index] += more[0] }
            } else {
                all = all.flatMap { first in more.map { first + $0 } }
            }
        }
        return all
    }

    private mutating func fragments(
        _ part: ShellWord.Part, isFirst: Bool, isQuoted: Bool, _ state: inout ShellState
    ) -> [[ShellFragment]] {
        switch part {
        case .text(let text) where stands(in: text):
            return [
                named(text).pieces.map { piece in
                    switch piece {
                    case .text(let text): .text(text, isQuoted: isQuoted, isSplit: false)
                    case .wildcard(let pattern): .wildcard(pattern, isQuoted: true)
                    case .unknown: .unknown(isQuoted: true)
                    case .component: .component
                    }
                }
            ]
        case .quoted(let text) where stands(in: text):
            return [ShellFragment.fragments(of: named(text), isQuoted: true)]
        case .text(let text):
            return [[.text(text, isQuoted: isQuoted, isSplit: false)]] + (isQuoted ? [] : marked(text, state))
        case .quoted(let text):
            guard text.byteCount <= Limits.valueBytesMax, spend(text.byteCount / 256) else {
                return [[.unknown(isQuoted: true)]]
            }
            return [text.isEmpty ? [.quotes] : [.text(text, isQuoted: true, isSplit: false)]]
        case .doubleQuoted(let parts):
            let inner = nested([[.unknown(isQuoted: true)]], &state) { walk, state in
                walk.fragments(parts, isQuoted: true, &state)
            }
            // `"$@"` without parameters is no field, any other quotes are one.
            let isList = parts.count == 1 && parts.first.map(Self.isList) ?? false
            return inner.map { isList && $0.isEmpty ? [] : [.quotes] + $0 }
        case .tilde(let name): return tilde(name, state).map { ShellFragment.fragments(of: $0, isQuoted: true) }
        case .parameter(let parameter):
            return nested([[.unknown(isQuoted: isQuoted)]], &state) { walk, state in
                walk.parameter(parameter, isFirst: isFirst, isQuoted: isQuoted, &state)
            }
        case .command(let script):
            return nested([.unknown], &state) { walk, state in walk.captured(script, &state) }
                .map { ShellFragment.fragments(of: $0, isQuoted: isQuoted) }
        case .arithmetic(let word):
            return nested([.number], &state) { walk, state in walk.arithmetic(word, &state) }
                .map { ShellFragment.fragments(of: $0, isQuoted: true) }
        case .process(let script, let isOutput):
            let path = nested(UTF8String("/dev/fd/63"), &state) { walk, state in
                walk.process(script, isOutput: isOutput, &state)
            }
            return [[.text(path, isQuoted: true, isSplit: false)]]
        case .alternatives, .sequence:
            // Where words are not cut, braces are text; which one nobody needs to know.
            return [[.unknown(isQuoted: isQuoted)]]
        }
    }

    /// `$~x`, `$=x`, `$^x`: text to bash, and to zsh the variable's value, with its wildcards and blanks.
    private func marked(_ text: UTF8String, _ state: ShellState) -> [[ShellFragment]] {
        let bytes = text.bytes
        guard let sign = bytes.firstIndex(of: UInt8(ascii: "$")), sign + 2 < bytes.count,
            "~=^".utf8.contains(bytes[sign + 1]), bytes[sign + 2].isLetter || bytes[sign + 2] == UInt8(ascii: "_"),
            let before = UTF8String(validating: bytes[..<sign])
        else { return [] }
        let name = bytes[(sign + 2)...].prefix { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
        guard let variable = UTF8String(validating: name), let rest = UTF8String(validating: bytes[name.endIndex...])
        else { return [] }
        return values(of: variable, state).map { value in
            [.text(before, isQuoted: false, isSplit: false)]
                + (value.map { ShellFragment.fragments(of: $0, isQuoted: false) } ?? [])
                + [.text(rest, isQuoted: false, isSplit: false)]
        }
    }

    /// `nested`, with a state that is changed.
    private mutating func nested<Result>(
        _ otherwise: Result, _ state: inout ShellState, _ body: (inout ShellWalk, inout ShellState) -> Result
    ) -> Result {
        guard depth < Limits.walkDepthMax else {
            insert(opaque: .code)
            return otherwise
        }
        depth += 1
        defer { depth -= 1 }
        return body(&self, &state)
    }

    private static func isList(_ part: ShellWord.Part) -> Bool {
        guard case .parameter(let parameter) = part else { return false }
        return parameter.name == "@" || parameter.index?.parts == [.text("@")]
    }

    /// `~`, `~+`, `~-`, `~root`.
    private func tilde(_ name: UTF8String, _ state: ShellState) -> [ShellValue] {
        switch name {
        case "": return values(of: "HOME", state).map { $0 ?? .unknown }
        case "+": return values(of: "PWD", state).map { $0 ?? .unknown }
        case "-": return values(of: "OLDPWD", state).map { $0 ?? .unknown }
        case "root": return [ShellValue("/root")]
        default:
            // Where `/home/me` is mine, `/home/you` is likely yours; nobody knows for sure.
            var values: [ShellValue] = [.unknown]
            if let home = environment.home, !name.bytes.contains(UInt8(ascii: "/")) {
                let bytes = home.bytes
                let parent = bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes[..<$0] } ?? []
                if let parent = UTF8String(validating: parent) {
                    values.append(ShellValue(UTF8String("\(parent)/\(name)")))
                }
                if bytes.dropFirst(parent.count + 1).elementsEqual(name.string.utf8) { values = [ShellValue(home)] }
            }
            return values
        }
    }

    // MARK: Substitutions

    /// What a command substitution becomes.
    mutating func captured(_ script: ShellScript, _ state: inout ShellState) -> [ShellValue] {
        let stream = output(of: script, state, &state.files, input: state.input)
        guard case .texts(let texts) = stream else { return [.unknown] }
        return texts.map(\.withoutFinalBreaks)
    }

    /// What commands write, when they run in a shell of their own.
    private mutating func output(
        of script: ShellScript, _ state: ShellState, _ files: inout [UTF8String: [FileState]], input: ShellStream?
    ) -> ShellStream {
        var inner = state
        inner.isCaptured = true
        inner.output = .empty
        inner.joinsErrors = false
        // bash forgets `set -e` there, dash does not.
        inner.exitsOnError = false
        inner.descriptors = inner.descriptors.mapValues { $0 == .output ? .elsewhere : $0 }
        inner.input = input
        let before = strays
        let end = shell(inner) { walk, inner in
            if let stream = walk.fileOnly(script, inner) {
                var inner = inner
                inner.output = stream
                return .either(inner)
            }
            return walk.script(script, inner)
        }
        files = end.files
        let stream = strays == before ? end.output : .unknown(.computed)
        return known(stream, end)
    }

    /// `$(<file)` is the file.
    private mutating func fileOnly(_ script: ShellScript, _ state: ShellState) -> ShellStream? {
        guard script.commands.count == 1, let only = script.commands.first, only.rest.isEmpty,
            only.first.stages.count == 1, case .simple(let command)? = only.first.stages.first?.body,
            command.words.isEmpty, command.assignments.isEmpty, command.redirections.count == 1,
            command.redirections.first?.operation == .input
        else { return nil }
        var stream: ShellStream = .unknown(.computed)
        _ = redirected(command.redirections, state) { _, state in
            stream = state.input ?? .unknown(.computed)
            return .either(state)
        }
        return stream
    }

    /// `<(…)` and `>(…)`: a path that is a pipe.
    private mutating func process(_ script: ShellScript, isOutput: Bool, _ state: inout ShellState) -> UTF8String {
        processes += 1
        let path = UTF8String("/dev/fd/\(1000 + processes)")
        if isOutput {
            var inner = state
            inner.input = .unknown(.computed)
            let input = state.input
            state = beside(.compound(.group(script), []), inner)
            state.input = input
            state.files[path] = [.content(.empty)]
        } else {
            let stream = output(of: script, state, &state.files, input: state.input)
            state.files[path] = [.content(stream)]
        }
        return path
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ShellWalk {
    /// What `${…}` becomes.
    mutating func parameter(
        _ parameter: ParameterExpansion, isFirst: Bool, isQuoted: Bool, _ state: inout ShellState
    ) -> [[ShellFragment]] {
        let isList = parameter.name == "@" || parameter.name == "*"
        if isList || Self.isAll(parameter.index) {
            if let lists = list(parameter, &state) {
                let isJoined = parameter.name == "*" || parameter.index?.parts == [.text("*")]
                return lists.map { joined($0, isQuoted: isQuoted, isJoined: isJoined, state) }
            }
        }
        var values = self.values(of: parameter, &state)
        if parameter.isIndirect {
            // `${!x}` where x is `a[…]`.
            evaluate(values.compactMap { $0 }.filter { $0.known != nil }, state)
            values = indirect(parameter, values, state)
        }
        if parameter.operation == .value, !parameter.isIndirect, parameter.index == nil,
            state.variables[parameter.name] == nil, values == [.unknown],
            !isFirst || !ShellVariables.hasUpper(parameter.name)
        {
            // Most likely nobody set it: what is around it counts by itself then. (`$BUILD_DIR/x` is not `/x`.)
            values.append(nil)
        }
        var results: [[ShellFragment]] = []
        for result in operated(parameter, values, isQuoted: isQuoted, &state) where !results.contains(result) {
            results.append(result)
        }
        if parameter.operation == .value, parameter.index == nil, !parameter.isIndirect,
            case .lists(let lists)? = state.variables[parameter.name]?.content
        {
            // zsh's `$a` is all of an array.
            for list in lists where list.count > 1 {
                results.append(joined(list, isQuoted: isQuoted, isJoined: isQuoted, state))
            }
        }
        return results.count <= Limits.alternativesMax ? results : [[.unknown(isQuoted: isQuoted)]]
    }

    private static func isAll(_ index: ShellWord?) -> Bool {
        index?.parts == [.text("@")] || index?.parts == [.text("*")]
    }

    private func joined(
        _ list: [ShellValue], isQuoted: Bool, isJoined: Bool, _ state: ShellState
    ) -> [ShellFragment] {
        var fragments: [ShellFragment] = []
        let separators = values(of: "IFS", state)
        let known = separators.count == 1 ? separators[0].map(\.known) ?? " " : nil
        for (index, value) in list.enumerated() {
            if index > 0 {
                if isJoined, isQuoted {
                    let first = known.map { $0.string.unicodeScalars.first.map { String($0) } ?? "" }
                    fragments.append(
                        first.map { .text(UTF8String($0), isQuoted: true, isSplit: false) } ?? .unknown(isQuoted: true))
                } else {
                    fragments.append(.fieldBreak)
                }
            }
            if isQuoted, !isJoined { fragments.append(.quotes) }
            // An unknown parameter may itself stand for several.
            fragments += ShellFragment.fragments(of: value, isQuoted: isQuoted && (isJoined || value != .unknown))
        }
        return fragments
    }

    /// Lists of `$@` with what can be done to a list; `nil` where the elements are treated one by one as values.
    private mutating func list(_ parameter: ParameterExpansion, _ state: inout ShellState) -> [[ShellValue]]? {
        if parameter.isIndirect { return [[.unknown]] }
        let lists = elements(of: parameter.name, state)
        switch parameter.operation {
        case .value: return lists
        case .length: return nil
        case .substring(let offset, let length):
            let (starts, counts) = (integers(offset, &state), length.map { integers($0, &state) })
            guard let start = starts, counts != .some(nil), lists.allSatisfy({ !$0.contains(.unknown) }) else {
                return [[.unknown]]
            }
            let isPositional = parameter.name == "@" || parameter.name == "*"
            return lists.map { list in
                // `${@:1}` begins with `$1`, `${a[@]:1}` with the second element.
                let whole = isPositional ? [state.shellName.count == 1 ? state.shellName[0] : .unknown] + list : list
                let from = start < 0 ? whole.count + start : start
                guard (0...whole.count).contains(from) else { return [] }
                let count = (counts ?? nil) ?? whole.count
                return count < 0 ? [.unknown] : Array(whole[from...].prefix(count))
            }
        case .defaultValue, .alternative, .assigned, .required:
            return lists.contains { $0.isEmpty } || lists.count != 1 ? nil : listed(parameter, lists)
        case .names: return [[.unknown]]
        case .removed, .replaced, .cased, .transformed:
            var results: [[ShellValue]] = []
            for list in lists {
                results.append(
                    list.map { value in
                        let changed = changed(parameter.operation, value, &state)
                        return changed.count == 1 ? changed[0] : .unknown
                    })
            }
            return results
        }
    }

    private func listed(_ parameter: ParameterExpansion, _ lists: [[ShellValue]]) -> [[ShellValue]]? {
        if case .alternative = parameter.operation { return nil }
        return lists
    }

    private mutating func values(
        of parameter: ParameterExpansion, _ state: inout ShellState
    ) -> [ShellValue?] {
        guard let index = parameter.index else {
            if parameter.name == "@" || parameter.name == "*" {
                return elements(of: parameter.name, state).map { $0.isEmpty ? nil : .unknown }
            }
            return values(of: parameter.name, state)
        }
        let places = single(index, &state)
        evaluate(places, state)
        let content = state.variables[parameter.name]?.content ?? initial(parameter.name)
        if places.count == 1, let text = places[0].known, case .lists(let lists) = content,
            let place = arithmeticValue(text, state)
        {
            return lists.map { list in
                if list.contains(.unknown) { return .unknown }
                let place = place < 0 ? list.count + Int(clamping: place) : Int(clamping: place)
                return list.indices.contains(place) ? list[place] : nil
            }
                // zsh counts from one.
                + (place > 0 ? lists.compactMap { $0.count >= place ? $0[Int(place) - 1] : nil } : [])
        }
        if case .scalars(let values) = content { return values + [nil] }
        return content.elements + [nil]
    }

    private func indirect(
        _ parameter: ParameterExpansion, _ values: [ShellValue?], _ state: ShellState
    ) -> [ShellValue?] {
        guard values.count <= Limits.listAlternativesMax else { return [.unknown] }
        return values.flatMap { value -> [ShellValue?] in
            guard let name = value?.known, !name.isEmpty, name != "@", name != "*",
                name.bytes.allSatisfy({ $0.isAlphanumeric || $0 == UInt8(ascii: "_") })
            else { return [.unknown] }
            return self.values(of: name, state)
        }
    }

    private mutating func operated(
        _ parameter: ParameterExpansion, _ values: [ShellValue?], isQuoted: Bool, _ state: inout ShellState
    ) -> [[ShellFragment]] {
        func plain(_ value: ShellValue?) -> [ShellFragment] {
            value.map { ShellFragment.fragments(of: $0, isQuoted: isQuoted) } ?? []
        }
        switch parameter.operation {
        case .value: return values.map(plain)
        case .length:
            return values.map { value in
                let text = value == nil ? "" : value?.known
                let isCounted = text.map { $0.isASCII && !Self.isAll(parameter.index) } ?? false
                return plain(isCounted ? ShellValue(UTF8String("\(text?.byteCount ?? 0)")) : .number)
            }
        case .defaultValue(let word, let whenEmpty), .assigned(let word, let whenEmpty),
            .required(let word, let whenEmpty):
            var results: [[ShellFragment]] = []
            for value in values {
                if !(value.map { whenEmpty && $0.pieces.isEmpty } ?? true) { results.append(plain(value)) }
                guard Self.mayLack(value, whenEmpty) else { continue }
                if case .required = parameter.operation {
                    _ = single(word, &state)
                    continue
                }
                if case .assigned = parameter.operation {
                    let assigned = single(word, &state)
                    assign(parameter.name, assigned + results.isEmpty.values(otherwise: values), &state)
                    results += assigned.map { ShellFragment.fragments(of: $0, isQuoted: isQuoted) }
                } else {
                    results += fragments(word.parts, isQuoted: isQuoted, &state)
                }
            }
            return results.isEmpty ? [[]] : results
        case .alternative(let word, let whenEmpty):
            var results: [[ShellFragment]] = []
            for value in values {
                if Self.mayLack(value, whenEmpty) { results.append([]) }
                let isThere = value.map { !(whenEmpty && $0.pieces.isEmpty) } ?? false
                if isThere { results += fragments(word.parts, isQuoted: isQuoted, &state) }
            }
            return results
        case .names: return [[.unknown(isQuoted: isQuoted)]]
        default:
            var results: [[ShellFragment]] = []
            for value in values {
                for changed in changed(parameter.operation, value ?? ShellValue(""), &state) {
                    results.append(plain(changed))
                }
            }
            return results
        }
    }

    /// Whether a value may be unset or, where that counts, empty.
    private static func mayLack(_ value: ShellValue?, _ whenEmpty: Bool) -> Bool {
        guard let value else { return true }
        if value == .unknown || value.pieces == [.component] { return true }
        return whenEmpty && value.pieces.isEmpty
    }

    // MARK: Changing texts

    /// A value after `#`, `%`, `/`, `:`, `^`, `,`, `@`.
    private mutating func changed(
        _ operation: ParameterExpansion.Operation, _ value: ShellValue, _ state: inout ShellState
    ) -> [ShellValue] {
        switch operation {
        case .substring(let offset, let length):
            let (start, count) = (integers(offset, &state), length.map { integers($0, &state) })
            guard let start, count != .some(nil) else { return value.pieces.isEmpty ? [value] : [.unknown] }
            return [Self.substring(value, start, count ?? nil)]
        case .removed(let word, let fromEnd, let isLongest):
            let pattern = pattern(word, &state)
            if let pattern, let names = Self.removed(pattern, fromNames: value, fromEnd: fromEnd, isLongest: isLongest)
            {
                return names
            }
            if let pattern, !fromEnd, isLongest, pattern == ShellPattern("*/"), value.known == nil {
                return [ShellValue(pieces: [.component])]
            }
            guard let pattern, let text = value.known, text.isASCII || !pattern.hasSingle, spend(text.byteCount / 16)
            else { return value.pieces.isEmpty ? [value] : [.unknown] }
            return [Self.removed(pattern, from: text, fromEnd: fromEnd, isLongest: isLongest)]
        case .replaced(let word, let replacement, let kind):
            let pattern = pattern(word, &state)
            let replacements = single(replacement, &state)
            if value.known == nil, let old = pattern?.literal, replacements.count == 1, let new = replacements[0].known,
                !new.bytes.contains(UInt8(ascii: "&")), let names = NameChange.replaced(old, new.bytes, kind, in: value)
            {
                return names
            }
            guard let pattern, let text = value.known, text.isASCII || !pattern.hasSingle,
                replacements.count <= Limits.listAlternativesMax
            else {
                return value.pieces.isEmpty ? [value] : [.unknown]
            }
            guard spend(text.byteCount / 16) else { return [.unknown] }
            return replacements.map { new in
                // `&` is what matched in newer shells.
                guard let new = new.known, !new.bytes.contains(UInt8(ascii: "&")) else { return .unknown }
                return Self.replaced(pattern, in: text, by: new, kind)
            }
        case .cased(let kind, let word):
            let pattern = single(word, &state)
            guard pattern.allSatisfy({ $0.pieces.isEmpty }), let text = value.known, text.isASCII else {
                if kind == "^^" || kind == ",,", pattern.allSatisfy({ $0.pieces.isEmpty }),
                    let names = NameChange.cased(value, isUpper: kind == "^^")
                {
                    return [names]
                }
                return value.pieces.isEmpty ? [value] : [.unknown]
            }
            let bytes = text.bytes
            func cased(_ index: Int, _ byte: UInt8) -> UInt8 {
                let isUpper = byte != byte.lowercased
                switch kind {
                case "^^", "^": return byte.isLetter && !isUpper && (kind == "^^" || index == 0) ? byte & 0xdf : byte
                case ",,", ",": return isUpper && (kind == ",," || index == 0) ? byte | 0x20 : byte
                default: return byte.isLetter && (kind == "~~" || index == 0) ? byte ^ 0x20 : byte
                }
            }
            return [ShellValue(UTF8String(validating: bytes.enumerated().map(cased)) ?? "")]
        case .transformed(let kind):
            guard let text = value.known else {
                if kind == "P" { insert(opaque: .code) }
                return [.unknown]
            }
            switch kind {
            case "U": return changed(.cased("^^", pattern: ShellWord(parts: [])), value, &state)
            case "L": return changed(.cased(",,", pattern: ShellWord(parts: [])), value, &state)
            case "u": return changed(.cased("^", pattern: ShellWord(parts: [])), value, &state)
            case "P":
                if Self.mayRun(text) || text.bytes.contains(UInt8(ascii: "\\")) { insert(opaque: .code) }
                return text.bytes.contains(UInt8(ascii: "$")) ? [.unknown] : [value]
            case "E": return [KnownOutput.unescaped(text).map { ShellValue($0) } ?? .unknown]
            default: return [.unknown]
            }
        default: return [.unknown]
        }
    }

    private static func substring(_ value: ShellValue, _ start: Int, _ count: Int?) -> ShellValue {
        if let text = value.known {
            guard text.isASCII else { return .unknown }
            let bytes = text.bytes
            let from = start < 0 ? bytes.count + start : start
            guard (0...bytes.count).contains(from) else { return ShellValue("") }
            var to = bytes.count
            if let count { to = count < 0 ? bytes.count + count : min(bytes.count, from + min(count, bytes.count)) }
            guard to >= from else { return .unknown }
            return ShellValue(UTF8String(validating: bytes[from..<to]) ?? "")
        }
        // Of a text whose beginning is known, what lies in there.
        let prefix = value.prefix
        guard let count, count >= 0, start >= 0, prefix.isASCII, count <= prefix.byteCount,
            start <= prefix.byteCount - count
        else { return .unknown }
        return ShellValue(UTF8String(validating: prefix.bytes[start..<(start + count)]) ?? "")
    }

    /// What is left of a name that a search found: with an end or a beginning cut off, its last component or its directory.
    private static func removed(
        _ pattern: ShellPattern, fromNames value: ShellValue, fromEnd: Bool, isLongest: Bool
    ) -> [ShellValue]? {
        guard value.known == nil, !value.hasUnknown else { return nil }
        if !fromEnd {
            if isLongest, pattern == ShellPattern("*/") { return value.lastName.map { [$0] } }
            return pattern.literal.flatMap { value.without(beginning: $0) }
        }
        if pattern == ShellPattern("/*"), !isLongest {
            let hasSlash = value.pieces.contains { piece in
                if case .text(let text) = piece { text.bytes.contains(UInt8(ascii: "/")) } else { piece.leadsAnywhere }
            }
            return hasSlash ? value.folder.map { [$0] } : [value]
        }
        if pattern == ShellPattern(".*"), !isLongest {
            // A dot in the known text would be the last where the name has none.
            let prefix = value.prefix.hasPrefix("./") ? value.prefix.bytes.dropFirst(2) : value.prefix.bytes[...]
            let isText = if case .text? = value.pieces.last { true } else { false }
            guard isText || value.pieces.last?.hasDot == true || !prefix.contains(UInt8(ascii: ".")) else { return nil }
            return value.withoutExtension.map { [$0] }
        }
        guard let literal = pattern.literal else { return nil }
        // `*.c` without `.c` is `*`, which is never `.` or `..`.
        if case .text(let end)? = value.pieces.last {
            guard end.bytes.suffix(literal.count).elementsEqual(literal) else { return nil }
            let rest = ShellValue(bytes: end.bytes.dropLast(literal.count))
            return [ShellValue(pieces: value.pieces.dropLast() + rest.pieces)]
        }
        guard literal.count > 1, !literal.contains(UInt8(ascii: "/")) else { return nil }
        return value.cut.map { [$0] }
    }

    private static func removed(
        _ pattern: ShellPattern, from text: UTF8String, fromEnd: Bool, isLongest: Bool
    ) -> ShellValue {
        let bytes = text.bytes
        guard bytes.count <= 4096 else { return .unknown }
        let lengths = isLongest ? Array((0...bytes.count).reversed()) : Array(0...bytes.count)
        for length in lengths {
            let part = fromEnd ? bytes.suffix(length) : bytes.prefix(length)
            guard pattern.matches(part) else { continue }
            let rest = fromEnd ? bytes.dropLast(length) : bytes.dropFirst(length)
            return UTF8String(validating: rest).map { ShellValue($0) } ?? .unknown
        }
        return ShellValue(text)
    }

    private static func replaced(
        _ pattern: ShellPattern, in text: UTF8String, by new: UTF8String, _ kind: ParameterExpansion.Replacement
    ) -> ShellValue {
        let bytes = text.bytes
        guard bytes.count <= 512 else { return .unknown }
        var result: [UInt8] = []
        var index = 0
        var isDone = false
        while index < bytes.count {
            let isAllowed = !isDone && (kind != .prefix || index == 0)
            let lengths = isAllowed ? Array((1...(bytes.count - index)).reversed()) : []
            let length = lengths.first { length in
                (kind != .suffix || index + length == bytes.count)
                    && pattern.matches(bytes[index..<(index + length)])
            }
            if let length {
                result += new.bytes
                index += length
                isDone = kind != .all
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        if !isDone, pattern.matches([UInt8]()), kind == .prefix { result = new.bytes + result }
        if !isDone, pattern.matches([UInt8]()), kind == .suffix { result += new.bytes }
        guard result.count <= Limits.valueBytesMax else { return .unknown }
        return UTF8String(validating: result).map { ShellValue($0) } ?? .unknown
    }

    /// A pattern whose text is known.
    private mutating func pattern(_ word: ShellWord, _ state: inout ShellState) -> ShellPattern? {
        let all = fragments(word.parts, isQuoted: false, &state)
        guard all.count == 1 else { return nil }
        var pieces: [(text: [UInt8], isQuoted: Bool)] = []
        for fragment in all[0] {
            switch fragment {
            case .text(let text, let isQuoted, _): pieces.append((text.bytes, isQuoted))
            case .quotes: break
            default: return nil
            }
        }
        let pattern = ShellPattern(pieces)
        return pattern.isUnderstood && !state.options.contains(.caselessText) ? pattern : nil
    }

    // MARK: Arithmetic

    /// What an arithmetic expression is. What it changes is a number afterwards.
    mutating func arithmetic(_ word: ShellWord, _ state: inout ShellState) -> [ShellValue] {
        let texts = single(word, &state)
        evaluate(texts, state)
        var results: [ShellValue] = []
        for text in texts {
            guard let known = text.known else {
                results.append(.number)
                continue
            }
            changeNumbers(known, &state)
            results.append(arithmeticValue(known, state).map { ShellValue(UTF8String("\($0)")) } ?? .number)
        }
        var distinct: [ShellValue] = []
        for result in results where !distinct.contains(result) { distinct.append(result) }
        return distinct
    }

    private func arithmeticValue(_ text: UTF8String, _ state: ShellState) -> Int64? {
        ShellArithmetic.evaluate(text) { name in
            guard self.values(of: name, state).count == 1, let value = self.values(of: name, state)[0] else {
                return nil
            }
            guard let text = value.known, text.byteCount <= 18, !text.hasPrefix("0") || text == "0" else { return nil }
            return Int64(text.string)
        }
    }

    private mutating func integers(_ word: ShellWord, _ state: inout ShellState) -> Int? {
        let values = arithmetic(word, &state)
        guard values.count == 1, let text = values[0].known, let number = Int(text.string),
            abs(number) <= Limits.valueBytesMax
        else { return nil }
        return number
    }

    /// `x=…`, `x++`, `x+=…`: a number, of which only a plain constant is kept.
    private mutating func changeNumbers(_ text: UTF8String, _ state: inout ShellState) {
        let bytes = text.bytes
        guard bytes.contains(UInt8(ascii: "=")) || text.string.contains("++") || text.string.contains("--") else {
            return
        }
        var index = 0
        while index < bytes.count {
            guard bytes[index].isLetter || bytes[index] == UInt8(ascii: "_") else {
                index += 1
                continue
            }
            let name = bytes[index...].prefix { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
            index += name.count
            guard let name = UTF8String(validating: name) else { continue }
            let rest = bytes[index...].drop { $0 == 0x20 }
            // Whatever is near an operator that assigns may be assigned to; a name that is not, is a number now or was none.
            let before = values(of: name, state)
            let isPlain = rest.first == UInt8(ascii: "=") && rest.dropFirst().first != UInt8(ascii: "=")
            if isPlain, index <= name.byteCount + 1,
                let value = UTF8String(validating: rest.dropFirst()).flatMap({ arithmeticValue($0, state) })
            {
                assign(name, [ShellValue(UTF8String("\(value)"))], &state)
                return
            }
            assign(name, [.number] + before.compactMap { $0 }.filter { !$0.isNumber }, &state)
        }
    }

    /// A text that is evaluated as arithmetic: an index in it, or in a variable that it names, may be a substitution.
    mutating func evaluate(_ texts: [ShellValue], _ state: ShellState, depth: Int = 0) {
        for text in texts {
            guard !text.isNumber else { continue }
            guard let known = text.known else {
                if text.hasUnknown { insert(opaque: .projectCode) }
                continue
            }
            if Self.mayRun(known) {
                insert(opaque: .code)
                continue
            }
            guard spend() else { continue }
            for word in known.bytes.split(whereSeparator: { !$0.isAlphanumeric && $0 != UInt8(ascii: "_") }) {
                guard let name = UTF8String(validating: word), word.first.map({ !$0.isDigit }) ?? false,
                    let variable = state.variables[name]
                else { continue }
                let inner = variable.content.elements.filter { !$0.isNumber && $0 != text }
                guard depth < 8 || inner.isEmpty else {
                    insert(opaque: .code)
                    return
                }
                evaluate(inner, state, depth: depth + 1)
            }
        }
    }
}

extension Bool {
    /// The values that remain possible beside an assigned default.
    fileprivate func values(otherwise values: [ShellValue?]) -> [ShellValue] { self ? [] : values.compactMap { $0 } }
}

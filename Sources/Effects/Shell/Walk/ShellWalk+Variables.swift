// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// Builtins that change the shell: its variables, parameters and directory.
extension ShellWalk {
    mutating func changeDirectory(_ arguments: [ShellValue], _ state: ShellState) -> ShellEnds {
        var rest = arguments[...]
        // `cd -2`, `cd +2` are zsh's.
        var isOfStack = false
        while let option = rest.first?.known, option.hasPrefix("-") || option.hasPrefix("+"), option.byteCount > 1 {
            if option.bytes[1].isDigit { isOfStack = true }
            rest = rest.dropFirst()
        }
        var next = state
        next.earlierDirectories = state.directories
        next.variables["PWD"] = nil
        next.variables["OLDPWD"] = nil
        if isOfStack || rest.count > 1 {
            // With two operands zsh replaces the one by the other in the path where it is.
            next.directories = nil
        } else if let target = rest.first {
            if target.known == "-" {
                next.directories = state.earlierDirectories
                if let set = state.variables["OLDPWD"] { next.directories = paths(of: set.content, state) }
            } else if let text = target.known,
                state.variables["CDPATH"] == nil && !state.options.contains(.cdVariables) || text.hasPrefix("/")
            {
                next.directories = text.isEmpty ? state.directories : absolute(text, state)
            } else {
                next.directories = nil
                enter(target, state, &next)
            }
        } else {
            let homes = values(of: "HOME", state)
            next.directories = homes.count == 1 ? homes[0]?.known.flatMap { absolute($0, state) } : nil
        }
        if let directories = next.directories {
            // Behind a link of this very text lies another directory.
            let all = directories.flatMap { places(of: $0, state) }
            next.directories = all.count <= Limits.listAlternativesMax ? all : nil
        }
        return ShellEnds(success: next, failure: state)
    }

    /// A folder whose name a search or a glob found: it lies below another.
    private func enter(_ target: ShellValue, _ state: ShellState, _ next: inout ShellState) {
        // `-` alone would be the folder before this one.
        guard target.known == nil, target.pieces.contains(where: { if case .text = $0 { true } else { false } }),
            !target.prefix.hasPrefix("-"), state.variables["CDPATH"] == nil,
            // A link that the text has made may be what is found.
            !state.files.values.contains(where: { files in
                files.contains { if case .link = $0 { true } else { false } }
            }),
            // One name, right in there: whether that is a link can be seen.
            let (roots, pattern) = globbed(target, state), pattern.count == 1, let name = pattern.first,
            // `.g*` asks for what is hidden, and that is not like other folders.
            !name.prefix.hasPrefix("."), !name.pieces.contains(where: \.leadsAnywhere),
            roots.allSatisfy({ linked(on: [name], in: $0).allSatisfy(isOrdinary) })
        else { return }
        next.below = roots
    }

    /// The absolute paths of a variable's values.
    private func paths(of content: ShellVariable.Content, _ state: ShellState) -> [UTF8String]? {
        var paths: [UTF8String] = []
        for value in content.elements {
            guard let text = value.known, let places = absolute(text, state) else { return nil }
            paths += places
        }
        return paths.isEmpty ? nil : paths
    }

    // MARK: Declarations

    mutating func declare(
        _ name: UTF8String, _ arguments: [ShellValue], _ state: ShellState, _ command: SimpleCommand?
    ) -> ShellState {
        var state = state
        var (exports, isReadonly, isOdd, isEvaluated, isFunction, isArray) = (
            name == "export", name == "readonly", false, false, false, false
        )
        var isReference = false
        var isLocal =
            name == "local" || (name != "export" && name != "readonly" && frames.contains { $0.kind == .function })
        let words = command?.words ?? []
        for argument in arguments {
            if let option = argument.known, option.byteCount > 1, option.hasPrefix("-") || option.hasPrefix("+") {
                for letter in option.bytes.dropFirst() {
                    switch letter {
                    case UInt8(ascii: "x"): exports = true
                    case UInt8(ascii: "r"): isReadonly = true
                    case UInt8(ascii: "f"), UInt8(ascii: "F"): isFunction = true
                    case UInt8(ascii: "i"), UInt8(ascii: "l"), UInt8(ascii: "u"), UInt8(ascii: "n"), UInt8(ascii: "c"):
                        isOdd = option.hasPrefix("-")
                        if letter == UInt8(ascii: "i") || letter == UInt8(ascii: "n") { isEvaluated = isOdd }
                        if letter == UInt8(ascii: "n"), name != "export" { isReference = isOdd }
                    case UInt8(ascii: "a"), UInt8(ascii: "A"): isArray = true
                    case UInt8(ascii: "g"): isLocal = false
                    default: break
                    }
                }
                continue
            }
            let bytes = argument.prefix.bytes
            let mark = bytes.firstIndex(of: UInt8(ascii: "="))
            var variable = mark.map { bytes[..<$0] } ?? bytes[...]
            let isAppended = mark != nil && variable.last == UInt8(ascii: "+")
            if isAppended { variable = variable.dropLast() }
            guard let variable = UTF8String(validating: variable), mark != nil || argument.known != nil else {
                continue
            }
            if name == "local", argument.known == "-" { continue }
            guard Self.isName(variable) else {
                // `declare "$line"`: what is assigned, and to what, comes from elsewhere.
                evaluate([argument], state)
                if let mark {
                    let first = ShellValue(UTF8String(validating: bytes[(mark + 1)...]) ?? "")
                    let value = ShellValue(pieces: first.pieces + argument.pieces.dropFirst())
                    assign(place: variable, [value], &state)
                }
                continue
            }
            if isFunction {
                if isReadonly { state.keepsFunctions = true }
                if exports { state.exportedFunctions.insert(variable) }
                continue
            }
            if isLocal { hide(variable, &state) }
            if isOdd { declareOdd(variable, isEvaluated, &state) }
            if isReference {
                let target = mark.flatMap { UTF8String(validating: bytes[($0 + 1)...]) }
                refer(variable, to: argument.known == nil ? nil : target, &state)
                flag(variable, exports, isReadonly, &state)
                continue
            }
            if let mark {
                let value = ShellValue(
                    pieces: [.text(UTF8String(validating: bytes[(mark + 1)...]) ?? "")] + argument.pieces.dropFirst())
                if variable == "PATH" {
                    let word = words.first { word in
                        if case .text(let text)? = word.parts.first { text.hasPrefix("PATH=") } else { false }
                    }
                    state.search = search(after: word ?? ShellWord(parts: []), [value], state)
                }
                let isSearched = variable == "PATH" && !isAppended
                if isArray, value.known.map({ !$0.hasPrefix("(") }) ?? false {
                    assign(variable, [value], isSearched: isSearched, &state)
                } else {
                    let values = isArray ? [.unknown] : [value]
                    assign(variable, values, isAppended: isAppended, isSearched: isSearched, &state)
                }
            } else if state.variables[variable] == nil || isLocal {
                // What the environment has, it had before.
                let isOld = state.variables[variable] == nil && !isLocal
                let outside = state.variables[variable] ?? ShellVariable(initial(variable))
                var kept = outside
                if isLocal, name != "export" {
                    kept = ShellVariable(.scalars([nil]))
                    if state.options.contains(.inheriting) { kept.content = kept.content.or(outside.content) }
                }
                state.variables[variable] = kept
                if isOld, exports {
                    state.variables[variable]?.isExported = true
                    if isReadonly { state.variables[variable]?.isReadonly = true }
                    continue
                }
            }
            flag(variable, exports, isReadonly, &state)
        }
        if arguments.contains(where: { $0.prefix.isEmpty && $0.hasUnknown }) {
            // Names and values from elsewhere: `export $(cat .env)`.
            insert(opaque: .projectCode)
        }
        for assignment in command?.declarations ?? [] {
            if isLocal { hide(assignment.name, &state) }
            assign(assignment, &state)
            flag(assignment.name, exports, isReadonly, &state)
        }
        return arguments.isEmpty || option(arguments) ? printed(nil, state) : state
    }

    private func option(_ arguments: [ShellValue]) -> Bool {
        arguments.contains { $0.known == "-p" || $0.known == "-f" }
    }

    private mutating func flag(_ name: UTF8String, _ exports: Bool, _ isReadonly: Bool, _ state: inout ShellState) {
        let name = state.variables[name]?.target ?? name
        if exports {
            state.variables[name]?.isExported = true
            if let content = state.variables[name]?.content { passOn(name, content, isExported: true, state) }
        }
        if isReadonly { state.variables[name]?.isReadonly = true }
    }

    private func declareOdd(_ name: UTF8String, _ isEvaluated: Bool, _ state: inout ShellState) {
        var variable = state.variables[name] ?? ShellVariable(.scalars([.unknown]))
        variable.isOdd = true
        if isEvaluated { variable.isEvaluated = true }
        state.variables[name] = variable
    }

    /// Makes a variable a function's own: what it was outside is hidden until the function ends, or `unset` is called.
    private func hide(_ name: UTF8String, _ state: inout ShellState) {
        let outside = state.variables[name]?.content ?? initial(name)
        state.hidden[name] = state.hidden[name]?.or(outside) ?? outside
        state.locals.insert(name)
    }

    /// `declare -n NAME=TARGET`: whatever is assigned to the name is assigned to the target.
    private mutating func refer(_ name: UTF8String, to target: UTF8String?, _ state: inout ShellState) {
        guard let target, Self.isName(target), target != name else { return insert(opaque: .code) }
        state.variables[name]?.target = target
    }

    static func isName(_ text: UTF8String) -> Bool {
        text.bytes.first.map { !$0.isDigit } ?? false
            && text.bytes.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "_") }
    }

    mutating func unset(_ arguments: [ShellValue], _ state: ShellState) -> ShellState {
        var state = state
        let isFunction = arguments.first?.known == "-f"
        for argument in arguments where argument.known.map({ !$0.hasPrefix("-") }) ?? true {
            guard let name = argument.known, Self.isName(name) else {
                evaluate([argument], state)
                // `unset 'a[0]'`: the others keep their keys.
                if let array = Self.array(of: argument.known), let old = state.variables[array]?.content {
                    state.variables[array]?.content = .bag(old.elements)
                }
                continue
            }
            if isFunction {
                if state.keepsFunctions, let bodies = state.functions[name] {
                    state.functions[name] = bodies + [nil]
                } else {
                    state.functions[name] = nil
                }
            } else {
                var variable = state.variables[name] ?? ShellVariable(initial(name))
                let old = variable.content
                variable.content = variable.isReadonly || variable.isOdd ? old.or(.scalars([nil])) : .scalars([nil])
                // In a function that another called, what that one's `local` hid comes to light.
                if let hidden = state.hidden[name] { variable.content = variable.content.or(hidden) }
                state.variables[name] = variable
                if arguments.first?.known != "-v", let bodies = state.functions[name] {
                    state.functions[name] = bodies + [nil]
                }
                if name == "PATH" { state.search = .unknown }
                if ShellVariables.history.contains(name) { keepHistory(state) }
            }
        }
        return state
    }

    mutating func set(_ arguments: [ShellValue], _ state: ShellState) -> ShellState {
        var state = state
        guard !arguments.isEmpty else { return printed(nil, state) }
        var rest = arguments[...]
        while let word = rest.first {
            guard let option = word.known else {
                if word.prefix.hasPrefix("-") || word.prefix.hasPrefix("+") || word.prefix.isEmpty {
                    // It may set any option, and any parameters.
                    state.positional = nil
                    return state
                }
                break
            }
            if option == "--" {
                state.positional = [Array(rest.dropFirst())]
                return state
            }
            if option == "-" {
                rest = rest.dropFirst()
                break
            }
            guard option.hasPrefix("-") || option.hasPrefix("+"), option.byteCount > 1 else { break }
            let isOn = option.hasPrefix("-")
            rest = rest.dropFirst()
            guard option.bytes.dropFirst().allSatisfy({ "abefhkmnoptuvxBCEHPT".utf8.contains($0) }) else {
                // Some shells set nothing then.
                (state.exitsOnError, state.isNoGlob, state.positional) = (false, false, nil)
                return state
            }
            for letter in option.bytes.dropFirst() {
                switch letter {
                case UInt8(ascii: "e"): state.exitsOnError = isOn
                case UInt8(ascii: "f"): state.isNoGlob = isOn
                case UInt8(ascii: "a"): if isOn { state.exportsAll = true }
                // Any word that looks like an assignment is one then: `ls LD_PRELOAD=x`.
                case UInt8(ascii: "k"): if isOn { insert(opaque: .code) }
                case UInt8(ascii: "x"), UInt8(ascii: "v"): if isOn { state.isTraced = true }
                case UInt8(ascii: "o"):
                    guard let name = rest.popFirst() else { break }
                    set(option: name, isOn: isOn, &state)
                default: break
                }
            }
        }
        if !rest.isEmpty { state.positional = [Array(rest)] }
        return state
    }

    /// `set -o NAME`, `shopt -o NAME`.
    mutating func set(option name: ShellValue, isOn: Bool, _ state: inout ShellState) {
        switch name.known {
        case "errexit": state.exitsOnError = isOn
        case "noglob": state.isNoGlob = isOn
        case "allexport": if isOn { state.exportsAll = true }
        case "keyword": if isOn { insert(opaque: .code) }
        case "xtrace", "verbose": if isOn { state.isTraced = true }
        case "history": keepHistory(state)
        case let known?:
            // zsh has the same under other names (`no_err_exit`).
            if known.string.contains("_") || known.hasPrefix("no") {
                (state.exitsOnError, state.isNoGlob) = (false, false)
            }
        case nil: (state.exitsOnError, state.isNoGlob) = (false, false)
        }
    }

    // MARK: Printing and reading into variables

    mutating func printf(_ arguments: [ShellValue], _ state: ShellState) -> ShellEnds {
        var state = state
        var arguments = arguments
        // `-vNAME`
        if let option = arguments.first?.known, option.hasPrefix("-v"), option.byteCount > 2,
            let name = UTF8String(validating: option.bytes.dropFirst(2))
        {
            arguments = [ShellValue("-v"), ShellValue(name)] + arguments.dropFirst()
        }
        guard arguments.first?.known == "-v", arguments.count > 2 else {
            if arguments.first?.prefix.isEmpty ?? false, arguments.first != ShellValue("") {
                // `printf "$x"` may be told to set a variable.
                evaluate([arguments[0]].filter { $0.startsUnknown && arguments.count > 2 }, state)
            }
            return ShellEnds(success: printed(KnownOutput.printf(arguments), state), failure: state)
        }
        let text = KnownOutput.printf(Array(arguments.dropFirst(2))) ?? .unknown
        if let name = arguments[1].known {
            assign(place: name, [text], &state)
        } else {
            evaluate([arguments[1]], state)
        }
        return .either(state)
    }

    /// To a variable, or to an element of an array: `a[1]`, whose index is evaluated.
    mutating func assign(place: UTF8String, _ values: [ShellValue], _ state: inout ShellState) {
        if Self.isName(place) { return assign(place, values, &state) }
        evaluate([ShellValue(place)], state)
        guard let name = Self.array(of: place) else { return }
        let old = state.variables[name]?.content ?? .bag([])
        set(name, ShellVariable.Content.bag(old.elements).or(.bag(values)), &state)
    }

    /// The array that `a[1]` is of.
    private static func array(of place: UTF8String?) -> UTF8String? {
        guard let place, let open = place.bytes.firstIndex(of: UInt8(ascii: "[")),
            let name = UTF8String(validating: place.bytes[..<open]), isName(name)
        else { return nil }
        return name
    }

    /// The lines that can be read; `nil` where nobody knows.
    private func lines(
        _ stream: ShellStream?, _ separator: UInt8, _ state: ShellState, hasNames: Bool = false
    ) -> [ShellValue]? {
        guard let stream, case .texts(let texts) = known(stream, state) else { return nil }
        var lines: [ShellValue] = []
        for text in texts {
            guard let known = text.known else {
                guard hasNames || text.plainWords != nil, separator == 0x0a || separator == 0,
                    let names = KnownLines.of(text)
                else { return nil }
                lines += names
                continue
            }
            var parts = known.bytes.split(separator: separator, omittingEmptySubsequences: false)
            if parts.last?.isEmpty ?? false { parts.removeLast() }
            guard lines.count + parts.count <= Limits.alternativesMax else { return nil }
            lines += parts.map { ShellValue(UTF8String(validating: $0) ?? "") }
        }
        return lines
    }

    mutating func read(_ arguments: [ShellValue], _ state: ShellState) -> ShellEnds {
        var state = state
        var names: [UTF8String] = []
        var array: UTF8String?
        var (separator, isRaw, isWhole) = (UInt8(0x0a), false, true)
        var stream = state.input
        var index = 0
        while index < arguments.count {
            let argument = arguments[index]
            index += 1
            guard let text = argument.known else {
                evaluate([argument], state)
                isWhole = false
                continue
            }
            guard text.hasPrefix("-"), text.byteCount > 1 else {
                names.append(text)
                continue
            }
            for (place, letter) in text.bytes.enumerated().dropFirst() {
                guard "adinNptu".utf8.contains(letter) else {
                    if letter == UInt8(ascii: "r") { isRaw = true }
                    continue
                }
                var value = UTF8String(validating: text.bytes[(place + 1)...]).map { ShellValue($0) } ?? .unknown
                if place + 1 == text.byteCount {
                    value = index < arguments.count ? arguments[index] : .unknown
                    index += 1
                }
                switch letter {
                case UInt8(ascii: "a"): array = value.known
                case UInt8(ascii: "d"):
                    // An empty one is a NUL: all of a text.
                    separator = value.known.map { $0.bytes.first ?? 0 } ?? 0
                    if value.known == nil { isWhole = false }
                case UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "i"): isWhole = false
                case UInt8(ascii: "u"):
                    stream = .unknown(.computed)
                    if let number = value.known.flatMap({ Int($0.string) }) {
                        if number == 0 { stream = state.input }
                        if case .source(let source)? = state.descriptors[number] { stream = source }
                    }
                default: break
                }
                break
            }
        }
        var found = isWhole ? lines(stream, separator, state, hasNames: names.count == 1 && array == nil) : nil
        if !isRaw, found?.contains(where: { $0.prefix.bytes.contains(UInt8(ascii: "\\")) }) ?? false { found = nil }
        state.isInputBegun = true
        let separators = self.values(of: "IFS", state)
        let known = separators.count == 1 ? separators[0].map(\.known) ?? " \t\n" : nil
        if names.isEmpty, array == nil { names = ["REPLY"] }
        var failed = state
        if let array {
            let lists = found.map { $0.map { Self.cut($0, known) } }
            let isFew = found?.count ?? 0 <= Limits.listAlternativesMax
            set(array, isFew ? lists.map { .lists($0) } ?? .bag([.unknown]) : .bag([.unknown]), &state)
            set(array, .bag([.unknown]), &failed)
        }
        for (position, name) in names.enumerated() {
            var values = found?.map { Self.field($0, position, of: names.count, known) } ?? [.unknown]
            if values.isEmpty { values = [ShellValue("")] }
            assign(place: name, values, &state)
            assign(place: name, values + [ShellValue("")], &failed)
        }
        return ShellEnds(success: state, failure: failed)
    }

    private static func cut(_ line: ShellValue, _ separators: UTF8String?) -> [ShellValue] {
        var cut = ShellFields(separators: separators, hasWildcards: false)
        cut.add([.text(line.known ?? "", isQuoted: false, isSplit: true)])
        cut.close()
        return cut.fields
    }

    /// What `read` gives to one of its names: the last takes the rest of the line.
    private static func field(
        _ line: ShellValue, _ position: Int, of count: Int, _ separators: UTF8String?
    ) -> ShellValue {
        // A name that a search found, for the only variable: blanks at a name's ends are not thought of.
        if line.known == nil, count == 1, separators != nil, !line.hasUnknown { return line }
        if line.known == nil, let words = line.plainWords, let separators,
            separators.bytes.contains(0x20), separators.bytes.allSatisfy({ [0x20, 0x09, 0x0a].contains($0) })
        {
            guard position < words.count else { return ShellValue("") }
            guard position == count - 1 else { return words[position] }
            return ShellValue(joining: words[position...], by: " ")
        }
        guard let text = line.known, let separators else { return .unknown }
        let ends = separators.bytes
        let blanks = ends.filter { [0x20, 0x09, 0x0a].contains($0) }
        var rest = text.bytes[...].drop { blanks.contains($0) }
        while let last = rest.last, blanks.contains(last) { rest = rest.dropLast() }
        for _ in 0..<position {
            rest = rest.drop { !ends.contains($0) }
            rest = rest.drop { blanks.contains($0) }
            if let next = rest.first, ends.contains(next) { rest = rest.dropFirst().drop { blanks.contains($0) } }
        }
        if position < count - 1 { rest = rest.prefix { !ends.contains($0) } }
        return ShellValue(UTF8String(validating: rest) ?? "")
    }

    mutating func mapfile(_ arguments: [ShellValue], _ state: ShellState) -> ShellState {
        var state = state
        var name: UTF8String = "MAPFILE"
        var (isTrimmed, isWhole) = (false, true)
        var index = 0
        while index < arguments.count {
            guard let text = arguments[index].known else {
                isWhole = false
                index += 1
                continue
            }
            index += 1
            guard text.hasPrefix("-"), text.byteCount > 1 else {
                name = text
                continue
            }
            for (place, letter) in text.bytes.enumerated().dropFirst() {
                if letter == UInt8(ascii: "t") {
                    isTrimmed = true
                    continue
                }
                isWhole = false
                var value = UTF8String(validating: text.bytes[(place + 1)...]).map { ShellValue($0) } ?? .unknown
                if place + 1 == text.byteCount {
                    value = index < arguments.count ? arguments[index] : .unknown
                    index += 1
                }
                // It gets a number and a line besides.
                if letter == UInt8(ascii: "C") { _ = code(value.followed(by: ShellValue(" 0 \"$_\"")), state) }
                break
            }
        }
        let found = isWhole && !state.isInputBegun ? lines(state.input, 0x0a, state) : nil
        state.isInputBegun = true
        let content: ShellVariable.Content
        if let found {
            content = .lists([isTrimmed ? found : found.map { $0.followed(by: ShellValue("\n")) }])
        } else {
            content = .bag([.unknown])
        }
        set(name, content, &state)
        return state
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ShellWalk {
    /// What a builtin does.
    mutating func builtin(
        _ builtin: ShellBuiltin, _ name: UTF8String, _ arguments: [ShellValue], _ state: ShellState,
        _ command: SimpleCommand?
    ) -> ShellEnds {
        var state = state
        switch builtin {
        case .inert:
            // `wait -p NAME` assigns to it.
            if name == "wait" { evaluate(arguments.filter { $0.known != nil }, state) }
            return .either(state)
        case .printing:
            if name == "kill" {
                _ = act(
                    knowledge.actions(of: Invocation(program: name, arguments: arguments)) ?? [],
                    Invocation(program: "", arguments: []), state)
            }
            return .either(printed(nil, state))
        case .succeeds: return ShellEnds(success: state, failure: nil)
        case .fails: return ShellEnds(success: nil, failure: state)
        // It fails where its output is closed, or full.
        case .echo: return .either(printed(KnownOutput.echo(arguments), state))
        case .printf: return printf(arguments, state)
        case .pwd:
            // It is where the shell is, whatever `PWD` was set to.
            guard state.isCaptured, let places = state.directories else { return .either(printed(nil, state)) }
            state.output = state.output.followed(by: .texts(places.map { ShellValue(UTF8String("\($0)\n")) }))
            return .either(state)
        case .test:
            for (index, argument) in arguments.enumerated().dropLast() where argument.known == "-v" {
                evaluate([arguments[index + 1]], state)
            }
            // ksh and zsh take both sides of `-eq` for arithmetic; nobody writes a substitution there but for that.
            if arguments.contains(where: { $0.known.map(Self.comparisons.contains) ?? false }) {
                evaluate(arguments.filter { $0.known.map(Self.mayRun) ?? false }, state)
            }
            return .either(state)
        case .eval:
            let texts = arguments.first?.known == "--" ? Array(arguments.dropFirst()) : arguments
            let text = ShellValue(joining: texts, by: " ")
            return text.pieces.isEmpty ? .either(state) : code(text, state)
        case .source: return source(arguments, state)
        case .exec: return exec(arguments, state)
        case .command: return self.command(arguments, state, command)
        case .builtin:
            guard let name = arguments.first?.known else {
                if !arguments.isEmpty { insert(opaque: .program) }
                return .either(state)
            }
            guard let inner = ShellBuiltin(name) else { return .either(state) }
            insert(Effect(.execute, .program(name)))
            return nested(.either(state)) { walk in
                walk.builtin(inner, name, Array(arguments.dropFirst()), state, command)
            }
        case .exit:
            _ = leave(state) { $0.kind == .shell }
            // With two operands bash refuses, and a shell that reads line by line goes on with the next.
            return arguments.count > 1 ? .either(state) : .never
        case .return_:
            if leave(state, { $0.kind == .function || $0.kind == .shell }),
                frames.last(where: { $0.kind != .loop })?.kind == .function, arguments.count < 2
            {
                return .never
            }
            return .either(state)
        case .breaks, .continues: return jump(arguments, continues: builtin == .continues, state)
        case .alias: return .either(alias(arguments, state))
        // What was read before stays as the alias made it: the rest of its line, and functions. So an alias that was,
        // counts on, beside the name without it.
        case .unalias: return .either(state)
        case .cd: return changeDirectory(arguments, state)
        case .pushd:
            guard arguments.count == 1, arguments[0].known.map({ !$0.hasPrefix("+") && !$0.hasPrefix("-") }) ?? true
            else {
                state.directories = nil
                state.stack = []
                return .either(printed(nil, state))
            }
            state.stack.append(state.directories)
            let ends = changeDirectory(arguments, state)
            return ShellEnds(success: ends.success.map { printed(nil, $0) }, failure: ends.failure)
        case .popd:
            let target = arguments.isEmpty ? state.stack.popLast() : nil
            state.earlierDirectories = state.directories
            state.directories = target ?? nil
            state.variables["PWD"] = nil
            state.variables["OLDPWD"] = nil
            return .either(printed(nil, state))
        case .declare: return .either(declare(name, arguments, state, command))
        case .unset: return .either(unset(arguments, state))
        case .set: return .either(set(arguments, state))
        case .shift:
            let count = arguments.isEmpty ? 1 : arguments[0].known.flatMap { Int($0.string) }
            guard let count, count >= 0 else {
                state.positional = nil
                return .either(state)
            }
            state.positional = state.positional?.map { list in
                list.contains(.unknown) ? [.unknown] + list : count <= list.count ? Array(list.dropFirst(count)) : list
            }
            return .either(state)
        case .shopt: return .either(shopt(arguments, state))
        case .jump: return .either(state)
        case .getopts:
            let lists = state.positional ?? [[.unknown]]
            var all = arguments.count > 2 ? Array(arguments.dropFirst(2)) : lists.flatMap { $0 }
            // The argument may follow any letter of its word.
            all = all.flatMap { value -> [ShellValue] in
                guard let text = value.known, text.hasPrefix("-"), text.byteCount > 2 else { return [value] }
                let ends = (2..<min(text.byteCount, Limits.alternativesMax)).map {
                    UTF8String(validating: text.bytes.dropFirst($0)).map { ShellValue($0) } ?? .unknown
                }
                return [value] + ends
            }
            if let name = arguments.dropFirst().first?.known { assign(name, [.token], &state) }
            assign("OPTARG", all.isEmpty ? [ShellValue("")] : Array(all.prefix(Limits.alternativesMax + 1)), &state)
            return .either(state)
        case .let_:
            for argument in arguments {
                var word = ShellWord(parts: [])
                guard let text = argument.known else {
                    evaluate([argument], state)
                    continue
                }
                word.parts = [.quoted(text)]
                _ = arithmetic(word, &state)
            }
            return .either(state)
        case .read: return read(arguments, state)
        case .mapfile: return .either(mapfile(arguments, state))
        case .trap: return .either(setTrap(arguments, state))
        case .hash:
            // `hash -p FILE NAME`: the name is that file from now on.
            if arguments.contains(where: { $0.prefix.hasPrefix("-") && $0.prefix.bytes.contains(UInt8(ascii: "p")) }) {
                for argument in arguments.dropFirst().prefix(1) { path([.read], argument, isTree: false, state) }
                insert(opaque: .program)
            } else if arguments.contains(where: { $0.known == nil }) {
                insert(opaque: .program)
            }
            return .either(printed(nil, state))
        case .enable:
            // `enable -f FILE NAME` loads a library.
            let options = arguments.filter { $0.known.map { $0.hasPrefix("-") } ?? true }
            if options.contains(where: { $0.known.map { $0.bytes.contains(UInt8(ascii: "f")) } ?? true }) {
                for argument in arguments where argument.known.map({ !$0.hasPrefix("-") }) ?? true {
                    path([.read], argument, isTree: false, state)
                }
                insert(opaque: .program)
            }
            return .either(printed(nil, state))
        case .complete, .compgen: return .either(complete(arguments, state, runsNow: builtin == .compgen))
        case .bind: return .either(bind(arguments, state))
        case .fc:
            // Without `-l` it edits or repeats what was typed before.
            if !(arguments.first?.known.map { $0.hasPrefix("-") && $0.bytes.contains(UInt8(ascii: "l")) } ?? false) {
                insert(opaque: .code)
            }
            return .either(printed(nil, state))
        case .history: return .either(history(arguments, state))
        }
    }

    static let comparisons: Set<UTF8String> = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]

    /// With what a builtin wrote; `nil` is something that is not known.
    func printed(_ text: ShellValue?, _ state: ShellState) -> ShellState {
        guard state.isCaptured else { return state }
        var state = state
        let stream = text.map { ShellStream.texts([$0]) } ?? .unknown(.computed)
        state.output = state.output.followed(by: stream)
        return state
    }

    /// `shopt -s NAME…`, `shopt -uo NAME…`.
    private mutating func shopt(_ arguments: [ShellValue], _ state: ShellState) -> ShellState {
        var state = state
        var (turnsOn, turnsOff, isSet) = (false, false, false)
        for argument in arguments {
            if let option = argument.known, option.hasPrefix("-") {
                turnsOn = turnsOn || option.bytes.contains(UInt8(ascii: "s"))
                turnsOff = turnsOff || option.bytes.contains(UInt8(ascii: "u"))
                isSet = isSet || option.bytes.contains(UInt8(ascii: "o"))
            } else if turnsOn || turnsOff || argument.startsUnknown {
                if isSet || argument.known == nil { set(option: argument, isOn: turnsOn, &state) }
                if !turnsOff || argument.known == nil { state.options.formUnion(ShellOptions(named: argument.known)) }
            }
        }
        return printed(nil, state)
    }

    // MARK: Running

    private mutating func source(_ arguments: [ShellValue], _ state: ShellState) -> ShellEnds {
        let operands = arguments.first?.known == "--" ? arguments.dropFirst() : arguments[...]
        guard let file = operands.first else { return .either(state) }
        guard !state.isElsewhere else {
            insert(opaque: .program)
            return .either(state)
        }
        if file.known == "/dev/stdin" {
            guard case .texts(let texts)? = state.input, !state.isInputBegun else {
                if state.input != nil { insert(opaque: .code) }
                return .either(state)
            }
            return sourced(texts, Array(operands.dropFirst()), state)
        }
        searched(file, state)
        guard let paths = path([.read], file, isTree: false, state) else {
            insert(opaque: .code)
            return .either(unreadable(state))
        }
        var ends = ShellEnds.never
        for path in paths {
            let stream = contents(of: [path], state)
            guard case .texts(let texts) = stream else {
                // As any file that a shell runs; what it sets is not known, but opaque is what says so.
                _ = run(file: path, .shell([]), state)
                ends = join(ends, .either(printed(nil, state)))
                continue
            }
            ends = join(ends, sourced(texts, Array(operands.dropFirst()), state))
        }
        return ends
    }

    /// A script by a name alone may be one that `PATH` leads to.
    mutating func searched(_ file: ShellValue, _ state: ShellState) {
        if state.search == .unknown, !file.prefix.bytes.contains(UInt8(ascii: "/")) { insert(opaque: .program) }
    }

    /// Texts in the current shell, which `return` ends.
    private mutating func sourced(
        _ texts: [ShellValue], _ arguments: [ShellValue], _ state: ShellState
    ) -> ShellEnds {
        var ends = ShellEnds.never
        for text in texts {
            var inner = state
            if !arguments.isEmpty { inner.positional = [arguments] }
            let one = framed(.function) { walk in walk.code(text, inner) }
            ends = join(ends, one)
        }
        guard !arguments.isEmpty else { return ends }
        ends.success?.positional = state.positional
        ends.failure?.positional = state.positional
        return ends
    }

    /// `exec`: a program in the shell's place.
    private mutating func exec(_ arguments: [ShellValue], _ state: ShellState) -> ShellEnds {
        var rest = arguments[...]
        while let option = rest.first?.known, option.hasPrefix("-"), option.byteCount > 1 {
            rest = rest.dropFirst()
            if option == "--" { break }
            // `-a NAME`, `-aNAME`.
            if let place = option.bytes.firstIndex(of: UInt8(ascii: "a")), place == option.byteCount - 1 {
                rest = rest.dropFirst()
            }
        }
        guard !rest.isEmpty else { return .either(state) }
        // Where it fails the shell may go on.
        return .either(program(Array(rest), state))
    }

    private mutating func command(
        _ arguments: [ShellValue], _ state: ShellState, _ command: SimpleCommand?
    ) -> ShellEnds {
        var rest = arguments[...]
        while let option = rest.first?.known, option.hasPrefix("-"), option.byteCount > 1 {
            rest = rest.dropFirst()
            if option == "--" { break }
            let letters = option.bytes.dropFirst()
            // It refuses an option that it does not have, and runs nothing.
            guard letters.allSatisfy({ "pvV".utf8.contains($0) }) else { return .either(printed(nil, state)) }
            if letters.contains(UInt8(ascii: "v")) || letters.contains(UInt8(ascii: "V")) {
                return .either(printed(letters == [UInt8(ascii: "v")] ? place(rest, state) : nil, state))
            }
        }
        guard let first = rest.first else { return .either(state) }
        guard let name = first.known else {
            insert(opaque: .program)
            return .either(unreadableOutput(state))
        }
        let operands = Array(rest.dropFirst())
        guard let inner = ShellBuiltin(name) else { return .either(program([first] + operands, state)) }
        insert(Effect(.execute, .program(name)))
        return nested(.either(state)) { walk in walk.builtin(inner, name, operands, state, command) }
    }

    /// Where a program lies, as `command -v` prints it; `nil` where it may be something else than a program.
    private func place(_ names: ArraySlice<ShellValue>, _ state: ShellState) -> ShellValue? {
        guard names.count == 1, let name = names.first?.known, state.functions[name] == nil,
            state.aliases[name] == nil, ShellBuiltin(name) == nil, case .system = state.search,
            let path = ProgramHandlers.place(ofProgram: name)
        else { return nil }
        return ShellValue(UTF8String("\(path)\n"))
    }

    private mutating func jump(_ arguments: [ShellValue], continues: Bool, _ state: ShellState) -> ShellEnds {
        let count = arguments.isEmpty ? 1 : arguments[0].known.flatMap { Int($0.string) }
        let start = frames.lastIndex { $0.kind == .shell }.map { $0 + 1 } ?? 0
        let loops = frames.indices[start...].filter { frames[$0].kind == .loop }.reversed().map { $0 }
        guard let inner = loops.first else { return .either(state) }
        let targets: [Int]
        if let count, count >= 1 {
            targets = [loops[min(count, loops.count) - 1]]
        } else {
            targets = loops
        }
        for target in targets {
            if continues {
                frames[target].continued = join(frames[target].continued, state)
            } else {
                frames[target].left = join(frames[target].left, state)
            }
        }
        // From within a function some shells leave the caller's loop and some do not.
        let isInner = !frames[inner...].contains { $0.kind == .function }
        return isInner && count != nil && arguments.count < 2 ? .never : .either(state)
    }

    private mutating func alias(_ arguments: [ShellValue], _ state: ShellState) -> ShellState {
        var state = state
        for argument in arguments {
            guard argument.known != "-p", argument.known != "--" else { continue }
            // zsh's `-g` and `-s` replace words anywhere.
            if argument.prefix.hasPrefix("-") {
                insert(opaque: .code)
                continue
            }
            let bytes = argument.prefix.bytes
            guard let mark = bytes.firstIndex(of: UInt8(ascii: "=")), mark > 0,
                let name = UTF8String(validating: bytes[..<mark]),
                let first = UTF8String(validating: bytes[(mark + 1)...])
            else {
                if argument.hasUnknown { insert(opaque: .code) }
                continue
            }
            let value = ShellValue(pieces: [.text(first)] + argument.pieces.dropFirst())
            if ShellReading.reserved.contains(name) { insert(opaque: .code) }
            let old = (state.aliases[name] ?? []).filter { $0 != value }
            state.aliases[name] = old.count < Limits.listAlternativesMax ? old + [value] : [.unknown]
        }
        return state
    }

    private mutating func setTrap(_ arguments: [ShellValue], _ state: ShellState) -> ShellState {
        var state = state
        var rest = arguments[...]
        if rest.first?.known == "--" { rest = rest.dropFirst() }
        guard let command = rest.first, command.known.map({ !["-l", "-p", "-P"].contains($0) }) ?? true else {
            return printed(nil, state)
        }
        let signals = rest.dropFirst().map(\.known)
        let isEnd = signals.allSatisfy { ["EXIT", "0", "exit"].contains($0) }
        if command.known == "-" || command.known == "" || signals.isEmpty {
            if isEnd, !signals.isEmpty { state.endTraps = [] }
            return state
        }
        if isEnd { state.endTraps = [command] } else { state.traps.append(command) }
        if state.traps.count > Limits.listAlternativesMax {
            insert(opaque: .code)
            state.traps = Array(state.traps.suffix(Limits.listAlternativesMax))
        }
        return trap(command, state)
    }

    /// A function that the shell calls when it likes is a trap.
    mutating func hook(_ name: UTF8String, _ state: ShellState) -> ShellState {
        var state = state
        let call = ShellValue(name)
        if !state.traps.contains(call) { state.traps.append(call) }
        return trap(call, state)
    }

    /// `complete -C COMMAND`, `-F FUNCTION`, `-W WORDS`: run when somebody presses Tab, or at once by `compgen`.
    private mutating func complete(_ arguments: [ShellValue], _ state: ShellState, runsNow: Bool) -> ShellState {
        var index = 0
        while index < arguments.count {
            guard let option = arguments[index].known else {
                insert(opaque: .code)
                return printed(nil, state)
            }
            index += 1
            guard option.hasPrefix("-"), let letter = option.bytes.last, "CFWGXPSAo".utf8.contains(letter) else {
                continue
            }
            guard index < arguments.count else { break }
            let value = arguments[index]
            index += 1
            switch letter {
            case UInt8(ascii: "C"), UInt8(ascii: "F"): _ = code(value, state)
            case UInt8(ascii: "W"):
                if value.known.map(Self.mayRun) ?? true { insert(opaque: .code) }
            case UInt8(ascii: "G"): if runsNow { list(ShellValue(pieces: [.wildcard(value.known ?? "*")]), state) }
            default: break
            }
        }
        if option(arguments, "f") || option(arguments, "d"), runsNow {
            path([.read], ShellValue("."), isTree: false, state)
        }
        return printed(nil, state)
    }

    private func option(_ arguments: [ShellValue], _ letter: String) -> Bool {
        arguments.contains { $0.known == UTF8String("-\(letter)") }
    }

    /// `bind -x 'KEY: COMMAND'` runs at a key, `bind -f FILE` reads settings.
    private mutating func bind(_ arguments: [ShellValue], _ state: ShellState) -> ShellState {
        for (index, argument) in arguments.enumerated() {
            guard let option = argument.known else {
                insert(opaque: .code)
                continue
            }
            let value = index + 1 < arguments.count ? arguments[index + 1] : ShellValue("")
            switch option {
            case "-x": insert(opaque: .code)
            case "-f":
                path([.read], value, isTree: false, state)
                insert(opaque: .code)
            default: break
            }
        }
        return printed(nil, state)
    }

    /// The list of what was typed is in a file, which `-c` and `-d` come to when the shell ends.
    private mutating func history(_ arguments: [ShellValue], _ state: ShellState) -> ShellState {
        let rest = arguments.drop { $0.known.map { $0.hasPrefix("-") && $0.byteCount > 1 } ?? false }
        let options = arguments[..<rest.startIndex].flatMap { $0.known?.bytes.dropFirst() ?? [] }
        func has(_ letters: String) -> Bool { options.contains { letters.utf8.contains($0) } }
        if has("cd") { for file in historyFile(state) { path([.write], file, isTree: false, state) } }
        let files = rest.first.map { [$0] } ?? historyFile(state)
        if has("wa") { for file in files { path([.write], file, isTree: false, state) } }
        if has("rn") { for file in files { path([.read], file, isTree: false, state) } }
        if has("p"), rest.contains(where: { $0.known.map(Self.mayRun) ?? true }) { insert(opaque: .code) }
        return printed(nil, state)
    }

    private func historyFile(_ state: ShellState) -> [ShellValue] {
        if let variable = state.variables["HISTFILE"] { return variable.content.elements }
        return [environment.home.map { ShellValue(UTF8String("\($0)/.bash_history")) } ?? .unknown]
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ShellWalk {
    /// Assignments, redirections, and a function, builtin or program with its arguments.
    mutating func simple(_ command: SimpleCommand, _ state: ShellState) -> ShellEnds {
        var state = state
        if !isInTrap { for trap in state.traps { state = self.trap(trap, state) } }
        var ends = ShellEnds.never
        if let name = literal(command.words.first), let texts = state.aliases[name] {
            ends = aliased(name, texts, command, state)
        }
        let isDeclaration = literal(command.words.first).map(ShellBuiltin.declarations.contains) ?? false
        let lists = fields(command.words, &state, keepsAssignments: isDeclaration)
        if lists == [[ShellValue("exec")]] {
            return join(ends, .either(opened(command.redirections, state)))
        }
        let run = redirected(command.redirections, state) { walk, state in
            var ends = ShellEnds.never
            for list in lists {
                guard walk.spend(1 + list.count / 8) else { return .either(state) }
                ends = walk.join(ends, walk.run(list, command, state))
            }
            return ends
        }
        return spoken(join(ends, run), state)
    }

    /// With what is written to standard error, where that is captured too: the trace of `set -x`.
    private func spoken(_ ends: ShellEnds, _ state: ShellState) -> ShellEnds {
        guard state.joinsErrors, state.isCaptured, state.isTraced else { return ends }
        return ShellEnds(success: ends.success.map(unreadableOutput), failure: ends.failure.map(unreadableOutput))
    }

    /// A word that is one unquoted text.
    func literal(_ word: ShellWord?) -> UTF8String? {
        guard let word, word.parts.count == 1, case .text(let text)? = word.parts.first else { return nil }
        return text
    }

    /// The command as an alias makes it. Whether aliases count (zsh, dash, `expand_aliases`) nobody says here, so the
    /// command is walked without it too.
    private mutating func aliased(
        _ name: UTF8String, _ texts: [ShellValue], _ command: SimpleCommand, _ state: ShellState
    ) -> ShellEnds {
        let key = UTF8String("alias \(name)")
        guard active[key] == nil else { return .never }
        active[key] = 1
        defer { active[key] = nil }
        var ends = ShellEnds.never
        for text in texts {
            guard let known = text.known, !known.hasSuffix(" "), !known.hasSuffix("\t"),
                var script = self.script(known), let last = script.commands.indices.last,
                !script.commands[last].isBackground
            else {
                insert(opaque: .code)
                ends = join(ends, .either(unreadable(state)))
                continue
            }
            // What follows the alias belongs to the last command of its text.
            var list = script.commands[last]
            var pipeline = list.rest.last?.pipeline ?? list.first
            guard let stage = pipeline.stages.indices.last, case .simple(var inner) = pipeline.stages[stage].body else {
                insert(opaque: .code)
                ends = join(ends, .either(unreadable(state)))
                continue
            }
            inner.words += command.words.dropFirst()
            inner.declarations += command.declarations
            inner.redirections += command.redirections
            inner.assignments = command.assignments + inner.assignments
            pipeline.stages[stage].body = .simple(inner)
            if list.rest.isEmpty { list.first = pipeline } else { list.rest[list.rest.count - 1].pipeline = pipeline }
            script.commands[last] = list
            ends = join(ends, nested(.either(state)) { walk in walk.script(script, state) })
        }
        return ends
    }

    private mutating func run(_ list: [ShellValue], _ command: SimpleCommand, _ state: ShellState) -> ShellEnds {
        var inner = state
        guard let name = list.first else {
            for assignment in command.assignments { assign(assignment, &inner) }
            return .either(inner)
        }
        for assignment in command.assignments {
            assign(assignment, &inner)
            inner.variables[assignment.name]?.isExported = true
            if let content = inner.variables[assignment.name]?.content {
                passOn(assignment.name, content, isExported: true, inner)
            }
        }
        guard let known = name.known else {
            insert(opaque: .program)
            return .either(restored(command, unreadableOutput(inner), state, keeps: false))
        }
        let isSpecial = ShellBuiltin.special.contains(known)
        let ends = dispatch(known, Array(list.dropFirst()), inner, command)
        guard !command.assignments.isEmpty else { return ends }
        return ShellEnds(
            success: ends.success.map { restored(command, $0, state, keeps: isSpecial) },
            failure: ends.failure.map { restored(command, $0, state, keeps: isSpecial) })
    }

    /// Without the assignments before the command, unless it is one that some shells keep them for.
    private func restored(
        _ command: SimpleCommand, _ after: ShellState, _ before: ShellState, keeps: Bool
    ) -> ShellState {
        guard !command.assignments.isEmpty else { return after }
        var restored = after
        for assignment in command.assignments {
            if keeps, let kept = after.variables[assignment.name] {
                let old = before.variables[assignment.name] ?? ShellVariable(initial(assignment.name))
                restored.variables[assignment.name]?.content = kept.content.or(old.content)
            } else {
                restored.variables[assignment.name] = before.variables[assignment.name]
            }
        }
        restored.search = keeps ? max(before.search, after.search) : before.search
        return restored
    }

    /// After a program that nobody knows: its output is anything.
    func unreadableOutput(_ state: ShellState) -> ShellState {
        var state = state
        if state.isCaptured { state.output = .unknown(.computed) }
        state.isInputBegun = true
        return state
    }

    /// A function, a builtin or a program by its name.
    mutating func dispatch(
        _ name: UTF8String, _ arguments: [ShellValue], _ state: ShellState, _ command: SimpleCommand? = nil
    ) -> ShellEnds {
        var ends = ShellEnds.never
        var mayBeOther = true
        if let bodies = state.functions[name] {
            mayBeOther = bodies.contains(nil)
            for case let body? in bodies { ends = join(ends, call(name, body, arguments, state)) }
        }
        guard mayBeOther else { return ends }
        if let builtin = ShellBuiltin(name) {
            insert(Effect(.execute, .program(name)))
            var own = self.builtin(builtin, name, arguments, state, command)
            // What it says of its errors.
            if state.joinsErrors, state.isCaptured, !ShellBuiltin.harmless.contains(name), name != "eval", name != ":" {
                own = ShellEnds(success: own.success.map(unreadableOutput), failure: own.failure.map(unreadableOutput))
            }
            return join(ends, own)
        }
        return join(ends, .either(program([ShellValue(name)] + arguments, state)))
    }

    /// A function's body with its own parameters.
    private mutating func call(
        _ name: UTF8String, _ body: ShellBody, _ arguments: [ShellValue], _ state: ShellState
    ) -> ShellEnds {
        guard active[name, default: 0] < Limits.functionRecursionMax else {
            insert(opaque: .code)
            return .either(unreadable(state))
        }
        active[name, default: 0] += 1
        defer { active[name, default: 1] -= 1 }
        var inner = state
        inner.positional = [arguments]
        let ends = framed(.function) { walk in
            walk.nested(.either(inner)) { walk in walk.body(body, inner) }
        }
        func left(_ end: ShellState?) -> ShellState? {
            guard var end else { return nil }
            end.positional = state.positional
            // `local -` takes back what was set inside.
            end.exitsOnError = end.exitsOnError && state.exitsOnError
            end.isNoGlob = end.isNoGlob && state.isNoGlob
            // `local` may have been reached or not.
            for local in end.locals.subtracting(state.locals) {
                let old = state.variables[local] ?? ShellVariable(initial(local))
                let inside = end.variables[local] ?? old
                end.variables[local]?.content = inside.content.or(old.content)
            }
            end.locals = state.locals
            end.hidden = state.hidden
            return end
        }
        return ShellEnds(success: left(ends.success), failure: left(ends.failure))
    }

    // MARK: Assignments

    mutating func assign(_ assignment: Assignment, _ state: inout ShellState) {
        if let index = assignment.index { evaluate(single(index, &state), state) }
        switch assignment.value {
        case .word(let word):
            let values = single(word, &state)
            if assignment.index != nil {
                assignElement(assignment.name, assignment.index, values, assignment.isAppended, &state)
            } else {
                let isSearched = assignment.name == "PATH" && !assignment.isAppended
                if isSearched { state.search = search(after: word, values, state) }
                assign(
                    assignment.name, values, isAppended: assignment.isAppended, isSearched: isSearched, &state)
            }
        case .array(let elements):
            var hasIndex = false
            var lists: [[ShellValue]] = [[]]
            for element in elements {
                if let index = element.index {
                    hasIndex = true
                    evaluate(single(index, &state), state)
                }
                let more = fields([element.value], &state)
                guard lists.count * more.count <= Limits.listAlternativesMax else {
                    lists = [[.unknown]]
                    continue
                }
                lists = lists.flatMap { list in more.map { list + $0 } }
            }
            var content: ShellVariable.Content = hasIndex ? .bag(lists.flatMap { $0 }) : .lists(lists)
            if assignment.isAppended, let old = state.variables[assignment.name]?.content {
                content = old.followed(by: content)
            }
            set(assignment.name, content, &state)
        }
    }

    private mutating func assignElement(
        _ name: UTF8String, _ index: ShellWord?, _ values: [ShellValue], _ isAppended: Bool, _ state: inout ShellState
    ) {
        // zsh's tables of what names of commands stand for.
        if ["aliases", "galiases", "saliases", "functions", "commands"].contains(name) { insert(opaque: .code) }
        let old = state.variables[name]?.content ?? .bag([])
        if let index, let place = single(index, &state).first?.known.flatMap({ Int($0.string) }), values.count == 1,
            !isAppended, case .lists(let lists) = old, (0..<Limits.alternativesMax).contains(place),
            lists.allSatisfy({ $0.count >= place })
        {
            let changed = lists.map { list in
                var list = list
                if place < list.count { list[place] = values[0] } else { list.append(values[0]) }
                return list
            }
            set(name, .lists(changed), &state)
            return
        }
        set(name, ShellVariable.Content.bag(old.elements).or(.bag(isAppended ? [.unknown] : values)), &state)
    }

    mutating func assign(
        _ name: UTF8String, _ values: [ShellValue], isAppended: Bool = false, isSearched: Bool = false,
        _ state: inout ShellState
    ) {
        var values = values
        if isAppended {
            // What is added is evaluated by itself; the whole, where it is set.
            let isEvaluated = state.variables[name]?.isEvaluated ?? false
            if isEvaluated || ShellVariables.isEvaluated(name) { evaluate(values, state) }
            let before = self.values(of: name, state)
            if before.count * values.count > Limits.alternativesMax {
                values = [.unknown]
            } else {
                values = before.flatMap { first in values.map { (first ?? ShellValue("")).followed(by: $0) } }
            }
        }
        var distinct: [ShellValue] = []
        for value in values where !distinct.contains(value) { distinct.append(value) }
        let content: ShellVariable.Content = .scalars(distinct.count <= Limits.alternativesMax ? distinct : [.unknown])
        set(name, content, isSearched: isSearched, &state)
    }

    /// Gives a variable its value, as far as it takes one, and does what that variable is for.
    ///
    /// - Parameter isSearched: whether the state knows already what a new `PATH` leads to.
    mutating func set(
        _ name: UTF8String, _ content: ShellVariable.Content, isSearched: Bool = false, _ state: inout ShellState
    ) {
        var variable = state.variables[name] ?? ShellVariable(initial(name))
        if let target = variable.target {
            let key = UTF8String("name \(name)")
            guard active[key] == nil else { return insert(opaque: .code) }
            active[key] = 1
            defer { active[key] = nil }
            // It may be another's, or none, where that depends on the way here.
            let old = state.variables[target]?.content ?? initial(target)
            return set(target, content.or(old), &state)
        }
        if !isSearched { meant(name, content, &state) }
        if state.exportsAll { variable.isExported = true }
        if variable.isEvaluated { evaluate(content.elements, state) }
        if ShellVariables.isEvaluated(name) {
            evaluate(content.elements.filter { $0.known != nil }, state)
        }
        if variable.isOdd {
            variable.content = .scalars([.unknown])
        } else if variable.isReadonly {
            variable.content = variable.content.or(content)
        } else if case .scalars(let values) = content, case .lists(let lists) = variable.content {
            // `a=x` is `a[0]=x`.
            let changed = lists.flatMap { list in values.map { [$0 ?? ShellValue("")] + list.dropFirst() } }
            variable.content = .lists(Array(changed.prefix(Limits.listAlternativesMax)))
            if changed.count > Limits.listAlternativesMax { variable.content = .bag([.unknown]) }
        } else {
            variable.content = content
        }
        // What the shell itself sets, or does not let anybody set.
        if ShellVariables.dynamic.contains(name) { variable.content = variable.content.or(.scalars([.unknown])) }
        state.variables[name] = variable
        if ShellVariables.history.contains(name) { keepHistory(state) }
        if ShellVariables.hasUpper(name) || variable.isExported {
            passOn(name, content, isExported: variable.isExported, state)
        }
        guard ShellVariables.running.contains(name) else { return }
        // These are run by the shell itself; prompts, where they have a substitution.
        for value in content.elements {
            if ShellVariables.prompts.contains(name) {
                if value.known.map(Self.mayRun) ?? true { insert(opaque: .code) }
            } else {
                _ = code(value, state)
            }
        }
    }

    /// What a variable is to the shell itself, beside its value.
    private mutating func meant(_ name: UTF8String, _ content: ShellVariable.Content, _ state: inout ShellState) {
        switch name {
        case "PATH": state.search = max(state.search, search(in: content.elements, state))
        case "path":
            // zsh's list of the same; what is not known in it is mostly what it was.
            if case .scalars = content { break }
            state.search = max(state.search, search(in: content.elements.filter { $0.known != nil }, state))
        case "argv":
            // zsh's positional parameters.
            guard case .lists(let lists) = content, let old = state.positional else { break }
            let all = old + lists.filter { !old.contains($0) }
            state.positional = all.count <= Limits.listAlternativesMax ? all : nil
        case "BASH_ARGV0": state.shellName += content.elements.filter { !state.shellName.contains($0) }
        case "DIRSTACK": state.stack = state.stack.map { _ in nil }
        case "GLOBIGNORE": state.options.insert(.dotted)
        // What names of commands stand for.
        case "BASH_ALIASES", "BASH_CMDS": insert(opaque: .code)
        default: break
        }
    }

    /// What programs do because of a variable that they get. Names with capitals may be in the environment already, so
    /// that an assignment alone passes them on.
    mutating func passOn(
        _ name: UTF8String, _ content: ShellVariable.Content, isExported: Bool, _ state: ShellState
    ) {
        // The walk itself looks after these.
        guard name != "PATH", !ShellVariables.running.contains(name) else { return }
        for value in content.elements where name != "HOME" || value.known == nil || value.known != environment.home {
            let actions = knowledge.actions(setting: name, to: value, isExported: isExported)
            guard !actions.isEmpty else { continue }
            var inner = state
            inner.isCaptured = false
            inner.variables = [:]
            _ = nested(inner) { walk in walk.act(actions, Invocation(program: "", arguments: []), inner) }
        }
    }

    /// What decides which commands are kept decides what becomes of the file they are kept in.
    mutating func keepHistory(_ state: ShellState) {
        let file = environment.home.map { ShellValue(UTF8String("\($0)/.bash_history")) } ?? .unknown
        path([.write], file, isTree: false, state)
    }

    /// Whether a text that is expanded, or evaluated as arithmetic, runs commands.
    static func mayRun(_ text: UTF8String) -> Bool {
        let bytes = text.bytes
        if bytes.contains(UInt8(ascii: "`")) { return true }
        return zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "$") && "({".utf8.contains($1) }
    }
}

extension ShellVariable.Content {
    /// `a+=( … )`.
    func followed(by other: Self) -> Self {
        guard case .lists(let firsts) = self, case .lists(let seconds) = other,
            firsts.count * seconds.count <= Limits.listAlternativesMax
        else { return Self.bag(elements).or(other) }
        let lists = firsts.flatMap { first in seconds.map { first + $0 } }
        return lists.allSatisfy { $0.count <= Limits.commandWordsMax } ? .lists(lists) : .bag([.unknown])
    }
}

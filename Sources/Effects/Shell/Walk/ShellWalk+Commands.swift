// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ShellWalk {
    /// Commands one after the other.
    mutating func script(_ script: ShellScript, _ state: ShellState) -> ShellEnds {
        var ends = ShellEnds.either(state)
        for (number, command) in script.commands.enumerated() {
            guard let current = number == 0 ? state : end(ends), spend() else { break }
            ends = self.command(command, current)
            let isList = !command.rest.isEmpty || command.first.isNegated
            guard !isList, conditions == 0, ends.success?.exitsOnError ?? false, let failed = ends.failure else {
                continue
            }
            if failed.exitsOnError, leave(failed, { $0.kind == .shell }) { ends.failure = nil }
        }
        return ends
    }

    mutating func command(_ command: ShellCommand, _ state: ShellState) -> ShellEnds {
        guard !command.isBackground else {
            let list = ShellCommand(first: command.first, rest: command.rest, isBackground: false)
            let body = ShellBody.compound(.group(ShellScript(commands: [list])), [])
            return .either(beside(body, state))
        }
        var ends = conditional(!command.rest.isEmpty) { walk in walk.pipeline(command.first, state) }
        for joined in command.rest {
            guard let next = joined.joint == .and ? ends.success : ends.failure else { continue }
            let more = conditional(true) { walk in walk.pipeline(joined.pipeline, next) }
            switch joined.joint {
            case .and: ends = ShellEnds(success: more.success, failure: join(ends.failure, more.failure))
            case .or: ends = ShellEnds(success: join(ends.success, more.success), failure: more.failure)
            }
        }
        return ends
    }

    private mutating func conditional<Result>(_ isCondition: Bool, _ body: (inout ShellWalk) -> Result) -> Result {
        conditions += isCondition ? 1 : 0
        defer { conditions -= isCondition ? 1 : 0 }
        return body(&self)
    }

    /// A command that runs while the next ones do.
    mutating func beside(_ body: ShellBody, _ state: ShellState) -> ShellState {
        var started = state
        started.input = state.input ?? .empty
        let end = aside(body, started)
        background.append((body, started))
        var after = state
        after.files = ShellState.files(state.files, end.files)
        return after
    }

    mutating func pipeline(_ pipeline: ShellPipeline, _ state: ShellState) -> ShellEnds {
        guard let only = pipeline.stages.first else { return .either(state) }
        guard pipeline.stages.count > 1 else {
            let ends = conditional(pipeline.isNegated) { walk in walk.body(only.body, state) }
            return pipeline.isNegated ? ShellEnds(success: ends.failure, failure: ends.success) : ends
        }
        var after = stages(pipeline.stages, state)
        // The stages run at the same time: an earlier one may see what a later one writes.
        if after.files != state.files {
            var again = state
            again.files = ShellState.files(state.files, after.files)
            let second = stages(pipeline.stages, again)
            after.output = after.output.or(second.output)
            after.files = ShellState.files(after.files, second.files)
        }
        return .either(after)
    }

    private mutating func stages(_ stages: [ShellPipeline.Stage], _ state: ShellState) -> ShellState {
        var (input, begun) = (state.input, state.isInputBegun)
        var files = state.files
        var last = state
        for (number, stage) in stages.enumerated() {
            let isLast = number == stages.count - 1
            var inner = state
            (inner.input, inner.isInputBegun, inner.files) = (input, begun, files)
            if !isLast {
                inner.output = .empty
                inner.isCaptured = true
                inner.joinsErrors = stage.joinsErrors
                inner.descriptors = inner.descriptors.mapValues { $0 == .output ? .elsewhere : $0 }
            }
            let before = strays
            last = shell(inner) { walk, inner in
                walk.nested(.either(inner)) { walk in walk.body(stage.body, inner) }
            }
            files = last.files
            (input, begun) = (strays == before ? last.output : .unknown(.computed), false)
        }
        // bash forgets what the last stage did to the shell, zsh and `lastpipe` do not.
        var after = state
        after.files = files
        after.output = last.output
        last.input = state.input
        last.isInputBegun = true
        last.traps = state.traps
        last.endTraps = state.endTraps
        after.isInputBegun = true
        return join(after, last) ?? after
    }

    mutating func body(_ body: ShellBody, _ state: ShellState) -> ShellEnds {
        guard spend() else { return .either(state) }
        switch body {
        case .simple(let command):
            return nested(.either(state)) { walk in walk.simple(command, state) }
        case .compound(let command, let redirections):
            return nested(.either(state)) { walk in
                walk.redirected(redirections, state) { walk, state in walk.compound(command, state) }
            }
        case .function(let name, let body):
            var state = state
            guard let name = single(name, &state).first?.known else {
                insert(opaque: .code)
                return .either(state)
            }
            // One that is readonly stays as it was.
            let old = state.keepsFunctions ? (state.functions[name] ?? []).filter { $0 != nil && $0 != body } : []
            state.functions[name] = [body] + old
            if state.exportsAll { state.exportedFunctions.insert(name) }
            if ShellVariables.isHook(name) { state = hook(name, state) }
            return ShellEnds(success: state, failure: state.keepsFunctions ? state : nil)
        }
    }

    private mutating func compound(_ command: CompoundCommand, _ state: ShellState) -> ShellEnds {
        switch command {
        case .subshell(let script):
            let end = shell(state) { walk, state in walk.script(script, state) }
            return .either(after(end, in: state))
        case .group(let script): return self.script(script, state)
        case .branches(let branches, let otherwise): return self.branches(branches, otherwise, state)
        case .loop(let until, let condition, let body):
            return loop(state) { walk, state in
                let ends = walk.conditional(true) { walk in walk.script(condition, state) }
                let (enters, leaves) = until ? (ends.failure, ends.success) : (ends.success, ends.failure)
                return (enters.flatMap { walk.end(walk.script(body, $0)) }, leaves)
            }
        case .each(let name, let words, let body, let isSelect): return each(name, words, body, isSelect, state)
        case .counted(let start, let condition, let step, let body):
            var first = state
            _ = arithmetic(start, &first)
            return loop(first) { walk, state in
                var state = state
                _ = walk.arithmetic(condition, &state)
                guard var next = walk.end(walk.script(body, state)) else { return (nil, state) }
                _ = walk.arithmetic(step, &next)
                return (next, state)
            }
        case .cases(let word, let clauses): return cases(word, clauses, state)
        case .arithmetic(let word):
            var state = state
            _ = arithmetic(word, &state)
            return .either(state)
        case .condition(let words): return .either(condition(words, state))
        case .coprocess(_, let body):
            var state = state
            state.input = .unknown(.computed)
            var after = beside(body, state)
            after.input = state.input
            return .either(after)
        }
    }

    /// What a subshell leaves: files, and output.
    func after(_ end: ShellState, in state: ShellState) -> ShellState {
        var state = state
        state.files = end.files
        state.output = end.output
        state.isInputBegun = state.isInputBegun || end.isInputBegun
        return state
    }

    private mutating func branches(
        _ branches: [CompoundCommand.Branch], _ otherwise: ShellScript?, _ state: ShellState
    ) -> ShellEnds {
        var result = ShellEnds.never
        var current: ShellState? = state
        for branch in branches {
            guard let before = current else { break }
            let ends = conditional(true) { walk in walk.script(branch.condition, before) }
            if let entered = ends.success { result = join(result, script(branch.body, entered)) }
            current = ends.failure
        }
        guard let current else { return result }
        return join(result, otherwise.map { script($0, current) } ?? ShellEnds(success: current, failure: nil))
    }

    private mutating func cases(
        _ word: ShellWord, _ clauses: [CompoundCommand.Clause], _ state: ShellState
    ) -> ShellEnds {
        var state = state
        _ = single(word, &state)
        var result = ShellEnds(success: state, failure: nil)
        var fallen: ShellState?
        for clause in clauses {
            for pattern in clause.patterns { _ = single(pattern, &state) }
            guard let entered = join(state, fallen) else { break }
            let ends = script(clause.body, entered)
            result = join(result, ends)
            fallen = clause.ending == .leaves ? nil : end(ends)
        }
        return result
    }

    /// A loop: `pass` gives the state after one pass, and the one where the loop ends by its condition.
    private mutating func loop(
        _ state: ShellState,
        _ pass: (inout ShellWalk, ShellState) -> (next: ShellState?, left: ShellState?)
    ) -> ShellEnds {
        framed(.loop) { walk in
            var entry = state
            for number in 0...(Limits.loopPassesMax + 1) {
                guard walk.spend() else { return .either(entry) }
                let (next, left) = pass(&walk, entry)
                let continued = walk.frames.last?.continued
                guard let after = walk.join(next, continued), var joined = walk.join(entry, after) else {
                    return .either(left)
                }
                if joined == entry { return .either(left) }
                if number >= Limits.loopPassesMax - 1 { joined = joined.widened(from: entry) }
                entry = joined
            }
            // It did not settle even so.
            walk.insert(opaque: .code)
            return .either(walk.unreadable(entry))
        }
    }

    private mutating func each(
        _ name: UTF8String, _ words: [ShellWord]?, _ body: ShellScript, _ isSelect: Bool, _ state: ShellState
    ) -> ShellEnds {
        var state = state
        let lists: [[ShellValue]]
        if let words {
            lists = fields(words, &state)
        } else {
            lists = state.positional ?? [[.unknown]]
        }
        // Each word would be another variable that it stands for.
        if state.variables[name]?.target != nil { insert(opaque: .code) }
        var otherwise = ShellEnds.never
        if state.variables[name]?.isReadonly ?? false { otherwise.failure = state }
        if lists.count == 1, let values = lists.first, values.count <= Limits.unrolledWordsMax, !isSelect,
            !values.contains(where: { $0.known == nil })
        {
            return join(otherwise, unrolled(name, values, body, state))
        }
        var values: [ShellValue] = []
        for value in lists.joined() where !values.contains(value) { values.append(value) }
        if values.count > Limits.alternativesMax { values = [.unknown] }
        guard !values.isEmpty else { return ShellEnds(success: state, failure: nil) }
        let ends = loop(state) { walk, state in
            var inner = state
            walk.assign(name, values, &inner)
            if isSelect { walk.assign("REPLY", [.unknown], &inner) }
            return (walk.end(walk.script(body, inner)), state)
        }
        return join(otherwise, ends)
    }

    /// The passes one by one, each with its own word.
    private mutating func unrolled(
        _ name: UTF8String, _ values: [ShellValue], _ body: ShellScript, _ state: ShellState
    ) -> ShellEnds {
        framed(.loop) { walk in
            var ends = ShellEnds(success: state, failure: nil)
            for value in values {
                guard var current = walk.end(ends), walk.spend() else { break }
                walk.assign(name, [value], &current)
                ends = walk.script(body, current)
                if let index = walk.frames.indices.last, let continued = walk.frames[index].continued {
                    ends = walk.join(ends, .either(continued))
                    walk.frames[index].continued = nil
                }
            }
            return ends
        }
    }

    /// `[[ … ]]`: what its words do when they are expanded, and what is evaluated as arithmetic.
    private mutating func condition(_ words: [ShellWord], _ state: ShellState) -> ShellState {
        var state = state
        let values = words.map { single($0, &state) }
        for (index, value) in values.enumerated() {
            guard let name = value.first?.known else { continue }
            if Self.comparisons.contains(name) {
                for side in [index - 1, index + 1] where values.indices.contains(side) { evaluate(values[side], state) }
            } else if name == "-v" || name == "-R", index + 1 < values.count {
                evaluate(values[index + 1], state)
            }
        }
        return state
    }
}

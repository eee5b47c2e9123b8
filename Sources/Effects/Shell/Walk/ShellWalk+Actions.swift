// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What programs do, as the table tells it.
extension ShellWalk {
    mutating func run(
        _ name: UTF8String, _ arguments: [ShellValue], _ state: ShellState, isProject: Bool = false
    ) -> ShellState {
        var variables: [UTF8String: ShellValue] = [:]
        for (name, variable) in state.variables
        where variable.isExported || ShellVariables.hasUpper(name) {
            let values = self.values(of: name, state)
            guard values.contains(where: { $0 != nil }) else { continue }
            variables[name] = values.count == 1 ? values[0] ?? .unknown : .unknown
        }
        var after: ShellState?
        for input in inputs(state) {
            let invocation = Invocation(program: name, arguments: arguments, input: input, variables: variables)
            guard let actions = knowledge.actions(of: invocation) else {
                if !isProject, !ShellBuiltin.harmless.contains(name) {
                    insert(opaque: .program)
                    after = join(after, unreadableOutput(state))
                } else if !isProject {
                    after = join(after, act([], invocation, state))
                }
                continue
            }
            after = join(after, act(actions, invocation, state))
        }
        return after ?? unreadableOutput(state)
    }

    /// What a program can read: each text that it can be is looked at by itself.
    private func inputs(_ state: ShellState) -> [Invocation.Input] {
        guard let input = state.input else { return [.inherited] }
        guard !state.isInputBegun || input.isEmpty else { return [.unknown] }
        switch known(input, state) {
        case .texts(let texts): return texts.map { .text($0) }
        case .files(let paths): return [.files(paths.map { ShellValue($0) })]
        case .unknown: return [.unknown]
        }
    }

    /// Makes effects of what a program does.
    mutating func act(
        _ actions: [ProgramAction], _ invocation: Invocation, _ state: ShellState
    ) -> ShellState {
        var run = ProgramRunState(after: state)
        // What it runs is heard apart where it is what the program itself writes.
        if actions.contains(.passesOutput) { run.after.output = .empty }
        for action in actions {
            guard spend() else { break }
            act(action, invocation, state, &run)
        }
        var after = run.after
        after.isInputBegun = true
        let output = output(of: invocation, actions, run, state)
        // Files that it wrote, where nothing better is known of them.
        let appends = invocation.arguments.contains { $0.known.map { $0 == "-a" || $0 == "--append" } ?? true }
        let keepsContents = ShellReading.attributePrograms.contains(invocation.program)
        for path in run.written where !run.placed.contains(path) && !keepsContents {
            let content: ShellStream
            if run.passesInput, run.read.isEmpty {
                content = output ?? .unknown(run.origin(invocation))
            } else {
                content = .unknown(run.origin(invocation))
            }
            write(content, to: path, appends: appends, &after)
        }
        for path in run.deleted {
            set((after.files[path] ?? [.original]) + [.deleted], at: path, &after)
        }
        if run.passesOutput || run.output != nil { after.output = state.output }
        guard state.isCaptured else { return after }
        if state.joinsErrors, !ShellBuiltin.harmless.contains(invocation.program) {
            after.output = .unknown(.computed)
        } else if let output {
            after.output = after.output.followed(by: output)
        }
        return after
    }

    private mutating func act(
        _ action: ProgramAction, _ invocation: Invocation, _ state: ShellState, _ run: inout ProgramRunState
    ) {
        switch action {
        case .path(let verbs, let value, let isTree):
            let paths = path(verbs, value, isTree: isTree, state)
            guard let paths else {
                run.hasUnknownPath = true
                return
            }
            if verbs.contains(.read), let first = paths.first { run.read.append(first) }
            if isTree { return }
            if verbs.contains(.write) { run.written += paths }
            if verbs.contains(.delete) { run.deleted += paths }
        case .names(let value): names(value, state)
        case .url(let value):
            run.isForeign = true
            url(value, state)
        case .host(let value):
            run.isForeign = true
            host(value)
        case .command(let words, let setting):
            guard !words.isEmpty else { return }
            run.hasNested = true
            let inner = self.state(setting, run.after)
            let more: [ShellValue] = setting.takesMoreArguments ? [.unknown] : []
            let end = program(words + more, inner)
            if setting.takesMoreArguments, inner.isCaptured { run.output = nil }
            take(end, setting, &run)
        case .shell(let text, let setting):
            run.hasNested = true
            if !state.isElsewhere, !setting.isElsewhere, !ShellReading.shells.contains(invocation.program) {
                insert(Effect(.execute, .program("sh")))
            }
            let inner = self.state(setting, run.after)
            take(childShell(text, positional(text, invocation), inner), setting, &run)
        case .shellFile(let value, let arguments):
            run.hasNested = true
            runFile(value, .shell([value] + arguments), state, &run)
        case .codeFile(let value):
            runFile(value, .code(ShellReading.language(of: invocation.program)), state, &run)
        case .code(let language, let text):
            let output = run.after.output
            run.after = nested(run.after) { walk in walk.code(language, text, run.after) }
            // What is said of its output is said of all of it.
            if run.output != nil { run.after.output = output }
        case .projectCode:
            // What lies elsewhere is not the project's: `cd /tmp/x && make`.
            let isAway = (state.directories ?? state.below)?.contains { !isOwn($0) } ?? false
            insert(opaque: isAway && !state.isElsewhere ? .program : .projectCode)
        case .copy(let from, let to): place(from, to, isLink: false, state, &run)
        case .link(let from, let to): place(from, to, isLink: true, state, &run)
        case .output(let text): run.output = text
        case .passesInput: run.passesInput = true
        case .passesOutput: run.passesOutput = true
        case .effect(let effect):
            if effect.verb == .connect || effect.verb == .opaque { run.isForeign = true }
            insert(effect)
        case .opaque(let position):
            if state.isElsewhere, position == .pathRead || position == .pathWrite { return }
            if position != .pathRead, position != .projectCode { run.isForeign = true }
            insert(opaque: position)
        }
    }

    /// The state that a program starts another in.
    private func state(_ setting: ProgramAction.Setting, _ state: ShellState) -> ShellState {
        var inner = state
        for (name, value) in setting.variables {
            var variable = ShellVariable([value])
            variable.isExported = true
            inner.variables[name] = variable
            if name == "PATH" {
                inner.search =
                    value.known == nil
                    ? .unknown : search(after: ShellWord(parts: [.quoted(value.known ?? "")]), [value], state)
            }
        }
        if let directory = setting.directory {
            let root: UTF8String? =
                directory.pieces.count == 2 && directory.pieces.last == .wildcard("**") ? directory.prefix : nil
            inner.directories = directory.known.flatMap { absolute($0, state) }
            inner.below = root.flatMap { absolute($0, state) }
        }
        if let input = setting.input {
            inner.isInputBegun = false
            switch input {
            case .inherited: inner.input = nil
            case .text(let text): inner.input = .texts([text])
            case .files(let files):
                let paths = files.compactMap { $0.known.flatMap { absolute($0, state) } }
                inner.input = paths.count == files.count ? .files(paths.flatMap { $0 }) : .unknown(.computed)
            case .unknown: inner.input = .unknown(.computed)
            }
        }
        if setting.isElsewhere {
            inner.isElsewhere = true
            inner.files = [:]
            inner.directories = nil
        }
        return inner
    }

    /// What is left of a program that another ran.
    private func take(_ end: ShellState, _ setting: ProgramAction.Setting, _ run: inout ProgramRunState) {
        if !setting.isElsewhere { run.after.files = end.files }
        run.after.output = end.output
        if setting.isElsewhere { run.isForeign = true }
    }

    /// `sh -c TEXT NAME ARGUMENTS`: what follows the text.
    private func positional(_ text: ShellValue, _ invocation: Invocation) -> [ShellValue]? {
        guard ShellReading.shells.contains(invocation.program),
            let place = invocation.arguments.firstIndex(of: text)
        else { return nil }
        return Array(invocation.arguments[(place + 1)...])
    }

    mutating func runFile(
        _ value: ShellValue, _ use: FileUse, _ state: ShellState, _ run: inout ProgramRunState
    ) {
        if let text = value.known, text == "/dev/stdin" || text == "/dev/fd/0" || text == "-" {
            let stream = state.isInputBegun ? .unknown(.computed) : state.input ?? .unknown(.local)
            run.after = self.run(text, .content(known(stream, state)), use, run.after)
            return
        }
        guard !state.isElsewhere else { return insert(opaque: .program) }
        if case .shell = use { searched(value, state) }
        guard let paths = path([.read], value, isTree: false, state) else {
            guard !value.hasUnknown, let directories = globbed(value, state)?.directories else {
                return insert(opaque: .code)
            }
            // Any file there, and those that the text wrote there for sure.
            let trees = directories.map { $0 == "/" ? $0 : UTF8String("\($0)/") }
            for tree in trees { insert(opaque: isOwn(tree) ? .projectCode : .program) }
            for file in run.after.files.keys.sorted() where trees.contains(where: { file.hasPrefix($0) }) {
                run.after = self.run(file: file, use, run.after)
            }
            return
        }
        let before = run.after
        var after: ShellState?
        for path in paths { after = join(after, self.run(file: path, use, before)) }
        run.after = after ?? before
    }

    private mutating func place(
        _ from: ShellValue, _ to: ShellValue, isLink: Bool, _ state: ShellState, _ run: inout ProgramRunState
    ) {
        guard !state.isElsewhere else { return }
        guard let target = to.known, let places = absolute(target, state) else {
            // Through a link that lies nobody knows where, what it leads to can be read and written under any name.
            if isLink { path([.read, .write], from, isTree: true, state) }
            return
        }
        let sources = from.known.flatMap { absolute($0, state) }
        for place in places {
            run.placed.insert(place)
            guard let sources else {
                set(written(at: place, run.after) + [.content(.unknown(.computed))], at: place, &run.after)
                continue
            }
            for source in sources where source != place {
                if isLink {
                    set([.link(source)] + written(at: place, run.after), at: place, &run.after)
                } else {
                    copy(source, to: place, &run.after)
                }
            }
        }
    }
}

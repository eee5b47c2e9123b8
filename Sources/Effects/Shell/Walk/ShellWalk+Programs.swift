// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ShellWalk {
    /// A program by its words.
    ///
    /// - Returns: the state after it: what it wrote, and that it may have read.
    mutating func program(_ words: [ShellValue], _ state: ShellState) -> ShellState {
        guard spend() else { return state }
        guard let name = words.first?.known else {
            // A name that a search found in a folder of the project's is a program of the project's.
            if let word = words.first, !word.hasUnknown, word.prefix.bytes.contains(UInt8(ascii: "/")) {
                var run = ProgramRunState(after: state)
                runFile(word, .program(Array(words.dropFirst())), state, &run)
                return unreadableOutput(run.after)
            }
            insert(opaque: .program)
            return unreadableOutput(state)
        }
        return nested(state) { walk in walk.program(named: name, Array(words.dropFirst()), state) }
    }

    /// The effects of running what a name or path leads to, with these arguments.
    mutating func program(
        named word: UTF8String, _ arguments: [ShellValue] = [], _ state: ShellState
    ) -> ShellState {
        let slash = UInt8(ascii: "/")
        let bytes = word.bytes
        let base = bytes.lastIndex(of: slash).map { bytes[($0 + 1)...] } ?? bytes[...]
        guard !base.isEmpty, base.count <= Limits.nameBytesMax, !word.hasControls,
            let name = UTF8String(validating: base), name != "..", name != "." || bytes.count == 1
        else {
            insert(opaque: .program)
            return unreadableOutput(state)
        }
        insert(Effect(.execute, .program(name)))
        guard bytes.contains(slash) else {
            if let written = ShellVariables.systemFolders.map({ UTF8String("\($0)/\(name)") })
                .first(where: { state.files[$0] != nil })
            {
                return run(file: written, .program(arguments), state)
            }
            switch state.search {
            case .system: break
            case .project: insert(opaque: .projectCode)
            case .unknown: insert(opaque: .program)
            }
            return run(name, arguments, state)
        }
        if state.isElsewhere { return run(name, arguments, state) }
        guard let paths = absolute(word, state) else {
            insert(opaque: .program)
            return unreadableOutput(state)
        }
        var after: ShellState?
        for path in paths {
            let places = places(of: path, state)
            if places.count >= Limits.linkedPlacesMax { insert(opaque: .program) }
            for place in places {
                if Self.isSystem(place), state.files[place] == nil {
                    let base = place.bytes.split(separator: slash).last.flatMap { UTF8String(validating: $0) }
                    if let base {
                        insert(Effect(.execute, .program(base)))
                        // It may run others by their names: tar does, and git, and compilers.
                        if state.search == .unknown { insert(opaque: .program) }
                        after = join(after, run(base, arguments, state))
                    }
                } else {
                    insert(Effect(.read, .file(place)))
                    // What a link or a copy leads to is looked at by itself.
                    let own = states(of: place, state).filter { file in
                        switch file {
                        case .link, .copy: false
                        default: true
                        }
                    }
                    if own.contains(.original), isOwn(place) {
                        // A program of the project's that bears a known name likely is it.
                        after = join(after, run(name, arguments, state, isProject: true))
                    }
                    for file in own { after = join(after, run(place, file, .program(arguments), state)) }
                }
            }
        }
        return after ?? unreadableOutput(state)
    }

    /// Whether the path is a file right in one of the system's own folders.
    private static func isSystem(_ path: UTF8String) -> Bool {
        let bytes = path.bytes
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")), slash + 1 < bytes.count,
            let folder = UTF8String(validating: bytes[..<slash])
        else { return false }
        return ShellVariables.systemFolders.contains(folder)
    }

    // MARK: Files that are run

    /// How a file is run.
    enum FileUse {
        case shell([ShellValue])
        case code(ProgramAction.Language)
        case program([ShellValue])
    }

    mutating func run(file path: UTF8String, _ use: FileUse, _ state: ShellState) -> ShellState {
        var after: ShellState?
        for file in states(of: path, state) { after = join(after, run(path, file, use, state)) }
        return after ?? state
    }

    private mutating func run(
        _ path: UTF8String, _ file: FileState, _ use: FileUse, _ state: ShellState
    ) -> ShellState {
        switch file {
        case .deleted: return state
        case .original:
            insert(opaque: isOwn(path) ? .projectCode : .program)
            return unreadableOutput(state)
        case .link(let target), .copy(let target):
            return nested(state) { walk in
                if case .program(let arguments) = use { return walk.program(named: target, arguments, state) }
                return walk.run(file: target, use, state)
            }
        case .content(.unknown(let origin)):
            insert(opaque: origin == .computed ? .code : isOwn(path) ? .projectCode : .program)
            return unreadableOutput(state)
        case .content(.files(let paths)):
            for path in paths { insert(opaque: isOwn(path) ? .projectCode : .program) }
            return unreadableOutput(state)
        case .content(.texts(let texts)):
            var after: ShellState?
            for text in texts { after = join(after, nested(state) { walk in walk.run(text, use, state) }) }
            return after ?? state
        }
    }

    /// A script whose text is known.
    private mutating func run(_ text: ShellValue, _ use: FileUse, _ state: ShellState) -> ShellState {
        guard let known = text.known else {
            insert(opaque: .code)
            return unreadableOutput(state)
        }
        switch use {
        case .shell(let arguments): return childShell(text, arguments, state)
        case .code(let language): return code(language, text, state)
        case .program(let arguments):
            let words = [ShellValue.unknown] + arguments
            guard known.hasPrefix("#!") else { return childShell(text, words, state) }
            let line = known.bytes.dropFirst(2).prefix { $0 != 0x0a }
            let parts = line.split(separator: 0x20).compactMap { UTF8String(validating: $0) }
            let named =
                parts.first?.hasSuffix("/env") == true ? parts.dropFirst().first { !$0.hasPrefix("-") } : parts.first
            let base = named?.bytes.split(separator: UInt8(ascii: "/")).last.flatMap { UTF8String(validating: $0) }
            guard let base else {
                insert(opaque: .code)
                return unreadableOutput(state)
            }
            insert(Effect(.execute, .program(base)))
            if ShellReading.shells.contains(base) { return childShell(text, words, state) }
            return code(ShellReading.language(of: base), text, state)
        }
    }

    mutating func code(_ language: ProgramAction.Language, _ text: ShellValue, _ state: ShellState) -> ShellState {
        if language == .sed, text.known == nil, !text.hasUnknown, text.byteCount <= Limits.codeBytesMax {
            do throws(NotUnderstood) {
                return act(try SedProgram.actions(of: text), Invocation(program: "", arguments: []), state)
            } catch {
                insert(opaque: .code)
                return unreadableOutput(state)
            }
        }
        guard let known = text.known, spend(1 + known.byteCount / 64) else {
            insert(opaque: .code)
            return unreadableOutput(state)
        }
        return act(languages(language, known), Invocation(program: "", arguments: []), state)
    }

    /// A text in a shell process of its own, which gets what was exported.
    mutating func childShell(_ text: ShellValue, _ arguments: [ShellValue]?, _ state: ShellState) -> ShellState {
        guard let known = readable(text, state), let script = script(known) else {
            return unreadableOutput(state)
        }
        var child = state
        child.variables = state.variables.filter { $0.value.isExported }
        // Other shells than bash do not take functions.
        child.functions = state.functions.filter { state.exportedFunctions.contains($0.key) }
            .mapValues { $0.contains(nil) ? $0 : $0 + [nil] }
        child.aliases = [:]
        child.positional = arguments.map { [Array($0.dropFirst())] }
        child.shellName = [arguments?.first ?? .unknown]
        child.isNoGlob = false
        child.exitsOnError = false
        child.locals = []
        child.stack = []
        let end = nested(child) { walk in
            walk.shell(child) { walk, child in walk.script(script, child) }
        }
        return after(end, in: state)
    }

    // MARK: Actions

    private mutating func run(
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

    /// What a program wrote; `nil` where what it ran wrote it.
    private func output(
        of invocation: Invocation, _ actions: [ProgramAction], _ run: ProgramRunState, _ state: ShellState
    ) -> ShellStream? {
        if let text = run.output { return .texts([text]) }
        if run.passesOutput, run.hasNested { return Self.repeated(run.after.output) }
        if run.passesInput {
            let options = invocation.arguments.filter { $0.prefix.hasPrefix("-") || $0.startsUnknown }
            let isPlain = options.allSatisfy { ["-u", "-a", "-i", "--append", "--"].contains($0.known) }
            guard isPlain else { return .unknown(run.origin(invocation)) }
            if !run.read.isEmpty {
                return run.hasUnknownPath ? .unknown(.computed) : known(.files(run.read), state)
            }
            guard !run.hasUnknownPath, !state.isInputBegun else { return .unknown(run.origin(invocation)) }
            return state.input.map { known($0, state) } ?? .unknown(.local)
        }
        var input: UTF8String?
        if case .text(let text) = invocation.input { input = text.known }
        if let output = KnownOutput.of(invocation.program, invocation.arguments, input: input) {
            return .texts([output])
        }
        if run.hasNested, ShellReading.wrappers.contains(invocation.program) { return nil }
        if let texts = KnownOutput.numbers(invocation.program, invocation.arguments) ?? located(invocation, state) {
            return .texts(texts)
        }
        if let sources = sources(of: invocation, run, state),
            let text = CombinedLines.of(invocation.program, invocation.arguments, sources)
        {
            return .texts([text])
        }
        return .unknown(run.origin(invocation))
    }

    /// What commands wrote of which each is run for every name: lines of names. More than a name on a line could be what
    /// a shell runs, and nobody knows how often.
    private static func repeated(_ stream: ShellStream) -> ShellStream {
        guard case .texts(let texts) = stream, texts.count == 1, let lines = KnownLines.of(texts[0]),
            lines.allSatisfy({ line in
                line.known == nil
                    && line.pieces.allSatisfy { piece in
                        guard case .text(let text) = piece else { return true }
                        return text.bytes.allSatisfy { $0.isAlphanumeric || "._-/@%+,:".utf8.contains($0) }
                    }
            })
        else { return .unknown(.computed) }
        return stream
    }

    /// The texts that a program reads, where each is known: its files', or its input's.
    private func sources(
        of invocation: Invocation, _ run: ProgramRunState, _ state: ShellState
    ) -> [ShellValue]? {
        guard !run.hasUnknownPath, !run.hasNested, run.written.isEmpty else { return nil }
        guard !run.read.isEmpty else {
            if case .text(let text) = invocation.input { return [text] }
            return []
        }
        guard !invocation.arguments.contains(where: { $0.known == "-" }) else { return nil }
        var texts: [ShellValue] = []
        for path in run.read {
            guard case .texts(let contents) = known(.files([path]), state), contents.count == 1 else { return nil }
            texts += contents
        }
        return texts
    }

    /// Paths that a program tells: where a name leads to, and where the project begins. Nothing, where it fails.
    private func located(_ invocation: Invocation, _ state: ShellState) -> [ShellValue]? {
        let words = invocation.arguments.compactMap(\.known)
        guard words.count == invocation.arguments.count, environment.filesystem == .local, !state.isElsewhere else {
            return nil
        }
        var paths: [UTF8String] = []
        switch invocation.program {
        case "readlink", "greadlink", "realpath", "grealpath":
            let options = words.filter { $0.hasPrefix("-") && $0 != "--" }
            let operands = words.filter { !$0.hasPrefix("-") }
            let isCanonical = invocation.program.hasSuffix("path") || options.contains { $0 != "-n" }
            guard operands.count == 1, isCanonical, options.allSatisfy({ ["-f", "-e", "-m", "-n"].contains($0) }),
                let found = absolute(operands[0], state)
            else { return nil }
            for path in found { paths += places(of: path, state).filter { !paths.contains($0) } }
        case "git":
            guard words == ["rev-parse", "--show-toplevel"], let root = repository(state) else { return nil }
            paths = [root]
        default: return nil
        }
        guard paths.count < Limits.listAlternativesMax else { return nil }
        return paths.map { ShellValue(UTF8String("\($0)\n")) } + [ShellValue("")]
    }

    /// The folder of the repository that git finds from here, where that is in the project.
    private func repository(_ state: ShellState) -> UTF8String? {
        let settings: [UTF8String] = ["GIT_DIR", "GIT_WORK_TREE", "GIT_CEILING_DIRECTORIES"]
        guard let root = environment.root, let directories = state.directories, directories.count == 1,
            !settings.contains(where: { state.variables[$0] != nil || environment.variables[$0] != nil }),
            var folder = directories.first, folder == root || folder.hasPrefix(UTF8String("\(root)/"))
        else { return nil }
        for _ in 0..<Limits.pathComponentsMax {
            guard let names = environment.entries(folder) else { return nil }
            if names.contains(".git") { return folder }
            guard folder != root, let slash = folder.bytes.lastIndex(of: UInt8(ascii: "/")),
                let above = UTF8String(validating: folder.bytes[..<slash])
            else { return nil }
            folder = above
        }
        return nil
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
            let isAway = (state.directories ?? state.below)?.contains { !isOwn(UTF8String("\($0)/")) } ?? false
            insert(opaque: isAway && !state.isElsewhere ? .program : .projectCode)
        case .copy(let from, let to): place(from, to, state, &run) { .copy($0) }
        case .link(let from, let to): place(from, to, state, &run) { .link($0) }
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

    private mutating func runFile(
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
        _ from: ShellValue, _ to: ShellValue, _ state: ShellState, _ run: inout ProgramRunState,
        _ make: (UTF8String) -> FileState
    ) {
        guard !state.isElsewhere else { return }
        guard let target = to.known, let places = absolute(target, state) else {
            // Through a link that lies nobody knows where, what it leads to can be read and written under any name.
            if case .link = make("/") { path([.read, .write], from, isTree: true, state) }
            return
        }
        let sources = from.known.flatMap { absolute($0, state) }
        for place in places {
            run.placed.insert(place)
            let old = (run.after.files[place] ?? []).filter { $0 != .original && $0 != .deleted }
            guard let sources else {
                set(old + [.content(.unknown(.computed))], at: place, &run.after)
                continue
            }
            var new: [FileState] = []
            for source in sources where source != place {
                let made = make(source)
                if case .copy = made, let states = run.after.files[source] {
                    // A copy keeps what was there, whatever becomes of the source.
                    new += states.map { $0 == .original ? made : $0 }
                } else {
                    new.append(made)
                }
            }
            set(new + old, at: place, &run.after)
        }
    }

    // MARK: Networks

    /// A URL, or what curl takes for one.
    mutating func url(_ value: ShellValue, _ state: ShellState) {
        guard let text = value.known else {
            // The host counts once its part of the URL is complete.
            guard let host = Self.host(of: value.prefix) else { return insert(opaque: .host) }
            let hosts = CanonicalURL.readings(of: host)
            if hosts.isEmpty { insert(opaque: .host) }
            for url in hosts { insert(Effect(.connect, .host(url.host))) }
            return
        }
        if text.asciiLowercased.hasPrefix("file:") {
            guard let path = CanonicalPath(text, in: environment) else {
                insert(opaque: .pathRead)
                return
            }
            for reading in path.readings { insert(Effect(.read, .file(reading))) }
            return
        }
        address(text.string.contains("://") ? text : UTF8String("http://\(text)"))
    }

    mutating func address(_ text: UTF8String) {
        let readings = CanonicalURL.readings(of: text)
        if readings.isEmpty { insert(opaque: .host) }
        for url in readings { insert(Effect(.connect, .url(url))) }
    }

    /// A URL's beginning up to the end of its authority, where that is all there.
    private static func host(of prefix: UTF8String) -> UTF8String? {
        let full = prefix.string.contains("://") ? prefix : UTF8String("http://\(prefix)")
        let bytes = full.bytes
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8) else {
            return nil
        }
        let rest = bytes[(colon + 3)...]
        guard let end = rest.firstIndex(where: { "/?#".utf8.contains($0) }) else { return nil }
        return UTF8String(validating: bytes[...end])
    }

    /// A host, with a port or a user's name.
    mutating func host(_ value: ShellValue) {
        var text = value.known
        if text == nil, value.prefix.hasSuffix(":"), value.pieces.dropFirst() == ShellValue.number.pieces[...] {
            text = UTF8String(validating: value.prefix.bytes.dropLast())
        }
        guard let text else { return insert(opaque: .host) }
        let bytes = text.bytes
        let start = bytes.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? 0
        let hosts = UTF8String(validating: bytes[start...]).map(PlainNames.hosts) ?? []
        if hosts.isEmpty { insert(opaque: .host) }
        for host in hosts { insert(Effect(.connect, .host(host))) }
    }
}

/// What one run of a program comes to.
private struct ProgramRunState {
    var after: ShellState
    var output: ShellValue?
    var passesInput = false
    var passesOutput = false
    var hasNested = false
    var hasUnknownPath = false
    /// Whether what it writes may come from a network, or be computed from what nobody knows.
    var isForeign = false
    var read: [UTF8String] = []
    var written: [UTF8String] = []
    var deleted: [UTF8String] = []
    var placed: Set<UTF8String> = []

    init(after: ShellState) { self.after = after }

    func origin(_ invocation: Invocation) -> ShellStream.Origin {
        if isForeign { return .computed }
        switch invocation.input {
        case .inherited, .files: return .local
        case .text(let text): return text.pieces.isEmpty ? .local : .computed
        case .unknown: return .computed
        }
    }
}

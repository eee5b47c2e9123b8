// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension ShellWalk {
    /// Walks `body` with its redirections, and brings its output where they lead.
    mutating func redirected(
        _ redirections: [Redirection], _ state: ShellState, _ body: (inout ShellWalk, ShellState) -> ShellEnds
    ) -> ShellEnds {
        guard !redirections.isEmpty else { return body(&self, state) }
        var inner = state
        var table = descriptors(of: state)
        for redirection in redirections { open(redirection, &table, &inner) }
        // Opening may itself run substitutions.
        var outer = state
        (outer.variables, outer.files, outer.output) = (inner.variables, inner.files, inner.output)
        let (output, errors) = (table[1] ?? .discarded, table[2] ?? .discarded)
        inner.descriptors = table.filter { $0.key > 2 }
        let before = strays
        if output == .output {
            inner.joinsErrors = errors == .output
        } else {
            inner.isCaptured = output != .discarded
            inner.output = .empty
            inner.joinsErrors = errors == output
            inner.descriptors = inner.descriptors.mapValues { $0 == .output ? .elsewhere : $0 }
        }
        let ends = body(&self, inner)
        let hasStrays = strays != before
        let readsElsewhere = inner.input != state.input
        var strayed = false
        func closed(_ end: ShellState?) -> ShellState? {
            guard var end else { return nil }
            var text = end.output
            if hasStrays, inner.joinsErrors, end.isCaptured { text = .unknown(.computed) }
            end.joinsErrors = outer.joinsErrors
            end.descriptors = outer.descriptors
            end.isCaptured = outer.isCaptured
            if readsElsewhere { (end.input, end.isInputBegun) = (outer.input, outer.isInputBegun) }
            guard output != .output else {
                end.output = text
                return end
            }
            end.output = outer.output
            if errors == .output, outer.isCaptured { end.output = .unknown(.computed) }
            switch output {
            case .files(let paths, let appends):
                for path in paths { write(text, to: path, appends: appends, &end) }
            case .errors, .elsewhere: strayed = strayed || !text.isEmpty
            default: break
            }
            return end
        }
        var result = ShellEnds(success: closed(ends.success), failure: closed(ends.failure))
        if strayed { strays += 1 }
        guard redirections.contains(where: Self.mayFail) else { return result }
        // Then the command does not run, and has failed, whatever it is. The shell says so.
        if outer.isCaptured, outer.joinsErrors || errors == .output { outer.output = .unknown(.computed) }
        // That a file was not written is not thought of: what is in it then was there before.
        outer.files = result.success?.files ?? result.failure?.files ?? outer.files
        result.failure = join(result.failure, outer)
        return result
    }

    /// Whether there is a file to open, or a descriptor to copy, that may not be there.
    private static func mayFail(_ redirection: Redirection) -> Bool {
        if case .process? = redirection.target.parts.first { return false }
        return switch redirection.operation {
        case .hereDocument, .hereString: false
        case .duplicateInput, .duplicateOutput:
            ![[.text("1")], [.text("2")], [.text("-")]].contains(redirection.target.parts)
        default: redirection.target.parts != [.text("/dev/null")]
        }
    }

    /// `exec` with redirections alone: they last.
    mutating func opened(_ redirections: [Redirection], _ state: ShellState) -> ShellState {
        insert(Effect(.execute, .program("exec")))
        var state = state
        var table = descriptors(of: state)
        for redirection in redirections { open(redirection, &table, &state) }
        let (output, errors) = (table[1] ?? .discarded, table[2] ?? .discarded)
        state.descriptors = table.filter { $0.key > 2 }
        if errors == .output { state.joinsErrors = true }
        guard output != .output else { return state }
        // Later output goes there as well, and no longer where it went.
        if state.isCaptured { state.output = .unknown(.computed) }
        if case .files(let paths, _) = output {
            for path in paths { write(.unknown(.computed), to: path, appends: false, &state) }
        }
        strays += 1
        return state
    }

    private func descriptors(of state: ShellState) -> [Int: ShellDescriptor] {
        var table = state.descriptors
        table[1] = .output
        table[2] = state.joinsErrors ? .output : .errors
        return table
    }

    private mutating func open(
        _ redirection: Redirection, _ table: inout [Int: ShellDescriptor], _ state: inout ShellState
    ) {
        var number: Int?
        switch redirection.descriptor {
        case .number(let given): number = given
        case .variable(let name):
            number = -1
            assign(name, [.number], &state)
        case nil: break
        }
        func set(_ descriptor: ShellDescriptor, _ standard: Int) {
            let target = number ?? standard
            table[target] = descriptor
            guard target == 0 else { return }
            if case .source(let stream) = descriptor { state.input = stream } else { state.input = .unknown(.computed) }
            state.isInputBegun = false
        }
        switch redirection.operation {
        case .hereDocument: set(.source(.texts(single(redirection.target, &state))), 0)
        case .hereString:
            let texts = single(redirection.target, &state).map { $0.followed(by: ShellValue("\n")) }
            set(.source(.texts(Array(texts.prefix(Limits.listAlternativesMax)))), 0)
            if texts.count > Limits.listAlternativesMax { set(.source(.unknown(.computed)), 0) }
        case .duplicateInput, .duplicateOutput:
            let standard = redirection.operation == .duplicateInput ? 0 : 1
            let values = single(redirection.target, &state)
            if values.count == 1, let text = values.first?.known, let descriptor = duplicate(text, table, state) {
                set(descriptor, standard)
            } else if standard == 1, number == nil || number == 1,
                values.allSatisfy({ $0.known.map(Self.isFile) ?? false })
            {
                let descriptor = opening(redirection.target, [.write], appends: false, &state, table)
                (table[1], table[2]) = (descriptor, descriptor)
            } else {
                set(.elsewhere, standard)
                if !values.allSatisfy({ $0.isNumber }) { insert(opaque: .pathWrite) }
            }
        case .input: set(opening(redirection.target, [.read], appends: false, &state, table), 0)
        case .output: set(opening(redirection.target, [.write], appends: false, &state, table), 1)
        case .append: set(opening(redirection.target, [.write], appends: true, &state, table), 1)
        case .readWrite: set(opening(redirection.target, [.read, .write], appends: true, &state, table), 0)
        case .outputAndErrors(let appends):
            let descriptor = opening(redirection.target, [.write], appends: appends, &state, table)
            (table[1], table[2]) = (descriptor, descriptor)
        }
    }

    private static func isFile(_ text: UTF8String) -> Bool {
        !text.isEmpty && text != "-" && !text.bytes.allSatisfy(\.isDigit)
    }

    /// `3`, `3-`, `-`; `nil` where it is no descriptor.
    private func duplicate(
        _ text: UTF8String, _ table: [Int: ShellDescriptor], _ state: ShellState
    ) -> ShellDescriptor? {
        if text == "-" { return .discarded }
        let digits = text.hasSuffix("-") ? text.string.dropLast() : text.string[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy(\.isDigit), let number = Int(digits) else { return nil }
        if number == 0, table[0] == nil { return state.input.map(ShellDescriptor.source) ?? .elsewhere }
        return table[number] ?? .elsewhere
    }

    /// Opens a file: its effects, and where the descriptor leads then.
    private mutating func opening(
        _ target: ShellWord, _ verbs: [Verb], appends: Bool, _ state: inout ShellState, _ table: [Int: ShellDescriptor]
    ) -> ShellDescriptor {
        let lists = fields([target], &state)
        var descriptor: ShellDescriptor?
        for list in lists {
            guard let value = list.first else { continue }
            let one = opening(value, verbs, appends: appends, state, table)
            switch (descriptor, one) {
            case (nil, _): descriptor = one
            case (.files(let first, _)?, .files(let second, _)):
                descriptor = .files(first + second.filter { !first.contains($0) }, appends: true)
            default: descriptor = verbs.contains(.write) ? .elsewhere : .source(.unknown(.computed))
            }
        }
        return descriptor ?? .discarded
    }

    private mutating func opening(
        _ value: ShellValue, _ verbs: [Verb], appends: Bool, _ state: ShellState, _ table: [Int: ShellDescriptor]
    ) -> ShellDescriptor {
        if connects(value) { return verbs == [.write] ? .elsewhere : .source(.unknown(.computed)) }
        switch value.known {
        case "/dev/stdout": return table[1] ?? .discarded
        case "/dev/stderr": return table[2] ?? .discarded
        case "/dev/stdin": return state.input.map(ShellDescriptor.source) ?? .elsewhere
        default: break
        }
        if let text = value.known, text.hasPrefix("/dev/fd/"), state.files[text] == nil,
            let descriptor = duplicate(UTF8String(validating: text.bytes.dropFirst(8)) ?? "", table, state)
        {
            return descriptor
        }
        let paths = path(verbs, value, isTree: false, state)
        guard verbs.contains(.write) else {
            return .source(paths.map { contents(of: $0, state) } ?? .unknown(.computed))
        }
        return paths.map { $0.isEmpty ? .discarded : .files($0, appends: appends) } ?? .elsewhere
    }

    /// bash's `/dev/tcp/host/port` and `/dev/udp/host/port`: a connection, whatever files there are.
    private mutating func connects(_ value: ShellValue) -> Bool {
        let prefix = value.prefix
        guard prefix.hasPrefix("/dev/tcp/") || prefix.hasPrefix("/dev/udp/") else { return false }
        let rest = prefix.bytes.dropFirst(9)
        let host = rest.prefix { $0 != UInt8(ascii: "/") }
        guard host.count < rest.count, let name = UTF8String(validating: host) else {
            insert(opaque: .host)
            return true
        }
        self.host(ShellValue(name))
        return true
    }
}

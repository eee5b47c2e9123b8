// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What programs write.
extension ShellWalk {
    /// What a program wrote; `nil` where what it ran wrote it.
    func output(
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
            let texts = CombinedLines.of(invocation.program, invocation.arguments, sources)
        {
            return .texts(texts)
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
    func sources(
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

    /// Paths that a program tells: where a name leads to. Nothing, where it fails.
    func located(_ invocation: Invocation, _ state: ShellState) -> [ShellValue]? {
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
        default: return nil
        }
        guard paths.count < Limits.listAlternativesMax else { return nil }
        return paths.map { ShellValue(UTF8String("\($0)\n")) } + [ShellValue("")]
    }
}

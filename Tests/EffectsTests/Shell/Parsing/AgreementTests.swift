// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Effects

/// What the parser says of a text, beside what bash says.
struct Verdict {
    var text: String
    var script: ShellScript?
    var error: ShellSyntaxError?

    init(_ text: String) {
        self.text = text
        do throws(ShellSyntaxError) {
            script = try ShellParser.parse(UTF8String(text))
        } catch {
            self.error = error
        }
    }

    func agrees(_ isAcceptedByBash: Bool) -> Bool {
        guard let error else { return isAcceptedByBash }
        return error.what.isSeenByBash ? !isAcceptedByBash : true
    }
}

@Suite(.enabled(if: BashPeer.isPresent, "there is no bash on this machine")) struct AgreementTests {
    /// What differs between the parser and bash for these texts, and what the printed tree reads as.
    private func differences(_ texts: [String], late: inout Int) throws -> [String] {
        var found: [String] = []
        var readable: [(Verdict, printed: String)] = []
        for (text, isAccepted) in zip(texts, try BashPeer.accepts(texts)) {
            let verdict = Verdict(text)
            if let script = verdict.script { readable.append((verdict, ShellPrinter.text(script).string)) }
            if isAccepted, let error = verdict.error { late += 1; if ProcessInfo.processInfo.environment["LATE"] != nil { print("LATEX", error.what, error.offset, text.debugDescription) } }
            if !verdict.agrees(isAccepted) {
                let ours = verdict.error.map { "\($0.what) at \($0.offset)" } ?? "read"
                found.append("bash \(isAccepted ? "accepts" : "refuses"), here \(ours): \(text.debugDescription)")
            }
        }
        for ((verdict, printed), isAccepted) in zip(readable, try BashPeer.accepts(readable.map(\.printed))) {
            let again = Verdict(printed)
            if !isAccepted || again.script != verdict.script {
                let ours = again.error.map { "\($0.what) at \($0.offset)" } ?? "read as another"
                found.append("printed, \(isAccepted ? "" : "bash refuses, ")here \(ours): \(verdict.text.debugDescription) -> \(printed.debugDescription)")
            }
        }
        return found
    }

    @Test func `scratch`() throws {
        guard let file = ProcessInfo.processInfo.environment["SNIPPETS"] else { return }
        let texts = try String(contentsOf: URL(filePath: file), encoding: .utf8).components(separatedBy: "\n%%\n")
        var late = 0
        if let path = ProcessInfo.processInfo.environment["DUMP"] {
            let marks = texts.map { text in
                Verdict(text).error.map { $0.what.isSeenByBash ? "R" : "L" } ?? "A"
            }
            try marks.joined().write(toFile: path, atomically: true, encoding: .utf8)
        }
        for line in try differences(texts, late: &late) { print("DIFF", line) }
        print("TEXTS \(texts.count) late \(late)")
    }

    @Test func `scratch random`() throws {
        guard let seed = ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init) else { return }
        var programs = RandomPrograms(seed: seed)
        let count = ProcessInfo.processInfo.environment["COUNT"].flatMap(Int.init) ?? 1000
        var late = 0
        let valid = (0..<count).map { _ in programs.program() }
        print("REFUSED", valid.count { Verdict($0).error != nil })
        for line in try differences(valid, late: &late) { print("DIFF", line) }
        print("LATE", late)
        late = 0
        let mutated = (0..<count).map { _ in programs.mutated() }
        for line in try differences(mutated, late: &late) { print("MUT", line) }
        print("LATE", late, "of", count, "read", mutated.count { Verdict($0).error == nil })
        let words = (0..<count).map { _ in programs.literalWords() }
        var unknown = 0
        for (text, theirs) in zip(words, try BashPeer.words(words)) {
            let verdict = Verdict("c " + text)
            // A comment may hide the rest, and then a line begins a command of its own.
            if verdict.script.map({ $0.commands.count > 1 }) ?? false { continue }
            guard let first = verdict.script?.commands.first?.first.stages.first, case .simple(let command) = first.body else {
                if theirs != nil { print("WORD refused \(verdict.error.map { "\($0)" } ?? "") \(text.debugDescription)") }
                continue
            }
            var ours: [String]? = []
            for word in command.words.dropFirst() {
                guard let more = LiteralWords.expanded(word, home: "/HOME") else { ours = nil; break }
                ours? += more
            }
            guard let ours else { unknown += 1; continue }
            if ours != theirs { print("WORD", text.debugDescription, "\n  ours ", ours, "\n  bash ", theirs ?? []) }
        }
        print("WORDS", words.count, "unknown", unknown)
    }
}

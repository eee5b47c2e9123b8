// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Effects

/// What the parser says of a text, beside what bash says.
private struct Verdict {
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

    /// Whether both read it, or both refuse it. What bash refuses only when it runs, and what is left open on purpose,
    /// may be refused here alone.
    func agrees(_ isAcceptedByBash: Bool) -> Bool {
        guard let error else { return isAcceptedByBash }
        return !isAcceptedByBash || !error.what.isSeenByBash
    }
}

@Suite(.enabled(if: BashPeer.isPresent, "there is no bash on this machine")) struct AgreementTests {
    /// What differs between the parser and bash for these texts; and, for those that are read, between their trees and
    /// what the trees' printed texts are to both.
    private func differences(_ texts: [String]) throws -> (found: [String], accepted: Int, refusedHereOnly: Int) {
        var found: [String] = []
        var readable: [(Verdict, printed: String)] = []
        let answers = try BashPeer.accepts(texts)
        #expect(answers.count == texts.count)
        var refusedHereOnly = 0
        for (text, isAccepted) in zip(texts, answers) {
            let verdict = Verdict(text)
            if let printed = verdict.script.flatMap(ShellPrinter.text) { readable.append((verdict, printed)) }
            if isAccepted, verdict.error != nil { refusedHereOnly += 1 }
            if !verdict.agrees(isAccepted) {
                let ours = verdict.error.map { "\($0.what) at \($0.offset)" } ?? "read"
                found.append("bash \(isAccepted ? "accepts" : "refuses"), here \(ours): \(text.debugDescription)")
            }
        }
        for ((verdict, printed), isAccepted) in zip(readable, try BashPeer.accepts(readable.map(\.printed))) {
            let again = Verdict(printed)
            guard !isAccepted || again.script != verdict.script else { continue }
            let ours = again.error.map { "\($0.what) at \($0.offset)" } ?? "read as another tree"
            found.append(
                "printed, bash \(isAccepted ? "accepts" : "refuses"), here \(ours): \(verdict.text.debugDescription)"
                    + " -> \(printed.debugDescription)")
        }
        return (found, answers.count { $0 }, refusedHereOnly)
    }

    @Test func `bash agrees with the table, and with every tree of it`() throws {
        let found = try differences(ShellTable.accepted + ShellTable.refused + ShellTable.late).found
        #expect(found == [])
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `bash agrees on random programs`(seed: UInt64) throws {
        var programs = RandomPrograms(seed: seed)
        let texts = (0..<250).map { _ in programs.program() }
        let (found, accepted, refusedHereOnly) = try differences(texts)
        #expect(found == [])
        #expect(accepted > 180)
        // Arrays with backslashes in `$(…)`, and the like.
        #expect(refusedHereOnly < 30)
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `bash agrees on programs with mistakes`(seed: UInt64) throws {
        var programs = RandomPrograms(seed: seed &+ 1000)
        let texts = (0..<250).map { _ in programs.mutated() }
        let (found, accepted, refusedHereOnly) = try differences(texts)
        #expect(found == [])
        #expect(accepted > 50 && accepted < 200)
        #expect(refusedHereOnly < 40)
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `literal words are to bash what they are here`(seed: UInt64) throws {
        var programs = RandomPrograms(seed: seed &+ 2000)
        let texts = (0..<300).map { _ in programs.literalWords() }
        var compared = 0
        for (text, theirs) in zip(texts, try BashPeer.words(texts)) {
            let verdict = Verdict("c " + text)
            if verdict.error?.what == .unsure { continue }
            // A comment may hide the rest, and then a line begins a command of its own.
            guard let script = verdict.script else {
                #expect(theirs == nil, "\(text.debugDescription)")
                continue
            }
            guard script.commands.count == 1, case .simple(let command) = script.commands[0].first.stages[0].body else {
                continue
            }
            var ours: [String] = []
            var isKnown = true
            for word in command.words.dropFirst() {
                guard let more = LiteralWords.expanded(word, home: "/HOME") else {
                    isKnown = false
                    break
                }
                ours += more
            }
            guard isKnown else { continue }
            compared += 1
            #expect(ours == theirs, "\(text.debugDescription)")
        }
        #expect(compared > 200)
    }
}

/// Other people's commands, where the machine that runs the tests has them.
private let archive: URL? = {
    let checkout = (0..<5).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
    let shared =
        ProcessInfo.processInfo.environment["WRIT_SHARED"].map { URL(filePath: $0) }
        ?? checkout.deletingLastPathComponent().appending(path: "shared")
    let file = shared.appending(path: "data/eval/eval.tar.gz")
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
}()

@Suite(
    .enabled(if: archive != nil, "the evaluation corpora are not on this machine"),
    .enabled(if: BashPeer.isPresent, "there is no bash on this machine"))
struct CommandCorpusTests {
    @Test func `bash agrees on the commands of the corpus, and with every tree of them`() throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["tar", "-xzOf", try #require(archive).path, "./shell_commands.jsonl"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = try #require(try pipe.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        let texts = try data.split(separator: 0x0a).map { line in
            try #require(try JSON(parsing: Array(line))["command"]?.string).string
        }
        #expect(texts.count > 1000)
        let answers = try BashPeer.accepts(texts)
        for (text, isAccepted) in zip(texts, answers) {
            let verdict = Verdict(text)
            #expect(verdict.agrees(isAccepted), "\(text.debugDescription)")
            guard let script = verdict.script, let printed = ShellPrinter.text(script) else { continue }
            #expect(Verdict(printed).script == script, "\(text.debugDescription)")
        }
    }
}

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
    @Test func `scratch`() throws {
        guard let file = ProcessInfo.processInfo.environment["SNIPPETS"] else { return }
        let texts = try String(contentsOf: URL(filePath: file), encoding: .utf8).components(separatedBy: "\n%%\n")
        let answers = try BashPeer.accepts(texts)
        var bad = 0
        var printed: [(Verdict, String)] = []
        for (text, answer) in zip(texts, answers) {
            let verdict = Verdict(text)
            if !verdict.agrees(answer) {
                bad += 1
                print("DIFF bash=\(answer) ours=\(verdict.error.map { "\($0.what)@\($0.offset)" } ?? "ok"): \(text.debugDescription)")
            } else if let error = verdict.error, answer, !error.what.isSeenByBash {
                print("LATE \(error.what)@\(error.offset): \(text.debugDescription)")
            }
            if let script = verdict.script { printed.append((verdict, ShellPrinter.text(script).string)) }
        }
        for ((verdict, text), answer) in zip(printed, try BashPeer.accepts(printed.map(\.1))) {
            let again = Verdict(text)
            if !answer || again.script != verdict.script {
                bad += 1
                print("ROUND bash=\(answer) \(again.error.map { "\($0)" } ?? "ok"): \(verdict.text.debugDescription)\n   -> \(text.debugDescription)")
            }
        }
        print("TEXTS \(texts.count) bad \(bad)")
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Effects

/// What reading a text cost, and how it ended.
private struct Outcome: Sendable {
    var budget = ShellBudget()
    var error: ShellSyntaxError.What?

    init(_ text: String, aliases: [UTF8String: UTF8String] = [:]) {
        do throws(ShellSyntaxError) {
            _ = try ShellParser.parse(UTF8String(text), aliases: aliases, extendedGlobs: false, budget: &budget)
        } catch {
            self.error = error.what
        }
    }
}

/// What a thread made for it leaves behind.
private final class Box: @unchecked Sendable { var outcome: Outcome? }

/// The outcome on a stack of half a megabyte.
private func onSmallStack(_ text: String) async -> Outcome? {
    await withCheckedContinuation { done in
        let thread = Thread { done.resume(returning: Outcome(text)) }
        thread.stackSize = 512 << 10
        thread.start()
    }
}

@Suite struct ParsingLimitTests {
    static let bombs = [
        "(", "((", "{ ", "$(", "\"$(", "`", "<(", "${a:-", "\"${a:-", "$((", "$[", "$((${a[", "{a,", "if ", "while ",
        "! ",
        "case a in b) ", "for i in a; do ", "f() { ", "[[ ( ", "[[ ! ", "a=(", "a[", "coproc { ", "time ", "a | ",
        "a && ",
        "$(a=(\"$(", "@(", "a[$((", "function f if ", "until a; do ", "<(\"$(`", "a <<E; ", "{a..", "\\`",
        "${a/${b/", "for ((", "\"`", "a=~{~,", "$(case a in b) ", "((a);",
    ]

    @Test(arguments: bombs) func `whatever is nested as often as a text can, a small stack holds it`(
        piece: String
    ) async {
        let text = String(repeating: piece, count: Limits.commandBytesMax / piece.utf8.count)
        let outcome = await onSmallStack(text)
        #expect(outcome != nil)
        #expect((outcome?.budget.steps ?? .max) <= Limits.shellStepsMax + Limits.commandBytesMax)
        #expect((outcome?.budget.depth ?? .max) <= Limits.shellDepthMax + 1)
    }

    @Test(arguments: bombs) func `a hundred thousand levels are refused before they are read`(piece: String) {
        let outcome = Outcome(String(repeating: piece, count: 100_000))
        #expect(outcome.error == .tooLong)
        #expect(outcome.budget.steps == 0)
    }

    static let nests: [(open: String, inner: String, close: String, deep: ShellSyntaxError.What?)] = [
        // Arithmetic, however often: `((a))`.
        ("(", "a", ")", nil), ("((", "a", ");b)", nil),
        ("{ ", "a", "; }", .tooDeep), ("$(", "a", ")", .tooDeep), ("\"$(", "a", ")\"", .tooDeep),
        ("<(", "a", ")", .tooDeep),
        ("${a:-", "b", "}", .tooDeep), ("\"${a:-", "b", "}\"", .tooDeep), ("$((", "1", "))", .tooDeep),
        ("( { ", "a", "; } )", .tooDeep), ("{a,", "b", "}", .tooMuch), ("if ", "a", "; then b; fi", .tooDeep),
        ("case a in b) ", "c", ";; esac", .tooDeep), ("while a; do ", "b", "; done", .tooDeep),
        ("f() { ", "a", "; }", .tooDeep), ("$((", "a", ");b)", .tooDeep), ("a $[", "1", "]", .tooDeep),
    ]

    @Test(arguments: nests.indices) func `as deep as people nest is read on a small stack, and much deeper is refused`(
        index: Int
    ) async {
        let nest = Self.nests[index]
        func nested(_ count: Int) -> String {
            String(repeating: nest.open, count: count) + nest.inner + String(repeating: nest.close, count: count)
        }
        for count in 1...8 {
            let outcome = await onSmallStack(nested(count))
            #expect(outcome?.error == nil, "\(count) of \(nest.open)")
        }
        let deep = await onSmallStack(nested(1000))
        #expect(deep != nil && (nest.deep == nil || deep?.error == nest.deep))
        #expect((deep?.budget.depth ?? .max) <= Limits.shellDepthMax + 1)
    }

    static let families = [
        "a b c; ", "a | b && c\n", "'a' \"b $c\" $d ", "$(a $(b)) ", "`a \\`b\\`` ", "${a:-${b}} ", "$((1+(2))) ",
        "((a);b); ",
        "$((a);b) ", "if a; then b; fi; ", "case a in b|c) d;; esac; ", "a=(b c); ", "a <<E\nb $c\nE\n", "{a,b}{c,d} ",
        "\\\n", "# a\n", "a \\\n b ", "[[ a == b && c ]]; ", "~/a:~ x=~:~ ", "f() { a; }; ", "a[b]=c ", "a >b 2>&1; ",
        "{a ",
        "coproc a b; ", "$'\\x41' ", "\"a\\\"b\" ", "<(a) ", "for i in a; do b; done; ", "for ((;;)); do a; done; ",
        "\"${a:-'b'}\" ", "a <<A <<B\n$(a)\nA\nb\nB\n", "$[a[1]] ", "export a=b ", "{1..$n} ", "time a\n", "1 2 3 ",
        "${a[b]/c/d} ", "(a) | (b)\n", "11111111111111111111", "aaaaaaaaaaaaaaaaaaaa", "{aaaaaaaaaaaaaaaaaaa",
        "'aaaa'", "\"$a\"", "= ", "=", "a=", "[", "]", "~", ":~", ",", "..", "}", "- ",
    ]

    @Test(arguments: families) func `twice the text costs twice the steps`(piece: String) {
        let steps = [2000, 4000, 8000].map { bytes in
            Outcome(String(repeating: piece, count: max(1, bytes / piece.utf8.count))).budget.steps
        }
        #expect(steps[1] <= steps[0] * 5 / 2 + 100, "\(steps)")
        #expect(steps[2] <= steps[1] * 5 / 2 + 100, "\(steps)")
    }

    @Test(arguments: families) func `the longest text is read or refused within the limit of steps`(piece: String) {
        let outcome = Outcome(String(repeating: piece, count: Limits.commandBytesMax / piece.utf8.count))
        #expect(outcome.budget.steps <= Limits.commandBytesMax * 24, "\(outcome.budget.steps)")
    }

    @Test func `a text longer than a command line is refused`() {
        #expect(Outcome(String(repeating: "a", count: Limits.commandBytesMax + 1)).error == .tooLong)
        #expect(Outcome(String(repeating: "a", count: Limits.commandBytesMax)).error == nil)
    }

    @Test func `more parts than anybody could judge are refused`() {
        #expect(Outcome(String(repeating: "a;", count: Limits.commandBytesMax / 2)).error == .tooMuch)
    }

    @Test func `an error has its place, and no word of the text`() {
        for text in ShellTable.refused + ShellTable.late {
            do throws(ShellSyntaxError) {
                _ = try ShellParser.parse(UTF8String(text))
                Issue.record("\(text.debugDescription) is read")
            } catch {
                #expect(error.offset >= 0 && error.offset <= text.utf8.count)
            }
        }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>) func `no mistake in a program crashes`(seed: UInt64) {
        var programs = RandomPrograms(seed: seed &+ 3000)
        var read = 0
        for _ in 0..<400 where Outcome(programs.mutated()).error == nil { read += 1 }
        #expect(read > 0 && read < 400)
    }

    // MARK: - Aliases

    @Test func `aliases that name each other end`() {
        let aliases: [UTF8String: UTF8String] = ["a": "b x", "b": "a y", "ls": "ls -l", "c": "d ", "d": "c "]
        for text in ["a", "b", "ls", "c c c", "c d c", "a; b; ls", "$(a) `b`"] {
            #expect(Outcome(text, aliases: aliases).error == nil, "\(text)")
        }
        #expect(Outcome(String(repeating: "ls;", count: 500), aliases: aliases).error == .tooMuch)
        let growing: [UTF8String: UTF8String] = [
            "a": UTF8String(String(repeating: "b;", count: 20_000)), "b": "c c c c",
        ]
        #expect(Outcome("a;a;a;a", aliases: growing).error != nil)
    }
}

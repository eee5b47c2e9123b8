// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Testing

@testable import WritCommand

/// The quick way to `writ hook` does what the ordinary one does.
struct HookInvocationTests {
    /// What the commands' own parser makes of a command line; `nil` where it is no hook's, or a mistake.
    private static func parsed(_ words: [String]) -> HookInvocation? {
        do { return try (Writ.parseAsRoot(words) as? HookCommand)?.invocation } catch { return nil }
    }

    @Test(arguments: [
        ["hook", "claude-code"], ["hook", "codex"], ["hook", "cursor"], ["hook", "gemini"], ["hook", "copilot"],
        ["hook", "openclaw", "--home", "/h"],
        ["hook", "claude-code", "--home", "/home/a b/.writ", "--passport", "/p.json"],
        ["hook", "claude-code", "--passport", "/p.json", "--passport-key", "/k.jwk"],
        ["hook", "cursor", "--project", "/", "--home", "//x/../y"], ["hook", "gemini", "--auto-approve"],
        ["hook", "codex", "--deadline", "100"], ["hook", "codex", "--deadline", "0"],
        ["hook", "codex", "--socket", "/run/s", "--socket-user", "writ", "--socket-key", "abc"],
        ["hook", "codex", "--socket", "/run/s", "--socket-user", "990", "--socket-key", "-7-_"],
        ["hook", "codex", "--socket-key", "x", "--deadline", "100", "--socket", "/run/s"],
        ["hook", "codex", "--deadline", "00099"], ["hook", "codex", "--deadline", "99999"],
        [
            "hook", "copilot", "--auto-approve", "--deadline", "60000", "--passport", "/é", "--project", "/-", "--home",
            "/=\n",
        ],
    ])
    func `a plain command line means what the parser reads in it`(_ words: [String]) throws {
        let plain = try #require(HookInvocation(plain: words))
        #expect(plain == Self.parsed(words))
    }

    @Test(arguments: [
        [], ["hook"], ["hook", "--help"], ["hook", "claude-code", "--help"], ["hook", "claude-code", "-h"],
        ["hook", "claude-code", "--version"], ["hook", "nothing"], ["hook", ""], ["Hook", "claude-code"],
        ["help", "hook"],
        ["hook", "claude-code", "cursor"], ["hook", "--home", "/h", "claude-code"],
        ["hook", "claude-code", "--home=/h"],
        ["hook", "claude-code", "--home"], ["hook", "claude-code", "--home", ""],
        ["hook", "claude-code", "--home", "h"],
        ["hook", "claude-code", "--home", "--home"], ["hook", "claude-code", "--home", "/a", "--home", "/b"],
        ["hook", "claude-code", "--passport", "~/p"],
        ["hook", "claude-code", "--passport-key", "k"], ["hook", "claude-code", "--project", "-"],
        ["hook", "claude-code", "--deadline", "-1"], ["hook", "claude-code", "--deadline", "+5"],
        ["hook", "claude-code", "--deadline", "1e3"], ["hook", "claude-code", "--deadline", "100000"],
        ["hook", "claude-code", "--deadline", "٣٣٣"],
        ["hook", "claude-code", "--deadline", "200", "--deadline", "300"],
        ["hook", "claude-code", "--socket", "s"], ["hook", "claude-code", "--socket-user", "-1"],
        ["hook", "claude-code", "--socket-key", ""], ["hook", "claude-code", "--socket", "/a", "--socket", "/b"],
        ["hook", "claude-code", "--auto-approve", "--auto-approve"], ["hook", "claude-code", "--auto-approve=true"],
        ["hook", "claude-code", "--"], ["hook", "claude-code", "--generate-completion-script"],
        ["hook", "claude-code", "--experimental-dump-help"], ["check", "claude-code"],
        ["hook", "claude-code", "\u{0}"],
    ])
    func `what is unusual is left to the parser`(_ words: [String]) { #expect(HookInvocation(plain: words) == nil) }

    @Test func `of any words, the plain way takes none otherwise than the parser`() {
        let words = [
            "hook", "claude-code", "cursor", "--home", "--home", "--passport", "--passport-key", "--project",
            "--deadline", "--auto-approve", "--socket", "--socket-user", "--socket-key",
            "/h", "/p", "/h", "/p", "100", "2000", "60001", "x", "--", "--help", "", "-v", "--home=/h",
        ]
        var state: UInt64 = 7
        func random(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        var taken = 0
        for _ in 0..<4000 {
            let line = ["hook", "claude-code"] + (0..<random(7)).map { _ in words[random(words.count)] }
            guard let plain = HookInvocation(plain: line) else { continue }
            taken += 1
            #expect(plain == Self.parsed(line), "\(line)")
        }
        #expect(taken > 100)
    }
}

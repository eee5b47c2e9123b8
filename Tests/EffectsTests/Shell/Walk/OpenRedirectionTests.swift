// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Effects

/// A line that ends in a redirection to nothing: shells read it whole and refuse it, so that it is judged by the rest.
@Suite struct OpenRedirectionTests {
    private static let lines: [(line: String, rest: String)] = [
        ("touch ran; grep <word>", "touch ran; grep <word"),
        ("touch ran | cat <name-here>", "touch ran | cat <name-here"),
        ("touch ran && wc -l a > ", "touch ran && wc -l a"), ("touch ran; echo \"$x\" >>", "touch ran; echo \"$x\""),
        ("touch ran & cat <", "touch ran & cat"), ("touch ran 2>", "touch ran 2"),
        ("{ touch ran; } >", "{ touch ran; }"), ("(touch ran) >", "(touch ran)"),
        ("if true; then touch ran; fi >", "if true; then touch ran; fi"),
        ("f() { touch ran; }; f <", "f() { touch ran; }; f"),
    ]

    @Test(arguments: lines)
    func `what the rest does is what the line does at most`(line: String, rest: String) throws {
        let effects = try command(line)
        #expect(try effects == command(rest))
        #expect(!effects.contains(#"opaque Opaque::"code""#), "\(effects)")
    }

    @Test(arguments: ["bash", "dash", "zsh", "fish"])
    func `shells that are here run nothing of such a line`(shell: String) throws {
        guard let tool = Tool(shell) else { return }
        for (line, _) in Self.lines {
            let isRun = try withScratchFolder { folder in
                _ = try tool.run(["-c", line], in: folder)
                return FileManager.default.fileExists(atPath: folder.appending(path: "ran").path)
            }
            #expect(!isRun, "\(shell): \(line)")
        }
    }

    @Test(arguments: [
        // What shells take for something else, or read differently.
        "cat <>", "cat >|", "cat <(", "a &>", "cat <&", "cat >&", "ls <1-9>", "ls <->", "echo $'\\' #' >", "cat <<E >",
        "cat <<<", "true\ncat >", "cat >\n", "cat a\\>\nb >",
        // What is no command without it either.
        "cat 'a >", "fi >", "cat | >&", "cat ) >",
    ])
    func `any other line that no shell reads stays code that nobody knows`(line: String) throws {
        #expect(try command(line).contains(#"opaque Opaque::"code""#), "\(line)")
    }

    @Test(arguments: [
        "alias w='cat >'; w /etc/x", "printf 'cat >' > s; printf ' /etc/x' >> s; sh s", "eval 'cat >'",
    ])
    func `a text that others can go on with is not taken for whole`(line: String) throws {
        #expect(try command(line).contains { $0.hasPrefix("opaque") || $0.contains("/etc/x") }, "\(line)")
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import HomeFolder
import Testing

@Suite struct ShellQuotingTests {
    @Test(arguments: [
        "", "plain", "/a/b-c_d.e:f=g+h,i@j%k", "two words", "it's", "'", "''", "$HOME `id` $(id) \\ \"", "a;b&c|d>e<f",
        "*?[x]",
        "~", "#", "line\nline", "\ttab", "ä\u{301}€",
    ]) func `a shell reads back what was quoted`(_ word: String) throws {
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", "printf %s \(ShellQuoting.quoted(word)) end"]
        let output = Pipe()
        shell.standardOutput = output
        try shell.run()
        let read = output.fileHandleForReading.readDataToEndOfFile()
        shell.waitUntilExit()
        #expect(Array(read) == Array((word + "end").utf8))
    }

    @Test func `what needs no quotes has none`() {
        #expect(ShellQuoting.quoted("/home/you/.writ-2") == "/home/you/.writ-2")
        #expect(ShellQuoting.quoted("~") == "'~'")
    }
}

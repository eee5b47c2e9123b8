// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Effects

/// What programs of this machine say of their options, beside what the table says.
@Suite struct DocumentedOptionTests {
    private static let programs = [
        "b2sum", "base32", "base64", "basenc", "cat", "chgrp", "chmod", "chown", "cksum", "comm", "cp", "csplit", "cut",
        "date",
        "dd", "df", "du", "env", "expand", "fmt", "fold", "head", "install", "join", "ln", "ls", "md5sum", "mkdir",
        "mkfifo",
        "mknod", "mktemp", "mv", "nl", "numfmt", "od", "paste", "pr", "ptx", "readlink", "realpath", "rm", "rmdir",
        "sha256sum",
        "shred", "shuf", "sort", "split", "stat", "stdbuf", "sync", "tac", "tail", "tee", "timeout", "touch",
        "truncate",
        "unexpand", "uniq", "wc", "nice", "chroot", "runcon", "grep", "egrep", "sed", "diff", "diff3", "sdiff", "cmp",
        "patch",
        "xargs", "tar", "setsid", "ionice", "chrt", "taskset", "flock", "script", "prlimit", "choom", "setpriv",
        "unshare", "nsenter",
        "logger", "dmesg", "more", "column", "rev",
    ]

    @Test(arguments: programs)
    func `every long option that a program documents is known`(program: String) throws {
        guard let text = try help(program) else {
            print("\(program) is not installed: its options are not compared")
            return
        }
        let entry = try #require(ProgramTable.standard.entry(UTF8String(program)))
        let documented = Self.longOptions(text)
        #expect(!documented.isEmpty, "nothing was understood")
        for option in documented where entry.spellings[UTF8String(option)] == nil {
            Issue.record("\(program) does not know \(option)")
        }
    }

    /// The options that stand at the beginnings of lines, before what is said of them.
    static func longOptions(_ help: String) -> Set<String> {
        var options: Set<String> = []
        for line in help.split(separator: "\n") where line.drop(while: { $0 == " " }).first == "-" {
            let trimmed = line.drop { $0 == " " }
            let head = trimmed.firstRange(of: "  ").map { trimmed[..<$0.lowerBound] } ?? trimmed
            for word in head.split(whereSeparator: { " ,".contains($0) }) where word.hasPrefix("--") {
                let name = word.dropFirst(2).prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) }
                if !name.isEmpty { options.insert("--\(name)") }
            }
        }
        return options
    }

    private func help(_ program: String) throws -> String? {
        let folders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"]
        guard let path = folders.map({ "\($0)/\(program)" }).first(where: FileManager.default.isExecutableFile) else {
            return nil
        }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["--help"]
        process.environment = ["LC_ALL": "C", "COLUMNS": "200", "PATH": "/usr/bin:/bin"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        // BSD's and busybox' programs have no such text.
        return text.contains("--help") || text.contains("--version") ? text : nil
    }

    @Test func `curl's documented options are known`() throws {
        let folders = ["/usr/bin/curl", "/opt/homebrew/bin/curl"]
        guard let path = folders.first(where: FileManager.default.isExecutableFile) else {
            print("curl is not installed: its options are not compared")
            return
        }
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["--help", "all"]
        process.standardOutput = pipe
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        let entry = try #require(ProgramTable.standard.entry("curl"))
        let documented = Self.longOptions(String(decoding: data, as: UTF8.self))
        #expect(documented.count > 100)
        for option in documented where entry.spellings[UTF8String(option)] == nil {
            Issue.record("curl does not know \(option)")
        }
    }
}

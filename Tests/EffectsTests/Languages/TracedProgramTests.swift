// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Effects

/// Runs the programs that are said to be harmless, and looks at what they really do.
@Suite(.enabled(if: Tool("strace") != nil, "strace is not on this machine"), .serialized)
struct TracedProgramTests {
    /// What a run opened for writing, made, removed, renamed, executed and connected to.
    private func traced(_ tool: Tool, _ arguments: [String], in folder: URL) throws -> Set<String> {
        let strace = try #require(Tool("strace"))
        let log = folder.appending(path: "trace").path
        let calls =
            "openat,open,creat,execve,execveat,connect,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,link,symlink,chmod,fchmodat"
        _ = try strace.run(
            ["-f", "-qq", "-s", "4096", "-e", "signal=none", "-e", "trace=\(calls)", "-o", log, tool.path] + arguments,
            input: Data("a b\nc,d x\n".utf8), in: folder)
        let text = try String(contentsOfFile: log, encoding: .utf8)
        var seen: Set<String> = []
        for line in text.split(separator: "\n") {
            let call = line.drop { $0.isNumber || $0 == " " }
            let isReading =
                call.hasPrefix("open") && !call.contains("O_WRONLY") && !call.contains("O_RDWR")
                && !call.contains("O_CREAT")
            // What the interpreter's own start looks for, and does not find, differs from run to run.
            if isReading || call.contains(" = -1 ENOENT") { continue }
            seen.insert(String(call.prefix { $0 != "=" }))
        }
        return seen.filter { !$0.hasPrefix("execve(\"\(tool.path)\"") }
    }

    private func check(_ name: String, _ programs: [String], _ arguments: (String) -> [String]) throws {
        guard let tool = name == "python3" ? Tool.python : Tool(name) else { return }
        try withScratchFolder { folder in
            let baseline = try traced(tool, arguments(""), in: folder)
            for program in programs {
                let more = try traced(tool, arguments(program), in: folder).subtracting(baseline)
                #expect(more.isEmpty, "\(name) \(program): \(more)")
            }
        }
    }

    @Test func `harmless sed scripts open nothing for writing and run nothing`() throws {
        // `/dev/stdout` is the program's own output.
        try check("sed", Harmless.sed.filter { !$0.contains("/dev/stdout") }) { [$0] }
    }

    @Test(arguments: ["mawk", "gawk", "original-awk"]) func `harmless awk programs do no more`(name: String) throws {
        try check(name, Harmless.awk.filter { !$0.contains("/dev/stderr") }) { [$0] }
    }

    @Test func `harmless jq filters do no more`() throws { try check("jq", Harmless.jq) { [$0] } }

    @Test func `harmless Perl programs do no more`() throws {
        for flags in ["-ne", "-lape", "-e"] { try check("perl", Harmless.perl) { [flags, $0] } }
    }

    @Test func `harmless Python programs do no more`() throws {
        try check("python3", Harmless.python + Harmless.pythonImporting) { ["-B", "-c", $0] }
    }

    @Test func `harmless JavaScript programs do no more`() throws { try check("node", Harmless.node) { ["-e", $0] } }

    @Test func `harmless Ruby and PHP programs do no more`() throws {
        try check("ruby", Harmless.ruby) { ["-e", $0] }
        try check("php", Harmless.php) { ["-r", $0] }
    }

    @Test func `a trace sees what a harmful program does`() throws {
        let sed = try #require(Tool("sed"))
        try withScratchFolder { folder in
            let seen = try traced(sed, ["1e true\nw out"], in: folder)
            #expect(seen.contains { $0.contains("execve") } && seen.contains { $0.contains("\"out\"") })
        }
    }
}

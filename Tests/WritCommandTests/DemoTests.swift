// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// `writ demo`.
struct DemoTests {
    @Test func `the demonstration plays the acceptance scene`() throws {
        let shell = try Shell()
        let run = try shell.run([Shell.program(), "demo"])
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        let lines = run.lines.map { $0.trimmingCharacters(in: .whitespaces) }
        let expected = [
            "1. Tuesday 10:15. The agent reads a report, through the gateway.",
            "read_document /reports/q1.csv",
            "answer : region,revenue",
            "read_document /internal/finances/payroll.xlsx",
            "read_document /reports/../internal/finances/payroll.xlsx",
            "DENY   policy block: data export pattern detected outside authorized hours",
            #"{"tool":"read_document","path":"/reports/q1.csv"}"#,
            "the same verdict, member by member: policy block: only documents under /reports may be read",
        ]
        for line in expected { #expect(lines.contains(line), "\(line) in \(run.output)") }
        // What reached the server is the one call that was permitted.
        #expect(lines.filter { $0.hasPrefix("{\"tool\":") } == [#"{"tool":"read_document","path":"/reports/q1.csv"}"#])
        #expect(lines.filter { $0.contains("only documents under /reports may be read") }.count >= 4)
        #expect(
            lines.contains { $0.hasPrefix("verified, ") && $0.hasSuffix("only documents under /reports may be read") })
        #expect(lines.contains { $0.hasPrefix("consistent: ") })
        #expect(lines.contains { $0.hasPrefix("refused: ") && $0.contains("kill switch: incident 4711") })
        #expect(lines.contains { $0.hasPrefix("found: ") })
        #expect(!run.output.contains("NOT FOUND"))
        #expect(try shell.names(shell.folder) == [])
    }

    @Test func `the scene's folder is kept where that is asked for`() throws {
        let shell = try Shell()
        let run = try shell.run([Shell.program(), "demo", "--keep"])
        let home = try #require(run.lines.last?.split(separator: " ").last.map(String.init))
        #expect(home.hasPrefix(shell.folder + "/writ-demo-"))
        #expect(try shell.run([Shell.program(), "fsck", "--home", home]).status == 0)
    }
}

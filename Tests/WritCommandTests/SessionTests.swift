// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// `writ session`, as transcripts.
struct SessionTests {
    private static let policy = #"""
        @id("open")
        permit (principal, action, resource);
        @id("no-egress-after-secret")
        forbid (principal, action == Action::"connect", resource)
        when { context.session.labels.contains("read-secret") };

        """#

    @Test func `what an agent has done counts in the next process, is shown, and is cleared with a reason`() throws {
        let shell = try Shell.initialized()
        let folder = shell.home + "/policies"
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
            try FileManager.default.removeItem(atPath: folder + "/" + file)
        }
        try Self.policy.write(toFile: folder + "/test.cedar", atomically: true, encoding: .utf8)
        let connect = ["check", "exec.run", #"{"command":"curl https://example.com/"}"#]
        let writ = { (words: [String]) in try shell.run([Shell.program()] + words + ["--home", shell.home]) }
        #expect(try writ(["session", "list"]).output == "No agent has labels.\n")
        #expect(try writ(["session", "list", "--json"]).json() == [])
        #expect(try writ(connect).status == 0)
        #expect(try writ(["check", "exec.run", #"{"command":"cat /srv/app/.env"}"#]).status == 0)
        #expect(try writ(connect).status == 1)
        let listed = try #require(try writ(["session", "list", "--json"]).json().array)
        let agent = try #require(listed.first?["agent_id"]?.string?.string)
        #expect(listed.count == 1)
        #expect(listed.first?["labels"]?.object?.keys == ["network", "read-secret", "read-untrusted"])
        let text = try writ(["session", "list"])
        #expect(text.lines.count == 3 && text.lines[1].hasPrefix("\(agent)  read-secret  until "))
        #expect(try writ(["session", "clear", "somebody", "--reason", "x"]).status == 65)
        #expect(try writ(["session", "clear", agent]).status == 64)
        #expect(try writ(["session", "clear", agent, "--reason", ""]).status == 64)
        #expect(try writ(connect).status == 1)
        let cleared = try writ(["session", "clear", agent, "--reason", "a test's key"])
        #expect(cleared.status == 0 && cleared.output == "cleared  \(agent)\n")
        #expect(try writ(connect).status == 0)
        #expect(try writ(["fsck"]).status == 0)
    }
}

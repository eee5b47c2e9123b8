// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

/// `writ policy`.
struct PolicyTests {
    @Test func `policies are counted, and every mistake is said with its place`() throws {
        let shell = try Shell.initialized()
        let good = try shell.writ("policy", "check")
        #expect(good.status == 0)
        #expect(good.firstLine == "1 file(s), 8 policies: 5 permit, 3 forbid; 0 in shadow, 0 templates", "\(good)")
        #expect(good.lines[1].hasPrefix("digest "))
        let file = shell.folder + "/x.cedar"
        try shell.write(
            file, "permit (principal, action, resource) when { contxt.a };\n@modes(\"x\")\nforbid (principal action);\n"
        )
        let bad = try shell.writ("policy", "check", file)
        #expect(bad.status == 78 && bad.output.isEmpty)
        #expect(bad.errors.hasPrefix("writ: x.cedar:1:"))
        #expect(bad.errors.contains("\nx.cedar:3:"))
        try shell.write(file, "forbid (principal, action, resource);")
        #expect(
            try shell.writ("policy", "check", file).lines.last == "Nothing is permitted: every call will be denied.")
        #expect(try shell.writ("policy", "check", shell.folder + "/none.cedar").status == 65)
    }
}

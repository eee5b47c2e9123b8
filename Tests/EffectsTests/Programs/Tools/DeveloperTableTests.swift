// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Effects

@Suite struct DeveloperTableTests {
    @Test func `every entry of the developers' table can be read`() {
        var seen: Set<UTF8String> = []
        for family in ProgramFamilies.developers {
            for lines in ProgramIndex.all(family) {
                do throws(ProgramTableError) {
                    let entry = try ProgramEntryReader.entry(lines)
                    for name in entry.names { if !seen.insert(name).inserted { print("TWICE \(name)") } }
                } catch {
                    print("PROBLEM \(String(Substring(lines[0])).prefix(60)) \(String("\(error)").prefix(150))")
                    Issue.record("\(error)")
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct LimitsAndSafetyGuide: GuideTest {
    let guide: Guide

    init() throws { guide = try Guide("LimitsAndSafety") }

    @Test func `the code of the article runs and gives what it says`() throws {
        let deep = String(repeating: "(", count: 100_000) + "true" + String(repeating: ")", count: 100_000)
        let text = "permit (principal, action, resource) when { \(deep) };"
        do {
            _ = try PolicySet.parse([PolicyFile(name: "deep.cedar", bytes: Array(text.utf8))])
        } catch {
            assert(error.all.first?.code == .limitExceeded)
            print(error)
        }

        try guide.check()
    }
}

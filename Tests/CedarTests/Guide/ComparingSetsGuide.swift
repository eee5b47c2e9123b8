// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct ComparingSetsGuide: GuideTest {
    let guide: Guide

    init() throws { guide = try Guide("ComparingSets") }

    @Test func `the code of the article runs and gives what it says`() throws {
        let before = """
            @id("reads")
            permit (principal in Team::"finance", action == Action::"read", resource);

            @id("hours")
            forbid (principal, action, resource) when { context.hour >= 18 };
            """
        let after = """
            @id("reads")
            permit (principal in Team::"finance", action == Action::"read", resource)
            when { principal.level >= 2 };

            @id("hours")
            forbid (principal, action, resource) when { context.hour >= 18 && !resource.isPublic };
            """
        let old = try PolicySet.parse([PolicyFile(name: "old.cedar", bytes: Array(before.utf8))])
        let new = try PolicySet.parse([PolicyFile(name: "new.cedar", bytes: Array(after.utf8))])
        let difference = PolicySetDifference(from: old, to: new)
        print(difference.text)

        let isHarmless = difference.direction == .same || difference.direction == .narrows
        assert(!isHarmless)

        try guide.check()
    }
}

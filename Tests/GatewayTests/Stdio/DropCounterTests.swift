// SPDX-License-Identifier: Apache-2.0

import MCP
import Testing

@testable import Gateway

@Suite struct DropCounterTests {
    private static func second(_ seconds: Double) -> MonotonicTime {
        MonotonicTime(nanoseconds: Int64(seconds * 1_000_000_000))
    }

    @Test func `a flood is one report a minute, and none is lost`() {
        var counter = DropCounter()
        var reports: [DropCounter.Report] = []
        for second in 0..<600 {
            for _ in 0..<100 {
                if let report = counter.count(.malformedFromClient, at: Self.second(Double(second))) {
                    reports.append(report)
                }
            }
        }
        #expect(reports.count == 9)
        #expect(reports.allSatisfy { $0.since >= 60_000 })
        let rest = counter.rest(at: Self.second(600))
        #expect(reports.map(\.count).reduce(rest?.count ?? 0, +) == 60_000)
        #expect(counter.rest(at: Self.second(601)) == nil)
    }

    @Test func `nothing counted, nothing reported; the next count starts anew`() {
        var counter = DropCounter()
        #expect(counter.rest(at: Self.second(0)) == nil)
        #expect(counter.count(.duplicateID, at: Self.second(1000)) == nil)
        #expect(counter.rest(at: Self.second(1001))?.since == 1000)
        #expect(counter.count(.duplicateID, at: Self.second(5000)) == nil)
        #expect(counter.rest(at: Self.second(5000.5))?.count == 1)
    }
}

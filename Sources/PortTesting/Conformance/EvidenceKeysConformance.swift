// SPDX-License-Identifier: Apache-2.0

public import Decisions
import StrictJSON

/// What every implementation of `EvidenceKeys` promises, each check on an empty store.
public enum EvidenceKeysConformance {
    /// All checks.
    public static let checks: [Check<any EvidenceKeys>] = [
        Check("an agent has one key of 32 bytes a month") { keys in
            let random = SeededRandom(seed: 1)
            let first = try keys.wrappingKey(agent: "a1", month: "2026-03", random: random)
            let again = try keys.wrappingKey(agent: "a1", month: "2026-03", random: random)
            try expect(first.key.count, 32)
            try expect(again.key, first.key)
            try expect(again.name, first.name)
        },
        Check("another agent or month has another key, and agents are told apart by bytes") { keys in
            let random = SeededRandom(seed: 2)
            var names: Set<UTF8String> = []
            var found: Set<[UInt8]> = []
            for agent in ["a1", "é", "e\u{301}"] as [UTF8String] {
                for month in ["2026-03", "2026-04"] {
                    let (name, key) = try keys.wrappingKey(agent: agent, month: month, random: random)
                    names.insert(name)
                    found.insert(key)
                }
            }
            try expect(names.count, 6)
            try expect(found.count, 6)
        },
        Check("a key is found by its name, and what is no name finds none") { keys in
            let (name, key) = try keys.wrappingKey(agent: "a1", month: "2026-03", random: SeededRandom(seed: 3))
            try expect(try keys.wrappingKey(named: name), key)
            try expect(try keys.wrappingKey(named: "2026-03/none"), nil)
        },
    ]
}

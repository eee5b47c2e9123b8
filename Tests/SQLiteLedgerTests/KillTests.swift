// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import PortTesting
import SQLiteLedger
import StrictJSON
import Testing
import TransparencyLog

/// Kill switches and those who decide, in several processes on one ledger.
@Suite(.serialized) struct KillTests {
    /// A switch that a test throws, and the entry that says so.
    private struct Toggle {
        let isOn: Bool
        let scope: KillScope

        var entry: [UInt8] {
            let json: JSON = [
                "switch": .bool(isOn), "kind": .text(scope.kind), "target": scope.target.map(JSON.string) ?? .null,
            ]
            return json.serialized()
        }

        var change: StateChange {
            isOn ? .killSwitchOn(KillSwitch(scope: scope, reason: "x")) : .killSwitchOff(scope)
        }
    }

    private static let scopes: [KillScope] =
        [.everything] + (0..<3).map { .agent(UTF8String("a\($0)")) } + [.owner("o0"), .owner("o1")]
        + (0..<3).map { .server(UTF8String("s\($0)")) }
        + (0..<3).map { .tool(server: UTF8String("s\($0)"), tool: UTF8String("t\($0)")) }

    @Test func `no allow stands in the log after the switch that covers it, in a thousand toggles among two processes`()
        async throws
    {
        let place = try TemporaryFolder()
        defer { place.remove() }
        try SQLiteLedger.create(at: place.ledger, signer: Samples.signer())
        let deciders = try (1...2).map { number in
            try Probe("decide", place.ledger, "\(number)", output: place.path + "/out-\(number)")
        }
        for decider in deciders { _ = try decider.waitForLine("opened") }
        let ledger = try SQLiteLedger.open(at: place.ledger, signer: Samples.signer())
        var random = SeededRandom(seed: 11).bytes(4000)[...]
        let samples = Samples(seed: 99)
        var on: Set<KillScope> = []
        for _ in 0..<1000 {
            let scope = Self.scopes[Int(random.removeFirst()) % Self.scopes.count]
            // Mostly off, so that something is allowed in between.
            let isOn = !on.contains(scope) && (on.isEmpty || random.removeFirst() < 100)
            let toggled = isOn ? scope : on.randomElement() ?? scope
            let toggle = Toggle(isOn: isOn, scope: toggled)
            if isOn { on.insert(toggled) } else { on.remove(toggled) }
            var request = samples.event(toggle.change)
            request.entry = toggle.entry
            _ = try await ledger.commit(request)
        }
        for decider in deciders {
            #expect(try decider.lines() == ["opened"], "a decider has failed")
            decider.kill()
        }
        let found = try Self.check(ledger)
        #expect(found.toggles == 1000)
        // Else it would not have been tried.
        #expect(found.allows > 100 && found.denies > 100, "\(found)")
        #expect(try SQLiteLedger.fsck(at: place.ledger, log: Samples.signer().key) == [])
        try ledger.close()
    }

    /// Folds the log from its entries alone, and holds every allow against the switches before it.
    private static func check(_ ledger: SQLiteLedger) throws -> (allows: Int, denies: Int, toggles: Int) {
        var on: Set<KillScope> = []
        var found = (allows: 0, denies: 0, toggles: 0)
        var index: Int64 = 0
        while case let entries = try ledger.entries(from: index, limit: 1000), !entries.isEmpty {
            index += Int64(entries.count)
            for entry in entries {
                let json = try JSON(parsing: entry.bytes)
                if let isOn = json["switch"]?.bool {
                    let scope = try #require(
                        KillScope(kind: json["kind"]?.string?.string ?? "", target: json["target"]?.string))
                    if isOn { on.insert(scope) } else { on.remove(scope) }
                    found.toggles += 1
                } else if json["allow"] == true {
                    found.allows += 1
                    #expect(!on.contains(where: { covers($0, json) }), "entry \(entry.index) under \(on)")
                } else {
                    found.denies += 1
                }
            }
        }
        return found
    }

    private static func covers(_ scope: KillScope, _ call: JSON) -> Bool {
        switch scope {
        case .everything: true
        case .agent(let id): call["agent"] == .string(id)
        case .owner(let id): call["owner"] == .string(id)
        case .server(let alias): call["server"] == .string(alias)
        case .tool(let alias, let name): call["server"] == .string(alias) && call["tool"] == .string(name)
        }
    }
}

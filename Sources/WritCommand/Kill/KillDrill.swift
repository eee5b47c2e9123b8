// SPDX-License-Identifier: Apache-2.0

import Decisions
import Glibc
import HomeFolder
import Receipts
import StrictJSON

/// Measures how long a kill switch takes to reach every process of an installation, without stopping anything: each
/// round logs an event, wakes the processes as a switch does, and hears from each when it had seen the event.
struct KillDrill {
    /// What is known of one process after a drill.
    struct Finding {
        let name: EnforcerName
        /// Of each round that it answered, in milliseconds.
        var times: [Double] = []
        /// Rounds in which it was alive and did not answer.
        var missed = 0
        /// What it had under way at its last answer.
        var open = 0
        /// What of it would have been stopped.
        var covered = 0

        var median: Double { KillDrill.median(times) }
        var longest: Double { times.max() ?? 0 }
    }

    let installation: Installation
    let scope: Decisions.KillScope
    let actor: UTF8String

    /// Runs so many rounds.
    ///
    /// - Returns: what was found, by process, in the order of their names.
    func run(rounds: Int) async throws -> [Finding] {
        let folder = try EnforcerFolder(installation.home)
        let socket = try folder.register(EnforcerName.drill)
        guard let name = socket.name else { return [] }
        var findings: [EnforcerName: Finding] = [:]
        for round in 0..<rounds {
            if round > 0 { usleep(KillLimits.pauseMicroseconds) }
            try await self.round(folder, socket, name, &findings)
        }
        return findings.values.sorted { $0.name.text < $1.name.text }
    }

    private func round(
        _ folder: EnforcerFolder, _ socket: EnforcerSocket, _ asker: EnforcerName,
        _ findings: inout [EnforcerName: Finding]
    ) async throws {
        let names = try folder.names().filter { $0.kind != EnforcerName.drill }
        let index = try await installation.events.commit(
            .killDrill(scope: scope.word, target: scope.target), actor: actor)
        let loggedAt = MonotonicClock.nanoseconds()
        let message = DrillMessage(asker: asker, index: index, scope: scope).bytes
        var waiting: Set<EnforcerName> = []
        for name in names {
            switch folder.send(message, to: name) {
            case .taken: waiting.insert(name)
            case .full: findings[name, default: Finding(name: name)].missed += 1
            case .gone: break
            }
        }
        let deadline = loggedAt + KillLimits.roundMilliseconds * 1_000_000
        while !waiting.isEmpty, case let left = deadline - MonotonicClock.nanoseconds(), left > 0 {
            guard case .messages(let messages) = socket.wait(milliseconds: Int32(clamping: left / 1_000_000 + 1)) else {
                continue
            }
            for answer in messages.compactMap(DrillAnswer.init) where answer.index == index {
                guard waiting.remove(answer.name) != nil else { continue }
                var finding = findings[answer.name] ?? Finding(name: answer.name)
                finding.times.append(max(0, Double(answer.seenAt - loggedAt) / 1e6))
                finding.open = answer.open
                finding.covered = answer.covered
                findings[answer.name] = finding
            }
        }
        // One that has ended meanwhile has nothing to stop.
        for name in waiting where folder.send([], to: name) != .gone {
            findings[name, default: Finding(name: name)].missed += 1
        }
    }

    static func median(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.sorted()[values.count / 2]
    }
}

extension KillDrill.Finding {
    /// Whether each answer came, and in time.
    var isGood: Bool { missed == 0 && longest <= Double(KillLimits.boundMilliseconds) }

    var json: JSON {
        [
            "kind": .text(name.kind), "process": .integer(Int(name.process)), "rounds": .integer(times.count),
            "missed": .integer(missed), "median_us": .integer(Int(median * 1000)),
            "longest_us": .integer(Int(longest * 1000)), "open": .integer(open), "covered": .integer(covered),
        ]
    }
}

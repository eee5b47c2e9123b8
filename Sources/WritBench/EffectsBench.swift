// SPDX-License-Identifier: Apache-2.0

import Decisions
import Glibc
import HomeFolder
import SQLiteLedger
import StrictJSON
import WritCommand

/// Command to effects to decision in one process: `CommandList` through the judge, under the policies of an installation.
/// The ledger's state is asked once before; paths are resolved on the disk, as for a hook.
enum EffectsBench {
    private struct Timed {
        let command: String
        let isAllowed: Bool
        var nanoseconds: [UInt64] = []

        /// The one of the sorted times below which this share lies.
        func microseconds(_ share: Double) -> Double {
            let index = min(nanoseconds.count - 1, Int(share * Double(nanoseconds.count)))
            return index < 0 ? 0 : Double(nanoseconds[index]) / 1000
        }
    }

    /// - Parameters:
    ///   - commands: the ones to time; not empty.
    ///   - path: the installation's folder.
    ///   - project: the folder that the agent works in.
    ///   - rounds: how often each command is timed, after a tenth of that which is not.
    static func run(_ commands: [String], home path: String, project: String, rounds: Int) throws {
        let home = Home(path)
        let installation = try Installation.open(home, lifetime: .oneShot)
        let rulebook = try installation.ports.rules.current()
        let state = try installation.ports.ledger.state()
        let paths = installation.ports.paths
        let now = installation.ports.clock.now()
        let credential = PassportFolder.credential(try PassportFolder(home).paths()[0])
        let place = WorkingPlace(
            workingDirectory: UTF8String(project), home: "/home/agent", project: UTF8String(project), isLocal: true)
        let passports = PassportVerifier()

        func judged(_ command: String) -> Verdict {
            let call = ToolCall(
                surface: .hook, enforcement: .advisory, server: "claude-code", tool: "Bash", builtInMap: "claude-code",
                message: ["command": .text(command)], argumentsPlace: JSONPointer(), parametersPlace: JSONPointer(),
                credential: credential, place: place, session: "claude-code/bench", nonce: "toolu_1")
            return Judge.judge(
                DecisionInputs(
                    call: call, now: now, local: LocalTime(now, offsetSeconds: rulebook.zone.offsetSeconds(at: now)),
                    killSwitches: state.killSwitches, standings: state.standings, labels: state.labels,
                    rulebook: rulebook, resolve: paths.resolve),
                passports: passports)
        }
        var times = commands.map { Timed(command: $0, isAllowed: judged($0).isAllowed) }
        // In turns: a command that follows itself finds all in the processor's caches.
        for round in -max(1, rounds / 10)..<rounds {
            for index in times.indices {
                let start = monotonic()
                let verdict = judged(times[index].command)
                let end = monotonic()
                guard verdict.isAllowed == times[index].isAllowed else { throw ChangedVerdict() }
                if round >= 0 { times[index].nanoseconds.append(end - start) }
            }
        }
        for index in times.indices { times[index].nanoseconds.sort() }
        try installation.close()
        report(times.sorted { $0.microseconds(0.5) < $1.microseconds(0.5) })
    }

    struct ChangedVerdict: Error {}

    private static func report(_ times: [Timed]) {
        for timed in times {
            let (median, p99) = (timed.microseconds(0.5), timed.microseconds(0.99))
            let command = timed.command.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "⏎")
            let line = Array("\(text(median))\t\(text(p99))\t\(timed.isAllowed ? "allow" : "deny")\t\(command)\n".utf8)
            _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        }
        let all = times.flatMap(\.nanoseconds).sorted()
        let line: JSON = [
            "commands": .integer(times.count), "allowed": .integer(times.count { $0.isAllowed }),
            // Of the commands' own medians, and of all the times together.
            "median_us": .text(text(times[times.count / 2].microseconds(0.5))),
            "all_p50_us": .text(text(Double(all[all.count / 2]) / 1000)),
            "all_p99_us": .text(text(Double(all[all.count * 99 / 100]) / 1000)),
            "shortest_us": .text(text(times[0].microseconds(0.5))),
            "longest_us": .text(text(times[times.count - 1].microseconds(0.5))),
            "within_50_us": .integer(times.count { $0.microseconds(0.5) <= 50 }),
        ]
        print(String(decoding: line.serialized(), as: UTF8.self))
    }

    private static func text(_ microseconds: Double) -> String {
        let tenths = Int((microseconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func monotonic() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

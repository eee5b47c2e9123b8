// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import Glibc
import HomeFolder
import Receipts
import SQLiteLedger
import StrictJSON
import Synchronization
import Testing
import WireTypes

@testable import Gateway

/// The promise of the kill switch, measured: several processes on one ledger, under load.
@Suite(.serialized) struct KillOnTheWireTests {
    /// From the switch's entry in the log to the last byte that is forwarded.
    static let bound: Int64 = 250_000_000

    private static let hasDaemon: Bool = {
        do { return access(try Command.writ + "d", X_OK) == 0 } catch { return false }
    }()

    /// A client that calls all the time.
    private final class Load: Sendable {
        let record: String
        private let child: ChildProcess
        private let lines = Inbox<String>()
        private let refused = Inbox<Void>()
        private let all = Mutex<[String]>([])

        init(_ words: [String], record: String) throws {
            self.record = record
            let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "Servers/load.py").path
            child = try Command.start([ScriptedServer.python, script] + words)
            let rest = Mutex<[UInt8]>([])
            StreamReader.start(
                descriptor: child.output, name: "load",
                onBytes: { [self] bytes in
                    let new = rest.withLock { rest in
                        rest += bytes
                        let whole = rest.lastIndex(of: 0x0a).map { rest[...$0] } ?? []
                        rest.removeFirst(whole.count)
                        return String(decoding: whole, as: UTF8.self).split(separator: "\n").map(String.init)
                    }
                    all.withLock { $0 += new }
                    for line in new where line == "ready" || line.contains(" hold ") { lines.add(line) }
                    for line in new where line.hasSuffix("echo refused") { refused.add(()) }
                },
                onEnd: { [lines, refused] in
                    lines.end()
                    refused.end()
                })
            let errors = child.errors
            PeerThread.start("errors of the load") { _ = readAll(errors) }
        }

        func ready() async throws {
            let line = try await within("the load") { [lines] in await lines.first { $0 == "ready" } }
            _ = try #require(line, "the load has ended early")
        }

        /// What a call that was held ends with.
        func heldEnd() async throws -> String {
            let line = try await within("the end of a held call") { [lines] in
                await lines.first { $0.contains(" hold ") }
            }
            return try #require(line)
        }

        /// Waits until so many more calls were refused.
        func refusals(_ count: Int) async throws {
            for _ in 0..<count {
                let next: Void? = try await within("a refusal") { [refused] in await refused.first { _ in true } }
                _ = try #require(next, "the load has ended early")
            }
        }

        /// When the client had its last result of a call that was made.
        var lastResult: Int64 {
            all.withLock { $0 }.filter { $0.hasSuffix(" ok") }.compactMap { Int64($0.prefix { $0 != " " }) }.max() ?? 0
        }

        /// When the server had its last call.
        func lastCall() throws -> Int64 {
            let text = try String(contentsOfFile: record, encoding: .utf8)
            let calls = text.split(separator: "\n").filter { $0.contains("\"tools/call\"") }
            return calls.compactMap { Int64($0.prefix { $0 != " " }) }.max() ?? 0
        }

        /// How many of its calls the server was told that nobody waits for.
        func cancellations() throws -> Int {
            try String(contentsOfFile: record, encoding: .utf8).split(separator: "\n").count {
                $0.contains("notifications/cancelled")
            }
        }

        func end() async throws {
            close(child.input)
            _ = try await within("the end of the load") { [child] in
                try await onThread {
                    child.waitForEnd()
                    return child.reap()
                }
            }
        }
    }

    /// How long this machine keeps a thread waiting that wants to run: what is measured on it is that much too long.
    private final class StallMeter: Sendable {
        private let longest = Mutex<Int64>(0)
        private let isEnding = Mutex(false)

        init() {
            for _ in 0..<2 {
                PeerThread.start("stalls") { [self] in
                    while !isEnding.withLock({ $0 }) {
                        let before = MonotonicTime.now().nanoseconds
                        usleep(1_000)
                        let stall = MonotonicTime.now().nanoseconds - before - 1_000_000
                        longest.withLock { $0 = max($0, stall) }
                    }
                }
            }
        }

        func begin() { longest.withLock { $0 = 0 } }

        func end() -> Int64 {
            isEnding.withLock { $0 = true }
            return longest.withLock { $0 }
        }
    }

    /// The moment of the switch's entry, by the monotonic clock.
    private static func moment(of scope: Receipts.KillScope, in home: TestHome) throws -> Int64 {
        let now = MonotonicTime.now().nanoseconds
        var wall = timespec()
        clock_gettime(CLOCK_REALTIME, &wall)
        let ledger = try SQLiteLedger.open(
            readingAt: home.path + "/ledger.sqlite", log: KeyStore(Home(home.path)).verifierKey())
        var index: Int64 = 0
        var found: Timestamp?
        while case let entries = try ledger.entries(from: index, limit: 1000), !entries.isEmpty {
            index += Int64(entries.count)
            for entry in entries {
                guard let event = try SignedEntry(parsing: entry.bytes).event,
                    case .killSwitchOn(scope, _, _) = event.details
                else { continue }
                found = event.at
            }
        }
        try ledger.close()
        let at = try #require(found)
        return now - (Int64(wall.tv_sec) * 1_000_000_000 + Int64(wall.tv_nsec)) + at.milliseconds * 1_000_000
    }

    /// `writ serve` before the recording server; where it listens.
    private static func serve(_ home: TestHome) async throws -> (child: ChildProcess, url: String) {
        let child = try Command.start([try Command.writ, "serve", "--home", home.path, "--listen", "127.0.0.1:0"])
        let url = Inbox<String>()
        let rest = Mutex<[UInt8]>([])
        StreamReader.start(
            descriptor: child.errors, name: "serve",
            onBytes: { bytes in
                let text = rest.withLock { rest in
                    rest += bytes
                    return String(decoding: rest, as: UTF8.self)
                }
                guard let begin = text.range(of: "http://"),
                    let end = text.range(of: "/mcp", range: begin.upperBound..<text.endIndex)
                else { return }
                url.add(String(text[begin.lowerBound..<end.upperBound]))
            }, onEnd: { url.end() })
        return (child, try #require(try await within("the address") { await url.first { _ in true } }))
    }

    @Test(.enabled(if: hasDaemon, "writd is not built beside writ"))
    func
        `a quarter of a second after the switch nothing is forwarded any more, by two gateways and a daemon under load`()
        async throws
    {
        try await TemporaryFolder.with { folder in
            let home = try await TestHome(folder)
            let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "Servers/recording.py").path
            let configuration = home.path + "/writ.yaml"
            let text = try String(contentsOfFile: configuration, encoding: .utf8)
            try Data(
                (text + """

                    servers:
                      test:
                        command: \(ScriptedServer.python)
                        args: ["\(script)", "\(folder.path)/record-3"]
                        pins: first-use

                    """).utf8
            ).write(to: URL(filePath: configuration))
            let (daemon, url) = try await Self.serve(home)
            let passport = try #require(
                try FileManager.default.contentsOfDirectory(atPath: home.path + "/passports").first)
            var loads = try (1...2).map { number in
                let record = "\(folder.path)/record-\(number)"
                return try Load(
                    ["--"] + home.gateway("test") + [ScriptedServer.python, script, record], record: record)
            }
            loads.append(
                try Load(
                    ["--url", url + "/test", "--passport", "\(home.path)/passports/\(passport)"],
                    record: "\(folder.path)/record-3"))
            for load in loads { try await load.ready() }
            let meter = StallMeter()
            meter.begin()
            let killed = try await Command.run(
                try Command.writ, "kill", "on", "--everything", "--reason", "drill", "--home", home.path)
            #expect(killed.status == 0, "\(killed.errors)")
            // Each call that was held is answered, which nothing but the switch does.
            for load in loads {
                for _ in 0..<3 { #expect(try await load.heldEnd().hasSuffix("hold refused")) }
            }
            // And they go on trying, so that what would go through would be seen.
            for load in loads { try await load.refusals(100) }
            let stall = meter.end()
            let moment = try Self.moment(of: .everything, in: home)
            for load in loads {
                let (call, result) = (try load.lastCall() - moment, load.lastResult - moment)
                #expect(call < Self.bound + stall, "a call reached its server \(call / 1_000_000) ms after the switch")
                #expect(
                    result < Self.bound + stall, "a client had a result \(result / 1_000_000) ms after the switch")
                #expect(try load.cancellations() >= 3)
            }
            for load in loads { try await load.end() }
            kill(daemon.processID, SIGTERM)
            _ = try await within("the end of the daemon") {
                try await onThread {
                    daemon.waitForEnd()
                    return daemon.reap()
                }
            }
            for descriptor in [daemon.input, daemon.output] { close(descriptor) }
            let calls = try home.calls()
            let cancelled = calls.filter { $0.outcome?.status == .cancelled }
            #expect(cancelled.count >= 9)
            #expect(calls.allSatisfy { !$0.receipt.allow || $0.outcome != nil })
            try await home.fsck()
        }
    }
}

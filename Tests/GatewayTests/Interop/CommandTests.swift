// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import Receipts
import StrictJSON
import Testing
import WireTypes

@testable import Gateway

/// The real `writ gateway` with a real ledger, before the scripted server.
@Suite struct CommandTests {
    /// A running `writ gateway` and a client of it.
    final class Session: Sendable {
        let child: ChildProcess
        let client: TestClient
        let complaints: Task<String, any Error>

        init(_ home: TestHome, record: String, _ habits: String...) throws {
            let child = try Command.start(
                home.gateway("test") + [ScriptedServer.python] + ScriptedServer.arguments(record: record, habits))
            self.child = child
            client = TestClient(input: child.output, output: child.input)
            complaints = Task { try await onThread { String(decoding: readAll(child.errors), as: UTF8.self) } }
        }

        func ended() async throws -> Int32 {
            try await within("the end of the gateway") { [child] in
                try await onThread {
                    child.waitForEnd()
                    return child.reap()
                }
            }
        }
    }

    /// Waits until the server that writes a record is gone.
    static func waitForServer(_ record: String) async throws {
        try await within("the end of the server") {
            try await onThread {
                let descriptor = open(record, O_RDONLY | O_CLOEXEC)
                guard descriptor >= 0 else { return }
                flock(descriptor, LOCK_EX)
                close(descriptor)
            }
        }
    }

    @Test
    func `killed at any moment: what was answered or reached the server is in the record, and the record is whole`()
        async throws
    {
        let rounds = ProcessInfo.processInfo.environment["WRIT_CRASH_ROUNDS"].flatMap(Int.init) ?? 25
        try await TemporaryFolder.with { folder in
            let home = try await TestHome(folder)
            var random = SystemRandomNumberGenerator()
            var answered: Set<String> = []
            var denied: Set<String> = []
            var arrived: Set<String> = []
            for round in 0..<rounds {
                let record = "record-\(round)"
                let session = try Session(home, record: folder.path + "/" + record)
                try await session.client.connect()
                let answersBeforeKill = Int.random(in: 0...18, using: &random)
                var names: [Int64: String] = [:]
                // All the calls are on their way before the first answer is looked at.
                for number in 0..<20 {
                    let name = "\(round)-\(number)"
                    let tool: UTF8String = number % 8 == 7 ? "forbidden" : "echo"
                    names[try await session.client.startCall(tool, ["name": .text(name)])] = name
                }
                for _ in 0..<answersBeforeKill {
                    let answer = try await session.client.next("an answer") { $0["id"] != nil }
                    let name = try #require(answer["id"]?.int64.flatMap { names[$0] })
                    if answer.isToolError {
                        denied.insert(
                            try #require(
                                answer["result"]?["_meta"]?["dev.writ/decision"]?["receipt_id"]?.string?.string))
                    } else {
                        answered.insert(name)
                    }
                }
                session.child.signal(SIGKILL)
                #expect(try await session.ended() == 137)
                try await within("what was in the pipe") { await session.client.heard.ended() }
                for answer in session.client.heard.rest {
                    if !answer.isToolError, let name = answer["id"]?.int64.flatMap({ names[$0] }) {
                        answered.insert(name)
                    }
                }
                session.client.close()
                try await Self.waitForServer(folder.path + "/" + record)
                for line in folder.lines(record) {
                    guard let call = Self.complete(line), call["method"] == "tools/call" else { continue }
                    arrived.insert(try #require(call["params"]?["arguments"]?["name"]?.string?.string))
                }
            }
            try await home.fsck()
            let calls = try home.calls()
            var allowed: Set<String> = []
            for arguments in try home.arguments(of: calls.filter(\.receipt.allow)) {
                let name = try #require(arguments?["name"]?.string?.string)
                #expect(allowed.insert(name).inserted, "logged twice: \(name)")
            }
            let refused = Set(calls.filter { !$0.receipt.allow }.map(\.receipt.receiptID.text))
            #expect(arrived.isSubset(of: allowed), "ran without a receipt: \(arrived.subtracting(allowed))")
            #expect(answered.isSubset(of: arrived), "answered without having run: \(answered.subtracting(arrived))")
            #expect(denied.isSubset(of: refused), "denied without a receipt: \(denied.subtracting(refused))")
            #expect(!arrived.isEmpty && !answered.isEmpty)
        }
    }

    /// The message of a line that was written whole.
    private static func complete(_ line: String) -> JSON? {
        do throws(JSONError) { return try JSON(parsing: Array(line.utf8)) } catch { return nil }
    }

    @Test func `thousands of calls leave the memory as it was`() async throws {
        try await TemporaryFolder.with { folder in
            let home = try await TestHome(folder)
            let session = try Session(home, record: folder.path + "/record")
            try await session.client.connect()
            // A debug build makes a hundred a second; ten thousand are for those who have the time.
            let calls = ProcessInfo.processInfo.environment["WRIT_MEMORY_CALLS"].flatMap(Int.init) ?? 1000
            let text = String(repeating: "x", count: 400)
            var sizes: [Int] = []
            for _ in 0..<10 {
                for _ in 0..<(calls / 500) {
                    let batch = (0..<50).map { number in
                        #"{"jsonrpc":"2.0","id":"\#(number)","method":"tools/call","#
                            + #""params":{"name":"echo","arguments":{"text":"\#(text)"}}}"# + "\n"
                    }
                    try await session.client.say(Array(batch.joined().utf8))
                    for _ in 0..<50 {
                        let answer = try await session.client.next("an answer") { $0["id"]?.string != nil }
                        #expect(!answer.isToolError)
                    }
                }
                sizes.append(try Self.residentKibibytes(session.child.processID))
            }
            session.client.close()
            #expect(try await session.ended() == 0)
            // The first tenths warm up caches: SQLite's, Python's, the allocator's.
            let growth = (sizes.last ?? 0) - sizes[2]
            #expect(growth < 6 << 10, "KiB after each tenth: \(sizes)")
            let logged = try home.calls()
            #expect(logged.count == calls / 500 * 500)
            #expect(logged.allSatisfy { $0.outcome?.status == .result })
        }
    }

    private static func residentKibibytes(_ process: pid_t) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(Int(line.split(separator: " ").dropFirst().first ?? ""))
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `a signal ends the gateway in order, and the most stubborn server with it`(signal: Int32) async throws {
        try await TemporaryFolder.with { folder in
            let home = try await TestHome(folder)
            let session = try Session(home, record: folder.path + "/record", "stubborn")
            try await session.client.connect()
            try await session.client.startArriving("silent")
            _ = try await session.client.call("echo")
            session.child.signal(signal)
            #expect(try await session.ended() == 0)
            try await Self.waitForServer(folder.path + "/record")
            #expect(Set(try home.calls().map(\.outcome?.status)) == [.noAnswer, .result])
        }
    }

    @Test func `a client that does not read standard error gets its answers, and the end`() async throws {
        try await TemporaryFolder.with { folder in
            let home = try await TestHome(folder)
            let child = try Command.start(
                home.gateway("test") + [ScriptedServer.python]
                    + ScriptedServer.arguments(record: folder.path + "/record", []))
            let client = TestClient(input: child.output, output: child.input)
            try await client.connect()
            // Far more than the pipe holds that nobody reads.
            #expect(
                try await client.call("noise", ["text": "noise noise noise noise", "times": 20_000]).said == "said")
            #expect(try await client.call("echo").said == "{}")
            client.close()
            let status = try await within("the end") {
                try await onThread {
                    child.waitForEnd()
                    return child.reap()
                }
            }
            close(child.errors)
            #expect(status == 0)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Receipts
import StrictJSON
import Testing

/// The gateway between clients and servers that others wrote, in both eras of the protocol.
@Suite(.enabled(if: Peers.areThere, "no .peers folder: run Scripts/setup"))
struct InteropTests {
    struct Pair: Sendable, CustomTestStringConvertible {
        let client: String
        let mode: String?
        let server: String
        /// Whether the server is driven without the gateway as well, and the answers compared.
        var compares = false
        var testDescription: String { "\(client)\(mode.map { " " + $0 } ?? "") on \(server)" }
    }

    static let pairs = [
        Pair(client: "mcp1", mode: nil, server: "mcp1", compares: true),
        Pair(client: "mcp1", mode: nil, server: "mcp2"),
        Pair(client: "mcp2", mode: "legacy", server: "mcp1"),
        Pair(client: "mcp2", mode: "auto", server: "mcp1"),
        Pair(client: "mcp2", mode: "legacy", server: "mcp2"),
        Pair(client: "mcp2", mode: "auto", server: "mcp2"),
        Pair(client: "mcp2", mode: "2026-07-28", server: "mcp2", compares: true),
    ]

    /// What a driver says and how it ends: every scenario ok, and there are some.
    private static func expectAllOK(_ ended: Command.Ended, atLeast count: Int) throws {
        let scenarios = try ended.lines.map { try JSON(parsing: Array($0.utf8)) }
        for scenario in scenarios where scenario["ok"] != true {
            Issue.record("\(scenario["scenario"]?.string?.string ?? ""): \(scenario["detail"]?.string?.string ?? "")")
        }
        #expect(scenarios.count >= count)
        #expect(ended.status == 0, "\(ended.errors.suffix(2000))")
    }

    @Test(arguments: pairs) func `every scenario of the everything server is as it is without a gateway`(
        pair: Pair
    ) async throws {
        try await TemporaryFolder.with { folder in
            let home = try await TestHome(folder)
            let record = folder.path + "/record"
            let server = [Peers.python(pair.server), Peers.script("everything\(pair.server.suffix(1)).py"), record]
            var command = [
                Peers.python(pair.client), Peers.script("drive\(pair.client.suffix(1)).py"), "--record", record,
                "--expect-denied", "echo", #"{"deny":true,"amount":1}"#,
            ]
            if pair.compares { command += ["--direct", server.joined(separator: " ")] }
            if let mode = pair.mode { command += ["--mode", mode] }
            command += try ["--"] + home.gateway("everything") + server
            try Self.expectAllOK(await Command.run(command), atLeast: 14)

            let decided = try home.calls()
            // What is no tool's call is decided as well: prompts and resources.
            let calls = decided.filter { !($0.tool?.hasPrefix("mcp:") ?? false) }
            #expect(decided.count > calls.count)
            // echo, fail, raise, mixed, big, nothing, 20 at once, progress, cancellation, denied, echo again
            #expect(calls.count == 30)
            let allowed = calls.filter(\.receipt.allow)
            #expect(allowed.count == 28, "the unknown tool and the denied call are not")
            #expect(
                allowed.allSatisfy { $0.outcome != nil } && calls.allSatisfy { $0.receipt.allow || $0.outcome == nil })
            if !pair.compares {
                let arrived = try folder.lines("record").map { try JSON(parsing: Array($0.utf8)) }.filter {
                    $0["event"] == nil
                }
                #expect(arrived.count == allowed.count)
            }
            try await home.fsck()
        }
    }

    @Test(arguments: [("mcp1", nil, "mcp1"), ("mcp2", "2026-07-28", "mcp2")])
    func `the git server does through the gateway what it does without`(
        client: String, mode: String?, server: String
    ) async throws {
        try await TemporaryFolder.with { folder in
            let home = try await TestHome(folder)
            var command = [
                Peers.python(client), Peers.script("drive_git.py"), "--gateway",
                try home.gateway("git").joined(separator: " "), "--server", Peers.program(server, "mcp-server-git"),
            ]
            if let mode { command += ["--mode", mode] }
            try Self.expectAllOK(await Command.run(command), atLeast: 11)
            let calls = try home.calls()
            #expect(calls.count == 10)
            #expect(calls.filter(\.receipt.allow).count == 9, "all but the unknown tool")
            #expect(calls.allSatisfy { $0.receipt.allow == ($0.outcome != nil) })
            try await home.fsck()
        }
    }

    @Test(arguments: [("mcp1", nil, "mcp2"), ("mcp2", "auto", "mcp1")])
    func `the time server tells through the gateway what it tells without`(
        client: String, mode: String?, server: String
    ) async throws {
        try await TemporaryFolder.with { folder in
            let home = try await TestHome(folder)
            var command = [
                Peers.python(client), Peers.script("drive_time.py"), "--gateway",
                try home.gateway("time").joined(separator: " "), "--server", Peers.program(server, "mcp-server-time"),
            ]
            if let mode { command += ["--mode", mode] }
            try Self.expectAllOK(await Command.run(command), atLeast: 6)
            let calls = try home.calls()
            #expect(calls.count == 5 && calls.filter(\.receipt.allow).count == 4)
            #expect(calls.allSatisfy { $0.receipt.allow == ($0.outcome != nil) })
            try await home.fsck()
        }
    }
}

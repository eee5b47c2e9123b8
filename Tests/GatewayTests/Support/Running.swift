// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import Glibc
import StrictJSON
import Synchronization
import Testing

@testable import Gateway

/// The scripted server of `Servers/scripted.py`.
enum ScriptedServer {
    /// The system's Python; the first on PATH may be a version manager's, which takes its time.
    static let python = access("/usr/bin/python3", X_OK) == 0 ? "/usr/bin/python3" : "python3"

    static func arguments(record: String, _ habits: [String]) -> [String] {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Servers/scripted.py").path
        return ["-S", "-E", script, record] + habits
    }
}

/// A gateway in this process, between a client and the scripted server.
final class Running: Sendable {
    let client: TestClient
    let fixture: Fixture
    let folder: TemporaryFolder
    let notes = Inbox<String>()
    private let task: Task<Int32, Never>

    private init(
        _ fixture: Fixture, _ folder: TemporaryFolder, _ habits: [String], _ limits: GatewayLimits, reads: Bool
    )
        throws
    {
        self.fixture = fixture
        self.folder = folder
        let requests = try TestPipe()
        let answers = try TestPipe()
        client = TestClient(input: reads ? answers.read : nil, output: requests.write)
        let gateway = fixture.gateway(
            ScriptedServer.python, ScriptedServer.arguments(record: folder.path + "/record", habits), limits: limits,
            note: { [notes] in notes.add($0) })
        task = Task { await gateway.run(input: requests.read, output: answers.write) }
    }

    /// Runs a gateway while the body does.
    static func with(
        _ habits: String..., limits: GatewayLimits = GatewayLimits(), reads: Bool = true,
        wrapping wrap: (any Ledger) -> any Ledger = { $0 }, isolation: isolated (any Actor)? = #isolation,
        _ body: (Running) async throws -> Void
    ) async throws {
        let fixture = try Fixture(wrapping: wrap)
        try await TemporaryFolder.with { folder in
            let running = try Running(fixture, folder, habits, limits, reads: reads)
            do { try await body(running) } catch {
                running.client.close()
                throw error
            }
            _ = try await running.end()
        }
    }

    /// Closes the client's side, and waits for the end of the run; its exit status.
    @discardableResult
    func end() async throws -> Int32 {
        client.close()
        return try await ended()
    }

    /// Waits for the end of the run; its exit status.
    func ended() async throws -> Int32 { try await within("the end of the run") { [task] in await task.value } }

    /// As a SIGTERM does it in the command.
    func cancel() { task.cancel() }

    /// What arrived at the server, line by line.
    var record: [String] { folder.lines("record") }

    /// The tool calls among it.
    func arrivedCalls() throws -> [JSON] {
        try record.map { try JSON(parsing: Array($0.utf8)) }.filter { $0["method"] == "tools/call" }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import Receipts
import StrictJSON
import Testing

@testable import Gateway

/// The door before several programs: started when they are needed, and none ends the others.
@Suite struct StdioDoorTests {
    /// A door before two scripted servers.
    private static func with(
        _ scope: Scope = .everything, _ body: (TestClient, Fixture, Task<Int32, Never>) async throws -> Void
    ) async throws {
        let fixture = try Fixture()
        try await TemporaryFolder.with { folder in
            let requests = try TestPipe()
            let answers = try TestPipe()
            let servers = (["one", "two"] as [UTF8String]).map { alias in
                Fixture.server(
                    alias,
                    .process(
                        ServerProgram(
                            command: ScriptedServer.python,
                            arguments: ScriptedServer.arguments(record: folder.path + "/\(alias)", []),
                            environment: ["PATH=/usr/local/bin:/usr/bin:/bin"], workingDirectory: nil)))
            }
            var limits = GatewayLimits()
            limits.mergeMilliseconds = 600_000
            let door = StdioDoor(
                .servers(servers, scope), credential: fixture.credential, pipeline: DecisionPipeline(fixture.ports),
                sessionID: "session-1", key: Fixture.key, clock: fixture.clock, random: fixture.ports.random,
                limits: limits, note: { _ in })
            let client = TestClient(input: answers.read, output: requests.write)
            let task = Task { await door.run(input: requests.read, output: answers.write) }
            do { try await body(client, fixture, task) } catch {
                client.close()
                throw error
            }
            client.close()
            #expect(try await within("the end") { await task.value } == 0)
            #expect(try fixture.calls().allSatisfy { $0.receipt.allow == ($0.outcome != nil) })
        }
    }

    @Test func `all servers' tools are listed and called by their public names`() async throws {
        try await Self.with { client, fixture, _ in
            try await client.connect()
            let tools = try await client.request("tools/list")["result"]?["tools"]?.array?.compactMap { $0["name"] }
            #expect(tools?.contains("one__echo") == true && tools?.contains("two__echo") == true)
            #expect(try await client.call("two__echo", ["n": 1]).said == #"{"n": 1}"#)
            #expect(try await client.call("one__echo", ["n": 2]).said == #"{"n": 2}"#)
            #expect(try fixture.calls().map { $0.receipt.call.server } == [.known("two"), .known("one")])
        }
    }

    @Test func `a server that dies leaves the others alone, and is started again`() async throws {
        try await Self.with { client, _, _ in
            try await client.connect()
            #expect(try await client.call("one__die")["error"]?["code"]?.int64 == ErrorCode.internalError)
            #expect(try await client.call("two__echo").said == "{}")
            var answer = try await client.call("one__echo")
            // While it is left alone its requests fail at once.
            while answer["error"] != nil { answer = try await client.call("one__echo") }
            #expect(answer.said == "{}")
        }
    }

    @Test func `one server of several has its own names`() async throws {
        try await Self.with(.server("two")) { client, _, _ in
            try await client.connect()
            #expect(try await client.call("echo").said == "{}")
            #expect(try await client.call("one__echo").isToolError)
        }
    }

    @Test func `both eras on one connection, request by request`() async throws {
        try await Self.with(.server("one")) { client, _, _ in
            let meta: JSON = [
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": [:],
            ]
            let found = try await client.request("server/discover", ["_meta": meta])
            #expect(found["result"]?["supportedVersions"] == ["2026-07-28"])
            try await client.connect()
            #expect(try await client.call("echo").said == "{}")
            let modern = try await client.request("tools/call", ["name": "echo", "arguments": [:], "_meta": meta])
            #expect(modern["result"]?["resultType"] == "complete")
            #expect(try await client.request("ping")["result"] == [:])
        }
    }

    @Test func `a caller that nobody vouches for is let in, and denied with a receipt`() async throws {
        let fixture = try Fixture()
        try await TemporaryFolder.with { folder in
            let requests = try TestPipe()
            let answers = try TestPipe()
            let server = Fixture.server(
                "one",
                .process(
                    ServerProgram(
                        command: ScriptedServer.python,
                        arguments: ScriptedServer.arguments(record: folder.path + "/record", []),
                        environment: ["PATH=/usr/local/bin:/usr/bin:/bin"], workingDirectory: nil)))
            let door = StdioDoor(
                .wrapped(server), credential: .none, pipeline: DecisionPipeline(fixture.ports), sessionID: "s",
                key: Fixture.key, clock: fixture.clock, random: fixture.ports.random, note: { _ in })
            let client = TestClient(input: answers.read, output: requests.write)
            let task = Task { await door.run(input: requests.read, output: answers.write) }
            try await client.connect()
            #expect(try await client.call("echo").said.contains("no passport was presented"))
            client.close()
            #expect(try await within("the end") { await task.value } == 0)
            #expect(try fixture.calls().map(\.receipt.allow) == [false])
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import Foundation
import MCP
import StrictJSON
import Synchronization
import Testing

@testable import Gateway

/// Recorded sessions of other people's clients and servers, where the machine that runs the tests has them.
private let transcripts: [URL] = {
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    let shared =
        ProcessInfo.processInfo.environment["WRIT_SHARED"].map { URL(filePath: $0) }
        ?? checkout.deletingLastPathComponent().appending(path: "shared")
    let folder = shared.appending(path: "data/mcp-transcripts")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".jsonl") }.sorted().map { folder.appending(path: $0) }
}()

@Suite struct TranscriptTests {
    private struct Exchange: Sendable {
        let request: JSON
        let answer: JSON
    }

    @Test(.enabled(if: !transcripts.isEmpty, "no recorded transcripts on this machine"), arguments: transcripts)
    func `a recorded session is as it was but for ids and what the gateway says of itself`(file: URL) async throws {
        let (messages, exchanges) = try Self.read(file)
        let server = RecordedServer(exchanges.map { ($0.request, $0.answer) })
        let servers = Recorded(server: server)
        let fixture = try Fixture(policies: Talk.permissive)
        let hub = Hub(
            [Fixture.server("one", LinkSamples.server("one").endpoint)], pipeline: DecisionPipeline(fixture.ports),
            transports: servers, key: Fixture.key, clock: fixture.clock, random: fixture.ports.random, note: { _ in })
        let principal = try await hub.principal(fixture.credential).get()
        let sink = TestSink()
        let conversation = hub.open(principal, scope: .server("one"), door: .stdio, general: sink, session: "s")
        var compared = 0
        for message in messages {
            let envelope = try Envelope(message)
            guard case .request = envelope.kind else {
                conversation.take(envelope)
                continue
            }
            let answer = try await within("an answer") {
                await conversation.answer(envelope, frameBytes: 1, sink: sink)
            }
            let recorded = try #require(exchanges.first { $0.request["id"] == message["id"] }).answer
            // The gateway speaks both eras, whatever the server does, and denies what the server does not list.
            if message["method"] == "server/discover", recorded["error"] != nil { continue }
            if message["method"] == "tools/call", answer?["result"]?["_meta"]?["dev.writ/decision"] != nil { continue }
            #expect(answer.map(Self.comparable) == Self.comparable(recorded), "\(message["method"] ?? .null)")
            compared += 1
        }
        #expect(compared > 1)
        await hub.close()
    }

    private static func read(_ file: URL) throws -> ([JSON], [Exchange]) {
        var messages: [JSON] = []
        var exchanges: [Exchange] = []
        for line in try Data(contentsOf: file).split(separator: 0x0a) {
            let entry = try JSON(parsing: Array(line))
            let message = try #require(entry["msg"])
            if entry["dir"] == "c2s" {
                messages.append(message)
            } else if let request = messages.last(where: { $0["id"] == message["id"] && message["id"] != nil }) {
                exchanges.append(Exchange(request: request, answer: message))
            }
        }
        return (messages, exchanges)
    }

    /// Without capabilities, and members in one order.
    private static func comparable(_ message: JSON) -> String {
        guard var result = message["result"]?.object else { return text(message["error"] ?? .null) }
        result["capabilities"] = nil
        let meta = JSONObject(
            unique: (result["_meta"]?.object?.members ?? []).filter { $0.key != Meta.serverInfoKey })
        result["_meta"] = meta.isEmpty ? nil : .object(meta)
        return text(.object(result))
    }

    private static func text(_ json: JSON) -> String {
        do throws(JSONError) { return String(decoding: try json.canonical(), as: UTF8.self) } catch { return "\(json)" }
    }
}

private struct Recorded: TransportFactory {
    let server: RecordedServer
    func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport { self.server }
}

/// Answers what it was recorded to answer.
private final class RecordedServer: UpstreamTransport {
    private let recorded: [(request: JSON, answer: JSON)]
    private let receiver = Mutex<(any UpstreamReceiver)?>(nil)

    init(_ recorded: [(JSON, JSON)]) { self.recorded = recorded.map { (request: $0.0, answer: $0.1) } }

    func open(_ receiver: any UpstreamReceiver) async throws(UpstreamFailure) {
        self.receiver.withLock { $0 = receiver }
    }

    func forward(
        _ permit: consuming Permit, _ head: MessageHead, onExpired: @escaping @Sendable () -> Void
    ) async throws(UpstreamFailure) {
        guard let bytes = permit.spend().take() else { return onExpired() }
        do throws(JSONError) { take(try JSON(parsing: bytes)) } catch { Issue.record("no JSON: \(error)") }
    }

    func send(_ message: FreeMessage, _ head: MessageHead) async throws(UpstreamFailure) { take(message.json) }

    func abandon(_ id: Int64) {}

    func close() async { receiver.withLock { $0 }?.ended(UpstreamFailure(.ended, "closed")) }

    private func take(_ message: JSON) {
        guard let id = message["id"] else { return }
        let fitting = recorded.first { Self.asked($0.request) == Self.asked(message) }
        var answer = fitting?.answer.object ?? JSONObject()
        if fitting == nil, message["method"] == "server/discover" {
            // A client that is pinned to a revision asks for nothing first.
            answer["jsonrpc"] = "2.0"
            answer["result"] = ["supportedVersions": ["2026-07-28"], "capabilities": ["tools": [:]]]
        } else if fitting == nil {
            answer["jsonrpc"] = "2.0"
            answer["error"] = ["code": -32601, "message": "not recorded"]
        }
        answer["id"] = id
        receiver.withLock { $0 }?.received(ReadFrame(.line(JSON.object(answer).serialized())), on: nil)
    }

    /// What a request asks for: of a handshake nothing but that.
    private static func asked(_ message: JSON) -> JSON {
        let method = message["method"] ?? .null
        guard method != "initialize", method != "server/discover" else { return [method] }
        return [method, message["params"]?["name"] ?? .null, message["params"]?["arguments"] ?? [:]]
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import MCP
import StrictJSON
import Testing

/// Recorded sessions of other people's clients and servers, where the machine that runs the tests has them.
private let transcripts: [URL] = {
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let shared =
        ProcessInfo.processInfo.environment["WRIT_SHARED"].map { URL(filePath: $0) }
        ?? checkout.deletingLastPathComponent().appending(path: "shared")
    let folder = shared.appending(path: "data/mcp-transcripts")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".jsonl") }.sorted().map { folder.appending(path: $0) }
}()

@Suite struct TranscriptTests {
    @Test(.enabled(if: !transcripts.isEmpty, "no recorded transcripts on this machine"), arguments: transcripts)
    func `a recorded session passes unchanged but for ids and masked capabilities`(file: URL) throws {
        var session = GatewaySession()
        var ids: [RequestID: RequestID] = [:]
        var passed = 0
        for line in try Data(contentsOf: file).split(separator: 0x0a) {
            let entry = try JSON(parsing: Array(line))
            let message = try #require(entry["msg"])
            let original = message["id"].flatMap(RequestID.init)
            if entry["dir"] == "c2s" {
                let actions = session.client(message.serialized())
                var sent: JSON?
                for action in actions {
                    switch action {
                    case .decide(let call):
                        #expect(call.defect == nil)
                        #expect(call.outgoing(arguments: call.arguments) == call.outgoing)
                        #expect(session.forwarding(call.token) == true)
                        sent = call.outgoing
                    case .sendToServer(let json): sent = json
                    default: Issue.record("not passed: \(action)")
                    }
                }
                let outgoing = try #require(sent)
                if let original { ids[original] = outgoing["id"].flatMap(RequestID.init) }
                #expect(Self.comparable(outgoing) == Self.comparable(message))
            } else {
                let upstream = try #require(original.flatMap { ids[$0] })
                var answer = try #require(message.object)
                answer["id"] = upstream.json
                let actions = session.server(JSON.object(answer).serialized())
                let received = actions.compactMap { if case .sendToClient(let json) = $0 { json } else { nil } }
                #expect(received.count == 1)
                #expect(received.first?["id"] == message["id"])
                #expect(received.first.map(Self.comparable) == Self.comparable(message))
            }
            passed += 1
        }
        #expect(passed > 0)
        #expect(session.openRequests == 0)
    }

    /// Without ids, and without the capabilities that are masked.
    private static func comparable(_ message: JSON) -> String {
        guard var object = message.object else { return "" }
        object["id"] = nil
        for place: UTF8String in ["params", "result"] {
            guard var body = object[place]?.object, let capabilities = body["capabilities"]?.object else { continue }
            let isClient = place == "params"
            let kept = capabilities.members.filter { !isClient && ["tools", "logging"].contains($0.key) }
            body["capabilities"] = JSONObject(kept).map(JSON.object)
            object[place] = .object(body)
        }
        return text(.object(object))
    }
}

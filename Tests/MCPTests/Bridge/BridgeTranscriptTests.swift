// SPDX-License-Identifier: Apache-2.0

import Foundation
import MCP
import StrictJSON
import Testing

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

/// A request and how it was answered.
private struct Exchange {
    let method: UTF8String
    let params: JSONObject?
    let answer: JSON

    static func all(_ file: URL) throws -> [Exchange] {
        var open: [RequestID: (UTF8String, JSONObject?)] = [:]
        var exchanges: [Exchange] = []
        for line in try Data(contentsOf: file).split(separator: 0x0a) {
            let entry = try JSON(parsing: Array(line))
            let message = try #require(entry["msg"])
            guard let id = message["id"].flatMap(RequestID.init) else { continue }
            if let method = message["method"]?.string {
                open[id] = (method, message["params"]?.object)
            } else if let (method, params) = open.removeValue(forKey: id) {
                exchanges.append(Exchange(method: method, params: params, answer: message))
            }
        }
        return exchanges
    }

    var era: Era { Era(ofRequest: method, params) }
}

@Suite(.enabled(if: !transcripts.isEmpty, "no recorded transcripts on this machine"))
struct BridgeTranscriptTests {
    @Test(arguments: transcripts)
    func `a recorded answer survives the other era and back`(file: URL) throws {
        let exchanges = try Exchange.all(file)
        #expect(!exchanges.isEmpty)
        for exchange in exchanges {
            let out = Bridge(client: .july2026, server: .november2025, serverInfo: ["name": "w"])
            let back = Bridge(client: .november2025, server: .july2026, serverInfo: nil)
            if let error = exchange.answer["error"]?.object {
                let between = out.error(error, of: exchange.method)
                #expect(back.error(between, of: exchange.method) == error)
                continue
            }
            let result = try #require(exchange.answer["result"]?.object)
            let expected = exchange.era == .legacy ? result : try back.result(result, of: exchange.method)
            let between = try out.result(expected, of: exchange.method)
            #expect(between["resultType"] == "complete")
            #expect(sorted(try back.result(between, of: exchange.method)) == sorted(expected))
            // What a stateless server said is what a bridged one says, but for who keeps it how long, and whose it is.
            guard exchange.era == .modern else { continue }
            let direct = Bridge(client: .july2026, server: .july2026, serverInfo: ["name": "w"])
            #expect(sorted(try direct.result(result, of: exchange.method)) == sorted(between))
        }
    }

    @Test(arguments: transcripts)
    func `a recorded request survives the other era and back`(file: URL) throws {
        var client: ClientFacts?
        for exchange in try Exchange.all(file) {
            if exchange.method == "initialize" { client = try ClientFacts(initialize: exchange.params) }
            if exchange.era == .modern { client = try ClientFacts(request: exchange.params) }
            guard let client, MethodTable.rule(exchange.method, from: .client)?.kind != .local else { continue }
            let meta = Handshake.requestMeta(
                exchange.params?["_meta"]?.object, id: 4, client, through: .all, to: .july2026)
            let between = Bridge(client: client.revision, server: .july2026, serverInfo: nil)
                .params(exchange.params, of: exchange.method, meta: meta)
            let read = try ClientFacts(request: between)
            #expect(read.era == .modern)
            #expect(read.info == client.info)
            let wantsProgress = exchange.params?["_meta"]?["progressToken"] != nil
            #expect(between?["_meta"]?["progressToken"] == (wantsProgress ? 4 : nil))
            let back = Bridge(client: .july2026, server: .november2025, serverInfo: nil).params(
                between, of: exchange.method,
                meta: Handshake.requestMeta(between?["_meta"]?.object, id: 4, read, through: .all, to: .november2025))
            var plain = exchange.params ?? JSONObject()
            plain["_meta"] = wantsProgress ? ["progressToken": 4] : nil
            #expect(sorted(back ?? JSONObject()) == sorted(plain))
        }
    }

    /// One server, spoken to in both eras: what a bridged client gets is what the server says to such clients itself.
    @Test func `a bridged answer is what the same server answers in the client's own era`() throws {
        func file(_ name: String) throws -> URL { try #require(transcripts.first { $0.lastPathComponent == name }) }
        let legacy = try Exchange.all(file("git-client2.3-legacy.jsonl"))
        let modern = try Exchange.all(file("git-client2.3-2026-07-28.jsonl"))
        var compared = 0
        for exchange in modern {
            let bridge = Bridge(client: .november2025, server: .july2026, serverInfo: nil)
            var params = exchange.params
            params?["_meta"] = nil
            let name = params?["name"]
            guard let same = legacy.first(where: { $0.method == exchange.method && $0.params?["name"] == name }) else {
                continue
            }
            guard let result = exchange.answer["result"]?.object, let expected = same.answer["result"]?.object else {
                #expect(
                    exchange.answer["error"]?.object.map { bridge.error($0, of: exchange.method) }
                        == same.answer["error"]?.object)
                compared += 1
                continue
            }
            let bridged = try bridge.result(result, of: exchange.method)
            #expect(Set(bridged.keys) == Set(expected.keys))
            if exchange.method == "tools/list" { #expect(sorted(bridged) == sorted(expected)) }
            compared += 1
        }
        #expect(compared >= 4)
    }

    @Test(arguments: transcripts)
    func `a recorded handshake is read, and told again within what is served`(file: URL) throws {
        var count = 0
        for exchange in try Exchange.all(file) {
            guard let result = exchange.answer["result"]?.object else { continue }
            if exchange.method == "initialize" {
                let client = try ClientFacts(initialize: exchange.params)
                let facts = try ServerFacts(initializeResult: result)
                let told = Handshake.initializeResult(for: client, facts)
                #expect(told["protocolVersion"] == result["protocolVersion"])
                #expect(told["serverInfo"] == result["serverInfo"])
                #expect(told["capabilities"]?["experimental"] == nil)
                #expect(told["capabilities"]?["tools"] == result["capabilities"]?["tools"])
                count += 1
            } else if exchange.method == "server/discover" {
                let facts = try ServerFacts(discoverResult: result)
                let told = Handshake.discoverResult(facts)
                #expect(told["_meta"] == result["_meta"])
                #expect(told["supportedVersions"] == ["2026-07-28"])
                count += 1
            }
        }
        #expect(count <= 2)
    }
}

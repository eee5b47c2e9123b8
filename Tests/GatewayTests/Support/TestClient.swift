// SPDX-License-Identifier: Apache-2.0

import Glibc
import MCP
import StrictJSON
import Synchronization

@testable import Gateway

/// A client's end of two streams: it says what it is told to, and keeps what it hears.
final class TestClient: Sendable {
    let heard = Inbox<JSON>()
    private let output: Int32
    private let lastID = Mutex<Int64>(0)
    private let isClosed = Mutex(false)

    /// - Parameters:
    ///   - input: what it reads from; `nil` for a client that never reads.
    ///   - output: what it writes to.
    init(input: Int32?, output: Int32) {
        self.output = output
        guard let input else { return }
        let splitter = Mutex(FrameSplitter(lineBytesMax: 64 << 20))
        StreamReader.start(
            descriptor: input, name: "test client",
            onBytes: { [heard] bytes in
                for case .line(let line) in splitter.withLock({ $0.append(Array(bytes)) }) {
                    heard.add(Self.read(line))
                }
            }, onEnd: { [heard] in heard.end() })
    }

    /// `null` for what is no JSON.
    private static func read(_ line: [UInt8]) -> JSON {
        do throws(JSONError) { return try JSON(parsing: line, limits: JSONLimits(bytesMax: 64 << 20)) } catch {
            return .null
        }
    }

    func close() {
        let isFirst = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        if isFirst { Glibc.close(output) }
    }

    /// Writes bytes as they are; whether somebody took them.
    @discardableResult
    func say(_ bytes: [UInt8]) async throws -> Bool { try await onThread { [output] in writeAll(output, bytes) } }

    @discardableResult
    func say(_ line: String) async throws -> Bool { try await say(Array(line.utf8) + [0x0a]) }

    @discardableResult
    func say(_ message: JSON) async throws -> Bool { try await say(message.serialized() + [0x0a]) }

    /// The next message that fits.
    func next(
        _ what: String, where matches: @escaping @Sendable (JSON) -> Bool
    ) async throws -> JSON {
        let message = try await within(what) { [heard] in await heard.first(where: matches) }
        guard let message else { throw Overdue(description: "\(what): the gateway has closed its output") }
        return message
    }

    func answer(to id: Int64) async throws -> JSON {
        try await next("an answer to \(id)") { $0["id"] == .integer(id) && $0["method"] == nil }
    }

    /// Sends a request and does not wait; its id.
    @discardableResult
    func start(_ method: UTF8String, _ params: JSON? = nil) async throws -> Int64 {
        let id = lastID.withLock { id in
            id += 1
            return id
        }
        var message: JSONObject = JSONObject()
        message["jsonrpc"] = "2.0"
        message["id"] = .integer(id)
        message["method"] = .string(method)
        message["params"] = params
        try await say(.object(message))
        return id
    }

    func request(_ method: UTF8String, _ params: JSON? = nil) async throws -> JSON {
        try await answer(to: start(method, params))
    }

    /// Starts a call and does not wait; its id.
    @discardableResult
    func startCall(_ tool: UTF8String, _ arguments: JSON = [:]) async throws -> Int64 {
        try await start("tools/call", ["name": .string(tool), "arguments": arguments])
    }

    /// Starts a call of `silent` or `hold`, and waits until it is with the server: calls are decided side by side, and
    /// may overtake each other. Its id.
    @discardableResult
    func startArriving(_ tool: UTF8String, _ arguments: JSON = [:]) async throws -> Int64 {
        let id = try await startCall(tool, arguments)
        _ = try await next("\(tool) at the server") {
            $0["method"] == "notifications/message" && $0["params"]?["data"] == .string(tool)
        }
        return id
    }

    /// A call's answer, the whole message.
    func call(_ tool: UTF8String, _ arguments: JSON = [:]) async throws -> JSON {
        try await answer(to: startCall(tool, arguments))
    }

    func cancel(_ id: Int64) async throws {
        try await say([
            "jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": .integer(id)],
        ])
    }

    /// Says hello, and lists the tools.
    func connect() async throws {
        _ = try await request(
            "initialize",
            ["protocolVersion": "2025-11-25", "capabilities": [:], "clientInfo": ["name": "test", "version": "1"]])
        try await say(["jsonrpc": "2.0", "method": "notifications/initialized"])
        _ = try await request("tools/list")
    }
}

extension JSON {
    /// The text of a result's first content item.
    var said: String { self["result"]?["content"]?.array?.first?["text"]?.string?.string ?? "" }

    var isToolError: Bool { self["result"]?["isError"] == true }
}

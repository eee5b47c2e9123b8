// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import StrictJSON

/// An MCP client with two pipes to a gateway in this process: one request at a time.
final class DemoClient: @unchecked Sendable {
    // INVARIANT: one request at a time; each runs on a thread of its own and is awaited before the next.
    private let toGateway: Int32
    private let fromGateway: Int32
    private var pending: [UInt8] = []
    private var nextID: Int64 = 1

    /// The gateway's ends.
    let gatewayInput: Int32
    let gatewayOutput: Int32

    init() throws {
        var requests: [Int32] = [-1, -1]
        var answers: [Int32] = [-1, -1]
        guard pipe(&requests) == 0, pipe(&answers) == 0 else {
            throw CommandFailure(.software, "cannot make pipes for the demonstration")
        }
        // The server must not inherit them: it would keep the gateway's input open.
        for end in requests + answers { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (gatewayInput, toGateway) = (requests[0], requests[1])
        (fromGateway, gatewayOutput) = (answers[0], answers[1])
    }

    /// Says hello as an MCP client does, and lists the tools.
    func connect() async throws {
        _ = try await request(
            "initialize",
            [
                "protocolVersion": "2025-11-25", "capabilities": [:],
                "clientInfo": ["name": "writ demo", "version": "1"],
            ])
        send(["jsonrpc": "2.0", "method": "notifications/initialized"])
        _ = try await request("tools/list", [:])
    }

    /// Calls a tool; its result.
    func call(_ tool: UTF8String, _ arguments: JSON) async throws -> JSON {
        try await request("tools/call", ["name": .string(tool), "arguments": arguments])
    }

    func close() { Glibc.close(toGateway) }

    private func request(_ method: UTF8String, _ params: JSON) async throws -> JSON {
        let id = nextID
        nextID += 1
        send(["jsonrpc": "2.0", "id": .integer(id), "method": .string(method), "params": params])
        let line = await withCheckedContinuation { continuation in
            Thread.detachNewThread { [self] in continuation.resume(returning: readLine()) }
        }
        guard let line, let result = try JSON(parsing: line)["result"] else {
            throw CommandFailure(.software, "the gateway gave no answer to \(method)")
        }
        return result
    }

    private func send(_ message: JSON) {
        let bytes = message.serialized() + [0x0a]
        _ = bytes.withUnsafeBytes { write(toGateway, $0.baseAddress, $0.count) }
    }

    private func readLine() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            if let end = pending.firstIndex(of: 0x0a) {
                defer { pending.removeFirst(end + 1) }
                return Array(pending[..<end])
            }
            let count = read(fromGateway, &buffer, buffer.count)
            guard count > 0 else { return nil }
            pending += buffer[..<count]
        }
    }
}

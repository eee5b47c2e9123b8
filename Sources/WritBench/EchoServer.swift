// SPDX-License-Identifier: Apache-2.0

import Glibc
import StrictJSON

/// The smallest MCP server on stdio, for measuring what stands before it: it answers `initialize`, lists one tool, and
/// gives a call's arguments back.
enum EchoServer {
    static func run() {
        var pending: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            guard count > 0 else { return }
            pending.append(contentsOf: buffer[..<count])
            var answers: [UInt8] = []
            var start = 0
            while let end = pending[start...].firstIndex(of: 0x0a) {
                if let answer = answer(Array(pending[start..<end])) { answers += answer.serialized() + [0x0a] }
                start = end + 1
            }
            pending.removeFirst(start)
            writeAll(answers)
        }
    }

    private static func answer(_ line: [UInt8]) -> JSON? {
        guard let message = try? JSON(parsing: line), let id = message["id"] else { return nil }
        let result: JSON
        switch message["method"]?.string {
        case "initialize":
            result = [
                "protocolVersion": message["params"]?["protocolVersion"] ?? "2025-11-25",
                "capabilities": ["tools": [:]], "serverInfo": ["name": "echo", "version": "1"],
            ]
        case "tools/list":
            result = ["tools": [["name": "echo", "inputSchema": ["type": "object"]]]]
        case "tools/call":
            let text = UTF8String(validating: (message["params"]?["arguments"] ?? [:]).serialized()) ?? ""
            result = ["content": [["type": "text", "text": .string(text)]]]
        default:
            return ["jsonrpc": "2.0", "id": id, "error": ["code": -32601, "message": "no such method"]]
        }
        return ["jsonrpc": "2.0", "id": id, "result": result]
    }

    private static func writeAll(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Glibc
import StrictJSON

/// The smallest MCP server, for measuring what stands before it: it speaks both eras, lists one tool, and gives a call's
/// arguments back.
enum EchoServer {
    /// On standard input and output.
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

    /// The answer to a message; `nil` where it wants none.
    static func answer(_ message: [UInt8]) -> JSON? {
        guard let message = try? JSON(parsing: message), let id = message["id"], message["method"] != nil else {
            return nil
        }
        let isModern = message["params"]?["_meta"]?["io.modelcontextprotocol/protocolVersion"] != nil
        var result: JSONObject
        switch message["method"]?.string {
        case "initialize":
            result = object([
                "protocolVersion": message["params"]?["protocolVersion"] ?? "2025-11-25",
                "capabilities": ["tools": [:]], "serverInfo": ["name": "echo", "version": "1"],
            ])
        case "server/discover":
            result = object([
                "supportedVersions": ["2026-07-28"], "capabilities": ["tools": [:]], "ttlMs": 0,
                "cacheScope": "public", "serverInfo": ["name": "echo", "version": "1"],
            ])
        case "ping": result = JSONObject()
        case "tools/list":
            result = object(["tools": [["name": "echo", "inputSchema": ["type": "object"]]]])
            if isModern { result["ttlMs"] = 0 }
            if isModern { result["cacheScope"] = "public" }
        case "tools/call":
            let text = UTF8String(validating: (message["params"]?["arguments"] ?? [:]).serialized()) ?? ""
            result = object(["content": [["type": "text", "text": .string(text)]]])
        default:
            return ["jsonrpc": "2.0", "id": id, "error": ["code": -32601, "message": "no such method"]]
        }
        if isModern { result["resultType"] = "complete" }
        return ["jsonrpc": "2.0", "id": id, "result": .object(result)]
    }

    private static func object(_ json: JSON) -> JSONObject { json.object ?? JSONObject() }

    private static func writeAll(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

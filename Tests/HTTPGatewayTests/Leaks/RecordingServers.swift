// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON

/// Servers that keep all that they are given: one over HTTP, one that is started.
struct RecordingServers {
    let far: RawServer
    let folder: String
    private let serving: Task<Void, any Error>

    /// What the one over HTTP says to a message; `nil` to what has no answer.
    private static func answer(_ body: String) throws -> String? {
        let message = try JSON(parsing: Array(body.utf8))
        guard let id = message["id"], let method = message["method"]?.string else { return nil }
        let result: JSON? =
            switch method {
            case "initialize":
                [
                    "protocolVersion": "2025-11-25", "capabilities": ["tools": [:]],
                    "serverInfo": ["name": "recorder", "version": "1"],
                ]
            case "tools/list": ["tools": [["name": "echo", "inputSchema": ["type": "object"]]]]
            case "tools/call": ["content": [["type": "text", "text": "done"]]]
            case "ping": [:]
            default: nil
            }
        let answer: JSON =
            if let result {
                ["jsonrpc": "2.0", "id": id, "result": result]
            } else {
                ["jsonrpc": "2.0", "id": id, "error": ["code": -32601, "message": "no"]]
            }
        return String(decoding: answer.serialized(), as: UTF8.self)
    }

    /// The same as a program, which writes its arguments, its environment and what it is sent into a file.
    static let program = #"""
        import json, os, sys
        record = open(sys.argv[1], "ab", buffering=0)
        record.write("\0".join(sys.argv).encode() + b"\n" + open("/proc/self/environ", "rb").read() + b"\n")
        for line in sys.stdin.buffer:
            record.write(line)
            message = json.loads(line)
            if "id" not in message or "method" not in message:
                continue
            results = {
                "initialize": {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}},
                               "serverInfo": {"name": "recorder", "version": "1"}},
                "tools/list": {"tools": [{"name": "echo", "inputSchema": {"type": "object"}}]},
                "tools/call": {"content": [{"type": "text", "text": "done"}]}, "ping": {},
            }
            result = results.get(message["method"])
            said = {"error": {"code": -32601, "message": "no"}} if result is None else {"result": result}
            sys.stdout.write(json.dumps({"jsonrpc": "2.0", "id": message["id"], **said}) + "\n")
            sys.stdout.flush()
        """#

    init(folder: String) async throws {
        let far = try await RawServer()
        self.far = far
        self.folder = folder
        try Data(Self.program.utf8).write(to: URL(filePath: folder + "/recorder.py"))
        serving = Task {
            while !Task.isCancelled {
                let request = try await far.requests.first("a request", within: 600)
                guard request.method == "POST" else {
                    request.peer.answer(request.method == "DELETE" ? 200 : 405, type: nil)
                    continue
                }
                if let answer = try Self.answer(request.body) {
                    request.peer.answer(200, answer)
                } else {
                    request.peer.answer(202, type: nil)
                }
            }
        }
    }

    /// `servers:` of a configuration that has both.
    var settings: String {
        """
        servers:
          far: {url: "http://127.0.0.1:\(far.port)/mcp", pins: first-use}
          near: {command: /usr/bin/env, args: [python3, \(folder)/recorder.py, \(folder)/near.record], pins: first-use}

        """
    }

    /// What both were given.
    var records: [(place: String, bytes: [UInt8])] {
        get throws {
            [
                ("the server over HTTP", far.seen.value),
                ("the server's process", Array(try Data(contentsOf: URL(filePath: folder + "/near.record")))),
            ]
        }
    }

    func stop() async throws {
        serving.cancel()
        try await far.stop()
    }
}

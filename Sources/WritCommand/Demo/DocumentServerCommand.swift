// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Glibc
import HomeFolder
import StrictJSON

/// The demonstration's MCP server: a few documents in memory, and a record of every call that reaches it.
struct DocumentServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo-document-server", abstract: "The demonstration's MCP server.", shouldDisplay: false)

    @Argument(help: "The file that each call which arrives is written to.") var record: String

    private static let documents: [(path: UTF8String, text: UTF8String)] = [
        ("/reports/q1.csv", "region,revenue\nnorth,1200\nsouth,900\n"),
        ("/reports/q2.csv", "region,revenue\nnorth,1350\nsouth,1010\n"),
        ("/internal/finances/payroll.xlsx", "name,salary\n"),
    ]

    func run() throws {
        var pending: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            pending += buffer[..<count]
            while let end = pending.firstIndex(of: 0x0a) {
                let line = Array(pending[..<end])
                pending.removeFirst(end + 1)
                do throws(JSONError) {
                    if let answer = try answer(JSON(parsing: line)) { Output.bytes(answer.serialized() + [0x0a]) }
                } catch {
                    Output.note("not JSON: \(error)")
                }
            }
        }
    }

    private func answer(_ message: JSON) -> JSON? {
        guard let id = message["id"], let method = message["method"]?.string else { return nil }
        switch method {
        case "initialize":
            return Self.result(
                id,
                [
                    "protocolVersion": message["params"]?["protocolVersion"] ?? "2025-11-25",
                    "capabilities": ["tools": [:]], "serverInfo": ["name": "documents", "version": "1"],
                ])
        case "tools/list":
            return Self.result(id, ["tools": .array([Self.readTool])])
        case "tools/call":
            return Self.result(id, call(message["params"] ?? [:]))
        default:
            return ["jsonrpc": "2.0", "id": id, "error": ["code": -32601, "message": "no such method"]]
        }
    }

    private func call(_ params: JSON) -> JSON {
        let path = params["arguments"]?["path"]?.string ?? ""
        recordCall(params["name"]?.string ?? "", path)
        guard params["name"] == "read_document", let document = Self.documents.first(where: { $0.path == path }) else {
            return ["content": [["type": "text", "text": "no such document"]], "isError": true]
        }
        return ["content": [["type": "text", "text": .string(document.text)]], "isError": false]
    }

    private func recordCall(_ name: UTF8String, _ path: UTF8String) {
        let descriptor = open(record, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return Output.note("cannot write the record") }
        defer { close(descriptor) }
        let line: JSON = ["tool": .string(name), "path": .string(path)]
        let bytes = line.serialized() + [0x0a]
        _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    }

    private static let readTool: JSON = [
        "name": "read_document", "description": "Read a document.",
        "inputSchema": [
            "type": "object", "properties": ["path": ["type": "string"]], "required": ["path"],
        ],
    ]

    private static func result(_ id: JSON, _ result: JSON) -> JSON { ["jsonrpc": "2.0", "id": id, "result": result] }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc

/// An MCP server as a shell script, whose tools are a file that a test may change.
struct FakeServer {
    let program: String
    private let tools: String

    init(_ shell: Shell, _ name: String = "server", tools: String) throws {
        program = "\(shell.folder)/\(name).sh"
        self.tools = "\(shell.folder)/\(name).json"
        try shell.write(
            program,
            #"""
            #!/bin/sh
            while IFS= read -r line; do
              id=$(printf '%s' "$line" | sed -n 's/.*"id":\([0-9]*\).*/\1/p')
              case "$line" in
                *'"initialize"'*) printf '{"jsonrpc":"2.0","id":%s,"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"s","version":"1"}}}\n' "$id";;
                *'"tools/list"'*) printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$(cat '\#(self.tools)')";;
                *'"id"'*) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":-32601,"message":"no"}}\n' "$id";;
              esac
            done
            """#)
        guard chmod(program, 0o755) == 0 else { throw CocoaError(.fileWriteNoPermission) }
        try show(tools, shell)
    }

    /// From now on these are its tools: the array's elements.
    func show(_ tools: String, _ shell: Shell) throws { try shell.write(self.tools, "{\"tools\":[\(tools)]}") }

    static func tool(_ name: String, _ description: String = "Does it.", _ more: String = "") -> String {
        #"{"name":"\#(name)","description":"\#(description)","inputSchema":{"type":"object","properties":{"path":{"type":"string"},"count":{"type":"integer"}},"required":["path"]}\#(more)}"#
    }

    static let reading = #","annotations":{"readOnlyHint":true}"#
}

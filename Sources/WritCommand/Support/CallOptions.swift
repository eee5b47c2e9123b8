// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import Effects
import Glibc
import HomeFolder
import StrictJSON

/// A call as the command line gives it: a tool, its parameters, and who makes it from where.
struct CallOptions: ParsableArguments {
    @Option(help: "The passport file.") var passport: String?
    @Option(help: "The key (JWK) that the passport is bound to; for its owner alone.") var passportKey: String?
    @Option(name: .customLong("cwd"), help: "Where the call's relative paths start. [default: the working directory]")
    var workingDirectory: String?
    @Option(help: "The project's folder. [default: the nearest above with a .git, else where paths start]")
    var project: String?
    @Argument(help: "The tool.") var tool: String
    @Argument(help: "Its parameters as a JSON object, or - to read them from standard input.") var parameters: String

    /// The call. Parameters that are no JSON make one like any other, with a defect: it is refused.
    func toolCall(_ home: Home, _ configuration: Configuration) throws -> ToolCall {
        try CheckQuestion(self).toolCall(home, configuration)
    }

    /// The tool of a server that the gateway stands before, where that is what was named; `nil` for a name of the table.
    func pinned(_ call: ToolCall, _ configuration: Configuration, _ pins: Pins) -> ToolReference? {
        guard !call.isListed, let slash = tool.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        let named = ToolReference(
            server: UTF8String(String(tool[..<slash])), tool: UTF8String(String(tool[tool.utf8.index(after: slash)...]))
        )
        let isServer =
            pins.aliases.contains(named.server)
            || configuration.servers.contains { $0.alias == named.server }
        return isServer ? named : nil
    }

    /// The parameters as they were given; standard input can be asked for them once.
    func parameterBytes() -> [UInt8] {
        guard parameters == "-" else { return Array(parameters.utf8) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= JSONLimits.standard.bytesMax {
            let count = read(STDIN_FILENO, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return bytes
    }
}

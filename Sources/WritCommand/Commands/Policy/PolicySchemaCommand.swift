// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Cedar
import StrictJSON
import ToolTypes

/// `writ policy schema`.
struct PolicySchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the Cedar schema that policies are checked against.",
        discussion: """
            The types of Writ's own requests, or of AgentCore's, with the tools described. What of a definition has no \
            type in Cedar is said on standard error. Exit status: 0, or 65 where definitions cannot be read.
            """)
    @OptionGroup var tools: ToolOptions
    @Flag(help: "Print the JSON form.") var json = false

    func run() throws {
        let (servers, diagnostics) = try tools.servers()
        let schema = ToolSchema(servers, profile: tools.profile.profile)
        for diagnostic in diagnostics + schema.diagnostics {
            Output.note("tools: \(Output.escaped(UTF8String(diagnostic.description)))")
        }
        do throws(SchemaErrors) {
            if json {
                Output.json(try schema.fragment.json, pretty: true)
            } else {
                Output.bytes(try schema.fragment.text.bytes)
            }
        } catch {
            throw CommandFailure(.data, mistakes: error.all.map(\.description))
        }
    }
}

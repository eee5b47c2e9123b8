// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import StrictJSON

/// `writ tools`.
struct ToolsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tools", abstract: "The tools of servers: which may be called, and what their calls would touch.",
        discussion: """
            A tool is called through the gateway only while its definition is the one that was approved: by `approve`, \
            by `pins: first-use` of its server, or by the server's file of `tools`. What servers say is printed escaped.
            """,
        subcommands: [
            ToolsListCommand.self, ToolsShowCommand.self, ToolsDiffCommand.self, ToolsApproveCommand.self,
            ToolsManifestCommand.self, ShowEffects.self,
        ])

    /// `writ tools effects TOOL JSON`.
    struct ShowEffects: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "effects",
            abstract: "Show what a call would touch and what it would meet. Nothing is decided or logged.",
            discussion: """
                TOOL and JSON as for `writ check`; SERVER/TOOL is judged as the gateway would, by its pinned definition. \
                The call is judged as `writ check` would judge it now, by the configuration, policies, policy packs, kill \
                switches, passport and what is left of its limits; nothing is taken of them.
                Exit status: 0 shown, also where the call would be refused; 64 usage, 74 ledger, 78 configuration.
                """)
        @OptionGroup var home: HomeOption
        @OptionGroup var call: CallOptions
        @Flag(help: "Print JSON on a terminal too.") var json = false

        func run() throws {
            let preview = try CallPreview(call, home.resolve())
            if json || !Output.isTerminal { return Output.json(preview.json, pretty: Output.isTerminal) }
            for line in preview.lines { Output.line(line) }
        }
    }
}

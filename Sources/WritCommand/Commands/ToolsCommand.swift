// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// `writ tools`.
struct ToolsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tools", abstract: "What Writ sees in tools and their calls.", subcommands: [ShowEffects.self])

    /// `writ tools effects TOOL JSON`.
    struct ShowEffects: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "effects",
            abstract: "Show what a call would touch and what it would meet. Nothing is decided or logged.",
            discussion: """
                TOOL and JSON as for `writ check`. The call is judged by the configuration, policies, kill switches and \
                passport of now; limits, which are taken when a call is logged, are not looked at.
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

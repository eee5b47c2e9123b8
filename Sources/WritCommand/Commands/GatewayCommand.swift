// SPDX-License-Identifier: Apache-2.0

package import ArgumentParser

/// `writ gateway`.
struct GatewayCommand: AsyncParsableCommand {
    static let configuration = GatewayOptions.command
    @OptionGroup var options: GatewayOptions

    func run() async throws { try await GatewayService.run(options, http: nil) }
}

/// What `writ gateway` takes, and `writd gateway` in its place where a server is reached by URL.
package struct GatewayOptions: ParsableArguments {
    /// The command's words for people.
    package static let command = CommandConfiguration(
        commandName: "gateway",
        abstract: "Be an MCP server on stdio that stands before others.",
        discussion: """
            writ gateway --name git -- mcp-server-git --repository /srv/repo
            writ gateway --server docs        (from the configuration)
            writ gateway                      (all servers of the configuration; tools are called <alias>__<tool>)

            Every call is decided, signed and logged before it is forwarded, and so is everything else that acts or \
            leaks. Paths on this command line are absolute, and the environment changes nothing, since an agent may be \
            who sets it: without --home the folder is ~/.writ, whatever $WRIT_HOME says.
            """)

    @OptionGroup var home: ServiceHomeOption
    @Option(help: "What policies call the server: 1 to 16 of a-z, 0-9, hyphen. [default: the program's name]")
    var name: String?
    @Option(help: "A server of the configuration, by its alias.") var server: String?
    @Option(help: "The passport file, absolute. [default: the configuration's agent's, else the only one]")
    var passport: String?
    @Option(
        help: "The key (JWK) that the passport is bound to, absolute; for its owner alone. [default: `agent_key:`]")
    var passportKey: String?
    @Option(help: "For a command: local: its files are this machine's; foreign: another's.") var filesystem: String?
    @Option(help: "For a command: the built-in tool map that fits. [default: that of the program's name]")
    var map: String?
    @Option(
        help: """
            For a command: what happens to a tool that is seen for the first time. quarantine: it waits for `writ tools \
            approve`; first-use: it is approved as it is. A change is never. [default: quarantine]
            """)
    var pins: String?
    @Argument(parsing: .postTerminator, help: "The server's command, after --.") var command: [String] = []

    /// Without any.
    package init() {}
}

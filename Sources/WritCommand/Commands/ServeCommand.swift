// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HomeFolder

/// `writ serve`.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Be an MCP server over HTTP that stands before the configuration's servers.",
        discussion: """
            /mcp has all servers, with tools called <alias>__<tool>; /mcp/<alias> has one, under its own names. Only this \
            machine is listened to. Clients show a passport with every request: the header Writ-Passport, the passport's \
            file as base64url without padding. See docs/gateway.md.
            This runs `writd`, which is installed beside `writ`, in its place.
            """)
    @OptionGroup var home: HomeOption
    @Option(help: "The address and port to listen on. [default: the configuration's, 127.0.0.1:8808]")
    var listen: String?

    func run() throws {
        let home = try home.resolve()
        // What is wrong with these is said here, by the program that was asked.
        if let listen, ListenAddress(listen) == nil {
            throw CommandFailure(
                .usage,
                "--listen is an address of this machine alone and a port, as in \(ListenAddress.standard); not \(listen)"
            )
        }
        _ = try Configuration.read(home)
        try DaemonProgram.exec(["serve", "--home", home.path] + (listen.map { ["--listen", $0] } ?? []))
    }
}

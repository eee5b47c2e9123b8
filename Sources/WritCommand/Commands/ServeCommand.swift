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
            machine is listened to, unless `listen` in writ.yaml has `tls`. Clients show who they are with every request: \
            a token in Authorization, or the header Writ-Passport with the passport's file as base64url without padding; \
            over TLS a workload's certificate (SPIFFE) may do. See docs/gateway.md and docs/identity.md.
            This runs `writd`, which is installed beside `writ`, in its place.
            """)
    @OptionGroup var home: HomeOption
    @Option(help: "The address and port to listen on. [default: the configuration's, 127.0.0.1:8808]")
    var listen: String?

    func run() throws {
        let home = try home.resolve()
        // What is wrong with these is said here, by the program that was asked.
        if let listen, ListenAddress(listen, isSecure: true) == nil { throw Self.noAddress(listen) }
        let configuration = try Configuration.read(home)
        if let listen, ListenAddress(listen, isSecure: configuration.tls != nil) == nil { throw Self.noAddress(listen) }
        try DaemonProgram.exec(["serve", "--home", home.path] + (listen.map { ["--listen", $0] } ?? []))
    }

    private static func noAddress(_ listen: String) -> CommandFailure {
        CommandFailure(
            .usage,
            "--listen is an address of this machine alone and a port, as in \(ListenAddress.standard); not \(listen) "
                + "(others only where `listen` in writ.yaml has `tls`)")
    }
}

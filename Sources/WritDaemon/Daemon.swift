// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
import WritCommand

/// The command line of `writd`, which `writ` executes where HTTP is spoken.
public struct Daemon: AsyncParsableCommand {
    /// Name, help and subcommands.
    public static let configuration = CommandConfiguration(
        commandName: "writd",
        abstract: "The part of writ that speaks HTTP.",
        discussion: "`writ serve` runs it, and `writ gateway` where a server has a URL; it has the same exit statuses.",
        subcommands: [ServeDaemon.self, GatewayDaemon.self])

    /// The command without a subcommand; prints the help.
    public init() {}

    /// Runs a command line and gives its exit status.
    public static func run(_ arguments: [String]) async -> Int32 { await Writ.run(Daemon.self, arguments) }
}

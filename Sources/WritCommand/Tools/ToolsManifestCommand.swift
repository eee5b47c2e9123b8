// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HomeFolder
import StrictJSON

/// `writ tools manifest`.
struct ToolsManifestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manifest",
        abstract:
            "Write a server's approved definitions as a file for `tools`, signed by this installation's issuer key.",
        discussion: """
            Put the file into the folder and name it in writ.yaml, as `tools: FILE` of the server: from then on these \
            definitions may be called and no others, whatever is approved in the log. Another installation that trusts \
            this issuer takes the file too, for a server of the same alias.
            """)
    @OptionGroup var home: HomeOption
    @Option(name: .shortAndLong, help: "The file to write; never overwritten. [default: standard output]")
    var output: String?
    @Flag(help: "Without a signature.") var unsigned = false
    @Argument(help: "The server, by its alias.") var server: String

    func run() throws {
        let home = try home.resolve()
        let pins = try ToolPins(home, Archive.open(home).ledger)
        let alias = UTF8String(server)
        let entries = pins.entries(of: alias).filter { $0.approved != nil }
        guard !entries.isEmpty else {
            throw CommandFailure(
                .data, "no tool of \(Output.escaped(alias)) is approved; see `writ tools list`")
        }
        var tools: [JSON] = []
        for entry in entries {
            guard let approved = entry.approved else { continue }
            tools.append(try pins.definition(approved, of: entry.tool))
        }
        let bytes =
            unsigned
            ? JSON.object(JSONObject(unique: [JSONMember(key: "tools", value: .array(tools))])).pretty()
            : try ToolManifest.signed(server: alias, tools: tools, by: KeyStore(home).load(.issuer))
        guard let output else { return Output.bytes(bytes) }
        try FileAccess.create(WorkingDirectory.absolute(output), bytes, mode: 0o644)
        Output.line("Wrote \(output): \(tools.count) tool(s) of \(Output.escaped(alias))")
    }
}

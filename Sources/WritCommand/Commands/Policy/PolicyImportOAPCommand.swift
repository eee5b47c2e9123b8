// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Cedar
import Decisions
import Effects
import HomeFolder
import Packs
import StrictJSON

/// `writ policy import-oap`.
struct PolicyImportOAPCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import-oap",
        abstract: "Translate an Open Agent Passport policy pack into Cedar.",
        discussion: """
            Reads OAP pack files and prints policies, or writes them with --out: for each rule a forbid that holds where \
            the rule is broken. They permit nothing. Rules are translated where they are expressions of the JavaScript \
            subset that Cedar can say (comparisons, boolean operators, includes, startsWith, endsWith, whether something \
            is empty, simple regular expressions); what is not, is named with its place and the reason, and then nothing \
            is written unless --partial says so. The packs published with OAP need no import: Writ enforces them itself \
            (docs/oap.md).
            Exit status: 0 everything was translated, 1 something was not and --partial wrote the rest, 65 a file is no \
            pack, or nothing was written.
            """)
    @Option(
        name: .customLong("tool"),
        help: "A call that comes under the pack, SERVER/TOOL; repeat for more. [default: those that docs/oap.md names]")
    var tools: [String] = []
    @Option(help: "Where to write the policies. [default: standard output]") var out: String?
    @Flag(help: "Write what could be translated even if something could not.") var partial = false
    @Argument(help: "OAP pack files.") var files: [String]

    func run() throws {
        for tool in tools {
            let words = tool.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            // A forbid for an action that is nobody's would hold for nothing.
            guard words.count == 2, words.allSatisfy({ !$0.isEmpty }) else {
                throw CommandFailure(
                    .usage, "--tool is SERVER/TOOL, as local/exec.run; not \(Output.escaped(UTF8String(tool)))")
            }
        }
        let codes = Set(ReasonCode.allCases.map { UTF8String($0.rawValue) })
        var text = ""
        var refused = 0
        for path in files {
            let bytes = try InputFile.read(path, limit: 1 << 20)
            let translation: OAPPackTranslation
            do throws(OAPPackTranslation.Failure) {
                translation = try OAPPackTranslation(bytes, tools: try calls(of: bytes, path), codes: codes)
            } catch {
                throw CommandFailure(.data, "\(path): \(error)")
            }
            refused += translation.refusals.count
            for refusal in translation.refusals {
                Output.note(
                    "\(path): \(Output.escaped(refusal.place)): not translated: \(Output.escaped(refusal.reason))")
            }
            for note in translation.notes { Output.note("\(path): \(Output.escaped(note))") }
            text += (text.isEmpty ? "" : "\n") + translation.policies.string
        }
        guard refused == 0 || partial else {
            throw CommandFailure(.data, "nothing is written: \(refused) not translated; --partial writes the rest")
        }
        // What is written loads.
        let bytes = Array(text.utf8)
        _ = try PolicySources.book([PolicyFile(name: "imported.cedar", bytes: bytes)])
        if let out {
            try FileAccess.create(out, bytes, mode: 0o644)
            Output.line("Wrote \(Output.escaped(UTF8String(out)))")
        } else {
            Output.bytes(bytes)
        }
        if refused > 0 { throw ExitStatus.denied.exitCode }
    }

    /// The actions of the pack's calls: those named, else those of the tools that Writ knows by APort's names.
    private func calls(of bytes: [UInt8], _ path: String) throws(OAPPackTranslation.Failure) -> [UTF8String] {
        guard tools.isEmpty else { return tools.map { UTF8String($0) } }
        let id = OAPPackTranslation.id(of: bytes)
        let known = APortNames.names.compactMap { APortNames[$0] }.filter { $0.pack == id }.map(\.tool)
        let names = Set(known.map { UTF8String("\($0.server)/\($0.tool)") }).sorted()
        guard !names.isEmpty else {
            throw OAPPackTranslation.Failure(
                description: "say with --tool SERVER/TOOL which calls come under this pack")
        }
        return names
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import HomeFolder
import Receipts
import StrictJSON
import TransparencyLog
import WireTypes

/// `writ custody`.
struct CustodyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "custody", abstract: "Who could tamper with this installation, and who says what is in force.",
        discussion: "See docs/custody.md. `writ policy apply` puts in force what administrators have signed.",
        subcommands: [Status.self, MakeKey.self, Door.self])

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "The mode, the seal, files that differ from it, and what is weak.",
            discussion: "Exit status: 0 what the mode asks for is so, 1 it is not.")
        @OptionGroup var home: HomeOption
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let report = try CustodyReport(home.resolve())
            if json {
                Output.json(report.json, pretty: Output.isTerminal)
            } else {
                for line in report.lines { Output.line(line) }
            }
            if !report.isWell { throw ExitStatus.denied.exitCode }
        }
    }

    struct MakeKey: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "key", abstract: "Make an administrator's key, and print what writ.yaml needs of it.",
            discussion: "Keep the file off this machine where you can; nothing but signing needs it.")
        @Argument(help: "The new file; nothing may be there.") var file: String

        func run() throws { try Self.makeKey(at: file, for: "administration/keys") }

        /// Makes the key of somebody who signs, and says what the configuration needs of it.
        ///
        /// - Parameter place: where in `writ.yaml` its public half belongs.
        static func makeKey(at file: String, for place: String) throws {
            let pair = try KeyStore.createApproverKey(at: file, seed: SystemRandom().bytes(32))
            Output.line("Wrote \(file), for you alone.")
            Output.line("In writ.yaml, under \(place):")
            Output.line("  NAME: \(Base64URL.encode(pair.publicKey.bytes))")
        }
    }

    struct Door: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "door", abstract: "Print what agents' hooks and checks need to ask at the protected socket.",
            discussion: "Makes the key of the daemon's answers where there is none. To be run as Writ's own user.")
        @OptionGroup var home: HomeOption
        @Flag(help: "Print JSON.") var json = false

        func run() throws {
            let home = try home.resolve()
            let door = try AnswerDoor.of(home, Configuration.read(home))
            if json {
                return Output.json(
                    [
                        "socket": .text(door.socket), "user": .integer(door.user),
                        "key": .text(Base64URL.encode(door.key.bytes)),
                    ], pretty: false)
            }
            Output.line("options   \(door.arguments.joined(separator: " "))")
            Output.line(
                "a hook    \(try DaemonProgram.ownPath()) hook claude-code \(door.arguments.joined(separator: " ")) || exit 2"
            )
        }
    }
}

/// What is said of an installation's custody.
struct CustodyReport {
    let mode: Configuration.Mode
    let seal: Seal?
    /// How the files differ from the seal.
    let differences: [String]
    private(set) var findings: [CustodyExamination.Finding] = []

    /// - Throws: where the configuration or the log cannot be read.
    init(_ home: Home) throws {
        let configuration = try Configuration.read(home)
        let archive = try Archive.open(home)
        let seals = SealBook(archive.ledger, log: UTF8String(archive.logKey.name))
        let examination = CustodyExamination(home, configuration)
        var sealFault: String?
        var seal: Seal?
        do throws(HomeError) {
            seal = try seals.inForce().map { digest throws(HomeError) in try seals.seal(digest) }
        } catch {
            sealFault = error.message
        }
        self.seal = seal
        mode = configuration.mode == .protected || seal?.mode == .protected ? .protected : .cooperative
        var differences: [String] = []
        do throws(HomeError) {
            let found = try SealedFiles.read(home)
            if mode == .protected {
                differences = seal.map { SealedFiles.differences($0.files, found.digests) } ?? []
                sealFault = sealFault ?? SealedFiles.fault(seal, found.configuration.mode, found.digests)
            }
        } catch {
            if mode == .protected { sealFault = sealFault ?? error.message }
        }
        self.differences = differences
        if mode == .protected {
            findings = examination.conditions(isService: false)
            findings.append(
                sealFault.map { CustodyExamination.Finding(level: .problem, check: "sealed", text: $0) }
                    ?? CustodyExamination.Finding(level: .fine, check: "sealed", text: "every file is as it was sealed")
            )
        }
        findings += examination.weaknesses()
    }

    var isWell: Bool { !findings.contains { $0.level == .problem } }

    var json: JSON {
        [
            "mode": .text(mode.rawValue), "ok": .bool(isWell),
            "seal": seal.map { seal in
                [
                    "number": .integer(seal.number), "made_at": .text(seal.madeAt.text),
                    "signed_by": .array(seal.signatures.map { .string($0.by) }),
                ]
            } ?? .null,
            "differs": .array(differences.map { .text($0) }),
            "findings": .array(
                findings.map { ["level": .text($0.level.rawValue), "check": .text($0.check), "text": .text($0.text)] }),
        ]
    }

    var lines: [String] {
        var lines = ["mode      \(mode.rawValue)"]
        if let seal {
            let names = seal.signatures.map { Output.escaped($0.by) }.joined(separator: ", ")
            lines.append("seal      number \(seal.number), signed by \(names), made at \(seal.madeAt)")
        } else {
            lines.append("seal      none")
        }
        lines += differences.map { "differs   \(Output.escaped(UTF8String($0)))" }
        for finding in findings {
            let mark =
                switch finding.level {
                case .fine: "ok        "
                case .warning: "weak      "
                case .problem: "PROBLEM   "
                }
            lines.append(mark + Output.escaped(UTF8String(finding.text)))
        }
        return lines
    }
}

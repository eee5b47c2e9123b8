// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import Glibc
import HomeFolder
import Receipts
import SQLiteLedger
import StrictJSON
import TransparencyLog
import WireTypes

/// `writ policy apply`.
struct PolicyApplyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Put configuration, policies and tool definitions in force, signed by administrators.",
        discussion: """
            writ policy apply --key /media/stick/alice.jwk

            Where more than one must sign, the proposal goes from one to the other as a file:
              writ policy apply --sign-only change.seal       (as Writ's user)
              writ policy sign change.seal --key alice.jwk    (each administrator, anywhere)
              writ policy apply --with change.seal            (as Writ's user)

            What is sealed is the digest of each file as it is now, the mode, and who signs the next seal; who signs this \
            one is named by the seal in force, before the first by writ.yaml. It is an event in the log. In mode \
            protected a file that is not as it was sealed stops everything until it is again, or is sealed. See \
            docs/custody.md.
            Exit status: 0 in force; 1 you did not say yes; 64 no terminal to ask on, and no --yes; 65 too few have \
            signed, a key of nobody's who may, or the files have changed since; 78 the files do not load.
            """)
    @OptionGroup var home: HomeOption
    @Option(help: "An administrator's key; may be given more than once.") var key: [String] = []
    @Option(help: "A proposal that others have signed.") var with: String?
    @Option(name: .customLong("sign-only"), help: "Write the proposal here, signed so far, and put nothing in force.")
    var signOnly: String?
    @Flag(help: "Do not ask.") var yes = false

    func run() async throws {
        let installation = try Installation.open(home.resolve(), lifetime: .oneShot)
        let log = installation.ports.origin
        var proposal = try SealProposal(
            installation.home, SealBook(installation.ledger, log: log), log: log, at: installation.ports.clock.now())
        if let with { try proposal.take(SealFile.read(with), from: with) }
        if let signOnly, FileAccess.exists(signOnly) { try proposal.take(SealFile.read(signOnly), from: signOnly) }
        for path in key { try proposal.sign(with: path) }
        for line in try proposal.lines() { Output.line(line) }
        if let signOnly {
            try SealFile.write(proposal.seal, signOnly)
            try installation.close()
            return Output.line("wrote     \(Output.escaped(UTF8String(signOnly))); nothing is in force yet")
        }
        let signers = try proposal.signers()
        guard signers.count >= proposal.administration.needed else {
            throw CommandFailure(
                .data,
                "\(signers.count) of \(proposal.administration.needed) administrators have signed; nothing was put in "
                    + "force. --key signs; --sign-only writes a proposal for others to sign")
        }
        try confirm()
        try await putInForce(proposal, installation)
        try installation.close()
        Output.line(
            "in force  seal \(proposal.seal.number), signed by \(signers.map { Output.escaped($0) }.joined(separator: ", "))"
        )
    }

    private func putInForce(_ proposal: SealProposal, _ installation: Installation) async throws {
        let seal = try proposal.seal.signed(only: proposal.administration)
        let document = try seal.document()
        let details = EventDetails.sealed(
            seal: document.digest, number: UInt64(max(1, seal.number)), mode: seal.mode.custody,
            previousMode: proposal.previous?.seal.mode.custody ?? .cooperative, statement: try seal.statement(),
            signatures: seal.signatures)
        let index = try await installation.events.commitSeal(
            details, document: Content(digest: document.digest, bytes: document.bytes),
            after: proposal.previous?.digest, actor: UTF8String(UserAccount.name))
        guard index != nil else {
            throw CommandFailure(.data, "the log has moved meanwhile; nothing was put in force, run this again")
        }
        try await installation.pipeline.activateRules()
    }

    private func confirm() throws {
        guard !yes else { return }
        guard isatty(STDIN_FILENO) == 1, Output.isTerminal else {
            throw CommandFailure(.usage, "there is no terminal to ask on; look at it, then say --yes")
        }
        Output.line("Put this in force? Type yes:")
        guard readLine() == "yes" else {
            Output.line("nothing was done")
            throw ExitStatus.denied.exitCode
        }
    }
}

extension Configuration.Mode {
    /// As receipts and events have it.
    var custody: Custody {
        switch self {
        case .cooperative: .cooperative
        case .protected: .protected
        }
    }
}

/// `writ policy sign`.
struct PolicySignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign a proposal of `writ policy apply --sign-only`, anywhere.",
        discussion: """
            Needs no installation: the proposal is read, and your key. The files are compared with the copies that you \
            have looked at, where you name their folder with --against; without it you sign digests.
            """)
    @Argument(help: "The proposal; your signature is added to it.") var file: String
    @Option(help: "Your key's file.") var key: String
    @Option(help: "Your name among the administrators. [default: the one that the proposal has for your key]")
    var name: String?
    @Option(help: "A folder with writ.yaml, policies/ and so on, as you have looked at them.") var against: String?

    func run() throws {
        var seal = try SealFile.read(file)
        let pair = try KeyStore.approverKey(at: key)
        guard let signer = name.map({ UTF8String($0) }) ?? seal.administration.name(of: pair.publicKey),
            Configuration.isAdministratorsName(signer)
        else {
            throw CommandFailure(
                .data, "the proposal does not have your key; where the seal in force has it, say --name")
        }
        if let against { try compare(seal, against) }
        Output.line("seal      number \(seal.number) of \(Output.escaped(seal.log)), mode \(seal.mode.rawValue)")
        for (name, digest) in seal.files.sorted(by: { $0.key < $1.key }) {
            Output.line("sha256    \(Hex.encode(digest.bytes))  \(Output.escaped(name))")
        }
        try seal.sign(as: signer, with: pair)
        try SealFile.write(seal, file)
        Output.line("signed    by \(seal.signatures.map { Output.escaped($0.by) }.joined(separator: ", "))")
    }

    private func compare(_ seal: Seal, _ folder: String) throws {
        let home = Home(try WorkingDirectory.absolute(folder))
        let found = try SealedFiles.read(home, maker: Installation.maker).digests
        let differences = SealedFiles.differences(seal.files, found)
        guard differences.isEmpty else {
            throw CommandFailure(
                .data, "nothing was signed: against \(folder), " + differences.joined(separator: "; "))
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HomeFolder
import TransparencyLog
import WireTypes

/// `writ verify FILE`.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify a receipt's file offline, under keys that you give.",
        discussion: """
            Trusts no key from the file. With --key alone only the receipt's signature is verified, and not that it is in \
            a log. Where no --key is given, your own installation's is taken; without --log too, also its log's, and a \
            note says so. Exit status: 0 verified, 1 not.
            """)

    @OptionGroup var home: HomeOption
    @Option(help: "The receipts' public key: a JWK file.") var key: String?
    @Option(help: "The log's verifier key: a file, or the text `origin+id+key`.") var log: String?
    @Argument(help: "A file of `writ receipts export`, or one entry in canonical JSON.") var file: String

    func run() throws {
        let bytes = try InputFile.read(file, limit: 4 << 20)
        let keys = KeyStore(try home.resolve())
        let logKey: VerifierKey?
        if let log {
            logKey = try parsed(log)
        } else if key == nil {
            logKey = try keys.verifierKey()
            Output.note(
                "writ: with this installation's own keys, \(keys.publicPath(.receipts)) and \(keys.verifierKeyPath)")
        } else {
            logKey = nil
        }
        try Verification.report(
            bytes, keys: [try KeyStore.publicKey(at: key ?? keys.publicPath(.receipts))], log: logKey)
    }

    private func parsed(_ log: String) throws -> VerifierKey {
        if FileAccess.exists(log) { return try KeyStore.verifierKey(at: log) }
        do {
            return try VerifierKey(parsing: log)
        } catch {
            throw CommandFailure(.usage, "--log is no file, and no verifier key of the form origin+id+key")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Receipts
import TransparencyLog
import WireTypes

/// Verification of one file under keys that were given, for people and for the exit status.
enum Verification {
    /// Prints what is proved, or what is wrong.
    ///
    /// - Throws: the exit status 1 where it does not verify.
    static func report(_ bytes: [UInt8], keys: [Ed25519PublicKey], log: VerifierKey?) throws {
        let verification: ReceiptVerification
        do throws(VerificationError) {
            verification = try ReceiptVerification(
                verifying: bytes, keys: TrustedKeys(keys.map { TrustedKeys.Key($0) }),
                log: log.flatMap { LogTrust(log: $0, witnesses: [], quorum: 0) })
        } catch {
            Output.line("NOT VERIFIED: \(error)")
            throw ExitStatus.denied.exitCode
        }
        Output.line("verified: \(verification.level)")
        if let receipt = verification.entry.receipt {
            for line in ReceiptText.lines(receipt, index(verification.level)) { Output.line(line) }
        } else {
            Output.json(verification.entry.json, pretty: true)
        }
        if log == nil { Output.line("(no log key was given, so whether it is in the log was not looked at)") }
    }

    private static func index(_ level: VerificationLevel) -> Int64? {
        switch level {
        case .signed: nil
        case .logged(let index, _), .witnessed(let index, _, _, _): Int64(clamping: index)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import Decisions
public import StrictJSON
public import WireTypes

import struct Crypto.SHA256

/// The seals of an installation: in its log, and nowhere else, so that an older one cannot be put back.
public struct SealBook: Sendable {
    private let ledger: any Ledger
    private let log: UTF8String

    /// The seals in a ledger.
    public init(_ ledger: any Ledger, log: UTF8String) {
        self.ledger = ledger
        self.log = log
    }

    /// The digest of the seal in force; `nil` before the first.
    ///
    /// - Throws: `HomeError` where the ledger cannot be read.
    public func inForce() throws(HomeError) -> Digest? {
        do throws(LedgerError) { return try ledger.state().epochs.seal } catch { throw Self.failure(error) }
    }

    /// A seal, with its signatures verified: by those whom the one before names; of the first, by those whom it names itself.
    ///
    /// - Throws: `HomeError` where it is not there or not signed so.
    public func seal(_ digest: Digest) throws(HomeError) -> Seal {
        let seal = try read(digest)
        var administration = seal.administration
        if let previous = seal.previous { administration = try read(previous).administration }
        guard seal.log == log else { throw HomeError(.malformed, "a seal of another log") }
        guard try seal.signers(of: administration).count >= administration.needed else {
            throw HomeError(.malformed, "a seal that is not signed by those who may")
        }
        return seal
    }

    /// What is wrong with a seal in force or one before it; `nil` where each follows the one before and is signed by those
    /// whom that names.
    ///
    /// - Throws: `HomeError` where the ledger cannot be read.
    public func fault() throws(HomeError) -> String? {
        var next = try inForce()
        var number: Int64?
        while let digest = next {
            do throws(HomeError) {
                let seal = try seal(digest)
                if let number, seal.number != number { return "the seal before number \(number + 1) is another" }
                number = seal.number - 1
                next = seal.previous
            } catch {
                return "\(number.map { "seal number \($0)" } ?? "the seal in force"): \(error.message)"
            }
        }
        return nil
    }

    private func read(_ digest: Digest) throws(HomeError) -> Seal {
        let bytes: [UInt8]?
        do throws(LedgerError) { bytes = try ledger.content(digest) } catch { throw Self.failure(error) }
        guard let bytes, Digest(SHA256.hash(data: bytes)) == digest else {
            throw HomeError(.missing, "the ledger does not hold the seal that it names")
        }
        return try Seal(parsing: bytes)
    }

    private static func failure(_ error: LedgerError) -> HomeError {
        HomeError(.inaccessible, "whether it is sealed cannot be read: \(error.message)")
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import WireTypes

import enum Crypto.AES
import struct Crypto.SHA256
import struct Crypto.SymmetricKey

/// Evidence under lock: AES-256-GCM under a random key of its own, which is wrapped under the key of its agent and month.
///
/// Both are bound to the log, the receipt and the record's type, so that no record can stand in for another's.
enum EvidenceSeal {
    /// Seals a record.
    ///
    /// - Throws: `LedgerError` where the wrapping key cannot be had.
    static func seal(
        _ record: JSON, receipt: UUIDv7, agent: UTF8String, at time: Timestamp, ports: DecisionPorts
    ) throws(LedgerError) -> SealedEvidence {
        let month = String(time.text.prefix(7))
        let wrapping = try ports.evidenceKeys.wrappingKey(agent: agent, month: month, random: ports.random)
        let bound = boundData(ports.origin, receipt)
        let key = ports.random.bytes(32)
        let ciphertext = try box(record.serialized(), key, bound, ports.random)
        let wrapped = try box(key, wrapping.key, bound + wrapping.name.bytes, ports.random)
        return SealedEvidence(
            ciphertext: ciphertext, wrappedKey: wrapped, wrappingKey: wrapping.name,
            digest: Digest(SHA256.hash(data: ciphertext)))
    }

    /// Opens a record.
    ///
    /// - Returns: the record, or `nil` where it was sealed under other keys, for another receipt, or has been altered.
    static func open(_ sealed: SealedEvidence, key wrapping: [UInt8], log: UTF8String, receipt: UUIDv7) -> JSON? {
        let bound = boundData(log, receipt)
        guard let key = unbox(sealed.wrappedKey, wrapping, bound + sealed.wrappingKey.bytes),
            let bytes = unbox(sealed.ciphertext, key, bound)
        else { return nil }
        do throws(JSONError) {
            // Written by this program from a tree within its limits; a call of 4 MiB is in it.
            return try JSON(parsing: bytes, limits: JSONLimits(bytesMax: 64 << 20, depthMax: 512, nodesMax: 4_000_000))
        } catch {
            return nil
        }
    }

    private static func boundData(_ log: UTF8String, _ receipt: UUIDv7) -> [UInt8] {
        JSON.array(["writ.evidence/1", .string(log), .text(receipt.text)]).serialized()
    }

    private static func box(
        _ plain: [UInt8], _ key: [UInt8], _ bound: [UInt8], _ random: any RandomSource
    ) throws(LedgerError) -> [UInt8] {
        do {
            let nonce = try AES.GCM.Nonce(data: random.bytes(12))
            let sealed = try AES.GCM.seal(plain, using: SymmetricKey(data: key), nonce: nonce, authenticating: bound)
            return Array(nonce) + Array(sealed.ciphertext) + Array(sealed.tag)
        } catch {
            throw LedgerError(.notFound, "evidence could not be encrypted")
        }
    }

    private static func unbox(_ box: [UInt8], _ key: [UInt8], _ bound: [UInt8]) -> [UInt8]? {
        do {
            return Array(
                try AES.GCM.open(AES.GCM.SealedBox(combined: box), using: SymmetricKey(data: key), authenticating: bound))
        } catch {
            // Wrong key, wrong receipt or altered: the caller is told that it cannot be opened.
            return nil
        }
    }
}

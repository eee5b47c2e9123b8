// SPDX-License-Identifier: Apache-2.0

import Receipts
import StrictJSON
import WireTypes

/// Evidence under lock: under a random key of its own, which is wrapped under the key of its agent and month.
enum EvidenceSeal {
    /// Seals a record.
    ///
    /// - Throws: `LedgerError` where the wrapping key cannot be had, or the record is too large to be kept.
    static func seal(
        _ record: JSON, receipt: UUIDv7, agent: UTF8String, at time: Timestamp, ports: DecisionPorts
    ) throws(LedgerError) -> SealedEvidence {
        let wrapping = try ports.evidenceKeys.wrappingKey(agent: agent, month: month(of: time), random: ports.random)
        do throws(SealError) {
            let key = ports.random.bytes(32)
            let sealed = try Receipts.SealedEvidence(
                sealing: record.serialized(), key: key, nonce: ports.random.bytes(12),
                context: context(ports.origin, receipt))
            let wrapped = try WrappedKey(
                wrapping: key, under: wrapping.key, nonce: ports.random.bytes(12),
                name: .record(log: ports.origin, receiptID: receipt))
            return SealedEvidence(
                ciphertext: sealed.bytes, wrappedKey: wrapped.bytes, wrappingKey: wrapping.name, digest: sealed.digest)
        } catch {
            throw LedgerError(.notFound, "the evidence could not be sealed: \(error)")
        }
    }

    /// The month whose key wraps what is sealed at a moment: `2026-03`.
    static func month(of time: Timestamp) -> String { String(time.text.prefix(7)) }

    /// Opens a record.
    ///
    /// - Returns: the record, or `nil` where it was sealed under other keys, for another receipt, or has been altered.
    static func open(_ sealed: SealedEvidence, key wrapping: [UInt8], log: UTF8String, receipt: UUIDv7) -> JSON? {
        do {
            let key = try WrappedKey(bytes: sealed.wrappedKey)
                .unwrap(under: wrapping, name: .record(log: log, receiptID: receipt))
            let content = try Receipts.SealedEvidence(bytes: sealed.ciphertext)
                .open(key: key, context: context(log, receipt))
            return try JSON(parsing: content, limits: Limits.evidence)
        } catch {
            // Wrong key, wrong receipt or altered: the caller says that it cannot be opened.
            return nil
        }
    }

    private static func context(_ log: UTF8String, _ receipt: UUIDv7) -> Receipts.SealedEvidence.Context {
        Receipts.SealedEvidence.Context(log: log, receiptID: receipt, type: "writ.evidence/1")
    }
}

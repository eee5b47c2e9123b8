// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// The keys that wrap the evidence's keys: one per agent and month, in a store of their own that ordinary backups leave
/// out. Deleting one makes every record of that agent and month unreadable, in every copy.
public protocol EvidenceKeys: Sendable {
    /// The 32-byte key of an agent and a month (`2026-03`), made with the random bytes given where there is none yet.
    ///
    /// - Throws: `LedgerError` where the store cannot be read or written.
    func wrappingKey(
        agent: UTF8String, month: String, random: any RandomSource
    ) throws(LedgerError) -> (name: UTF8String, key: [UInt8])

    /// The key of a name, or `nil` where it has been erased.
    ///
    /// - Throws: `LedgerError`.
    func wrappingKey(named name: UTF8String) throws(LedgerError) -> [UInt8]?
}

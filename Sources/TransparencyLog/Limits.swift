// SPDX-License-Identifier: Apache-2.0

/// What this module reads from outside, bounded.
public enum LogLimits {
    /// Entries in a log: sizes and indices stay below 2^63, so they also fit a signed column of a database.
    public static let treeSizeMax: UInt64 = 1 << 63 - 1
    /// Hashes in an inclusion proof: one a level of a tree of `treeSizeMax`.
    public static let inclusionHashesMax = 63
    /// Hashes in a consistency proof: one a level, and the subtree that both trees share.
    public static let consistencyHashesMax = 64
    /// Bytes of a signed note: 64 signatures of the largest kind in use (ML-DSA, about 5 kB each in base64) and text.
    public static let noteBytesMax = 512 << 10
    /// Signature lines of a note; C2SP asks for at least 16.
    public static let noteSignaturesMax = 64
    /// Bytes of a key's name or a log's origin: they are host names with a path.
    public static let nameBytesMax = 255
    /// Extension lines of a checkpoint; the format advises against any.
    public static let extensionLinesMax = 16
    /// Bytes of an entry: tiles of entries give its length in 16 bits.
    public static let entryBytesMax = 65_535
    /// Bytes of a `tlog-proof` bundle: its note, 63 hashes of 45 bytes and the entry in base64.
    public static let bundleBytesMax = noteBytesMax + (96 << 10)
}

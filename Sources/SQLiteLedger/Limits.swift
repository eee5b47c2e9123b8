// SPDX-License-Identifier: Apache-2.0

/// What bounds the ledger's memory and its callers' waiting.
enum Limits {
    /// Bytes of an entry: the receipt format's own limit, so that every entry fits a tile of entries.
    static let entryBytes = 60 << 10
    /// Bytes of an origin: its checkpoint, with the key's name a second time, must fit `anchorBytes`.
    static let originBytes = 120
    /// Bytes of the file beside the ledger: one disk sector, which disks write whole or not at all.
    static let anchorBytes = 512

    /// Requests of one transaction. Past this the fsync is less than a hundredth of the work.
    static let batchRequests = 256
    /// Bytes of one transaction's entries, evidence and contents: about 10 ms of writing, so that nobody waits long.
    static let batchBytes = 8 << 20
    /// How long a transaction waits for each caller that came with the last one, and for all of them together. Far less
    /// than so many callers wait for each other anyway.
    static let gatherMicroseconds = 50
    static let gatherMicrosecondsMax = 3_000
    /// Callers that may wait for their commit at once; one more is refused. It is what a gateway's own bounds allow.
    static let waiting = 16_384
    /// Entries nobody waits for that may be queued before `append(later:)` makes its caller wait.
    static let laterRequests = 1_024
    /// Entries nobody waits for are written at the latest after this.
    static let laterMilliseconds: Int64 = 200

    /// What a call may take: another process's lock, a full queue, a stalled disk. Harnesses give hooks seconds.
    static let deadlineMilliseconds: Int64 = 2_000
    /// How often waiting callers' deadlines are looked at.
    static let watchMilliseconds: Int64 = 50

    /// Frames (pages of 4 KiB) of the WAL from which it is checkpointed, off the writer: 4 MiB.
    static let checkpointFrames: Int32 = 1_024
    /// Frames from which the writer itself waits for the checkpoint's end, so that the WAL starts over: 32 MiB.
    static let restartFrames: Int32 = 8_192
    /// Frames from which a process of one call checkpoints after its answer: 1 MiB. Reading a longer WAL would cost
    /// each next process more than a millisecond.
    static let checkpointFramesOnClose: Int32 = 256

    /// What the last checkpoint of a process may wait for others.
    static let checkpointMilliseconds: Int64 = 50

    /// Approvals of one call that are looked at; the newest is the one that counts, and expired ones stay.
    static let approvalsOfBinding = 64
    /// Rows that one reading call returns at most.
    static let rows = 1_000
    /// Findings that a check lists before it says that there are more.
    static let findings = 100
    /// Times the file beside the ledger is read again where it does not verify: another process may be writing it.
    static let anchorReads = 3
}

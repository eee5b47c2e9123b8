// SPDX-License-Identifier: Apache-2.0

public import WireTypes

/// An approval that a call may consume, once.
public struct ApprovalGrant: Sendable, Hashable {
    /// By what a call names it.
    public var id: UUIDv7
    /// What it is bound to: the commitment of the call that was approved. Kept for people; the pipeline compares it.
    public var binding: Digest
    /// From this moment on it is of no use.
    public var expiresAt: Timestamp

    /// An approval.
    public init(id: UUIDv7, binding: Digest, expiresAt: Timestamp) {
        self.id = id
        self.binding = binding
        self.expiresAt = expiresAt
    }
}

// SPDX-License-Identifier: Apache-2.0

public import Receipts
public import StrictJSON

/// What an entry says of its session.
public struct SessionMark: Sendable, Hashable {
    /// The session.
    public let session: UTF8String
    /// The nonce of its caller that a receipt echoes.
    public let nonce: UTF8String?
    /// What it means for the session.
    public let change: SessionChange

    /// What a receipt says; `nil` where it names no session.
    public init?(_ receipt: Receipt) {
        guard let session = receipt.session else { return nil }
        self.session = session
        nonce = receipt.nonce
        // A policy may have a code of its own, but freezes nothing.
        let freezes =
            receipt.reasons.first.map {
                $0.code == UTF8String(ReasonCode.parametersChanged.rawValue) && $0.policy == nil
            } ?? false
        change = freezes ? .freezes : .none
    }

    /// What an event says; `nil` of all but one that thaws a session.
    public init?(_ details: EventDetails) {
        guard case .sessionThawed(let session, _) = details else { return nil }
        self.session = session
        nonce = nil
        change = .thaws
    }

    /// What a logged entry says; `nil` where it is about no session.
    ///
    /// - Throws: `EntryError` where the bytes are no entry.
    public init?(entry bytes: [UInt8]) throws {
        let entry = try SignedEntry(parsing: bytes)
        guard let mark = entry.receipt.flatMap(Self.init) ?? entry.event.flatMap({ Self($0.details) }) else {
            return nil
        }
        self = mark
    }
}

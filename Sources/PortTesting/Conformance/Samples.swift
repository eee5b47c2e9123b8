// SPDX-License-Identifier: Apache-2.0

public import Decisions
public import StrictJSON
public import TransparencyLog
public import WireTypes

import struct Crypto.SHA256

/// Requests for tests, each with its own id and bytes; the same seed gives the same ones.
public final class Samples: Sendable {
    private let random: SeededRandom

    /// The moment that samples are made at unless another is given.
    public static let time = Timestamp(clamping: 1_773_802_031_204)

    /// A source of requests.
    public init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// A log's signer with a fixed key, known to everybody.
    ///
    /// - Throws: `SigningError` where the name is none.
    public static func signer(
        origin: String = "example.com/writ/test", seed: UInt8 = 7
    ) throws(SigningError) -> NoteSigner {
        try NoteSigner(name: origin, kind: .note, seed: [UInt8](repeating: seed, count: 32))
    }

    /// A new id.
    public func id() -> UUIDv7 { UUIDv7(time: Self.time, random: random.bytes(10)) }

    /// A receipt: an allow where epochs are given, else a deny.
    public func receipt(
        agent: UTF8String = "a1", expecting: Epochs? = nil, time: Timestamp = Samples.time, id: UUIDv7? = nil,
        size: Int = 200
    ) -> CommitRequest {
        let id = id ?? self.id()
        return CommitRequest(
            kind: .receipt(id, agent: agent), entry: bytes("receipt \(id) ", size), time: time, expecting: expecting)
    }

    /// The outcome of a receipt.
    public func outcome(of receipt: UUIDv7) -> CommitRequest {
        CommitRequest(kind: .outcome(of: receipt), entry: bytes("outcome \(receipt) ", 120), time: Self.time)
    }

    /// An event, and what it changes.
    public func event(_ change: StateChange? = nil, time: Timestamp = Samples.time) -> CommitRequest {
        let id = id()
        return CommitRequest(kind: .event(id), entry: bytes("event \(id) ", 150), time: time, change: change)
    }

    /// Sealed evidence that nobody can open.
    public func evidence(size: Int = 500) -> SealedEvidence {
        let ciphertext = random.bytes(size)
        return SealedEvidence(
            ciphertext: ciphertext, wrappedKey: random.bytes(60), wrappingKey: "2026-03/sample",
            digest: Digest(SHA256.hash(data: ciphertext)))
    }

    /// A document by its digest.
    public func content(size: Int = 100) -> Content {
        let bytes = random.bytes(size)
        return Content(digest: Digest(SHA256.hash(data: bytes)), bytes: bytes)
    }

    /// A digest of nothing in particular.
    public func digest() -> Digest { Digest(SHA256.hash(data: random.bytes(8))) }

    private func bytes(_ start: String, _ size: Int) -> [UInt8] {
        let start = Array(start.utf8)
        return start + Array(Hex.encode(random.bytes(max(0, size - start.count) / 2)).utf8)
    }
}

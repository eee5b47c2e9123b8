// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
public import WireTypes

import enum Crypto.AES
import struct Crypto.SHA256
import struct Crypto.SymmetricKey

/// Why something sealed could not be made or opened.
public enum SealError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A key without 32 bytes or a nonce without 12.
    case badKey
    /// More than `ReceiptLimits.evidenceBytesMax`, or too few bytes to be sealed ones.
    case badSize
    /// Another key, another context, or changed bytes.
    case notAuthentic

    /// For people.
    public var description: String {
        switch self {
        case .badKey: "a sealing key has 32 bytes and its nonce 12"
        case .badSize: "the sealed bytes are too many or too few"
        case .notAuthentic: "the bytes were sealed with another key or for another place, or were changed"
        }
    }
}

/// What belongs to a receipt but must be erasable, encrypted under a key of its own: nonce (12 bytes) || ciphertext ||
/// tag (16), AES-256-GCM.
///
/// The receipt's id and log and the kind of content are authenticated with it, so that no row can stand in for another.
public struct SealedEvidence: Sendable, Hashable {
    /// What is stored.
    public let bytes: [UInt8]

    /// Where a piece of evidence belongs.
    public struct Context: Sendable, Hashable {
        /// The log's origin.
        public let log: UTF8String
        /// The receipt.
        public let receiptID: UUIDv7
        /// The kind of content: `writ.evidence/1`.
        public let type: UTF8String

        /// A place.
        public init(log: UTF8String, receiptID: UUIDv7, type: UTF8String) {
            self.log = log
            self.receiptID = receiptID
            self.type = type
        }

        var additionalData: [UInt8] {
            JSON.array([.string(log), .text(receiptID.text), .string(type)]).serialized()
        }
    }

    /// Sealed bytes as they were stored.
    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// Seals content.
    ///
    /// - Parameters:
    ///   - key: 32 random bytes, for this record alone.
    ///   - nonce: 12 bytes, never twice under one key.
    /// - Throws: `SealError.badKey` or `.badSize`.
    public init(
        sealing content: [UInt8], key: [UInt8], nonce: [UInt8], context: Context
    ) throws(SealError) {
        guard content.count <= ReceiptLimits.evidenceBytesMax else { throw .badSize }
        bytes = try Sealing.seal(content, key: key, nonce: nonce, additionalData: context.additionalData)
    }

    /// The content.
    ///
    /// - Throws: `SealError`.
    public func open(key: [UInt8], context: Context) throws(SealError) -> [UInt8] {
        guard bytes.count <= ReceiptLimits.evidenceBytesMax + Sealing.overhead else { throw .badSize }
        return try Sealing.open(bytes, key: key, additionalData: context.additionalData)
    }

    /// The receipt's `evidence`: SHA-256 of `bytes`.
    public var digest: Digest { Digest(SHA256.hash(data: bytes)) }
}

/// A key encrypted under another: a record's under its agent's and month's, that one under the installation's epoch key.
///
/// Destroying a wrapped key, or the key above it, destroys all evidence below it, wherever copies of the evidence are.
public struct WrappedKey: Sendable, Hashable {
    /// What is stored: 60 bytes.
    public let bytes: [UInt8]

    /// Which key is wrapped; authenticated, so that none can be put in another's place.
    public enum Name: Sendable, Hashable {
        /// Of one receipt's evidence.
        case record(log: UTF8String, receiptID: UUIDv7)
        /// Of an agent's records of a month (`2026-03`).
        case agentMonth(log: UTF8String, agentID: UTF8String, month: UTF8String)

        var additionalData: [UInt8] {
            switch self {
            case .record(let log, let receiptID):
                JSON.array(["writ.key.record/1", .string(log), .text(receiptID.text)]).serialized()
            case .agentMonth(let log, let agentID, let month):
                JSON.array(["writ.key.agent-month/1", .string(log), .string(agentID), .string(month)]).serialized()
            }
        }
    }

    /// A wrapped key as it was stored.
    public init(bytes: [UInt8]) { self.bytes = bytes }

    /// Wraps a key of 32 bytes.
    ///
    /// - Throws: `SealError.badKey`.
    public init(
        wrapping key: [UInt8], under wrappingKey: [UInt8], nonce: [UInt8], name: Name
    ) throws(SealError) {
        guard key.count == Sealing.keyByteCount else { throw .badKey }
        bytes = try Sealing.seal(key, key: wrappingKey, nonce: nonce, additionalData: name.additionalData)
    }

    /// The key: 32 bytes.
    ///
    /// - Throws: `SealError`.
    public func unwrap(under wrappingKey: [UInt8], name: Name) throws(SealError) -> [UInt8] {
        guard bytes.count == Sealing.keyByteCount + Sealing.overhead else { throw .badSize }
        return try Sealing.open(bytes, key: wrappingKey, additionalData: name.additionalData)
    }
}

/// AES-256-GCM with the nonce in front and the tag behind.
private enum Sealing {
    static let keyByteCount = 32
    static let nonceByteCount = 12
    static let overhead = 12 + 16

    static func seal(
        _ content: [UInt8], key: [UInt8], nonce: [UInt8], additionalData: [UInt8]
    ) throws(SealError) -> [UInt8] {
        guard key.count == keyByteCount, nonce.count == nonceByteCount else { throw .badKey }
        do {
            let box = try AES.GCM.seal(
                content, using: SymmetricKey(data: key), nonce: AES.GCM.Nonce(data: nonce),
                authenticating: additionalData)
            return nonce + Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw .badKey
        }
    }

    static func open(_ bytes: [UInt8], key: [UInt8], additionalData: [UInt8]) throws(SealError) -> [UInt8] {
        guard key.count == keyByteCount else { throw .badKey }
        guard bytes.count >= overhead else { throw .badSize }
        do {
            let box = try AES.GCM.SealedBox(combined: bytes)
            return Array(try AES.GCM.open(box, using: SymmetricKey(data: key), authenticating: additionalData))
        } catch {
            throw .notAuthentic
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import StrictJSON

import enum Crypto.AES
import struct Crypto.SymmetricKey

/// One key under another: AES-256-GCM, with the key's name as additional data, so that no row takes another's place.
enum KeyWrap {
    /// Bytes of a key.
    static let keyBytes = 32
    /// Bytes of a nonce, fresh and random for every wrapping.
    static let nonceBytes = 12

    /// Nonce, ciphertext and tag: 60 bytes.
    static func wrap(_ key: [UInt8], _ name: UTF8String, under outer: [UInt8], nonce: [UInt8]) throws -> [UInt8] {
        let box = try AES.GCM.seal(
            key, using: SymmetricKey(data: outer), nonce: AES.GCM.Nonce(data: nonce), authenticating: name.bytes)
        return nonce + Array(box.ciphertext) + Array(box.tag)
    }

    /// The key.
    ///
    /// - Throws: `LedgerError.poisoned` where the wrapped bytes are not those that were made for this name.
    static func unwrap(_ wrapped: [UInt8]?, _ name: UTF8String, under outer: [UInt8]) throws -> [UInt8] {
        do {
            let box = try AES.GCM.SealedBox(combined: wrapped ?? [])
            return Array(try AES.GCM.open(box, using: SymmetricKey(data: outer), authenticating: name.bytes))
        } catch {
            throw LedgerError(.poisoned, "the key \(name) cannot be unwrapped: the store is damaged")
        }
    }
}

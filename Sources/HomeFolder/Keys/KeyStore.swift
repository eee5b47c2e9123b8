// SPDX-License-Identifier: Apache-2.0

import Receipts
import StrictJSON
public import TransparencyLog
public import WireTypes

/// What a key signs. One key has one role, and no other.
public enum KeyRole: String, Sendable, CaseIterable {
    /// Receipts, outcomes and events.
    case receipts
    /// Checkpoints of the log.
    case log
    /// Passports.
    case issuer
    /// What the daemon answers to other users' hooks and checks.
    case answers
}

/// The private keys of an installation: `keys/<role>.jwk`, RFC 8037, for their owner only; and their public halves.
public struct KeyStore: Sendable {
    private let home: Home

    /// The keys of a folder.
    public init(_ home: Home) { self.home = home }

    /// Makes a role's key, durably; never replaces one.
    ///
    /// - Parameter seed: 32 random bytes.
    /// - Throws: `HomeError`.
    public func create(_ role: KeyRole, seed: [UInt8]) throws(HomeError) -> Ed25519KeyPair {
        let pair = try Self.keyPair(seed, of: path(role))
        guard
            let jwk = Ed25519JWK(
                publicKey: pair.publicKey, seed: seed, kid: UTF8String(pair.kid.base64URL))
        else { throw HomeError(.malformed, "a key's seed has 32 bytes") }
        try FileAccess.create(path(role), jwk.privateJSON.serialized() + [0x0a], mode: 0o600)
        let published = Ed25519JWK.published(pair.publicKey)
        try FileAccess.create(publicPath(role), published.serialized() + [0x0a], mode: 0o644)
        return pair
    }

    /// The key of the daemon's answers; made where there is none.
    ///
    /// - Parameter fresh: 32 random bytes for a new one.
    /// - Throws: `HomeError`.
    public func answersKey(fresh: [UInt8]) throws(HomeError) -> Ed25519KeyPair {
        if !FileAccess.exists(path(.answers)) {
            do throws(HomeError) { return try create(.answers, seed: fresh) } catch {
                // Another process was first; its key is the one.
                guard error.code == .exists else { throw error }
            }
        }
        return try load(.answers)
    }

    /// Makes an approver's or an administrator's key, durably; never replaces one. It is nobody's role here, and may be kept
    /// anywhere.
    ///
    /// - Parameter seed: 32 random bytes.
    /// - Throws: `HomeError`.
    public static func createApproverKey(at path: String, seed: [UInt8]) throws(HomeError) -> Ed25519KeyPair {
        let pair = try keyPair(seed, of: path)
        guard let jwk = Ed25519JWK(publicKey: pair.publicKey, seed: seed, kid: UTF8String(pair.kid.base64URL)) else {
            throw HomeError(.malformed, "a key's seed has 32 bytes")
        }
        try FileAccess.create(path, jwk.privateJSON.serialized() + [0x0a], mode: 0o600)
        return pair
    }

    /// An approver's or an administrator's key.
    ///
    /// - Throws: `HomeError` where it is missing, exposed to others, or no key.
    public static func approverKey(at path: String) throws(HomeError) -> Ed25519KeyPair { try load(path) }

    private static func load(_ path: String) throws(HomeError) -> Ed25519KeyPair {
        let jwk = try jwk(FileAccess.read(path, limit: Limits.keyBytes, privacy: .ownerOnly), path)
        guard let seed = jwk.seed else { throw HomeError(.malformed, "\(path) has no private key (`d`)") }
        let pair = try keyPair(seed, of: path)
        guard pair.publicKey == jwk.publicKey else {
            throw HomeError(.malformed, "\(path): `x` is not the public half of `d`")
        }
        return pair
    }

    /// A role's key.
    ///
    /// - Throws: `HomeError` where it is missing, exposed to others, or no key.
    public func load(_ role: KeyRole) throws(HomeError) -> Ed25519KeyPair {
        let path = path(role)
        do throws(HomeError) {
            return try Self.load(path)
        } catch {
            guard error.code == .missing else { throw error }
            throw HomeError(.missing, "\(path) is not there; run `writ init`, or restore the folder from its backup")
        }
    }

    /// The private keys that lie open to this process in a folder, by their public halves.
    public static func privateKeys(in folder: String) -> [(publicKey: Ed25519PublicKey, path: String)] {
        var found: [(publicKey: Ed25519PublicKey, path: String)] = []
        do throws(HomeError) {
            for name in try FileAccess.names(in: folder, ending: ".jwk", limit: Limits.keyFiles) {
                let path = "\(folder)/\(name)"
                do throws(HomeError) {
                    let jwk = try jwk(FileAccess.read(path, limit: Limits.keyBytes), path)
                    if jwk.seed != nil { found.append((jwk.publicKey, path)) }
                } catch {
                    // What is no key, or not open to this process, is none that lies here.
                    continue
                }
            }
        } catch {
            return found
        }
        return found
    }

    /// A public key from a JWK file.
    ///
    /// - Throws: `HomeError`.
    public static func publicKey(at path: String) throws(HomeError) -> Ed25519PublicKey {
        try jwk(FileAccess.read(path, limit: Limits.keyBytes), path).publicKey
    }

    /// Writes the log's verifier key, which also names the log.
    ///
    /// - Throws: `HomeError`.
    public func create(verifierKey: VerifierKey) throws(HomeError) {
        try FileAccess.create(verifierKeyPath, Array("\(verifierKey)\n".utf8), mode: 0o644)
    }

    /// The log's verifier key, as it is published.
    ///
    /// - Throws: `HomeError`.
    public func verifierKey() throws(HomeError) -> VerifierKey { try Self.verifierKey(at: verifierKeyPath) }

    /// A verifier key from a file that holds one line.
    ///
    /// - Throws: `HomeError`.
    public static func verifierKey(at path: String) throws(HomeError) -> VerifierKey {
        let bytes = try FileAccess.read(path, limit: Limits.keyBytes)
        let line = String(decoding: bytes.prefix { $0 != 0x0a }, as: UTF8.self)
        do {
            return try VerifierKey(parsing: line)
        } catch {
            throw HomeError(.malformed, "\(path) holds no verifier key of a log (`origin+id+key`)")
        }
    }

    /// Where a role's private key is.
    public func path(_ role: KeyRole) -> String { "\(home.keys)/\(role.rawValue).jwk" }

    /// Where a role's public key is.
    public func publicPath(_ role: KeyRole) -> String { "\(home.keys)/\(role.rawValue).pub.jwk" }

    /// Where the log's verifier key is.
    public var verifierKeyPath: String { home.keys + "/log.vkey" }

    /// The key under which the gateway seals what it gives to clients and takes back: cursors, ids of tasks, states. It
    /// signs nothing, and losing it costs no more than open conversations; so it is made where it is missing.
    ///
    /// - Parameter fresh: 32 random bytes for a new one.
    /// - Returns: 32 bytes.
    /// - Throws: `HomeError` where it is exposed to others, no key, or cannot be made.
    public func sealingKey(fresh: [UInt8]) throws(HomeError) -> [UInt8] {
        do throws(HomeError) { return try loadSealingKey() } catch {
            guard error.code == .missing else { throw error }
        }
        guard fresh.count == 32 else { throw HomeError(.malformed, "a sealing key has 32 bytes") }
        let jwk: JSON = ["kty": "oct", "use": "enc", "k": .text(Base64URL.encode(fresh))]
        do throws(HomeError) {
            try FileAccess.createWhole(sealingKeyPath, jwk.serialized() + [0x0a], mode: 0o600)
        } catch {
            // Another process was first; its key is the one.
            guard error.code == .exists else { throw error }
        }
        return try loadSealingKey()
    }

    /// Where the sealing key is: a symmetric key as a JWK (RFC 7517).
    public var sealingKeyPath: String { home.keys + "/sealing.jwk" }

    private func loadSealingKey() throws(HomeError) -> [UInt8] {
        let bytes = try FileAccess.read(sealingKeyPath, limit: Limits.keyBytes, privacy: .ownerOnly)
        var key: [UInt8]?
        do throws(JSONError) {
            let jwk = try JSON(parsing: bytes)
            if jwk["kty"] == "oct", let text = jwk["k"]?.string { key = Base64URL.decode(text.string) }
        } catch {
            key = nil
        }
        guard let key, key.count == 32 else {
            throw HomeError(
                .malformed,
                "\(sealingKeyPath) is no symmetric key of 32 bytes as a JWK; remove it, and another is made (open "
                    + "conversations of the gateway then end)")
        }
        return key
    }

    private static func jwk(_ bytes: [UInt8], _ path: String) throws(HomeError) -> Ed25519JWK {
        do {
            return try Ed25519JWK(JSON(parsing: bytes))
        } catch {
            throw HomeError(.malformed, "\(path) is no Ed25519 key as a JWK (RFC 8037)")
        }
    }

    private static func keyPair(_ seed: [UInt8], of path: String) throws(HomeError) -> Ed25519KeyPair {
        do {
            return try Ed25519KeyPair(seed: seed)
        } catch {
            throw HomeError(.malformed, "\(path) holds no usable Ed25519 key")
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import HomeFolder
import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

/// `keys/`: for their owner alone, and whole.
struct KeyStoreTests {
    private static let seed = (0..<32).map { UInt8($0) }

    @Test(arguments: KeyRole.allCases)
    func `a key is made for its owner alone and read back; its public half is for everybody`(_ role: KeyRole) throws {
        try TemporaryHome.with { temporary in
            let keys = KeyStore(temporary.home)
            let made = try keys.create(role, seed: Self.seed)
            #expect(try mode(keys.path(role)) == 0o600)
            #expect(try mode(keys.publicPath(role)) == 0o644)
            #expect(try keys.load(role).publicKey == made.publicKey)
            #expect(try KeyStore.publicKey(at: keys.publicPath(role)) == made.publicKey)
            let published = try JSON(parsing: bytes(keys.publicPath(role)))
            #expect(published["d"] == nil && published["kid"] == .text(made.kid.base64URL))
            #expect(throws: HomeError(.exists, "")) { try keys.create(role, seed: Self.seed) }
        }
    }

    @Test(arguments: [0o640, 0o604, 0o644, 0o660, 0o601, 0o610] as [mode_t])
    func `a key that others may access is refused, with what to do`(_ mode: mode_t) throws {
        try TemporaryHome.with { temporary in
            let keys = KeyStore(temporary.home)
            _ = try keys.create(.log, seed: Self.seed)
            #expect(chmod(keys.path(.log), mode) == 0)
            let error = #expect(throws: HomeError.self) { try keys.load(.log) }
            #expect(error?.code == .exposed)
            #expect(
                error?.message
                    == "\(keys.path(.log)) may be accessed by others; run: chmod 600 \(keys.path(.log))")
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give a file away"))
    func `a key of another user is refused`() throws {
        try TemporaryHome.with { temporary in
            let keys = KeyStore(temporary.home)
            _ = try keys.create(.log, seed: Self.seed)
            #expect(chown(keys.path(.log), 65534, 65534) == 0)
            #expect(throws: HomeError(.exposed, "")) { try keys.load(.log) }
        }
    }

    @Test func `a missing key says where it could come from`() throws {
        try TemporaryHome.with { temporary in
            let keys = KeyStore(temporary.home)
            let error = #expect(throws: HomeError.self) { try keys.load(.receipts) }
            #expect(error?.code == .missing)
            #expect(error?.message.hasSuffix("run `writ init`, or restore the folder from its backup") == true)
            #expect(throws: HomeError(.missing, "")) { try keys.verifierKey() }
        }
    }

    @Test(arguments: [
        "", "no JSON", "{}", #"{"kty":"OKP","crv":"Ed25519"}"#,
        #"{"kty":"OKP","crv":"X25519","x":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"}"#,
    ])
    func `a file that holds no key is refused, and not quoted`(_ text: String) throws {
        try TemporaryHome.with { temporary in
            try temporary.write("keys/log.jwk", text)
            let error = #expect(throws: HomeError.self) { try KeyStore(temporary.home).load(.log) }
            #expect(error?.code == .malformed)
            #expect(error?.message.hasSuffix("is no Ed25519 key as a JWK (RFC 8037)") == true)
        }
    }

    @Test func `a public key is no private one`() throws {
        try TemporaryHome.with { temporary in
            let keys = KeyStore(temporary.home)
            _ = try keys.create(.log, seed: Self.seed)
            let published = String(decoding: try bytes(keys.publicPath(.log)), as: UTF8.self)
            try temporary.write("keys/issuer.jwk", published)
            let error = #expect(throws: HomeError.self) { try keys.load(.issuer) }
            #expect(error?.message.hasSuffix("has no private key (`d`)") == true)
        }
    }

    @Test func `a key whose public half is another's is refused`() throws {
        try TemporaryHome.with { temporary in
            let keys = KeyStore(temporary.home)
            _ = try keys.create(.log, seed: Self.seed)
            let other = try keys.create(.issuer, seed: Self.seed.reversed())
            let text = String(decoding: try bytes(keys.path(.log)), as: UTF8.self)
            let mine = Base64URL.encode(try keys.load(.log).publicKey.bytes)
            try temporary.write(
                "keys/log.jwk", text.replacing(mine, with: Base64URL.encode(other.publicKey.bytes)))
            let error = #expect(throws: HomeError.self) { try keys.load(.log) }
            #expect(error?.code == .malformed)
        }
    }

    @Test func `a key that was replaced is another key`() throws {
        try TemporaryHome.with { temporary in
            let keys = KeyStore(temporary.home)
            let first = try keys.create(.log, seed: Self.seed)
            for path in [keys.path(.log), keys.publicPath(.log)] { try FileManager.default.removeItem(atPath: path) }
            let second = try keys.create(.log, seed: Self.seed.reversed())
            #expect(first.publicKey != second.publicKey)
            #expect(try keys.load(.log).publicKey == second.publicKey)
        }
    }

    @Test func `the log's verifier key is one line that names the log`() throws {
        try TemporaryHome.with { temporary in
            let keys = KeyStore(temporary.home)
            let pair = try keys.create(.log, seed: Self.seed)
            let key = try VerifierKey(name: "example.com/log", kind: .note, publicKey: pair.publicKey)
            try keys.create(verifierKey: key)
            #expect(try keys.verifierKey() == key)
            #expect(try bytes(keys.verifierKeyPath) == Array("\(key)\n".utf8))
            try temporary.write("keys/other.vkey", "example.com/log+00000000+AAAA\n")
            #expect(throws: HomeError(.malformed, "")) {
                try KeyStore.verifierKey(at: temporary.home.keys + "/other.vkey")
            }
        }
    }

    @Test func `a key that is a pipe or a folder is refused without waiting`() throws {
        try TemporaryHome.with { temporary in
            let keys = KeyStore(temporary.home)
            #expect(mkfifo(keys.path(.log), 0o600) == 0)
            #expect(throws: HomeError(.malformed, "")) { try keys.load(.log) }
            #expect(mkdir(keys.path(.issuer), 0o700) == 0)
            #expect(throws: HomeError(.malformed, "")) { try keys.load(.issuer) }
        }
    }

    private func mode(_ path: String) throws -> mode_t {
        var status = stat()
        guard stat(path, &status) == 0 else { throw CocoaError(.fileNoSuchFile) }
        return status.st_mode & 0o777
    }

    private func bytes(_ path: String) throws -> [UInt8] { try FileAccess.read(path, limit: 1 << 20) }
}

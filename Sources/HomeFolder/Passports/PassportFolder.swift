// SPDX-License-Identifier: Apache-2.0

public import Decisions
public import Passports
public import StrictJSON
import TransparencyLog
import WireTypes

/// The passports of an installation: `passports/*.json`.
public struct PassportFolder: Sendable {
    private let home: Home

    /// The passports of a folder.
    public init(_ home: Home) { self.home = home }

    /// The paths of all passports, sorted.
    ///
    /// - Throws: `HomeError` where the folder cannot be listed.
    public func paths() throws(HomeError) -> [String] {
        try FileAccess.names(in: home.passports, ending: ".json", limit: Limits.passportFiles)
            .map { "\(home.passports)/\($0)" }
    }

    /// A file's bytes.
    ///
    /// - Throws: `HomeError`.
    public static func read(_ path: String) throws(HomeError) -> [UInt8] {
        try FileAccess.read(path, limit: Limits.passportBytes)
    }

    /// A file as a credential. One that cannot be read is a credential that does not verify, so that the refusal is
    /// decided and logged like every other.
    public static func credential(_ path: String) -> Credential {
        do throws(HomeError) { return .passport(try read(path)) } catch {
            switch error.code {
            case .missing: return .unreadable("the passport file is not there")
            case .tooLarge: return .unreadable("the passport file is too large")
            default: return .unreadable("the passport file cannot be read")
            }
        }
    }

    /// The same, with the proof that whoever runs this has the private key of a file: its signature over a challenge, made
    /// and verified here.
    ///
    /// - Parameters:
    ///   - key: a file with an Ed25519 JWK, for its owner alone; `nil` for a passport alone.
    ///   - challenge: bytes that were drawn for this.
    public static func credential(_ path: String, key: String?, challenge: [UInt8]) -> Credential {
        let credential = credential(path)
        guard let key, case .passport(let bytes) = credential else { return credential }
        let jwk: Ed25519JWK
        do {
            jwk = try Ed25519JWK(
                JSON(parsing: FileAccess.read(key, limit: Limits.keyBytes, privacy: .ownerOnly)))
        } catch let error as HomeError {
            return .unreadable(
                error.code == .exposed
                    ? "the passport's key file is open to others than its owner"
                    : "the passport's key file cannot be read")
        } catch {
            return .unreadable("the passport's key file is no Ed25519 JWK")
        }
        guard let seed = jwk.seed else { return .unreadable("the passport's key file has no private key") }
        do throws(SigningError) {
            let signature = try Ed25519KeyPair(seed: seed).sign(Possession.message(challenge, bytes))
            if let possession = Possession(
                challenge: challenge, passport: bytes, signature: signature, by: jwk.publicKey)
            {
                return .held(bytes, possession)
            }
        } catch {}
        return .unreadable("the halves of the passport's key do not belong together")
    }

    /// An agent's passport as a credential, or one that does not verify where there is none.
    ///
    /// - Throws: `HomeError` where the folder cannot be listed.
    public func credential(of agent: UTF8String) throws(HomeError) -> Credential {
        guard let path = try path(of: agent) else { return .unreadable("there is no passport for this user's agent") }
        return Self.credential(path)
    }

    /// The passport of an agent, by what the files claim; `nil` where there is none.
    ///
    /// - Throws: `HomeError` where the folder cannot be listed.
    public func path(of agent: UTF8String) throws(HomeError) -> String? {
        for path in try paths() {
            do {
                if try PassportChain(parsing: Self.read(path)).leaf.claimedPassport().agentID == agent { return path }
            } catch {
                // A file that is no passport is nobody's; `writ passport verify FILE` says what is wrong with it.
                continue
            }
        }
        return nil
    }

    /// Writes a passport under its agent's name, with what a file name may not hold replaced.
    ///
    /// - Returns: the path.
    /// - Throws: `HomeError` where there is one already or it cannot be written.
    public func create(_ file: PassportFile, agent: UTF8String) throws(HomeError) -> String {
        try create(file.bytes, agent: agent)
    }

    /// Writes a chain under the name of the agent that it is presented for.
    ///
    /// - Returns: the path.
    /// - Throws: `HomeError` where there is one already or it cannot be written.
    public func create(_ chain: PassportChain, agent: UTF8String) throws(HomeError) -> String {
        try create(chain.bytes, agent: agent)
    }

    private func create(_ bytes: [UInt8], agent: UTF8String) throws(HomeError) -> String {
        let name = String(
            decoding: agent.bytes.map { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    byte
                default: UInt8(ascii: "-")
                }
            }, as: UTF8.self)
        let path = "\(home.passports)/\(name).json"
        try FileAccess.create(path, bytes, mode: 0o600)
        return path
    }
}

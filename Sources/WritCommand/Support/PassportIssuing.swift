// SPDX-License-Identifier: Apache-2.0

import Decisions
import HomeFolder
import Passports
import Receipts
import StrictJSON
import TransparencyLog
import WireTypes

/// Signs passports with the installation's issuer key, writes them, and logs that it did.
struct PassportIssuing {
    private let installation: Installation

    init(_ installation: Installation) { self.installation = installation }

    /// Issues a passport of one's own making.
    ///
    /// - Returns: the file's path.
    @discardableResult
    func issue(_ draft: PassportDraft, actor: UTF8String) async throws -> String {
        let ports = installation.ports
        let now = ports.clock.now()
        let passport: Passport
        do throws(PassportError) {
            passport = try draft.passport(id: UUIDv7(time: now, random: ports.random.bytes(10)), at: now)
        } catch {
            throw CommandFailure(.usage, "\(error)")
        }
        return try await issue(passport, actor: actor)
    }

    /// Signs and keeps a passport. It is logged first: a passport that is in use is in the log.
    func issue(_ passport: Passport, actor: UTF8String) async throws -> String {
        let keys = KeyStore(installation.home)
        let pair = try keys.load(.issuer)
        guard let issuer = installation.configuration.issuers.first(where: { $0.publicKey == pair.publicKey.bytes })
        else {
            throw CommandFailure(
                .configuration,
                "\(installation.home.configuration): issuers: this installation's own key is not among them, so its "
                    + "passports would not verify; add the `x` of \(keys.publicPath(.issuer))")
        }
        let folder = PassportFolder(installation.home)
        if let path = try folder.path(of: passport.agentID) {
            throw CommandFailure(
                .configuration,
                "\(Output.escaped(passport.agentID)) has a passport already: \(path). Move it away to issue another")
        }
        let file: PassportFile
        do throws(PassportError) {
            let kid = UTF8String(pair.kid.base64URL)
            let message = try PassportFile.signingBytes(for: passport, kid: kid)
            file = try PassportFile(passport, kid: kid, signature: try sign(message, pair))
        } catch {
            throw CommandFailure(.data, "\(error)")
        }
        try await installation.events.commit(
            .passportIssued(
                agentID: passport.agentID, digest: file.digest, issuer: issuer.name, expiresAt: passport.expiresAt),
            actor: actor)
        return try folder.create(file, agent: passport.agentID)
    }

    private func sign(_ message: [UInt8], _ pair: Ed25519KeyPair) throws(PassportError) -> [UInt8] {
        // A pair that was just loaded signs; where it does not, an empty signature is refused by the file's own check.
        do throws(SigningError) { return try pair.sign(message) } catch { return [] }
    }
}

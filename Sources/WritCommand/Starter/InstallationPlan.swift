// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Foundation
import Glibc
import HomeFolder
import Passports
import Receipts
import SQLiteLedger
import StrictJSON
import TransparencyLog
import WireTypes

/// A new installation: built whole in a folder beside its place and then renamed, so that there is never half of one.
struct InstallationPlan {
    let agent: UTF8String
    let owner: UTF8String
    var origin: String?
    let timeZone: String
    let policies: [PolicyFile]
    var clock: any Decisions.Clock = SystemClock()
    var capabilities: [UTF8String] = PassportDefaults.capabilities

    /// Makes the folder. Nothing that is there is overwritten.
    func carryOut(at home: Home) async throws {
        guard IANATimeZone.named(timeZone) != nil else {
            throw CommandFailure(.usage, "\(timeZone) is no zone of the IANA time zone data base, like Europe/Berlin")
        }
        guard !FileAccess.exists(home.configuration) else {
            throw CommandFailure(
                .configuration, "\(home.path) is an installation already; nothing was changed. Name another with --home"
            )
        }
        let random = SystemRandom()
        // The names go into the configuration's text, so they are checked before anything is written.
        do throws(PassportError) {
            _ = try draft().passport(id: UUIDv7(time: clock.now(), random: random.bytes(10)), at: clock.now())
        } catch {
            throw CommandFailure(.usage, "\(error)")
        }
        let scratch = Home("\(home.path).new-\(Hex.encode(random.bytes(4)))")
        guard mkdir(scratch.path, 0o700) == 0 else {
            throw CommandFailure(.configuration, "cannot make \(home.path): \(String(cString: strerror(errno)))")
        }
        do {
            try await build(scratch, random)
            guard rename(scratch.path, home.path) == 0 else {
                let why = String(cString: strerror(errno))
                throw CommandFailure(.configuration, "cannot make \(home.path): \(why); it must be absent or empty")
            }
        } catch {
            RemovedFolder.remove(scratch.path)
            throw error
        }
    }

    private func build(_ home: Home, _ random: SystemRandom) async throws {
        for folder in [home.keys, home.passports, home.policies] { try FileAccess.makeFolder(folder) }
        let keys = KeyStore(home)
        _ = try keys.create(.receipts, seed: random.bytes(32))
        let issuer = try keys.create(.issuer, seed: random.bytes(32))
        let log = try keys.create(.log, seed: random.bytes(32))
        _ = try keys.sealingKey(fresh: random.bytes(32))
        let name = origin ?? "writ.local/\(Hex.encode(random.bytes(8)))"
        // What the ledger's checkpoint has room for.
        guard (1...120).contains(name.utf8.count) else {
            throw CommandFailure(.usage, "--origin has 1 to 120 bytes; this has \(name.utf8.count)")
        }
        let verifierKey: VerifierKey
        do {
            verifierKey = try VerifierKey(name: name, kind: .note, publicKey: log.publicKey)
        } catch {
            throw CommandFailure(.usage, "\(name) cannot name a log: no spaces and no +, and not empty")
        }
        try keys.create(verifierKey: verifierKey)
        for file in policies {
            try FileAccess.create("\(home.policies)/\(file.name)", file.bytes, mode: 0o600)
        }
        let text = ConfigurationTemplate.text(agent: agent, issuerKey: issuer.publicKey, timeZone: timeZone)
        try FileAccess.create(home.configuration, Array(text.utf8), mode: 0o600)
        try FileAccess.create(home.configurationSchema, ConfigurationTemplate.schema, mode: 0o644)
        try SQLiteEvidenceKeys.create(at: home.evidenceKeys, random: random)
        try SQLiteLedger.create(at: home.ledger, signer: NoteSigner(key: verifierKey, sign: log.sign))

        let installation = try Installation.open(home, lifetime: .oneShot, clock: clock)
        try await installation.pipeline.activateRules()
        try await PassportIssuing(installation).issue(draft(), actor: UTF8String(UserAccount.name))
        try installation.close()
    }

    private func draft() throws(PassportError) -> PassportDraft {
        var draft = PassportDraft(agentID: agent, ownerID: owner)
        draft.ownerType = .user
        for id in capabilities { draft.capabilities.append(try Capability(id)) }
        return draft
    }
}

/// What the first passport may be asked for: the capabilities of every pack that some tool is of without anybody's saying
/// so. It has no limits; what it may do is the policies' to say.
enum PassportDefaults {
    static let capabilities: [UTF8String] = [
        "system.command.execute", "data.file.read", "data.file.write", "web.fetch", "web.browser", "messaging.send",
        "mcp.tool.execute",
    ]
}

/// Takes a scratch folder away again, with all that is in it.
enum RemovedFolder {
    static func remove(_ path: String) {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            Output.note("writ: note: \(path) could not be removed; you can delete it")
        }
    }
}

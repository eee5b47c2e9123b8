// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Decisions
import HomeFolder
import Passports
import Receipts
import SQLiteLedger
import StrictJSON
import TransparencyLog
import WireTypes

extension PassportCommand {
    /// `writ passport delegate`.
    struct Delegate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "delegate", abstract: "Hand on less than a passport may, to another agent.",
            discussion: """
                The new passport rests on the old one: what the chain of both says is what it may. It is signed with the \
                key that the old one is bound to (--key), else with this installation's issuer key.
                """)
        @OptionGroup var home: HomeOption
        @Argument(help: "The passport or chain to hand on: a file, or an agent's id.") var parent: String
        @Argument(help: "The id of the agent that gets it.") var agent: String
        @Option(help: "The key (JWK) of the parent's holder. [default: the issuer's]") var key: String?
        @Option(name: .customLong("cnf"), help: "The public key (JWK) of the new holder.") var confirmation: String?
        @Option(name: .customLong("capability"), help: "A capability; repeat for more. [default: all]")
        var capabilities: [String] = []
        @Option(name: .customLong("region"), help: "A region; repeat for more. [default: all]")
        var regions: [String] = []
        @Option(name: .customLong("team"), help: "A team; repeat for more. [default: all]") var teams: [String] = []
        @Option(help: "A lower assurance. [default: the same]") var assurance: String?
        @Option(help: "A file with lower limits (JSON). [default: the same]") var limits: String?
        @Option(help: "When it ends. [default: with its parent]") var expires: String?
        @Option(help: "How many passports may follow, 1 to 7.") var maxDepth: Int64?

        func run() async throws {
            let found = try PassportLookup(home.resolve(), parent)
            guard let held = found.verified else {
                throw CommandFailure(.data, "\(parent): not verified: \(found.problem ?? "nobody signed it")")
            }
            let installation = try Installation.open(home.resolve(), lifetime: .oneShot)
            let ports = installation.ports
            let now = ports.clock.now()
            let chain: PassportChain
            let child: Passport
            do {
                child = try draft(held).passport(id: UUIDv7(time: now, random: ports.random.bytes(10)), at: now)
                let narrowing = try held.narrowing(by: child)
                guard narrowing.wider.isEmpty else {
                    let places = narrowing.wider.map { Output.escaped(UTF8String($0.description)) }
                    throw CommandFailure(
                        .data, "\(places.joined(separator: ", ")): wider than its parent's; nothing was signed")
                }
                let pair = try key.map(HolderKey.pair) ?? KeyStore(installation.home).load(.issuer)
                let kid = UTF8String(pair.kid.base64URL)
                let signature = try pair.sign(PassportFile.signingBytes(for: child, kid: kid))
                chain = try found.file.appending(PassportFile(child, kid: kid, signature: signature))
                let issuers = try Installation.maker.rulebook(installation.configuration, [], .none).issuers
                _ = try chain.verified(by: issuers)
                for place in narrowing.narrower {
                    Output.line("narrower  \(Output.escaped(UTF8String(place.description)))")
                }
            } catch let error as PassportError {
                throw CommandFailure(.data, "\(error)")
            }
            let folder = PassportFolder(installation.home)
            if let path = try folder.path(of: child.agentID) {
                throw CommandFailure(
                    .configuration, "\(Output.escaped(child.agentID)) has a passport already: \(path). Move it away")
            }
            try await installation.events.commit(
                .passportIssued(
                    agentID: child.agentID, digest: chain.leaf.digest, issuer: held.issuer, expiresAt: child.expiresAt),
                actor: UTF8String(UserAccount.name))
            let path = try folder.create(chain, agent: child.agentID)
            try installation.close()
            Output.line("Delegated \(path)")
        }

        private func draft(_ held: VerifiedPassport) throws -> PassportDraft {
            var draft = try held.draft(for: UTF8String(agent), maxDepth: maxDepth)
            if !capabilities.isEmpty {
                draft.capabilities = try capabilities.map { name in
                    let name = UTF8String(name)
                    return try held.authority.capabilities.first { $0.id == name } ?? Capability(name)
                }
            }
            if !regions.isEmpty { draft.regions = regions.map { UTF8String($0) } }
            if !teams.isEmpty { draft.teams = teams.map { UTF8String($0) } }
            if let assurance {
                guard let level = Assurance(wire: UTF8String(assurance)) else {
                    throw CommandFailure(.usage, "--assurance is L0, L1, L2, L3, L4KYC or L4FIN, not \(assurance)")
                }
                draft.assurance = level
            }
            if let limits {
                let bytes = try InputFile.read(limits, limit: PassportLimits.fileBytesMax)
                guard let object = try JSON(parsing: bytes).object else {
                    throw CommandFailure(.data, "\(limits): limits are a JSON object")
                }
                draft.limits = object
            }
            if let expires = try ExpiryOption.parse(expires) { draft.expiresAt = expires }
            draft.confirmation = try confirmation.map(HolderKey.publicKey)
            return draft
        }
    }
}

/// Keys of passports' holders, from files.
enum HolderKey {
    static func publicKey(_ path: String) throws -> Ed25519PublicKey { try jwk(path).publicKey }

    static func delegation(_ maxDepth: Int64) throws -> Delegation {
        do throws(PassportError) { return try Delegation(maxDepth: maxDepth) } catch {
            throw CommandFailure(.usage, "--max-depth: \(error)")
        }
    }

    static func pair(_ path: String) throws -> Ed25519KeyPair {
        guard let seed = try jwk(path).seed else { throw CommandFailure(.data, "\(path): this is no private key") }
        return try Ed25519KeyPair(seed: seed)
    }

    private static func jwk(_ path: String) throws -> Ed25519JWK {
        do { return try Ed25519JWK(JSON(parsing: InputFile.read(path, limit: 4096))) } catch let error
            as Ed25519JWK.Failure
        {
            throw CommandFailure(.data, "\(path): \(error)")
        } catch let error as JSONError {
            throw CommandFailure(.data, "\(path): \(error)")
        }
    }
}

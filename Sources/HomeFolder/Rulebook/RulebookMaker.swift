// SPDX-License-Identifier: Apache-2.0

public import Cedar
public import Decisions
import Effects
import Packs
import Passports
import Receipts
import StrictJSON
import ToolTypes
import WireTypes

import struct Crypto.SHA256

/// Makes a rulebook of a configuration and policies, today's or those of an archive.
public struct RulebookMaker: Sendable {
    private let zone: @Sendable (String) -> (any TimeZoneRules)?

    /// A maker.
    ///
    /// - Parameter zone: the rules of an IANA zone; `nil` where there is no zone of that name.
    public init(zone: @escaping @Sendable (String) -> (any TimeZoneRules)?) { self.zone = zone }

    /// The member of an archived configuration that has the tool definitions; no setting is called so.
    private static let definitionsMember: UTF8String = "tool_definitions"

    /// The rulebook of a configuration that has been read, policy files and tool definitions.
    ///
    /// - Throws: `RulebookError` with every mistake of the policies, or the first of the rest. A policy that names a tool
    ///   or a parameter that the definitions do not have is a mistake.
    public func rulebook(
        _ configuration: Configuration, _ files: [PolicyFile], _ tools: ToolFiles
    ) throws(RulebookError) -> Rulebook {
        let described = try Self.described(tools)
        let rulebook = try rulebook(configuration, files, tools, described)
        if !described.isEmpty { try review(rulebook.policies.policies, configuration, described, tools) }
        return rulebook
    }

    private func rulebook(
        _ configuration: Configuration, _ files: [PolicyFile], _ tools: ToolFiles, _ described: [ToolServer]
    ) throws(RulebookError) -> Rulebook {
        let canonical: [UInt8]
        do throws(JSONError) {
            var document = configuration.document
            if !tools.isEmpty, var object = document.object {
                object[Self.definitionsMember] = tools.archive
                document = .object(object)
            }
            canonical = try document.canonical()
        } catch {
            throw RulebookError("the configuration has a number that cannot be written: \(error)")
        }
        guard let zone = zone(configuration.timeZone) else {
            throw RulebookError("time_zone: \(configuration.timeZone) is no zone of the IANA time zone data base")
        }
        let policies: PolicyBook
        do throws(PolicyBook.Failure) { policies = try PolicyBook(files) } catch {
            throw RulebookError(error.description)
        }
        return Rulebook(
            policies: policies, configuration: canonical,
            configurationDigest: Digest(SHA256.hash(data: canonical)), issuers: try issuers(configuration),
            tokenIssuers: try tokenIssuers(configuration), maps: try maps(configuration),
            packs: Self.packs(configuration),
            argumentTypes: described.isEmpty ? ArgumentTypes() : ArgumentTypes(described),
            manifest: try Self.manifest(tools),
            labelsKeptMilliseconds: configuration.labelsKeptMilliseconds, approvals: configuration.approvals,
            grants: configuration.grants, zone: zone)
    }

    private static func manifest(_ tools: ToolFiles) throws(RulebookError) -> [ToolReference: Digest] {
        do throws(HomeError) { return try tools.manifest() } catch { throw RulebookError(error.message) }
    }

    private static func described(_ tools: ToolFiles) throws(RulebookError) -> [ToolServer] {
        guard !tools.isEmpty else { return [] }
        do throws(HomeError) { return try tools.servers().servers } catch { throw RulebookError(error.message) }
    }

    /// Policies against the tools that there are: what no request makes good keeps them from being in force.
    private func review(
        _ policies: PolicySet, _ configuration: Configuration, _ described: [ToolServer], _ tools: ToolFiles
    ) throws(RulebookError) {
        let world = ToolWorld(of: policies, configured: configuration.servers, described: described)
        let review: PolicyReview
        do throws(SchemaErrors) {
            review = try PolicyReview(of: policies, ToolSchema(world.servers, profile: .native()))
        } catch {
            let lines = error.all.map(\.description).joined(separator: "\n")
            throw RulebookError("the tool definitions are more than policies can be checked against:\n\(lines)")
        }
        guard !review.errors.isEmpty else { return }
        throw RulebookError(
            (review.errors.map(\.description) + [
                "The tools are those of \(tools.paths.joined(separator: ", ")). Mend the policies, or, where the server "
                    + "has changed, write down again what it answers to tools/list."
            ]).joined(separator: "\n"))
    }

    /// The rulebook of an archive. Its policies were in force, so they are not reviewed again: what a later version finds
    /// must not keep an old decision from being made again.
    ///
    /// - Throws: `RulebookError`.
    public func rulebook(archived bytes: [UInt8], _ files: [PolicyFile]) throws(RulebookError) -> Rulebook {
        do {
            var document = try JSON(parsing: bytes, limits: Limits.archivedConfiguration)
            var tools = ToolFiles.none
            if var object = document.object, let definitions = object[Self.definitionsMember]?.object {
                object[Self.definitionsMember] = nil
                document = .object(object)
                tools = ToolFiles(
                    archived: definitions,
                    issuers: try Configuration(document, path: "the archived configuration").issuers)
            }
            return try rulebook(
                Configuration(document, path: "the archived configuration"), files, tools, Self.described(tools))
        } catch let error as RulebookError {
            throw error
        } catch {
            throw RulebookError("the archived configuration cannot be read: \(error)")
        }
    }

    private func issuers(_ configuration: Configuration) throws(RulebookError) -> TrustedIssuers {
        do throws(PassportError) {
            var issuers: [TrustedIssuer] = []
            for issuer in configuration.issuers { issuers.append(try issuer.trusted()) }
            return try TrustedIssuers(issuers)
        } catch {
            throw RulebookError("issuers: \(error)")
        }
    }

    private func tokenIssuers(_ configuration: Configuration) throws(RulebookError) -> TokenIssuers {
        do throws(PassportError) { return try TokenIssuers(configuration.tokenIssuers) } catch {
            throw RulebookError("issuers: \(error)")
        }
    }

    private static func packs(_ configuration: Configuration) -> ToolPacks {
        ToolPacks(
            servers: configuration.servers.map { server in
                var url: UTF8String?
                if case .url(let remote) = server.endpoint { url = UTF8String(remote.url.named) }
                return ToolPacks.Server(alias: server.alias, url: url, tools: server.packs)
            },
            isRequired: configuration.packs == .required)
    }

    private func maps(_ configuration: Configuration) throws(RulebookError) -> ToolMaps {
        var maps = ToolMaps()
        do throws(ToolMapError) {
            for name in ToolMaps.builtInNames { try maps.use(builtIn: name, for: ToolCall.builtInAlias(name)) }
            for server in configuration.servers {
                if let map = server.map { try maps.overlay(map, for: server.alias) }
            }
        } catch {
            throw RulebookError("a tool map: \(error)")
        }
        return maps
    }
}

extension Configuration.Issuer {
    /// The issuer under its key's thumbprint.
    func trusted() throws(PassportError) -> TrustedIssuer {
        let kid = Ed25519PublicKey(bytes: publicKey).map { $0.thumbprint.base64URL } ?? ""
        return try TrustedIssuer(name: name, kid: UTF8String(kid), publicKey: publicKey)
    }
}

// SPDX-License-Identifier: Apache-2.0

public import Cedar
public import Decisions
import Effects
import Passports
import Receipts
import StrictJSON
import WireTypes

import struct Crypto.SHA256

/// Makes a rulebook of a configuration and policies, today's or those of an archive.
public struct RulebookMaker: Sendable {
    private let zone: @Sendable (String) -> (any TimeZoneRules)?

    /// A maker.
    ///
    /// - Parameter zone: the rules of an IANA zone; `nil` where there is no zone of that name.
    public init(zone: @escaping @Sendable (String) -> (any TimeZoneRules)?) { self.zone = zone }

    /// The rulebook of a configuration that has been read, and policy files.
    ///
    /// - Throws: `RulebookError` with every mistake of the policies, or the first of the rest.
    public func rulebook(_ configuration: Configuration, _ files: [PolicyFile]) throws(RulebookError) -> Rulebook {
        let canonical: [UInt8]
        do throws(JSONError) { canonical = try configuration.document.canonical() } catch {
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
            maps: try maps(configuration), zone: zone)
    }

    /// The rulebook of an archive.
    ///
    /// - Throws: `RulebookError`.
    public func rulebook(archived bytes: [UInt8], _ files: [PolicyFile]) throws(RulebookError) -> Rulebook {
        do {
            return try rulebook(Configuration(JSON(parsing: bytes), path: "the archived configuration"), files)
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

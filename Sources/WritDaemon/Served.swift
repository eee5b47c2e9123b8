// SPDX-License-Identifier: Apache-2.0

import Credentials
import Decisions
import Foundation
import Gateway
import HTTPGateway
import HomeFolder
import IssuerKeys
import WritCommand

/// The hub of an installation, and the ways to its servers.
struct Served: Sendable {
    let hub: Hub
    /// Verifies callers' tokens.
    let tokens: CallerTokens
    private let processes: ProcessTransports
    private let client: HTTPUpstreamClient

    /// - Throws: `HomeError` where the sealing key cannot be used.
    init(_ installation: Installation) throws {
        let servers = try ServerDescriptions.all(installation.configuration, note: Output.note)
        let ports = installation.ports
        let key = try installation.sealingKey()
        let client = HTTPUpstreamClient()
        let processes = ProcessTransports(note: Output.note)
        let verifier = TokenCredential.verifier(
            installation,
            remote: FetchedKeys(now: { ports.clock.monotonicMilliseconds() }, note: Output.note))
        tokens = CallerTokens(verifier, keeps: servers.takeCallersTokens, now: { ports.clock.now() })
        self.client = client
        self.processes = processes
        hub = Hub(
            servers, pipeline: installation.pipeline,
            transports: EndpointTransports(
                processes: processes,
                http: HTTPTransports(
                    client: client,
                    tokens: ExchangedTokens(GrantedTokens(), now: { ports.clock.monotonicMilliseconds() }),
                    callers: tokens)), key: key,
            clock: ports.clock, random: ports.random, limits: installation.gatewayLimits,
            upstream: Self.upstreamLimits, note: { processes.note($0) })
    }

    /// Many principals come and go here; a server that nobody has used for a quarter of an hour is ended.
    private static var upstreamLimits: UpstreamLimits {
        var limits = UpstreamLimits()
        limits.idleMilliseconds = 900_000
        return limits
    }

    /// Ends every conversation and every server, and waits for what is still to be logged.
    ///
    /// - Returns: whether everything could be logged.
    func end() async -> Bool {
        await hub.close()
        await client.shutdown()
        // Both wait on the thread they are called on, and the pool's threads are few.
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let isLogged = hub.settle()
                processes.finish()
                continuation.resume(returning: isLogged)
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Credentials
import Decisions
import Gateway
import Glibc
import HTTPGateway
import HomeFolder
import MCP
import SQLiteLedger
import StrictJSON
import WritCommand

/// `writd serve`.
struct ServeDaemon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Be an MCP server over HTTP that stands before the configuration's servers.")

    @Option(help: "The installation's folder, absolute.") var home: String
    @Option(help: "The address and port to listen on. [default: the configuration's]") var listen: String?

    func run() async throws {
        guard home.hasPrefix("/") else {
            throw CommandFailure(.usage, "--home must be an absolute path here, not \(home)")
        }
        let installation = try Installation.open(Home(home), lifetime: .service)
        if installation.configuration.servers.isEmpty {
            Output.note("writ: note: the configuration has no servers yet; `writ init --from FILE` adds a client's")
        }
        let address = try address(installation.configuration)
        let tls = try ServedTLS.door(installation, home: home)
        FileDescriptors.raiseLimit()
        try await installation.beginService()
        let served = try Served(installation)
        let hub = served.hub
        let resource = try resource(installation.configuration)
        // Whoever stands before this with TLS may say the name that clients know it by.
        let names = ListenerNames(hosts: Set([resource?.host].compactMap { $0 }))
        let door = HTTPDoor(
            hub: hub, listen: address, names: names, tokens: served.tokens, proofs: proofs(installation),
            resource: resource, desk: ApprovalService.desk(installation), tls: tls
        ) { principal, scope, tool in
            hub.annotations(principal, scope, tool)
        }
        let watch = try KillWatch.start(installation, as: "serve")
        let bound: DoorAddress
        do throws(HTTPDoor.Failure) { bound = try await door.start() } catch {
            _ = await served.end()
            watch.stop()
            try installation.close()
            throw CommandFailure(
                .configuration, "\(error.description). Another address and port: --listen, or `listen` in writ.yaml")
        }
        Output.note("writ: listening on \(tls == nil ? "http" : "https")://\(bound)/mcp")
        await TerminationSignals.first()
        await door.stop()
        let isLogged = await served.end()
        watch.stop()
        try installation.close()
        guard isLogged else { throw CommandFailure(.ledger, "not everything that happened could be logged") }
    }

    private func proofs(_ installation: Installation) -> DPoPProofs {
        let ports = installation.ports
        return DPoPProofs(
            nonceKey: installation.configuration.proofsNeedNonce ? ports.random.bytes(32) : nil,
            now: { ports.clock.now() })
    }

    private func resource(_ configuration: Configuration) throws -> ProtectedResource? {
        guard let url = configuration.resource else { return nil }
        guard let resource = ProtectedResource(url) else {
            throw CommandFailure(.configuration, "resource: \(url) is no URL that clients could reach /mcp at")
        }
        return resource
    }

    private func address(_ configuration: Configuration) throws -> DoorAddress {
        do throws(DoorAddress.Refusal) {
            return try DoorAddress(
                listen ?? configuration.listen.description, isSecure: configuration.tls != nil)
        } catch {
            throw CommandFailure(.usage, error.description)
        }
    }
}

extension TerminationSignals {
    /// Returns when somebody asks this process to end.
    fileprivate static func first() async {
        let (signals, signal) = AsyncStream<Void>.makeStream()
        watch { signal.finish() }
        for await _ in signals {}
    }
}

/// Files and connections that may be open at once.
enum FileDescriptors {
    /// As many as the system lets this process have: connections are bounded by the door.
    static func raiseLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

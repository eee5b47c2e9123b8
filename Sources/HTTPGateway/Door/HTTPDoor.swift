// SPDX-License-Identifier: Apache-2.0

public import Decisions
public import Gateway
import Glibc
import Hummingbird
import HummingbirdCore
import Logging
public import MCP
import NIOCore
import NIOPosix
import ServiceLifecycle
public import StrictJSON
import Synchronization

/// HTTP's door: MCP's Streamable HTTP at `/mcp` and `/mcp/<server>`, both eras, on a loopback address, or with TLS.
///
///     let door = HTTPDoor(hub: hub, listen: try DoorAddress("127.0.0.1:8808"))
///     let address = try await door.start()
///     …
///     await door.stop()
public final class HTTPDoor: Sendable {
    /// The header annotations of a tool that a client may call, by its public name; `nil` where it has none or is
    /// unknown.
    public typealias ToolAnnotations = @Sendable (Principal, Scope, UTF8String) async -> HeaderAnnotations?

    /// Why the door cannot be opened.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// For the operator.
        public let description: String
    }

    private let address: DoorAddress
    private let limits: HTTPDoorLimits
    private let tls: DoorTLS?
    private let responder: DoorResponder
    private let identification: DoorIdentification
    private let running = Mutex<Running?>(nil)

    private struct Running {
        let group: ServiceGroup
        let server: Task<Void, Never>
        let heartbeat: Task<Void, Never>
    }

    /// A door that is not open yet.
    ///
    /// - Parameters:
    ///   - names: the hosts and origins that requests may name.
    ///   - tokens: verifies callers' tokens; without it passports alone are accepted.
    ///   - proofs: verifies proofs of the keys that credentials are bound to; without it such credentials are refused.
    ///   - resource: the URL that tokens are given for; `/mcp` at the address listened on where nothing else is said.
    ///   - desk: answers `/v1/approvals`; without it there is none.
    ///   - tls: the door's certificate, and who verifies the clients'; without it the door speaks HTTP.
    ///   - annotations: the tools' parameters that clients repeat in headers.
    public init(
        hub: any GatewayHub, listen: DoorAddress, names: ListenerNames = ListenerNames(),
        limits: HTTPDoorLimits = HTTPDoorLimits(), tokens: (any BearerTokens)? = nil,
        proofs: (any PossessionProofs)? = nil, resource: ProtectedResource? = nil,
        desk: ApprovalDesk? = nil, tls: DoorTLS? = nil,
        annotations: @escaping ToolAnnotations = { _, _, _ in nil }
    ) {
        address = listen
        self.tls = tls
        self.limits = limits
        identification = DoorIdentification(tokens: tokens, proofs: proofs, resource: resource)
        responder = DoorResponder(
            hub: hub, names: names, limits: limits, identification: identification, desk: desk, tls: tls,
            annotations: annotations)
    }

    /// Opens it.
    ///
    /// - Returns: the address, with the port that the system gave where 0 was asked for.
    public func start() async throws(Failure) -> DoorAddress {
        let listening = Race<Result<SocketAddress?, Failure>>()
        let connections = responder.connections
        let limits = limits
        let quiet = Logger(label: "writ.http", factory: { _ in SwiftLogNoOpLogHandler() })
        var configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionHandler(table: connections, limits: limits)],
            idleTimeout: .milliseconds(limits.idleMilliseconds))
        configuration.httpDecoder.maxHeaderFieldSize = limits.headerFieldBytes
        configuration.httpDecoder.maxHeaderListSize = limits.headerListBytes
        configuration.httpDecoder.maxHeaderFieldCount = limits.headerCount
        let application = Application(
            responder: responder, server: server(configuration),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host, port: address.port), backlog: 1024,
                availableConnectionsDelegate: .maximum(limits.connections, logger: quiet)),
            onServerRunning: { channel in listening.finish(.success(channel.localAddress)) },
            eventLoopGroupProvider: .singleton, logger: quiet)
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [application], logger: quiet))
        let server = Task(executorPreference: LoopExecutor.shared) {
            do {
                try await group.run()
                listening.finish(.failure(Failure(description: "the listener has ended")))
            } catch let error as IOError {
                // Its own text names a function of the library's.
                listening.finish(.failure(Failure(description: String(cString: strerror(error.errnoCode)))))
            } catch { listening.finish(.failure(Failure(description: "\(error)"))) }
        }
        let local: SocketAddress?
        switch await listening.value {
        case .success(let address): local = address
        case .failure(let failure):
            throw Failure(description: "cannot listen on \(address): \(failure.description)")
        }
        let heartbeat = Task { [responder] in await Self.beat(responder, limits) }
        running.withLock { $0 = Running(group: group, server: server, heartbeat: heartbeat) }
        let bound = DoorAddress(host: address.host, port: local?.port ?? address.port)
        identification.listens(on: bound, isSecure: tls != nil)
        return bound
    }

    private func server(_ configuration: HTTP1Channel.Configuration) -> HTTPServerBuilder {
        guard let tls else { return .http1(configuration: configuration) }
        let connections = responder.connections
        return HTTPServerBuilder { responder in
            SecureChannel(
                base: HTTP1Channel(responder: responder, configuration: configuration), tls: tls,
                connections: connections)
        }
    }

    /// Closes it: takes nothing new, lets open requests finish for a while, cancels the rest, ends the sessions.
    public func stop() async {
        let running = running.withLock { running in
            defer { running = nil }
            return running
        }
        guard let running else { return }
        running.heartbeat.cancel()
        responder.exchanges.close()
        await running.group.triggerGracefulShutdown()
        // Streams that wait for nothing in particular end at once; requests get their time.
        for session in responder.sessions.all() { session.general.end() }
        let timer = Task { [responder, limits] in
            do { try await Task.sleep(for: .milliseconds(limits.graceMilliseconds)) } catch { return }
            responder.exchanges.cancelAll()
        }
        await responder.exchanges.finished()
        timer.cancel()
        for session in responder.sessions.removeAll() { await session.end() }
        // Answers are on their way to whoever reads them; who does not is not waited for.
        let force = Task { [responder, limits] in
            do { try await Task.sleep(for: .milliseconds(limits.graceMilliseconds)) } catch { return }
            responder.connections.closeAll()
        }
        await running.server.value
        force.cancel()
    }

    private static func beat(_ responder: DoorResponder, _ limits: HTTPDoorLimits) async {
        while !Task.isCancelled {
            do { try await Task.sleep(for: .milliseconds(max(1, limits.keepAliveMilliseconds / 2))) } catch { return }
            responder.exchanges.tick()
            for session in responder.sessions.expired() { await session.end() }
        }
    }

    /// What is open, for tests and for whoever watches over memory.
    package struct Load {
        /// Connections.
        package let connections: Int
        /// Answers under way.
        package let exchanges: Int
        /// Sessions.
        package let sessions: Int
        /// Requests and streams, over all principals.
        package let usage: Int
        /// Bytes of bodies.
        package let bodyBytes: Int
    }

    /// What is open at the moment.
    package var load: Load {
        Load(
            connections: responder.connections.count, exchanges: responder.exchanges.count,
            sessions: responder.sessions.count, usage: responder.usage.total, bodyBytes: responder.bodies.taken)
    }

    /// One beat of the door's heart, without waiting for it.
    package func beat(now: ContinuousClock.Instant = .now) async {
        responder.exchanges.tick()
        for session in responder.sessions.expired(now: now) { await session.end() }
    }
}

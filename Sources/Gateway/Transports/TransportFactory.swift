// SPDX-License-Identifier: Apache-2.0

package import Decisions

/// Makes the way to a server, for one principal; nothing is started before `open`.
public protocol TransportFactory: Sendable {
    /// A transport of its own for each call: never shared, and never opened twice.
    func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport
}

/// Transports by how a server is reached.
public struct EndpointTransports: TransportFactory {
    private let processes: any TransportFactory
    private let http: (any TransportFactory)?

    /// - Parameters:
    ///   - processes: for servers that are started.
    ///   - http: for servers with a URL; `nil` where this program cannot reach them.
    public init(processes: any TransportFactory, http: (any TransportFactory)? = nil) {
        self.processes = processes
        self.http = http
    }

    /// The transport that fits the server's endpoint.
    public func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport {
        switch server.endpoint {
        case .process: processes.transport(for: server, principal: principal)
        case .http: http?.transport(for: server, principal: principal) ?? NoTransport()
        }
    }
}

/// The way to a server that this program cannot reach.
package struct NoTransport: UpstreamTransport {
    private let failure: UpstreamFailure

    /// - Parameter failure: why, for whoever asks.
    package init(
        _ failure: UpstreamFailure = UpstreamFailure(.unreachable, "servers with a URL cannot be reached from here")
    ) {
        self.failure = failure
    }

    package func open(_ receiver: any UpstreamReceiver) async throws(UpstreamFailure) { throw failure }
    package func forward(
        _ permit: consuming Permit, _ head: MessageHead, onExpired: @escaping @Sendable () -> Void
    ) async throws(UpstreamFailure) {
        throw failure
    }
    package func send(_ message: FreeMessage, _ head: MessageHead) async throws(UpstreamFailure) { throw failure }
    package func abandon(_ id: Int64) {}
    package func close() async {}
}

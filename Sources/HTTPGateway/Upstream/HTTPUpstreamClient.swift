// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore

/// The connections to servers over HTTP, which all of a process's transports share.
///
/// It follows no redirects, keeps no cookies, reads no proxy from the environment, unpacks nothing, and verifies TLS by
/// the system's authorities. HTTP/1.1 only: closing a stream is closing a connection, which no server misunderstands.
public final class HTTPUpstreamClient: Sendable {
    private let client: HTTPClient

    /// A pool without connections.
    public init(limits: HTTPUpstreamLimits = HTTPUpstreamLimits()) {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: nil, redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(
                connect: .milliseconds(limits.connectMilliseconds), read: .milliseconds(limits.silentMilliseconds),
                write: .milliseconds(limits.writeMilliseconds)),
            proxy: nil, decompression: .disabled)
        configuration.connectionPool.idleTimeout = .milliseconds(limits.idleMilliseconds)
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = limits.connections
        // A server that is not there is known to be so at once; who wants it again decides when.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        // Nobody here looks at spans; else each request is described for one.
        configuration.tracing.tracer = nil
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.submit {
                try channel.pipeline.syncOperations.addHandler(TurnFlusher(), position: .first)
            }
        }
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Closes all connections. Transports must have been closed before.
    public func shutdown() async {
        // It fails only where it was shut down before.
        do { try await client.shutdown() } catch {}
    }

    func execute(_ request: HTTPClientRequest, within milliseconds: Int64) async throws -> HTTPClientResponse {
        try await client.execute(request, deadline: .now() + .milliseconds(milliseconds))
    }
}

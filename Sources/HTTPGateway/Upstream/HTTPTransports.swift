// SPDX-License-Identifier: Apache-2.0

import Decisions
public import Gateway

/// Transports to servers with a URL, over connections that all of them share.
public struct HTTPTransports: TransportFactory {
    private let client: HTTPUpstreamClient
    private let limits: HTTPUpstreamLimits

    /// Transports over these connections.
    public init(client: HTTPUpstreamClient, limits: HTTPUpstreamLimits = HTTPUpstreamLimits()) {
        self.client = client
        self.limits = limits
    }

    /// A way of its own to the server; one that cannot be opened where its URL or headers are none that may be used.
    public func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport {
        guard case .http(let endpoint) = server.endpoint else {
            return NoTransport(UpstreamFailure(.unreachable, "this server has no URL"))
        }
        do throws(UpstreamFailure) { return try HTTPTransport(endpoint, client: client, limits: limits) } catch {
            return NoTransport(error)
        }
    }
}

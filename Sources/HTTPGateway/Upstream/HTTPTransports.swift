// SPDX-License-Identifier: Apache-2.0

import Decisions
public import Gateway

/// Transports to servers with a URL, over connections that all of them share.
public struct HTTPTransports: TransportFactory {
    private let client: HTTPUpstreamClient
    private let limits: HTTPUpstreamLimits
    private let tokens: ExchangedTokens?
    private let callers: CallerTokens?

    /// Transports over these connections.
    ///
    /// - Parameters:
    ///   - tokens: has the tokens of servers that take such; without it these cannot be reached.
    ///   - callers: has the callers' tokens, for servers that take those in exchange.
    public init(
        client: HTTPUpstreamClient, limits: HTTPUpstreamLimits = HTTPUpstreamLimits(), tokens: ExchangedTokens? = nil,
        callers: CallerTokens? = nil
    ) {
        self.client = client
        self.limits = limits
        self.tokens = tokens
        self.callers = callers
    }

    /// A way of its own to the server; one that cannot be opened where its URL or headers are none that may be used.
    public func transport(for server: ServerDescription, principal: Principal) -> any UpstreamTransport {
        guard case .http(let endpoint) = server.endpoint else {
            return NoTransport(UpstreamFailure(.unreachable, "this server has no URL"))
        }
        let authorization = endpoint.credential.map {
            ServerAuthorization(
                server: server.alias, credential: $0, principal: principal, tokens: tokens, callers: callers)
        }
        do throws(UpstreamFailure) {
            return try HTTPTransport(endpoint, client: client, limits: limits, authorization: authorization)
        } catch { return NoTransport(error) }
    }
}

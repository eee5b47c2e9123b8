// SPDX-License-Identifier: Apache-2.0

import Gateway
import HTTPGateway
import IssuerKeys

/// Tokens for servers, from the token endpoints that the configuration names.
struct GrantedTokens: TokenGranting {
    private let endpoint = TokenEndpoint()

    func grant(_ exchange: TokenExchange, subject: SubjectToken?) async -> Result<GrantedToken, TokenRefused> {
        guard let address = KeyAddress(exchange.url) else {
            return .failure(refused("its URL is none that may be asked"))
        }
        let secret: String
        switch exchange.clientSecret() {
        case .success(let value): secret = value
        case .failure(let failure): return .failure(TokenRefused(failure.text))
        }
        let request = TokenEndpoint.Request(
            address: address, isPrivate: exchange.isPrivate, clientID: exchange.clientID, clientSecret: secret,
            subject: subject.map { TokenEndpoint.Subject(token: $0.bytes, isIdentity: $0.isIdentity) },
            audience: exchange.audience, resource: exchange.resource, scope: exchange.scope)
        return await endpoint.ask(request)
            .map { GrantedToken(token: $0.token, lifetimeMilliseconds: $0.lifetimeMilliseconds) }
            .mapError { refused($0.text) }
    }

    private func refused(_ why: String) -> TokenRefused {
        TokenRefused("its token endpoint gives no token: \(why); see `credential` of the server in writ.yaml")
    }
}

extension [ServerDescription] {
    /// Whether any of them takes its caller's token in exchange.
    var takeCallersTokens: Bool {
        contains { server in
            guard case .http(let endpoint) = server.endpoint, case .exchange(let exchange) = endpoint.credential?.source
            else { return false }
            return exchange.isOfCaller
        }
    }
}

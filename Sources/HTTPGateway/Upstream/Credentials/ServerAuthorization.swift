// SPDX-License-Identifier: Apache-2.0

import Gateway
import MCP
import StrictJSON

/// What one transport shows its server: a header that is made anew for each request.
///
/// Without it nothing is sent. What fails says which server's it was and where to look, and nothing of the secret.
struct ServerAuthorization: Sendable {
    let server: UTF8String
    let credential: ServerCredential
    let principal: Principal
    let tokens: ExchangedTokens?
    let callers: CallerTokens?

    /// The header for a request that is about to go.
    func line() async throws(UpstreamFailure) -> HTTPHeaderLine {
        switch credential.source {
        case .secret(let read): return try line(try read().get())
        case .exchange(let exchange):
            guard let tokens else { throw failure("tokens for it cannot be had from here") }
            let caller = try subject(exchange)
            return try line(try await tokens.token(for: server, exchange, caller: caller).get())
        }
    }

    /// The header, where it is known without asking anybody: for what nobody waits for.
    func lineIfKnown() -> HTTPHeaderLine? {
        do throws(UpstreamFailure) {
            switch credential.source {
            case .secret(let read): return try line(try read().get())
            case .exchange(let exchange):
                guard let token = tokens?.known(for: server, caller: try subject(exchange)) else { return nil }
                return try line(token)
            }
        } catch { return nil }
    }

    /// The server has answered 401 to what was shown.
    func wasRefused(_ line: HTTPHeaderLine) {
        guard case .exchange(let exchange) = credential.source, let tokens else { return }
        let caller: SubjectToken?
        do throws(UpstreamFailure) { caller = try subject(exchange) } catch { return }
        tokens.refused(String(line.value.dropFirst(credential.prefix.count)), by: server, caller: caller)
    }

    private func subject(_ exchange: TokenExchange) throws(UpstreamFailure) -> SubjectToken? {
        guard exchange.isOfCaller else { return nil }
        guard let token = callers?.token(of: principal) else {
            throw failure("it takes its caller's token in exchange (subject: caller), and its caller has shown none")
        }
        return token
    }

    private func line(_ value: String) throws(UpstreamFailure) -> HTTPHeaderLine {
        guard !value.isEmpty, value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }) else {
            throw failure("its credential is empty, or has characters that a header has not")
        }
        return HTTPHeaderLine(name: credential.header, value: credential.prefix + value)
    }

    private func failure(_ text: String) -> UpstreamFailure {
        UpstreamFailure(.unreachable, "server \(server): \(text); see servers/\(server)/credential in writ.yaml")
    }
}

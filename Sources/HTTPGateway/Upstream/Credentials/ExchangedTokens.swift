// SPDX-License-Identifier: Apache-2.0

import Gateway
import StrictJSON
import Synchronization
import WireTypes

/// Tokens that token endpoints have given, kept until they end: for a server one of Writ's own, or one for each caller's.
///
/// One question at a time for each; who needs the same one waits for it. Shortly before one ends the next is asked for
/// while it goes on.
public final class ExchangedTokens: Sendable {
    typealias Outcome = Result<String, UpstreamFailure>
    private typealias Asking = Task<Outcome, Never>

    private struct Place: Hashable {
        let server: UTF8String
        let caller: Digest?
    }

    private struct Known {
        var token: String?
        /// Until when nobody asks for the next one, and until when it counts.
        var freshUntil: Int64 = 0
        var until: Int64 = 0
        var failure: UpstreamFailure?
        /// When somebody may ask again after a failure.
        var retryAt: Int64 = 0
        var asking: Asking?
    }

    private let places = Mutex<[Place: Known]>([:])
    private let granting: any TokenGranting
    private let limits: HTTPUpstreamLimits
    private let now: @Sendable () -> Int64

    /// Nothing is known yet.
    ///
    /// - Parameter now: milliseconds that only rise.
    public init(
        _ granting: any TokenGranting, limits: HTTPUpstreamLimits = HTTPUpstreamLimits(),
        now: @escaping @Sendable () -> Int64
    ) {
        self.granting = granting
        self.limits = limits
        self.now = now
    }

    /// The token for a server; asked for where there is none.
    func token(for server: UTF8String, _ exchange: TokenExchange, caller: SubjectToken?) async -> Outcome {
        let place = Place(server: server, caller: caller?.digest)
        let now = now()
        let (outcome, asking) = places.withLock { places -> (Outcome?, Asking?) in
            let known = places[place] ?? Known()
            if let token = known.token, now < known.until {
                if now >= known.freshUntil, known.asking == nil, now >= known.retryAt {
                    ask(place, &places, exchange, caller, now)
                }
                return (.success(token), nil)
            }
            if let asking = known.asking { return (nil, asking) }
            if let failure = known.failure, now < known.retryAt { return (.failure(failure), nil) }
            return (nil, ask(place, &places, exchange, caller, now))
        }
        if let outcome { return outcome }
        guard let asking else { return .failure(UpstreamFailure(.unreachable, "server \(server) has no token")) }
        return await asking.value
    }

    /// The same, where it is known already.
    func known(for server: UTF8String, caller: SubjectToken?) -> String? {
        let now = now()
        return places.withLock { places in
            places[Place(server: server, caller: caller?.digest)].flatMap { now < $0.until ? $0.token : nil }
        }
    }

    /// The server has refused a token: the next request asks for another one, though not all of them at once.
    func refused(_ token: String, by server: UTF8String, caller: SubjectToken?) {
        let place = Place(server: server, caller: caller?.digest)
        let now = now()
        places.withLock { places in
            guard let known = places[place], known.token == token, now >= known.retryAt else { return }
            places[place]?.token = nil
            places[place]?.retryAt = now + limits.tokenRetryMilliseconds
        }
    }

    @discardableResult private func ask(
        _ place: Place, _ places: inout [Place: Known], _ exchange: TokenExchange, _ caller: SubjectToken?, _ now: Int64
    ) -> Asking {
        if places.count >= limits.tokensMax {
            places = places.filter { $0.value.asking != nil || now < $0.value.until }
            // All of them in use: then it starts afresh, as it would after a restart.
            if places.count >= limits.tokensMax { places = places.filter { $0.value.asking != nil } }
        }
        let task = Task { [self] in
            let outcome = await granting.grant(exchange, subject: caller)
            return self.places.withLock { places in settle(place, &places, outcome, since: now) }
        }
        places[place, default: Known()].asking = task
        return task
    }

    private func settle(
        _ place: Place, _ places: inout [Place: Known], _ outcome: Result<GrantedToken, TokenRefused>, since: Int64
    ) -> Outcome {
        var known = places[place] ?? Known()
        defer { places[place] = known }
        known.asking = nil
        switch outcome {
        case .success(let granted):
            let lifetime = min(granted.lifetimeMilliseconds ?? limits.tokenMilliseconds, limits.tokenMillisecondsMax)
            // From when it was asked for, so that it never ends here later than there.
            known.until = since + lifetime - min(limits.tokenMarginMilliseconds, lifetime / 5)
            known.freshUntil = since + lifetime - min(2 * limits.tokenMarginMilliseconds, 2 * lifetime / 5)
            known.token = granted.token
            known.failure = nil
            return .success(granted.token)
        case .failure(let refused):
            let failure = UpstreamFailure(.unreachable, "server \(place.server): \(refused.text)")
            known.failure = failure
            known.retryAt = now() + limits.tokenRetryMilliseconds
            return .failure(failure)
        }
    }
}

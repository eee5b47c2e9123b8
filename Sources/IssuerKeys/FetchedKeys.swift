// SPDX-License-Identifier: Apache-2.0

public import Credentials
public import Passports
import Synchronization

/// Issuers' keys from their URLs, remembered.
///
/// One fetch at a time for each issuer, and nobody waits for an issuer's but who presents a token of it. Keys that are
/// known are used while newer ones are fetched.
public final class FetchedKeys: IssuerKeySource {
    private typealias Fetching = Task<Result<TokenKeys, KeysUnavailable>, Never>

    private struct Place: Hashable {
        let url: String
        let kind: TokenIssuer.Kind
    }

    private struct Known {
        var keys: TokenKeys?
        /// When they came.
        var since: Int64 = 0
        /// When somebody tried last, and how that ended.
        var triedAt: Int64?
        var failure: KeysUnavailable?
        var fetching: Fetching?
    }

    private let places = Mutex<[Place: Known]>([:])
    private let fetcher: any KeyFetching
    private let limits: FetchLimits
    private let now: @Sendable () -> Int64
    private let note: @Sendable (String) -> Void

    /// Keys that are not fetched yet.
    ///
    /// - Parameters:
    ///   - now: milliseconds that only rise.
    ///   - note: takes lines for the operator: each failure.
    public init(
        fetcher: any KeyFetching = KeyFetcher(), limits: FetchLimits = FetchLimits(),
        now: @escaping @Sendable () -> Int64, note: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.fetcher = fetcher
        self.limits = limits
        self.now = now
        self.note = note
    }

    /// An issuer's keys as they are known now; where they are not fresh, newer ones are asked for, and not waited for.
    public func known(of issuer: TokenIssuer) -> TokenKeys? {
        guard let place = Self.place(issuer) else { return nil }
        let now = now()
        return places.withLock { places in
            guard let known = places[place], let keys = usable(known, now) else { return nil }
            if now - known.since >= limits.freshMilliseconds, mayTry(known, now) { _ = fetch(place, &places, now) }
            return keys
        }
    }

    /// An issuer's keys.
    public func keys(of issuer: TokenIssuer) async -> Result<TokenKeys, KeysUnavailable> {
        if let keys = known(of: issuer) { return .success(keys) }
        guard let place = Self.place(issuer) else { return .failure(Self.noURL) }
        let now = now()
        let (task, failure) = places.withLock { places -> (Fetching?, KeysUnavailable?) in
            let known = places[place] ?? Known()
            if let fetching = known.fetching { return (fetching, nil) }
            guard mayTry(known, now) else { return (nil, known.failure) }
            return (fetch(place, &places, now), nil)
        }
        guard let task else { return .failure(failure ?? Self.wait) }
        return await task.value
    }

    /// An issuer's keys after one was not among them.
    public func newerKeys(of issuer: TokenIssuer) async -> Result<TokenKeys, KeysUnavailable> {
        guard let place = Self.place(issuer) else { return .failure(Self.noURL) }
        let now = now()
        let (task, keys) = places.withLock { places -> (Fetching?, TokenKeys?) in
            let known = places[place] ?? Known()
            let keys = usable(known, now)
            if let fetching = known.fetching { return (fetching, keys) }
            guard known.triedAt.map({ now - $0 >= limits.unknownKeyMilliseconds }) ?? true, mayTry(known, now) else {
                return (nil, keys)
            }
            return (fetch(place, &places, now), keys)
        }
        let outcome: Result<TokenKeys, KeysUnavailable> = await task?.value ?? .failure(Self.wait)
        // What is known goes on where nothing newer could be had.
        if case .failure = outcome, let keys { return .success(keys) }
        return outcome
    }

    private func usable(_ known: Known, _ now: Int64) -> TokenKeys? {
        now - known.since < limits.staleMilliseconds ? known.keys : nil
    }

    private func mayTry(_ known: Known, _ now: Int64) -> Bool {
        known.fetching == nil
            && (known.failure == nil || known.triedAt.map { now - $0 >= limits.retryMilliseconds } ?? true)
    }

    private func fetch(_ place: Place, _ places: inout [Place: Known], _ now: Int64) -> Fetching {
        if places.count >= limits.placesMax { places = places.filter { $0.value.fetching != nil } }
        let task = Task { [self] in
            let outcome = await fetched(place)
            self.places.withLock { places in
                places[place]?.fetching = nil
                switch outcome {
                case .success(let keys):
                    places[place]?.keys = keys
                    places[place]?.since = self.now()
                    places[place]?.failure = nil
                case .failure(let failure): places[place]?.failure = failure
                }
            }
            return outcome
        }
        places[place, default: Known()].fetching = task
        places[place]?.triedAt = now
        return task
    }

    private func fetched(_ place: Place) async -> Result<TokenKeys, KeysUnavailable> {
        guard let address = KeyAddress(place.url) else { return .failure(Self.noURL) }
        let outcome = await fetcher.fetch(address).flatMap { bytes in
            Result { () throws(TokenKeys.Failure) in try TokenKeys(parsing: bytes, of: place.kind) }
                .mapError { KeysUnavailable("what is there is no set of keys: \($0.description)") }
        }
        if case .failure(let failure) = outcome {
            note("writ: an issuer's keys at \(address.host) cannot be had: \(failure)")
        }
        return outcome
    }

    private static func place(_ issuer: TokenIssuer) -> Place? {
        if case .url(let url) = issuer.keys { Place(url: url, kind: issuer.kind) } else { nil }
    }

    private static let noURL = KeysUnavailable("the issuer has no URL that keys can be fetched from")
    private static let wait = KeysUnavailable("the issuer's keys are asked for again later")
}

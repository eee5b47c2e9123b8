// SPDX-License-Identifier: Apache-2.0

import Credentials
import IssuerKeys
import Passports
import StrictJSON
import Synchronization
import Testing

/// When keys are fetched, and who waits for it.
@Suite struct FetchedKeysTests {
    private let time = Mutexed<Int64>(0)
    private static let url = "https://idp.example/keys"

    private func keys(_ fetcher: FakeFetcher) -> FetchedKeys {
        let time = time
        return FetchedKeys(fetcher: fetcher, now: { time.value })
    }

    private static func issuer(_ url: String = url, iss: String = "https://login.example/") throws -> TokenIssuer {
        try Signer.issuer(keys: .url(url))
    }

    private static func set(_ signer: Signer = Signer()) throws -> Result<[UInt8], KeysUnavailable> {
        .success(Array(try signer.set.utf8))
    }

    @Test func `keys are fetched once for all who ask at the same time`() async throws {
        let hold = Hold()
        let fetcher = FakeFetcher(try Self.set(), hold: hold)
        let (keys, issuer) = (keys(fetcher), try Self.issuer())
        let asking = (0..<50).map { _ in Task { try await keys.keys(of: issuer).get().keys.count } }
        _ = try await fetcher.fetches.first("a fetch")
        hold.letGo()
        for task in asking { #expect(try await task.value == 1) }
        #expect(fetcher.count.withLock { $0 } == 1)
    }

    @Test func `who presents another issuer's token does not wait for a host that hangs`() async throws {
        let hold = Hold()
        let fetcher = FakeFetcher(try Self.set(), hold: hold, of: "slow.example")
        let issuers = try TokenIssuers([
            Signer.issuer("slow", iss: "https://slow.example/", keys: .url("https://slow.example/keys")),
            Signer.issuer("quick", keys: .url("https://quick.example/keys")),
        ])
        let verifier = TokenVerifier(keys: keys(fetcher), trusted: { issuers }, now: { .now })
        let slow = Array(try Signer().token(audience: "x") { $0["iss"] = "https://slow.example/" }.utf8)
        let waiting = Task { await verifier.verify(slow) }
        _ = try await fetcher.fetches.first("a fetch")
        let token = Array(try Signer().token(audience: "x").utf8)
        let verified = try await within("the other's token") { try await verifier.verify(token).get() }
        #expect(verified.facts.issuer == "quick")
        hold.letGo()
        #expect(try await waiting.value.get().facts.issuer == "slow")
    }

    @Test func `keys that are not fresh are used while newer ones are fetched`() async throws {
        let fetcher = FakeFetcher(try Self.set())
        let (keys, issuer) = (keys(fetcher), try Self.issuer())
        _ = try await keys.keys(of: issuer).get()
        _ = try await fetcher.fetches.first("a fetch")
        time.value = 600_000
        fetcher.answers(try Self.set(Signer(kid: "two", seed: 2)))
        #expect(keys.known(of: issuer)?.keys.first?.kid == "one")
        _ = try await fetcher.fetches.first("another fetch")
        try await within("the newer keys") {
            while keys.known(of: issuer)?.keys.first?.kid != "two" { await Task.yield() }
        }
    }

    @Test func `keys that could not be fetched anew for an hour do not count`() async throws {
        let fetcher = FakeFetcher(try Self.set())
        let (keys, issuer) = (keys(fetcher), try Self.issuer())
        _ = try await keys.keys(of: issuer).get()
        fetcher.answers(.failure(KeysUnavailable("the host has an address that is not of the public Internet")))
        time.value = 3_599_999
        #expect(keys.known(of: issuer) != nil)
        time.value = 3_600_000
        #expect(keys.known(of: issuer) == nil)
        #expect(await keys.keys(of: issuer).failure != nil)
    }

    @Test func `what has failed is not tried again at once`() async throws {
        let fetcher = FakeFetcher(.failure(KeysUnavailable("down")))
        let (keys, issuer) = (keys(fetcher), try Self.issuer())
        for _ in 0..<20 { #expect(await keys.keys(of: issuer).failure != nil) }
        #expect(fetcher.count.withLock { $0 } == 1)
        time.value = 10_000
        fetcher.answers(try Self.set())
        #expect(await keys.keys(of: issuer).failure == nil)
        #expect(fetcher.count.withLock { $0 } == 2)
    }

    @Test func `tokens with made-up key ids cost the issuer one fetch in half a minute`() async throws {
        let fetcher = FakeFetcher(try Self.set())
        let (keys, issuer) = (keys(fetcher), try Self.issuer())
        let issuers = try TokenIssuers([issuer])
        let verifier = TokenVerifier(keys: keys, trusted: { issuers }, now: { .now })
        time.value = 1_000_000
        for number in 0..<20 {
            let token = try Signer(kid: UTF8String("made-up-\(number)")).token(audience: "x")
            #expect(await verifier.verify(Array(token.utf8)).failure?.code == .unknownKey)
        }
        #expect(fetcher.count.withLock { $0 } == 1)
        time.value += 30_000
        fetcher.answers(try Self.set(Signer(kid: "two", seed: 2)))
        let token = Array(try Signer(kid: "two", seed: 2).token(audience: "x").utf8)
        _ = try await verifier.verify(token).get()
        #expect(fetcher.count.withLock { $0 } == 2)
        // What was verified under the old key does not count any more, and costs nothing either.
        let old = Array(try Signer().token(audience: "x").utf8)
        #expect(await verifier.verify(old).failure?.code == .unknownKey)
        #expect(fetcher.count.withLock { $0 } == 2)
    }

    @Test func `a document that is no set of keys leaves the keys that are known`() async throws {
        let fetcher = FakeFetcher(try Self.set())
        let (keys, issuer) = (keys(fetcher), try Self.issuer())
        _ = try await keys.keys(of: issuer).get()
        fetcher.answers(.success(Array("<html>".utf8)))
        time.value = 30_000
        #expect(try await keys.newerKeys(of: issuer).get().keys.count == 1)
        #expect(fetcher.count.withLock { $0 } == 2)
    }
}

/// A value that a test changes.
final class Mutexed<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) { state = Mutex(value) }

    var value: Value {
        get { state.withLock { $0 } }
        set { state.withLock { $0 = newValue } }
    }

    func change<Result: Sendable>(_ change: (inout Value) -> Result) -> Result { state.withLock { change(&$0) } }
}

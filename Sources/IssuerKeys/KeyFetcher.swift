// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
public import Credentials
import NIOCore
import NIOHTTP1

/// Fetches a document over HTTP.
public protocol KeyFetching: Sendable {
    /// The document at an address, of at most `CredentialLimits.keySetBytesMax` bytes.
    func fetch(_ address: KeyAddress) async -> Result<[UInt8], KeysUnavailable>
}

/// Fetches it for once: nothing of one fetch is left for the next.
///
/// The name is looked up here, every address of it must be of the public Internet, and the connection goes to one of
/// those that were looked at: who answers for the name the second time is not asked.
public struct KeyFetcher: KeyFetching {
    private let names: any HostNames
    private let limits: FetchLimits
    private let isAllowed: @Sendable (InternetAddress) -> Bool

    /// A fetcher.
    public init(names: any HostNames = SystemHostNames(), limits: FetchLimits = FetchLimits()) {
        self.init(names: names, limits: limits) { $0.isPublic }
    }

    /// For tests, whose public Internet is on this machine.
    package init(
        names: any HostNames, limits: FetchLimits, isAllowed: @escaping @Sendable (InternetAddress) -> Bool
    ) {
        self.names = names
        self.limits = limits
        self.isAllowed = isAllowed
    }

    /// The document at an address.
    public func fetch(_ address: KeyAddress) async -> Result<[UInt8], KeysUnavailable> {
        let limits = limits
        return await withTaskGroup(of: Result<[UInt8], KeysUnavailable>.self) { group in
            group.addTask { await fetchUnbounded(address) }
            group.addTask {
                do { try await Task.sleep(for: .milliseconds(limits.fetchMilliseconds)) } catch {}
                return .failure(KeysUnavailable("no answer within \(limits.fetchMilliseconds) ms"))
            }
            defer { group.cancelAll() }
            return await group.next() ?? .failure(KeysUnavailable("nothing was fetched"))
        }
    }

    private func fetchUnbounded(_ address: KeyAddress) async -> Result<[UInt8], KeysUnavailable> {
        let target: InternetAddress
        if address.isLoopback {
            target = InternetAddress(address.host) ?? Self.loopback
        } else {
            let found = await found(address.host)
            guard let first = found.first else { return .failure(KeysUnavailable("the host has no address")) }
            guard found.allSatisfy(isAllowed) else {
                return .failure(KeysUnavailable("the host has an address that is not of the public Internet"))
            }
            target = first
        }
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(
                connect: .milliseconds(limits.connectMilliseconds), read: .milliseconds(limits.fetchMilliseconds)),
            decompression: .disabled)
        configuration.httpVersion = .http1Only
        // The name stays the one that the certificate must have.
        if InternetAddress(address.host) == nil { configuration.dnsOverride = [address.host: target.text] }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let outcome = await Self.get(address, client, milliseconds: limits.fetchMilliseconds)
        do { try await client.shutdown() } catch {
            return .failure(KeysUnavailable("the connection could not be closed"))
        }
        return outcome
    }

    /// A look-up cannot be cancelled; whoever waits for it can.
    private func found(_ host: String) async -> [InternetAddress] {
        if let address = InternetAddress(host) { return [address] }
        let names = names
        let (answers, answer) = AsyncStream<[InternetAddress]>.makeStream()
        Task {
            answer.yield(await names.addresses(of: host))
            answer.finish()
        }
        for await found in answers { return found }
        return []
    }

    private static func get(
        _ address: KeyAddress, _ client: HTTPClient, milliseconds: Int64
    ) async -> Result<[UInt8], KeysUnavailable> {
        var request = HTTPClientRequest(url: address.url)
        request.headers.add(name: "Accept", value: "application/jwk-set+json, application/json")
        request.headers.add(name: "Accept-Encoding", value: "identity")
        do {
            let response = try await client.execute(request, timeout: .milliseconds(milliseconds))
            guard response.status == .ok else {
                return .failure(KeysUnavailable("the answer's status is \(response.status.code)"))
            }
            let body = try await response.body.collect(upTo: CredentialLimits.keySetBytesMax)
            return .success(Array(body.readableBytesView))
        } catch is NIOTooManyBytesError {
            return .failure(KeysUnavailable("the answer has more than \(CredentialLimits.keySetBytesMax) bytes"))
        } catch {
            return .failure(KeysUnavailable("the host could not be asked"))
        }
    }

    private static let loopback: InternetAddress = {
        guard let address = InternetAddress(bytes: [127, 0, 0, 1]) else { preconditionFailure("four bytes") }
        return address
    }()
}

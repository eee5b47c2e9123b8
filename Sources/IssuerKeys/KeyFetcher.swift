// SPDX-License-Identifier: Apache-2.0

public import Credentials

/// Fetches a document over HTTP.
public protocol KeyFetching: Sendable {
    /// The document at an address, of at most `CredentialLimits.keySetBytesMax` bytes.
    func fetch(_ address: KeyAddress) async -> Result<[UInt8], KeysUnavailable>
}

/// Fetches it for once, from an address of the public Internet, following nobody.
public struct KeyFetcher: KeyFetching {
    private let client: GuardedClient

    /// A fetcher.
    public init(names: any HostNames = SystemHostNames(), limits: FetchLimits = FetchLimits()) {
        self.init(names: names, limits: limits) { $0.isPublic }
    }

    /// For tests, whose public Internet is on this machine.
    package init(
        names: any HostNames, limits: FetchLimits, isAllowed: @escaping @Sendable (InternetAddress) -> Bool
    ) {
        client = GuardedClient(names: names, limits: limits, isAllowed: isAllowed)
    }

    /// The document at an address.
    public func fetch(_ address: KeyAddress) async -> Result<[UInt8], KeysUnavailable> {
        let question = GuardedClient.Question(
            accept: "application/jwk-set+json, application/json", answerBytesMax: CredentialLimits.keySetBytesMax)
        switch await client.ask(address, question) {
        case .success(let answer) where answer.status == 200: return .success(answer.body)
        case .success(let answer): return .failure(KeysUnavailable("the answer's status is \(answer.status)"))
        case .failure(let failure): return .failure(KeysUnavailable(failure.text))
        }
    }
}

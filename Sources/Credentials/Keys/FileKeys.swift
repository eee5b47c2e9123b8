// SPDX-License-Identifier: Apache-2.0

public import Passports
import Synchronization

/// Keys from files, read again when a second has passed, and over HTTP where there is somebody for it.
public final class FileKeys: IssuerKeySource {
    /// Reads a file of at most `CredentialLimits.keySetBytesMax` bytes by the name that the configuration has.
    public typealias Reader = @Sendable (String) -> Result<[UInt8], KeysUnavailable>

    private struct Place: Hashable {
        let path: String
        let kind: TokenIssuer.Kind
    }

    private struct Read {
        var at: Int64
        var bytes: [UInt8]
        var outcome: Result<TokenKeys, KeysUnavailable>
        var failure: KeysUnavailable? { if case .failure(let failure) = outcome { failure } else { nil } }
    }

    private let files = Mutex<[Place: Read]>([:])
    private let read: Reader
    private let now: @Sendable () -> Int64
    private let remote: (any IssuerKeySource)?
    private let note: @Sendable (String) -> Void

    /// Keys of files.
    ///
    /// - Parameters:
    ///   - remote: has the keys of issuers with a URL; without it they are not to be had.
    ///   - now: milliseconds that only rise.
    ///   - note: takes lines for the operator: why a file has no keys, once.
    public init(
        remote: (any IssuerKeySource)? = nil, now: @escaping @Sendable () -> Int64,
        note: @escaping @Sendable (String) -> Void = { _ in }, read: @escaping Reader
    ) {
        self.note = note
        self.remote = remote
        self.now = now
        self.read = read
    }

    /// An issuer's keys as they are known now.
    public func known(of issuer: TokenIssuer) -> TokenKeys? {
        guard case .file(let path) = issuer.keys else { return remote?.known(of: issuer) }
        guard case .success(let keys) = keys(path, issuer.kind, after: Self.lookMilliseconds) else { return nil }
        return keys
    }

    /// An issuer's keys.
    public func keys(of issuer: TokenIssuer) async -> Result<TokenKeys, KeysUnavailable> {
        guard case .file(let path) = issuer.keys else { return await remote?.keys(of: issuer) ?? .failure(Self.none) }
        return keys(path, issuer.kind, after: Self.lookMilliseconds)
    }

    /// The same, with what has been written to the file since.
    public func newerKeys(of issuer: TokenIssuer) async -> Result<TokenKeys, KeysUnavailable> {
        guard case .file(let path) = issuer.keys else {
            return await remote?.newerKeys(of: issuer) ?? .failure(Self.none)
        }
        return keys(path, issuer.kind, after: Self.lookMilliseconds)
    }

    private func keys(
        _ path: String, _ kind: TokenIssuer.Kind, after milliseconds: Int64
    ) -> Result<TokenKeys, KeysUnavailable> {
        files.withLock { files in
            let (place, now) = (Place(path: path, kind: kind), now())
            if let known = files[place], now - known.at < milliseconds { return known.outcome }
            if files.count > TokenLimits.issuersMax { files = [:] }
            var bytes: [UInt8] = []
            let outcome: Result<TokenKeys, KeysUnavailable>
            switch read(path) {
            case .failure(let failure): outcome = .failure(failure)
            case .success(let read):
                if let known = files[place], known.bytes == read {
                    files[place]?.at = now
                    return known.outcome
                }
                bytes = read
                outcome = Result { () throws(TokenKeys.Failure) in try TokenKeys(parsing: read, of: kind) }
                    .mapError { KeysUnavailable("\(path): \($0.description)") }
            }
            if case .failure(let failure) = outcome, files[place]?.failure != failure {
                note("writ: an issuer's keys cannot be had: \(failure)")
            }
            files[place] = Read(at: now, bytes: bytes, outcome: outcome)
            return outcome
        }
    }

    /// How long a file is taken to be unchanged.
    private static let lookMilliseconds: Int64 = 1000
    private static let none = KeysUnavailable("the issuer's keys are at a URL, and this program fetches none")
}

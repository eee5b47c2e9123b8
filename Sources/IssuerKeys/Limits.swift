// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// When issuers' keys are fetched, and what it may take.
public struct FetchLimits: Sendable {
    /// How long the look-up of a host's name, the connection and the answer may take together: a caller waits for it.
    public var fetchMilliseconds: Int64 = 5_000
    /// How long the connection may take of it.
    public var connectMilliseconds: Int64 = 2_000
    /// After which time keys are fetched anew, while those that are known go on: ten minutes.
    public var freshMilliseconds: Int64 = 600_000
    /// After which time keys that could not be fetched anew do not count any more: an issuer that has withdrawn a key, or
    /// a host that is not the issuer's any more, is believed for an hour at most.
    public var staleMilliseconds: Int64 = 3_600_000
    /// How long nobody tries again after it has failed.
    public var retryMilliseconds: Int64 = 10_000
    /// How often keys are fetched because a token names one that is not there: whoever makes up ids costs an issuer two
    /// requests a minute.
    public var unknownKeyMilliseconds: Int64 = 30_000
    /// Places whose keys are remembered: the issuers of two configurations.
    public var placesMax = 128

    /// Bytes of a token endpoint's answer: 64 KiB, a token and its relatives.
    static let grantBytesMax = 64 << 10
    /// Bytes of a token that it gives: 16 KiB, more than HTTP servers take in one header's line.
    static let grantedTokenBytesMax = 16 << 10
    /// The longest time that a token is believed to count, in seconds: a month.
    static let grantSecondsMax: Int64 = 31 * 86_400
    /// For such an answer.
    static let grant = JSONLimits(bytesMax: grantBytesMax, depthMax: 16, nodesMax: 1024, numberBytesMax: 32)

    /// The defaults.
    public init() {}
}

// SPDX-License-Identifier: Apache-2.0

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

    /// The defaults.
    public init() {}
}

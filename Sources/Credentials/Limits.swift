// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What bounds issuers' keys, and what is remembered of tokens. `TokenLimits` bounds tokens.
public enum CredentialLimits {
    /// Bytes of a set of keys: 256 KiB, ten times the largest in use.
    public static let keySetBytesMax = 256 << 10
    /// Keys in a set: 128. A set with the certificates of a large trust domain has some dozens.
    public static let keysMax = 128
    /// Bits of an RSA modulus: below, it can be factored; above, a verification takes milliseconds.
    static let modulusBits = 2048...8192
    /// Bytes of an RSA exponent: 65537 has three.
    static let exponentBytesMax = 4
    /// Bytes of a key's id.
    static let kidBytesMax = 256
    /// Verified tokens that are remembered: agents of one gateway, with their last and their next token. Each takes some
    /// thousand bytes.
    static let tokensRemembered = 8192
    /// Bytes of a proof: with an RSA key of 8192 bits in it some three thousand.
    static let proofBytesMax = 8 << 10
    /// Bytes of a proof's id. A UUID has 36.
    static let proofIDBytesMax = 128
    /// Bytes of a proof's URL; as of a resource's.
    static let proofURLBytesMax = 2048
    /// How old a proof may be, in milliseconds: a minute. So long, and a minute more where its clock is ahead, it is
    /// remembered.
    static let proofMilliseconds: Int64 = 60_000
    /// Used proofs of one key that are remembered: 270 requests a second, for a minute. Beyond it they are refused.
    static let proofsOfKey = 16_384
    /// Used proofs of all keys: some 25 MB.
    static let proofsRemembered = 262_144
    /// For how long one nonce is given out, in milliseconds; it is accepted for as long again.
    static let nonceMilliseconds: Int64 = 60_000
    /// Bytes of a file with keys; as of a set.
    static let token = JSONLimits(bytesMax: 16 << 10, depthMax: 16, nodesMax: 4096, numberBytesMax: 64)
    /// For sets of keys.
    static let keySet = JSONLimits(bytesMax: keySetBytesMax, depthMax: 8, nodesMax: 8192, numberBytesMax: 64)
}

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
    /// Bytes of a file with keys; as of a set.
    static let token = JSONLimits(bytesMax: 16 << 10, depthMax: 16, nodesMax: 4096, numberBytesMax: 64)
    /// For sets of keys.
    static let keySet = JSONLimits(bytesMax: keySetBytesMax, depthMax: 8, nodesMax: 8192, numberBytesMax: 64)
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What bounds certificates.
public enum CertificateLimits {
    /// Bytes of a bundle: 256 KiB, some hundred authorities.
    public static let bundleBytesMax = 256 << 10
    /// Certificates of a bundle: 128.
    static let anchorsMax = 128
    /// Certificates that a client shows: its own and four that lead from it to an authority. More of them could be tried in
    /// too many orders.
    static let chainMax = 5
    /// Bytes of one of them: 16 KiB.
    static let certificateBytesMax = 16 << 10
    /// How long a file is taken to be unchanged, in milliseconds.
    static let lookMilliseconds: Int64 = 1000
    /// For bundles that are JSON.
    static let bundle = JSONLimits(bytesMax: bundleBytesMax, depthMax: 8, nodesMax: 8192, numberBytesMax: 64)
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// How large a passport may be.
public enum PassportLimits {
    /// Bytes of a passport file: 64 KiB. Real passports are a few KiB; one is read for every call of a hook.
    public static let fileBytesMax = 65_536
    /// Arrays and objects inside each other, the file's own two included: 16. Known limits nest five deep.
    public static let depthMax = 16
    /// Values in a file: 8,192, about one per eight bytes of the largest file.
    public static let nodesMax = 8192
    /// Bytes of one number: 64, more than any exact double needs.
    public static let numberBytesMax = 64
    /// Bytes of an agent's, owner's, passport's or issuer's id: 256, as long as the longest SPIFFE ids in use.
    public static let identifierBytesMax = 256
    /// Bytes of a key id: 256, for OAP's `oap:owner:<domain>:<keyid>`.
    public static let kidBytesMax = 256
    /// Capabilities: 256. The published packs ask for 24 between them.
    public static let capabilitiesMax = 256
    /// Bytes of one capability's id: 128; the longest published one has 24.
    public static let capabilityBytesMax = 128
    /// Regions: 512, twice as many as there are countries.
    public static let regionsMax = 512
    /// Teams: 64; each becomes a parent entity of every request.
    public static let teamsMax = 64
    /// Bytes of a date-time: 64, for fractions far below the millisecond.
    public static let dateTimeBytesMax = 64
    /// Bytes of a DID: 512, for `did:web` with a path.
    public static let didBytesMax = 512
    /// Dotted parts in the name of a limit: 16, the nesting of a file.
    public static let limitPartsMax = 16
    /// Trusted issuers: 1,024. A look-up is a hash; the bound is against a mistake in a generated configuration.
    public static let issuersMax = 1024

    /// Passports in a chain: 8, the root among them. Each is judged with every call, and costs a signature's verification.
    public static let chainMax = 8

    /// For files from disk.
    static let file = JSONLimits(
        bytesMax: fileBytesMax, depthMax: depthMax, nodesMax: nodesMax, numberBytesMax: numberBytesMax)
    /// For chains from disk: as large as a file, so that every door takes them, and two levels deeper.
    static let chain = JSONLimits(
        bytesMax: fileBytesMax, depthMax: depthMax + 2, nodesMax: nodesMax, numberBytesMax: numberBytesMax)
    /// For the canonical form of a file: `1e20` becomes 21 digits, so it may be longer than what was read.
    static let canonical = JSONLimits(
        bytesMax: 8 * fileBytesMax, depthMax: depthMax, nodesMax: nodesMax, numberBytesMax: numberBytesMax)
}

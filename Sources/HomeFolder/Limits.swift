// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// How large the folder's files may be. They are the operator's own, so the limits only stop accidents.
enum Limits {
    /// A key is a few hundred bytes.
    static let keyBytes = 4 << 10
    /// A passport with many capabilities and limits.
    static let passportBytes = 256 << 10
    /// The configuration.
    static let configurationBytes = 1 << 20
    /// One policy file.
    static let policyBytes = 4 << 20
    /// Policy files in the folder.
    static let policyFiles = 1000
    /// A server's tool definitions: the largest answer that the gateway takes from a server.
    static let toolFileBytes = 4 << 20
    /// All tool definitions together. They are kept with the evidence, as part of the configuration.
    static let toolFilesBytes = 16 << 20
    /// A configuration of the archive, with its tool definitions as JSON strings.
    static let archivedConfiguration = JSONLimits(bytesMax: 64 << 20)
    /// How long the files of the rulebook are taken to be unchanged: looking costs a tenth of a decision.
    static let rulebookMilliseconds: Int64 = 100
    /// A passport folder's files.
    static let passportFiles = 10_000
}

// SPDX-License-Identifier: Apache-2.0

/// One installation's folder, and where in it things are.
public struct Home: Sendable {
    /// The folder, absolute.
    public let path: String

    /// The folder at an absolute path.
    public init(_ path: String) { self.path = path }

    /// `writ.yaml`.
    public var configuration: String { path + "/writ.yaml" }
    /// The configuration's JSON Schema, which its first line names.
    public var configurationSchema: String { path + "/writ.schema.json" }
    /// `policies/`.
    public var policies: String { path + "/policies" }
    /// `passports/`.
    public var passports: String { path + "/passports" }
    /// `keys/`.
    public var keys: String { path + "/keys" }
    /// `secrets/`: what servers are given and nobody else, a file each.
    public var secrets: String { path + "/secrets" }
    /// The log, evidence and state.
    public var ledger: String { path + "/ledger.sqlite" }
    /// `enforcers/`: a socket for each process that enforces decisions at the moment.
    public var enforcers: String { path + "/enforcers" }
    /// The keys of the evidence; not part of ordinary backups.
    public var evidenceKeys: String { path + "/evidence-keys.sqlite" }
}

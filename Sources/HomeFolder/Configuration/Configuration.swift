// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// What `writ.yaml` says, checked. Unknown members are errors with a suggestion, since a misspelt setting is a lock that
/// is not on.
public struct Configuration: Sendable {
    /// The agent whose passport is used where none is named.
    public var agent: UTF8String?
    /// Who may sign passports: a name and a public key each.
    public var issuers: [Issuer]
    /// The zone of `context.local`: an IANA name.
    public var timeZone: String
    /// The servers that Writ stands before, by alias.
    public var servers: [Server]
    /// Where the ledger is; relative to the folder.
    public var ledger: String
    /// The mode of custody.
    public var mode: Mode
    /// The whole document as it was read, for its digest and for the record.
    public var document: JSON

    /// A trusted signer of passports.
    public struct Issuer: Sendable, Hashable {
        /// What receipts call it.
        public var name: UTF8String
        /// The Ed25519 public key: 32 bytes.
        public var publicKey: [UInt8]
    }

    /// How Writ's own files are guarded; see README.
    public enum Mode: String, Sendable, CaseIterable {
        /// Writ runs as the agent's user.
        case cooperative
    }

    /// A server, in the shape that MCP clients use.
    public struct Server: Sendable {
        /// `[a-z0-9-]{1,16}`; what policies call it.
        public var alias: UTF8String
        /// The program.
        public var command: String
        /// Its arguments.
        public var arguments: [String]
        /// What is added to its environment.
        public var environment: [String: String]
        /// Its working directory.
        public var workingDirectory: String?
        /// What its paths are relative to, where it is not the working directory.
        public var root: String?
        /// Whether its file system is this machine's.
        public var filesystem: FileSystem
        /// Maps of its tools, where the built-in ones do not serve.
        public var map: JSON?
        /// The file with its tools' definitions, as it answers `tools/list`; relative to the folder.
        public var tools: String?
    }

    /// Whose paths a server's paths are.
    public enum FileSystem: String, Sendable, CaseIterable {
        /// This machine's.
        case local
        /// Another's: names only.
        case foreign
    }
}

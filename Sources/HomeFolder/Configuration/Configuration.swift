// SPDX-License-Identifier: Apache-2.0

public import Decisions
public import Packs
public import Passports
public import StrictJSON
public import WireTypes

/// What `writ.yaml` says, checked. Unknown members are errors with a suggestion, since a misspelt setting is a lock that
/// is not on.
public struct Configuration: Sendable {
    /// The agent whose passport is used where none is named.
    public var agent: UTF8String?
    /// The file with the key that this passport is bound to, where it is; relative to the folder.
    public var agentKey: String?
    /// Who may sign passports: a name and a public key each.
    public var issuers: [Issuer]
    /// Who may sign tokens.
    public var tokenIssuers: [TokenIssuer]
    /// The zone of `context.local`: an IANA name.
    public var timeZone: String
    /// The servers that Writ stands before, by alias.
    public var servers: [Server]
    /// Where the ledger is; relative to the folder.
    public var ledger: String
    /// The mode of custody.
    public var mode: Mode
    /// Who says what is in force, where that was said.
    public var administration: Administration?
    /// Whom Writ is kept apart from, in mode `protected`.
    public var protection: Protection
    /// Where `writ serve` listens.
    public var listen: ListenAddress
    /// Its certificate, where it speaks TLS.
    public var tls: ListenTLS?
    /// The URL that tokens are given for, where it is not `/mcp` at the address listened on.
    public var resource: String?
    /// Whether proofs over HTTP must have a nonce that `writ serve` has given.
    public var proofsNeedNonce: Bool
    /// How long a server may say nothing about a request before it counts as failed, in seconds.
    public var callTimeoutSeconds: Int64
    /// How long agents' labels are kept, in milliseconds.
    public var labelsKeptMilliseconds: Int64
    /// Who may approve calls.
    public var approvals: ApprovalRules
    /// What holds where no task grant covers a call.
    public var grants: GrantRules
    /// How long a call that may report progress is held while it waits for an approval, in milliseconds.
    public var approvalWaitMilliseconds: Int64
    /// Which calls come whole under the packs that nobody has named for their tools.
    public var packs: PackScope
    /// The whole document as it is kept for the record: without the values of variables and headers, of which it has
    /// digests. Its own digest is the configuration's.
    public var document: JSON
    /// SHA-256 of the file that this was read from; `nil` where it is of no file.
    public internal(set) var fileDigest: Digest?

    /// A trusted signer of passports.
    public struct Issuer: Sendable, Hashable {
        /// What receipts call it.
        public var name: UTF8String
        /// The Ed25519 public key: 32 bytes.
        public var publicKey: [UInt8]
    }

    /// Which calls come whole under packs that nobody has named.
    public enum PackScope: String, Sendable, CaseIterable {
        /// Those of passports that have limits of the pack.
        case limited
        /// All.
        case required
    }

    /// How Writ's own files are guarded; see README.
    public enum Mode: String, Sendable, CaseIterable {
        /// Writ runs as the agent's user.
        case cooperative
        /// Writ is a user of its own, and only what administrators have signed is in force.
        case protected
    }

    /// A server, in the shape that MCP clients use.
    public struct Server: Sendable {
        /// `[a-z0-9-]{1,16}`; what policies call it.
        public var alias: UTF8String
        /// How it is reached.
        public var endpoint: Endpoint
        /// What its paths are relative to, where it is not the working directory.
        public var root: String?
        /// Whether its file system is this machine's.
        public var filesystem: FileSystem
        /// Maps of its tools, where the built-in ones do not serve.
        public var map: JSON?
        /// The built-in map that fits it, where its program's name does not say so.
        public var namedMap: UTF8String?
        /// The file with its tools' definitions, as it answers `tools/list`, or signed; relative to the folder.
        public var tools: String?
        /// What happens to a tool of its that is seen for the first time.
        public var pins: Pins
        /// The OAP packs that its tools come under, where that is said.
        public var packs: [UTF8String: PackBinding]
    }

    /// How a server is reached.
    public enum Endpoint: Sendable {
        /// A program that is started.
        case program(Program)
        /// MCP's Streamable HTTP.
        case url(Remote)
    }

    /// A server's program.
    public struct Program: Sendable {
        /// The program, by its path or found on `PATH`.
        public var command: String
        /// Its arguments.
        public var arguments: [ConfiguredText]
        /// What is added to its environment, in the document's order.
        public var environment: [NamedText]
        /// Its working directory.
        public var workingDirectory: String?
    }

    /// A server elsewhere.
    public struct Remote: Sendable {
        /// `https:`, or `http:` to a loopback address; without user information.
        public var url: ServerURL
        /// What is sent with every request, in the document's order.
        public var headers: [NamedText]
        /// What is shown to it besides, that changes while Writ runs.
        public var credential: ServerCredential?
    }

    /// A name and a text that may be a secret.
    public struct NamedText: Sendable {
        /// The variable's name, or the header's.
        public var name: String
        /// Its value.
        public var text: ConfiguredText
    }

    /// What happens to a tool at first sight.
    public enum Pins: String, Sendable, CaseIterable {
        /// It waits until somebody approves it.
        case quarantine
        /// It is approved as it is; changes are not.
        case firstUse = "first-use"
    }

    /// Whose paths a server's paths are.
    public enum FileSystem: String, Sendable, CaseIterable {
        /// This machine's.
        case local
        /// Another's: names only.
        case foreign
    }
}

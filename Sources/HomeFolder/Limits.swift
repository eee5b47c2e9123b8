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
    /// `labels/keep`, in milliseconds: a label that lasts no minute would be logged with every call.
    static let labelsKept: ClosedRange<Int64> = 60_000...(365 * 86_400_000)
    /// `approvals/expires`, in milliseconds: nobody finds an approver in less than a minute, and what was approved a week
    /// ago is not what is meant now.
    static let approvalExpiry: ClosedRange<Int64> = 60_000...(7 * 86_400_000)
    /// `approvals/wait`, in seconds: an hour is longer than any client waits.
    static let approvalWaitSeconds: ClosedRange<Int64> = 0...3_600
    /// Groups that approve, approvers of one, and names of one approver: as many as people keep in mind, and more.
    static let approvalGroups = 64
    static let approversOfGroup = 64
    static let approverIdentities = 64
    /// `grants/agents`: as many agents as one installation has.
    static let grantAgents = 4096
    /// Files of one folder that could be keys.
    static let keyFiles = 1_000
    /// People who administer one installation; receipts' format has room for as many signatures.
    static let administrators = 16
    /// Users of the machine that agents run as.
    static let protectedUsers = 256
    /// A seal: a digest for each of a thousand policies, and what stands around them.
    static let sealBytes = 1 << 20
    /// `call_timeout`, in seconds: a day is longer than any tool that somebody waits for.
    static let callTimeoutSeconds: ClosedRange<Int64> = 1...86_400
    /// A file that holds one secret: tokens have some thousand bytes at most.
    static let secretBytes = 64 << 10
    /// A configuration of an MCP client. Claude Code's also has its history.
    static let clientFileBytes = 16 << 20
    /// Servers of one client: more is an accident, and each is started once.
    static let clientServers = 200
    /// How deep a client's file is nested.
    static let clientDepth = 64
}

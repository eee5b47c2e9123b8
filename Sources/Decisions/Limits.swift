// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// What bounds a decision.
enum Limits {
    /// A policy's `@reason`: it goes into every receipt that the policy decides, of 60 KiB at most.
    static let reasonBytes = 500
    /// A policy's id: as much as receipts can name.
    static let policyIDBytes = 256
    /// A tool's name. MCP gives no bound; names go into the log where they are known.
    static let toolNameBytes = 256
    /// A caller's nonce or session.
    static let tokenBytes = 128
    /// Reasons, determining policies and policy errors that a receipt lists.
    static let listed = 64
    /// An archive of policy files, read back from the operator's own ledger.
    static let archiveBytes = 64 << 20
    /// Evidence read back: written by this program from trees within their limits, with a call of up to 4 MiB in it.
    static let evidence = JSONLimits(bytesMax: 64 << 20, depthMax: 512, nodesMax: 4_000_000)
    /// Tools of one listing that are looked at, and pins that one server may have: servers have hundreds at most, and
    /// `ToolTypesLimits.toolsMax` is as much as policies are checked against.
    static let toolsPerServer = 4096
    static let pinsPerServer = 4096
    /// Bytes of a definition in canonical form: ten times what the longest of real servers has.
    static let definitionBytes = 256 << 10
    /// Sightings of one server's tools that are logged within a minute: more than any server lists at once.
    static let sightingsPerMinute = 1024
    /// Bytes of their definitions, which the ledger keeps: many times what real servers list.
    static let sightingBytesPerMinute = 4 << 20
    /// Definitions whose types are remembered; of two large servers.
    static let definitionsRemembered = 8192
    /// Calls of one agent that may wait for approvals at once: more than people look at, and each has a receipt.
    static let approvalsWaiting = 32
    /// Approvals that a list shows: more than people look through.
    static let approvalsListed = 1_000
    /// How old an approver's signature may be, and how far ahead of this clock, in milliseconds: it is made when the act
    /// is sent.
    static let approvalActAge: Int64 = 5 * 60_000
    static let approvalActLead: Int64 = 5_000
    /// A task grant's tools, effects, and tests of parameters: one task's, which somebody has thought of.
    static let grantTools = 8
    static let grantEffects = 8
    static let grantTests = 16
    /// Bytes of one test, or of one effect, as it is given: a short list of values.
    static let grantTextBytes = 1024
    /// Names inside each other that lead to a tested parameter, and elements of a list that it is compared with.
    static let grantPathNames = 8
    static let grantListElements = 64
    /// Bytes of a grant's policy, which each decision of its agent evaluates.
    static let grantPolicyBytes = 64 << 10
    /// Bytes of what a grant is for: a request as a user writes it.
    static let grantTaskBytes = 16 << 10
    /// Sets of policies with grants that a process remembers: agents that are at tasks at once.
    static let grantBooksRemembered = 64
    /// Times an approval is tried that something else comes before.
    static let approvalAttempts = 8
    /// Times a call is judged while the state that it is judged by moves before it is logged. An operator's acts come one
    /// at a time, a second or more apart; a few may fall into one decision where several processes share a log, and more
    /// than these are somebody's script, or a fault.
    static let moves = 4
    /// Times a call's own labels are logged before it: once, but a path may lead elsewhere when it is judged again.
    static let labellings = 3
    /// Times other agents may gain labels, and other tools be approved, while a call is decided: many agents that start at
    /// once, and a server's whole list that is approved tool by tool.
    static let othersMoves = 32
    /// Answers to what may be shown that are remembered, of all agents together.
    static let visibilityRemembered = 65_536
    /// Refusals of one speaker that get a receipt each, at once; then one a second. An agent that runs into refusals makes
    /// a few in a minute; with what is kept of each this is some megabytes, and a fifth of a gigabyte in a day.
    static let denialsAtOnce: Int64 = 1024
    /// Bytes of a refused message that cost as much as another receipt: they are kept as evidence.
    static let denialBytes = 16 << 10
    /// Speakers whose refusals are counted apart: as many agents as one gateway has, and their servers.
    static let speakersRemembered = 4096
    /// How long an allow holds.
    static let permitMilliseconds: Int64 = 30_000
}

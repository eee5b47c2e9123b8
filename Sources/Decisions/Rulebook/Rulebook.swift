// SPDX-License-Identifier: Apache-2.0

public import Effects
public import Packs
public import Passports
public import StrictJSON
public import ToolTypes
public import WireTypes

/// Everything an operator has laid down, as one immutable value: what a decision is made by.
public struct Rulebook: Sendable {
    /// The policies.
    public let policies: PolicyBook
    /// The configuration as canonical JSON; kept with the evidence for a replay.
    public let configuration: [UInt8]
    /// Its digest.
    public let configurationDigest: Digest
    /// Who may sign passports.
    public let issuers: TrustedIssuers
    /// Who may sign tokens.
    public let tokenIssuers: TokenIssuers
    /// What tools would do.
    public let maps: ToolMaps
    /// Which packs tools' calls come under.
    public let packs: ToolPacks
    /// How tools' arguments are read, where their definitions are known.
    public let argumentTypes: ArgumentTypes
    /// The definitions that the operator's own manifests have, by digest (`ToolListing.digest`): approved, and nothing else
    /// is, whatever the log says of these tools.
    public let manifest: [ToolReference: Digest]
    /// How long a label is kept after what gave it, in milliseconds; more than 0.
    public let labelsKeptMilliseconds: Int64
    /// Who may approve calls.
    public let approvals: ApprovalRules
    /// What holds where no task grant covers a call.
    public let grants: GrantRules
    /// The zone of `context.local`.
    public let zone: any TimeZoneRules
    /// The administrators' seal that was in force when this was read; `nil` where there was none. No part of what is
    /// judged by: an allow under another seal is not logged.
    public private(set) var seal: Digest?
    /// Why nothing may be allowed by this: the files are not what the administrators have signed. It is what was in force
    /// before, so that refusals can be logged. `nil` where all is well.
    public private(set) var fault: UTF8String?
    /// Whether the mode is `protected`, and all is as it was sealed.
    public private(set) var isSealed = false

    /// The same, as read under a seal.
    ///
    /// - Parameters:
    ///   - isProtected: whether nothing but what was sealed may be in force.
    ///   - fault: why nothing may be allowed.
    public func read(under seal: Digest?, isProtected: Bool, fault: UTF8String? = nil) -> Rulebook {
        var book = self
        book.seal = seal
        book.fault = fault
        book.isSealed = isProtected && fault == nil
        return book
    }

    /// How long labels are kept where nobody has said: a day's work.
    public static let labelsKeptMillisecondsByDefault: Int64 = 12 * 3_600_000

    /// A rulebook.
    public init(
        policies: PolicyBook, configuration: [UInt8], configurationDigest: Digest, issuers: TrustedIssuers,
        tokenIssuers: TokenIssuers = .none, maps: ToolMaps, packs: ToolPacks = ToolPacks(),
        argumentTypes: ArgumentTypes = ArgumentTypes(),
        manifest: [ToolReference: Digest] = [:],
        labelsKeptMilliseconds: Int64 = Rulebook.labelsKeptMillisecondsByDefault,
        approvals: ApprovalRules = .none, grants: GrantRules = .none, zone: any TimeZoneRules
    ) {
        self.policies = policies
        self.configuration = configuration
        self.configurationDigest = configurationDigest
        self.issuers = issuers
        self.tokenIssuers = tokenIssuers
        self.maps = maps
        self.packs = packs
        self.argumentTypes = argumentTypes
        self.manifest = manifest
        self.labelsKeptMilliseconds = max(1, labelsKeptMilliseconds)
        self.approvals = approvals
        self.grants = grants
        self.zone = zone
    }
}

/// Where the rulebook in force comes from. What changes takes effect with the next call.
public protocol RulebookSource: Sendable {
    /// The rulebook in force.
    ///
    /// - Throws: `RulebookError` where there is none that can be used; then nothing is allowed.
    func current() throws(RulebookError) -> Rulebook
}

/// Why there is no usable rulebook: for the operator, not for the agent.
public struct RulebookError: Error, Sendable, CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public let description: String

    /// An error.
    public init(_ description: String) { self.description = description }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

/// One pack as a table has it (`PackReader`): what a call must bring, and the rules in their order.
struct PackDefinition: Sendable {
    let id: UTF8String
    /// Under which names a passport has the pack's limits: the pack's own without its version, and capabilities.
    let scopes: [UTF8String]
    var members: [MemberRule] = []
    var rules: [PackRule] = []
    /// Limits that some rule looks at or that mean nothing here; any other refuses, since nobody would enforce it.
    var knownLimits: Set<UTF8String> = []
    /// Whether the pack's record has records under keys that a call names.
    var hasKeys: Bool { rules.contains { $0.check.limitPath?.places.contains { $0.name == nil } ?? false } }
}

/// A member of a call.
struct MemberRule: Sendable {
    /// Its spellings; the first is OAP's, and one of an inner member is dotted: `items.-.sku`.
    let names: [UTF8String]
    let isRequired: Bool
    let type: MemberType
    /// The code where it is not of its type, if that is not `oap.invalid_context`.
    let code: UTF8String?
}

enum MemberType: Sendable, Equatable {
    /// So many Unicode scalars, as JSON Schema counts.
    case text(ClosedRange<Int64>)
    case integer(ClosedRange<Int64>)
    case number
    case bool
    case object
    case list(ClosedRange<Int64>)
    case texts(ClosedRange<Int64>)
    case one([UTF8String])
    case form(TextForm)
    case forms(TextForm, ClosedRange<Int64>)
}

/// One rule.
struct PackRule: Sendable {
    let name: UTF8String
    let code: UTF8String
    let check: PackCheck
    /// All must hold for the rule to be looked at.
    let conditions: [PackCondition]
}

/// What a member is: one of these texts, numbers or booleans; `*` is anything but an empty text; nothing is an empty text
/// or none.
struct PackCondition: Sendable {
    let member: MemberPath
    let values: [UTF8String]
}

/// Where a value is in a call: `items.-.category`. `-` is every element.
struct MemberPath: Sendable {
    let parts: [UTF8String]
    /// Whether the rule passes where the call has no such value.
    let isOptional: Bool
    var text: String { parts.map(\.string).joined(separator: ".") }
}

/// Where a limit is in a passport: alternatives, the first that is there counts.
struct LimitPath: Sendable {
    struct Place: Sendable {
        /// The limit; `nil` for the pack's record itself.
        let name: UTF8String?
        /// The member of the call whose text is the key to go on with: `currency_limits[currency].daily_cap`.
        let key: UTF8String?
        let rest: UTF8String?
    }

    let places: [Place]
    /// Whether the rule passes where the passport has no such limit.
    let isOptional: Bool
    /// What messages call it.
    let text: String
}

enum PackWindow: String, Sendable {
    case minute, hour, day, ever

    var milliseconds: Int64? {
        switch self {
        case .minute: 60_000
        case .hour: 3_600_000
        case .day: 86_400_000
        case .ever: nil
        }
    }
}

/// What a rule asks.
enum PackCheck: Sendable {
    /// Each value is in the limit's list.
    case listed(MemberPath, LimitPath)
    /// No value is.
    case unlisted(MemberPath, LimitPath)
    case atMost(MemberPath, LimitPath)
    case atLeast(MemberPath, LimitPath)
    case below(MemberPath, LimitPath)
    /// So many elements.
    case size(MemberPath, LimitPath)
    /// So many bytes when written as JSON.
    case bytes(MemberPath, LimitPath)
    /// So many seconds old.
    case age(MemberPath, LimitPath)
    /// Where the limit is true the call brings the value: a text that is not empty, `true`, anything else that is there.
    case asks(LimitPath, MemberPath)
    /// The same, where the limit is not false.
    case asksUnless(LimitPath, MemberPath)
    /// The limit is true.
    case granted(LimitPath)
    /// The limit is not true: what it asks for nobody here can know.
    case refused(LimitPath)
    /// Two values are the same, where both are there.
    case same(MemberPath, MemberPath)
    /// Refuses whenever the conditions hold.
    case never
    /// So many calls in a window, apart for each value.
    case count(PackWindow, LimitPath, by: MemberPath?)
    /// So much in a window, apart for each value.
    case sum(PackWindow, MemberPath, LimitPath, by: MemberPath?)
    /// A value is used once, for ever.
    case once(MemberPath)
    /// What a row cannot say.
    case handler(PackHandler)
}

/// Rules written in Swift.
enum PackHandler: String, Sendable, CaseIterable {
    case commands, commandPatterns = "command-patterns", workingDirectory = "working-directory", environment
    case pathsAllowed = "paths-allowed", pathsBlocked = "paths-blocked", pathPatterns = "path-patterns"
    case extensions, sensitiveReads = "sensitive-reads", sensitiveWrites = "sensitive-writes"
    case contentSize = "content-size"
    case webAddress = "web-address", domainsAllowed = "domains-allowed", domainsBlocked = "domains-blocked"
    case privateAddress = "private-address", headers
    case recipients, mentions
    case serverURL = "server-url", serversAllowed = "servers-allowed", toolsAllowed = "tools-allowed"
    case actionCapability = "action-capability", repositories, branches, changedPaths = "changed-paths"
    case changeSize = "change-size", releaseFiles = "release-files"
    case quota
    case assurance, payees, refundTotal = "refund-total"
    case pairTokens = "pair-tokens", validationChecks = "validation-checks"
    case criteriaAttested = "criteria-attested", criteriaEvidence = "criteria-evidence", criteriaMet = "criteria-met"
    case summaryWords = "summary-words", reviewer, outputPatterns = "output-patterns"

    /// Limits that only this rule looks at.
    var limits: [UTF8String] {
        switch self {
        case .commands: ["allowed_commands"]
        case .commandPatterns: ["blocked_patterns"]
        case .workingDirectory: ["allowed_working_directories"]
        case .environment: ["blocked_env_vars"]
        case .pathsAllowed: ["allowed_paths"]
        case .pathsBlocked: ["blocked_paths"]
        case .pathPatterns: ["blocked_patterns"]
        case .extensions: ["allowed_extensions", "blocked_extensions"]
        case .sensitiveReads, .sensitiveWrites: []
        case .contentSize: Array(FileRules.sizes.keys)
        case .webAddress, .privateAddress: []
        case .domainsAllowed: ["allowed_domains"]
        case .domainsBlocked: ["blocked_domains"]
        case .headers: ["blocked_headers", "allowed_headers"]
        case .recipients: ["allowed_recipients", "allowed_channels", "channels_allowlist", "max_recipients"]
        case .mentions: ["mention_policy"]
        case .serverURL: []
        case .serversAllowed: ["allowed_servers"]
        case .toolsAllowed: ["allowed_tools", "allowed_tool_prefixes", "blocked_tools"]
        case .actionCapability: []
        case .repositories: ["allowed_repos", "allowed_repositories"]
        case .branches: ["allowed_base_branches", "allowed_branches"]
        case .changedPaths: ["allowed_paths", "path_allowlist"]
        case .changeSize: ["max_pr_size_kb"]
        case .releaseFiles: ["allowed_extensions", "allowed_file_extensions"]
        case .quota: ["resource_quota"]
        case .assurance: ["require_assurance_at_least"]
        case .payees: ["allowed_recipients"]
        case .refundTotal: []
        case .pairTokens: ["allowed_tokens"]
        case .validationChecks: ["required_validation_checks"]
        case .criteriaAttested, .criteriaEvidence, .criteriaMet: ["acceptance_criteria"]
        case .summaryWords: ["require_summary", "min_summary_words"]
        case .reviewer: ["require_different_reviewer"]
        case .outputPatterns: ["scan_output", "blocked_patterns"]
        }
    }
}

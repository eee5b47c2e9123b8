// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// Why a call was decided so. The list is closed, and a code keeps its meaning for ever; `docs/reason-codes.md` has it
/// for users. OAP's own codes stand where they say the same.
public enum ReasonCode: String, Sendable, Hashable, CaseIterable {
    /// Allowed.
    case allowed = "oap.allowed"
    /// Beside `allowed`: the operator has it that the harness runs such a call without asking its user.
    case autoApproved = "writ.auto_approved"
    /// The request is not well formed, or over its limits.
    case invalidContext = "oap.invalid_context"
    /// A kill switch is on for everything, or for the server, tool, agent or owner.
    case killSwitch = "writ.kill_switch"
    /// No credential, or none that verifies.
    case identityUnverified = "writ.identity_unverified"
    /// The token lacks a scope that calls to this server take.
    case scopeInsufficient = "writ.scope_insufficient"
    /// The passport is suspended, by its own status or by the log, or a draft.
    case passportSuspended = "oap.passport_suspended"
    /// The passport is revoked, by its own status or by the log.
    case passportRevoked = "writ.passport_revoked"
    /// The passport has expired, or does not hold yet.
    case passportExpired = "writ.passport_expired"
    /// The passport lacks a capability that the call's pack asks for.
    case unknownCapability = "oap.unknown_capability"
    /// The passport's assurance level is below the pack's.
    case assuranceInsufficient = "oap.assurance_insufficient"
    /// The passport is not for the call's region.
    case regionBlocked = "oap.region_blocked"
    /// Nobody has said what this tool is.
    case toolUnknown = "writ.tool_unknown"
    /// Nobody knows this method of the protocol.
    case methodUnknown = "writ.method_unknown"
    /// The tool's definition is not the pinned one.
    case toolChanged = "writ.tool_changed"
    /// A forbid holds.
    case policyForbidden = "writ.policy_forbidden"
    /// No permit holds, for the call or for one of its effects.
    case notPermitted = "writ.not_permitted"
    /// A forbid could not be evaluated, and counts as holding.
    case policyError = "oap.policy_error"
    /// A permit holds only with an approval, and there is none.
    case approvalRequired = "writ.approval_required"
    /// A rate, count or amount would be passed.
    case limitExceeded = "oap.limit_exceeded"
    /// A harness has run a call with other parameters than were decided, or one that was not decided at all.
    case parametersChanged = "writ.parameters_changed"
    /// That has happened in this session before; nothing of it is allowed any more.
    case sessionFrozen = "writ.session_frozen"
    /// The configuration, a policy or a tool's definition is not what the administrators have signed.
    case sealBroken = "writ.seal_broken"
    /// The clock was set while Writ ran, and nobody has acknowledged it.
    case clockJumped = "writ.clock_jumped"
    /// The decision could not be made durable.
    case logUnavailable = "writ.log_unavailable"
    /// Its speaker has had so many refusals that this one is counted in the log instead of having a receipt. It stands
    /// beside the refusal's own reasons, and in no receipt.
    case denialCounted = "writ.denial_counted"
    /// The state moved while the call was decided, again and again.
    case stateChanged = "writ.state_changed"

    // Rules of policy packs (`docs/oap.md`).

    /// Too many such calls in this time.
    case rateLimitExceeded = "oap.rate_limit_exceeded"
    /// The day's count or amount is used up.
    case dailyLimitExceeded = "oap.daily_limit_exceeded"
    /// A key was used before.
    case idempotencyConflict = "oap.idempotency_conflict"
    /// A limit in the passport is not of its kind.
    case invalidLimit = "oap.invalid_limit"
    /// The passport has a limit that nothing here enforces.
    case unsupportedLimit = "oap.unsupported_limit"
    /// A program is not on the passport's list.
    case commandNotAllowed = "oap.command_not_allowed"
    /// What the call names fits a blocked pattern.
    case blockedPattern = "oap.blocked_pattern"
    /// The working directory is not on the passport's list.
    case directoryNotAllowed = "oap.directory_not_allowed"
    /// A variable that the call sets is blocked.
    case envVarBlocked = "oap.env_var_blocked"
    /// A path is not on the passport's list.
    case pathNotAllowed = "oap.path_not_allowed"
    /// A path is blocked.
    case pathBlocked = "oap.path_blocked"
    /// A file's extension is not on the passport's list.
    case extensionNotAllowed = "oap.extension_not_allowed"
    /// A file is not to be released.
    case fileForbidden = "oap.file_forbidden"
    /// The address is no URL that is understood.
    case invalidURL = "oap.invalid_url"
    /// A host is not on the passport's list.
    case domainNotAllowed = "oap.domain_not_allowed"
    /// A host is blocked.
    case domainBlocked = "oap.domain_blocked"
    /// The host is not on the public Internet.
    case privateIPBlocked = "oap.private_ip_blocked"
    /// The HTTP method is not on the passport's list.
    case methodNotAllowed = "oap.method_not_allowed"
    /// A header may not be sent.
    case headerBlocked = "oap.header_blocked"
    /// The browser's action is not on the passport's list.
    case actionNotAllowed = "oap.action_not_allowed"
    /// Forms may not be submitted.
    case formSubmissionBlocked = "oap.form_submission_blocked"
    /// A recipient is not on the passport's list.
    case recipientNotAllowed = "oap.recipient_not_allowed"
    /// The message is too long.
    case contentTooLong = "oap.content_too_long"
    /// The MCP server is not on the passport's list.
    case serverNotAllowed = "oap.server_not_allowed"
    /// The MCP server's URL is not understood.
    case invalidServerURL = "oap.invalid_server_url"
    /// The MCP tool is not on the passport's list.
    case toolNotAllowed = "oap.tool_not_allowed"
    /// The timeout is too long.
    case timeoutExceeded = "oap.timeout_exceeded"
    /// The parameters are too large.
    case parameterSizeExceeded = "oap.parameter_size_exceeded"
    /// The repository is not on the passport's list.
    case repoNotAllowed = "oap.repo_not_allowed"
    /// The branch is not on the passport's list.
    case branchNotAllowed = "oap.branch_not_allowed"
    /// The release is not said to be signed.
    case unsignedArtifact = "oap.unsigned_artifact"
    /// The format or version is none that the pack has.
    case formatUnsupported = "oap.format_unsupported"
    /// The provider is not on the passport's list.
    case providerNotAllowed = "oap.provider_not_allowed"
    /// The prompt is too long.
    case promptTooLarge = "oap.prompt_too_large"
    /// Too many images are referred to.
    case referencedImageLimitExceeded = "oap.referenced_image_limit_exceeded"
    /// Too many images are asked for.
    case outputImageLimitExceeded = "oap.output_image_limit_exceeded"
    /// The image format is not on the passport's list.
    case outputFormatNotAllowed = "oap.output_format_not_allowed"
    /// The session would be too long, or does not say how long.
    case durationLimitExceeded = "oap.duration_limit_exceeded"
    /// The session's type is not on the passport's list.
    case sessionTypeNotAllowed = "oap.session_type_not_allowed"
    /// The session asks for too much.
    case resourceQuotaExceeded = "oap.resource_quota_exceeded"
    /// Too many sessions today.
    case concurrentLimitExceeded = "oap.concurrent_limit_exceeded"
    /// The tool's type is not on the passport's list.
    case toolTypeNotAllowed = "oap.tool_type_not_allowed"
    /// The new tool's name is not of the form that the pack asks for.
    case invalidToolName = "oap.invalid_tool_name"
    /// A tool of this name was registered before.
    case toolAlreadyExists = "oap.tool_already_exists"
    /// The new tool asks for too much.
    case capabilityNotAllowed = "oap.capability_not_allowed"
    /// A criterion is not attested.
    case criteriaIncomplete = "oap.criteria_incomplete"
    /// An attestation has no evidence.
    case evidenceMissing = "oap.evidence_missing"
    /// A criterion is not met.
    case criteriaNotMet = "oap.criteria_not_met"
    /// The summary is too short.
    case summaryInsufficient = "oap.summary_insufficient"
    /// The tests are not said to pass.
    case testsNotPassing = "oap.tests_not_passing"
    /// Author and reviewer are the same, or not named.
    case selfReviewNotAllowed = "oap.self_review_not_allowed"
    /// The output has what it may not have.
    case blockedPatternDetected = "oap.blocked_pattern_detected"
    /// Personal data may not be exported.
    case piiNotAllowed = "oap.pii_not_allowed"
    /// The collection is not on the passport's list.
    case collectionForbidden = "oap.collection_forbidden"
    /// The report's type is not on the passport's list.
    case reportTypeForbidden = "oap.report_type_forbidden"
    /// The source is not approved for this type of report.
    case sourceUnapproved = "oap.source_unapproved"
    /// The data is too old, or from the future.
    case dataStale = "oap.data_stale"
    /// The data is too large.
    case dataSizeExceeded = "oap.data_size_exceeded"
    /// The data's quality is too low.
    case dataQualityInsufficient = "oap.data_quality_insufficient"
    /// A check was not made.
    case validationChecksMissing = "oap.validation_checks_missing"
    /// The metric is not on the passport's list.
    case metricTypeForbidden = "oap.metric_type_forbidden"
    /// Too many reports of a source in this hour.
    case ingestFrequencyExceeded = "oap.ingest_frequency_exceeded"
    /// The data's classification is not on the passport's list.
    case classificationForbidden = "oap.classification_forbidden"
    /// This kind of entity may not have such data.
    case entityTypeForbidden = "oap.entity_type_forbidden"
    /// The action or transaction is not on the passport's list.
    case actionForbidden = "oap.action_forbidden"
    /// The jurisdiction is not on the passport's list, or not named.
    case jurisdictionBlocked = "oap.jurisdiction_blocked"
    /// Too many rows, or an export that does not say how many.
    case rowLimitExceeded = "oap.row_limit_exceeded"
    /// The account's balance is too high to be asked for.
    case balanceInquiryForbidden = "oap.balance_inquiry_forbidden"
    /// The data is too old to be used.
    case dataExpired = "oap.data_expired"
    /// Too many accesses of an entity in this hour.
    case accessFrequencyExceeded = "oap.access_frequency_exceeded"
    /// The currency is not on the passport's list.
    case currencyUnsupported = "oap.currency_unsupported"
    /// The merchant is not on the passport's list.
    case merchantForbidden = "oap.merchant_forbidden"
    /// An item's category is blocked.
    case categoryBlocked = "oap.category_blocked"
    /// The refund's reason is not on the passport's list.
    case invalidReasonCode = "oap.invalid_reason_code"
    /// A refund in another currency than the order's.
    case crossCurrencyDenied = "oap.cross_currency_denied"
    /// The destination's type is not on the passport's list.
    case destinationTypeForbidden = "oap.destination_type_forbidden"
    /// There are no compliance notes.
    case complianceCheckRequired = "oap.compliance_check_required"
    /// The asset class is not on the passport's list.
    case assetClassForbidden = "oap.asset_class_forbidden"
    /// The source account's type is restricted.
    case accountTypeRestricted = "oap.account_type_restricted"
    /// Clients' funds would go to a proprietary account.
    case comminglingOfFundsForbidden = "oap.commingling_of_funds_forbidden"
    /// Too much for one counterparty today.
    case counterpartyLimitExceeded = "oap.counterparty_limit_exceeded"
    /// The exchange is not on the passport's list.
    case exchangeForbidden = "oap.exchange_forbidden"
    /// A token of the pair is not on the passport's list.
    case tokenForbidden = "oap.token_forbidden"
    /// Too much for a hot wallet.
    case walletLimitExceeded = "oap.wallet_limit_exceeded"
    /// The risk is too high.
    case riskScoreExceeded = "oap.risk_score_exceeded"
    /// The day's volume is used up.
    case dailyVolumeExceeded = "oap.daily_volume_exceeded"
    /// Too many trades today.
    case tradeFrequencyExceeded = "oap.trade_frequency_exceeded"
    /// The document's type is not on the passport's list.
    case documentTypeForbidden = "oap.document_type_forbidden"
    /// The document is too large.
    case documentSizeExceeded = "oap.document_size_exceeded"
    /// No attorney is named.
    case attorneyReviewRequired = "oap.attorney_review_required"
    /// The privilege level is not named.
    case privilegeProtectionViolation = "oap.privilege_protection_violation"
    /// The client's tier is not on the passport's list.
    case clientTierForbidden = "oap.client_tier_forbidden"
    /// A contract of this value needs an attorney.
    case highValueReviewRequired = "oap.high_value_review_required"
    /// There is no consent of the client.
    case clientConsentRequired = "oap.client_consent_required"
    /// No conflicts check was passed.
    case conflictsCheckRequired = "oap.conflicts_check_required"
    /// The fee is not disclosed.
    case feeDisclosureRequired = "oap.fee_disclosure_required"
    /// The engagement letter is not signed.
    case engagementLetterRequired = "oap.engagement_letter_required"
    /// No attorney may act in this jurisdiction.
    case unauthorizedPracticeOfLaw = "oap.unauthorized_practice_of_law"
    /// There may be a conflict of interest.
    case conflictOfInterest = "oap.conflict_of_interest"
    /// The data is not said to be encrypted.
    case dataEncryptionRequired = "oap.data_encryption_required"
    /// No supervisor's approval is named.
    case supervisorApprovalRequired = "oap.supervisor_approval_required"
}

/// One reason of a decision.
public struct Reason: Sendable, Hashable {
    /// The code, for programs and for the log.
    public var code: ReasonCode
    /// For people: a prefix, and the operator's static text. Not in the log.
    public var message: UTF8String
    /// The determining policy, where one was.
    public var policy: UTF8String?

    /// A reason.
    public init(_ code: ReasonCode, _ message: UTF8String, policy: UTF8String? = nil) {
        self.code = code
        self.message = message
        self.policy = policy
    }
}

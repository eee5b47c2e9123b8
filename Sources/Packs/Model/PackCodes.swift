// SPDX-License-Identifier: Apache-2.0

public import StrictJSON

/// OAP's codes under their other names. Its text, its registry, its packs and its local evaluator call the same refusal
/// differently; here each has one name, the pack's.
public enum PackCodes {
    /// The name that is used here for a code of OAP's: itself, where it is no other name of one that is.
    public static func canonical(_ code: UTF8String) -> UTF8String { aliases[code] ?? code }

    /// Other name, name here.
    public static let aliases: [UTF8String: UTF8String] = [
        // The registry's.
        "oap.invalid_reason": "oap.invalid_reason_code",
        "oap.pii_blocked": "oap.pii_not_allowed",
        "oap.branch_forbidden": "oap.branch_not_allowed",
        "oap.repo_forbidden": "oap.repo_not_allowed",
        // The local evaluator's.
        "oap.mcp_server_not_allowed": "oap.server_not_allowed",
        "oap.mcp_tool_not_allowed": "oap.tool_not_allowed",
        "oap.invalid_mcp_server": "oap.invalid_server_url",
        "oap.private_network_destination": "oap.private_ip_blocked",
        "oap.domain_mismatch": "oap.domain_not_allowed",
        "oap.interactive_browser_unsupported": "oap.domain_not_allowed",
        "oap.missing_required_context": "oap.invalid_context",
        "oap.missing_file_path": "oap.invalid_context",
        "oap.invalid_file_path": "oap.path_not_allowed",
        "oap.invalid_tool_arguments": "oap.invalid_context",
        "oap.invalid_provider": "oap.invalid_context",
        "oap.context_too_large": "oap.invalid_context",
        "oap.evaluator_crash": "oap.invalid_context",
        "oap.unrepresentable_tool": "oap.invalid_context",
        "oap.metadata_enumeration_unsupported": "oap.path_not_allowed",
        "oap.file_too_large": "oap.limit_exceeded",
        "oap.command_chain_unsupported": "oap.command_not_allowed",
        "oap.command_injection_detected": "oap.command_not_allowed",
        "oap.dangerous_operation": "oap.blocked_pattern",
        "oap.passport_not_found": "writ.identity_unverified",
        "oap.passport_invalid": "writ.identity_unverified",
        "oap.passport_version_mismatch": "writ.identity_unverified",
        "oap.invalid_passport_path": "writ.identity_unverified",
        "oap.audit_unavailable": "writ.log_unavailable",
    ]
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

/// For each pack a passport's limits, a call that they allow, and what is changed so that a rule refuses.
struct PackCase: Sendable, CustomTestStringConvertible {
    struct Change: Sendable {
        var code: UTF8String
        var arguments: JSON = [:]
        var limits: JSON = [:]
    }

    let pack: UTF8String
    let limits: JSON
    let arguments: JSON
    let changes: [Change]
    var testDescription: String { pack.string }

    static let all = tools + data + code + finance + offices

    private static func c(_ code: UTF8String, _ arguments: JSON = [:], limits: JSON = [:]) -> Change {
        Change(code: UTF8String("oap.\(code)"), arguments: arguments, limits: limits)
    }

    static let tools = [
        PackCase(
            pack: "system.command.execute.v1",
            limits: [
                "allowed_commands": ["ls", "git"], "blocked_patterns": ["rm -rf", "mkfs", "*.env*"],
                "max_execution_time": 60, "allowed_working_directories": ["/srv"], "blocked_env_vars": ["LD_*"],
            ],
            arguments: ["command": "ls", "timeout": 60],
            changes: [
                c("invalid_context", ["command": nil]), c("invalid_context", ["command": ""]),
                c("invalid_context", ["command": 5]), c("invalid_context", ["timeout": 0]),
                c("invalid_context", ["cmd": "rm"]), c("command_not_allowed", ["command": "rm x"]),
                c("command_not_allowed", ["command": "lsx"]), c("limit_exceeded", ["timeout": 61]),
                c("limit_exceeded", ["timeout": nil]), c("directory_not_allowed", ["cwd": "/etc"]),
                c("directory_not_allowed", ["cwd": "../../etc"]), c("env_var_blocked", ["env": ["LD_PRELOAD": "x"]]),
                c("invalid_limit", limits: ["allowed_commands": 5]),
                c("invalid_limit", limits: ["max_execution_time": true]),
                c("command_not_allowed", limits: ["allowed_commands": []]),
                c("unsupported_limit", limits: ["allowed_comands": ["ls"]]),
            ]),
        PackCase(
            pack: "mcp.tool.execute.v1",
            limits: [
                "allowed_servers": ["https://mcp.example.com/v1", "https://*.tools.example.com"],
                "allowed_tools": ["issues.list"], "allowed_tool_prefixes": ["issues.read_"],
                "blocked_tools": ["issues.read_all"], "max_timeout": 30, "max_parameter_size": 20,
                "require_session_tracking": true, "max_calls_per_minute": 5,
            ],
            arguments: [
                "server": "https://MCP.example.com/v1/", "tool": "issues.list", "parameters": ["q": 1],
                "session_id": "s", "timeout": 30,
            ],
            changes: [
                c("invalid_context", ["parameters": nil]), c("invalid_context", ["tool": ""]),
                c("tool_not_allowed", ["tool": "issues.list/all"]),
                c("server_not_allowed", ["server": "https://mcp.example.com.evil.example/v1"]),
                c("server_not_allowed", ["server": "https://mcp.example.com/v10"]),
                c("server_not_allowed", ["server": "http://mcp.example.com/v1"]),
                c("server_not_allowed", ["server": "https://evil.example/.tools.example.com"]),
                c("server_not_allowed", ["server": "https://u:p@mcp.example.com/v1"]),
                c("invalid_server_url", ["server": "mcp"]), c("tool_not_allowed", ["tool": "repo.delete"]),
                c("tool_not_allowed", ["tool": "issues.read_all"]),
                c("timeout_exceeded", ["timeout": 31]),
                c("parameter_size_exceeded", ["parameters": ["q": "xxxxxxxxxxxxxxxxxxxx"]]),
                c("invalid_context", ["session_id": nil]),
            ]),
        PackCase(
            pack: "web.fetch.v1",
            limits: [
                "allowed_domains": ["example.com", "127.0.0.1", "localhost", "nip.io", "64:ff9b::7f00:1", "0.0.0.0"],
                "blocked_domains": ["bad.example.com"], "allowed_methods": ["GET"],
                "blocked_headers": ["authorization"],
            ],
            arguments: ["url": "https://www.example.com/x", "method": "GET", "headers": ["Accept": "*/*"]],
            changes: [
                c("invalid_context", ["url": nil]), c("invalid_context", ["method": "BREW"]),
                c("invalid_url", ["url": "ftp://example.com/"]), c("invalid_url", ["url": "https://a@example.com/"]),
                c("domain_not_allowed", ["url": "https://example.com.evil.example/"]),
                c("domain_not_allowed", ["url": "https://notexample.com/"]),
                c("domain_blocked", ["url": "https://x.bad.example.com/"]),
                c("private_ip_blocked", ["url": "http://127.1/"]),
                c("private_ip_blocked", ["url": "http://2130706433/"]),
                c("private_ip_blocked", ["url": "http://[64:ff9b::7f00:1]/"]),
                c("private_ip_blocked", ["url": "http://localhost/"]), c("private_ip_blocked", ["url": "http://0/"]),
                c("private_ip_blocked", ["url": "http://127.0.0.1.nip.io/"]),
                c("method_not_allowed", ["method": "POST"]), c("header_blocked", ["headers": ["Authorization": "x"]]),
            ]),
        PackCase(
            pack: "web.browser.v1",
            limits: [
                "allowed_domains": ["example.com"], "allowed_actions": ["navigate", "click", "close"],
                "allow_form_submission": true,
            ],
            arguments: ["action": "navigate", "url": "https://example.com/"],
            changes: [
                c("invalid_context", ["action": "dance"]), c("domain_not_allowed", ["url": "https://evil.example/"]),
                c("domain_not_allowed", ["url": nil, "action": "click"]),
                c("action_not_allowed", ["action": "screenshot"]),
                c("form_submission_blocked", ["action": "click"], limits: ["allow_form_submission": false]),
                c("private_ip_blocked", ["url": "http://10.0.0.1/"], limits: ["allowed_domains": ["*"]]),
            ]),
        PackCase(
            pack: "messaging.message.send.v1",
            limits: [
                "allowed_recipients": ["alice@example.com"], "allowed_channels": ["#ops"], "mention_policy": "limited",
                "max_recipients": 2,
            ],
            arguments: [
                "to": "alice@EXAMPLE.com", "message": "hello", "message_type": "text", "cc": ["alice@example.com"],
            ],
            changes: [
                c("invalid_context", ["to": nil]), c("invalid_context", ["message": nil]),
                c("content_too_long", ["message": .text(String(repeating: "x", count: 2001))]),
                c("recipient_not_allowed", ["to": "bob@example.com"]),
                c("recipient_not_allowed", ["bcc": ["eve@evil.example"]]),
                c("recipient_not_allowed", ["to": "alice@example.com.evil.example"]),
                c("recipient_not_allowed", ["message": "hi @everyone"]),
                c("recipient_not_allowed", limits: ["max_recipients": 0]),
                c("recipient_not_allowed", limits: ["allowed_recipients": nil]),
                c("invalid_limit", limits: ["approval_required": "yes"]),
            ]),
        PackCase(
            pack: "media.image.generate.v1",
            limits: [
                "allowed_providers": ["p"], "max_prompt_length": 100, "max_referenced_images": 1,
                "max_output_images": 2,
                "allowed_output_formats": ["png"],
            ],
            arguments: [
                "provider": "p", "prompt_length": 100, "referenced_image_count": 1, "output_count": 2,
                "output_format": "png",
            ],
            changes: [
                c("invalid_context", ["output_count": nil]), c("provider_not_allowed", ["provider": "q"]),
                c("prompt_too_large", ["prompt_length": 101]),
                c("referenced_image_limit_exceeded", ["referenced_image_count": 2]),
                c("output_image_limit_exceeded", ["output_count": 3]),
                c("output_format_not_allowed", ["output_format": "gif"]),
                c("prompt_too_large", limits: ["max_prompt_length": nil]),
            ]),
        PackCase(
            pack: "agent.session.create.v1",
            limits: [
                "max_session_duration": 3600, "allowed_session_types": ["batch"], "resource_quota": ["memory_mb": 1024],
                "require_session_names": true, "default_session_duration": 60,
            ],
            arguments: [
                "user_id": "u", "session_type": "batch", "requested_duration": 3600, "session_name": "n",
                "resources": ["memory_mb": 1024],
            ],
            changes: [
                c("invalid_context", ["session_type": "x"]), c("duration_limit_exceeded", ["requested_duration": 3601]),
                c("duration_limit_exceeded", ["requested_duration": nil]),
                c("session_type_not_allowed", ["session_type": "webhook"]),
                c("resource_quota_exceeded", ["resources": ["memory_mb": 1025]]),
                c("resource_quota_exceeded", ["resources": ["gpu": 1]]), c("invalid_context", ["session_name": nil]),
            ]),
        PackCase(
            pack: "agent.tool.register.v1",
            limits: [
                "allowed_tool_types": ["api"], "allowed_capabilities": ["web.fetch"], "require_version": true,
                "require_schema": true, "allowed_licenses": ["MIT"],
            ],
            arguments: [
                "tool_name": "my-tool", "tool_type": "api", "capabilities": ["web.fetch"], "tool_version": "1.0.0",
                "schema": [:], "license": "MIT",
            ],
            changes: [
                c("invalid_tool_name", ["tool_name": "My Tool"]), c("tool_type_not_allowed", ["tool_type": "command"]),
                c("capability_not_allowed", ["capabilities": ["web.fetch", "data.export"]]),
                c("invalid_context", ["capabilities": []]), c("invalid_context", ["schema": nil]),
                c("invalid_context", ["tool_version": nil]), c("invalid_context", ["license": "ISC"]),
            ]),
        PackCase(
            pack: "deliverable.task.complete.v1",
            limits: [
                "acceptance_criteria": [["id": "c1", "description": "d"]], "require_summary": true,
                "min_summary_words": 2, "require_tests_passing": true, "require_different_reviewer": true,
                "scan_output": true, "blocked_patterns": ["TODO", "sk-*key"],
            ],
            arguments: [
                "task_id": "t", "output_type": "code", "summary": "two words", "tests_passing": true,
                "reviewer_agent_id": "r", "author_agent_id": "a", "output_content": "done",
                "criteria_attestations": [["criterion_id": "c1", "met": true, "evidence": "CI run 7"]],
            ],
            changes: [
                c("invalid_context", ["criteria_attestations": nil]),
                c("criteria_incomplete", ["criteria_attestations": []]),
                c(
                    "evidence_missing",
                    ["criteria_attestations": [["criterion_id": "c1", "met": true, "evidence": " "]]]),
                c(
                    "criteria_not_met",
                    ["criteria_attestations": [["criterion_id": "c1", "met": false, "evidence": "x"]]]),
                c("summary_insufficient", ["summary": "one"]), c("summary_insufficient", ["summary": nil]),
                c("tests_not_passing", ["tests_passing": false]), c("tests_not_passing", ["tests_passing": nil]),
                c("self_review_not_allowed", ["reviewer_agent_id": "a"]),
                c("self_review_not_allowed", ["author_agent_id": nil]),
                c("blocked_pattern_detected", ["output_content": "a todo"]),
                c("blocked_pattern_detected", ["output_content": "x\nsk-abc-key\n"]),
                c("blocked_pattern_detected", ["output_content": nil]),
            ]),
    ]

    static let data = [
        PackCase(
            pack: "data.file.read.v1",
            limits: [
                "allowed_paths": ["/srv/project/**", "docs", "~/notes"], "blocked_paths": ["/srv/project/private"],
                "blocked_patterns": ["secret"], "allowed_extensions": [".md"], "max_file_size_mb": 1,
            ],
            arguments: ["file_path": "/srv/project/./a.md"],
            changes: [
                c("invalid_context", ["file_path": nil]), c("invalid_context", ["path": "/x"]),
                c("path_not_allowed", ["file_path": "/etc/a.md"]),
                c("path_not_allowed", ["file_path": "/srv/project/../x.md"]),
                c("path_not_allowed", ["file_path": "~/b.md"]), c("path_not_allowed", ["file_path": "$HOME/a.md"]),
                c("path_blocked", ["file_path": "/srv/project/PRIVATE/a.md"]),
                c("blocked_pattern", ["file_path": "/srv/project/SECRET.md"]),
                c("blocked_pattern", ["file_path": "/srv/project/.env"], limits: ["allowed_extensions": nil]),
                c("extension_not_allowed", ["file_path": "a.txt"]),
                c("extension_not_allowed", ["file_path": "Makefile"]),
            ]),
        PackCase(
            pack: "data.file.write.v1",
            limits: [
                "allowed_paths": ["*"], "blocked_paths": ["/etc"], "blocked_patterns": ["*/private/*"],
                "allowed_extensions": ["md", ".txt"], "max_file_size_bytes": 5,
            ],
            arguments: ["path": "/tmp/a.md", "content": "12345"],
            changes: [
                c("path_blocked", ["path": "/ETC/passwd.md"]), c("path_blocked", ["path": "/tmp/../etc/x.md"]),
                c("path_blocked", ["path": "/home/u/.ssh/authorized_keys.md"]),
                c("path_blocked", ["path": "/home/u/.bashrc"], limits: ["allowed_extensions": nil]),
                c("path_blocked", ["path": "/srv/.aport/p.md"]), c("blocked_pattern", ["path": "/a/private/b.md"]),
                c("extension_not_allowed", ["path": "/tmp/a"]), c("limit_exceeded", ["content": "123456"]),
                c("limit_exceeded", ["content": nil]), c("limit_exceeded", ["content_length": 6]),
                c("invalid_limit", limits: ["max_file_size_bytes": "x"]),
            ]),
        PackCase(
            pack: "data.export.create.v1",
            limits: ["max_rows": 100, "allow_pii": false, "allowed_collections": ["users"]],
            arguments: ["export_type": "users", "format": "csv", "filters": [:], "estimated_rows": 100],
            changes: [
                c("invalid_context", ["filters": nil]), c("format_unsupported", ["format": "exe"]),
                c("limit_exceeded", ["estimated_rows": 101]), c("limit_exceeded", ["estimated_rows": nil]),
                c("limit_exceeded", limits: ["max_rows": nil]), c("pii_not_allowed", ["include_pii": true]),
                c("collection_forbidden", ["export_type": "orders"]),
            ]),
        PackCase(
            pack: "data.report.ingest.v1",
            limits: [
                "allowed_report_types": ["sales"],
                "sales": [
                    "approved_sources": ["s1"], "max_data_age_seconds": 60, "max_data_size_mb": .decimal("1.5"),
                    "data_quality_threshold": .decimal("0.9"), "required_validation_checks": ["schema"],
                    "max_ingest_frequency_per_hour": 5, "allowed_metric_types": ["m"],
                ],
            ],
            arguments: [
                "report_type": "sales", "data_source_id": "s1", "data_timestamp": "2026-11-22T10:14:30Z",
                "data_size_mb": .decimal("1.5"), "data_quality_score": .decimal("0.9"),
                "validation_checks": ["schema", "more"],
                "metric_type": "m",
            ],
            changes: [
                c("invalid_context", ["data_timestamp": "yesterday"]), c("report_type_forbidden", ["report_type": "x"]),
                c("source_unapproved", ["data_source_id": "s2"]),
                c("data_stale", ["data_timestamp": "2026-11-22T10:14:29Z"]),
                c("data_stale", ["data_timestamp": "2036-11-22T10:14:29Z"]),
                c("data_size_exceeded", ["data_size_mb": .decimal("1.51")]),
                c("data_quality_insufficient", ["data_quality_score": .decimal("0.89")]),
                c("validation_checks_missing", ["validation_checks": ["more"]]),
                c("validation_checks_missing", ["validation_checks": nil]),
                c("metric_type_forbidden", ["metric_type": "n"]),
            ]),
        PackCase(
            pack: "governance.data.access.v1",
            limits: [
                "allowed_classifications": ["PII"],
                "permissions": ["PII": ["allowed_entity_types": ["employee"], "allowed_actions": ["read", "export"]]],
                "allowed_jurisdictions": ["US"], "allowed_destination_jurisdictions": ["US"], "max_rows_per_export": 10,
                "balance_inquiry_cap_usd": 100, "max_data_age_seconds": 60,
            ],
            arguments: [
                "data_classification": "PII", "accessing_entity_id": "e", "accessing_entity_type": "employee",
                "resource_id": "r", "jurisdiction": "US", "resource_attributes": ["account_balance_usd": 99],
                "data_timestamp": "2026-11-22T10:15:00Z",
            ],
            changes: [
                c("classification_forbidden", ["data_classification": "HR"]),
                c("entity_type_forbidden", ["accessing_entity_type": "client"]),
                c("action_forbidden", ["action_type": "delete"]),
                c("jurisdiction_blocked", ["jurisdiction": "DE"]), c("jurisdiction_blocked", ["jurisdiction": nil]),
                c("row_limit_exceeded", ["action_type": "export", "destination_jurisdiction": "US"]),
                c("row_limit_exceeded", ["row_count": 11]),
                c("jurisdiction_blocked", ["action_type": "export", "row_count": 1]),
                c("jurisdiction_blocked", ["destination_jurisdiction": "DE"]),
                c("balance_inquiry_forbidden", ["resource_attributes": ["account_balance_usd": 100]]),
                c("data_expired", ["data_timestamp": "2026-11-22T10:00:00Z"]),
                c("data_expired", ["data_timestamp": nil]),
            ]),
    ]

    static let code = [
        PackCase(
            pack: "code.repository.merge.v1",
            limits: [
                "allowed_repos": ["acme/*"], "allowed_base_branches": ["main"], "allowed_paths": ["src/**"],
                "max_pr_size_kb": 2, "max_files_changed": 1, "max_total_added_lines": 15, "max_prs_per_day": 1,
                "max_merges_per_day": 1,
            ],
            arguments: [
                "repo": "acme/x", "action": "pr.create", "branch": "b", "base": "main", "files": ["src/a.c"],
                "lines_added": 15, "lines_removed": 5,
            ],
            changes: [
                c("invalid_context", ["repo": nil]), c("invalid_context", ["repo": "acme"]),
                c("invalid_context", ["action": nil]), c("repo_not_allowed", ["repo": "evil/x"]),
                c("branch_not_allowed", ["base": "release"]), c("branch_not_allowed", ["base": nil]),
                c("branch_not_allowed", ["action": "push"]), c("path_not_allowed", ["files": ["etc/a"]]),
                c("path_not_allowed", ["files": ["src/../etc/a"]]), c("path_not_allowed", ["files": nil]),
                c("limit_exceeded", ["lines_removed": 6]), c("limit_exceeded", ["lines_added": nil]),
                c("limit_exceeded", ["files": ["src/a", "src/b"]]),
                c("limit_exceeded", ["lines_added": 16, "lines_removed": 0]),
                c("limit_exceeded", limits: ["max_prs_per_day": nil]),
            ]),
        PackCase(
            pack: "code.release.publish.v1",
            limits: [
                "allowed_repos": ["acme/x"], "allowed_extensions": [".tgz"], "require_signed_artifacts": true,
                "allowed_branches": ["main"],
            ],
            arguments: [
                "repository": "acme/x", "version": "1.2.3-rc.1+b", "files": ["x.tgz"], "signed": true, "branch": "main",
            ],
            changes: [
                c("format_unsupported", ["version": "v1"]), c("format_unsupported", ["version": "1.2.3-"]),
                c("invalid_context", ["files": []]), c("file_forbidden", ["files": ["x.tgz", ".env"]]),
                c("file_forbidden", ["files": ["x.exe"]]), c("file_forbidden", ["files": ["keys/id_rsa.tgz"]]),
                c("repo_not_allowed", ["repository": "acme/y"]), c("unsigned_artifact", ["signed": false]),
                c("branch_not_allowed", ["branch": nil]),
            ]),
    ]

    static let finance = [
        PackCase(
            pack: "finance.payment.charge.v1",
            limits: [
                "currency_limits": ["USD": ["max_per_tx": 5000, "daily_cap": 9000]], "allowed_merchant_ids": ["m"],
                "allowed_countries": ["US"], "blocked_categories": ["arms"], "max_items_per_tx": 1,
                "require_assurance_at_least": "L3",
            ],
            arguments: [
                "amount": 5000, "currency": "USD", "merchant_id": "m", "region": "US", "shipping_country": "US",
                "items": [["sku": "s", "qty": 1, "price": 5000, "category": "books"]], "idempotency_key": "12345678",
            ],
            changes: [
                c("invalid_context", ["idempotency_key": "1"]), c("invalid_context", ["amount": 0]),
                c("invalid_context", ["amount": .decimal("1.5")]),
                c("invalid_context", ["items": [["sku": "s", "qty": 1]]]),
                c("currency_unsupported", ["currency": "EUR"]), c("limit_exceeded", ["amount": 5001]),
                c(
                    "limit_exceeded",
                    ["items": [["sku": "s", "qty": 1, "price": 1], ["sku": "t", "qty": 1, "price": 1]]]),
                c("merchant_forbidden", ["merchant_id": "x"]), c("region_blocked", ["shipping_country": "KP"]),
                c("region_blocked", ["shipping_country": nil]),
                c("category_blocked", ["items": [["sku": "s", "qty": 1, "price": 1, "category": "arms"]]]),
                c("assurance_insufficient", limits: ["require_assurance_at_least": "L4FIN"]),
                c("limit_exceeded", limits: ["currency_limits": ["USD": ["max_per_tx": 5000]]]),
            ]),
        PackCase(
            pack: "finance.payment.refund.v1",
            limits: [
                "currency_limits": ["USD": ["max_per_tx": 5000, "daily_cap": 50000]],
                "reason_codes": ["customer_request"],
                "idempotency_required": true,
            ],
            arguments: [
                "order_id": "o", "customer_id": "c", "amount": 5000, "currency": "USD", "region": "US",
                "reason_code": "customer_request", "idempotency_key": "12345678", "order_currency": "USD",
                "order_total_minor": 6000, "already_refunded_minor": 1000,
            ],
            changes: [
                c("invalid_context", ["order_id": nil]),
                c("currency_unsupported", ["currency": "JPY", "order_currency": nil]),
                c("limit_exceeded", ["amount": 5001, "already_refunded_minor": 0]),
                c("invalid_reason_code", ["reason_code": "x"]), c("cross_currency_denied", ["order_currency": "EUR"]),
                c("limit_exceeded", ["already_refunded_minor": 1001]),
            ]),
        PackCase(
            pack: "finance.payment.payout.v1",
            limits: [
                "supported_currencies": ["USD"],
                "currency_limits": ["USD": ["max_per_tx": 100, "max_daily_amount": 200]],
                "allowed_destination_types": ["bank_account"],
                "allowed_recipients": [["id": "d1", "limits": ["currency": "USD", "max_amount": 50]], "d2"],
                "max_payouts_per_day": 2, "compliance_checks_required": true,
            ],
            arguments: [
                "amount": 50, "currency": "USD", "destination_type": "bank_account", "destination_id": "d1",
                "payout_method": "ach", "idempotency_key": "12345678", "compliance_notes": "checked",
            ],
            changes: [
                c("currency_unsupported", ["currency": "EUR"]),
                c("limit_exceeded", ["amount": 101, "destination_id": "d2"]),
                c("destination_type_forbidden", ["destination_type": "crypto_address"]),
                c("recipient_not_allowed", ["amount": 51]), c("recipient_not_allowed", ["destination_id": "d3"]),
                c("compliance_check_required", ["compliance_notes": ""]),
                c("compliance_check_required", ["compliance_notes": nil], limits: ["compliance_checks_required": nil]),
                c("limit_exceeded", limits: ["max_payouts_per_day": nil]),
            ]),
        PackCase(
            pack: "finance.transaction.execute.v1",
            limits: [
                "allowed_transaction_types": ["buy"], "allowed_asset_classes": ["bond"], "max_exposure_per_tx_usd": 100,
                "restricted_source_account_types": ["escrow"],
                "allowed_source_account_types": ["own", "client_funds", "escrow"],
                "max_exposure_per_counterparty_usd": 150,
            ],
            arguments: [
                "transaction_type": "buy", "amount": 100, "currency": "USD", "asset_class": "bond",
                "source_account_id": "a", "destination_account_id": "b", "source_account_type": "own",
                "counterparty_id": "c",
            ],
            changes: [
                c("action_forbidden", ["transaction_type": "sell"]),
                c("asset_class_forbidden", ["asset_class": "crypto"]),
                c("limit_exceeded", ["amount": 101]), c("invalid_context", ["amount": -1]),
                c("account_type_restricted", ["source_account_type": "escrow"]),
                c("account_type_restricted", ["source_account_type": nil]),
                c(
                    "commingling_of_funds_forbidden",
                    ["source_account_type": "client_funds", "destination_account_type": "proprietary"]),
                c("counterparty_limit_exceeded", ["counterparty_id": nil]),
            ]),
        PackCase(
            pack: "finance.crypto.trade.v1",
            limits: [
                "allowed_exchanges": ["x"], "allowed_tokens": ["BTC", "USD"], "max_trade_size_usd": 100,
                "max_hot_wallet_trade_usd": 10, "max_daily_trade_volume_usd": 200, "max_trades_per_day": 3,
                "max_risk_score": 5,
            ],
            arguments: ["exchange_id": "x", "pair": "BTC-USD", "side": "buy", "amount_usd": 100, "risk_score": 5],
            changes: [
                c("invalid_context", ["pair": "btc/usd"]), c("exchange_forbidden", ["exchange_id": "y"]),
                c("token_forbidden", ["pair": "DOGE-USD"]), c("limit_exceeded", ["amount_usd": 101]),
                c("wallet_limit_exceeded", ["source_wallet_type": "hot", "amount_usd": 11]),
                c("risk_score_exceeded", ["risk_score": .decimal("5.01")]),
                c("trade_frequency_exceeded", limits: ["max_trades_per_day": nil]),
                c("daily_volume_exceeded", limits: ["max_daily_trade_volume_usd": nil]),
            ]),
    ]

    static let offices = [
        PackCase(
            pack: "legal.contract.review.v1",
            limits: [
                "allowed_document_types": ["nda"], "max_document_size_mb": 2, "allowed_contract_jurisdictions": ["US"],
                "allowed_attorney_jurisdictions": ["US"], "require_attorney_review": false,
                "privilege_protection_enabled": true, "allowed_client_tiers": ["tier1"],
                "supported_currencies": ["USD"],
                "currency_limits": [
                    "USD": ["max_per_contract": 100, "daily_cap": 200, "require_attorney_review_threshold": 50]
                ],
                "require_client_consent": true, "require_conflicts_check": true, "require_fee_disclosure": true,
                "require_engagement_letter": true, "require_matter_isolation": true, "require_data_encryption": true,
                "require_supervisor_approval": true, "max_contracts_per_day": 5,
            ],
            arguments: [
                "document_type": "nda", "client_id": "c", "jurisdiction": "US", "action_type": "review",
                "idempotency_key": "12345678", "document_size_mb": 2, "client_tier": "tier1",
                "privilege_level": "public", "contract_value": 49, "contract_currency": "USD",
                "client_consent_given": true, "conflicts_check_passed": true, "fee_disclosure_provided": true,
                "engagement_letter_signed": true, "data_encrypted": true, "supervisor_approval_id": "s",
            ],
            changes: [
                c("document_type_forbidden", ["document_type": "lease"]),
                c("document_size_exceeded", ["document_size_mb": .decimal("2.1")]),
                c("jurisdiction_blocked", ["jurisdiction": "DE"]),
                c("attorney_review_required", limits: ["require_attorney_review": true]),
                c("privilege_protection_violation", ["privilege_level": nil]),
                c("client_tier_forbidden", ["client_tier": "tier2"]),
                c("currency_unsupported", ["contract_currency": "EUR"]),
                c("limit_exceeded", ["contract_value": 101, "attorney_reviewer_id": "a"]),
                c("high_value_review_required", ["contract_value": 50]),
                c("client_consent_required", ["client_consent_given": false]),
                c("conflicts_check_required", ["conflicts_check_passed": nil]),
                c("fee_disclosure_required", ["fee_disclosure_provided": nil]),
                c("engagement_letter_required", ["engagement_letter_signed": nil]),
                c("unauthorized_practice_of_law", limits: ["allowed_attorney_jurisdictions": ["DE"]]),
                c("conflict_of_interest", ["opposing_party_id": "o"]),
                c("data_encryption_required", ["data_encrypted": false]),
                c("supervisor_approval_required", ["supervisor_approval_id": nil]),
                c("daily_limit_exceeded", limits: ["max_contracts_per_day": nil]),
            ])
    ]
}

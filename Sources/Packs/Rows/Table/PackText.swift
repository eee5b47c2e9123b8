// SPDX-License-Identifier: Apache-2.0

/// The 22 packs that are published with OAP 1.0, as rows (`PackReader`). What each asks was taken from its description;
/// `docs/oap.md` says what is enforced and where this is stricter.
enum PackText {
    static let all = [tools, agents, data, code, finance, offices].joined(separator: "\n")

    static let tools = """
        pack system.command.execute.v1 system.command.execute
        need command/cmd text:1..10000
        may  args texts:0..100
        may  cwd/workdir text:0..4096
        may  env object
        may  timeout int:1..3600
        may  shell one:bash|sh|zsh|fish|powershell|cmd
        may  user text
        rule command_allowlist     command_not_allowed   do commands
        rule blocked_patterns      blocked_pattern       do command-patterns
        rule execution_time_limit  limit_exceeded        atmost timeout max_execution_time|max_execution_time_seconds?
        rule working_directory     directory_not_allowed do working-directory
        rule environment_variables env_var_blocked       do environment

        pack mcp.tool.execute.v1 mcp.tool.execute
        need server text:1..8192
        need tool text:1..1024    # OAP has letters, digits and `._-` only; MCP has more, and names are compared whole
        need parameters object
        may  timeout int:1..300
        may  session_id text
        may  context object
        may  user_id text
        known max_calls_per_minute    # counted for every tool of the agent, whatever its pack
        rule server_allowlist      server_not_allowed    do servers-allowed
        rule server_url_format     invalid_server_url    do server-url
        rule tool_allowlist        tool_not_allowed      do tools-allowed
        rule timeout_limit         timeout_exceeded      atmost timeout? max_timeout?
        rule parameter_size_limit  parameter_size_exceeded bytes parameters max_parameter_size?
        rule session_tracking      invalid_context       asks require_session_tracking session_id

        pack web.fetch.v1 web.fetch
        need url text:1..8192
        may  method one:GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS
        may  headers object
        may  body text:0..10485760
        may  timeout int:0..300000
        rule url_form              invalid_url           do web-address
        rule domain_allowlist      domain_not_allowed    do domains-allowed
        rule blocked_domains       domain_blocked        do domains-blocked
        rule private_ip_check      private_ip_blocked    do private-address
        rule method_restriction    method_not_allowed    listed method? allowed_methods?
        rule header_restriction    header_blocked        do headers
        rule rate_limit            rate_limit_exceeded   count minute max_requests_per_min|max_requests_per_minute?

        pack web.browser.v1 web.browser
        need action one:navigate|click|type|screenshot|scroll|wait|extract|close
        may  url text:1..8192
        may  selector text:0..1024
        may  value text:0..10000
        may  screenshot bool
        may  timeout int:0..300000
        rule url_form              invalid_url           do web-address
        rule domain_allowlist      domain_not_allowed    do domains-allowed
        rule blocked_domains       domain_blocked        do domains-blocked
        rule private_ip_check      private_ip_blocked    do private-address
        rule action_restriction    action_not_allowed    listed action allowed_actions?
        rule form_submission_check form_submission_blocked granted allow_form_submission? if action=click|type
        rule screenshot_rate_limit rate_limit_exceeded   count hour max_screenshots_per_hour? if action=screenshot
        rule screenshot_flag_rate  rate_limit_exceeded   count hour max_screenshots_per_hour? if screenshot=true if action=navigate|click|type|scroll|wait|extract|close
        rule navigation_rate_limit rate_limit_exceeded   count minute max_navigations_per_minute? if action=navigate
        rule navigation_hourly     rate_limit_exceeded   count hour max_navigations_per_hour? if action=navigate

        pack messaging.message.send.v1 messaging.message.send messaging.send
        need channel_id/to/recipient text:1..
        need message/content/text text:1..2000 !content_too_long
        need message_type one:text|embed|file|reaction
        may  mentions texts
        may  attachments list
        may  thread_id text
        may  reply_to text
        rule recipients            recipient_not_allowed do recipients
        rule mentions              recipient_not_allowed do mentions
        rule rate_limit_minute     rate_limit_exceeded   count minute msgs_per_min?
        rule rate_limit_daily      rate_limit_exceeded   count day msgs_per_day?

        pack media.image.generate.v1 media.image.generate
        need provider text:1..100
        may  model text:0..200
        need prompt_length int:1..200000
        need referenced_image_count int:0..50
        need output_count int:1..50
        need output_format one:png|jpg|jpeg|webp|gif|svg
        may  size text:0..100
        may  aspect_ratio text:0..50
        rule provider_allowlist      provider_not_allowed              listed provider allowed_providers
        rule prompt_length_limit     prompt_too_large                  atmost prompt_length max_prompt_length
        rule referenced_image_limit  referenced_image_limit_exceeded   atmost referenced_image_count max_referenced_images
        rule output_count_limit      output_image_limit_exceeded       atmost output_count max_output_images
        rule output_format_allowlist output_format_not_allowed         listed output_format allowed_output_formats
        """

    static let agents = """
        pack agent.session.create.v1 agent.session.create
        need user_id text:1..200
        need session_type one:interactive|batch|webhook|scheduled|ephemeral
        may  session_name text:0..200
        may  requested_duration int:60..86400
        may  resources object
        may  metadata object
        may  parent_session_id text
        may  tags texts:0..20
        known default_session_duration
        rule session_duration_limit   duration_limit_exceeded   atmost requested_duration max_session_duration|max_session_duration_seconds?
        rule session_type_allowed     session_type_not_allowed  listed session_type allowed_session_types?
        rule resource_quota           resource_quota_exceeded   do quota
        rule session_name             invalid_context           asks require_session_names session_name
        rule concurrent_session_limit concurrent_limit_exceeded count day max_concurrent_sessions?
        rule session_limit_per_user   concurrent_limit_exceeded count day max_sessions_per_user? by user_id
        rule daily_session_limit      limit_exceeded            count day max_sessions_per_day?

        pack agent.tool.register.v1 agent.tool.register
        need tool_name form:tool-name !invalid_tool_name
        need tool_type one:function|mcp_tool|api|command|workflow|agent
        need capabilities forms:tool-name:1..50
        may  tool_description text:0..1000
        may  tool_version form:version
        may  schema object
        may  author text:0..200
        may  repository text
        may  license one:MIT|Apache-2.0|GPL-3.0|BSD-3-Clause|ISC|proprietary
        may  tags texts:0..20
        may  metadata object
        rule tool_type_allowed        tool_type_not_allowed     listed tool_type allowed_tool_types?
        rule capability_validation    capability_not_allowed    listed capabilities.- allowed_capabilities?
        rule license                  invalid_context           listed license allowed_licenses?
        rule schema                   invalid_context           asks require_schema schema
        rule version                  invalid_context           asks require_version tool_version
        rule repository               invalid_context           asks require_repository repository
        rule tool_name_unique         tool_already_exists       once tool_name
        rule tool_count_limit         limit_exceeded            count ever max_tools_per_agent?
        rule daily_registration_limit limit_exceeded            count day max_registrations_per_day?

        pack deliverable.task.complete.v1 deliverable.task.complete
        need task_id text:1..256
        need output_type one:code|document|analysis|plan|data|other
        need criteria_attestations list:0..100
        may  summary text:0..10000
        may  tests_passing bool
        may  reviewer_agent_id text
        may  author_agent_id text
        may  output_content text:0..10485760
        rule all_passport_criteria_attested criteria_incomplete      do criteria-attested
        rule all_criteria_have_evidence     evidence_missing         do criteria-evidence
        rule all_criteria_attested          criteria_not_met         do criteria-met
        rule summary_required               summary_insufficient     do summary-words
        rule tests_passing_required         tests_not_passing        asks require_tests_passing tests_passing
        rule different_reviewer_required    self_review_not_allowed  do reviewer
        rule no_blocked_patterns            blocked_pattern_detected do output-patterns
        """

    static let data = """
        pack data.file.read.v1 data.file.read
        need file_path/path/filePath/target_file/absolute_path/dir_path/target_directory text:1..4096
        may  offset int:0..
        may  limit int:1..100000
        may  encoding one:utf-8|utf-16|ascii|base64|binary
        # Nothing here opens the file, so its size is not known.
        known max_file_size max_file_size_mb max_file_size_bytes max_size_mb max_size_bytes
        rule path_allowlist        path_not_allowed      do paths-allowed
        rule blocked_paths         path_blocked          do paths-blocked
        rule sensitive_paths       blocked_pattern       do sensitive-reads
        rule blocked_patterns      blocked_pattern       do path-patterns
        rule extension_check       extension_not_allowed do extensions

        pack data.file.write.v1 data.file.write
        need file_path/path/filePath/target_file text:1..4096
        may  content/contents/file_text text:0..10485760
        may  content_length int:0..10485760
        may  encoding one:utf-8|utf-16|ascii|base64|binary
        may  append bool
        may  create_dirs bool
        rule path_allowlist        path_not_allowed      do paths-allowed
        rule blocked_paths         path_blocked          do paths-blocked
        rule sensitive_paths       path_blocked          do sensitive-writes
        rule blocked_patterns      blocked_pattern       do path-patterns
        rule extension_check       extension_not_allowed do extensions
        rule file_size_limit       limit_exceeded        do content-size
        rule rate_limit            rate_limit_exceeded   count minute max_writes_per_minute?
        rule rate_limit_hourly     rate_limit_exceeded   count hour max_writes_per_hour?
        rule rate_limit_daily      rate_limit_exceeded   count day max_writes_per_day?

        pack data.export.create.v1 data.export
        need export_type text:1..
        need format one:csv|json|xlsx|parquet !format_unsupported
        need filters object
        may  include_pii bool
        may  estimated_rows int:0..
        may  date_range object
        may  columns texts
        rule row_limit_check       limit_exceeded        atmost estimated_rows max_export_rows|max_rows
        rule pii_handling          pii_not_allowed       granted allow_pii if include_pii=true
        rule collection            collection_forbidden  listed export_type allowed_collections?

        pack data.report.ingest.v1 data.report.ingest
        need report_type text:1..
        need data_source_id text:1..
        need data_timestamp form:moment
        may  metric_type text
        may  data_size_mb number
        may  data_quality_score number
        may  validation_checks texts
        may  idempotency_key text:8..
        rule report_type_allowed        report_type_forbidden     listed report_type allowed_report_types
        rule source_is_approved         source_unapproved         listed data_source_id [report_type].approved_sources|approved_sources[report_type]|approved_sources
        rule data_is_fresh              data_stale                age data_timestamp [report_type].max_data_age_seconds|max_data_age_seconds[report_type]|max_data_age_seconds
        rule data_size_limit_check      data_size_exceeded        atmost data_size_mb? [report_type].max_data_size_mb|max_data_size_mb[report_type]|max_data_size_mb
        rule data_quality_check         data_quality_insufficient atleast data_quality_score? [report_type].data_quality_threshold|data_quality_threshold[report_type]|data_quality_threshold
        rule validation_checks_required validation_checks_missing do validation-checks
        rule metric_type_validation     metric_type_forbidden     listed metric_type? [report_type].allowed_metric_types|allowed_metric_types[report_type]|allowed_metric_types
        rule idempotency_check          idempotency_conflict      once idempotency_key?
        rule ingest_frequency_check     ingest_frequency_exceeded count hour [report_type].max_ingest_frequency_per_hour|max_ingest_frequency_per_hour[report_type]|max_ingest_frequency_per_hour by data_source_id

        pack governance.data.access.v1 governance.data.access data.access
        need data_classification text:1..
        need accessing_entity_id text:1..
        need accessing_entity_type one:employee|client|system_agent
        need resource_id text:1..
        may  action_type one:read|export|delete|update
        may  jurisdiction form:country
        may  row_count int:0..
        may  destination_jurisdiction form:country
        may  resource_attributes object
        may  data_timestamp form:moment
        rule classification_allowed         classification_forbidden  listed data_classification allowed_classifications
        rule entity_type_allowed_for_action entity_type_forbidden     listed accessing_entity_type permissions[data_classification].allowed_entity_types
        rule jurisdiction_check             jurisdiction_blocked      listed jurisdiction allowed_jurisdictions
        rule row_limit_check                row_limit_exceeded        atmost row_count max_rows_per_export if action_type=export
        rule row_limit_stated               row_limit_exceeded        atmost row_count? max_rows_per_export?
        rule data_locality_check            jurisdiction_blocked      listed destination_jurisdiction allowed_destination_jurisdictions if action_type=export
        rule data_locality_stated           jurisdiction_blocked      listed destination_jurisdiction? allowed_destination_jurisdictions?
        rule balance_inquiry_limit          balance_inquiry_forbidden below resource_attributes.account_balance_usd? balance_inquiry_cap_usd
        rule action_type_allowed            action_forbidden          listed action_type permissions[data_classification].allowed_actions
        rule data_retention_check           data_expired              age data_timestamp max_data_age_seconds?
        rule entity_access_frequency_check  access_frequency_exceeded count hour max_access_attempts_per_hour? by accessing_entity_id
        """

    static let code = """
        pack code.repository.merge.v1 code.repository.merge repo.merge repo.pr.create repo.push
        need repository/repo form:repository
        need action one:pr.create|pr.merge|pr.merged|pr.update|repo.push|push|pull_request.create|pull_request.update|repo.merge|branch.create|branch.delete
        need branch text:1..
        may  base_branch/base text
        may  title text:0..200
        may  description/body text:0..5000
        may  files_changed/files/file_paths/paths texts
        may  lines_added/additions int:0..
        may  lines_removed/deletions int:0..
        rule repo_capability       unknown_capability    do action-capability
        rule repository            repo_not_allowed      do repositories
        rule base_branch           branch_not_allowed    do branches
        rule paths                 path_not_allowed      do changed-paths
        rule pr_size_limit         limit_exceeded        do change-size
        rule files_limit           limit_exceeded        size files_changed? max_files_changed?
        rule lines_limit           limit_exceeded        atmost lines_added? max_total_added_lines?
        rule daily_pr_limit        limit_exceeded        count day max_prs_per_day if action=pr.create|pull_request.create
        rule daily_merge_limit     limit_exceeded        count day max_merges_per_day if action=pr.merge|pr.merged|repo.merge

        pack code.release.publish.v1 code.release.publish repo.release
        need repository text:1..
        need version form:version !format_unsupported
        need files texts:1..
        may  branch text
        may  signed bool
        may  description text
        may  changelog text
        rule file_extensions_allowed file_forbidden      do release-files
        rule repository_permission   repo_not_allowed    do repositories
        rule branch                  branch_not_allowed  listed branch allowed_branches?
        rule signed_artifacts        unsigned_artifact   asks require_signed_artifacts signed
        rule daily_release_limit     limit_exceeded      count day max_releases_per_day?
        """

    static let finance = """
        pack finance.payment.charge.v1 payments.charge finance.payment.charge
        need amount int:1..
        need currency form:currency
        need merchant_id text:1..
        need region text:1..
        need items list:1..
        need items.-.sku text:1..
        need items.-.qty int:1..
        need items.-.price int:1..
        may  shipping_country text
        may  risk_score number
        need idempotency_key text:8..
        known idempotency_required
        rule assurance_minimum     assurance_insufficient do assurance
        rule currency_supported    currency_unsupported  listed currency currency_limits
        rule per_tx_amount_cap     limit_exceeded        atmost amount currency_limits[currency].max_per_tx
        rule item_count_cap        limit_exceeded        size items max_items_per_tx?
        rule merchant_allowed      merchant_forbidden    listed merchant_id allowed_merchant_ids|allowed_merchants?
        rule country_allowed       region_blocked        listed shipping_country allowed_countries?
        rule category_block        category_blocked      unlisted items.-.category? blocked_categories?
        rule daily_cap_check       limit_exceeded        sum day amount currency_limits[currency].daily_cap by currency
        rule idempotency_check     idempotency_conflict  once idempotency_key

        pack finance.payment.refund.v1 finance.payment.refund
        need order_id text:1..
        need customer_id text:1..
        need amount int:1..
        need currency form:currency
        need region text:1..
        need reason_code text:1..
        need idempotency_key text:8..
        may  note text
        may  merchant_case_id text
        may  order_currency form:currency
        may  order_total_minor int:0..
        may  already_refunded_minor int:0..
        known idempotency_required regions
        rule assurance_minimum     assurance_insufficient do assurance
        rule currency_supported    currency_unsupported  listed currency supported_currencies|currency_limits
        rule per_tx_amount_cap     limit_exceeded        atmost amount currency_limits[currency].max_per_tx
        rule reason_code_valid     invalid_reason_code   listed reason_code refund_reason_codes|reason_codes
        rule cross_currency_check  cross_currency_denied same currency order_currency
        rule order_total           limit_exceeded        do refund-total
        rule daily_cap_check       limit_exceeded        sum day amount currency_limits[currency].daily_cap by currency
        rule idempotency_check     idempotency_conflict  once idempotency_key

        pack finance.payment.payout.v1 payments.payout finance.payment.payout
        need amount int:1..
        need currency form:currency
        need destination_type one:bank_account|digital_wallet|crypto_address
        need destination_id text:1..
        need payout_method one:wire_transfer|ach|crypto_transfer|digital_wallet
        need idempotency_key text:8..
        may  description text
        may  compliance_notes text
        may  approval_required bool
        known idempotency_required
        rule currency_supported       currency_unsupported       listed currency supported_currencies|currency_limits
        rule per_tx_amount_cap        limit_exceeded             atmost amount currency_limits[currency].max_per_tx
        rule destination_type_allowed destination_type_forbidden listed destination_type allowed_destination_types
        rule recipient_allowed        recipient_not_allowed      do payees
        rule compliance_check         compliance_check_required  asks-unless compliance_checks_required compliance_notes
        rule daily_cap_check          limit_exceeded             count day max_payouts_per_day
        rule daily_amount_check       limit_exceeded             sum day amount currency_limits[currency].max_daily_amount|currency_limits[currency].daily_cap? by currency
        rule idempotency_check        idempotency_conflict       once idempotency_key

        pack finance.transaction.execute.v1 finance.transaction finance.transaction.execute
        need transaction_type one:buy|sell|transfer|short_sell
        need amount int:0..
        need currency form:currency
        need asset_class text:1..
        need source_account_id text:1..
        need destination_account_id text:1..
        may  source_account_type text
        may  destination_account_type text
        may  counterparty_id text
        may  idempotency_key text
        rule transaction_type_allowed    action_forbidden            listed transaction_type allowed_transaction_types
        rule asset_class_allowed         asset_class_forbidden       listed asset_class allowed_asset_classes
        rule exposure_limit_check        limit_exceeded              atmost amount max_exposure_per_tx_usd
        rule account_segregation_check   account_type_restricted     unlisted source_account_type? restricted_source_account_types?
        rule account_type_check          account_type_restricted     listed source_account_type allowed_source_account_types?
        rule segregation_of_funds_check  commingling_of_funds_forbidden never if source_account_type=client_funds if destination_account_type=proprietary
        rule counterparty_exposure_check counterparty_limit_exceeded sum day amount max_exposure_per_counterparty_usd? by counterparty_id
        rule idempotency_check           idempotency_conflict        once idempotency_key?

        pack finance.crypto.trade.v1 finance.crypto.trade
        need exchange_id text:1..
        need pair form:pair
        need side one:buy|sell
        need amount_usd int:0..
        may  source_wallet_type one:hot|cold|custodial
        may  risk_score number
        may  idempotency_key text:1..
        rule exchange_is_allowed      exchange_forbidden        listed exchange_id allowed_exchanges
        rule token_is_allowed         token_forbidden           do pair-tokens
        rule trade_size_limit_check   limit_exceeded            atmost amount_usd max_trade_size_usd
        rule hot_wallet_limit_check   wallet_limit_exceeded     atmost amount_usd max_hot_wallet_trade_usd if source_wallet_type=hot
        rule pair_volatility_check    risk_score_exceeded       atmost risk_score? max_risk_score?
        rule daily_volume_limit_check daily_volume_exceeded     sum day amount_usd max_daily_trade_volume_usd
        rule trade_frequency_check    trade_frequency_exceeded  count day max_trades_per_day
        rule idempotency_check        idempotency_conflict      once idempotency_key?
        """

    static let offices = """
        pack legal.contract.review.v1 legal.contract.review
        need document_type one:contract|nda|msa|sla|employment_agreement|purchase_agreement|lease|license_agreement|settlement_agreement|other
        need client_id text:1..
        need jurisdiction form:country
        need action_type one:review|draft|redline|approve
        need idempotency_key text:8..
        may  document_size_mb number
        may  client_tier one:tier1|tier2|tier3|enterprise|public
        may  attorney_reviewer_id text
        may  privilege_level one:public|confidential|privileged|highly_confidential
        may  contract_value int:0..
        may  contract_currency form:currency
        may  matter_id text
        may  review_deadline form:moment
        may  client_consent_given bool
        may  conflicts_check_passed bool
        may  fee_disclosure_provided bool
        may  engagement_letter_signed bool
        may  opposing_party_id text
        may  data_encrypted bool
        may  supervisor_approval_id text
        rule document_type_allowed          document_type_forbidden       listed document_type allowed_document_types
        rule document_size_limit            document_size_exceeded        atmost document_size_mb? max_document_size_mb
        rule jurisdiction_authorized        jurisdiction_blocked          listed jurisdiction allowed_contract_jurisdictions
        rule attorney_review_required       attorney_review_required      asks require_attorney_review attorney_reviewer_id
        rule privilege_protection_enforced  privilege_protection_violation asks-unless privilege_protection_enabled privilege_level
        rule client_tier_authorized         client_tier_forbidden         listed client_tier? allowed_client_tiers
        rule currency_supported             currency_unsupported          listed contract_currency? supported_currencies
        rule per_currency_value_limit       limit_exceeded                atmost contract_value? currency_limits[contract_currency].max_per_contract
        rule high_value_contract_review     high_value_review_required    below contract_value? currency_limits[contract_currency].require_attorney_review_threshold? if attorney_reviewer_id=
        rule client_consent_required        client_consent_required       asks require_client_consent client_consent_given
        rule conflicts_check_required       conflicts_check_required      asks require_conflicts_check conflicts_check_passed
        rule fee_disclosure_required        fee_disclosure_required       asks require_fee_disclosure fee_disclosure_provided
        rule engagement_letter_required     engagement_letter_required    asks require_engagement_letter engagement_letter_signed
        rule attorney_jurisdiction_authorized unauthorized_practice_of_law listed jurisdiction allowed_attorney_jurisdictions
        rule matter_isolation_required      conflict_of_interest          refused require_matter_isolation if opposing_party_id=*
        rule data_encryption_required       data_encryption_required      asks require_data_encryption data_encrypted
        rule supervisor_approval_required   supervisor_approval_required  asks require_supervisor_approval supervisor_approval_id
        rule daily_contract_limit           daily_limit_exceeded          count day max_contracts_per_day
        rule daily_currency_cap             daily_limit_exceeded          sum day contract_value? currency_limits[contract_currency].daily_cap by contract_currency
        rule idempotency_check              idempotency_conflict          once idempotency_key
        """
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// GitHub's own server (github/github-mcp-server, 2025 and 2026), here or at api.githubcopilot.com.
    ///
    /// A call connects to the repository, organisation or gist that it names, as paths of GitHub's API. What is read or
    /// written there is no file of this machine; whether a call reads or writes is in its tool's name.
    static let github = BuiltInMap(table: repositories + issues + pullRequests + actionsAndSecurity + elsewhere)

    /// @modelcontextprotocol/server-github, which preceded it.
    static let githubReference = BuiltInMap(
        table: #"""
            create_or_update_file
              owner repo path content message branch sha?
              @effect connect:github repos/{/owner}/{/repo}
            get_file_contents
              owner repo path branch?
              @effect connect:github repos/{/owner}/{/repo}
            push_files
              owner repo branch files=any message
              @effect connect:github repos/{/owner}/{/repo}
            create_branch
              owner repo branch from_branch?
              @effect connect:github repos/{/owner}/{/repo}
            list_commits
              owner repo sha? page=num? perPage=num?
              @effect connect:github repos/{/owner}/{/repo}
            create_issue
              owner repo title body? assignees=any? milestone=num? labels=any?
              @effect connect:github repos/{/owner}/{/repo}
            list_issues
              owner repo direction? labels=any? page=num? per_page=num? since? sort? state?
              @effect connect:github repos/{/owner}/{/repo}
            update_issue
              owner repo issue_number=num title? body? assignees=any? milestone=num? labels=any? state?
              @effect connect:github repos/{/owner}/{/repo}
            add_issue_comment
              owner repo issue_number=num body
              @effect connect:github repos/{/owner}/{/repo}
            get_issue
              owner repo issue_number=num
              @effect connect:github repos/{/owner}/{/repo}
            create_pull_request
              owner repo title body? head base draft=bool? maintainer_can_modify=bool?
              @effect connect:github repos/{/owner}/{/repo}
            list_pull_requests
              owner repo state? head? base? sort? direction? per_page=num? page=num?
              @effect connect:github repos/{/owner}/{/repo}
            get_pull_request get_pull_request_files get_pull_request_status get_pull_request_comments \
            get_pull_request_reviews
              owner repo pull_number=num
              @effect connect:github repos/{/owner}/{/repo}
            create_pull_request_review
              owner repo pull_number=num commit_id? body event comments=any?
              @effect connect:github repos/{/owner}/{/repo}
            merge_pull_request
              owner repo pull_number=num commit_title? commit_message? merge_method?
              @effect connect:github repos/{/owner}/{/repo}
            update_pull_request_branch
              owner repo pull_number=num expected_head_sha?
              @effect connect:github repos/{/owner}/{/repo}
            fork_repository
              owner repo organization?
              @effect connect:github repos/{/owner}/{/repo}
              @effect connect:github orgs/{/organization}
            create_repository
              name description? private=bool? autoInit=bool?
              @effect connect:github user/repos
            search_repositories
              query page=num? perPage=num?
              @effect connect:github search/repositories
            search_code
              q order? page=num? per_page=num?
              @effect connect:github search/code
            search_issues
              q sort? order? page=num? per_page=num?
              @effect connect:github search/issues
            search_users
              q sort? order? page=num? per_page=num?
              @effect connect:github search/users
            """#)

    private static let repositories = #"""
        get_file_contents
          owner repo path? ref? sha? branch? fields=any?
          @effect connect:github repos/{/owner}/{/repo}
        get_repository_tree
          owner repo path_filter? recursive=bool? tree_sha?
          @effect connect:github repos/{/owner}/{/repo}
        get_file_blame
          owner repo path ref? after? perPage=num? start_line=num? end_line=num?
          @effect connect:github repos/{/owner}/{/repo}
        create_or_update_file
          owner repo path content message branch sha? allow_symlink_write=bool?
          @effect connect:github repos/{/owner}/{/repo}
        delete_file
          owner repo path message branch
          @effect connect:github repos/{/owner}/{/repo}
        push_files
          owner repo branch files=any message
          @effect connect:github repos/{/owner}/{/repo}
        create_branch
          owner repo branch from_branch?
          @effect connect:github repos/{/owner}/{/repo}
        list_branches list_tags
          owner repo page=num? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        get_tag get_release_by_tag
          owner repo tag
          @effect connect:github repos/{/owner}/{/repo}
        list_releases
          owner repo page=num? perPage=num? fields=any?
          @effect connect:github repos/{/owner}/{/repo}
        get_latest_release delete_repository
          owner repo
          @effect connect:github repos/{/owner}/{/repo}
        list_commits
          owner repo sha? author? path? since? until? page=num? perPage=num? fields=any?
          @effect connect:github repos/{/owner}/{/repo}
        get_commit
          owner repo sha detail? include_diff=bool? page=num? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        list_repository_collaborators
          owner repo affiliation? page=num? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        star_repository unstar_repository
          owner repo
          @effect connect:github repos/{/owner}/{/repo}
        fork_repository
          owner repo organization?
          @effect connect:github repos/{/owner}/{/repo}
          @effect connect:github orgs/{/organization}
        create_repository
          name description? private=bool? autoInit=bool? organization?
          @effect connect:github user/repos
          @effect connect:github orgs/{/organization}

        """#

    private static let issues = #"""
        issue_read
          method owner repo issue_number=num page=num? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        issue_write
          method owner repo issue_number=num? title? body? assignees=any? labels=any? milestone=num? state? state_reason?
          type?! duplicate_of=num? issue_fields=any?
          @effect connect:github repos/{/owner}/{/repo}
        get_issue
          owner repo issue_number=num
          @effect connect:github repos/{/owner}/{/repo}
        get_issue_comments list_sub_issues
          owner repo issue_number=num page=num? perPage=num? per_page=num?
          @effect connect:github repos/{/owner}/{/repo}
        create_issue
          owner repo title body? assignees=any? labels=any? milestone=num? type?
          @effect connect:github repos/{/owner}/{/repo}
        update_issue
          owner repo issue_number=num title? body? assignees=any? labels=any? milestone=num? state? state_reason? type?
          @effect connect:github repos/{/owner}/{/repo}
        list_issues
          owner repo state? labels=any? orderBy? direction? sort? since? after? page=num? perPage=num? fields=any?
          field_filters=any?
          @effect connect:github repos/{/owner}/{/repo}
        add_issue_comment
          owner repo issue_number=num body? comment_id=int? reaction?
          @effect connect:github repos/{/owner}/{/repo}
        add_issue_reaction
          owner repo issue_number=num content
          @effect connect:github repos/{/owner}/{/repo}
        add_issue_comment_reaction
          owner repo comment_id=num content
          @effect connect:github repos/{/owner}/{/repo}
        sub_issue_write
          method owner repo issue_number=num sub_issue_id=num after_id=num? before_id=num? replace_parent=bool?
          @effect connect:github repos/{/owner}/{/repo}
        add_sub_issue remove_sub_issue reprioritize_sub_issue
          owner repo issue_number=num sub_issue_id=num after_id=num? before_id=num? replace_parent=bool?
          @effect connect:github repos/{/owner}/{/repo}
        update_issue_assignees
          owner repo issue_number=num assignees=any
          @effect connect:github repos/{/owner}/{/repo}
        update_issue_labels
          owner repo issue_number=num labels=any
          @effect connect:github repos/{/owner}/{/repo}
        update_issue_milestone
          owner repo issue_number=num milestone=num
          @effect connect:github repos/{/owner}/{/repo}
        update_issue_title update_issue_body
          owner repo issue_number=num title? body?
          @effect connect:github repos/{/owner}/{/repo}
        update_issue_state
          owner repo issue_number=num state state_reason? duplicate_of=num? confidence? is_suggestion=bool? rationale?
          @effect connect:github repos/{/owner}/{/repo}
        update_issue_type
          owner repo issue_number=num issue_type?! confidence? is_suggestion=bool? rationale?
          @effect connect:github repos/{/owner}/{/repo}
        issue_dependency_read
          method owner repo issue_number=num page=num? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        issue_dependency_write
          method owner repo issue_number=num related_issue_number=num related_owner? related_repo? type
          @effect connect:github repos/{/owner}/{/repo}
          @effect connect:github repos/{/related_owner}/{/related_repo}
        list_issue_types
          owner repo?
          @effect connect:github orgs/{/owner}
        list_issue_fields
          owner repo?
          @effect connect:github orgs/{/owner}
          @effect connect:github repos/{/owner}/{/repo}
        get_label
          owner repo name
          @effect connect:github repos/{/owner}/{/repo}
        list_label list_labels
          owner repo page=num? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        label_write
          method owner repo name new_name? color? description?
          @effect connect:github repos/{/owner}/{/repo}
        assign_copilot_to_issue
          owner repo issue_number=num base_ref? custom_instructions?
          @effect connect:github repos/{/owner}/{/repo}
        assign_copilot_to_issue_with_intent
          owner repo issue_number=num base_ref? custom_instructions? confidence is_suggestion=bool rationale
          @effect connect:github repos/{/owner}/{/repo}
        ui_get
          method owner repo?
          @effect connect:github orgs/{/owner}
          @effect connect:github repos/{/owner}/{/repo}

        """#

    private static let pullRequests = #"""
        pull_request_read
          method owner repo pullNumber=num page=num? perPage=num? after?
          @effect connect:github repos/{/owner}/{/repo}
        get_pull_request get_pull_request_diff get_pull_request_status get_pull_request_reviews
          owner repo pullNumber=num
          @effect connect:github repos/{/owner}/{/repo}
        get_pull_request_files get_pull_request_comments get_pull_request_review_comments
          owner repo pullNumber=num page=num? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        list_pull_requests
          owner repo state? head? base? sort? direction? page=num? perPage=num? fields=any?
          @effect connect:github repos/{/owner}/{/repo}
        create_pull_request
          owner repo title head base body? draft=bool? maintainer_can_modify=bool? reviewers=any?
          @effect connect:github repos/{/owner}/{/repo}
        update_pull_request
          owner repo pullNumber=num title? body? base? state? draft=bool? maintainer_can_modify=bool? reviewers=any?
          @effect connect:github repos/{/owner}/{/repo}
        update_pull_request_title update_pull_request_body
          owner repo pullNumber=num title? body?
          @effect connect:github repos/{/owner}/{/repo}
        update_pull_request_state
          owner repo pullNumber=num state
          @effect connect:github repos/{/owner}/{/repo}
        update_pull_request_draft_state
          owner repo pullNumber=num draft=bool
          @effect connect:github repos/{/owner}/{/repo}
        update_pull_request_branch
          owner repo pullNumber=num expectedHeadSha?
          @effect connect:github repos/{/owner}/{/repo}
        merge_pull_request
          owner repo pullNumber=num commit_title? commit_message? merge_method?
          @effect connect:github repos/{/owner}/{/repo}
        pull_request_review_write
          method owner repo pullNumber=num body? event? commitID? threadId?
          @effect connect:github repos/{/owner}/{/repo}
        create_pull_request_review create_and_submit_pull_request_review submit_pending_pull_request_review
          owner repo pullNumber=num body? event? commitID?
          @effect connect:github repos/{/owner}/{/repo}
        create_pending_pull_request_review
          owner repo pullNumber=num commitID?
          @effect connect:github repos/{/owner}/{/repo}
        delete_pending_pull_request_review request_copilot_review
          owner repo pullNumber=num
          @effect connect:github repos/{/owner}/{/repo}
        add_comment_to_pending_review add_pull_request_review_comment
          owner repo pullNumber=num path body subjectType line=num? side? startLine=num? startSide?
          @effect connect:github repos/{/owner}/{/repo}
        add_reply_to_pull_request_comment
          owner repo pullNumber=num? commentId=num body? reaction?
          @effect connect:github repos/{/owner}/{/repo}
        add_pull_request_review_comment_reaction
          owner repo comment_id=num content
          @effect connect:github repos/{/owner}/{/repo}
        request_pull_request_reviewers
          owner repo pullNumber=num reviewers=any
          @effect connect:github repos/{/owner}/{/repo}
        resolve_review_thread unresolve_review_thread
          threadID
          @effect connect:github graphql

        """#

    private static let actionsAndSecurity = #"""
        actions_get
          method owner repo resource_id
          @effect connect:github repos/{/owner}/{/repo}
        actions_list
          method owner repo resource_id? page=num? per_page=num? workflow_jobs_filter=any? workflow_runs_filter=any?
          @effect connect:github repos/{/owner}/{/repo}
        actions_run_trigger
          method owner repo workflow_id? run_id=num? ref? inputs=any?
          @effect connect:github repos/{/owner}/{/repo}
        get_job_logs
          owner repo job_id=num? run_id=num? failed_only=bool? return_content=bool? tail_lines=num?
          @effect connect:github repos/{/owner}/{/repo}
        list_workflows
          owner repo page=num? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        list_workflow_runs
          owner repo workflow_id actor? branch? event? status? page=num? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        get_workflow_run get_workflow_run_logs get_workflow_run_usage rerun_workflow_run rerun_failed_jobs \
        cancel_workflow_run delete_workflow_run_logs
          owner repo run_id=num
          @effect connect:github repos/{/owner}/{/repo}
        list_workflow_jobs
          owner repo run_id=num filter? page=num? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        list_workflow_run_artifacts
          owner repo run_id=num page=num? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        download_workflow_run_artifact
          owner repo artifact_id=num
          @effect connect:github repos/{/owner}/{/repo}
        run_workflow
          owner repo workflow_id ref inputs=any?
          @effect connect:github repos/{/owner}/{/repo}
        get_code_scanning_alert get_dependabot_alert get_secret_scanning_alert
          owner repo alertNumber=num
          @effect connect:github repos/{/owner}/{/repo}
        list_code_scanning_alerts
          owner repo ref? severity? state? tool_name? page=num? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        list_dependabot_alerts
          owner repo severity? state? after? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        list_secret_scanning_alerts
          owner repo resolution? secret_type? state? page=num? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        list_repository_security_advisories
          owner repo direction? sort? state?
          @effect connect:github repos/{/owner}/{/repo}
        list_org_repository_security_advisories
          org direction? sort? state?
          @effect connect:github orgs/{/org}
        get_global_security_advisory
          ghsaId
          @effect connect:github advisories/{/ghsaId}
        list_global_security_advisories
          affects? cveId? cwes=any? ecosystem? ghsaId? isWithdrawn=bool? modified? published? severity? type? updated?
          @effect connect:github advisories

        """#

    private static let elsewhere = #"""
        get_me
          @effect connect:github user
        get_teams
          user?
          @effect connect:github user/teams
          @effect connect:github users/{/user}
        get_team_members
          org team_slug
          @effect connect:github orgs/{/org}
        search_repositories
          query sort? order? page=num? perPage=num? minimal_output=bool? fields=any?
          @effect connect:github search/repositories
        search_code
          query sort? order? page=num? perPage=num? fields=any?
          @effect connect:github search/code
        search_commits
          query sort? order? page=num? perPage=num? fields=any?
          @effect connect:github search/commits
        search_users search_orgs
          query sort? order? page=num? perPage=num?
          @effect connect:github search/users
        search_issues search_pull_requests
          query owner? repo? sort? order? page=num? perPage=num? fields=any?
          @effect connect:github search/issues
          @effect connect:github repos/{/owner}/{/repo}
        list_starred_repositories
          username? sort? direction? page=num? perPage=num?
          @effect connect:github user/starred
          @effect connect:github users/{/username}
        list_gists
          username? since? page=num? perPage=num?
          @effect connect:github gists
          @effect connect:github users/{/username}
        get_gist
          gist_id
          @effect connect:github gists/{/gist_id}
        create_gist
          filename content description? public=bool?
          @effect connect:github gists
        update_gist
          gist_id filename content description?
          @effect connect:github gists/{/gist_id}
        list_notifications
          filter? owner? repo? since? before? page=num? perPage=num?
          @effect connect:github notifications
        get_notification_details
          notificationID
          @effect connect:github notifications
        dismiss_notification
          threadID state
          @effect connect:github notifications
        mark_all_notifications_read
          lastReadAt? owner? repo?
          @effect connect:github notifications
        manage_notification_subscription
          notificationID action
          @effect connect:github notifications
        manage_repository_notification_subscription
          owner repo action
          @effect connect:github repos/{/owner}/{/repo}
        list_discussions
          owner repo? category? orderBy? direction? after? perPage=num?
          @effect connect:github orgs/{/owner}
          @effect connect:github repos/{/owner}/{/repo}
        list_discussion_categories
          owner repo?
          @effect connect:github orgs/{/owner}
          @effect connect:github repos/{/owner}/{/repo}
        get_discussion
          owner repo discussionNumber=num
          @effect connect:github repos/{/owner}/{/repo}
        get_discussion_comments
          owner repo discussionNumber=num includeReplies=bool? after? perPage=num?
          @effect connect:github repos/{/owner}/{/repo}
        discussion_comment_write
          method owner? repo? discussionNumber=num? commentNodeID? body?
          @effect connect:github graphql
          @effect connect:github repos/{/owner}/{/repo}
        projects_get
          method owner? owner_type? project_number=num? project_id? item_id=num? field_id=num? fields=any? field_names=any?
          status_update_id? view_id?
          @effect connect:github graphql
          @effect connect:github orgs/{/owner}
        projects_list
          method owner owner_type? project_number=num? query? fields=any? field_names=any? per_page=num? after? before?
          @effect connect:github orgs/{/owner}
        projects_write
          method owner owner_type? project_number=num? body? field_name? filter?! issue_number=num? item_id=num? item_owner?
          item_repo? item_type? items=any? iteration_duration=num? iterations=any? layout? name? pull_request_number=num?
          start_date? status? target_date? title? updated_field=any? view_id? visible_field_names=any? visible_fields=any?
          @effect connect:github orgs/{/owner}
          @effect connect:github repos/{/item_owner}/{/item_repo}
        get_copilot_space
          owner name
          @effect connect:github graphql
        list_copilot_spaces
          @effect connect:github graphql
        create_pull_request_with_copilot
          owner repo title problem_statement base_ref? body?
          @effect connect:github repos/{/owner}/{/repo}
        search_docs github_support_docs_search
          query
          @effect connect:url https://docs.github.com/
        """#
}

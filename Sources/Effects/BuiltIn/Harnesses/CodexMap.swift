// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// Codex's own tools, by the names that its hooks give them (`Bash`, `apply_patch`) and by those that its model uses.
    ///
    /// What is typed into a running program is code. A command that asks to leave the sandbox is judged as it would be
    /// within: Writ's policies do not rest on it. What may be absent may be null.
    static let codex = BuiltInMap(
        table: #"""
            Bash
              command=execute:shell@workdir description?! timeout=num?! timeout_ms=num?! workdir?! login=bool?!
              sandbox_permissions?! with_escalated_permissions=bool?! justification?! prefix_rule=any?!
              additional_permissions=any?! run_in_background=bool?!
            shell local_shell container.exec shell_command
              command=execute:shell@workdir workdir?! timeout=num?! timeout_ms=num?! login=bool?! sandbox_permissions?!
              with_escalated_permissions=bool?! justification?! prefix_rule=any?! additional_permissions=any?!
              env=!code?! user=!program?! type?!
            exec_command
              cmd=execute:command@workdir workdir?! shell=execute:program?! login=bool?! tty=bool?! yield_time_ms=num?!
              max_output_tokens=num?! sandbox_permissions?! justification?! prefix_rule=any?! additional_permissions=any?!
              ingress=!host?! environment_id=!program?!
            write_stdin
              session_id=num chars=keys?! yield_time_ms=num?! max_output_tokens=num?!
            apply_patch
              command=:patch@workdir?! input=:patch@workdir?! patch=:patch@workdir?! workdir?!
              @one command input patch
            view_image
              path=read:path detail?!
            read_file
              file_path=read:path offset=num?! limit=num?! mode?! indentation=any?!
            list_dir
              dir_path=read:directory offset=num?! limit=num?! depth=num?!
            grep_files
              pattern include=read:filter@path?! path=read:tree?!=. limit=num?!
            update_plan
              explanation?! plan=any
            web_search
              query?! action=any?! queries=any?!
            request_user_input
              questions=any
            request_permissions
              reason?! environment_id?! permissions=any
            tool_search tool_suggest
              query?! limit=num?! tool_id?! tool_type?! action_type?! suggest_reason?!
            list_mcp_resources list_mcp_resource_templates
              server?! cursor?!
            read_mcp_resource
              server uri=read:uri
            spawn_agent
              message?! items=read:items?! agent_type?! fork_context=bool?! fork_turns?! model?! reasoning_effort?! service_tier?!
              task_name?!
            spawn_agents_on_csv
              csv_path=read:path instruction id_column?! output_csv_path=write:path?! output_schema=any?! max_concurrency=num?!
              max_workers=num?! max_runtime_seconds=num?!
            send_input
              id?! target?! message?! items=read:items?! interrupt=bool?!
            send_message followup_task assign_task
              target message
            wait wait_agent
              ids=any?! targets=any?! timeout_ms=num?!
            resume_agent
              id
            close_agent interrupt_agent
              id?! target?!
            list_agents
              path_prefix?!
            get_goal get_context_remaining current_time
            create_goal
              objective token_budget=num?!
            update_goal
              status
            js_repl exec
              code=!code?! input=!code?! source=!code?! timeout_ms=num?!
            js_repl_reset
            """#, paths: .agent)
}

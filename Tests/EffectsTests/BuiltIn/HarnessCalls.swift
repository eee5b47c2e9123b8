// SPDX-License-Identifier: Apache-2.0

extension MappedCall {
    /// A plain call of coding agents' own tools each, by map: with what a call must have.
    static let harnessCalls: [MappedCall] =
        rows(
            "claude-code",
            #"""
            Bash {"command":"true"} = execute true
            BashOutput {} =
            KillShell {} =
            KillBash {} =
            PowerShell {"command":"x"} = opaque code
            Monitor {"command":"true"} = execute true
            Read {"file_path":"src/a.txt"} = read /p/src/a.txt
            Write {"file_path":"src/a.txt","content":"x"} = write /p/src/a.txt
            Edit {"file_path":"src/a.txt","old_string":"x","new_string":"x"} = read /p/src/a.txt; write /p/src/a.txt
            MultiEdit {"file_path":"src/a.txt","edits":[{"old_string":"x","new_string":"x"}]} = read /p/src/a.txt; write /p/src/a.txt
            NotebookEdit {"notebook_path":"src/a.txt","new_source":"x"} = read /p/src/a.txt; write /p/src/a.txt
            NotebookRead {"notebook_path":"src/a.txt"} = read /p/src/a.txt
            Glob {"pattern":"src/**/*.ts"} = read /p; read /p/src
            Grep {"pattern":"x"} = read /p
            LS {"path":"src"} = read /p/src
            LSP {"operation":"x","filePath":"src/a.txt"} = read /p/src/a.txt
            WebFetch {"url":"https://h.example/x","prompt":"x"} = connect https://h.example/x
            WebSearch {"query":"x"} =
            Task {"description":"d","prompt":"x"} =
            Agent {"description":"d","prompt":"x"} =
            TaskOutput {} =
            AgentOutputTool {} =
            TaskStop {} =
            TaskCreate {"subject":"x","description":"d"} =
            TaskGet {"taskId":"x"} =
            TaskUpdate {"taskId":"x"} =
            TaskList {} =
            TodoRead {} =
            EnterPlanMode {} =
            CronList {} =
            ReadNotifications {} =
            ShowOnboardingRolePicker {} =
            TodoWrite {"todos":["x"]} =
            ExitPlanMode {} =
            AskUserQuestion {"questions":["x"]} =
            SlashCommand {"command":"x"} = opaque project-code
            Skill {} = opaque project-code
            Workflow {} = opaque project-code
            ToolSearch {"query":"x"} =
            ListMcpResourcesTool {} =
            ListMcpResources {} =
            RefreshMcpTools {} =
            ReadMcpResourceTool {"server":"x","uri":"docs/a.md"} = read /p/docs/a.md
            ReadMcpResource {"server":"x","uri":"docs/a.md"} = read /p/docs/a.md
            ReadMcpResourceDirTool {"server":"x","uri":"docs/a.md"} = read /p/docs/a.md
            WaitForMcpServers {} =
            SendMessage {} =
            TeamCreate {"team_name":"x"} =
            TeamDelete {} =
            CronCreate {"cron":"x","prompt":"x"} =
            CronDelete {"id":"x"} =
            ScheduleWakeup {} =
            EnterWorktree {} = write /p/.claude/worktrees; opaque project-code
            ExitWorktree {"action":"x"} = write /p/.claude/worktrees; delete /p/.claude/worktrees
            ReportFindings {"findings":["x"]} =
            ProposeGoal {"condition":"x"} =
            PushNotification {"message":"x"} =
            StructuredOutput {} =
            """#)
        + rows(
            "codex",
            #"""
            Bash {"command":"true"} = execute true
            shell {"command":"true"} = execute true
            local_shell {"command":"true"} = execute true
            container.exec {"command":"true"} = execute true
            shell_command {"command":"true"} = execute true
            exec_command {"cmd":"true"} = execute true
            write_stdin {"session_id":7} =
            apply_patch {"command":"*** Begin Patch\n*** Update File: src/a.txt\n@@\n-a\n+b\n*** End Patch"} = read /p/src/a.txt; write /p/src/a.txt
            view_image {"path":"src/a.txt"} = read /p/src/a.txt
            read_file {"file_path":"src/a.txt"} = read /p/src/a.txt
            list_dir {"dir_path":"src"} = read /p/src
            grep_files {"pattern":"x"} = read /p
            update_plan {"plan":["x"]} =
            web_search {} =
            request_user_input {"questions":["x"]} =
            request_permissions {"permissions":["x"]} =
            tool_search {} =
            tool_suggest {} =
            list_mcp_resources {} =
            list_mcp_resource_templates {} =
            read_mcp_resource {"server":"x","uri":"docs/a.md"} = read /p/docs/a.md
            spawn_agent {} =
            spawn_agents_on_csv {"csv_path":"src/a.txt","instruction":"x"} = read /p/src/a.txt
            send_input {} =
            send_message {"target":"x","message":"x"} =
            followup_task {"target":"x","message":"x"} =
            assign_task {"target":"x","message":"x"} =
            wait {} =
            wait_agent {} =
            resume_agent {"id":"x"} =
            close_agent {} =
            interrupt_agent {} =
            list_agents {} =
            get_goal {} =
            get_context_remaining {} =
            current_time {} =
            create_goal {"objective":"x"} =
            update_goal {"status":"x"} =
            js_repl {} =
            exec {} =
            js_repl_reset {} =
            """#)
        + rows(
            "cursor",
            #"""
            Shell {"command":"true"} = execute true
            Read {"file_path":"src/a.txt"} = read /p/src/a.txt
            Write {"file_path":"src/a.txt"} = write /p/src/a.txt
            TabWrite {"file_path":"src/a.txt"} = write /p/src/a.txt
            StrReplace {"file_path":"src/a.txt"} = read /p/src/a.txt; write /p/src/a.txt
            Edit {"file_path":"src/a.txt"} = read /p/src/a.txt; write /p/src/a.txt
            SearchReplace {"file_path":"src/a.txt"} = read /p/src/a.txt; write /p/src/a.txt
            MultiEdit {"file_path":"src/a.txt","edits":["x"]} = read /p/src/a.txt; write /p/src/a.txt
            EditNotebook {"target_notebook":"src/a.txt"} = read /p/src/a.txt; write /p/src/a.txt
            ApplyPatch {"command":"*** Begin Patch\n*** Update File: src/a.txt\n@@\n-a\n+b\n*** End Patch"} = read /p/src/a.txt; write /p/src/a.txt
            Delete {"file_path":"src/a.txt"} = delete /p/src/a.txt
            LS {"path":"src"} = read /p/src
            ListDir {"path":"src"} = read /p/src
            Glob {"glob_pattern":"src/**/*.ts"} = read /p; read /p/src
            Grep {"pattern":"x"} = read /p
            SemanticSearch {"query":"x"} =
            CodebaseSearch {"query":"x"} =
            ReadLints {} =
            WebFetch {"url":"https://h.example/x"} = connect https://h.example/x
            WebSearch {} =
            Task {} =
            Await {} =
            TodoWrite {"todos":["x"]} =
            AskQuestion {"questions":["x"]} =
            CreatePlan {} =
            SwitchMode {} =
            UpdateCurrentStep {} =
            ListMcpResources {} =
            FetchMcpResource {"server":"x","uri":"docs/a.md"} = read /p/docs/a.md
            """#)
        + rows(
            "gemini",
            #"""
            run_shell_command {"command":"true"} = execute true
            read_file {"file_path":"src/a.txt"} = read /p/src/a.txt
            read_many_files {"include":["src/**/*.ts"]} = read /p/src
            write_file {"file_path":"src/a.txt","content":"x"} = write /p/src/a.txt
            replace {"file_path":"src/a.txt","old_string":"x","new_string":"x"} = read /p/src/a.txt; write /p/src/a.txt
            edit {"file_path":"src/a.txt","old_string":"x","new_string":"x"} = read /p/src/a.txt; write /p/src/a.txt
            list_directory {"dir_path":"src"} = read /p/src
            glob {"pattern":"src/**/*.ts"} = read /p; read /p/src
            search_file_content {"pattern":"x"} = read /p
            grep_search {"pattern":"x"} = read /p
            web_fetch {"prompt":"Read https://h.example/x."} = connect https://h.example/x
            google_web_search {"query":"x"} =
            save_memory {"fact":"x"} = write /home/me/.gemini/GEMINI.md; write /p/~/.gemini/GEMINI.md
            write_todos {"todos":["x"]} =
            ask_user {"questions":["x"]} =
            enter_plan_mode {} =
            exit_plan_mode {} =
            activate_skill {"name":"x"} = opaque project-code
            get_internal_docs {} =
            update_topic {} =
            complete_task {} =
            delegate_to_agent {} =
            invoke_agent {} =
            codebase_investigator {} =
            generalist {} =
            cli_help {} =
            list_background_processes {} =
            read_background_output {} =
            list_mcp_resources {} =
            read_mcp_resource {"uri":"docs/a.md"} = read /p/docs/a.md
            tracker_create_task {} =
            tracker_update_task {} =
            tracker_get_task {} =
            tracker_list_tasks {} =
            tracker_add_dependency {} =
            tracker_visualize {} =
            """#)
        + rows(
            "copilot",
            #"""
            bash {"command":"true"} = execute true
            powershell {"command":"x"} = opaque code
            write_bash {} =
            write_powershell {} =
            read_bash {} =
            read_powershell {} =
            stop_bash {} =
            stop_powershell {} =
            list_bash {} =
            list_powershell {} =
            view {"path":"src"} = read /p/src
            create {"path":"src/a.txt","file_text":"x"} = write /p/src/a.txt
            edit {"path":"src/a.txt"} = read /p/src/a.txt; write /p/src/a.txt
            str_replace {"path":"src/a.txt"} = read /p/src/a.txt; write /p/src/a.txt
            insert {"path":"src/a.txt","insert_line":7} = read /p/src/a.txt; write /p/src/a.txt
            str_replace_editor {"command":"x","path":"src/a.txt"} = read /p/src/a.txt; write /p/src/a.txt
            apply_patch {"command":"*** Begin Patch\n*** Update File: src/a.txt\n@@\n-a\n+b\n*** End Patch"} = read /p/src/a.txt; write /p/src/a.txt
            glob {"pattern":"src/**/*.ts"} = read /p; read /p/src
            grep {"pattern":"x"} = read /p
            rg {"pattern":"x"} = read /p
            show_file {"path":"src/a.txt"} = read /p/src/a.txt
            fetch {"url":"https://h.example/x"} = connect https://h.example/x
            web_fetch {"url":"https://h.example/x"} = connect https://h.example/x
            web_search {"query":"x"} =
            task {"prompt":"x"} =
            list_agents {} =
            read_agent {"agent_id":"x"} =
            write_agent {"agent_id":"x"} =
            report_intent {"intent":"x"} =
            report_progress {} = opaque project-code
            reply_to_comment {} =
            update_todo {"todos":["x"]} =
            ask_user {} =
            exit_plan_mode {} =
            think {"thought":"x"} =
            skill {} = opaque project-code
            sql {"query":"no SQL ("} = opaque code
            store_memory {} =
            fetch_copilot_cli_documentation {} =
            task_complete {} =
            code_review {} =
            codeql_checker {} =
            """#)
        + rows(
            "openclaw",
            #"""
            exec {"command":"true"} = execute true
            bash {"command":"true"} = execute true
            process {"action":"x"} =
            read {"path":"src/a.txt"} = read /p/src/a.txt
            write {"path":"src/a.txt","content":"x"} = write /p/src/a.txt
            edit {"path":"src/a.txt"} = read /p/src/a.txt; write /p/src/a.txt
            apply_patch {"input":"*** Begin Patch\n*** Update File: src/a.txt\n@@\n-a\n+b\n*** End Patch"} = read /p/src/a.txt; write /p/src/a.txt
            grep {"pattern":"x"} = read /p
            find {"pattern":"src/**/*.ts"} = read /p; read /p/src
            ls {} = read /p
            web_fetch {"url":"https://h.example/x"} = connect https://h.example/x
            web_search {"query":"x"} =
            browser {"action":"x"} =
            canvas {"action":"x"} =
            message {"action":"x"} =
            sessions_list {} =
            sessions_history {} =
            sessions_send {"message":"x"} =
            sessions_spawn {"task":"x"} =
            sessions_yield {} =
            session_status {} =
            subagents {"action":"x"} =
            agents_list {} =
            get_goal {} =
            update_plan {"plan":["x"]} =
            cron {"action":"x"} =
            gateway {"action":"x"} = opaque program
            nodes {"action":"x"} =
            image {} =
            pdf {} =
            image_generate {} =
            tts {"text":"x"} =
            memory_search {"query":"x"} =
            memory_get {"path":"src/a.txt"} = read /p/src/a.txt
            """#)
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// GitHub Copilot's own tools: of its command line and cloud agent, and with the names of Claude Code's, which its
    /// hooks also give them. What is typed into a running shell is code; `sql` asks a database of the session's own.
    static let copilot = BuiltInMap(
        table: #"""
            bash
              command=execute:command@cwd description? timeout=num? sessionId? shellId? async=bool? mode? initial_wait=num?
              detach=bool? cwd?
            powershell
              command=!code description? timeout=num? sessionId? shellId? async=bool? mode? initial_wait=num? detach=bool?
            write_bash write_powershell
              sessionId? shellId? input=keys? delay=num?
            read_bash read_powershell
              sessionId? shellId? delay=num?
            stop_bash stop_powershell
              sessionId? shellId?
            list_bash list_powershell
            view
              path=read:directory view_range=any? forceReadLargeFiles=bool?
            create
              path=write:path file_text
            edit str_replace
              path=read+write:path old_str? new_str? replace_all=bool?
            insert
              path=read+write:path insert_line=num new_str? insert_text?
            str_replace_editor
              command path=read:directory file_text? old_str? new_str? insert_line=num? insert_text? view_range=any?
              @effect write:path &path command!=view
            apply_patch
              command=:patch? input=:patch? patch=:patch?
              @one command input patch
            glob
              pattern=read:glob@path path=read:directory?=.
            grep rg
              pattern path=read:tree?=. paths=read:tree*? glob=read:filter@path,paths? output_mode?
              -A=num? -B=num? -C=num? -n=bool? -i=bool?
              type? head_limit=num? offset=num? multiline=bool?
            show_file
              path=read:path view_range=any? diff=bool?
            fetch web_fetch
              url=connect:url max_length=num? start_index=num? raw=bool?
            web_search
              query
            task
              agent_type? prompt description? model? name? mode?
            list_agents
              include_completed=bool?
            read_agent write_agent
              agent_id wait=bool? timeout=num? since_turn=num? message? input?
            report_intent
              intent
            report_progress
              commitMessage? prDescription? message?
              @opaque project-code
            reply_to_comment
              comment_id? reply?
            update_todo
              todos=any
            ask_user
              question? choices=any? allow_freeform=bool? message? requestedSchema=any?
            exit_plan_mode
              summary? actions=any? recommendedAction?
            think
              thought
            skill
              skill? name?
              @opaque project-code
            sql
              query=query+mutate:sql description? database?
            store_memory
              subject? fact? citations? reason? category? scope?
            fetch_copilot_cli_documentation task_complete
              summary? path?
            code_review codeql_checker
              prTitle? prDescription?

            """# + claudeCodeTools, paths: .agent)
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// Gemini CLI's own tools, 0.1 to 2026. `web_fetch` visits the addresses in its prompt. What `save_memory` writes is
    /// read at the start of every later session.
    static let gemini = BuiltInMap(
        table: #"""
            run_shell_command
              command=execute:command@dir_path,directory description? dir_path? directory? is_background=bool?
              timeout=num? delay_ms=num? additional_permissions=any?
            read_file
              file_path=read:path? absolute_path=read:path? path=read:path? offset=num? limit=num? start_line=num?
              end_line=num?
              @one file_path absolute_path path
            read_many_files
              include/-=read:files? paths/-=read:files? exclude=any? recursive=bool? useDefaultExcludes=bool?
              file_filtering_options=any? respect_git_ignore=bool?
              @one include paths
            write_file
              file_path=write:path content modified_by_user=bool? ai_proposed_content?
            replace edit
              file_path=read+write:path old_string new_string instruction? expected_replacements=num? allow_multiple=bool?
              modified_by_user=bool? ai_proposed_content?
            list_directory
              dir_path=read:directory? path=read:directory? ignore=any? file_filtering_options=any?
              respect_git_ignore=bool?
              @one dir_path path
            glob
              pattern=read:glob@dir_path,path dir_path=read:directory?=. path=read:directory? case_sensitive=bool? respect_git_ignore=bool?
              respect_gemini_ignore=bool?
            search_file_content grep_search
              pattern dir_path=read:tree?=. path=read:tree? include=read:files@dir_path,path?
              include_pattern=read:files@dir_path,path? exclude_pattern? names_only=bool? case_sensitive=bool?
              fixed_strings=bool? context=int? after=int? before=int? no_ignore=bool? max_matches_per_file=int?
              total_max_matches=int?
            web_fetch
              prompt=connect:urls? url=connect:url?
              @one prompt url
            google_web_search
              query
            save_memory
              fact scope? modified_by_user=bool? modified_content?
              @effect write:path ~/.gemini/GEMINI.md
            write_todos
              todos=any
            ask_user
              questions=any
            enter_plan_mode
              reason?
            exit_plan_mode
              plan_filename? plan_path=read:path?
            activate_skill
              name
              @opaque project-code
            get_internal_docs
              path?
            update_topic
              title? summary? strategic_intent?
            complete_task
              result=any? response=any? output=any?
            delegate_to_agent invoke_agent
              agent_name? objective? prompt? task? query? name?
            codebase_investigator generalist cli_help
              objective? request? question? query?
            list_background_processes
            read_background_output
              pid=num? lines=num? delay_ms=num?
            list_mcp_resources
              serverName?
            read_mcp_resource
              uri=read:uri serverName?
            tracker_create_task tracker_update_task tracker_get_task tracker_list_tasks tracker_add_dependency \
            tracker_visualize
              id? title? description? type? status? parentId? dependencies=any? taskId? dependencyId?
            """#, paths: .agent)
}

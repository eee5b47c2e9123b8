// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// Cursor's own tools, as `preToolUse` names them. Its older events are calls of the same tools:
    /// `beforeShellExecution` of `Shell` with `command` and `cwd`, `beforeReadFile` of `Read` with `file_path`.
    /// Parameters have more than one spelling over its versions; exactly one of them is there.
    static let cursor = BuiltInMap(
        table: #"""
            Shell
              command=execute:command@cwd,working_directory cwd? working_directory? description? timeout=num? is_background=bool? run_in_background=bool?
              block_until_ms=num? requires_approval=bool?
            Read
              file_path=read:path? path=read:path? target_file=read:path? offset=num? limit=num? attachments=read:items?
              start_line=num? end_line=num? start_line_one_indexed=num? end_line_one_indexed_inclusive=num?
              should_read_entire_file=bool?
              @one file_path path target_file
            Write TabWrite
              file_path=write:path? path=write:path? contents? content? file_text? code_edit? instructions? edits=any?
              @one file_path path
            StrReplace Edit SearchReplace
              file_path=read+write:path? path=read+write:path? old_string? new_string? replace_all=bool? edits=any?
              @one file_path path
            MultiEdit
              file_path=read+write:path? path=read+write:path? edits=any
              @one file_path path
            EditNotebook
              target_notebook=read+write:path cell_idx=num? is_new_cell=bool? cell_language? old_string? new_string?
            ApplyPatch
              command=:patch? input=:patch? patch=:patch?
              @one command input patch
            Delete
              file_path=delete:path? path=delete:path? target_file=delete:path? explanation?
              @one file_path path target_file
            LS ListDir
              path=read:directory? target_directory=read:directory? ignore_globs=any? ignore=any?
              @one path target_directory
            Glob
              glob_pattern=read:glob@target_directory target_directory=read:directory?=.
            Grep
              pattern path=read:tree?=. glob=read:filter@path? output_mode? -A=num? -B=num? -C=num? -i=bool? -n=bool? type?
              head_limit=num? offset=num? multiline=bool? context=num? case_insensitive=bool?
              include_pattern=read:filter@path? explanation?
            SemanticSearch CodebaseSearch
              query explanation? target_directories/-=read:directory? num_results=num? search_only_prs=bool?
            ReadLints
              paths/-=read:directory?
            WebFetch
              url=connect:url prompt?
            WebSearch
              search_term? query? explanation?
            Task
              description? prompt? subagent_type? model? resume? readonly=bool? run_in_background=bool? attachments=read:items?
              interrupt=bool? name?
            Await
              task_id? shell_id? block_until_ms=num? timeout=num? pattern? regex?
            TodoWrite
              todos=any merge=bool?
            AskQuestion
              title? questions=any
            CreatePlan
              name? overview? plan? todos=any? is_project=bool? phases=any?
            SwitchMode
              target_mode_id? mode? explanation?
            UpdateCurrentStep
              step?
            ListMcpResources
              server?
            FetchMcpResource
              server uri=read:uri downloadPath=write:path?
            """#, paths: .agent)
}

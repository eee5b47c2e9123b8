// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// Claude Code's own tools, 1.0 to 2.1 and its agent SDK.
    ///
    /// Questions, plans and lists of tasks touch nothing. A sub-agent's own calls are decided one by one; so is what a
    /// prompt that was put off does when its time comes. Skills, commands and worktrees run what the project's files say.
    /// A search goes to the model's provider, not to a host of the agent's choosing.
    static let claudeCode = BuiltInMap(table: claudeCodeTools, paths: .agent)

    static let claudeCodeTools = #"""
        Bash
          command=execute:command description? timeout=num? run_in_background=bool? dangerouslyDisableSandbox=bool?
        BashOutput
          bash_id? task_id? shell_id? filter? block=bool? wait_up_to=num?
        KillShell KillBash
          shell_id? bash_id? task_id?
        PowerShell
          command=!code description? timeout=num? run_in_background=bool? dangerouslyDisableSandbox=bool?
        Monitor
          description? timeout_ms=num? persistent=bool? command=execute:command? ws/url=connect:url? ws/protocols=any?
          @one command ws/url
        Read
          file_path=read:path offset=num? limit=num? pages?
        Write
          file_path=write:path content
        Edit
          file_path=read+write:path old_string new_string replace_all=bool?
        MultiEdit
          file_path=read+write:path edits/-/old_string edits/-/new_string edits/-/replace_all=bool?
        NotebookEdit
          notebook_path=read+write:path cell_id? cell_number=num? new_source cell_type? edit_mode?
        NotebookRead
          notebook_path=read:path cell_id?
        Glob
          pattern=read:glob@path path=read:directory?=.
        Grep
          pattern path=read:tree?=. glob=read:filter@path? output_mode? -A=num? -B=num? -C=num? context=num? -n=bool? -i=bool? -o=bool?
          type? head_limit=num? offset=num? multiline=bool?
        LS
          path=read:directory ignore=any?
        LSP
          operation filePath=read:path line=num? character=num? query?
        WebFetch
          url=connect:url prompt
        WebSearch
          query allowed_domains=any? blocked_domains=any?
        Task Agent
          description prompt subagent_type? model? resume? run_in_background=bool? max_turns=num? name? team_name? mode?
          isolation? cwd=read:directory?
        TaskOutput AgentOutputTool
          task_id? agentId? block=bool? timeout=num? wait_up_to=num?
        TaskStop
          task_id? shell_id?
        TaskCreate
          subject description activeForm? metadata=any?
        TaskGet
          taskId
        TaskUpdate
          taskId subject? description? activeForm? status? addBlocks=any? addBlockedBy=any? owner? metadata=any?
        TaskList TodoRead EnterPlanMode CronList ReadNotifications ShowOnboardingRolePicker
        TodoWrite
          todos=any merge=bool?
        ExitPlanMode
          plan? planFilePath=read:path? allowedPrompts=any? launchSwarm=bool? teammateCount=num?
        AskUserQuestion
          questions=any answers=any? annotations=any? metadata=any?
        SlashCommand
          command
          @opaque project-code
        Skill
          skill? command? args?
          @opaque project-code
        Workflow
          script=!code? scriptPath=execute:script? name? description? title? args=any? resumeFromRunId?
          @opaque project-code
        ToolSearch
          query max_results=num?
        ListMcpResourcesTool ListMcpResources RefreshMcpTools
          server?
        ReadMcpResourceTool ReadMcpResource ReadMcpResourceDirTool
          server uri=read:uri
        WaitForMcpServers
          servers=any? timeout=num?
        SendMessage
          to? type? recipient? message=any? content? summary? request_id? approve=bool?
        TeamCreate
          team_name description? agent_type?
        TeamDelete
          team_name?
        CronCreate
          cron prompt recurring=bool? durable=bool?
        CronDelete
          id
        ScheduleWakeup
          delaySeconds=num? reason? prompt? stop=bool? noop=bool?
        EnterWorktree
          name? path=read+write:directory?
          @effect write:directory .claude/worktrees
          @opaque project-code
        ExitWorktree
          action discard_changes=bool?
          @effect write+delete:directory .claude/worktrees
        ReportFindings
          level? findings=any
        ProposeGoal
          condition ask_user=bool?
        PushNotification
          message status?
        StructuredOutput
          @open
        """#
}

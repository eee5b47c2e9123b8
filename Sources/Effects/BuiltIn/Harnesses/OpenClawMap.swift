// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// OpenClaw's own tools, 2026. `gateway` restarts, updates and reconfigures OpenClaw itself, which can take Writ's
    /// plugin out: it is opaque whatever it does. A job of `cron` runs prompts, whose calls are decided then; where it
    /// delivers what comes of them is told here. `grep` and `find` hand their patterns to `rg` and `fd`, to which one with a
    /// dash before it is an option.
    static let openClaw = BuiltInMap(
        table: #"""
            exec bash
              command=execute:command@workdir workdir? env=!code? yieldMs=num? background=bool? timeout=num? pty=bool?
              elevated=bool? host? security? ask? node=!host?
              @opaque program host=node
            process
              action sessionId? data=!code? keys=!code? hex=!code? literal=!code? text=!code? bracketed=bool? eof=bool?
              offset=num? limit=num? timeout=num?
            read
              path=read:path? file_path=read:path? offset=num? limit=num?
              @one path file_path
            write
              path=write:path? file_path=write:path? content
              @one path file_path
            edit
              path=read+write:path? file_path=read+write:path? oldText? old_string? newText? new_string? edits=any?
              @one path file_path
            apply_patch
              input=:patch? patch=:patch? command=:patch?
              @one input patch command
            grep
              pattern path=read:tree?=. glob=read:filter@path? ignoreCase=bool? literal=bool? context=num? limit=num?
              @opaque code pattern=-*
            find
              pattern=read:glob@path path=read:directory?=. limit=num?
              @opaque code pattern=-*
            ls
              path=read:directory?=. limit=num?
            web_fetch
              url=connect:url extractMode? maxChars=num?
            web_search
              query count=num? country? language? search_lang? ui_lang? freshness? date_after? date_before?
              domain_filter=any? max_tokens=num? max_tokens_per_page=num?
            browser
              action target? node=!host? profile? targetUrl=connect:url? url=connect:url? targetId? limit=num? maxChars=num?
              mode? snapshotFormat? refs? interactive=bool? compact=bool? depth=num? selector? frame? labels=bool? urls=bool?
              fullPage=bool? ref? element? type? level? paths/-=read:path? inputRef? timeoutMs=num? accept=bool?
              promptText? domain? kind? fn=!code? text? submit=bool? slowly=bool? key? delayMs=num? doubleClick=bool? button?
              modifiers=any? startRef? endRef? values=any? fields=any? width=num? height=num? timeMs=num? textGone?
              loadState? label?
              request/kind? request/targetId? request/ref? request/selector? request/doubleClick=bool? request/button?
              request/modifiers=any? request/text? request/submit=bool? request/slowly=bool? request/key?
              request/delayMs=num? request/startRef? request/endRef? request/values=any? request/fields=any?
              request/width=num? request/height=num? request/timeMs=num? request/timeoutMs=num? request/textGone?
              request/loadState? request/url=connect:url? request/fn=!code?
            canvas
              action node? target? url=connect:url? javaScript=!code? x=num? y=num? width=num? height=num? outputFormat?
              maxWidth=num? quality=num? delayMs=num? jsonl? jsonlPath=read:path? gatewayUrl=connect:url? gatewayToken?
              timeoutMs=num?
              @effect connect:url &target action=navigate
            message
              action channel? accountId? target=send:recipient? to=send:recipient? targets/-=send:recipient?
              channelId=send:recipient? message? caption? media=read:media? filePath=read:path? path=read:path? filename?
              mimeType? replyTo? threadId? messageId? emoji? remove=bool? silent=bool? asVoice=bool? gifPlayback=bool?
              bestEffort=bool? dryRun=bool? pollQuestion? pollOption=any? pollMulti=bool? limit=num? before? after? around?
              query? userId? threadName? name?
              @opaque arguments target= to= targets= channelId= action=send|sendwitheffect|sendattachment|sticker|poll|broadcast
            sessions_list
              kinds=any? limit=num? activeMinutes=num? messageLimit=num? label? agentId? search?
            sessions_history
              sessionKey? sessionId? limit=num? includeTools=bool?
            sessions_send
              sessionKey? sessionId? label? agentId? message timeoutSeconds=num?
            sessions_spawn
              task label? agentId? model? thinking? runtime? runTimeoutSeconds=num? timeoutSeconds=num? thread=bool? mode?
              cleanup? sandbox? cwd=read:directory?
            sessions_yield
              message?
            session_status
              sessionKey? sessionId? model?
            subagents
              action target? message? recentMinutes=num?
            agents_list get_goal
            update_plan
              explanation? plan=any
            cron
              action job=any? jobId? id? patch=any? text? mode? runMode? contextMessages=num? includeDisabled=bool?
              gatewayUrl=connect:url? gatewayToken? timeoutMs=num?
              @effect send:destination &job/delivery/to
              @effect send:destination &job/delivery/failureDestination/to
              @effect send:destination &job/failureAlert/to
              @effect send:destination &job/payload/to
              @effect send:destination &patch/delivery/to
              @effect send:destination &patch/delivery/failureDestination/to
              @effect send:destination &patch/failureAlert/to
              @effect send:destination &patch/payload/to
            gateway
              action delayMs=num? reason? raw? path? value=any? baseHash? sessionKey? note? restartDelayMs=num?
              timeoutMs=num? gatewayUrl=connect:url? gatewayToken?
              @opaque program
            nodes
              action node=!host? command=!program? cwd? env=any? title? body? sound? priority? delivery? facing?
              maxWidth=num? quality=num? delayMs=num? deviceId? limit=num? duration? durationMs=num? includeAudio=bool?
              fps=num? screenIndex=num? outPath=write:path? maxAgeMs=num? locationTimeoutMs=num? desiredAccuracy?
              commandTimeoutMs=num? invokeTimeoutMs=num? needsScreenRecording=bool? requestId? timeoutMs=num?
              gatewayUrl=connect:url? gatewayToken?
              @opaque host node= action=camera_*|screen_*|location_*|photos_*|approve|reject|run|invoke|notify
            image
              image=read:media? images/-=read:media? prompt? model? maxBytesMb=num? maxImages=num?
            pdf
              pdf=read:media? pdfs/-=read:media? prompt? pages? model? maxBytesMb=num?
            image_generate
              action? prompt? image=read:media? images/-=read:media? model? filename? size? aspectRatio? resolution?
              count=num?
            tts
              text channel? timeoutMs=num?
            memory_search
              query maxResults=num? minScore=num? corpus?
            memory_get
              path=read:path from=num? lines=num? corpus?
            """#, paths: .openClaw)
}

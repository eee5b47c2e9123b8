// SPDX-License-Identifier: Apache-2.0

import Effects
import StrictJSON
import Synchronization

/// Which tools of coding agents and of well-known servers act as which pack describes, and where they say what it asks.
///
///     mcp-server-fetch
///       web.fetch  fetch  url
///
/// A line that is not indented names built-in maps of effects; the indented ones after it have a canonical tool of
/// `APortNames`, which says the pack, then the map's tools, joined by commas, then the pack's members:
/// `NAME[=/POINTER[,/POINTER…]][%FORM][?WHERE-IT-IS-NOWHERE]`, or `NAME==VALUE`. Without a pointer it is called the same.
///
/// Rules judge what a call would touch by its effects, so a path that stands in no single place is a word here, such as
/// that of a patch. A tool that is not in the table, such as a search that goes to the model's provider, is of no pack.
enum BoundTools {
    /// The binding of a tool; `nil` where it has none. Lines are read when a call asks for one of their tools.
    static func binding(of tool: UTF8String, map: UTF8String) -> PackBinding? {
        guard let line = lines[map]?[tool] else { return nil }
        return known.withLock { known in
            if let binding = known[line] { return binding }
            let binding = row(line.split(separator: " ").map(String.init))?.binding
            known[line] = binding
            return binding
        }
    }

    static var maps: [UTF8String] { lines.keys.sorted() }

    /// The table's tools, for tests: each must be in its map.
    static func tools(of map: UTF8String) -> [UTF8String] { (lines[map] ?? [:]).keys.sorted() }

    private static let known = Mutex<[Substring: PackBinding]>([:])

    /// The line of each tool of each map; a test reads every one.
    private static let lines: [UTF8String: [UTF8String: Substring]] = {
        let blank = UInt8(ascii: " ")
        var lines: [UTF8String: [UTF8String: Substring]] = [:]
        var maps: [UTF8String] = []
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: blank)
            guard line.first == blank else {
                maps = words.map { UTF8String(String(Substring($0))) }
                continue
            }
            guard words.count > 1 else { continue }
            for tool in words[1].split(separator: UInt8(ascii: ",")) {
                for map in maps { lines[map, default: [:]][UTF8String(String(Substring(tool)))] = Substring(line) }
            }
        }
        return lines
    }()

    /// `nil` for a line that cannot be read.
    static func row(_ words: [String]) -> (tools: [UTF8String], binding: PackBinding)? {
        guard words.count >= 3, let known = APortNames[UTF8String(words[0])] else { return nil }
        var members: [PackMember] = []
        for word in words.dropFirst(2) {
            guard let member = member(word) else { return nil }
            members.append(member)
        }
        let binding = PackBinding(pack: known.pack, tool: known.tool.tool, members: members, isImplied: true)
        return (words[1].split(separator: ",").map { UTF8String(String($0)) }, binding)
    }

    private static func member(_ word: String) -> PackMember? {
        if let constant = word.firstRange(of: "==") {
            return PackMember(
                UTF8String(String(word[..<constant.lowerBound])), at: [],
                otherwise: .text(String(word[constant.upperBound...])))
        }
        let parts = word.split(separator: "?", maxSplits: 1).map(String.init)
        let read = parts[0].split(separator: "%", maxSplits: 1).map(String.init)
        let place = read[0].split(separator: "=", maxSplits: 1).map(String.init)
        var form = PackMember.Form.same
        if read.count == 2 {
            guard let named = PackMember.Form(rawValue: read[1]) else { return nil }
            form = named
        }
        var pointers: [JSONPointer] = []
        for text in place.count == 2 ? place[1].split(separator: ",").map(String.init) : ["/" + place[0]] {
            guard let pointer = JSONPointer(parsing: UTF8String(text)) else { return nil }
            pointers.append(pointer)
        }
        return PackMember(
            UTF8String(place[0]), at: pointers, form: form, otherwise: parts.count == 2 ? .text(parts[1]) : nil)
    }

    static let text = """
        claude-code copilot
          exec.run     Bash,Monitor                      command timeout=/timeout,/timeout_ms%milliseconds
          exec.run     PowerShell                        command timeout%milliseconds
          file.read    Read                              file_path
          file.read    NotebookRead                      file_path=/notebook_path
          file.read    LSP                               file_path=/filePath
          file.write   Write                             file_path content
          file.edit    Edit,MultiEdit                    file_path
          file.edit    NotebookEdit                      file_path=/notebook_path
          file.search  Glob,Grep                         path?.
          file.search  LS                                path
          web.fetch    WebFetch                          url
        copilot
          exec.run     bash,powershell                   command cwd timeout
          exec.run     write_bash,write_powershell       command=/input
          file.read    view,show_file                    path
          file.write   create                            path content=/file_text
          file.edit    edit,str_replace,insert           path
          file.edit    str_replace_editor                path content=/file_text
          file.edit    apply_patch                       file_path==patch
          file.search  glob,grep,rg                      path?.
          web.fetch    fetch,web_fetch                   url
        codex
          exec.run     Bash                              command%words cwd=/workdir timeout=/timeout,/timeout_ms%milliseconds
          exec.run     shell,local_shell,container.exec,shell_command command%words cwd=/workdir timeout=/timeout,/timeout_ms%milliseconds env
          exec.run     exec_command                      command=/cmd cwd=/workdir
          exec.run     write_stdin                       command=/chars
          exec.run     js_repl,exec                      command=/code,/input,/source timeout=/timeout_ms%milliseconds
          file.edit    apply_patch                       file_path==patch
          file.read    view_image                        path
          file.read    read_file                         file_path
          file.read    spawn_agents_on_csv               file_path=/csv_path
          file.search  list_dir                          path=/dir_path
          file.search  grep_files                        path?.
        cursor
          exec.run     Shell                             command cwd=/cwd,/working_directory timeout%milliseconds
          file.read    Read                              file_path path target_file
          file.read    ReadLints                         file_path==paths
          file.write   Write,TabWrite                    file_path path content=/contents,/content,/file_text
          file.edit    StrReplace,Edit,SearchReplace,MultiEdit file_path path
          file.edit    EditNotebook                      file_path=/target_notebook
          file.edit    ApplyPatch                        file_path==patch
          file.delete  Delete                            file_path path target_file
          file.search  LS,ListDir                        path=/path,/target_directory
          file.search  Glob                              path=/target_directory?.
          file.search  Grep                              path?.
          file.search  SemanticSearch,CodebaseSearch     path==paths
          web.fetch    WebFetch                          url
        gemini
          exec.run     run_shell_command                 command cwd=/dir_path,/directory
          file.read    read_file                         file_path=/file_path,/absolute_path,/path
          file.read    read_many_files                   file_path==paths
          file.write   write_file                        file_path content
          file.edit    replace,edit                      file_path
          file.edit    save_memory                       file_path==memory content=/fact
          file.search  list_directory                    path=/dir_path,/path
          file.search  glob,search_file_content,grep_search path=/dir_path,/path?.
          web.fetch    web_fetch                         url?prompt
        openclaw
          exec.run     exec,bash                         command cwd=/workdir timeout env
          exec.run     process                           command=/data,/keys,/hex,/literal,/text
          file.read    read                              path file_path
          file.read    memory_get                        path
          file.write   write                             path file_path content
          file.edit    edit                              path file_path
          file.edit    apply_patch                       file_path==patch
          file.search  grep,find,ls                      path?.
          web.fetch    web_fetch                         url
          web.browser  browser                           action url=/url,/targetUrl
          message.send message                           channel_id=/target,/to,/channelId message=/message,/caption message_type==text
        mcp-server-filesystem
          file.read    read_file,read_text_file,read_media_file,get_file_info path
          file.read    read_multiple_files               file_path==paths
          file.write   write_file                        path content
          file.write   create_directory                  path
          file.edit    edit_file                         path
          file.edit    move_file                         path=/destination
          file.search  list_directory,list_directory_with_sizes,directory_tree,search_files path
        mcp-server-fetch
          web.fetch    fetch                             url
        mcp-shell-server
          exec.run     shell_execute,execute_command     command%words cwd=/directory timeout
        cli-mcp-server
          exec.run     run_command                       command
        mcp-server-commands
          exec.run     run_command                       command cwd=/workdir timeout=/timeout_ms%milliseconds
          exec.run     run_script                        command=/interpreter cwd
          exec.run     run_process                       command=/command_line,/argv%words cwd timeout=/timeout_ms%milliseconds
        mcp-server-puppeteer
          web.browser  puppeteer_navigate                action==navigate url
          web.browser  puppeteer_click                   action==click selector
          web.browser  puppeteer_fill,puppeteer_select   action==type selector value
          web.browser  puppeteer_screenshot              action==screenshot selector
        mcp-server-playwright
          web.browser  browser_navigate,browser_tab_new  action==navigate url
          web.browser  browser_click                     action==click
          web.browser  browser_type,browser_fill_form,browser_select_option action==type
          web.browser  browser_take_screenshot           action==screenshot
        mcp-server-slack
          message.send slack_post_message                channel_id message=/text message_type==text
          message.send slack_reply_to_thread             channel_id message=/text thread_id=/thread_ts message_type==text
        slack-mcp-server
          message.send conversations_add_message         channel_id message=/text,/payload thread_id=/thread_ts message_type==text
        mcp.slack.com
          message.send slack_send_message,slack_schedule_message channel_id message thread_id=/thread_ts message_type==text
        """
}

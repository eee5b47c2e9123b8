// SPDX-License-Identifier: Apache-2.0

extension MappedCall {
    /// A plain call of common servers each, by map: with what a call must have.
    static let serverCalls: [MappedCall] =
        rows(
            "mcp-server-filesystem",
            #"""
            read_file {"path":"src/a.txt"} = read /p/src/a.txt
            read_text_file {"path":"src/a.txt"} = read /p/src/a.txt
            read_media_file {"path":"src/a.txt"} = read /p/src/a.txt
            read_multiple_files {"paths":["src/a.txt"]} = read /p/src/a.txt
            write_file {"path":"src/a.txt","content":"x"} = write /p/src/a.txt
            edit_file {"path":"src/a.txt","edits":[{"oldText":"x","newText":"x"}]} = read /p/src/a.txt; write /p/src/a.txt
            create_directory {"path":"src"} = write /p/src
            list_directory {"path":"src"} = read /p/src
            list_directory_with_sizes {"path":"src"} = read /p/src
            directory_tree {"path":"src"} = read /p/src
            move_file {"source":"src/a.txt","destination":"src/a.txt"} = read /p/src/a.txt; write /p/src/a.txt; delete /p/src/a.txt
            search_files {"path":"src","pattern":"x"} = read /p/src
            get_file_info {"path":"src/a.txt"} = read /p/src/a.txt
            list_allowed_directories {} =
            """#)
        + rows(
            "mcp-server-fetch",
            #"""
            fetch {"url":"https://h.example/x"} = connect https://h.example/x
            """#)
        + rows(
            "mcp-server-sqlite",
            #"""
            read_query {"query":"no SQL ("} = opaque code
            write_query {"query":"no SQL ("} = opaque code
            create_table {"query":"no SQL ("} = opaque code
            list_tables {} =
            describe_table {"table_name":"users"} = query users
            append_insight {"insight":"x"} =
            """#)
        + rows(
            "mcp-server-postgres",
            #"""
            query {"sql":"no SQL ("} = opaque code
            """#)
        + rows(
            "mcp-server-memory",
            #"""
            create_entities {"entities":["x"]} =
            create_relations {"relations":["x"]} =
            delete_relations {"relations":["x"]} =
            add_observations {"observations":["x"]} =
            delete_entities {"entityNames":["x"]} =
            delete_observations {"deletions":["x"]} =
            read_graph {} =
            search_nodes {"query":"x"} =
            open_nodes {"names":["x"]} =
            """#)
        + rows(
            "mcp-server-sequential-thinking",
            #"""
            sequentialthinking {"thought":"x","nextThoughtNeeded":["x"],"thoughtNumber":7,"totalThoughts":7} =
            """#)
        + rows(
            "mcp-server-everything",
            #"""
            echo {"message":"x"} =
            add {"a":7,"b":7} =
            get-sum {"a":7,"b":7} =
            printEnv {} = opaque arguments
            get-env {} = opaque arguments
            longRunningOperation {} =
            trigger-long-running-operation {} =
            sampleLLM {"prompt":"x"} =
            trigger-sampling-request {"prompt":"x"} =
            getTinyImage {} =
            get-tiny-image {} =
            annotatedMessage {"messageType":"x"} =
            get-annotated-message {"messageType":"x"} =
            getResourceReference {} =
            get-resource-reference {} =
            getResourceLinks {} =
            get-resource-links {} =
            structuredContent {"location":"x"} =
            get-structured-content {"location":"x"} =
            gzip-file-as-resource {"data":"https://h.example/x"} = connect https://h.example/x
            """#)
        + rows(
            "mcp-shell-server",
            #"""
            shell_execute {"command":["true"]} = execute true
            execute_command {"command":["true"]} = execute true
            """#)
        + rows(
            "cli-mcp-server",
            #"""
            run_command {"command":"true"} = execute true
            show_security_rules {} =
            """#)
        + rows(
            "mcp-server-commands",
            #"""
            run_command {"command":"true"} = execute true
            run_script {"interpreter":"true","script":"x"} = execute true; opaque code
            run_process {"command_line":"true"} = execute true
            """#)
        + rows(
            "mcp-server-puppeteer",
            #"""
            puppeteer_navigate {"url":"https://h.example/x"} = connect https://h.example/x
            puppeteer_screenshot {"name":"x"} =
            puppeteer_click {"selector":"x"} =
            puppeteer_hover {"selector":"x"} =
            puppeteer_fill {"selector":"x","value":"x"} =
            puppeteer_select {"selector":"x","value":"x"} =
            puppeteer_evaluate {"script":"x"} = opaque code
            """#)
        + rows(
            "mcp-server-playwright",
            #"""
            browser_navigate {"url":"https://h.example/x"} = connect https://h.example/x
            browser_navigate_back {} =
            browser_navigate_forward {} =
            browser_close {} =
            browser_tab_list {} =
            browser_reload {} =
            browser_generate_playwright_test {} =
            browser_install {} = opaque program
            browser_tab_new {} =
            browser_tab_select {} =
            browser_tab_close {} =
            browser_tabs {"action":"x"} =
            browser_snapshot {} =
            browser_take_screenshot {} =
            browser_pdf_save {} =
            browser_console_messages {} =
            browser_network_requests {} =
            browser_network_request {} =
            browser_find {} =
            browser_click {} =
            browser_hover {} =
            browser_drag {} =
            browser_type {"text":"x"} =
            browser_fill_form {"fields":["x"]} =
            browser_select_option {"values":["x"]} =
            browser_press_key {"key":"x"} =
            browser_wait_for {} =
            browser_handle_dialog {"accept":true} =
            browser_resize {"width":7,"height":7} =
            browser_emulate_media {} =
            browser_file_upload {} =
            browser_drop {} =
            browser_evaluate {"function":"x"} = opaque code
            browser_run_code {} =
            browser_run_code_unsafe {} =
            browser_mouse_move_xy {"x":7,"y":7} =
            browser_mouse_click_xy {"x":7,"y":7} =
            browser_mouse_drag_xy {"startX":7,"startY":7,"endX":7,"endY":7} =
            browser_mouse_wheel {} =
            browser_mouse_down {} =
            browser_mouse_up {} =
            browser_verify_element_visible {"role":"x","accessibleName":"x"} =
            browser_verify_text_visible {"text":"x"} =
            browser_verify_list_visible {"element":"x","items":["x"]} =
            browser_verify_value {"type":"x","element":"x","value":"x"} =
            """#)
}

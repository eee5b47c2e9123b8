// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// @modelcontextprotocol/server-puppeteer. Where a click leads is the page's affair.
    static let puppeteer = BuiltInMap(
        table: #"""
            puppeteer_navigate
              url=connect:url launchOptions=!code? allowDangerous=!code?
            puppeteer_screenshot
              name selector? width=num? height=num? encoded=bool?
            puppeteer_click puppeteer_hover
              selector
            puppeteer_fill puppeteer_select
              selector value
            puppeteer_evaluate
              script=!code
            """#)

    /// @playwright/mcp, 2025 and 2026. Files that results are saved to are below its output folder, or the workspace's.
    static let playwright = BuiltInMap(
        table: #"""
            browser_navigate
              url=connect:url
            browser_navigate_back browser_navigate_forward browser_close browser_tab_list browser_reload \
            browser_generate_playwright_test
            browser_install
              @opaque program
            browser_tab_new
              url=connect:url?
            browser_tab_select browser_tab_close
              index=num?
            browser_tabs
              action index=num? url=connect:url?
            browser_snapshot
              target? selector? depth=num? boxes=bool? filename=write:path?
            browser_take_screenshot
              type? filename=write:path? element? ref? target? fullPage=bool? raw=bool? scale?
            browser_pdf_save
              filename=write:path?
            browser_console_messages
              level? all=bool? onlyErrors=bool? filename=write:path?
            browser_network_requests
              static=bool? includeStatic=bool? filter? requestBody=bool? requestHeaders=bool? filename=write:path?
            browser_network_request
              index=num? part? filename=write:path?
            browser_find
              text? regex? filename=write:path?
            browser_click
              element? ref? target? doubleClick=bool? button? modifiers=any?
            browser_hover
              element? ref? target?
            browser_drag
              startElement? startRef? startTarget? endElement? endRef? endTarget?
            browser_type
              element? ref? target? text submit=bool? slowly=bool?
            browser_fill_form
              fields=any
            browser_select_option
              element? ref? target? values=any
            browser_press_key
              key
            browser_wait_for
              time=num? text? textGone?
            browser_handle_dialog
              accept=bool promptText?
            browser_resize
              width=num height=num
            browser_emulate_media
              colorScheme?! reducedMotion?! forcedColors?! contrast?! media?!
            browser_file_upload
              paths/-=read:path?
            browser_drop
              element? target? paths/-=read:path? data=any?
            browser_evaluate
              function=!code element? ref? target? filename=write:path?
            browser_run_code browser_run_code_unsafe
              code=!code? filename=!code?
            browser_mouse_move_xy
              element? x=num y=num
            browser_mouse_click_xy
              element? x=num y=num button? clickCount=num? delay=num?
            browser_mouse_drag_xy
              element? startX=num startY=num endX=num endY=num
            browser_mouse_wheel
              deltaX=num? deltaY=num?
            browser_mouse_down browser_mouse_up
              button?
            browser_verify_element_visible
              role accessibleName
            browser_verify_text_visible
              text
            browser_verify_list_visible
              element ref? target? items=any
            browser_verify_value
              type element ref? target? value
            """#)
}

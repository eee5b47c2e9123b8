// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// @modelcontextprotocol/server-filesystem, 0.2 to 2026.
    static let filesystem = BuiltInMap(
        table: #"""
            read_file read_text_file
              path=read:path head=num? tail=num?
            read_media_file
              path=read:path
            read_multiple_files
              paths/-=read:path
            write_file
              path=write:path content
            edit_file
              path=read+write:path edits/-/oldText edits/-/newText dryRun=bool?
            create_directory
              path=write:directory
            list_directory
              path=read:directory
            list_directory_with_sizes
              path=read:directory sortBy?
            directory_tree
              path=read:directory excludePatterns=any?
            move_file
              source=read+delete:path destination=write:path
            search_files
              path=read:directory pattern excludePatterns=any?
            get_file_info
              path=read:path
            list_allowed_directories
            """#)
}

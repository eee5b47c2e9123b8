// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// mcp-server-git, 2026.10: twelve tools.
    ///
    /// Committing and checking out run the repository's hooks, which are files in the repository's own folder.
    /// What git would take for an option is opaque.
    static let git = BuiltInMap(
        table: #"""
            git_status
              repo_path=read:directory
            git_diff_unstaged git_diff_staged
              repo_path=read:directory context_lines=int?
            git_diff
              repo_path=read:directory target=read:revision@repo_path context_lines=int?
            git_commit
              repo_path=read+write:directory message
              @opaque project-code
            git_add
              repo_path=read+write:directory files/-=read:pattern@repo_path
            git_reset
              repo_path=read+write:directory
            git_log
              repo_path=read:directory max_count=int? start_timestamp=word?! end_timestamp=word?!
            git_create_branch
              repo_path=read+write:directory branch_name=word base_branch=word?!
            git_checkout
              repo_path=read+write:directory branch_name=word
              @opaque project-code
            git_show
              repo_path=read:directory revision=read:revision@repo_path
            git_branch
              repo_path=read:directory branch_type contains=word?! not_contains=word?!
            """#)
}

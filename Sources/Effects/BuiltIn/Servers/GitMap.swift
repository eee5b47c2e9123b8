// SPDX-License-Identifier: Apache-2.0

import StrictJSON

extension BuiltInMaps {
    /// mcp-server-git, 2026.10: twelve tools.
    ///
    /// Committing and checking out run the repository's hooks, which are files in the repository's own folder.
    static let git = BuiltInMap(
        json: #"""
            {"tools": {
              "git_status": {"parameters": {"/repo_path": {"verb": "read", "kind": "directory"}}},
              "git_diff_unstaged": {"parameters": {
                "/repo_path": {"verb": "read", "kind": "directory"},
                "/context_lines": {"inert": "integer", "optional": true}}},
              "git_diff_staged": {"parameters": {
                "/repo_path": {"verb": "read", "kind": "directory"},
                "/context_lines": {"inert": "integer", "optional": true}}},
              "git_diff": {"parameters": {
                "/repo_path": {"verb": "read", "kind": "directory"},
                "/target": {"inert": "string"},
                "/context_lines": {"inert": "integer", "optional": true}}},
              "git_commit": {"parameters": {
                "/repo_path": {"verb": ["read", "write"], "kind": "directory"},
                "/message": {"inert": "string"}},
                "effects": [{"opaque": "project-code"}]},
              "git_add": {"parameters": {
                "/repo_path": {"verb": ["read", "write"], "kind": "directory"},
                "/files/-": {"verb": "read", "kind": "pattern", "base": "/repo_path"}}},
              "git_reset": {"parameters": {"/repo_path": {"verb": ["read", "write"], "kind": "directory"}}},
              "git_log": {"parameters": {
                "/repo_path": {"verb": "read", "kind": "directory"},
                "/max_count": {"inert": "integer", "optional": true},
                "/start_timestamp": {"inert": "string", "optional": true, "nullable": true},
                "/end_timestamp": {"inert": "string", "optional": true, "nullable": true}}},
              "git_create_branch": {"parameters": {
                "/repo_path": {"verb": ["read", "write"], "kind": "directory"},
                "/branch_name": {"inert": "string"},
                "/base_branch": {"inert": "string", "optional": true, "nullable": true}}},
              "git_checkout": {"parameters": {
                "/repo_path": {"verb": ["read", "write"], "kind": "directory"},
                "/branch_name": {"inert": "string"}},
                "effects": [{"opaque": "project-code"}]},
              "git_show": {"parameters": {
                "/repo_path": {"verb": "read", "kind": "directory"}, "/revision": {"inert": "string"}}},
              "git_branch": {"parameters": {
                "/repo_path": {"verb": "read", "kind": "directory"},
                "/branch_type": {"inert": "string"},
                "/contains": {"inert": "string", "optional": true, "nullable": true},
                "/not_contains": {"inert": "string", "optional": true, "nullable": true}}}
            }}
            """#)
}

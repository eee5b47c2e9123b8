// SPDX-License-Identifier: Apache-2.0

extension MappedCall {
    /// Searches whose patterns name secrets, spelled out or nearly.
    static let namingSearches: [MappedCall] =
        rows(
            "claude-code",
            #"""
            Grep {"pattern":".","glob":".env","output_mode":"content"} = read /p; read /p/.env
            Grep {"pattern":".","glob":"**/.env"} = read /p; read /p/.env
            Grep {"pattern":".","glob":".ENV"} = read /p; read /p/.ENV; read /p/.env
            Grep {"pattern":".","glob":".en[v]"} = read /p; read /p/.env
            Grep {"pattern":".","glob":"[.]env"} = read /p; read /p/.env
            Grep {"pattern":".","glob":"*env"} = read /p; read /p/.env
            Grep {"pattern":".","glob":"?env"} = read /p; read /p/.env
            Grep {"pattern":".","glob":"*env*"} = read /p; read /p/.env; read /p/.env.development; read /p/.env.local; read /p/.env.production; read /p/.envrc
            Grep {"pattern":".","glob":"*_rsa*"} = read /p; read /p/id_rsa
            Grep {"pattern":".","glob":"*.env.*"} = read /p; read /p/.env.development; read /p/.env.local; read /p/.env.production
            Grep {"pattern":".","glob":"{src/a.py,.env}"} = read /p; read /p/.env; read /p/src/a.py
            Grep {"pattern":".","glob":"*.ts,.env"} = read /p; read /p/.env
            Grep {"pattern":".","glob":"*.ts .env"} = read /p; read /p/*.ts .env; read /p/.env
            Grep {"pattern":".","glob":"config/.env"} = read /p; read /p/config/.env
            Grep {"pattern":".","glob":"**/*.pem"} = read /p; read /p/*.pem
            Grep {"pattern":".","glob":"*.KEY"} = read /p; read /p/*.key
            Grep {"pattern":".","glob":"cred*.json"} = read /p; read /p/credentials.json
            Grep {"pattern":".","path":"/srv","glob":"**/.ssh/id_*"} = read /srv; read /srv/.ssh/id_*; read /srv/.ssh/id_dsa; read /srv/.ssh/id_rsa
            Grep {"pattern":".","path":"/srv","glob":".ssh/**"} = read /srv; read /srv/.ssh/*
            Grep {"pattern":".","path":"/srv","glob":".aws/*"} = read /srv; read /srv/.aws/credentials
            Grep {"pattern":".","path":"/srv","glob":"credentials"} = read /srv; read /srv/.aws/credentials; read /srv/.cargo/credentials; read /srv/.gem/credentials; read /srv/credentials
            Grep {"pattern":".","path":"/srv","glob":"shad*"} = read /srv; read /srv/shadow
            Grep {"pattern":".","path":"/srv","glob":"logins.*"} = read /srv; read /srv/logins.json
            """#)
        + rows(
            "cursor",
            #"""
            Grep {"pattern":".","glob":".env.local"} = read /p; read /p/.env.local
            Grep {"pattern":".","include_pattern":".netrc"} = read /p; read /p/.netrc
            """#)
        + rows(
            "codex",
            #"""
            grep_files {"pattern":".","include":".env"} = read /p; read /p/.env
            """#)
        + rows(
            "openclaw",
            #"""
            grep {"pattern":".","glob":"id_rsa"} = read /p; read /p/id_rsa
            """#)
        + rows(
            "copilot",
            #"""
            rg {"pattern":".","paths":["/srv","src"],"glob":"shadow"} = read /p; read /p/src; read /p/src/shadow; read /srv; read /srv/shadow
            grep {"pattern":".","paths":"/srv"} = read /p; read /srv
            Grep {"pattern":".","glob":".env"} = read /p; read /p/.env
            """#)
        + rows(
            "gemini",
            #"""
            read_many_files {"include":["**/.env"]} = read /p; read /p/.env
            read_many_files {"include":["{.env,src/a.py}"]} = read /p; read /p/.env; read /p/src/a.py
            read_many_files {"include":["*.pem"]} = read /p; read /p/*.pem
            read_many_files {"include":[".ENV"]} = read /p/.ENV; read /p/.env
            read_many_files {"paths":["config/id_r*"]} = read /p/config; read /p/config/id_rsa
            search_file_content {"pattern":".","include":"**/.env"} = read /p; read /p/.env
            grep_search {"pattern":".","include_pattern":".en[v]"} = read /p; read /p/.env
            """#)
        + rows(
            "aport",
            #"""
            file.search {"pattern":".","glob":".env"} = read /p; read /p/.env
            """#)

    /// Searches whose patterns name nothing: what they pass by is no secret that is asked for.
    static let ordinarySearches: [MappedCall] = ordinaryPatterns.flatMap { pattern in
        rows("claude-code", #"Grep {"pattern":"x","glob":"\#(pattern)"} = read /p"#)
            + rows("gemini", #"grep_search {"pattern":"x","include":"\#(pattern)"} = read /p"#)
    }

    static let ordinaryFolderSearches: [MappedCall] = [
        ".claude/**", ".claude/*.md", ".github/**", ".vscode/*.json", ".config/*", "/src/**", "secrets/**", ".cargo/*",
    ].flatMap { rows("claude-code", #"Grep {"pattern":"x","glob":"\#($0)"} = read /p"#) }

    private static let ordinaryPatterns = [
        ".eslintrc*", ".*ignore",
        "*", "**", "**/*", "*.*", "*.ts", "*.{ts,tsx,js,jsx}", "**/*.json", "*.yml", "*.y?ml", "*.toml", "*.db",
        "*.sqlite", "*.md", "*.config.js", "*config*", "**/*config*.ts", "tsconfig*.json", "*login*", "login*",
        "*token*", "*history*", "*auth*", "client*", "service*", "*wallet*", "*cookies*", "*key*", "key*", "*.lock",
        "Dockerfile*", "!*.min.js", "!**/.env", "*.test.*", "*.pub", "Makefile*", "*.rc", "*.local", "id*",
        "**/[...slug]*", "**/*..*", "[[]id]*",
    ]

    /// Ordinary calls that were refused once.
    static let ordinaryCalls: [MappedCall] =
        rows(
            "claude-code",
            #"""
            Read {"file_path":"/p/app/routes/$userId.edit.tsx"} = read /p/app/routes/$userId.edit.tsx
            Read {"file_path":"/p/src/$lib/a`b.ts"} = read /p/src/$lib/a`b.ts
            Edit {"file_path":"/p/app/$id.tsx","old_string":"a","new_string":"b"} = read /p/app/$id.tsx; write /p/app/$id.tsx
            Grep {"pattern":"x","path":"/p/app/$id.tsx"} = read /p/app/$id.tsx
            Glob {"pattern":"**/[...slug]*"} = read /p
            Glob {"pattern":"app/[[...slug]]/*.tsx"} = read /p; read /p/app
            Glob {"pattern":"**/*..*"} = read /p
            Glob {"pattern":"*","path":""} = read /p
            Grep {"pattern":"x","path":""} = read /p
            StructuredOutput {"name":"x","items":[{"n":null}]} =
            """#)
        + rows(
            "codex",
            #"""
            apply_patch {"input":"*** Begin Patch\n*** Add File: app/$id.tsx\n+x\n*** End Patch"} = write /p/app/$id.tsx
            shell {"command":["true"],"workdir":null,"timeout_ms":null} = execute true
            shell {"command":["true"],"env":{}} = execute true
            exec_command {"cmd":"true","workdir":null} = execute true
            update_plan {"plan":[],"explanation":null} =
            list_mcp_resources {"server":null} =
            write_stdin {"session_id":1,"chars":"\u0003"} =
            write_stdin {"session_id":1,"chars":"\n"} =
            """#)
        + rows(
            "copilot",
            #"""
            write_bash {"sessionId":"s","input":"{enter}"} =
            str_replace_editor {"command":"view","path":"src/a.txt"} = read /p/src/a.txt
            """#)
        + rows(
            "openclaw",
            #"""
            exec {"command":"true","env":{}} = execute true
            read {"path":"@types/x.ts"} = read /p/@types/x.ts; read /p/types/x.ts
            nodes {"action":"status"} =
            message {"action":"react","emoji":"x"} =
            cron {"action":"add","job":{"name":"x","payload":{"kind":"agentTurn","message":"x"}}} =
            """#)
        + rows(
            "mcp-server-git",
            #"""
            git_log {"repo_path":"/p","start_timestamp":"2026-01-01","end_timestamp":null} = read /p
            git_show {"repo_path":"/p","revision":"HEAD~2"} = read /p
            git_diff {"repo_path":"/p","target":"main..dev"} = read /p
            git_create_branch {"repo_path":"/p","branch_name":"fix-it","base_branch":null} = read /p; write /p
            """#)
        + rows(
            "mcp-shell-server",
            #"""
            shell_execute {"command":["true","|","true"]} = execute true
            """#)
        + rows(
            "aport",
            #"""
            file.search {"pattern":"/api/(users|..)"} = read /p
            file.glob {"pattern":"src/*.ts"} = read /p; read /p/src
            """#)
}

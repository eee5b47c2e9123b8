// SPDX-License-Identifier: Apache-2.0

/// `tools`: little is permitted, for a first look and for MCP servers; each comment says what it leaves open.
enum ToolsPolicy {
    static let text = #"""
        // What agents may do. Whatever no policy permits is denied, and a forbid always wins.
        // A call is judged as a set: the call itself (action "<server>/<tool>") and each effect that it would have
        // (actions read, write, delete, connect, execute, opaque, ...). All of them must be permitted.
        // See docs/policies.md; after a change: writ policy check

        // ---- What stays forbidden, at any hour and for everyone ------------------------------------------------

        // Bulk export by URL. It sees the path only: a service that exports under another name is not caught.
        @id("starter-export-url")
        @reason("data export pattern detected")
        forbid (principal, action == Action::"connect", resource is URL)
        when { resource.path like "*/export*" || resource.path like "*/dump*" || resource.path like "*/backup*" };

        // Bulk export by program.
        @id("starter-export-program")
        @reason("data export pattern detected")
        forbid (principal, action == Action::"execute", resource)
        when {
            resource in [
                Program::"pg_dump", Program::"pg_dumpall", Program::"mysqldump", Program::"mongodump",
                Program::"mongoexport", Program::"redis-cli"
            ]
        };

        // Secrets that lie in files, by the usual names.
        @id("starter-secrets")
        @reason("secrets are not for agents")
        forbid (principal, action in [Action::"read", Action::"write", Action::"delete"], resource is File)
        when {
            resource.path like "*/.ssh/*" || resource.path like "*/.aws/*" || resource.path like "*/.gnupg/*" ||
            resource.path like "*/.kube/*" || resource.path like "*/.writ/*" || resource.path like "*/.netrc" ||
            resource.path like "*/.env" || resource.path like "*/.env.*" || resource.path like "/etc/shadow*"
        };

        // ---- What is permitted ---------------------------------------------------------------------------------

        // Commands that only show names, times and places. What else a command line would run, read, write or connect
        // to is an effect of its own, which something here must permit.
        @id("starter-plain-commands")
        permit (principal, action == Action::"local/exec.run", resource);
        @id("starter-programs")
        permit (principal, action == Action::"execute", resource)
        when {
            resource in [
                Program::"ls", Program::"pwd", Program::"date", Program::"whoami", Program::"uname", Program::"echo",
                Program::"true", Program::"hostname"
            ]
        };

        // `ls` shows the names in any folder that you can list.
        @id("starter-look")
        permit (principal, action == Action::"read", resource is File)
        when {
            context.call.tool == "exec.run" && ["ls", "pwd", "echo", "true"].containsAll(context.call.programs)
        };

        // The time of day, from mcp-server-time behind `writ gateway --name time -- mcp-server-time`.
        @id("starter-time")
        permit (principal, action in Action::"time", resource);

        // Looking at repositories, from mcp-server-git behind `writ gateway --name git -- mcp-server-git`. It leaves open
        // which repository: narrow it with `resource in Directory::"/home/you/project"`.
        @id("starter-git")
        permit (
            principal,
            action in [
                Action::"git/git_status", Action::"git/git_log", Action::"git/git_diff",
                Action::"git/git_diff_unstaged", Action::"git/git_diff_staged", Action::"git/git_show",
                Action::"git/git_branch"
            ],
            resource
        );
        @id("starter-git-read")
        permit (principal, action == Action::"read", resource)
        when { context.call.server == "git" };

        // ---- What else a server and a client can ask -----------------------------------------------------------

        // Tools are not all: reading resources, getting prompts, completing, tasks, and what servers ask of the client
        // (sampling, elicitation, roots) have actions of their own, which no permit of a server's tools covers. Nothing
        // here permits one, so all of it is denied; the servers above work without. To permit, for example:
        //
        //   permit (principal, action == Action::"mcp:resources/read", resource in Server::"docs");
        //   permit (principal, action == Action::"mcp:prompts/get", resource in Server::"docs");
        //   permit (principal, action in Action::"mcp:server-request", resource == Server::"docs");
        //   permit (principal, action in Action::"mcp:answer", resource == Server::"docs");
        //
        // A resource with a file: or http: address is judged as that effect besides. A server's request shows your
        // client's user or model what the server wrote; the client's answer goes back to the server.

        """#
}

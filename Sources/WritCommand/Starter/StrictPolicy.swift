// SPDX-License-Identifier: Apache-2.0

/// `strict`: looking and editing in the project, with programs that are named, and no network.
enum StrictPolicy {
    static let text = #"""
        // Policy for an agent that looks and edits, in its project only, and runs nothing of the project's own: no builds, no
        // tests, no network but this machine. Whatever no policy here permits is denied, and a forbid always wins. A call is
        // judged as a set: the call itself and each effect that it would have; all must be permitted. See docs/policies.md.
        //
        // "The project" is context.place.project: --project, else the nearest folder with a .git above where the call is made,
        // else that folder; never your home folder.
        //
        // After a change: writ policy check. What a command would meet: writ tools effects exec.run '{"command": "…"}'

        \#(StarterText.calls)
        \#(StarterText.forbids)
        \#(permits)
        """#

    private static let permits = #"""
        // ---- What may be touched ---------------------------------------------------------------------------------

        // Reading, in the project. It leaves open that a secret lies there under another name than those above.
        @id("read-project")
        permit (principal, action == Action::"read", resource is File)
        when { context.place has project && resource in context.place.project };

        // And what programs come with. It leaves open how this machine is set up: /etc has names of hosts, accounts of
        // services, and secrets of services that keep them under names of their own.
        @id("read-system")
        permit (principal, action == Action::"read", resource is File)
        when {
            resource in [
                Directory::"/usr", Directory::"/bin", Directory::"/sbin", Directory::"/lib", Directory::"/lib32",
                Directory::"/lib64", Directory::"/etc", Directory::"/opt"
            ] ||
            resource in [
                File::"/proc/version", File::"/proc/cpuinfo", File::"/proc/meminfo", File::"/proc/loadavg",
                File::"/proc/uptime", File::"/proc/filesystems"
            ]
        };

        // Writing and deleting, in the project; no folder for scratch files. It leaves open that the agent deletes its work:
        // what was never committed is lost then. And that what it writes runs later, when you build.
        @id("write-project")
        permit (principal, action in [Action::"write", Action::"delete"], resource is File)
        when { context.place has project && resource in context.place.project };

        // Programs that show, search and edit text, and git as far as it runs no hooks and goes nowhere: status, diff, log,
        // show, add. They are judged by their effects besides: a `sed` or `awk` that starts a program needs that program
        // here, a `find -exec` too. It leaves open what git shows of commits that others can see (a secret that was
        // committed once), and what your own settings of git make it run, a filter say. And a repository that the agent
        // puts together of single files (HEAD, config, objects), whose settings git would run in that folder: `git config
        // --global safe.bareRepository explicit` closes that. `git commit` and `git push` are denied: they run hooks, which
        // are opaque "project-code", and nothing here permits that. So are patches that are not in the command itself.
        // Commit yourself.
        @id("programs")
        permit (principal, action == Action::"execute", resource)
        when {
            resource in [
                Program::"[", Program::"awk", Program::"base64", Program::"basename", Program::"bat", Program::"cat",
                Program::"cd", Program::"cksum", Program::"cmp", Program::"column", Program::"comm", Program::"cp",
                Program::"csplit", Program::"cut", Program::"date", Program::"df", Program::"diff", Program::"dirname",
                Program::"du", Program::"echo", Program::"egrep", Program::"expand", Program::"expr", Program::"false",
                Program::"fd", Program::"fgrep", Program::"file", Program::"find", Program::"fmt", Program::"fold",
                Program::"gawk", Program::"git", Program::"grep", Program::"gunzip", Program::"gzip", Program::"head",
                Program::"hexdump", Program::"join", Program::"jq", Program::"ls", Program::"mawk", Program::"md5sum",
                Program::"mkdir", Program::"mv", Program::"nl", Program::"od", Program::"paste", Program::"patch",
                Program::"pr", Program::"printf", Program::"pwd", Program::"readlink", Program::"realpath",
                Program::"rev", Program::"rg", Program::"rm", Program::"rmdir", Program::"sed", Program::"seq",
                Program::"sha1sum", Program::"sha256sum", Program::"shuf", Program::"sort", Program::"split",
                Program::"stat", Program::"strings", Program::"tac", Program::"tail", Program::"tee", Program::"test",
                Program::"touch", Program::"tr", Program::"tree", Program::"true", Program::"tsort", Program::"type",
                Program::"uname", Program::"unexpand", Program::"uniq", Program::"wc", Program::"which",
                Program::"xargs", Program::"xxd", Program::"yq", Program::"zcat", Program::"zgrep"
            ]
        };

        // ---- Network ---------------------------------------------------------------------------------------------

        // This machine, for tools that fetch; no program above connects anywhere. It leaves open what listens here: a data
        // base, a proxy that goes further, another agent.
        @id("network-local")
        permit (principal, action == Action::"connect", resource)
        when {
        \#(StarterText.loopback)
        };

        """#
}

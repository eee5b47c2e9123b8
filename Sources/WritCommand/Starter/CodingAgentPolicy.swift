// SPDX-License-Identifier: Apache-2.0

/// `coding-agent`: it may work in its project, look around, and use the usual registries.
enum CodingAgentPolicy {
    static let text = #"""
        // Policy for a coding agent on a developer's machine: it may work in its project, look around, and use the usual
        // registries. Whatever no policy here permits is denied, and a forbid always wins. A call is judged as a set: the call
        // itself and each effect that it would have; all must be permitted. See docs/policies.md and docs/effects.md.
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
        // ---- What may be touched -------------------------------------------------------------------------------------------

        // Reading, of everything that is not a secret above. It leaves open your other projects and documents; to keep the agent
        // in its project, put `&& resource in context.place.project` here.
        @id("read")
        permit (principal, action == Action::"read", resource is File);

        // Writing and deleting, in the project and in folders for scratch files. It leaves open that the agent deletes its work:
        // what was never committed is lost then; and that an agent which moves its session into another folder is in another
        // project, unless the hook has --project.
        @id("write-project")
        permit (principal, action in [Action::"write", Action::"delete"], resource is File)
        when { context.place has project && resource in context.place.project };
        @id("write-scratch")
        permit (principal, action in [Action::"write", Action::"delete"], resource is File)
        when {
        \#(StarterText.scratch)
        };

        // Where harnesses keep an agent's plans and notes of a project, which it reads again when it works there next.
        @id("write-notes")
        permit (principal, action in [Action::"write", Action::"delete"], resource is File)
        when {
            context.place has home && resource in context.place.home &&
        \#(StarterText.notes)
        };

        // Programs: those that Writ knows, whose effects are judged one by one.
        @id("programs")
        permit (principal, action == Action::"execute", resource);

        // Running what the project's files say: builds, tests, scripts, hooks. An agent that may edit files may thereby run
        // what it likes as you, without a call that Writ sees. To close this, remove it and put the agent in a sandbox.
        @id("project-code")
        permit (principal, action == Action::"opaque", resource == Opaque::"project-code");

        // A path that only run time knows, where programs run that do no more than read. It leaves open that the path is
        // that of a secret: `cat "$f"`. A tool that takes a file's name by itself gets none that Writ cannot read.
        @id("unknown-paths")
        permit (principal, action == Action::"opaque", resource == Opaque::"path-read")
        when {
            !context.call.programs.isEmpty() &&
            [
        \#(StarterText.lookingPrograms)
            ].containsAll(context.call.programs)
        };

        // ---- Network -------------------------------------------------------------------------------------------------------

        // This machine, and the registries and code hosts that builds need. Anything else is denied: add the hosts of your own.
        // It leaves open what can be sent to these hosts (a push, a gist, a package) with the credentials that are there.
        @id("network-local")
        permit (principal, action == Action::"connect", resource)
        when {
        \#(StarterText.loopback)
        };
        @id("network-registries")
        permit (principal, action == Action::"connect", resource)
        when {
            resource in [
        \#(StarterText.registries)
            ]
        };

        // Pages that explain: what is asked goes to them too, and to nobody else.
        @id("network-documentation")
        permit (principal, action == Action::"connect", resource)
        when {
            resource in [
        \#(StarterText.documentation)
            ]
        };

        // Databases, as far as a statement's tables are known.
        @id("tables")
        permit (principal, action in [Action::"query", Action::"mutate"], resource);

        """#
}

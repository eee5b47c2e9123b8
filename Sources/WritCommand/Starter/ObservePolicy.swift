// SPDX-License-Identifier: Apache-2.0

/// `observe`: nothing is refused, and each receipt says what `coding-agent` would have said.
enum ObservePolicy {
    static let text = #"""
        // To watch before anything is locked: everything is allowed, whatever it would do. Nothing is enforced but the agent's
        // identity, the kill switch, the approval of servers' tools and the log. It leaves everything open: it is meant for
        // days, not for good.
        //
        // Policies in shadow, @mode("shadow"), only say in the receipts what would have been. `writ receipts show` has
        // "shadow would deny" where the policies of `writ init --policy coding-agent` would refuse: in shadow here are
        // that file's forbids and, since a permit in shadow takes nothing away, a forbid for each kind of thing that its
        // permits leave out.
        //
        // To go on, put coding-agent's text in this file's place, or take @mode("shadow") off one forbid after the other.
        // See docs/policies.md.

        // ---- What is enforced ------------------------------------------------------------------------------------

        // Every call, every other request of the protocol, and every effect, also what Writ cannot see through.
        @id("observe")
        permit (principal, action, resource);

        \#(StarterText.watchedForbids)
        \#(unpermitted)
        """#

    private static let unpermitted = #"""
        // ---- What no permit of coding-agent covers ---------------------------------------------------------------

        // Tools without a map, servers of yours, and what else they and their clients ask: these need permits of their own.
        @id("no-permit-call")
        @mode("shadow")
        forbid (
            principal,
            action in [
                Action::"call", Action::"mcp:request", Action::"mcp:server-request", Action::"mcp:answer"
            ],
            resource
        ) unless {
            context.call.mapped &&
            action in [
                Action::"local", Action::"claude-code", Action::"codex", Action::"cursor", Action::"gemini",
                Action::"copilot", Action::"openclaw"
            ]
        };

        // Writing and deleting outside of the project, of the folders for scratch files, and of an agent's notes.
        @id("no-permit-write")
        @mode("shadow")
        forbid (principal, action in [Action::"write", Action::"delete"], resource is File)
        unless {
            (context.place has project && resource in context.place.project) ||
            (context.place has home && resource in context.place.home &&
        \#(StarterText.notes)) ||
        \#(StarterText.scratch)
        };

        // What Writ does not understand, but for code of the project and for paths that are only read.
        @id("no-permit-opaque")
        @mode("shadow")
        forbid (principal, action == Action::"opaque", resource)
        unless {
            resource == Opaque::"project-code" ||
            (resource == Opaque::"path-read" && !context.call.programs.isEmpty() &&
             [
        \#(StarterText.lookingPrograms)
             ].containsAll(context.call.programs))
        };

        // Hosts that are neither this machine nor a registry, nor explain anything.
        @id("no-permit-connect")
        @mode("shadow")
        forbid (principal, action == Action::"connect", resource)
        unless {
        \#(StarterText.loopback) ||
            resource in [
        \#(StarterText.registries),
        \#(StarterText.documentation)
            ]
        };

        // Messages and money.
        @id("no-permit-others")
        @mode("shadow")
        forbid (principal, action in [Action::"send", Action::"spend"], resource);

        """#
}

// SPDX-License-Identifier: Apache-2.0

/// What is known of how a tool's program takes the texts of its paths. Of most tools nothing is.
struct PathStyle: Sendable, Equatable {
    /// Whether no shell sees the path: `$` and a backquote within it are letters of a name (`routes/$id.tsx`), save where
    /// they look like what a shell would put something in the place of.
    var isLiteral = false
    /// Whether one `@` at the beginning may be dropped, before `~` is looked at.
    var dropsAt = false

    /// The file tools of coding agents.
    static let agent = PathStyle(isLiteral: true)
    /// Those of OpenClaw.
    static let openClaw = PathStyle(isLiteral: true, dropsAt: true)
}

// SPDX-License-Identifier: Apache-2.0

import Gateway
import StrictJSON

/// Asks a server for its tools.
protocol ToolLister: Sendable {
    /// Starts the server, asks for all pages of its list, and ends it.
    ///
    /// - Returns: the definitions, as the server gave them; `nil` where it is of a kind that this cannot reach.
    /// - Throws: `CommandFailure` saying what it could not do, without values.
    func tools(of server: ServerDescription) async throws(CommandFailure) -> [JSON]?

    /// To be called once, after the last question.
    func finish()
}

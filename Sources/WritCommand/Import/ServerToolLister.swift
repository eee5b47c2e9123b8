// SPDX-License-Identifier: Apache-2.0

import Gateway
import StrictJSON

/// Lists tools by starting servers.
struct ServerToolLister: ToolLister {
    func tools(of server: ServerDescription) async throws(CommandFailure) -> [JSON]? { nil }
}

// SPDX-License-Identifier: Apache-2.0

import Gateway
import StrictJSON

/// Lists tools by starting servers. What they write to standard error is passed on.
struct ServerToolLister: ToolLister {
    private let transports = ProcessTransports(note: Output.note)

    func tools(of server: ServerDescription) async throws(CommandFailure) -> [JSON]? {
        guard case .process = server.endpoint else { return nil }
        do throws(UpstreamFailure) {
            let (tools, dropped) = try await ToolEnquiry(transports).tools(of: server)
            if dropped > 0 {
                transports.note("writ: server \(server.alias) lists \(dropped) tools out of form; they are left out")
            }
            return tools
        } catch {
            throw CommandFailure(.data, error.text)
        }
    }

    func finish() { transports.finish() }
}

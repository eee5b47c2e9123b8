// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HTTPGateway
import WritCommand

/// `writd gateway`: `writ gateway`, where a server is reached by URL.
struct GatewayDaemon: AsyncParsableCommand {
    static let configuration = GatewayOptions.command
    @OptionGroup var options: GatewayOptions

    func run() async throws {
        let client = HTTPUpstreamClient()
        let clock = SystemClock()
        let tokens = ExchangedTokens(GrantedTokens(), now: { clock.monotonicMilliseconds() })
        do { try await GatewayService.run(options, http: HTTPTransports(client: client, tokens: tokens)) } catch {
            // It ends in an exit status, which is thrown.
            await client.shutdown()
            throw error
        }
        await client.shutdown()
    }
}

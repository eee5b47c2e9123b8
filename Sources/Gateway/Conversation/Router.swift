// SPDX-License-Identifier: Apache-2.0

import MCP
import StrictJSON

/// Which flow a client's request takes.
struct Router: Sendable {
    let request: ClientRequest

    init(_ request: ClientRequest) { self.request = request }

    func reply() async -> Reply {
        // What a revision does not have, its clients cannot ask for.
        guard let rule = MethodTable.rule(request.method, from: .client, in: request.client.revision), rule.isRequest
        else { return await UnknownFlow(request: request).run() }
        switch rule.kind {
        case .local: return await free { await HandshakeFlow(request: request).run() }
        case .list(let kind): return await free { await ListFlow(request: request, kind: kind).run() }
        case .logLevel: return await free { await LogLevelFlow(request: request).run() }
        case .unsubscribe: return await free { await SubscribeFlow(request: request).end() }
        case .subscribe: return await SubscribeFlow(request: request).run()
        case .listen: return await ListenFlow(request: request).run()
        case .tool, .resource, .prompt, .completion, .task: return await DecidedFlow(request: request).run()
        default: return await UnknownFlow(request: request).run()
        }
    }

    /// What is not decided takes no part of what may be.
    private func free(_ flow: () async -> Reply) async -> Reply {
        request.share.release()
        return await flow()
    }
}

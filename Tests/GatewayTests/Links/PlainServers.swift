// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization
import Testing

@testable import Gateway

/// What fake transports without habits share: they take everything and say what they like.
class PlainServer: UpstreamTransport, @unchecked Sendable {
    // INVARIANT: subclasses have no state of their own but what is immutable or under a lock.
    private let receiver = Mutex<(any UpstreamReceiver)?>(nil)
    let asked = Inbox<JSON>()
    let closed = Inbox<Void>()

    func open(_ receiver: any UpstreamReceiver) async throws(UpstreamFailure) {
        self.receiver.withLock { $0 = receiver }
    }

    func forward(
        _ permit: consuming Permit, _ head: MessageHead, onExpired: @escaping @Sendable () -> Void
    ) async throws(UpstreamFailure) {
        throw UpstreamFailure(.refused(status: 500), "no calls here")
    }

    func send(_ message: FreeMessage, _ head: MessageHead) async throws(UpstreamFailure) {
        asked.add(message.json)
        take(message.json)
    }

    func take(_ message: JSON) {}

    func abandon(_ id: Int64) {}

    func close() async {
        closed.add(())
        receiver.withLock { $0 }?.ended(UpstreamFailure(.ended, "closed"))
    }

    func say(_ message: JSON) {
        receiver.withLock { $0 }?.received(ReadFrame(.line(message.serialized())), on: nil)
    }
}

/// Says nothing.
final class Mute: PlainServer, @unchecked Sendable {}

/// Answers `server/discover` when it has been asked `initialize` as well, which it refuses.
final class SlowStarter: PlainServer, @unchecked Sendable {
    override func take(_ message: JSON) {
        guard message["method"] == "initialize", let first = asked.rest.first?["id"], let second = message["id"] else {
            return
        }
        say([
            "jsonrpc": "2.0", "id": first,
            "result": ["resultType": "complete", "supportedVersions": ["2026-07-28"], "capabilities": [:]],
        ])
        say(["jsonrpc": "2.0", "id": second, "error": ["code": -32022, "message": "no"]])
    }
}

/// Answers by a table, and everything else with -32601.
final class Answering: PlainServer, @unchecked Sendable {
    private let before: @Sendable (PlainServer) -> Void
    private let result: @Sendable (UTF8String) -> JSON?

    init(
        before: @escaping @Sendable (PlainServer) -> Void = { _ in },
        _ result: @escaping @Sendable (UTF8String) -> JSON?
    ) {
        self.before = before
        self.result = result
    }

    override func take(_ message: JSON) {
        guard let method = message["method"]?.string, let id = message["id"] else { return }
        before(self)
        if let result = result(method) {
            say(["jsonrpc": "2.0", "id": id, "result": result])
        } else {
            say(["jsonrpc": "2.0", "id": id, "error": ["code": -32601, "message": "no"]])
        }
    }
}

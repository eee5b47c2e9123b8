// SPDX-License-Identifier: Apache-2.0

import Decisions
import Gateway
import MCP
import Passports
import StrictJSON
import Synchronization
import WireTypes

/// A hub whose conversations do what a request's method says.
final class FakeHub: GatewayHub {
    enum Happening: Sendable, Equatable {
        case opened(UTF8String, DoorKind)
        case closed(UTF8String)
        case began(UTF8String)
        case cancelled(UTF8String)
        case took(UTF8String)
        case refused(Int)
        case expired
    }

    let happenings = Happenings<Happening>()
    let hold = Hold()
    let drops = Mutex<[DropReason]>([])
    let asked = Mutex(0)
    let permits: PermitMaker?
    private let generals = Mutex<[any MessageSink]>([])
    private let watched = Mutex<[Int: @Sendable () -> Void]>([:])

    init(permits: PermitMaker? = nil) { self.permits = permits }

    /// The key that passports beginning with `bound:` are bound to.
    let boundKey = Mutex<Digest?>(nil)

    /// Whoever presents `agent:NAME` is NAME; so is, by another credential, who presents `agent:NAME#2`, and whoever
    /// presents `bound:NAME` with the key.
    func principal(_ credential: Credential) async -> Result<Principal, IdentityRefusal> {
        asked.withLock { $0 += 1 }
        if case .verified(let token) = credential {
            return .success(Principal(agentID: token.facts.agentID, credential: credential))
        }
        if case .held(let bytes, let possession) = credential, let text = UTF8String(validating: bytes) {
            guard text.hasPrefix("bound:"), boundKey.withLock({ $0 }) == possession.key else {
                return .failure(IdentityRefusal("the key that was shown is not the one"))
            }
            return .success(
                Principal(agentID: UTF8String(String(text.string.dropFirst(6))), credential: credential))
        }
        guard case .passport(let bytes) = credential, let text = UTF8String(validating: bytes) else {
            return .failure(IdentityRefusal("no passport"))
        }
        if text.hasPrefix("agent:") {
            let name = text.string.dropFirst(6).prefix { $0 != "#" }
            return .success(Principal(agentID: UTF8String(String(name)), credential: credential))
        }
        return .failure(IdentityRefusal("the passport does not verify"))
    }

    func has(_ scope: Scope) -> Bool { scope == .everything || scope == .server("git") }

    func conversation(
        _ principal: Principal, scope: Scope, door: DoorKind, general: any MessageSink
    ) -> any Conversation {
        happenings.add(.opened(principal.agentID, door))
        generals.withLock { $0.append(general) }
        return FakeConversation(hub: self, agent: principal.agentID)
    }

    /// Stops whoever is watched.
    func stop() {
        let watched = watched.withLock { watched in
            defer { watched = [:] }
            return Array(watched.values)
        }
        for onStop in watched { onStop() }
    }

    /// How many streams may be stopped.
    var watchedStreams: Int { watched.withLock { $0.count } }

    func whenStopped(
        _ principal: Principal, _ onStop: @escaping @Sendable () -> Void
    ) -> @Sendable () -> Void {
        let id = watched.withLock { watched in
            let id = (watched.keys.max() ?? 0) + 1
            watched[id] = onStop
            return id
        }
        return { [weak self] in self?.watched.withLock { $0[id] = nil } }
    }

    func count(_ reason: DropReason) { drops.withLock { $0.append(reason) } }

    /// The sink of the conversation that was opened last.
    var lastGeneral: (any MessageSink)? { generals.withLock { $0.last } }
}

private struct FakeConversation: Conversation {
    let hub: FakeHub
    let agent: UTF8String

    func answer(_ request: Envelope, frameBytes: Int, sink: any MessageSink) async -> JSON? {
        guard case .request(let id, let method) = request.kind else { return nil }
        hub.happenings.add(.began(method))
        switch method {
        case "initialize":
            if request.params?["fail"] == true { return Message.error(id, code: -32602, "no") }
            return Message.result(id, ["protocolVersion": "2025-11-25", "capabilities": [:]])
        case "test/error": return Message.error(id, code: request.params?["code"]?.int64 ?? 0, "an error")
        case "test/progress":
            for number in 1...3 {
                sink.send([
                    "jsonrpc": "2.0", "method": "notifications/progress", "params": ["progress": .integer(number)],
                ])
            }
            return Message.result(id, ["done": true])
        case "test/hold":
            await hub.hold.wait()
            if Task.isCancelled {
                hub.happenings.add(.cancelled(method))
                return nil
            }
            return Message.result(id, ["held": true])
        case "test/back": return nil
        case "test/stream":
            sink.send(["jsonrpc": "2.0", "method": "notifications/first"])
            await hub.hold.wait()
            if Task.isCancelled { hub.happenings.add(.cancelled(method)) }
            return Message.result(id, [:])
        case "test/flood":
            let filler = JSON.text(String(repeating: "x", count: 10_000))
            var count = 0
            while sink.send(["jsonrpc": "2.0", "method": "notifications/flood", "params": ["filler": filler]]) {
                count += 1
            }
            hub.happenings.add(.refused(count))
            await hub.hold.wait()
            return Message.result(id, [:])
        case "test/permit": return await ask(id, sink)
        default: return Message.result(id, ["method": .string(method), "agent": .string(agent)])
        }
    }

    private func ask(_ id: RequestID, _ sink: any MessageSink) async -> JSON? {
        guard let permit = await hub.permits?.permit() else { return nil }
        let hub = hub
        if !sink.send(permit, onExpired: { hub.happenings.add(.expired) }) { hub.happenings.add(.refused(0)) }
        return Message.result(id, [:])
    }

    func take(_ message: Envelope) {
        switch message.kind {
        case .notification(let method): hub.happenings.add(.took(method))
        case .result: hub.happenings.add(.took("result"))
        default: hub.happenings.add(.took("other"))
        }
    }

    func close() async { hub.happenings.add(.closed(agent)) }
}

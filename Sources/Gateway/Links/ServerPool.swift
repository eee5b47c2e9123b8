// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization

/// Links to the configured servers, each of one principal and of the capabilities that its server was told of.
final class ServerPool: UpstreamPool {
    /// What a link is shared by.
    struct Key: Hashable, Sendable {
        let alias: UTF8String
        let principal: Principal
        /// The capabilities that the server is told, as canonical JSON: a server would ask a client for what another
        /// one can do.
        let told: [UInt8]
        /// The era that the server is spoken to in: the client's, unless it is known that the server has only the other.
        /// What one era has (tasks of either form, streams of news, levels of logging) the other cannot stand in for, so
        /// clients of both eras get a link each.
        var era: Era

        /// The same in each era: where a link is may be found out only once it is open.
        var places: [Key] {
            [Era.legacy, .modern].map { era in
                var key = self
                key.era = era
                return key
            }
        }
    }

    /// What pauses are kept by.
    struct Place: Hashable, Sendable {
        let alias: UTF8String
        let principal: Principal
    }

    /// A link that is being opened, and who waits for it.
    struct Opening {
        let id: Int64
        var task: Task<Void, Never>?
        var waiters: [Int64: CheckedContinuation<Result<ServerLink, UpstreamFailure>, Never>] = [:]
    }

    enum Slot {
        case opening(Opening)
        case open(ServerLink, since: Int64)
    }

    struct State {
        var slots: [Key: Slot] = [:]
        var pauses: [Place: Pauses] = [:]
        /// The era of each server that does not speak the other one, as far as it has been found out.
        var eras: [UTF8String: Era] = [:]
        /// Transports to programs that are not gone.
        var processes = 0
        /// Everything that has to end before `close` returns.
        var alive = 0
        var isClosed = false
        var closers: [Int64: CheckedContinuation<Void, Never>] = [:]
        var lastID: Int64 = 0
        var alarm: Int64?
    }

    let limits: UpstreamLimits
    let clock: any AlarmClock
    let transports: any TransportFactory
    let observer: @Sendable (ServerDescription, Principal) -> any LinkObserver
    let count: @Sendable (DropReason) -> Void
    let note: @Sendable (String) -> Void
    let servers: [UTF8String: ServerDescription]
    let state = Mutex(State())

    /// A pool in which nothing is open.
    ///
    /// - Parameters:
    ///   - observer: who hears the links of a server and a principal; asked for when one is opened.
    ///   - count: counts what links drop.
    ///   - note: takes lines for the operator.
    init(
        _ servers: [ServerDescription], transports: any TransportFactory, limits: UpstreamLimits = UpstreamLimits(),
        clock: any AlarmClock = SystemAlarmClock.shared,
        observer: @escaping @Sendable (ServerDescription, Principal) -> any LinkObserver,
        count: @escaping @Sendable (DropReason) -> Void = { _ in },
        note: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.servers = Dictionary(servers.map { ($0.alias, $0) }, uniquingKeysWith: { first, _ in first })
        self.transports = transports
        self.limits = limits
        self.clock = clock
        self.observer = observer
        self.count = count
        self.note = note
    }

    func link(
        _ alias: UTF8String, _ principal: Principal, client: ClientFacts
    ) async throws(UpstreamFailure) -> any UpstreamLink {
        guard let server = servers[alias] else {
            throw UpstreamFailure(.unreachable, "there is no server \(alias)")
        }
        let told = Self.told(client.capabilities)
        let (key, waiterID, open): (Key, Int64, ServerLink?) = state.withLock { state in
            state.lastID += 1
            let era = state.eras[alias] ?? client.era
            let key = Key(alias: alias, principal: principal, told: told, era: era)
            // Nearly always it is open, and nobody has to wait.
            guard !state.isClosed, case .open(let link, _) = state.slots[key], link.end == nil else {
                return (key, state.lastID, nil)
            }
            return (key, state.lastID, link)
        }
        if let open, !Task.isCancelled {
            open.touch()
            return open
        }
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                wait(for: key, server, client, continuation, waiterID)
            }
        } onCancel: {
            leave(key, waiterID)
        }
        let link = try result.get()
        link.touch()
        return link
    }

    private static func told(_ capabilities: JSONObject) -> [UInt8] {
        let json = JSON.object(capabilities)
        do throws(JSONError) { return try json.canonical() } catch { return json.serialized() }
    }

    // MARK: Waiting for a link

    /// Room for one more link: where there is none under the bounds, in the place of one that nobody uses.
    enum Room {
        case free
        case after(ServerLink)
    }

    private enum Step {
        case done(Result<ServerLink, UpstreamFailure>)
        case wait
        case open(Int64, Room)
    }

    private func wait(
        for key: Key, _ server: ServerDescription, _ client: ClientFacts,
        _ continuation: CheckedContinuation<Result<ServerLink, UpstreamFailure>, Never>, _ waiterID: Int64
    ) {
        let now = clock.milliseconds()
        let step: Step = state.withLock { (state) -> Step in
            if state.isClosed { return .done(.failure(Self.closed)) }
            if Task.isCancelled { return .done(.failure(Self.nobodyWaits)) }
            switch state.slots[key] {
            case .open(let link, _) where link.end == nil: return .done(.success(link))
            case .opening(var opening):
                opening.waiters[waiterID] = continuation
                state.slots[key] = .opening(opening)
                return .wait
            case .open, nil: break
            }
            let place = Place(alias: key.alias, principal: key.principal)
            if let pauses = state.pauses[place], case let left = pauses.left(now: now), left > 0 {
                return .done(.failure(Self.paused(key.alias, left, pauses.failure)))
            }
            guard let room = state.makeRoom(for: key, server, limits) else {
                return .done(.failure(UpstreamFailure(.stalled, "too many servers are open")))
            }
            state.lastID += 1
            state.alive += 1
            if server.isProcess { state.processes += 1 }
            state.slots[key] = .opening(Opening(id: state.lastID, waiters: [waiterID: continuation]))
            return .open(state.lastID, room)
        }
        switch step {
        case .done(let result): continuation.resume(returning: result)
        case .wait: break
        case .open(let id, let room): open(key, server, client, id, room)
        }
    }

    /// A waiter goes. Without any left, what is being opened is given up.
    private func leave(_ key: Key, _ waiterID: Int64) {
        let (waiter, task): (CheckedContinuation<Result<ServerLink, UpstreamFailure>, Never>?, Task<Void, Never>?) =
            state.withLock { state in
                for key in key.places {
                    guard case .opening(var opening) = state.slots[key],
                        let waiter = opening.waiters.removeValue(forKey: waiterID)
                    else { continue }
                    guard opening.waiters.isEmpty else {
                        state.slots[key] = .opening(opening)
                        return (waiter, nil)
                    }
                    // Who comes next begins anew, as soon as there is room.
                    state.slots[key] = nil
                    return (waiter, opening.task)
                }
                return (nil, nil)
            }
        task?.cancel()
        waiter?.resume(returning: .failure(Self.nobodyWaits))
    }

    static let closed = UpstreamFailure(.ended, "the gateway is ending")
    static let nobodyWaits = UpstreamFailure(.ended, "nobody waits for the server any more")

    private static func paused(_ alias: UTF8String, _ left: Int64, _ failure: UpstreamFailure?) -> UpstreamFailure {
        let why = failure.map { ": \($0.text)" } ?? ""
        return UpstreamFailure(
            failure?.kind ?? .ended, "server \(alias) is left alone for \(left) ms after it failed\(why)")
    }
}

extension ServerPool.State {
    /// Takes a link out that has to end before another can be opened; `nil` where all are in use.
    ///
    /// Its process counts until it is gone. Who opens the new one waits for that, so there are never more than may be.
    fileprivate mutating func makeRoom(
        for key: ServerPool.Key, _ server: ServerDescription, _ limits: UpstreamLimits
    ) -> ServerPool.Room? {
        let isFull = server.isProcess && processes >= limits.processes
        let ofPrincipal = slots.keys.count { $0.principal == key.principal && $0 != key }
        let principalIsFull = ofPrincipal >= limits.linksPerPrincipal
        guard isFull || principalIsFull else { return .free }
        var oldest: (key: ServerPool.Key, link: ServerLink, since: Int64)?
        for case (let other, .open(let link, _)) in slots {
            guard !principalIsFull || other.principal == key.principal, !isFull || link.isProcess,
                let since = link.idleSince, since < oldest?.since ?? .max
            else { continue }
            oldest = (other, link, since)
        }
        guard let oldest else { return nil }
        slots[oldest.key] = nil
        return .after(oldest.link)
    }
}

extension ServerDescription {
    var isProcess: Bool { if case .process = endpoint { true } else { false } }
}

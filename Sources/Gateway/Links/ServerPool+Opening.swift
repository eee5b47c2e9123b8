// SPDX-License-Identifier: Apache-2.0

import Decisions
import MCP
import StrictJSON
import Synchronization

extension ServerPool {
    func open(_ key: Key, _ server: ServerDescription, _ client: ClientFacts, _ id: Int64, _ room: Room) {
        let known = state.withLock { $0.eras[key.alias] }
        let task = Task { [self] in
            if case .after(let victim) = room { await retire(victim) }
            let result: Result<ServerLink, UpstreamFailure>
            do throws(UpstreamFailure) {
                // Nothing is started for nobody.
                if Task.isCancelled { throw Self.nobodyWaits }
                result = .success(
                    try await ServerLink.open(
                        key.alias, key.principal, client: client, known: known, surroundings(key, server),
                        makeTransport: { self.transports.transport(for: server, principal: key.principal) }))
            } catch {
                result = .failure(error)
            }
            opened(key, server, id, result, isGivenUp: Task.isCancelled)
        }
        let isStillWanted = state.withLock { state in
            guard case .opening(var opening) = state.slots[key], opening.id == id else { return false }
            opening.task = task
            state.slots[key] = .opening(opening)
            return true
        }
        // It may also be done already; then this does nothing.
        if !isStillWanted { task.cancel() }
    }

    private func surroundings(_ key: Key, _ server: ServerDescription) -> LinkSurroundings {
        LinkSurroundings(
            limits: limits, isProcess: server.isProcess, clock: clock, count: count,
            observer: observer(server, key.principal),
            onEnd: { [weak self] link, failure in self?.ended(key, link, failure) })
    }

    private func opened(
        _ key: Key, _ server: ServerDescription, _ id: Int64,
        _ result: Result<ServerLink, UpstreamFailure>, isGivenUp: Bool
    ) {
        let now = clock.milliseconds()
        let link: ServerLink? = if case .success(let link) = result { link } else { nil }
        let outcome: Opened = state.withLock { state in
            var opening: Opening?
            if case .opening(let current) = state.slots[key], current.id == id {
                opening = current
                state.slots[key] = nil
            }
            var result = result
            if let link, let end = link.end { result = .failure(end) }
            if opening == nil, case .success = result { result = .failure(Self.nobodyWaits) }
            switch result {
            case .success(let link):
                var place = key
                place.era = link.facts.era
                // Of a server that speaks the client's era nobody knows whether it speaks the other one too.
                if place.era != key.era { state.eras[key.alias] = place.era }
                switch state.slots[place] {
                case .open(let other, _) where other.end == nil:
                    // Its only era has a link already, of a client that came in that.
                    return Opened(result: .success(other), waiters: opening?.waiters ?? [:], needless: link)
                case .opening(var under):
                    under.waiters.merge(opening?.waiters ?? [:]) { first, _ in first }
                    state.slots[place] = .opening(under)
                    return Opened(result: result, needless: link)
                case .open, nil:
                    state.slots[place] = .open(link, since: now)
                    return Opened(result: result, waiters: opening?.waiters ?? [:])
                }
            case .failure(let failure):
                guard opening != nil, !isGivenUp else {
                    return Opened(result: result, waiters: opening?.waiters ?? [:], needless: link)
                }
                state.eras[key.alias] = nil
                state.pause(key, failure, lived: 0, now: now, limits)
                return Opened(result: result, waiters: opening?.waiters ?? [:], needless: link, failure: failure)
            }
        }
        if let failure = outcome.failure { note("writ: server \(key.alias) cannot be opened: \(failure.text)") }
        if let needless = outcome.needless {
            Task { await retire(needless) }
        } else if link == nil {
            gone(isProcess: server.isProcess)
        }
        if case .success = outcome.result { setIdleAlarm(now: now) }
        for waiter in outcome.waiters.values { waiter.resume(returning: outcome.result) }
    }

    /// What became of an attempt at a link.
    private struct Opened {
        var result: Result<ServerLink, UpstreamFailure>
        var waiters: [Int64: CheckedContinuation<Result<ServerLink, UpstreamFailure>, Never>] = [:]
        /// A link that nobody is to have.
        var needless: ServerLink?
        /// For the operator.
        var failure: UpstreamFailure?
    }

    // MARK: Ends

    /// A link has ended by itself, or is being retired.
    private func ended(_ key: Key, _ link: ServerLink, _ failure: UpstreamFailure) {
        let now = clock.milliseconds()
        let wasOpen = state.withLock { state in
            for place in key.places {
                guard case .open(let current, let since) = state.slots[place], current === link else { continue }
                state.slots[place] = nil
                state.pause(key, failure, lived: now - since, now: now, limits)
                return true
            }
            return false
        }
        guard wasOpen else { return }
        if failure.kind != .sessionLost { note("writ: \(failure.text)") }
        Task { await retire(link) }
    }

    /// Ends a link that is in no slot any more.
    func retire(_ link: ServerLink) async {
        await link.close()
        gone(isProcess: link.isProcess)
    }

    private func gone(isProcess: Bool) {
        let closers = state.withLock { state in
            state.alive -= 1
            if isProcess { state.processes -= 1 }
            guard state.alive == 0 else { return [Int64: CheckedContinuation<Void, Never>]() }
            defer { state.closers = [:] }
            return state.closers
        }
        for closer in closers.values { closer.resume() }
    }

    // MARK: Idle links

    private func setIdleAlarm(now: Int64) {
        guard let idle = limits.idleMilliseconds else { return }
        let moment: Int64? = state.withLock { state in
            guard state.alarm == nil, !state.isClosed else { return nil }
            state.alarm = now + idle
            return state.alarm
        }
        guard let moment else { return }
        clock.ring(at: moment) { [weak self] in self?.endIdle(idle) }
    }

    private func endIdle(_ idle: Int64) {
        let now = clock.milliseconds()
        let (links, isAnyLeft): ([ServerLink], Bool) = state.withLock { state in
            state.alarm = nil
            var links: [ServerLink] = []
            for case (let key, .open(let link, _)) in state.slots {
                guard let since = link.idleSince, since + idle <= now else { continue }
                state.slots[key] = nil
                links.append(link)
            }
            return (links, !state.slots.isEmpty)
        }
        for link in links { Task { await retire(link) } }
        if isAnyLeft { setIdleAlarm(now: now) }
    }

    // MARK: Closing

    /// Ends every link, side by side, and opens none any more. Returns when all is gone, or after the deadline; what
    /// is not gone by then is still being ended.
    func close() async {
        state.withLock { $0.isClosed = true }
        endLinks { _ in true }
        let deadline = clock.milliseconds() + limits.closeMilliseconds
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let isOver = state.withLock { state in
                if state.alive > 0 { state.closers[id] = continuation }
                return state.alive == 0
            }
            guard !isOver else { return continuation.resume() }
            clock.ring(at: deadline) { [weak self] in
                self?.state.withLock { $0.closers.removeValue(forKey: id) }?.resume()
            }
        }
    }

    /// Ends the links of a principal whose last conversation is over, without waiting for it.
    func close(_ principal: Principal) { endLinks { $0.principal == principal } }

    private func endLinks(_ isMeant: (Key) -> Bool) {
        let (links, openings): ([ServerLink], [Opening]) = state.withLock { state in
            var links: [ServerLink] = []
            var openings: [Opening] = []
            for (key, slot) in state.slots where isMeant(key) {
                state.slots[key] = nil
                switch slot {
                case .open(let link, _): links.append(link)
                case .opening(let opening): openings.append(opening)
                }
            }
            return (links, openings)
        }
        for opening in openings {
            opening.task?.cancel()
            for waiter in opening.waiters.values { waiter.resume(returning: .failure(Self.closed)) }
        }
        for link in links { Task { await retire(link) } }
    }
}

extension ServerPool.State {
    fileprivate mutating func pause(
        _ key: ServerPool.Key, _ failure: UpstreamFailure, lived: Int64, now: Int64, _ limits: UpstreamLimits
    ) {
        pauses = pauses.filter { !$0.value.isOver(now: now) }
        let place = ServerPool.Place(alias: key.alias, principal: key.principal)
        pauses[place, default: Pauses(limits: limits)].failed(failure, lived: lived, now: now)
    }
}

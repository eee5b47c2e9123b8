// SPDX-License-Identifier: Apache-2.0

public import StrictJSON
import Synchronization

/// The brakes as this process knows them, and what it has under way that they may stop.
///
/// It reads nothing by itself: whoever has read the ledger's state says so with `note`, every decision among them. What
/// has become stopped is told so by `sweep`, which is never called where a lock of whoever is told might be held; the
/// process's watch does it, every few milliseconds while something is under way.
public final class SwitchBoard: Sendable {
    /// Called once, with why. Must be brief, and must not block.
    public typealias OnStop = @Sendable (Reason) -> Void

    private struct Known {
        var kill: Int64
        var revocation: Int64
        var switches: [KillSwitch]
        var standings: [UTF8String: LoggedStanding]
    }

    private struct Entry {
        let subject: Stoppable
        let onStop: OnStop
    }

    private struct State {
        var known: Known?
        /// When the state that is known was last seen to be the newest, by the monotonic clock.
        var seenAt: Int64?
        var isSwept = true
        var entries: [Int64: Entry] = [:]
        var last: Int64 = 0
        var wake: (@Sendable () -> Void)?
        /// Whether the watch waits to be woken.
        var isAsleep = false
    }

    private let state = Mutex(State())

    /// A board that knows of no switch and has nothing under way.
    public init() {}

    // MARK: What is on

    /// Takes in a state that was read after the moment given.
    func note(_ new: LedgerState, at moment: Int64) {
        let wake: (@Sendable () -> Void)? = state.withLock { state in
            // Epochs only rise: what was read before something newer says nothing.
            if let known = state.known {
                guard new.epochs.kill >= known.kill, new.epochs.revocation >= known.revocation else { return nil }
                state.seenAt = max(state.seenAt ?? moment, moment)
                guard new.epochs.kill > known.kill || new.epochs.revocation > known.revocation else { return nil }
            } else {
                state.seenAt = moment
            }
            state.known = Known(
                kill: new.epochs.kill, revocation: new.epochs.revocation, switches: new.killSwitches,
                standings: new.standings)
            guard !state.entries.isEmpty else { return nil }
            state.isSwept = false
            state.isAsleep = false
            return state.wake
        }
        wake?()
    }

    /// Whether what is known was the newest no longer ago than `Limits.switchMilliseconds`.
    func isFresh(at now: Int64) -> Bool {
        state.withLock { state in
            guard let seenAt = state.seenAt, case let age = now - seenAt else { return false }
            return (0...Limits.switchMilliseconds).contains(age)
        }
    }

    /// What stops something, as far as it is known; `nil` where nothing does.
    public func reason(for subject: Stoppable) -> Reason? {
        state.withLock { $0.known.flatMap { subject.reason($0.switches, $0.standings) } }
    }

    /// Tells everything that is under way and has become stopped. Each is told once, and is then forgotten.
    func sweep() {
        let stopped: [(OnStop, Reason)] = state.withLock { state in
            guard !state.isSwept, let known = state.known else { return [] }
            state.isSwept = true
            guard !known.switches.isEmpty || !known.standings.isEmpty else { return [] }
            var stopped: [(OnStop, Reason)] = []
            for (id, entry) in state.entries {
                guard let reason = entry.subject.reason(known.switches, known.standings) else { continue }
                stopped.append((entry.onStop, reason))
                state.entries[id] = nil
            }
            return stopped
        }
        for (onStop, reason) in stopped { onStop(reason) }
    }

    // MARK: What is under way

    /// Something begins that may be stopped. What is stopped already is told so before this returns.
    ///
    /// - Returns: what it is known by, for `remove`.
    public func add(_ subject: Stoppable, onStop: @escaping OnStop) -> Int64 {
        let (id, reason, wake): (Int64, Reason?, (@Sendable () -> Void)?) = state.withLock { state in
            state.last += 1
            if let known = state.known, let reason = subject.reason(known.switches, known.standings) {
                return (state.last, reason, nil)
            }
            state.entries[state.last] = Entry(subject: subject, onStop: onStop)
            guard state.isAsleep else { return (state.last, nil, nil) }
            state.isAsleep = false
            return (state.last, nil, state.wake)
        }
        wake?()
        if let reason { onStop(reason) }
        return id
    }

    /// It has ended by itself.
    public func remove(_ id: Int64) { state.withLock { $0.entries[id] = nil } }

    /// How many things are under way.
    public var count: Int { state.withLock { $0.entries.count } }

    /// How many of them a switch of this scope would stop.
    public func count(coveredBy scope: KillScope) -> Int {
        state.withLock { state in state.entries.values.count { $0.subject.isCovered(by: scope) } }
    }

    // MARK: The watch

    /// From now on somebody looks while something is under way.
    ///
    /// - Parameter wake: called, from any thread, where the watch sleeps and is needed. Must not block.
    public func watched(wake: @escaping @Sendable () -> Void) { state.withLock { $0.wake = wake } }

    /// Nobody looks any more.
    public func unwatched() {
        state.withLock { state in
            state.wake = nil
            state.isAsleep = false
        }
    }

    /// Whether the watch may sleep until it is woken: nothing is under way.
    public func maySleep() -> Bool {
        state.withLock { state in
            state.isAsleep = state.entries.isEmpty
            return state.isAsleep
        }
    }
}

extension DecisionPorts {
    /// Reads the newest state, and stops whatever has become stopped by it.
    ///
    /// Not to be called where a lock of something that may be stopped is held.
    ///
    /// - Throws: `LedgerError`.
    @discardableResult
    public func look() throws(LedgerError) -> LedgerState {
        let now = clock.monotonicMilliseconds()
        let state = try ledger.state()
        switches.note(state, at: now)
        switches.sweep()
        return state
    }

    /// What stops something at this moment, give or take `Limits.switchMilliseconds`. Where it cannot be known, that does.
    ///
    /// Asked where bytes are about to be written: it reads the ledger only where nobody has just done so, and tells nobody.
    func stop(of subject: Stoppable) -> Reason? {
        let now = clock.monotonicMilliseconds()
        if !switches.isFresh(at: now) {
            do throws(LedgerError) { switches.note(try ledger.state(), at: now) } catch {
                return Reason(.logUnavailable, UTF8String("log unavailable: \(error.code.publicText)"))
            }
        }
        return switches.reason(for: subject)
    }
}

extension DecisionPipeline {
    /// The brakes as this process knows them, and what it has under way.
    public var switches: SwitchBoard { ports.switches }

    /// What stops something at this moment; `nil` where nothing does. Where it cannot be known, that does.
    public func stop(of subject: Stoppable) -> Reason? { ports.stop(of: subject) }

    /// Something that is done for the bearer of a credential, as brakes see it; `nil` where nobody vouches for it, so that
    /// it is nothing that was permitted.
    ///
    /// - Parameters:
    ///   - server: the server's alias; empty for what is of no one server.
    ///   - tool: the tool, or another operation's name; empty where there is none.
    public func stoppable(
        server: UTF8String = "", tool: UTF8String = "", for credential: Credential
    ) -> Stoppable? {
        do throws(LedgerError) {
            let rulebook = try rulebook()
            guard
                case .success(let agent) = passports.present(credential, to: rulebook).verified(
                    at: ports.clock.now(), rulebook)
            else { return nil }
            return Stoppable(server: server, tool: tool, agent.identity)
        } catch {
            return nil
        }
    }
}

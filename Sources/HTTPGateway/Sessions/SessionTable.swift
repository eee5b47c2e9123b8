// SPDX-License-Identifier: Apache-2.0

import Gateway
import StrictJSON
import Synchronization
import WireTypes

/// The sessions that are open, by their ids.
///
/// An id says which conversation is meant, never who speaks: every request brings its credential, and another
/// principal's session is as unknown as one that never was.
final class SessionTable: Sendable {
    private let sessions = Mutex<[UTF8String: HTTPSession]>([:])
    private let limits: HTTPDoorLimits

    init(limits: HTTPDoorLimits) { self.limits = limits }

    /// A new session under an id of 128 random bits; `nil` where there are too many and none of them is idle.
    ///
    /// - Returns: the session, and one that has to make room for it.
    func open(_ principal: Principal, _ scope: Scope) -> (opened: HTTPSession, ousted: HTTPSession?)? {
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        let session = HTTPSession(
            id: UTF8String(Base64URL.encode(bytes)), principal: principal, scope: scope, now: .now, limits: limits)
        return sessions.withLock { sessions in
            var ousted: HTTPSession?
            let own = sessions.values.lazy.filter { $0.principal.agentID == principal.agentID }
            if own.count >= limits.sessionsPerPrincipal || sessions.count >= limits.sessions {
                // One's own, so that nobody ends another's sessions by opening many.
                let idle = own.compactMap { session in session.idleSince.map { (session, $0) } }
                guard let oldest = idle.min(by: { $0.1 < $1.1 })?.0 else { return nil }
                sessions[oldest.id] = nil
                ousted = oldest
            }
            sessions[session.id] = session
            return (session, ousted)
        }
    }

    /// The session of an id, where it is this principal's at this endpoint.
    func session(_ id: UTF8String, _ principal: Principal, _ scope: Scope) -> HTTPSession? {
        guard let session = sessions.withLock({ $0[id] }) else { return nil }
        // What is decided in a session is decided for the credential that opened it: no other of the same agent's may use it.
        return session.principal == principal && session.scope == scope ? session : nil
    }

    func remove(_ session: HTTPSession) {
        sessions.withLock { sessions in if sessions[session.id] === session { sessions[session.id] = nil } }
    }

    /// The sessions that nobody has used for too long, which are no more in the table.
    func expired(now: ContinuousClock.Instant = .now) -> [HTTPSession] {
        let limit = now - .milliseconds(limits.sessionIdleMilliseconds)
        return sessions.withLock { sessions in
            let expired = sessions.values.filter { session in session.idleSince.map { $0 < limit } ?? false }
            for session in expired { sessions[session.id] = nil }
            return expired
        }
    }

    func all() -> [HTTPSession] { sessions.withLock { Array($0.values) } }

    func removeAll() -> [HTTPSession] {
        sessions.withLock { sessions in
            defer { sessions = [:] }
            return Array(sessions.values)
        }
    }

    var count: Int { sessions.withLock { $0.count } }
}

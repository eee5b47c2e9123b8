// SPDX-License-Identifier: Apache-2.0

import Decisions
import StrictJSON
import WireTypes

extension LedgerConformance {
    /// The fold, and what an allow is compared with.
    static let stateChecks: [Check<LedgerSubject>] = [
        Check("an allow under old epochs is stale, gets the new state, and is not appended") { subject in
            let samples = Samples(seed: 20)
            let old = try subject.ledger.state().epochs
            _ = try await subject.log(samples.event(.killSwitchOn(KillSwitch(scope: .everything, reason: "drill"))))
            let result = try await subject.ledger.commit(samples.receipt(expecting: old))
            try expect(result, .stale(try subject.ledger.state()))
            try expect(try subject.ledger.state().size, 1)
            let now = try subject.ledger.state().epochs
            try expect(try await subject.log(samples.receipt(expecting: now)), 1)
        },
        Check("another process's event makes an allow stale") { subject in
            let samples = Samples(seed: 21)
            let old = try subject.ledger.state().epochs
            _ = try await subject.log(samples.receipt(expecting: old))
            _ = try await subject.other.commit(samples.event(.standing(agent: "a1", .suspended)))
            guard case .stale(let state) = try await subject.ledger.commit(samples.receipt(expecting: old)) else {
                throw Unmet("an allow after another process's suspension is not stale")
            }
            try expect(state.standings, ["a1": .suspended])
        },
        Check("a deny is appended whatever the epochs are") { subject in
            let samples = Samples(seed: 22)
            _ = try await subject.log(samples.event(.configurationActivated(samples.digest())))
            try expect(try await subject.log(samples.receipt()), 1)
        },
        Check("policy, configuration and the newest time are part of the state") { subject in
            let samples = Samples(seed: 23)
            let policy = samples.digest()
            let configuration = samples.digest()
            _ = try await subject.log(samples.event(.policyActivated(policy)))
            _ = try await subject.log(samples.event(.configurationActivated(configuration)))
            let state = try subject.other.state()
            try expect(state.epochs, Epochs(policy: policy, configuration: configuration))
            try expect(state.lastEntry, Samples.time)
        },
        Check("a seal is part of the state, its document is kept, and an allow under another is stale") { subject in
            let samples = Samples(seed: 30)
            let document = Content(digest: samples.digest(), bytes: [1, 2, 3])
            let old = try subject.ledger.state().epochs
            var sealing = samples.event(.sealed(document.digest))
            sealing.contents = [document]
            sealing.expecting = old
            _ = try await subject.log(sealing)
            try expect(try subject.other.state().epochs, Epochs(seal: document.digest))
            try expect(try subject.other.content(document.digest), document.bytes)
            guard case .stale = try await subject.other.commit(samples.receipt(expecting: old)) else {
                throw Unmet("an allow under an older seal is not stale")
            }
            var again = samples.event(.sealed(samples.digest()))
            again.expecting = old
            guard case .stale = try await subject.ledger.commit(again) else {
                throw Unmet("a second seal in place of the same one is logged")
            }
        },
        Check("kill switches: replaced by scope, switched off, and every change counts") { subject in
            let samples = Samples(seed: 24)
            let scopes: [KillScope] = [
                .everything, .agent("a1"), .agent("e\u{301}"), .agent("\u{e9}"), .owner(""), .server("s"),
                .tool(server: "s", tool: "a/b"), .tool(server: "s", tool: ""),
            ]
            for scope in scopes {
                _ = try await subject.log(samples.event(.killSwitchOn(KillSwitch(scope: scope, reason: "one"))))
            }
            _ = try await subject.log(samples.event(.killSwitchOn(KillSwitch(scope: scopes[0], reason: "two"))))
            _ = try await subject.log(samples.event(.killSwitchOff(.agent("\u{e9}"))))
            let state = try subject.other.state()
            try expect(state.epochs.kill, 10)
            try expect(Set(state.killSwitches.map(\.scope)), Set(scopes).subtracting([.agent("\u{e9}")]))
            try expect(state.killSwitches.first { $0.scope == .everything }?.reason, "two")
        },
        Check("standings: suspended, resumed, and revoked for ever") { subject in
            let samples = Samples(seed: 25)
            let changes: [LoggedStanding?] = [.suspended, nil, .suspended, .revoked, nil, .suspended]
            for change in changes { _ = try await subject.log(samples.event(.standing(agent: "a1", change))) }
            _ = try await subject.log(samples.event(.standing(agent: "a2", .suspended)))
            _ = try await subject.log(samples.event(.standing(agent: "a2", nil)))
            let state = try subject.other.state()
            try expect(state.standings, ["a1": .revoked])
            try expect(state.epochs.revocation, 8)
        },
        Check("pins: seen, approved, seen otherwise, and names are bytes") { subject in
            let samples = Samples(seed: 27)
            let (first, second) = (samples.digest(), samples.digest())
            for tool in ["a/b", "", "\u{e9}", "e\u{301}"] as [UTF8String] {
                let seen = StateChange.toolSeen(server: "s", tool: tool, definition: first)
                _ = try await subject.log(samples.event(seen))
            }
            _ = try await subject.log(samples.event(.toolSeen(server: "s/a", tool: "b", definition: second)))
            _ = try await subject.log(samples.event(.toolApproved(server: "s", tool: "a/b", definition: first)))
            _ = try await subject.log(samples.event(.toolSeen(server: "s", tool: "a/b", definition: second)))
            _ = try await subject.log(samples.event(.toolApproved(server: "t", tool: "unseen", definition: second)))
            let state = try subject.other.state()
            try expect(state.pins[server: "s", tool: "a/b"], Pin(approved: first, seen: second, sightings: 2))
            try expect(state.pins[server: "s", tool: "\u{e9}"], Pin(approved: nil, seen: first))
            try expect(state.pins[server: "s/a", tool: "b"], Pin(approved: nil, seen: second))
            try expect(state.pins[server: "t", tool: "unseen"], Pin(approved: second, seen: second, sightings: 0))
            try expect(state.pins.count(of: "s"), 4)
            try expect(state.epochs.pins, 2)
            try expect(state.sightings, 6)
            try expect(try subject.ledger.state(), state)
        },
        Check("an approval makes an allow stale, what is merely seen does not") { subject in
            let samples = Samples(seed: 28)
            let old = try subject.ledger.state().epochs
            let seen = StateChange.toolSeen(server: "s", tool: "t", definition: samples.digest())
            _ = try await subject.other.commit(samples.event(seen))
            try expect(try await subject.log(samples.receipt(expecting: old)), 1)
            let approved = StateChange.toolApproved(server: "s", tool: "t", definition: samples.digest())
            _ = try await subject.other.commit(samples.event(approved))
            try expect(
                try await subject.ledger.commit(samples.receipt(expecting: old)), .stale(try subject.ledger.state()))
        },
        Check("labels: each agent's own, never shorter, gone when cleared, and names are bytes") { subject in
            let samples = Samples(seed: 30)
            let (soon, later) = (Samples.time.adding(milliseconds: 600_000), Samples.time.adding(milliseconds: 900_000))
            for agent in ["\u{e9}", "e\u{301}", "", "b"] as [UTF8String] {
                _ = try await subject.log(samples.labelled(agent, [.network, .readSecret], until: later))
            }
            _ = try await subject.log(samples.labelled("\u{e9}", [.network], until: soon))
            _ = try await subject.log(samples.event(.sessionCleared(agent: "b")))
            let state = try subject.other.state()
            try expect(state.labels.agentIDs, ["", "e\u{301}", "\u{e9}"])
            try expect(state.labels["\u{e9}"], [.network: later, .readSecret: later])
            try expect(state.labels["b"], [:])
            try expect(state.epochs.labels, 5)
            try expect(state.labellings, 6)
            try expect(try subject.ledger.state(), state)
        },
        Check("a label that is gained or cleared makes an allow stale, one that is kept longer does not") { subject in
            let samples = Samples(seed: 31)
            func isStale(after request: CommitRequest) async throws -> Bool {
                try await subject.isStale(samples.receipt(), after: request)
            }
            let minutes = { (count: Int64) in Samples.time.adding(milliseconds: count * 60_000) }
            try expect(try await isStale(after: samples.labelled("a1", [.network], until: minutes(10))), true)
            try expect(try await isStale(after: samples.labelled("a1", [.network], until: minutes(20))), false)
            // What is kept longer is known although no epoch has moved.
            try expect(try subject.ledger.state().labels["a1"], [.network: minutes(20)])
            try expect(try await isStale(after: samples.labelled("a2", [.network], until: minutes(20))), true)
            try expect(
                try await isStale(after: samples.labelled("a1", [.network, .readSecret], until: minutes(20))), true)
            // By a clock that is a little ahead it was over already.
            try expect(
                try await isStale(after: samples.labelled("a1", [.network], at: minutes(19), until: minutes(30))), true)
            try expect(try await isStale(after: samples.event(.sessionCleared(agent: "a1"))), true)
            try expect(try await isStale(after: samples.event(.sessionCleared(agent: "a1"))), true)
        },
        Check("task grants: of their agents, until their time, at most sixteen, gone when revoked or over") { subject in
            let samples = Samples(seed: 32)
            let minutes = { (count: Int64) in Samples.time.adding(milliseconds: count * 60_000) }
            let short = samples.grant("\u{e9}", until: minutes(1), session: "s")
            let long = samples.grant("\u{e9}", until: minutes(60))
            let other = samples.grant("e\u{301}", until: minutes(60))
            for grant in [short, long, other] { _ = try await subject.log(samples.event(.grantGiven(grant))) }
            var grants = try subject.other.state().grants
            try expect(grants.inForce(of: ["\u{e9}"], at: Samples.time), [short, long].sorted { $0.id < $1.id })
            try expect(grants.inForce(of: ["\u{e9}"], at: minutes(1)), [long])
            try expect(grants.inForce(of: ["\u{e9}", "e\u{301}"], at: minutes(60)), [])
            // Over already, longer than a day, and the same id once more: as if nobody had given them.
            for end in [0, 24 * 60 + 1] as [Int64] {
                _ = try await subject.log(samples.event(.grantGiven(samples.grant("c", until: minutes(end)))))
            }
            let again = TaskGrant(
                id: other.id, agentID: "c", policy: samples.digest(), givenAt: Samples.time, until: minutes(60))
            _ = try await subject.log(samples.event(.grantGiven(again)))
            try expect(try subject.other.state().grants.inForce(of: ["c"], at: Samples.time), [])
            for _ in 0..<20 {
                _ = try await subject.log(samples.event(.grantGiven(samples.grant("d", until: minutes(60)))))
            }
            grants = try subject.other.state().grants
            try expect(grants.inForce(of: ["d"], at: Samples.time).count, TaskGrant.ofAgentMax)
            // Another that is given when the first is over drops it.
            let late = samples.grant("d", from: minutes(2), until: minutes(3))
            _ = try await subject.log(samples.event(.grantGiven(late), time: minutes(2)))
            _ = try await subject.log(samples.event(.grantRevoked(other.id)))
            _ = try await subject.log(samples.event(.grantRevoked(samples.id())))
            let state = try subject.other.state()
            try expect(state.grants[short.id], nil)
            try expect(state.grants[other.id], nil)
            try expect(state.grants[late.id], nil)
            try expect(state.grants[long.id], long)
            try expect(state.epochs.grants, 29)
            try expect(try subject.ledger.state(), state)
        },
        Check("a grant that is given or revoked makes an allow stale") { subject in
            let samples = Samples(seed: 33)
            let grant = samples.grant("a1", until: Samples.time.adding(milliseconds: 60_000))
            try expect(try await subject.isStale(samples.receipt(), after: samples.event(.grantGiven(grant))), true)
            try expect(
                try await subject.isStale(samples.receipt(), after: samples.event(.grantRevoked(grant.id))), true)
        },
        Check("an event that another process has logged under its id is not logged again") { subject in
            let samples = Samples(seed: 29)
            let definition = samples.digest()
            let seen = samples.event(.toolSeen(server: "s", tool: "t", definition: definition))
            var again = samples.event(.toolSeen(server: "s", tool: "t", definition: samples.digest()))
            again.kind = seen.kind
            try expect(try await subject.log(seen), 0)
            try expect(try await subject.other.commit(again), .logged(index: 0))
            try expect(try subject.ledger.state().pins[server: "s", tool: "t"], Pin(approved: nil, seen: definition))
        },
        Check("a clock over a minute behind the newest entry allows nothing, and denies are appended") { subject in
            let samples = Samples(seed: 26)
            let epochs = Epochs()
            _ = try await subject.log(samples.receipt(expecting: epochs))
            let late = Samples.time.adding(milliseconds: -60_001)
            let allow = samples.receipt(expecting: epochs, time: late)
            try expect(try await subject.failure(allow), .clockBehind)
            try expect(try await subject.log(samples.receipt(time: late)), 1)
            // A deny with the wrong time must not make the wrong time right.
            try expect(try await subject.failure(allow), .clockBehind)
            let bearable = Samples.time.adding(milliseconds: -60_000)
            try expect(try await subject.log(samples.receipt(expecting: epochs, time: bearable)), 2)
        },
    ]

    /// Counters.
    static let reservationChecks: [Check<LedgerSubject>] = [
        Check("a counter is filled to its bound and not past it, over processes") { subject in
            let samples = Samples(seed: 40)
            func calls(_ amount: Int64) -> CommitRequest {
                samples.spending(reserving: [Reservation(counter: "c", amount: amount, maximum: 10)])
            }
            _ = try await subject.log(calls(6))
            _ = try await subject.other.commit(calls(3))
            try expect(try await subject.ledger.commit(calls(2)), .limitExceeded("c"))
            try expect(try await subject.log(calls(1)), 2)
            try expect(try await subject.ledger.commit(calls(1)), .limitExceeded("c"))
            try expect(try subject.ledger.state().size, 3)
        },
        Check("a counter begins at zero in another window, and names are bytes") { subject in
            let samples = Samples(seed: 41)
            let later = Samples.time.adding(milliseconds: 60_000)
            _ = try await subject.log(samples.spending(reserving: [Reservation(counter: "é", amount: 5, maximum: 5)]))
            _ = try await subject.log(
                samples.spending(reserving: [Reservation(counter: "e\u{301}", amount: 5, maximum: 5)]))
            _ = try await subject.log(
                samples.spending(reserving: [Reservation(counter: "é", start: later, amount: 5, maximum: 5)]))
        },
        Check("counters are taken all or none, and the same one twice adds up") { subject in
            let samples = Samples(seed: 42)
            let both = [
                Reservation(counter: "a", amount: 3, maximum: 5), Reservation(counter: "b", amount: 9, maximum: 5),
            ]
            try expect(try await subject.ledger.commit(samples.spending(reserving: both)), .limitExceeded("b"))
            let twice = [
                Reservation(counter: "a", amount: 3, maximum: 5), Reservation(counter: "a", amount: 3, maximum: 5),
            ]
            try expect(try await subject.ledger.commit(samples.spending(reserving: twice)), .limitExceeded("a"))
            try expect(
                try await subject.log(samples.spending(reserving: [Reservation(counter: "a", amount: 5, maximum: 5)])),
                0)
        },
        Check("amounts that overflow or are negative exceed every bound") { subject in
            let samples = Samples(seed: 43)
            _ = try await subject.log(
                samples.spending(reserving: [Reservation(counter: "a", amount: 1, maximum: .max)]))
            for amount in [Int64.max, -1] {
                let request = samples.spending(reserving: [Reservation(counter: "a", amount: amount, maximum: .max)])
                try expect(try await subject.ledger.commit(request), .limitExceeded("a"))
            }
        },
    ]
}

extension Samples {
    /// A receipt that takes counters and approvals.
    func spending(reserving: [Reservation] = [], consuming: [UUIDv7] = []) -> CommitRequest {
        var request = receipt()
        request.reserving = reserving
        request.consuming = consuming
        return request
    }
}

extension Reservation {
    init(counter: UTF8String, start: Timestamp = Samples.time, amount: Int64, maximum: Int64) {
        self.init(counter: counter, windowStart: start, amount: amount, maximum: maximum)
    }
}

extension Samples {
    /// An event that gives an agent labels.
    func labelled(
        _ agent: UTF8String, _ labels: [SessionLabel], at moment: Timestamp = Samples.time, until end: Timestamp
    ) -> CommitRequest {
        event(.sessionLabelled(agent: agent, labels: labels, at: moment, until: end))
    }
}

extension Samples {
    /// A task grant.
    func grant(
        _ agent: UTF8String, from start: Timestamp = Samples.time, until end: Timestamp, session: UTF8String? = nil
    ) -> TaskGrant {
        TaskGrant(id: id(), agentID: agent, policy: digest(), session: session, givenAt: start, until: end)
    }
}

extension LedgerSubject {
    /// Whether an allow that was decided before another process's event is stale after it.
    func isStale(_ allow: CommitRequest, after event: CommitRequest) async throws -> Bool {
        var allow = allow
        allow.expecting = try ledger.state().epochs
        _ = try await other.commit(event)
        switch try await ledger.commit(allow) {
        case .logged: return false
        case .stale(let state):
            try expect(state, try other.state())
            return true
        case let result: throw Unmet("neither logged nor stale but \(result)")
        }
    }
}

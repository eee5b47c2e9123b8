// SPDX-License-Identifier: Apache-2.0

import PortTesting
import Receipts
import StrictJSON
import Synchronization
import Testing
import WireTypes

@testable import Decisions

/// What a kill switch does to what was permitted before it.
@Suite struct StoppingTests {
    /// What covers a call of `read_document` of `docs` by the agent of these tests.
    static let covering: [(Receipts.KillScope, UTF8String?)] = [
        (.everything, nil), (.agent, Agents.id), (.server, "docs"), (.tool, "docs/read_document"),
    ]
    static let others: [(Receipts.KillScope, UTF8String?)] = [
        (.agent, "agent-passport:b2"), (.owner, "org_2"), (.server, "git"), (.tool, "docs/other"),
        (.tool, "git/read_document"),
    ]

    private static func frame(_ world: World, _ credential: Credential? = nil) async throws -> PermittedFrame {
        let call = try credential.map { try Calls.call(as: $0) } ?? Calls.call()
        switch await world.pipeline.decide(call) {
        case .allowed(let permit, _): return permit.spend()
        case .denied(let answer): throw Unmet("\(answer.reason)")
        }
    }

    /// What was told to something that goes on.
    private final class Ear: Sendable {
        private let reasons = Mutex<[Reason]>([])
        func hear(_ reason: Reason) { reasons.withLock { $0.append(reason) } }
        var heard: [UTF8String] { reasons.withLock { $0.map(\.message) } }
    }

    private static func subject(_ world: World) throws -> Stoppable {
        let call = try Calls.call()
        return try #require(world.pipeline.stoppable(server: call.server, tool: call.tool, for: call.credential))
    }

    // MARK: permits

    @Test(arguments: covering)
    func `a permit that is not written yet is not written after a switch that covers it`(
        _ scope: Receipts.KillScope, _ target: UTF8String?
    ) async throws {
        let world = try World()
        let frame = try await Self.frame(world)
        try await world.kill(scope, target)
        // Nobody has looked since: who writes looks by itself.
        world.clock.advance(milliseconds: 26)
        #expect(frame.take() == nil)
    }

    @Test(arguments: covering)
    func `what the process knows of already stops a permit at once`(
        _ scope: Receipts.KillScope, _ target: UTF8String?
    ) async throws {
        let world = try World()
        let frame = try await Self.frame(world)
        try await world.kill(scope, target)
        try world.ports.look()
        #expect(frame.take() == nil)
    }

    @Test(arguments: others)
    func `a switch that does not cover a permit leaves it as it is`(
        _ scope: Receipts.KillScope, _ target: UTF8String?
    ) async throws {
        let world = try World()
        let frame = try await Self.frame(world)
        try await world.kill(scope, target)
        try world.ports.look()
        #expect(frame.take() != nil)
        #expect(frame.mayGoOn)
    }

    @Test func `the rest of what is being written is not, after a switch`() async throws {
        let world = try World()
        let frame = try await Self.frame(world)
        #expect(frame.take() != nil)
        #expect(frame.mayGoOn)
        try await world.kill(.everything)
        try world.ports.look()
        #expect(!frame.mayGoOn)
    }

    @Test func `a permit whose brakes cannot be looked at is not written`() async throws {
        let world = try World()
        let broken = BreakingLedger(world.ledger)
        let pipeline = world.with { $0.ledger = broken }
        let frame: PermittedFrame
        switch await pipeline.decide(try Calls.call()) {
        case .allowed(let permit, _): frame = permit.spend()
        case .denied(let answer): throw Unmet("\(answer.reason)")
        }
        broken.isBroken.withLock { $0 = true }
        world.clock.advance(milliseconds: 26)
        #expect(frame.take() == nil)
    }

    @Test func `a permit that was stopped is never written, whatever is switched off later`() async throws {
        let world = try World()
        let frame: PermittedFrame
        switch await world.pipeline.decide(try Calls.call()) {
        case .allowed(let permit, _):
            #expect(permit.use.stop(), "nothing of it was written")
            frame = permit.spend()
        case .denied(let answer): throw Unmet("\(answer.reason)")
        }
        #expect(frame.take() == nil)
        #expect(!frame.mayGoOn)
    }

    // MARK: what goes on

    @Test(arguments: covering)
    func `what goes on is told once of the switch that covers it`(
        _ scope: Receipts.KillScope, _ target: UTF8String?
    ) async throws {
        let world = try World()
        let ear = Ear()
        let board = world.pipeline.switches
        _ = board.add(try Self.subject(world)) { ear.hear($0) }
        try world.ports.look()
        #expect(ear.heard.isEmpty && board.count == 1)
        try await world.kill(scope, target)
        try world.ports.look()
        try world.ports.look()
        #expect(ear.heard == ["kill switch: incident 4711"])
        #expect(board.count == 0)
    }

    @Test(arguments: others)
    func `what a switch does not cover goes on`(_ scope: Receipts.KillScope, _ target: UTF8String?) async throws {
        let world = try World()
        let ear = Ear()
        _ = world.pipeline.switches.add(try Self.subject(world)) { ear.hear($0) }
        try await world.kill(scope, target)
        try world.ports.look()
        #expect(ear.heard.isEmpty && world.pipeline.switches.count == 1)
    }

    @Test func `what begins under a switch is told so at once`() async throws {
        let world = try World()
        try await world.kill(.everything)
        try world.ports.look()
        let ear = Ear()
        _ = world.pipeline.switches.add(try Self.subject(world)) { ear.hear($0) }
        #expect(ear.heard.count == 1)
    }

    @Test func `what has ended is not told`() async throws {
        let world = try World()
        let ear = Ear()
        let board = world.pipeline.switches
        board.remove(board.add(try Self.subject(world)) { ear.hear($0) })
        try await world.kill(.everything)
        try world.ports.look()
        #expect(ear.heard.isEmpty && board.count == 0)
    }

    @Test(arguments: [false, true])
    func `a suspension and a revocation stop what their agent has under way`(_ isRevoked: Bool) async throws {
        let world = try World()
        let ear = Ear()
        let frame = try await Self.frame(world)
        _ = world.pipeline.switches.add(try Self.subject(world)) { ear.hear($0) }
        try await world.events.commit(
            isRevoked
                ? .passportRevoked(agentID: Agents.id, reason: "x")
                : .passportSuspended(agentID: Agents.id, reason: "x"), actor: "operator")
        try world.ports.look()
        #expect(ear.heard == [isRevoked ? "passport: the agent is revoked" : "passport: the agent is suspended"])
        #expect(frame.take() == nil)
    }

    @Test func `what stops those on whose authority an agent acts stops the agent`() async throws {
        let world = try World()
        let frame = try await Self.frame(world, try Line.credential())
        try await world.kill(.agent, Agents.id)
        try world.ports.look()
        #expect(frame.take() == nil)
    }

    @Test func `a decision that sees a switch wakes the watch, so that what runs is stopped by it`() async throws {
        let world = try World()
        let ear = Ear()
        let woken = Mutex(0)
        let board = world.pipeline.switches
        board.watched { woken.withLock { $0 += 1 } }
        #expect(board.maySleep(), "nothing is under way")
        _ = board.add(try Self.subject(world)) { ear.hear($0) }
        #expect(woken.withLock { $0 } == 1, "something begins")
        #expect(!board.maySleep())
        try await world.kill(.everything)
        _ = await world.pipeline.answer(try Calls.call())
        #expect(woken.withLock { $0 } == 2)
        board.sweep()
        #expect(ear.heard.count == 1)
    }

    @Test func `an older state that is read late takes nothing back`() async throws {
        let world = try World()
        let old = try world.ledger.state()
        try await world.kill(.everything)
        try world.ports.look()
        world.ports.switches.note(old, at: world.clock.monotonicMilliseconds())
        #expect(world.pipeline.switches.reason(for: try Self.subject(world)) != nil)
    }
}

/// A ledger whose state cannot be read any more.
private final class BreakingLedger: Ledger {
    let isBroken = Mutex(false)
    private let memory: MemoryLedger

    init(_ memory: MemoryLedger) { self.memory = memory }

    func state() throws(LedgerError) -> LedgerState {
        guard !isBroken.withLock({ $0 }) else { throw LedgerError(.poisoned, "broken") }
        return try memory.state()
    }

    func commit(_ request: CommitRequest) async throws(LedgerError) -> CommitResult {
        try await memory.commit(request)
    }

    func append(later request: CommitRequest) throws(LedgerError) { try memory.append(later: request) }
    func approvals(_ query: ApprovalQuery) throws(LedgerError) -> [ApprovalRecord] { try memory.approvals(query) }
    func isFrozen(session: UTF8String) throws(LedgerError) -> Bool { try memory.isFrozen(session: session) }
    func content(_ digest: Digest) throws(LedgerError) -> [UInt8]? { try memory.content(digest) }
}

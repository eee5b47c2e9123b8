// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Effects
import PortTesting
import Receipts
import StrictJSON
import Testing
import WireTypes

/// What is decided besides calls of tools.
struct OperationTests {
    /// One of each kind, with parameters and its action.
    static let all: [(Operation, JSON, String, String)] = [
        (
            .resource(method: "resources/read", uri: "file:///reports/q1.csv"), ["uri": "file:///reports/q1.csv"],
            #"Action::"mcp:resources/read""#, #"Resource::"docs/file:///reports/q1.csv""#
        ),
        (
            .resource(method: "resources/subscribe", uri: "notes://1"), ["uri": "notes://1"],
            #"Action::"mcp:resources/subscribe""#, #"Resource::"docs/notes://1""#
        ),
        (
            .prompt(method: "prompts/get", name: "greet"), ["name": "greet", "arguments": ["who": "a"]],
            #"Action::"mcp:prompts/get""#, #"Prompt::"docs/greet""#
        ),
        (
            .task(method: "tasks/cancel"), ["taskId": "t1"], #"Action::"mcp:tasks/cancel""#, #"Server::"docs""#
        ),
        (
            .serverRequest(method: "sampling/createMessage"), ["maxTokens": 10, "messages": []],
            #"Action::"mcp:sampling/createMessage""#, #"Server::"docs""#
        ),
        (
            .answer(method: "elicitation/create"), ["action": "accept", "content": ["ok": true]],
            #"Action::"mcp:answer/elicitation/create""#, #"Server::"docs""#
        ),
    ]

    private static let permitAll = #"""
        @id("all") permit (principal, action in [Action::"mcp:request", Action::"mcp:server-request",
            Action::"mcp:answer"], resource in Server::"docs");
        @id("read") permit (principal, action == Action::"read", resource in Directory::"/reports")
            when { context.call.method == "resources/read" };
        """#

    @Test(arguments: all)
    func `each operation has its action and its resource`(
        _ operation: Operation, _ parameters: JSON, _ action: String, _ resource: String
    ) throws {
        let verdict = try judged(Calls.operation(operation, parameters), Self.permitAll)
        #expect(verdict.isAllowed, "\(verdict.reasons)")
        let request = try #require(verdict.questions.first?.request)
        #expect(request.action.description == action)
        #expect(request.resource.description == resource)
        guard case .record(let facts)? = request.context["call"] else {
            Issue.record("no facts")
            return
        }
        #expect(facts["method"] == .string(operation.method))
        #expect(facts["tool"] == operation.name.map { .string($0) })
        #expect(facts["mapped"] == .bool(true))
    }

    @Test(arguments: all)
    func `what permits a server's tools, or every call, permits no other operation`(
        _ operation: Operation, _ parameters: JSON, _ action: String, _ resource: String
    ) throws {
        let verdict = try judged(
            Calls.operation(operation, parameters),
            #"""
            permit (principal, action in [Action::"docs", Action::"call", Action::"effect"], resource);
            """#)
        #expect(verdict.refusals.first?.code == .notPermitted)
    }

    @Test(arguments: all)
    func `a decision about any operation is logged, and comes out the same when it is made again`(
        _ operation: Operation, _ parameters: JSON, _ action: String, _ resource: String
    ) async throws {
        for policies in [Self.permitAll, Books.policies] {
            let world = try World(policies)
            let call = try Calls.operation(operation, parameters)
            let answer = await world.pipeline.answer(call)
            let receipt = try world.receipt(answer)
            #expect(receipt.call.tool == .known(operation.name ?? ""))
            #expect(answer.isAllowed == (policies == Self.permitAll))
            let replay = try world.replay(answer)
            #expect(replay.differences.isEmpty, "\(replay.differences)")
            #expect(replay.verdict.refusals == (answer.isAllowed ? [] : answer.reasons))
            #expect(replay.verdict.questions.map(\.title) == (try judged(call, policies)).questions.map(\.title))
        }
    }

    @Test func `a method that nobody knows is refused whatever is permitted, and only committed to`() async throws {
        let world = try World("permit (principal, action, resource);")
        let answer = await world.pipeline.answer(
            try Calls.operation(.unknown(method: "x/planted-secret"), ["a": 1]))
        #expect(answer.reasons.map(\.code) == [.methodUnknown])
        guard case .committed = try world.receipt(answer).call.tool else {
            Issue.record("the name stands in the log")
            return
        }
        #expect(try world.replay(answer).differences.isEmpty)
    }

    @Test func `a server's kill switch stops all that it is asked and all that it asks`() throws {
        for (operation, parameters, _, _) in Self.all {
            let call = try Calls.operation(operation, parameters)
            let stopped = try judged(
                call, Self.permitAll, killSwitches: [KillSwitch(scope: .server("docs"), reason: "r")])
            #expect(stopped.refusals.first?.code == .killSwitch)
            let other = try judged(
                call, Self.permitAll, killSwitches: [KillSwitch(scope: .server("other"), reason: "r")])
            #expect(other.isAllowed)
            let name = try #require(operation.name)
            let itself = try judged(
                call, Self.permitAll,
                killSwitches: [KillSwitch(scope: .tool(server: "docs", tool: name), reason: "r")])
            #expect(itself.refusals.first?.code == .killSwitch)
        }
    }

    @Test(
        arguments: [
            ("file:///reports/q1.csv", ["read File::\"/reports/q1.csv\""]),
            ("FILE:///etc/passwd", ["read File::\"/etc/passwd\""]),
            (" \tfile:///etc/passwd", ["read File::\"/etc/passwd\""]),
            ("fi\nle:///etc/passwd", ["read File::\"/etc/passwd\""]),
            ("/etc/passwd", ["read File::\"/etc/passwd\""]),
            ("https://example.com/a?b", ["connect URL::\"https://example.com/a?b\""]),
            ("http://example.com/", ["connect URL::\"http://example.com/\""]),
            ("notes://1", []), ("git+https://example.com/", []),
        ] as [(UTF8String, [String])])
    func `what a resource's URI names is an effect`(_ uri: UTF8String, _ effects: [String]) throws {
        let call = try Calls.operation(.resource(method: "resources/read", uri: uri), ["uri": .string(uri)])
        let verdict = try judged(call)
        #expect(Set(verdict.effects.map(\.description)) == Set(effects))
        // The server gets the URI as the client wrote it.
        #expect(verdict.message == call.message)
    }

    @Test func `every reading of a disguised path must be permitted`() throws {
        let uri: UTF8String = "file:///reports/%2e%2e/etc/passwd"
        let verdict = try judged(
            Calls.operation(.resource(method: "resources/read", uri: uri), ["uri": .string(uri)]), Self.permitAll)
        #expect(verdict.effects.map(\.description).contains("read File::\"/etc/passwd\""))
        #expect(!verdict.isAllowed)
    }

    @Test(
        arguments: [
            (
                ["mode": "url", "url": "https://bank.example/pay", "message": "m"],
                ["connect URL::\"https://bank.example/pay\""]
            ),
            (["url": "https://bank.example/pay"], ["connect URL::\"https://bank.example/pay\""]),
            (["mode": "url"], ["opaque Opaque::\"host\""]), (["mode": "url", "url": 7], ["opaque Opaque::\"host\""]),
            (["mode": "url", "url": "javascript:x"], ["opaque Opaque::\"host\""]),
            (["mode": "url", "url": "file:///etc/passwd"], ["read File::\"/etc/passwd\""]),
            (["mode": "form", "message": "m"], []),
        ] as [(JSON, [String])])
    func `where a server sends a person is an effect`(_ parameters: JSON, _ effects: [String]) throws {
        let call = try Calls.operation(.serverRequest(method: "elicitation/create"), parameters)
        #expect(try judged(call).effects.map(\.description) == effects)
    }

    @Test func `policies do not see what belongs to the protocol`() throws {
        let parameters: JSON = [
            "name": "greet", "_meta": ["a": 1], "requestState": "sealed", "inputResponses": ["x": ["y": nil]],
        ]
        let call = try Calls.operation(.prompt(method: "prompts/get", name: "greet"), parameters)
        let verdict = try judged(call, Self.permitAll)
        #expect(verdict.questions.map { $0.request.context["input"] } == [.record(["name": "greet"])])
        #expect(verdict.message == call.message)
        let answer = try judged(
            Calls.operation(.answer(method: "roots/list"), ["roots": [], "requestState": "a", "_meta": [:]]))
        #expect(answer.questions.first?.request.context["input"] == .record(["roots": .set([]), "requestState": "a"]))
    }

    @Test func `a value that Cedar cannot hold is an opaque value here too`() throws {
        let call = try Calls.operation(.answer(method: "elicitation/create"), ["action": "accept", "content": nil])
        let verdict = try judged(call, Self.permitAll)
        #expect(verdict.refusals.first?.message == "not permitted: no policy permits opaque on Opaque (value)")
    }

    @Test(arguments: ["mcp:resources/read", "MCP:x", "mcp:", "Mcp:request"] as [UTF8String])
    func `a tool that is named like an operation is another action, is never pinned and never named`(
        _ name: UTF8String
    ) async throws {
        let world = try World(Self.permitAll + #"permit (principal, action == Action::"opaque", resource);"#)
        let standing = try await world.pipeline.observe(Listings.listing([Listings.tool(name)], .firstUse))
        #expect(standing.map(\.state) == [.unusable(.name)])
        #expect(try world.ledger.state().pins.isEmpty)
        let held = await world.pipeline.answer(
            try Calls.call(name, [:]) {
                $0.isHeldToPin = true
                $0.isListed = true
                $0.definition = standing[0].definition
            })
        #expect(held.reasons.map(\.code) == [.toolUnknown])
        // Where no pin is asked for it still is no operation.
        let call = try Calls.call(name, [:]) { $0.isListed = true }
        #expect(try judged(call).questions.first?.request.action.id == UTF8String("docs/\(name)"))
        let answer = await world.pipeline.answer(call)
        #expect(answer.reasons.map(\.code) == [.notPermitted])
        guard case .committed = try world.receipt(answer).call.tool else {
            Issue.record("the name stands in the log")
            return
        }
    }

    @Test func `an operation whose names do not fit it is refused`() throws {
        let good = try Calls.operation(.task(method: "tasks/get"), ["taskId": "t"])
        #expect(try judged(good, Self.permitAll).isAllowed)
        var wrong = [good, good, good]
        wrong[0].tool = "mcp:tasks/cancel"
        wrong[1].method = "tasks/cancel"
        wrong[2].server = "mcp:request"
        for call in wrong {
            #expect(try judged(call, Self.permitAll).refusals.first?.code == .invalidContext)
        }
    }

    // MARK: permits

    @Test func `a permitted message that is put into another is the judged one, and not after its time`() async throws {
        let world = try World(Self.permitAll)
        let call = try Calls.operation(.answer(method: "elicitation/create"), ["action": "accept"])
        for (milliseconds, isGood) in [(30_000, true), (30_001, false)] as [(Int64, Bool)] {
            guard case .allowed(let permit, _) = await world.pipeline.decide(call) else {
                Issue.record("not allowed")
                return
            }
            world.clock.advance(milliseconds: milliseconds)
            let embedded = permit.embed()
            // Nothing at all, not JSON's null, which `? call.message : nil` would be.
            if isGood { #expect(embedded == call.message) } else { #expect(embedded == nil) }
        }
    }

    @Test func `an answer that was passed on ends as a result without a commitment, with what was found in it`()
        async throws
    {
        let world = try World(Self.permitAll)
        let decision = await world.pipeline.decide(
            try Calls.operation(.answer(method: "elicitation/create"), ["action": "accept"]))
        guard let ticket = decision.ticket() else {
            Issue.record("not allowed")
            return
        }
        var report = OutcomeReport.delivered
        report.findings = [OutcomeReport.Finding(code: "pii/email", count: 2)]
        try world.pipeline.record(report, of: ticket, milliseconds: 3)
        let entry = try #require(try world.ledger.outcome(of: ticket.receiptID))
        let outcome = try #require(try SignedEntry(parsing: entry.bytes).outcome)
        #expect(outcome.status == .result && outcome.result == nil)
        #expect(outcome.findings == [Outcome.Finding(code: "pii/email", count: 2)])
    }
}

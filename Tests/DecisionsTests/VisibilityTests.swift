// SPDX-License-Identifier: Apache-2.0

import Decisions
import Passports
import PortTesting
import Receipts
import StrictJSON
import Testing
import WireTypes

/// What an agent may be shown.
struct VisibilityTests {
    private static let tools = ["read_document", "pay", "copy", "unmapped"].map { Listings.tool(UTF8String($0)) }

    /// A world in which the tools are approved.
    private static func world(_ policies: String, seed: UInt64 = 1) async throws -> World {
        let world = try World(policies, seed: seed)
        _ = try await world.pipeline.observe(Listings.listing(tools, .firstUse))
        return world
    }

    private static func question(_ tool: JSON) -> VisibilityQuestion {
        .tool(tool["name"]?.string ?? "", definition: ToolListing.digest(of: tool))
    }

    private static func visible(
        _ pipeline: DecisionPipeline, _ questions: [VisibilityQuestion], as credential: Credential? = nil
    ) async throws -> [Bool] {
        try await pipeline.visible(
            questions, to: try credential ?? Agents.credential(), server: "docs", builtInMap: nil,
            place: WorkingPlace(workingDirectory: "/srv", isLocal: false))
    }

    private static func names(_ world: World, as credential: Credential? = nil) async throws -> [String] {
        let shown = try await visible(world.pipeline, tools.map(question), as: credential)
        return zip(tools, shown).compactMap { $1 ? $0["name"]?.string?.string : nil }
    }

    @Test(arguments: [
        (#"permit (principal, action in Action::"docs", resource);"#, ["read_document", "pay", "copy"]),
        // Without a map the arguments are opaque, and that must be permitted too.
        (
            #"permit (principal, action, resource);"#, ["read_document", "pay", "copy", "unmapped"]
        ),
        (
            #"permit (principal, action == Action::"docs/pay", resource) when { context.input.amount < 5 };"#, ["pay"]
        ),
        (
            #"permit (principal, action in Action::"docs", resource) when { context.local.hour >= 9 };"#,
            ["read_document", "pay", "copy"]
        ),
        // A forbid that depends on the input hides nothing, one that is certain does.
        (
            #"""
            permit (principal, action in Action::"docs", resource);
            forbid (principal, action == Action::"docs/pay", resource) when { context.input.amount > 5 };
            forbid (principal, action == Action::"docs/copy", resource);
            """#, ["read_document", "pay"]
        ),
        // What is only watched neither shows nor hides.
        (
            #"""
            permit (principal, action == Action::"docs/pay", resource);
            @mode("shadow") permit (principal, action == Action::"docs/copy", resource);
            @mode("shadow") forbid (principal, action == Action::"docs/pay", resource);
            """#, ["pay"]
        ),
        (#"permit (principal in Team::"x", action in Action::"docs", resource);"#, []),
        (#"permit (principal, action in Action::"docs", resource) when { principal.assurance > 3 };"#, []),
        (#"permit (principal, action in Action::"docs", resource) when { context.call.method == "x" };"#, []),
        (#"permit (principal, action in Action::"docs", resource) when { context.surface == "check" };"#, []),
    ])
    func `a tool is shown if it could be permitted for some input`(_ policies: String, _ shown: [String]) async throws {
        let world = try await Self.world(policies)
        #expect(try await Self.names(world) == shown)
        // From memory it is the same.
        #expect(try await Self.names(world) == shown)
    }

    @Test func `who cannot be allowed anything is shown nothing`() async throws {
        let world = try await Self.world("permit (principal, action, resource);")
        #expect(try await Self.names(world).count == 4)
        #expect(try await Self.names(world, as: Credential.none).isEmpty)
        #expect(try await Self.names(world, as: Agents.altered()).isEmpty)
        #expect(try await Self.names(world, as: Agents.credential { $0.expiresAt = World.day }).isEmpty)
        try await world.events.commit(.passportSuspended(agentID: Agents.id, reason: "r"), actor: "operator")
        #expect(try await Self.names(world).isEmpty)
        try await world.events.commit(.passportResumed(agentID: Agents.id, reason: "r"), actor: "operator")
        #expect(try await Self.names(world).count == 4)
        try await world.kill(.tool, "docs/pay")
        #expect(try await Self.names(world) == ["read_document", "copy", "unmapped"])
        try await world.kill(.server, "docs")
        #expect(try await Self.names(world).isEmpty)
    }

    @Test func `a tool is shown as it was approved, and not as it is otherwise`() async throws {
        let world = try await Self.world("permit (principal, action, resource);")
        let pipeline = world.pipeline
        let changed = Listings.tool("pay", description: "changed")
        let questions: [VisibilityQuestion] = [
            Self.question(Self.tools[1]), Self.question(changed), .tool("pay", definition: nil),
            Self.question(Listings.tool("unseen")),
        ]
        #expect(try await Self.visible(pipeline, questions) == [true, false, false, false])
        _ = try await pipeline.observe(Listings.listing([changed]))
        #expect(try await Self.visible(pipeline, questions) == [true, false, false, false])
        _ = try await world.events.approve(
            server: "docs", tool: "pay", definition: try #require(ToolListing.digest(of: changed)),
            previous: ToolListing.digest(of: Self.tools[1]), actor: "operator")
        #expect(try await Self.visible(pipeline, questions) == [false, true, false, false])
    }

    @Test func `other policies give other answers at once`() async throws {
        let world = try await Self.world("permit (principal, action, resource);")
        let pipeline = world.pipeline
        let questions = Self.tools.map(Self.question)
        #expect(try await Self.visible(pipeline, questions) == [true, true, true, true])
        world.rules.set(try Books.rulebook(#"permit (principal, action == Action::"docs/pay", resource);"#))
        #expect(try await Self.visible(pipeline, questions) == [false, true, false, false])
    }

    @Test func `of a resource what it names must be permitted too`() async throws {
        let world = try await Self.world(
            #"""
            permit (principal, action == Action::"mcp:resources/read", resource in Server::"docs");
            permit (principal, action == Action::"read", resource in Directory::"/reports")
            when { context.call.method == "resources/read" && context.input has uri };
            forbid (principal, action == Action::"mcp:resources/read", resource)
            when { resource.scheme == "secret" };
            """#)
        func read(_ uri: UTF8String, isTemplate: Bool = false) -> VisibilityQuestion {
            .operation(.resource(method: "resources/read", uri: uri), isTemplate: isTemplate)
        }
        let questions = [
            read("file:///reports/a"), read("file:///etc/passwd"), read("https://example.com/"), read("notes://1"),
            read("secret://1"), read("file:///{path}", isTemplate: true),
            .operation(.resource(method: "resources/subscribe", uri: "notes://1")),
            .operation(.prompt(method: "prompts/get", name: "greet")),
            .operation(.serverRequest(method: "sampling/createMessage")), .operation(.unknown(method: "x")),
        ]
        #expect(
            try await Self.visible(world.pipeline, questions)
                == [true, false, false, true, false, true, false, false, false, false])
    }

    @Test func `a server is told what its requests could be permitted`() async throws {
        let world = try await Self.world(
            #"""
            permit (principal, action == Action::"mcp:elicitation/create", resource == Server::"docs")
            when { context.input has mode && context.input.mode == "form" };
            """#)
        let questions = ["sampling/createMessage", "elicitation/create", "roots/list"].map {
            VisibilityQuestion.operation(.serverRequest(method: UTF8String($0)))
        }
        #expect(try await Self.visible(world.pipeline, questions) == [false, true, false])
    }

    /// The promise that matters: nothing that works is hidden.
    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `whatever a decision allows, for whatever input and policies, was visible`(_ seed: UInt64) async throws {
        var random = Random(seed: seed)
        let world = try await Self.world(random.policies(), seed: seed)
        for _ in 0..<10 {
            world.rules.set(try Books.rulebook(random.policies()))
            let pipeline = world.pipeline
            for _ in 0..<6 {
                let call = try random.call(Self.tools)
                let question: VisibilityQuestion =
                    call.operation == .tool
                    ? .tool(call.tool, definition: call.definition) : .operation(call.operation)
                let shown = try await Self.visible(pipeline, [question])
                let answer = await pipeline.answer(call)
                if answer.isAllowed { #expect(shown == [true], "\(call.tool) \(call.message)") }
            }
        }
    }

    /// Kept so that the property is not kept by refusing everything.
    @Test func `the random policies allow something`() async throws {
        var random = Random(seed: 99)
        var allowed = 0
        let world = try await Self.world("permit (principal, action, resource);")
        for _ in 0..<20 {
            world.rules.set(try Books.rulebook(random.policies()))
            for _ in 0..<8 {
                if await world.pipeline.answer(try random.call(Self.tools)).isAllowed { allowed += 1 }
            }
        }
        #expect(allowed > 10)
    }
}

/// Policies and calls of these tools, at random.
private struct Random {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 }

    private mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }

    private mutating func pick<Element>(_ list: [Element]) -> Element { list[next(list.count)] }

    mutating func policies() -> String {
        var text = ""
        for index in 0...(2 + next(5)) {
            let mode = next(8) == 0 ? #"@mode("shadow") "# : ""
            text += #"@id("p\#(index)") \#(mode)\#(next(4) == 0 ? "forbid" : "permit") "#
            text += "(\(pick(Self.principals)), \(pick(Self.actions)), \(pick(Self.resources)))"
            for _ in 0..<next(3) { text += " \(pick(["when", "unless"])) { \(condition(2)) }" }
            text += ";\n"
        }
        return text
    }

    private mutating func condition(_ depth: Int) -> String {
        if depth == 0 || next(2) == 0 { return pick(Self.atoms) }
        return switch next(3) {
        case 0: "(\(condition(depth - 1))) && (\(condition(depth - 1)))"
        case 1: "(\(condition(depth - 1))) || (\(condition(depth - 1)))"
        default: "if \(condition(depth - 1)) then \(condition(depth - 1)) else \(condition(depth - 1))"
        }
    }

    private static let principals = [
        "principal", "principal", "principal", #"principal == Agent::"agent-passport:a1""#,
        #"principal in Owner::"org_1""#, #"principal in Team::"x""#, "principal is Agent",
    ]
    private static let actions = [
        "action", "action", "action", #"action in Action::"docs""#, #"action in Action::"call""#,
        #"action in Action::"effect""#, #"action == Action::"docs/pay""#, #"action in Action::"mcp:request""#,
        #"action == Action::"mcp:resources/read""#,
        #"action in [Action::"mcp:server-request", Action::"mcp:answer", Action::"effect"]"#,
    ]
    private static let resources = [
        "resource", "resource", "resource", "resource is Tool", "resource is Resource", "resource is File",
        #"resource in Server::"docs""#, #"resource in Directory::"/reports""#, #"resource == Server::"docs""#,
    ]
    private static let atoms = [
        "true", "context.input has amount", "context.input has amount && context.input.amount > 3",
        "context.input.amount < 10", #"context.input.to == "a""#, "context.local.hour < 12",
        "context.session has id", #"context.session has id && context.session.id == "s1""#, "context has effect",
        #"context has effect && context.effect.verb == "read""#, #"context.call.method == "tools/call""#,
        #"context.call.tool like "mcp:*""#, "context.call.mapped", #"context.surface == "gateway""#,
        "principal.assurance >= 1", #"principal.limits has max"#, "context.session.labels.isEmpty()",
        #"File::"/reports/a.csv" in Directory::"/reports""#, #"resource has path && resource.path like "/reports/*""#,
        #"context.system.now > datetime("2020-01-01")"#, #"context.input has uri && context.input.uri like "file:*""#,
        #"principal in Owner::"org_1""#, #"resource in Server::"docs""#, "context.no_such_thing",
        #"Opaque::"value".name == "value""#, #"principal.hasTag("kind")"#, #"resource.name == "pay""#,
    ]

    mutating func call(_ tools: [JSON]) throws -> ToolCall {
        if next(3) == 0 {
            let (operation, parameters, _, _) = pick(OperationTests.all)
            return try Calls.operation(operation, parameters) { if next(2) == 0 { $0.session = "s1" } }
        }
        let tool = pick(tools)
        let name = tool["name"]?.string ?? ""
        let arguments: JSON =
            switch name {
            case "read_document": pick([["path": "/reports/a.csv"], ["path": "/etc/passwd"], ["path": "a"]])
            case "pay":
                pick([["amount": 1, "to": "a"], ["amount": 20, "to": "b"], ["amount": 5, "to": "a", "note": 1]])
            case "copy": pick([["from": "/reports/a.csv", "to": "/reports/b"], ["from": "/a", "to": "/b"]])
            default: pick([[:], ["x": 1], ["amount": 4]])
            }
        return try Calls.call(name, arguments) {
            $0.isHeldToPin = true
            $0.definition = ToolListing.digest(of: tool)
            if next(2) == 0 { $0.session = "s1" }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Glibc
import MCP
import StrictJSON
import Synchronization
import Testing

@testable import Gateway

/// Links over pipes, to processes that are there.
@Suite struct StdioTransportTests {
    /// A pool before the scripted server, or another program.
    final class World: Sendable {
        let notes = Inbox<String>()
        let errors = Inbox<String>()
        let exits = Inbox<Int32>()
        let observer = HeardLink()
        let dropped = Inbox<DropReason>()
        let transports: ProcessTransports
        let pool: ServerPool
        let folder: TemporaryFolder

        init(
            _ folder: TemporaryFolder, _ command: String, _ arguments: [String],
            limits: GatewayLimits = GatewayLimits(), upstream: UpstreamLimits = UpstreamLimits()
        ) {
            self.folder = folder
            let program = ServerProgram(
                command: command, arguments: arguments, environment: ["PATH=/usr/local/bin:/usr/bin:/bin"],
                workingDirectory: nil)
            transports = ProcessTransports(
                limits: limits,
                ErrorOutput(
                    limit: limits.errorLines, note: { [notes] in notes.add($0) },
                    line: { [errors] in errors.add(String(decoding: $0.dropLast(), as: UTF8.self)) }),
                onExit: { [exits] in exits.add($1) })
            pool = ServerPool(
                [LinkSamples.server("test", .process(program))], transports: transports, limits: upstream,
                observer: { [observer] _, _ in observer }, count: { [dropped] in dropped.add($0) },
                note: { [notes] in notes.add($0) })
        }

        convenience init(
            _ folder: TemporaryFolder, _ habits: String..., limits: GatewayLimits = GatewayLimits()
        ) {
            self.init(
                folder, ScriptedServer.python,
                ScriptedServer.arguments(record: folder.path + "/record", habits), limits: limits)
        }

        func link(_ era: Era = .legacy) async throws -> any UpstreamLink {
            let pool = pool
            return try await within("a link") {
                try await pool.link("test", LinkSamples.alice, client: LinkSamples.client(era))
            }
        }

        /// Begins a call of a tool by a permit; its id.
        func start(
            _ link: any UpstreamLink, _ tool: UTF8String, _ arguments: JSON = [:],
            _ listener: any ExchangeListener = HeardExchange()
        ) async throws -> Int64 {
            let id = try link.begin("tools/call", listener)
            let message: JSON = [
                "jsonrpc": "2.0", "id": .integer(id), "method": "tools/call",
                "params": ["name": .string(tool), "arguments": arguments, "_meta": ["progressToken": .integer(id)]],
            ]
            try await link.forward(LinkSamples.permit(message), MessageHead(id: id, method: "tools/call")) {}
            return id
        }

        func call(
            _ link: any UpstreamLink, _ tool: UTF8String, _ arguments: JSON = [:],
            _ listener: any ExchangeListener = HeardExchange()
        ) async throws -> ExchangeReply {
            let id = try await start(link, tool, arguments, listener)
            return try await within("the answer of \(tool)") { await link.reply(to: id, within: 100_000) }
        }

        func close() async throws {
            let pool = pool
            try await within("the end") { await pool.close() }
        }

        func exit() async throws -> Int32? {
            try await within("an exit") { [exits] in await exits.first { _ in true } }
        }

        /// The number in the first line that the server wrote to standard error.
        func noteFromStandardError() async throws -> pid_t? {
            let line = try await within("a line of the server's") { [errors] in await errors.first { _ in true } }
            return line.flatMap { pid_t($0.split(separator: " ").last.map(String.init) ?? "") }
        }
    }

    @Test func `calls and their answers go over the pipes, and the server ends when its link is closed`() async throws {
        try await TemporaryFolder.with { folder in
            let world = World(folder)
            let link = try await world.link()
            #expect(link.facts.info?["name"] == "scripted")
            guard case .result(let result) = try await world.call(link, "echo", ["a": 1]) else {
                Issue.record("no result")
                return
            }
            #expect(result["content"]?.array?.first?["text"] == #"{"a": 1}"#)
            let hears = HeardExchange()
            _ = try await world.call(link, "progress", ["steps": 5], hears)
            #expect(hears.heard.rest.count == 5)
            try await world.close()
            #expect(try await world.exit() == 0)
            let methods = folder.lines("record")
            #expect(methods.count == 4, "\(methods)")
        }
    }

    @Test func `sixteen answers of a mebibyte each come whole, side by side`() async throws {
        try await TemporaryFolder.with { folder in
            let world = World(folder)
            let link = try await world.link()
            let lengths = try await withThrowingTaskGroup(of: Int.self) { group in
                for n in 0..<16 {
                    group.addTask {
                        let reply = try await world.call(link, "big", ["n": .integer(Int64(1 << 20) + Int64(n))])
                        guard case .result(let result) = reply else { return -1 }
                        return result["content"]?.array?.first?["text"]?.string?.byteCount ?? -1
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(lengths.sorted() == (0..<16).map { (1 << 20) + $0 })
            try await world.close()
        }
    }

    @Test func `a killed server fails what is open, and is started again`() async throws {
        try await TemporaryFolder.with { folder in
            let world = World(
                folder, "sh",
                ["-c", "echo pid $$ >&2; exec \"$0\" \"$@\"", ScriptedServer.python]
                    + ScriptedServer.arguments(record: folder.path + "/record", []))
            let link = try await world.link()
            let note = try #require(try await world.noteFromStandardError())
            let id = try await world.start(link, "silent")
            let waiting = Task { await link.reply(to: id, within: 100_000) }
            _ = try await within("its arrival") {
                await world.observer.events.first { $0 == .notified("notifications/message") }
            }
            #expect(kill(note, SIGKILL) == 0)
            let reply = try await within("the failure") { await waiting.value }
            #expect(reply.said == "failed ended")
            #expect(try await world.exit() == 137)
            #expect(folder.lines("record").filter { $0.contains("silent") }.count == 1)
            try await world.close()
        }
    }

    @Test(arguments: [("die", "failed ended"), ("mute", "failed ended")])
    func `a server that goes in the middle of a call fails it`(tool: UTF8String, said: String) async throws {
        try await TemporaryFolder.with { folder in
            let world = World(folder)
            let link = try await world.link()
            let held = try await world.start(link, "hold")
            let reply = try await world.call(link, tool, ["after": 12])
            #expect(reply.said == said)
            #expect(await link.reply(to: held, within: 1).said == said)
            #expect(try await world.exit() == (tool == "die" ? 3 : 0))
            #expect(world.observer.events.rest.count { if case .ended = $0 { true } else { false } } == 1)
            try await world.close()
        }
    }

    @Test func `a server that is started again is another process, and knows nothing of the first`() async throws {
        try await TemporaryFolder.with { folder in
            var upstream = UpstreamLimits()
            upstream.firstPauseMilliseconds = 0
            let world = World(
                folder, ScriptedServer.python, ScriptedServer.arguments(record: folder.path + "/record", []),
                upstream: upstream)
            let first = try await world.link()
            _ = try await world.call(first, "die")
            _ = try await world.exit()
            let second = try await world.link()
            #expect(first !== second)
            guard case .result = try await world.call(second, "echo") else {
                Issue.record("no result")
                return
            }
            #expect(folder.lines("record").filter { $0.contains(#""initialize""#) }.count == 2)
            try await world.close()
        }
    }

    @Test func `garbage, made up ids and second answers harm nobody`() async throws {
        try await TemporaryFolder.with { folder in
            let world = World(folder)
            let link = try await world.link()
            let lines: JSON = [
                "garbage", "{", #"{"jsonrpc":"2.0","id":999,"result":{}}"#,
                #"{"jsonrpc":"2.0","id":ID,"result":{"n":1}}"#, #"{"jsonrpc":"2.0","id":ID,"result":{"n":2}}"#,
            ]
            #expect(try await world.call(link, "raw", ["lines": lines]).said == "result 1")
            _ = try await world.call(link, "echo")
            let counted = world.dropped.rest
            #expect(counted == [.malformedFromServer, .malformedFromServer, .unknownServerID, .unknownServerID])
            try await world.close()
        }
    }

    @Test func `a server that reads nothing is ended after the write deadline, and whatever waits for it fails`()
        async throws
    {
        try await TemporaryFolder.with { folder in
            var limits = GatewayLimits()
            limits.writeDeadlineMilliseconds = 200
            limits.shutdownMilliseconds = 200
            let world = World(folder, limits: limits)
            let link = try await world.link()
            let deaf = try await world.start(link, "deaf")
            let waiting = Task { await link.reply(to: deaf, within: 100_000) }
            let large = JSON.string(UTF8String(String(repeating: "x", count: 1 << 20)))
            let id = try await world.start(link, "echo", ["large": large])
            #expect(await link.reply(to: id, within: 100_000).said == "failed stalled")
            #expect(try await within("the other's failure") { await waiting.value }.said == "failed stalled")
            #expect(try await world.exit() == 143)
            try await world.close()
        }
    }

    @Test func `a server that has closed its input still answers what it has`() async throws {
        try await TemporaryFolder.with { folder in
            // Answers the handshake, closes its input, waits until a write has failed for it, and answers once more.
            let script = """
                read line; echo '{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-06-18","capabilities":{}}}'
                read line; read line; exec 0</dev/null
                while [ ! -e "$0" ]; do sleep 0.01; done
                echo '{"jsonrpc":"2.0","id":2,"result":{"n":2}}'
                """
            // It ends by itself; a busy machine must not make it look stubborn.
            var limits = GatewayLimits()
            limits.shutdownMilliseconds = 60_000
            let world = World(folder, "sh", ["-c", script, folder.path + "/go"], limits: limits)
            let link = try await world.link()
            let first = try await world.start(link, "first")
            #expect(first == 2)
            let waiting = Task { await link.reply(to: first, within: 100_000) }
            // Sooner or later one of these finds the input closed.
            try await within("a closed input") {
                while (try? await world.start(link, "another")) != nil { await Task.yield() }
            }
            try await onThread { _ = creat(folder.path + "/go", 0o600) }
            #expect(try await within("the answer", { await waiting.value }).said == "result 2")
            try await world.close()
        }
    }

    @Test func `a stubborn server and what it has started are killed`() async throws {
        try await TemporaryFolder.with { folder in
            var limits = GatewayLimits()
            limits.shutdownMilliseconds = 200
            let world = World(folder, "stubborn", "heir", limits: limits)
            _ = try await world.link()
            let heir = try #require(try await world.noteFromStandardError())
            try await world.close()
            #expect(try await world.exit() == 137)
            #expect(kill(heir, 0) != 0 || Self.isZombie(heir))
        }
    }

    @Test func `what a server has started does not outlive it, nor hold its end up`() async throws {
        try await TemporaryFolder.with { folder in
            var limits = GatewayLimits()
            limits.shutdownMilliseconds = 200
            let world = World(folder, "heir", limits: limits)
            let link = try await world.link()
            let heir = try #require(try await world.noteFromStandardError())
            #expect(try await world.call(link, "die").said == "failed ended")
            #expect(try await world.exit() == 3)
            try await world.close()
            #expect(kill(heir, 0) != 0 || Self.isZombie(heir))
        }
    }

    @Test func `a program that is not there is an unreachable server`() async throws {
        try await TemporaryFolder.with { folder in
            let world = World(folder, folder.path + "/none", [])
            do {
                _ = try await world.link()
                Issue.record("it was started")
            } catch let failure as UpstreamFailure {
                #expect(failure.kind == .unreachable)
            }
            try await world.close()
        }
    }

    @Test func `a program that says nothing and ends is a server that ended`() async throws {
        try await TemporaryFolder.with { folder in
            let world = World(folder, "sh", ["-c", "exit 9"])
            do {
                _ = try await world.link()
                Issue.record("it was opened")
            } catch let failure as UpstreamFailure {
                #expect(failure.kind == .ended)
                #expect(failure.text == "server test ended with status 9")
            }
            #expect(try await world.exit() == 9)
            try await world.close()
        }
    }

    private static func isZombie(_ process: pid_t) -> Bool {
        let descriptor = open("/proc/\(process)/stat", O_RDONLY)
        guard descriptor >= 0 else { return true }
        defer { close(descriptor) }
        return String(decoding: readAll(descriptor), as: UTF8.self).contains(") Z ")
    }

    // MARK: Real servers

    struct Real: Sendable, CustomTestStringConvertible {
        let peer: String
        let program: String
        let era: Era
        let settled: Era
        var testDescription: String { "\(program) of \(peer) for a \(era) client" }
    }

    static let real: [Real] = ["mcp-server-git", "mcp-server-time"].flatMap { program in
        [
            Real(peer: "mcp1", program: program, era: .legacy, settled: .legacy),
            Real(peer: "mcp1", program: program, era: .modern, settled: .legacy),
            Real(peer: "mcp2", program: program, era: .legacy, settled: .legacy),
            Real(peer: "mcp2", program: program, era: .modern, settled: .modern),
        ]
    }

    @Test(.enabled(if: Peers.areThere, "no .peers folder: run Scripts/setup"), arguments: real)
    func `servers that others wrote are spoken to in the client's era where they know it`(real: Real) async throws {
        try await TemporaryFolder.with { folder in
            let arguments = real.program == "mcp-server-time" ? ["--local-timezone", "UTC"] : []
            let world = World(folder, Peers.program(real.peer, real.program), arguments)
            let link = try await world.link(real.era)
            #expect(link.facts.era == real.settled)
            let id = try link.begin("tools/list", HeardExchange())
            let params =
                real.settled == .modern
                ? Handshake.discoverParams(LinkSamples.client(.modern), through: .all) : JSONObject()
            let message: JSON = [
                "jsonrpc": "2.0", "id": .integer(id), "method": "tools/list", "params": .object(params),
            ]
            let list = try #require(FreeMessage(message))
            try await link.send(list, MessageHead(id: id, method: "tools/list"))
            guard case .result(let result) = try await within("a list", { await link.reply(to: id, within: 100_000) })
            else {
                Issue.record("no list")
                return
            }
            #expect((result["tools"]?.array?.count ?? 0) >= 2)
            try await world.close()
            #expect(try await world.exit() != nil)
        }
    }
}

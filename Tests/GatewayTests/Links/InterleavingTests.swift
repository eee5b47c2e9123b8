// SPDX-License-Identifier: Apache-2.0

import MCP
import PortTesting
import StrictJSON
import Synchronization
import Testing

@testable import Gateway

/// Whatever a server says and however it is interleaved: each request has exactly one end, and only its own.
@Suite struct InterleavingTests {
    /// A server that does something at random about each request, on threads of its own, and at times about others.
    private final class Unruly: Sendable {
        private let random: Mutex<SeededRandom>
        private let known = Mutex<[JSON]>([])

        init(seed: UInt64) { random = Mutex(SeededRandom(seed: seed)) }

        func roll(_ sides: Int) -> Int { random.withLock { Int($0.bytes(1)[0]) % sides } }

        func take(_ fake: FakeServer, _ message: JSON) {
            guard message["method"] == "tools/call", let id = message["id"] else { return }
            let others = known.withLock { known in
                known.append(id)
                return known
            }
            let deed = roll(10)
            let other = others[roll(others.count)]
            let act: @Sendable () -> Void = {
                func answer(_ id: JSON) { fake.say(["jsonrpc": "2.0", "id": id, "result": ["n": id]]) }
                switch deed {
                case 0, 1, 2: answer(id)
                case 3:
                    answer(id)
                    answer(id)
                case 4:
                    answer(other)
                    answer(id)
                case 5: fake.say(["jsonrpc": "2.0", "id": id, "error": ["code": id, "message": "no"]])
                case 6: fake.say(Array("{\"jsonrpc\":\"2.0\",\"id\":\(id),\"result\":{\"a\":1,\"a\":2}}".utf8))
                case 7:
                    fake.say(Array("garbage".utf8))
                    answer(.integer(1 << 40))
                    answer(id)
                case 8:
                    fake.say([
                        "jsonrpc": "2.0", "method": "notifications/progress",
                        "params": ["progressToken": other, "progress": 1],
                    ])
                    answer(id)
                default: break
                }
            }
            // Before the request's own send has returned, or beside it.
            if roll(3) == 0 { act() } else { PeerThread.start("unruly", act) }
        }
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>) func `each request has exactly one end, and only its own`(
        seed: UInt64
    ) async throws {
        let unruly = Unruly(seed: seed)
        let open = try await OpenLink(FakeServer { unruly.take($0, $1) })
        let endings = Endings()
        let crashes = seed % 3 == 0
        // The silent ones: time passes whenever an alarm has been set. How much the others get done before decides
        // nothing but which end a request has.
        let time = Task {
            while let moment = await open.clock.set.first(where: { _ in true }) {
                for _ in 0..<2_000 { await Task.yield() }
                open.clock.advance(max(0, moment - open.clock.milliseconds()))
            }
        }
        defer { time.cancel() }
        try await within("every end") {
            await withTaskGroup(of: Void.self) { group in
                for n in 0..<200 {
                    let fate = unruly.roll(12)
                    group.addTask { await Self.request(open, fate, endings, mayFail: crashes) }
                    if crashes, n == 150 { open.server.end(UpstreamFailure(.ended, "crash")) }
                }
            }
        }
        let all = endings.all
        for (id, ends) in all { #expect(ends.count == 1 && ends != ["another's"], "\(id): \(ends)") }
        if !crashes {
            #expect(all.count > 100)
            #expect(open.link.idleSince != nil, "nothing is left open")
        }
    }

    private static func request(_ open: OpenLink, _ fate: Int, _ endings: Endings, mayFail: Bool) async {
        let id: Int64
        do { id = try await open.call() } catch {
            if !mayFail { Issue.record(error) }
            return
        }
        if fate == 0 { return open.link.release(id) }
        let link = open.link
        let task = Task { await link.reply(to: id, within: 1_000) }
        if fate < 3 { task.cancel() }
        endings.add(id, own(await task.value, id))
    }

    private final class Endings: Sendable {
        private let state = Mutex<[Int64: [String]]>([:])
        var all: [Int64: [String]] { state.withLock { $0 } }
        func add(_ id: Int64, _ ending: String) { state.withLock { $0[id, default: []].append(ending) } }
    }

    private static func own(_ reply: ExchangeReply, _ id: Int64) -> String {
        switch reply {
        case .result(let result): result["n"] == .integer(id) ? "own" : "another's"
        case .error(let error): error["code"] == .integer(id) ? "own" : "another's"
        default: reply.said
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import PortTesting
import SQLiteLedger
import StrictJSON

/// Decides calls of a few agents, servers and tools by nothing but the kill switches that are on, as the pipeline does:
/// what it allows is logged under the epochs that it was decided by.
///
/// An entry says what was called and what was answered: `{"allow": true, "agent": …, "owner": …, "server": …, "tool": …}`.
struct KillProbe {
    private let ledger: SQLiteLedger
    private let seed: UInt64

    init(_ path: String, seed: UInt64) throws {
        ledger = try SQLiteLedger.open(at: path, signer: Samples.signer())
        self.seed = seed
    }

    func run() async throws {
        LedgerProbe.say("opened")
        await withTaskGroup(of: Void.self) { group in
            for task in 0..<8 { group.addTask { await decide(seed << 8 | UInt64(task)) } }
        }
    }

    private func decide(_ seed: UInt64) async {
        let samples = Samples(seed: seed)
        let random = SeededRandom(seed: seed)
        while !Task.isCancelled {
            let dice = random.bytes(3).map { Int($0 % 3) }
            let call = ProbeCall(agent: dice[0], server: dice[1], tool: dice[2])
            do throws(LedgerError) {
                while true {
                    let state = try ledger.state()
                    let isKilled = state.killSwitches.contains { call.isCovered(by: $0.scope) }
                    var request = samples.receipt(agent: call.agent, expecting: isKilled ? nil : state.epochs)
                    request.entry = call.entry(allow: !isKilled)
                    if case .logged = try await ledger.commit(request) { break }
                }
            } catch {
                LedgerProbe.say(error.code.rawValue)
            }
        }
    }
}

/// A call, and what stops it: said here a second time, so that one mistake does not hide another.
struct ProbeCall {
    let agent: UTF8String
    let owner: UTF8String
    let server: UTF8String
    let tool: UTF8String

    init(agent: Int, server: Int, tool: Int) {
        self.agent = UTF8String("a\(agent)")
        owner = agent == 0 ? "o0" : "o1"
        self.server = UTF8String("s\(server)")
        self.tool = UTF8String("t\(tool)")
    }

    func isCovered(by scope: KillScope) -> Bool {
        switch scope {
        case .everything: true
        case .agent(let id): id == agent
        case .owner(let id): id == owner
        case .server(let alias): alias == server
        case .tool(let alias, let name): alias == server && name == tool
        }
    }

    func entry(allow: Bool) -> [UInt8] {
        let json: JSON = [
            "allow": .bool(allow), "agent": .string(agent), "owner": .string(owner), "server": .string(server),
            "tool": .string(tool),
        ]
        return json.serialized()
    }
}

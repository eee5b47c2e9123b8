// SPDX-License-Identifier: Apache-2.0

import Cedar
import Decisions
import Packs
import Passports
import PortTesting
import Receipts
import StrictJSON
import Testing
import TransparencyLog
import WireTypes

/// Chains from `Agents.id` down.
enum Line {
    static func holder(_ index: Int) -> [UInt8] { [UInt8](repeating: UInt8(40 + index), count: 32) }
    static func agent(_ index: Int) -> UTF8String { index == 0 ? Agents.id : UTF8String("agent:\(index)") }

    /// A chain of so many passports, each of which `change` may narrow or try to widen; the last is bound to no key.
    static func files(
        _ count: Int, _ change: (Int, inout PassportDraft) throws -> Void = { _, _ in }
    ) throws -> [PassportFile] {
        var files: [PassportFile] = []
        for index in 0..<count {
            var draft = PassportDraft(agentID: agent(index), ownerID: "org_1")
            draft.capabilities = [try Capability("data.export"), try Capability("mcp.tool.execute")]
            draft.expiresAt = World.day.adding(milliseconds: 1_000_000)
            if index == 0 {
                draft.delegation = try Delegation(maxDepth: 7)
            } else {
                draft.delegation = try Delegation(parent: files.last?.digest)
            }
            if index < count - 1 {
                draft.confirmation = try Ed25519KeyPair(seed: holder(index)).publicKey
            }
            try change(index, &draft)
            let seed = index == 0 ? Agents.seed : holder(index - 1)
            let passport = try draft.passport(
                id: UUIDv7(time: Agents.made, random: [UInt8](repeating: 5, count: 10)), at: Agents.made)
            files.append(try PassportFile(signing: passport, kid: Agents.kid(seed), privateKey: seed))
        }
        return files
    }

    static func credential(
        _ count: Int = 2, _ change: (Int, inout PassportDraft) throws -> Void = { _, _ in }
    ) throws -> Credential {
        .passport(try PassportChain(files(count, change)).bytes)
    }
}

/// Random numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ (state >> 29)
    }
}

struct DelegationTests {
    @Test func `a child does what its chain permits, and its receipt names the chain`() async throws {
        let world = try World()
        let files = try Line.files(3)
        let call = try Calls.call(as: .passport(PassportChain(files).bytes))
        let answer = await world.pipeline.answer(call)
        #expect(answer.isAllowed)
        #expect(answer.agentID == "agent:2")
        let receipt = try world.receipt(answer)
        #expect(receipt.identity.digest == files[2].digest)
        #expect(receipt.identity.chain == [files[0].digest, files[1].digest])
        #expect(try world.replay(answer).differences.isEmpty)
    }

    @Test func `what counts against an ancestor counts against its descendants, and a replay finds it`() async throws {
        let stops: [(ReasonCode, @Sendable (World) async throws -> Void)] = [
            (
                .passportSuspended,
                {
                    _ = try await $0.events.commit(
                        .passportSuspended(agentID: Agents.id, reason: "leak"), actor: "operator")
                }
            ),
            (
                .passportRevoked,
                {
                    _ = try await $0.events.commit(
                        .passportRevoked(agentID: "agent:1", reason: "leak"), actor: "operator")
                }
            ),
            (.killSwitch, { try await $0.kill(.agent, Agents.id) }),
            (.killSwitch, { try await $0.kill(.agent, "agent:1") }),
            (.killSwitch, { try await $0.kill(.owner, "org_1") }),
        ]
        for (code, stop) in stops {
            let world = try World()
            try await stop(world)
            let answer = await world.pipeline.answer(try Calls.call(as: Line.credential(3)))
            #expect(answer.reasons.first?.code == code)
            #expect(try world.replay(answer).differences.isEmpty)
        }
    }

    @Test func `a child expires with its parent, whatever its own passport says`() throws {
        let credential = try Line.credential { index, draft in
            draft.expiresAt = World.day.adding(milliseconds: index == 0 ? 1000 : 1_000_000)
        }
        let call = try Calls.call(as: credential)
        #expect(try judged(call).isAllowed)
        #expect(try judged(call, at: World.day.adding(milliseconds: 1000)).refusals.first?.code == .passportExpired)
    }

    @Test func `a passport that is bound to a key is refused without a proof of it`() throws {
        let parent = try Line.files(2)[0]
        let reason = try judged(Calls.call(as: .passport(parent.bytes))).refusals.first
        #expect(reason?.code == .identityUnverified)
        #expect(reason?.message == "identity: proof of possession is missing")
        let bound = try Line.credential { _, draft in
            draft.confirmation = try Ed25519KeyPair(seed: Line.holder(0)).publicKey
        }
        #expect(try judged(Calls.call(as: bound)).refusals.first?.message == "identity: proof of possession is missing")
    }

    @Test func `a child without its chain is nobody`() throws {
        let child = try Line.files(2)[1]
        #expect(try judged(Calls.call(as: .passport(child.bytes))).refusals.first?.code == .identityUnverified)
    }

    @Test(arguments: [
        // What is forbidden to the parent by name, by team or for want of one is forbidden to who acts for it.
        #"@id("f") forbid (principal == Agent::"agent-passport:a1", action, resource);"#,
        #"@id("f") forbid (principal in Team::"t", action, resource);"#,
        #"@id("f") forbid (principal, action, resource) unless { principal.assurance >= 2 };"#,
    ])
    func `no child escapes what is forbidden to its parent`(_ forbid: String) throws {
        let credential = try Line.credential { index, draft in
            if index == 0 { draft.teams = ["t"] } else { draft.assurance = .l3 }
        }
        let verdict = try judged(Calls.call(as: credential), Books.policies + forbid)
        #expect(verdict.refusals.first?.code == .policyForbidden)
    }

    @Test func `what is permitted to a child alone is not permitted on its parent's authority`() throws {
        let policies = #"@id("p") permit (principal == Agent::"agent:1", action, resource);"#
        let refusal = try judged(Calls.call(as: Line.credential()), policies).refusals.first
        #expect(refusal?.code == .notPermitted)
        #expect(refusal?.message.string.contains("of agent-passport:a1, on whose authority it acts") == true)
        let parents = #"@id("p") permit (principal in Agent::"agent-passport:a1", action, resource);"#
        #expect(try judged(Calls.call(as: Line.credential(3)), parents).isAllowed)
    }

    @Test func `children take from what their parent may take, and not each from its own`() async throws {
        let world = try World()
        func credential(_ agent: UTF8String) throws -> Credential {
            try Line.credential { index, draft in
                if index == 0 { draft.limits["mcp.tool.execute"] = ["max_calls_per_minute": 2] }
                if index == 1 { draft.agentID = agent }
            }
        }
        for agent in ["agent:a", "agent:b"] as [UTF8String] {
            #expect(await world.pipeline.answer(try Calls.call(as: credential(agent))).isAllowed)
        }
        let third = await world.pipeline.answer(try Calls.call(as: credential("agent:c")))
        #expect(third.reasons.first?.code == .limitExceeded)
        #expect(third.reason.string.contains("of agent-passport:a1"))
    }

    @Test func `what a child may do is a subset of what its parent may, for random chains and calls`() throws {
        var dice = Dice(state: 4711)
        let books = [
            Books.policies,
            Books.policies + #"@id("f") forbid (principal in Team::"b", action, resource);"#,
            Books.policies + #"@id("f") forbid (principal, action, resource) when { principal.assurance < 2 };"#,
            #"@id("p") permit (principal, action, resource) when { principal.capabilities.contains("data.export") };"#,
            #"@id("p") permit (principal in Team::"a", action, resource) unless { principal.assurance > 3 };"#,
            #"@id("p") permit (principal in Agent::"agent:1", action, resource);"#,
            #"@id("p") permit (principal, action, resource) when { principal.hasTag("metadata.role") && principal.getTag("metadata.role") == "admin" };"#,
        ]
        var allowed = 0
        var refused = 0
        for _ in 0..<150 {
            let count = Int.random(in: 2...4, using: &dice)
            let files: [PassportFile]
            do {
                files = try Line.files(count) { try Self.shuffle($0, &$1, &dice) }
                _ = try PassportChain(files).verified(by: Agents.issuers())
            } catch is PassportError {
                continue
            }
            let book = try #require(books.randomElement(using: &dice))
            for _ in 0..<3 {
                let export: JSON = [
                    "export_type": .text(["users", "orders"].randomElement(using: &dice) ?? ""), "format": "csv",
                    "filters": [:], "estimated_rows": .integer(Int64.random(in: 0...8, using: &dice)),
                    "include_pii": .bool(Bool.random(using: &dice)),
                ]
                let isExport = Int.random(in: 0...2, using: &dice) > 0
                var above = true
                for length in 1...count {
                    // A prefix of the chain, as if its last were bound to no key.
                    let credential = try Self.prefix(files, length)
                    let call = try Calls.call(
                        "read_document", isExport ? export : ["path": "/reports/x.csv"], as: credential
                    ) {
                        $0.isListed = true
                        $0.pack = isExport ? "data.export.create.v1" : nil
                    }
                    let isAllowed = try judged(call, book + Self.opaque).isAllowed
                    #expect(above || !isAllowed, "a child of \(length) may what its parent may not")
                    above = isAllowed
                    if isAllowed { allowed += 1 } else { refused += 1 }
                }
            }
        }
        #expect(allowed > 50 && refused > 50, "\(allowed) allowed, \(refused) refused")
    }

    private static let opaque = #"@id("o") permit (principal, action == Action::"opaque", resource);"#

    /// The chain to so far, its last passport signed again without a key.
    private static func prefix(_ files: [PassportFile], _ length: Int) throws -> Credential {
        var files = Array(files.prefix(length))
        var json = try files[length - 1].claimedPassport().json
        guard var object = json.object else { return .none }
        object["cnf"] = nil
        json = .object(object)
        let seed = length == 1 ? Agents.seed : Line.holder(length - 2)
        files[length - 1] = try PassportFile(signing: Passport(json), kid: Agents.kid(seed), privateKey: seed)
        return .passport(try PassportChain(files).bytes)
    }

    private static func shuffle(_ index: Int, _ draft: inout PassportDraft, _ dice: inout Dice) throws {
        func some(_ names: [UTF8String]) -> [UTF8String] {
            names.filter { _ in Int.random(in: 0...4, using: &dice) > 0 }
        }
        draft.capabilities = try some(["data.export", "mcp.tool.execute", "messaging.send"]).map { try Capability($0) }
        draft.teams = some(["a", "b"])
        draft.regions = some(["US", "DE"])
        draft.assurance = Assurance.allCases.randomElement(using: &dice) ?? .l0
        draft.expiresAt = World.day.adding(milliseconds: Int64.random(in: -1...9, using: &dice) * 1000 + 1)
        if Bool.random(using: &dice) { draft.metadata["role"] = "admin" }
        var limits = JSONObject()
        if Int.random(in: 0...4, using: &dice) > 0 {
            limits["max_rows"] = .integer(Int64.random(in: 0...9, using: &dice))
        }
        if Bool.random(using: &dice) { limits["allow_pii"] = .bool(Bool.random(using: &dice)) }
        if Bool.random(using: &dice) {
            limits["allowed_collections"] = .array(some(["users", "orders"]).map(JSON.string))
        }
        switch Int.random(in: 0...3, using: &dice) {
        case 0: draft.limits = limits
        case 1: draft.limits = JSONObject()
        default: draft.limits["data.export"] = .object(limits)
        }
    }
}

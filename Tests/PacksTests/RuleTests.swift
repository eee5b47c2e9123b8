// SPDX-License-Identifier: Apache-2.0

import Effects
import Packs
import Passports
import StrictJSON
import Testing
import WireTypes

/// What the packs allow and refuse.
struct RuleTests {
    @Test(arguments: PackCase.all) func `what a passport's limits allow passes`(_ pack: PackCase) throws {
        #expect(try Self.verdict(pack).refusals == [])
    }

    @Test(arguments: PackCase.all)
    func `each change makes the rule refuse that it breaks, with OAP's code`(_ pack: PackCase) throws {
        for change in pack.changes {
            let verdict = try Self.verdict(pack, change)
            #expect(verdict.refusals.map(\.code).contains(change.code), "\(change): \(verdict.refusals)")
            #expect(verdict.reservations.isEmpty)
        }
    }

    @Test func `together they reach every code that a rule can have before counters`() {
        let counted: Set<UTF8String> = [
            "oap.rate_limit_exceeded", "oap.idempotency_conflict", "oap.tool_already_exists",
            "oap.concurrent_limit_exceeded", "oap.ingest_frequency_exceeded", "oap.access_frequency_exceeded",
        ]
        // Of the passport itself, and of packs that nobody knows; each has a test of its own.
        let others: Set<UTF8String> = ["oap.unknown_capability", "oap.policy_error"]
        let reached = Set(PackCase.all.flatMap(\.changes).map(\.code))
        #expect(Set(PackRules.codes).subtracting(reached) == counted.union(others))
    }

    @Test func `every pack has a case`() { #expect(PackCase.all.map(\.pack).sorted() == PackRules.packs) }

    @Test(arguments: PackCase.all) func `a refusal quotes nothing of the call`(_ pack: PackCase) throws {
        let secret: UTF8String = "planted-secret"
        for member in pack.arguments.object?.members ?? [] {
            let verdict = try Self.verdict(pack, PackCase.Change(code: "", arguments: [member.key: .string(secret)]))
            for refusal in verdict.refusals { #expect(!refusal.message.string.contains(secret.string)) }
            for taken in verdict.reservations { #expect(!taken.counter.string.contains(secret.string)) }
        }
    }

    @Test func `a pack that nobody knows refuses`() throws {
        let call = try Fixture.call("data.unknown.v1", [:], limits: [:])
        #expect(PackRules.judge(call).refusals.map(\.code) == ["oap.policy_error"])
        #expect(PackRules.malformation(pack: "x.v1", tool: "", arguments: JSONObject())?.code == "oap.policy_error")
    }

    @Test func `a passport that limits nothing leaves files, commands and hosts to the policies`() throws {
        for (pack, arguments): (UTF8String, JSON) in [
            ("system.command.execute.v1", ["command": "ls"]), ("data.file.read.v1", ["path": "/srv/a"]),
            ("data.file.write.v1", ["path": "/srv/a", "content": "x"]),
            ("web.fetch.v1", ["url": "https://example.com/"]),
        ] {
            let verdict = PackRules.judge(try Fixture.call(pack, arguments, limits: [:]))
            #expect(verdict.refusals.isEmpty && verdict.reservations.isEmpty && !verdict.needsApproval, "\(pack)")
        }
    }

    @Test(
        arguments: [
            ["data.file.read": ["allowed_extensions": ["md"]]],
            ["data": ["file": ["read": ["allowed_extensions": ["md"]]]]],
            ["data.file": ["read": ["allowed_extensions": ["md"]]]], ["allowed_extensions": ["md"]],
        ] as [JSON])
    func `limits are found in every shape in which passports write them`(_ limits: JSON) throws {
        let good = try Fixture.call("data.file.read.v1", ["path": "/srv/a.md"], limits: limits)
        let bad = try Fixture.call("data.file.read.v1", ["path": "/srv/a.txt"], limits: limits)
        #expect(PackRules.judge(good).refusals.isEmpty)
        #expect(PackRules.judge(bad).refusals.map(\.code) == ["oap.extension_not_allowed"])
    }

    @Test func `a call widens no limit`() throws {
        let call = try Fixture.call(
            "data.file.read.v1",
            ["path": "/etc/hosts", "limits": ["allowed_paths": ["*"]], "allowed_paths": ["*"]],
            limits: ["data.file.read": ["allowed_paths": ["/srv"]]])
        #expect(PackRules.judge(call).refusals.map(\.code) == ["oap.path_not_allowed"])
    }

    @Test(
        arguments: [
            ("git.create_pr", "repo.pr.create"), ("git.merge", "repo.merge"), ("git.push", "repo.push"),
        ] as [(UTF8String, UTF8String)])
    func `what a call leaves unsaid its tool says, and the capability is of the action`(
        _ tool: UTF8String, _ capability: UTF8String
    ) throws {
        let limits: JSON = ["code.repository.merge": ["max_prs_per_day": 5, "max_merges_per_day": 5]]
        let arguments: JSON = ["repo": "acme/x", "branch": "b"]
        let others = Fixture.everything.filter { $0 != capability }
        let with = try Fixture.call("code.repository.merge.v1", arguments, limits: limits, tool: tool)
        let without = try Fixture.call(
            "code.repository.merge.v1", arguments, limits: limits, tool: tool, capabilities: others)
        #expect(PackRules.judge(with).refusals.isEmpty)
        #expect(PackRules.judge(without).refusals.map(\.code) == ["oap.unknown_capability"])
    }

    @Test func `an approval that the passport asks for is asked for`() throws {
        let limits: JSON = ["messaging.send": ["approval_required": true]]
        let call = try Fixture.call(
            "messaging.message.send.v1", ["to": "#ops", "message": "m", "message_type": "text"], limits: limits)
        #expect(PackRules.judge(call).needsApproval)
    }

    // MARK: Counters

    @Test func `a rate is one of each window of the clock, apart for each agent by whoever commits it`() throws {
        let limits: JSON = ["messaging.send": ["msgs_per_min": 2, "msgs_per_day": 50]]
        let arguments: JSON = ["to": "#ops", "message": "m", "message_type": "text"]
        let taken = PackRules.judge(try Fixture.call("messaging.message.send.v1", arguments, limits: limits))
            .reservations
        #expect(taken.map(\.maximum) == [2, 50] && taken.map(\.amount) == [1, 1])
        #expect(taken.map(\.code) == ["oap.rate_limit_exceeded", "oap.rate_limit_exceeded"])
        #expect(taken.map(\.windowStart.text) == ["2026-11-22T10:15:00.000Z", "2026-11-22T00:00:00.000Z"])
        #expect(Set(taken.map(\.counter)).count == 2 && taken.allSatisfy { !$0.isAmount })
    }

    @Test func `a day's amount is counted by currency, and a key is used once for ever`() throws {
        let pack = try #require(PackCase.finance.first { $0.pack == "finance.payment.charge.v1" })
        let taken = try Self.verdict(pack).reservations
        try #require(taken.count == 2)
        let (cap, key) = (taken[0], taken[1])
        #expect(cap.amount == 5000 && cap.maximum == 9000 && cap.isAmount && cap.code == "oap.limit_exceeded")
        #expect(key.amount == 1 && key.maximum == 1 && key.code == "oap.idempotency_conflict")
        #expect(key.windowStart.milliseconds == 0)
        let other = try Self.verdict(pack, PackCase.Change(code: "", arguments: ["idempotency_key": "87654321"]))
        #expect(other.reservations.map(\.counter).first == cap.counter)
        #expect(other.reservations.map(\.counter).last != key.counter)
    }

    @Test func `the same call, passport and moment give the same verdict`() throws {
        for pack in PackCase.all { #expect(try Self.verdict(pack) == Self.verdict(pack)) }
    }

    static func verdict(_ pack: PackCase, _ change: PackCase.Change? = nil) throws -> PackVerdict {
        let limits = pack.limits.with(change?.limits ?? [:])
        let scope = UTF8String(String(pack.pack.string.dropLast(3)))
        return PackRules.judge(
            try Fixture.call(
                pack.pack, pack.arguments.with(change?.arguments ?? [:]), limits: .object(JSONObject(scope, limits))))
    }
}

extension JSONObject {
    fileprivate init(_ key: UTF8String, _ value: JSON) {
        self.init()
        self[key] = value
    }
}

// SPDX-License-Identifier: Apache-2.0

import Decisions
import Passports
import PortTesting
import Receipts
import StrictJSON
import Testing
import WireTypes

/// One kind of decision: what is prepared, what is called, and what must come of it.
struct Scenario: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var code: ReasonCode
    var reason: UTF8String
    var policies = Books.policies
    var call: @Sendable () throws -> ToolCall = { try Calls.call() }
    var prepare: @Sendable (World) async throws -> Void = { _ in }
    /// Whether the verified agent is the receipt's.
    var isIdentified = true

    init(
        _ name: String, _ code: ReasonCode, _ reason: UTF8String, _ change: (inout Scenario) -> Void = { _ in }
    ) {
        testDescription = name
        self.code = code
        self.reason = reason
        change(&self)
    }

    /// A world in which the call is about to be decided.
    func world() async throws -> World {
        let world = try World(policies)
        try await prepare(world)
        return world
    }

    static let all = allowed + malformed + killed + unidentified + standings + packs + tools + policy + late

    static let allowed = [
        Scenario("an allow", .allowed, "allowed by permit-docs"),
        Scenario("an allow of disguised paths", .allowed, "allowed by permit-docs") {
            $0.call = { try Calls.call("read_document", ["path": "/reports/x/../planted-secret.csv"]) }
        },
        Scenario("an allow with nonce and session", .allowed, "allowed by permit-docs") {
            $0.call = {
                try Calls.call {
                    $0.nonce = "n-1"
                    $0.session = "s-1"
                }
            }
        },
        Scenario("an allow by name of what is opaque", .allowed, "allowed by permit-docs") {
            $0.policies +=
                #"@id("open") permit (principal, action == Action::"opaque", resource == Opaque::"arguments");"#
            $0.call = { try Calls.call("listed", ["x": "planted-secret"]) { $0.isListed = true } }
        },
    ]

    static let malformed = [
        Scenario("a defect", .invalidContext, "invalid request: the name is no text") {
            $0.call = { try Calls.call { $0.defect = "the name is no text" } }
            $0.isIdentified = false
        },
        Scenario("arguments that are no object", .invalidContext, "invalid request: the arguments are no JSON object") {
            $0.call = { try Calls.call("read_document", ["planted-secret"]) }
            $0.isIdentified = false
        },
        Scenario("a tool without a name", .invalidContext, "invalid request: a tool's name has 1 to 256 bytes") {
            $0.call = { try Calls.call("") }
            $0.isIdentified = false
        },
        Scenario("a tool with a long name", .invalidContext, "invalid request: a tool's name has 1 to 256 bytes") {
            $0.call = { try Calls.call(UTF8String(String(repeating: "planted-secret", count: 20))) }
            $0.isIdentified = false
        },
        Scenario("a listed tool with a long name", .invalidContext, "invalid request: a tool's name has 1 to 256 bytes")
        {
            $0.call = {
                try Calls.call(UTF8String(String(repeating: "planted-secret", count: 20))) { $0.isListed = true }
            }
            $0.isIdentified = false
        },
        Scenario("a nonce that cannot be echoed", .invalidContext, UTF8String("invalid request: " + token)) {
            $0.call = { try Calls.call { $0.nonce = "planted-secret with spaces" } }
            $0.isIdentified = false
        },
        Scenario("a session that is too long", .invalidContext, UTF8String("invalid request: " + token)) {
            $0.call = { try Calls.call { $0.session = UTF8String(String(repeating: "s", count: 129)) } }
            $0.isIdentified = false
        },
        Scenario(
            "more effects than can be judged", .invalidContext,
            "invalid request: the call would touch too much to be judged"
        ) {
            $0.call = {
                try Calls.call("read_many", ["paths": .array((0..<300).map { .text("/reports/planted-secret\($0)") })])
            }
        },
    ]

    static let token =
        "a nonce or session has 1 to 128 letters, digits and the marks _.-~:/+="

    static let killed = [
        Scenario("everything is off", .killSwitch, "kill switch: incident 4711") {
            $0.prepare = { try await $0.kill(.everything) }
            $0.isIdentified = false
        },
        Scenario("the server is off", .killSwitch, "kill switch: incident 4711") {
            $0.prepare = { try await $0.kill(.server, "docs") }
            $0.isIdentified = false
        },
        Scenario("the tool is off", .killSwitch, "kill switch: incident 4711") {
            $0.prepare = { try await $0.kill(.tool, "docs/read_document") }
            $0.isIdentified = false
        },
        Scenario("the agent is off, by what it claims", .killSwitch, "kill switch: incident 4711") {
            $0.prepare = { try await $0.kill(.agent, Agents.id) }
            $0.call = { try Calls.call(as: Agents.altered()) }
            $0.isIdentified = false
        },
        Scenario("the owner is off", .killSwitch, "kill switch: incident 4711") {
            $0.prepare = { try await $0.kill(.owner, "org_1") }
        },
    ]

    static let unidentified = [
        Scenario("no passport", .identityUnverified, "identity: no passport was presented") {
            $0.call = { try Calls.call(as: Credential.none) }
            $0.isIdentified = false
        },
        Scenario("a passport that cannot be read", .identityUnverified, "identity: the passport file is not there") {
            $0.call = { try Calls.call(as: .unreadable("the passport file is not there")) }
            $0.isIdentified = false
        },
        Scenario(
            "an altered passport", .identityUnverified,
            "identity: the passport does not verify: the signature is not the issuer's over this passport"
        ) {
            $0.call = { try Calls.call(as: Agents.altered()) }
            $0.isIdentified = false
        },
        Scenario(
            "a stranger's passport", .identityUnverified,
            "identity: the passport does not verify: no trusted issuer has this key"
        ) {
            $0.call = {
                try Calls.call(as: .passport(Agents.passport(signedWith: [UInt8](repeating: 8, count: 32))))
            }
            $0.isIdentified = false
        },
        Scenario(
            "an unsigned passport", .identityUnverified,
            "identity: the passport does not verify: not a file of type writ.passport/1"
        ) {
            $0.call = { try Calls.call(as: .passport(Array(#"{"agent_id": "planted-secret"}"#.utf8))) }
            $0.isIdentified = false
        },
    ]

    static let standings = [
        Scenario("suspended by its file", .passportSuspended, "passport: the passport is suspended") {
            $0.call = { try Calls.call(as: Agents.credential { $0.status = .suspended }) }
        },
        Scenario("suspended by the log", .passportSuspended, "passport: the passport is suspended") {
            $0.prepare = {
                try await $0.events.commit(.passportSuspended(agentID: Agents.id, reason: "leak"), actor: "operator")
            }
        },
        Scenario("a draft", .passportSuspended, "passport: the passport is a draft") {
            $0.call = { try Calls.call(as: Agents.credential { $0.status = .draft }) }
        },
        Scenario("revoked by its file", .passportRevoked, "passport: the passport is revoked") {
            $0.call = { try Calls.call(as: Agents.credential { $0.status = .revoked }) }
        },
        Scenario("revoked by the log, and then resumed", .passportRevoked, "passport: the passport is revoked") {
            $0.prepare = {
                try await $0.events.commit(.passportRevoked(agentID: Agents.id, reason: "leak"), actor: "operator")
                try await $0.events.commit(.passportResumed(agentID: Agents.id, reason: "found"), actor: "operator")
            }
        },
        Scenario("expired", .passportExpired, "passport: the passport has expired") {
            $0.call = { try Calls.call(as: Agents.credential { $0.expiresAt = World.day }) }
        },
        Scenario("not yet valid", .passportExpired, "passport: the passport is not valid yet") {
            $0.call = {
                try Calls.call(as: Agents.credential { $0.notBefore = World.day.adding(milliseconds: 1) })
            }
        },
    ]

    static let packs = [
        Scenario(
            "a capability that the pack asks for", .unknownCapability,
            "passport: the passport has no capability agent.session.create"
        ) { $0.call = { try Calls.call { $0.pack = "agent.session.create.v1" } } },
        Scenario(
            "an assurance that the pack asks for", .assuranceInsufficient,
            "passport: finance.payment.payout.v1 needs assurance L3; the passport has L0"
        ) { $0.call = { try Calls.call { $0.pack = "finance.payment.payout.v1" } } },
        Scenario("a pack nobody knows", .policyError, "policy error: the pack no.such.v1 is not known") {
            $0.call = { try Calls.call { $0.pack = "no.such.v1" } }
        },
    ]

    static let tools = [
        Scenario(
            "a tool nobody knows", .toolUnknown, "unknown tool: neither the server's list nor any tool map has it"
        ) { $0.call = { try Calls.call("planted-secret", ["x": 1]) } }
    ]

    static let policy = [
        Scenario("a forbid with a reason", .policyForbidden, "policy block: nothing at all") {
            $0.policies += #"@id("no") @reason("nothing at all") forbid (principal, action, resource);"#
        },
        Scenario("a forbid without one", .policyForbidden, "policy block: no") {
            $0.policies += #"@id("no") forbid (principal, action == Action::"read", resource);"#
        },
        Scenario("a forbid with a code", .limitExceeded, "policy block: too much money") {
            $0.policies += #"""
                @id("cap") @reason("too much money") @code("oap.limit_exceeded")
                forbid (principal, action, resource) when { context.input.amount > 100 };
                """#
            $0.call = { try Calls.call("pay", ["amount": 101, "to": "planted-secret"]) }
        },
        Scenario("a call that nothing permits", .notPermitted, "not permitted: no policy permits docs/pay on Tool") {
            $0.policies = #"permit (principal, action == Action::"spend", resource);"#
            $0.call = { try Calls.call("pay", ["amount": 1, "to": "planted-secret"]) }
        },
        Scenario("an effect that nothing permits", .notPermitted, "not permitted: no policy permits read on File") {
            $0.call = { try Calls.call("read_document", ["path": "/internal/planted-secret"]) }
        },
        Scenario(
            "arguments that nobody has declared", .notPermitted,
            "not permitted: no policy permits opaque on Opaque (arguments)"
        ) {
            $0.call = { try Calls.call("listed", ["x": "planted-secret"]) { $0.isListed = true } }
        },
        Scenario(
            "a number that Cedar cannot hold", .notPermitted,
            "not permitted: no policy permits opaque on Opaque (value)"
        ) {
            $0.call = {
                try Calls.call("pay", JSON(parsing: #"{"amount": 1e300, "to": "planted-secret"}"#))
            }
        },
        Scenario(
            "a method that nobody knows", .methodUnknown,
            "unknown method: the protocol has none of that name that is decided"
        ) {
            $0.call = {
                try Calls.operation(.unknown(method: "planted-secret"), ["note": "planted-secret"])
            }
        },
        Scenario(
            "a tool that nobody has approved", .toolUnknown,
            "unknown tool: it waits for approval: writ tools approve docs/pay"
        ) {
            $0.prepare = { world in _ = try await world.pipeline.observe(Listings.listing([Listings.pay])) }
            $0.call = { try Calls.call("pay", ["amount": 1, "to": "planted-secret"]) { $0.isHeldToPin = true } }
        },
        Scenario(
            "a tool that is not as it was approved", .toolChanged,
            "tool changed: its definition is not the approved one: writ tools diff docs/pay"
        ) {
            $0.prepare = { world in
                _ = try await world.pipeline.observe(Listings.listing([Listings.pay], .firstUse))
            }
            $0.call = { try Calls.call("pay", ["amount": 1, "to": "planted-secret"]) { $0.isHeldToPin = true } }
        },
        Scenario("a forbid that fails", .policyError, "policy error: forbid broken could not be evaluated") {
            $0.policies += #"@id("broken") forbid (principal, action, resource) when { context.no_such_thing };"#
        },
        Scenario("an approval", .approvalRequired, "approval required: by finance") {
            $0.policies += #"@id("ask") @approval("finance") permit (principal, action in Action::"docs", resource);"#
        },
    ]

    static let late = [
        Scenario("a limit that is used up", .limitExceeded, "limit: mcp.tool.execute.max_calls_per_minute") {
            $0.call = { try Calls.call(as: Agents.limited(to: 0)) }
        },
        Scenario("a limit that is no count", .limitExceeded, "limit: a limit in the passport is no count") {
            $0.call = { try Calls.call(as: Agents.limited(to: -1)) }
        },
        Scenario(
            "an approval that was used", .approvalRequired, "approval required: the approval is no longer available"
        ) {
            $0.prepare = { world in
                let id = Samples(seed: 4).id()
                world.scripted.next { (_, _) in .approvalUnavailable(id) }
            }
        },
        Scenario(
            "a state that moves each time", .stateChanged, "state changed: again and again while the call was decided"
        ) {
            $0.prepare = { world in
                for _ in 0..<4 {
                    world.scripted.next { (_, ledger) async throws(LedgerError) in .stale(try ledger.state()) }
                }
            }
        },
    ]
}

// SPDX-License-Identifier: Apache-2.0

import Crypto
import Effects
import Packs
import Passports
import StrictJSON
import WireTypes

/// Calls under packs, with the effects that the built-in map gives them.
enum Fixture {
    static let now = Timestamp(parsing: "2026-11-22T10:15:30.000Z") ?? Timestamp(clamping: 0)
    static let environment = EffectEnvironment(
        workingDirectory: "/srv/project", home: "/home/u", filesystem: .local, resolve: { [$0] })

    static let everything: [UTF8String] = [
        "agent.session.create", "agent.tool.register", "repo.release", "repo.pr.create", "repo.merge", "repo.push",
        "data.export", "data.file.read", "data.file.write", "data.report.ingest", "deliverable.task.complete",
        "finance.crypto.trade", "payments.charge", "payments.payout", "finance.payment.refund", "finance.transaction",
        "data.access", "legal.contract.review", "mcp.tool.execute", "media.image.generate", "messaging.send",
        "system.command.execute", "web.browser", "web.fetch",
    ]

    static func identity(
        _ limits: JSON, assurance: Assurance = .l3, capabilities: [UTF8String] = everything
    ) throws -> VerifiedIdentity {
        var draft = PassportDraft(agentID: "agent-passport:a1", ownerID: "org_1")
        draft.capabilities = try capabilities.map { try Capability($0) }
        draft.assurance = assurance
        draft.limits = limits.object ?? JSONObject()
        draft.regions = ["US"]
        let id = UUIDv7(time: now, random: [UInt8](repeating: 5, count: 10))
        let seed = [UInt8](repeating: 9, count: 32)
        let key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed).publicKey
        let issuer = try TrustedIssuer(name: "issuer", kid: "k", publicKey: Array(key.rawRepresentation))
        let file = try PassportFile(signing: try draft.passport(id: id, at: now), kid: "k", privateKey: seed)
        return VerifiedIdentity(try file.verified(by: TrustedIssuers([issuer])))
    }

    /// The canonical tool of each pack that has a built-in map.
    static let tools: [UTF8String: UTF8String] = [
        "system.command.execute.v1": "exec.run", "data.file.read.v1": "file.read", "data.file.write.v1": "file.write",
        "web.fetch.v1": "web.fetch", "web.browser.v1": "web.browser", "messaging.message.send.v1": "message.send",
        "mcp.tool.execute.v1": "mcp.tool", "data.export.create.v1": "data.export",
        "finance.payment.charge.v1": "payment.charge", "finance.payment.refund.v1": "payment.refund",
        "finance.payment.payout.v1": "payment.payout", "finance.transaction.execute.v1": "transaction.execute",
    ]

    static func call(
        _ pack: UTF8String, _ arguments: JSON, limits: JSON, tool: UTF8String? = nil,
        assurance: Assurance = .l3, capabilities: [UTF8String] = everything, at now: Timestamp = now
    ) throws -> PackCall {
        let tool = tool ?? tools[pack] ?? ""
        var maps = ToolMaps()
        try maps.use(builtIn: "aport", for: "local")
        let derived = try EffectDeriver(maps: maps).effects(
            of: ToolReference(server: "local", tool: tool), parameters: arguments, environment: environment)
        return PackCall(
            pack: pack, tool: tool, arguments: derived.canonicalParameters.object ?? JSONObject(),
            effects: derived.effects, identity: try identity(limits, assurance: assurance, capabilities: capabilities),
            environment: environment, now: now)
    }
}

extension JSON {
    /// A number as it is written.
    static func decimal(_ text: String) -> JSON { JSONNumber(lexeme: UTF8String(text)).map(JSON.number) ?? .null }

    /// With members changed; `.null` takes one away.
    func with(_ changes: JSON) -> JSON {
        var object = object ?? JSONObject()
        for member in changes.object?.members ?? [] { object[member.key] = member.value.isNull ? nil : member.value }
        return .object(object)
    }
}

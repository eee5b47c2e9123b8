// SPDX-License-Identifier: Apache-2.0

import Cedar
import Effects
import Packs
import Passports
import StrictJSON
import WireTypes

/// What is kept, encrypted, of a decision: its inputs, so that it can be made again, and what was seen on the way.
struct EvidenceRecord {
    /// The record.
    let json: JSON
    /// What it refers to by digest.
    let contents: [Content]

    init(
        inputs: DecisionInputs, verdict: Verdict, blind: [UInt8], resolved: [UTF8String: [UTF8String]], late: Reason?
    ) {
        let rulebook = inputs.rulebook
        contents =
            [
                Content(digest: rulebook.configurationDigest, bytes: rulebook.configuration),
                rulebook.policies.archive,
            ] + (inputs.grants?.texts ?? [])
        var record = JSONObject()
        record.add("type", "writ.evidence/1")
        record.add("blind", .text(Base64URL.encode(blind)))
        record.add("call", Self.call(inputs.call))
        record.add("credential", Self.credential(inputs.call.credential))
        record.add("now", .text(inputs.now.text))
        record.add("local", Self.local(inputs.local))
        record.add("kill_switches", .array(inputs.killSwitches.map(Self.killSwitch)))
        record.add("standings", Self.standings(inputs, verdict))
        record.add("labels", Self.labels(inputs, verdict))
        record.add("approval", inputs.approval?.json)
        record.add("grants", inputs.grants.map { .array($0.grants.map(\.archived)) })
        record.add("pin", inputs.pin.map(Self.pin))
        record.add("resolved", Self.resolved(resolved))
        record.add("policies", .text(rulebook.policies.archive.digest.base64URL))
        record.add("configuration", .text(rulebook.configurationDigest.base64URL))
        if let late { record.add("late", ["code": .text(late.code.rawValue), "message": .string(late.message)]) }
        record.add("seen", Self.seen(verdict))
        json = .object(record)
    }

    static func credential(_ credential: Credential) -> JSON {
        switch credential {
        case .none: .object(JSONObject())
        case .unreadable(let why): ["unreadable": .string(why)]
        // In here and not among the contents, which are not encrypted: who holds a passport is the agent.
        case .passport(let bytes): ["passport": .text(Base64URL.encode(bytes))]
        case .held(let bytes, let possession):
            ["passport": .text(Base64URL.encode(bytes)), "possession": possession.json]
        // Its claims may name a person.
        case .verified(let verified): ["verified": verified.json]
        }
    }

    private static func call(_ call: ToolCall) -> JSON {
        var object = JSONObject()
        object.add("surface", .text(call.surface.rawValue))
        object.add("enforcement", .text(call.enforcement.rawValue))
        if call.operation != .tool { object.add("operation", operation(call.operation)) }
        object.add("method", .string(call.method))
        object.add("server", .string(call.server))
        object.add("tool", .string(call.tool))
        object.add("listed", .bool(call.isListed))
        object.add("server_digest", call.serverDigest.map { .text($0.base64URL) })
        object.add("definition", call.definition.map { .text($0.base64URL) })
        if call.isHeldToPin { object.add("held_to_pin", true) }
        object.add("message", call.message)
        object.add("arguments_place", .string(call.argumentsPlace.text))
        object.add("parameters_place", .string(call.parametersPlace.text))
        if let packs = call.packs, !packs.isEmpty { object.add("packs", .array(packs.map(\.archived))) }
        object.add("built_in_map", call.builtInMap.map(JSON.string))
        object.add("defect", call.defect.map(JSON.string))
        object.add("working_directory", .string(call.place.workingDirectory))
        object.add("home", call.place.home.map(JSON.string))
        object.add("project", call.place.project.map(JSON.string))
        object.add("local_files", .bool(call.place.isLocal))
        object.add("session", call.session.map(JSON.string))
        object.add("nonce", call.nonce.map(JSON.string))
        if call.isAutoApproved { object.add("auto_approved", true) }
        return .object(object)
    }

    private static func operation(_ operation: Operation) -> JSON {
        switch operation {
        case .tool: ["kind": "tool"]
        case .resource(_, let uri): ["kind": "resource", "uri": .string(uri)]
        case .prompt(_, let name): ["kind": "prompt", "name": .string(name)]
        case .task: ["kind": "task"]
        case .serverRequest: ["kind": "server_request"]
        case .answer: ["kind": "answer"]
        case .unknown: ["kind": "unknown"]
        }
    }

    private static func pin(_ pin: Pin) -> JSON {
        var object = JSONObject()
        object.add("approved", pin.approved.map { .text($0.base64URL) })
        object.add("seen", .text(pin.seen.base64URL))
        object.add("sightings", .integer(pin.sightings))
        return .object(object)
    }

    private static func local(_ local: LocalTime) -> JSON {
        [
            "hour": .integer(local.hour), "minute": .integer(local.minute), "weekday": .integer(local.weekday),
            "date": .string(local.date),
        ]
    }

    private static func killSwitch(_ killSwitch: KillSwitch) -> JSON {
        var object = JSONObject()
        object.add("scope", .text(killSwitch.scope.kind))
        object.add("target", killSwitch.scope.target.map(JSON.string))
        object.add("reason", .string(killSwitch.reason))
        return .object(object)
    }

    /// What the log said of the agent that was named, and of those on whose authority it acts; other agents' standing is
    /// none of this record's business.
    private static func standings(_ inputs: DecisionInputs, _ verdict: Verdict) -> JSON {
        var object = JSONObject()
        let delegators = verdict.identity.verified?.delegators ?? []
        for agent in [verdict.identity.namedAgentID].compactMap({ $0 }) + delegators.map(\.agentID) {
            if let standing = inputs.standings[agent] { object[agent] = .text(standing.rawValue) }
        }
        return .object(object)
    }

    /// What the verified agent, and those on whose authority it acts, had done before, by the log: its labels in force, each until when. That there are none is
    /// said too: evidence without this member is of a version that knew no labels.
    private static func labels(_ inputs: DecisionInputs, _ verdict: Verdict) -> JSON? {
        guard let labels = inputs.labels else { return nil }
        var agents = JSONObject()
        guard case .verified(let identity) = verdict.identity else { return .object(agents) }
        for agent in [identity] + identity.delegators {
            var own = JSONObject()
            for (label, end) in labels[agent.agentID].sorted(by: { $0.key < $1.key }) where end > inputs.now {
                own[UTF8String(label.rawValue)] = .text(end.text)
            }
            if !own.members.isEmpty { agents[agent.agentID] = .object(own) }
        }
        return .object(agents)
    }

    private static func resolved(_ paths: [UTF8String: [UTF8String]]) -> JSON {
        var object = JSONObject()
        for (path, leads) in paths.sorted(by: { $0.key < $1.key }) {
            object[path] = .array(leads.map(JSON.string))
        }
        return .object(object)
    }

    /// Cedar's own form, or `null` where a caller's names collide with its escapes. The parameters themselves are in
    /// `call`; a replay does not read this.
    private static func written(_ json: () throws(EntityError) -> JSON) -> JSON {
        do throws(EntityError) { return try json() } catch { return .null }
    }

    /// For people, and for what a replay is compared with: effects, requests, and the narrowest grants that were missing.
    private static func seen(_ verdict: Verdict) -> JSON {
        var object = JSONObject()
        object.add("effects", .array(verdict.effects.map { .text($0.description) }))
        guard let judgement = verdict.judgement else { return .object(object) }
        object.add(
            "requests",
            .array(
                judgement.answered.map { answer in
                    let request = answer.request.request
                    return [
                        "principal": .text(request.principal.description), "action": .text(request.action.description),
                        "resource": .text(request.resource.description),
                        "satisfied": .array(
                            answer.outcomes.filter { $0.result == .satisfied }.map { .string($0.policyID) }),
                    ]
                }))
        if let call = judgement.answered.first?.request {
            object.add("context", written { () throws(EntityError) in try call.request.context.cedarJSON() })
            object.add("entities", written { () throws(EntityError) in try call.entities.cedarJSON() })
        }
        object.add("missing_grants", .array(judgement.missingGrants.map(JSON.string)))
        return .object(object)
    }
}

extension PolicyJudgement {
    /// For each request that no policy permits, the narrowest policy that would.
    var missingGrants: [UTF8String] {
        answered.filter { !isPermitted($0) }.map { answer in
            let request = answer.request.request
            return UTF8String(
                "permit (principal == \(request.principal), action == \(request.action), resource == \(request.resource));"
            )
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Cedar
import Effects
import Passports
import StrictJSON
import ToolTypes
import WireTypes

/// Why a call cannot be put to the policies.
struct WorldError: Error {
    let text: UTF8String
}

/// A call as Cedar sees it: one request for the call, one for each effect, and the entities they are about.
/// `docs/policies.md` describes them for who writes policies.
struct CedarWorld {
    private let inputs: DecisionInputs
    private let identity: VerifiedIdentity
    private let derived: DerivedEffects
    private let agent: EntityUID
    private let input: CedarInput

    init(_ inputs: DecisionInputs, _ identity: VerifiedIdentity, _ derived: DerivedEffects) {
        self.inputs = inputs
        self.identity = identity
        self.derived = derived
        agent = EntityUID(type: .agent, id: identity.agentID)
        input = CedarInput(
            derived.canonicalParameters.object ?? JSONObject(),
            inputs.rulebook.argumentTypes[server: inputs.call.server, tool: inputs.call.tool] ?? .undeclared)
    }

    /// The requests, the call's first, then the effects' in their order.
    func requests() throws(WorldError) -> [CedarRequest] {
        let limits = CedarInput(identity.limits)
        var effects = derived.effects
        // What Cedar cannot hold must be permitted by name, or a guard on it would lapse.
        if (limits.isInexact || input.isInexact) && !effects.contains(.opaque(.value)) {
            effects.append(.opaque(.value))
        }
        let tool = UTF8String("\(inputs.call.server)/\(inputs.call.tool)")
        let action = Self.action(tool)
        let resource = EntityUID(type: .tool, id: tool)
        let entities = try entities(effects, tool, limits)
        let context = context
        var requests = [
            CedarRequest(
                request: Request(principal: agent, action: action, resource: resource, context: context),
                entities: entities, title: "\(tool) on Tool")
        ]
        for effect in effects {
            let name = effect.resource.name
            let verb = UTF8String(effect.verb.rawValue)
            var context = context
            context["effect"] = ["verb": .string(verb)]
            requests.append(
                CedarRequest(
                    request: Request(
                        principal: agent, action: Self.action(verb), resource: Self.uid(name), context: context),
                    entities: entities, title: Self.title(verb, name)))
        }
        return requests
    }

    private func entities(
        _ effects: [Effects.Effect], _ tool: UTF8String, _ limits: CedarInput
    ) throws(WorldError) -> Entities {
        let server = inputs.call.server
        var list = [
            Entity(uid: agent, attrs: attributes(limits.record), tags: claims, parents: Set(agentParents)),
            Entity(uid: Self.action(tool), parents: [Self.action(server)]),
            Entity(uid: Self.action(server), parents: [Self.action("call")]),
            Entity(
                uid: EntityUID(type: .tool, id: tool),
                attrs: ["name": .string(inputs.call.tool), "server": .string(server)],
                parents: [EntityUID(type: .server, id: server)]),
        ]
        for verb in Set(effects.map(\.verb)) {
            list.append(Entity(uid: Self.action(UTF8String(verb.rawValue)), parents: [Self.action("effect")]))
        }
        var seen: Set<ResourceName> = []
        for resource in effects.map(\.resource) {
            let chain = [resource.name] + resource.ancestors
            for (index, name) in chain.enumerated() where seen.insert(name).inserted {
                let parent = chain.indices.contains(index + 1) ? Set([Self.uid(chain[index + 1])]) : []
                list.append(Entity(uid: Self.uid(name), attrs: ResourceAttributes.of(name, in: chain), parents: parent))
            }
        }
        do throws(EntityError) {
            return try Entities(list)
        } catch {
            throw WorldError(text: "what the call is about contradicts itself")
        }
    }

    /// Only verified facts: what a caller merely says is no attribute.
    private func attributes(_ limits: CedarRecord) -> CedarRecord {
        var record: CedarRecord = [
            "assurance": .long(identity.assurance.level),
            "capabilities": .set(CedarSet(identity.capabilities.map { .string($0.id) })),
            "regions": .set(CedarSet(identity.regions.map(CedarValue.string))),
            "limits": .record(limits),
            "issuer": .string(identity.issuer),
        ]
        record["on_behalf_of"] = identity.onBehalfOf.map(CedarValue.string)
        return record
    }

    private var claims: CedarRecord {
        var record = CedarRecord()
        for (name, value) in identity.claims { record[name] = .string(value) }
        return record
    }

    private var agentParents: [EntityUID] {
        [EntityUID(type: .owner, id: identity.ownerID)]
            + identity.teams.map { EntityUID(type: .team, id: $0) }
            + [identity.parentAgentID].compactMap { $0 }.filter { $0 != identity.agentID }
            .map { EntityUID(type: .agent, id: $0) }
    }

    /// The context of the call's own request; an effect's has the effect too.
    private var context: CedarRecord {
        let call = inputs.call
        var session: CedarRecord = ["labels": .set([])]
        session["id"] = call.session.map(CedarValue.string)
        return [
            "input": .record(input.record),
            "system": ["now": .datetime(CedarDatetime(milliseconds: inputs.now.milliseconds))],
            "local": [
                "hour": .long(inputs.local.hour), "minute": .long(inputs.local.minute),
                "weekday": .long(inputs.local.weekday), "date": .string(inputs.local.date),
            ],
            "surface": .string(UTF8String(call.surface.rawValue)),
            "call": [
                "server": .string(call.server), "tool": .string(call.tool), "mapped": .bool(derived.mapped),
            ],
            "session": .record(session),
        ]
    }

    /// Of an opaque effect the position too, which is of a closed list; ids of other resources are the call's own words.
    private static func title(_ verb: UTF8String, _ name: ResourceName) -> String {
        name.type == .opaque ? "\(verb) on Opaque (\(name.id))" : "\(verb) on \(name.type.rawValue)"
    }

    private static func action(_ id: UTF8String) -> EntityUID { EntityUID(type: .action, id: id) }

    private static func uid(_ name: ResourceName) -> EntityUID {
        EntityUID(type: name.type.entityType, id: name.id)
    }
}

extension ResourceType {
    /// The policy's entity type; `ResourceType`'s raw values are these names.
    var entityType: EntityTypeName {
        switch self {
        case .file: .file
        case .directory: .directory
        case .url: .url
        case .host: .host
        case .domain: .domain
        case .program: .program
        case .table: .table
        case .database: .database
        case .recipient: .recipient
        case .account: .account
        case .opaque: .opaque
        }
    }
}

/// Checked once: a literal is read each time it is met.
extension EntityTypeName {
    fileprivate static let agent: EntityTypeName = "Agent"
    fileprivate static let owner: EntityTypeName = "Owner"
    fileprivate static let team: EntityTypeName = "Team"
    fileprivate static let tool: EntityTypeName = "Tool"
    fileprivate static let server: EntityTypeName = "Server"
    fileprivate static let action: EntityTypeName = "Action"
    fileprivate static let file: EntityTypeName = "File"
    fileprivate static let directory: EntityTypeName = "Directory"
    fileprivate static let url: EntityTypeName = "URL"
    fileprivate static let host: EntityTypeName = "Host"
    fileprivate static let domain: EntityTypeName = "Domain"
    fileprivate static let program: EntityTypeName = "Program"
    fileprivate static let table: EntityTypeName = "Table"
    fileprivate static let database: EntityTypeName = "Database"
    fileprivate static let recipient: EntityTypeName = "Recipient"
    fileprivate static let account: EntityTypeName = "Account"
    fileprivate static let opaque: EntityTypeName = "Opaque"
}

/// What policies can read of an effect's resource: its id, and for URLs its parts, since Cedar matches text in
/// attributes and not in ids.
enum ResourceAttributes {
    static func of(_ name: ResourceName, in chain: [ResourceName]) -> CedarRecord {
        switch name.type {
        case .file, .directory: return ["path": .string(name.id)]
        case .url:
            var record: CedarRecord = ["url": .string(name.id)]
            record["host"] = chain.first { $0.type == .host }.map { .string($0.id) }
            if let (scheme, path) = parts(name.id) {
                record["scheme"] = .string(scheme)
                record["path"] = .string(path)
            }
            return record
        default: return ["name": .string(name.id)]
        }
    }

    /// Scheme and path of a canonical URL: `scheme://authority/path?query`.
    private static func parts(_ url: UTF8String) -> (scheme: UTF8String, path: UTF8String)? {
        let bytes = url.bytes
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[colon...].starts(with: "://".utf8),
            let scheme = UTF8String(validating: bytes[..<colon])
        else { return nil }
        let rest = bytes[(colon + 3)...]
        let path = rest.drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }.prefix { $0 != UInt8(ascii: "?") }
        return UTF8String(validating: path).map { (scheme, $0) }
    }
}

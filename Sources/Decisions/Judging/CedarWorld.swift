// SPDX-License-Identifier: Apache-2.0

import Cedar
import Effects
import Passports
import Receipts
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
    private let shared: SharedInputs
    private let derived: DerivedEffects
    private let agent: CedarAgent
    private let input: CedarInput
    private let labels: Set<SessionLabel>
    private let approval: JudgedApproval?
    private let subject: CedarSubject

    /// - Parameters:
    ///   - identity: the agent that is asked about: the caller, or one on whose authority it acts.
    ///   - labels: those that the call itself brings.
    ///   - approval: what is known of its approval; policies are told of one that is granted.
    init(
        _ shared: SharedInputs, _ identity: VerifiedIdentity, _ agent: CedarAgent, _ derived: DerivedEffects,
        _ labels: Set<SessionLabel>, _ approval: JudgedApproval? = nil
    ) {
        self.shared = shared
        self.derived = derived
        self.agent = agent
        let inputs = shared.inputs
        input = CedarInput(
            derived.canonicalParameters.object ?? JSONObject(), inputs.argumentType, nulls: derived.nulls)
        subject = CedarSubject(inputs.call)
        self.approval = approval
        self.labels = labels.union(inputs.labels?.inForce(of: identity.agentID, at: inputs.now) ?? [])
    }

    private var inputs: DecisionInputs { shared.inputs }

    /// The requests, the call's first, then the effects' in their order.
    func requests() throws(WorldError) -> [CedarRequest] {
        var effects = derived.effects
        // What Cedar cannot hold must be permitted by name, or a guard on it would lapse.
        if (agent.hasInexactLimits || input.isInexact) && !effects.contains(.opaque(.value)) {
            effects.append(.opaque(.value))
        }
        let entities = try entities(effects)
        let ambiguous = Self.ambiguous(effects)
        let context = context
        var requests = [
            CedarRequest(
                request: Request(
                    principal: agent.entity.uid, action: subject.action, resource: subject.resource, context: context),
                entities: entities, title: subject.title, isOfCall: true)
        ]
        for effect in effects {
            let name = effect.resource.name
            let verb = UTF8String(effect.verb.rawValue)
            var context = context
            context["effect"] = ["verb": .string(verb)]
            requests.append(
                CedarRequest(
                    request: Request(
                        principal: agent.entity.uid, action: .action(verb), resource: Self.uid(name), context: context),
                    entities: ambiguous.contains(name) ? try self.entities([effect]) : entities,
                    title: Self.title(verb, name)))
        }
        return requests
    }

    private func entities(_ effects: [Effects.Effect]) throws(WorldError) -> Entities {
        do throws(EntityError) {
            return try Entities([agent.entity] + subject.entities + Self.entities(of: effects))
        } catch {
            throw WorldError(text: "what the call is about contradicts itself")
        }
    }

    /// Resources that the call touches as more than one thing: a directory as a whole, which lies in itself, and a file of
    /// that name, which does not. Each effect on one is asked about with its own.
    private static func ambiguous(_ effects: [Effects.Effect]) -> Set<ResourceName> {
        var ancestors: [ResourceName: [ResourceName]] = [:]
        var ambiguous: Set<ResourceName> = []
        for resource in effects.map(\.resource) {
            if let other = ancestors.updateValue(resource.ancestors, forKey: resource.name), other != resource.ancestors
            {
                ambiguous.insert(resource.name)
            }
        }
        return ambiguous
    }

    /// The verbs, the resources and what they lie in; each once.
    static func entities(of effects: [Effects.Effect]) -> [Entity] {
        var list = Set(effects.map(\.verb)).map { verb in
            Entity(uid: .action(UTF8String(verb.rawValue)), parent: .action("effect"))
        }
        var seen: Set<ResourceName> = []
        for resource in effects.map(\.resource) {
            let chain = [resource.name] + resource.ancestors
            for (index, name) in chain.enumerated() where seen.insert(name).inserted {
                let parent = chain.indices.contains(index + 1) ? Self.uid(chain[index + 1]) : nil
                list.append(Entity(uid: Self.uid(name), attrs: ResourceAttributes.of(name, in: chain), parent: parent))
            }
        }
        return list
    }

    /// The context of the call's own request; an effect's has the effect too.
    private var context: CedarRecord {
        let call = inputs.call
        let words = labels.sorted().map { CedarValue.string(UTF8String($0.rawValue)) }
        var session: CedarRecord = ["labels": .set(CedarSet(words))]
        session["id"] = call.session.map(CedarValue.string)
        // In the order of names, as records keep them.
        var context: CedarRecord = [
            "call": .record(callFacts),
            "input": .record(input.record),
            "local": [
                "date": .string(inputs.local.date), "hour": .long(inputs.local.hour),
                "minute": .long(inputs.local.minute), "weekday": .long(inputs.local.weekday),
            ],
            "place": .record(Self.facts(of: call.place)),
            "session": .record(session),
            "surface": .string(UTF8String(call.surface.rawValue)),
            "system": ["now": .datetime(CedarDatetime(milliseconds: inputs.now.milliseconds))],
        ]
        if let approval, approval.isGranted, let assurance = approval.votes.map(\.assurance).min() {
            context["approval"] = [
                "group": .string(approval.facts.group), "assurance": .string(UTF8String(assurance.rawValue)),
            ]
        }
        return context
    }

    /// With the programs that the call would run, so that a policy can say what it permits together with which.
    private var callFacts: CedarRecord {
        var facts = subject.facts(isMapped: derived.mapped)
        let programs = derived.effects.lazy.filter { $0.verb == .execute }.map {
            CedarValue.string($0.resource.name.id)
        }
        facts["programs"] = .set(CedarSet(Array(programs)))
        return facts
    }

    /// What policies can say of where the call is made: folders, for `resource in context.place.project`.
    static func facts(of place: WorkingPlace) -> CedarRecord {
        var record: CedarRecord = ["local": .bool(place.isLocal)]
        record["project"] = place.project.map { .entity(EntityUID(type: .directory, id: $0)) }
        record["home"] = place.home.map { .entity(EntityUID(type: .directory, id: $0)) }
        return record
    }

    /// Of an opaque effect the position too, which is of a closed list; ids of other resources are the call's own words.
    static func title(_ verb: UTF8String, _ name: ResourceName) -> String {
        name.type == .opaque ? "\(verb) on Opaque (\(name.id))" : "\(verb) on \(name.type.rawValue)"
    }

    static func uid(_ name: ResourceName) -> EntityUID {
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

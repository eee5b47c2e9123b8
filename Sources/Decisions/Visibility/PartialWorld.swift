// SPDX-License-Identifier: Apache-2.0

import Cedar
import Effects
import Passports
import StrictJSON

/// The requests that a decision would put to the policies, as far as they are known before the call: who, what and to
/// what, but neither its input nor its time.
///
/// Whatever `CedarWorld` makes of a call is one of the requests that these may become.
struct PartialWorld {
    private let agent: Entity
    private let hasInexactLimits: Bool
    private let policies: PolicySet

    init(_ identity: VerifiedIdentity, _ policies: PolicySet) {
        let agent = CedarAgent(identity)
        self.agent = agent.entity
        hasInexactLimits = agent.hasInexactLimits
        self.policies = policies
    }

    /// Whether all requests that are certain to be put could be permitted.
    ///
    /// - Parameters:
    ///   - isMapped: whether there is a map of the tool, or none is needed.
    ///   - effects: those that are certain.
    ///   - isTemplate: whether the resource is one that nobody knows yet.
    ///   - isOfCallAlone: whether effects do not count.
    func mayPermit(
        _ subject: CedarSubject, isMapped: Bool, effects: [Effects.Effect], isTemplate: Bool,
        isOfCallAlone: Bool = false
    ) -> Bool {
        var effects = effects
        if hasInexactLimits && !effects.contains(.opaque(.value)) { effects.append(.opaque(.value)) }
        let store: Entities
        do throws(EntityError) {
            store = try Entities(entities(subject, effects, isTemplate))
        } catch {
            // Then the decision says why not.
            return true
        }
        // A call's input may bring others.
        let entities = PartialEntities(store, others: .unknown)
        let context = context(subject.facts(isMapped: isMapped))
        let resource: PartialEntityUID = isTemplate ? .unknown(subject.resource.type) : .known(subject.resource)
        guard mayPermit(subject.action, resource, context, entities) else { return false }
        if isOfCallAlone { return true }
        return effects.allSatisfy { effect in
            let verb = UTF8String(effect.verb.rawValue)
            var context = context
            context.attributes["effect"] = PartialRecord.Attribute(.known(.record(["verb": .string(verb)])))
            return mayPermit(.action(verb), .known(CedarWorld.uid(effect.resource.name)), context, entities)
        }
    }

    private func mayPermit(
        _ action: EntityUID, _ resource: PartialEntityUID, _ context: PartialRecord, _ entities: PartialEntities
    ) -> Bool {
        let request = PartialRequest(
            principal: .known(agent.uid), action: action, resource: resource, context: context)
        return PartialAuthorizer.authorize(request, policies: policies, entities: entities)
            .possibility(failingForbidsDeny: true) != .never
    }

    /// The entities that are certain. Of parents that a decision's store does not have it is known that nothing is known
    /// of them, so that who is in no team is not perhaps in one.
    private func entities(_ subject: CedarSubject, _ effects: [Effects.Effect], _ isTemplate: Bool) -> [Entity] {
        var list = [agent] + CedarWorld.entities(of: effects)
        list += isTemplate ? subject.entities.filter { $0.uid != subject.resource } : subject.entities
        if subject.resource.type == .server { list.append(Entity(uid: subject.resource)) }
        var seen = Set(list.map(\.uid))
        for parent in list.flatMap(\.parents) where seen.insert(parent).inserted { list.append(Entity(uid: parent)) }
        return list
    }

    /// The context with what no list can know: the input, the time, the session, the place.
    private func context(_ facts: CedarRecord) -> PartialRecord {
        let local: [UTF8String: PartialValue] = [
            "hour": .unknown(.long), "minute": .unknown(.long), "weekday": .unknown(.long), "date": .unknown(.string),
        ]
        let session: [UTF8String: PartialRecord.Attribute] = [
            "labels": PartialRecord.Attribute(.unknown(.set(.string))),
            "id": PartialRecord.Attribute(.unknown(.string), isRequired: false),
        ]
        var call: [UTF8String: PartialRecord.Attribute] = [
            "programs": PartialRecord.Attribute(.unknown(.set(.string)))
        ]
        for (name, value) in facts.sorted { call[name] = PartialRecord.Attribute(.known(value)) }
        let place: [UTF8String: PartialRecord.Attribute] = [
            "project": PartialRecord.Attribute(.unknown(.entity(.directory)), isRequired: false),
            "home": PartialRecord.Attribute(.unknown(.entity(.directory)), isRequired: false),
            "local": PartialRecord.Attribute(.unknown(.bool)),
        ]
        return PartialRecord(
            [
                "input": .record(.unknown),
                "system": .record(PartialRecord(["now": .unknown(.datetime)], isOpen: false)),
                "local": .record(PartialRecord(local, isOpen: false)),
                "surface": .known(.string(UTF8String(ToolCall.Surface.gateway.rawValue))),
                "call": .record(PartialRecord(call, isOpen: false)),
                "session": .record(PartialRecord(session, isOpen: false)),
                "place": .record(PartialRecord(place, isOpen: false)),
            ], isOpen: false)
    }
}

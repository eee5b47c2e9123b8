// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// What validation promises: a valid policy, on data and requests that conform, has no type error.
@Suite struct SoundnessTests {
    /// Errors that a valid policy may have: numbers and times out of range, and entities that are not in the store.
    static let lawful: Set<EvaluationError.Code> = [.overflow, .missingEntity, .invalidExtension]

    @Test func `valid policies have no type errors on what conforms to a random schema`() throws {
        var counts = Counts()
        for seed in UInt64(1)...600 {
            var world = RandomWorld(seed: seed, isTyped: true)
            let types = world.types()
            let validator = Validator(try types.schema())
            let entities = try types.entities(&world)
            #expect(validator.errors(in: entities).isEmpty, "seed \(seed)")
            for _ in 0..<6 {
                let text = world.policies(1...1)
                let policies = try PolicySet.parse([PolicyFile(name: "random", bytes: Array(text.utf8))])
                guard validator.report(on: policies).isValid else {
                    counts.invalid += 1
                    continue
                }
                counts.valid += 1
                for _ in 0..<4 {
                    let request = types.request(&world)
                    #expect(validator.errors(in: request).isEmpty, "seed \(seed): \(request)")
                    for outcome in Authorizer.authorize(request, policies: policies, entities: entities).outcomes {
                        counts.add(outcome.result)
                        guard case .error(let error) = outcome.result else { continue }
                        #expect(Self.lawful.contains(error.code), "seed \(seed): \(error)\n\(text)\n\(request)")
                    }
                }
            }
        }
        print("soundness: \(counts)")
        // Nothing is shown by policies that read nothing, or that never come so far.
        #expect(counts.valid > 500 && counts.invalid > 500)
        #expect(counts.satisfied > 300 && counts.errors > 50)
    }

    private struct Counts: CustomStringConvertible {
        var valid = 0
        var invalid = 0
        var satisfied = 0
        var unsatisfied = 0
        var errors = 0

        mutating func add(_ result: PolicyOutcome.Result) {
            switch result {
            case .satisfied: satisfied += 1
            case .notSatisfied: unsatisfied += 1
            case .error: errors += 1
            }
        }

        var description: String {
            "\(valid) valid policies, \(invalid) not; evaluated: \(satisfied) hold, \(unsatisfied) do not, "
                + "\(errors) out of range or without their entity"
        }
    }
}

/// The types of users, documents and contexts, not as `RandomWorld` has them but for most of it.
struct RandomTypes {
    var user: RecordType
    var doc: RecordType
    var context: RecordType
    var userTags: CedarType?

    func schema() throws -> Schema {
        func type(
            _ name: EntityTypeName, _ attributes: RecordType, tags: CedarType? = nil, parents: Set<EntityTypeName>
        ) -> EntityType {
            EntityType(
                name: name, kind: .standard(attributes: attributes, tags: tags), parents: parents, ancestors: parents)
        }
        var types = RandomWorld.schema.entityTypes
        types["User"] = type("User", user, tags: userTags, parents: ["Team"])
        types["Doc"] = type("Doc", doc, parents: ["Folder"])
        var actions = RandomWorld.schema.actions
        for (uid, action) in actions where action.appliesTo != nil {
            actions[uid] = ActionType(
                uid: uid, parents: action.parents, ancestors: action.ancestors,
                appliesTo: AppliesTo(principals: ["User"], resources: ["Doc"], context: context))
        }
        return Schema(entityTypes: types, actions: actions)
    }

    func entities(_ world: inout RandomWorld) throws -> Entities {
        let others = world.entities().sorted.filter { $0.uid.type != "User" && $0.uid.type != "Doc" }
        var list = others
        for id: UTF8String in ["a", "b", "c", "d"] {
            if world.chance(85) {
                var tags = CedarRecord()
                if let userTags {
                    for name: UTF8String in ["x", "y"] where world.chance(50) { tags[name] = world.value(userTags) }
                }
                let parents: Set<EntityUID> = world.chance(50) ? [world.uid("Team")] : []
                list.append(
                    Entity(
                        uid: EntityUID(type: "User", id: id), attrs: world.record(user), tags: tags, parents: parents))
            }
            guard world.chance(85) else { continue }
            let parents: Set<EntityUID> = world.chance(50) ? [world.uid("Folder")] : []
            list.append(Entity(uid: EntityUID(type: "Doc", id: id), attrs: world.record(doc), parents: parents))
        }
        return try Entities(list)
    }

    func request(_ world: inout RandomWorld) -> Request {
        Request(
            principal: world.uid("User"), action: EntityUID(type: "Action", id: world.pick(["view", "edit", "drop"])),
            resource: world.uid("Doc"), context: world.record(context))
    }
}

extension RandomWorld {
    /// Types in which some attributes are optional, required, of another type or missing.
    mutating func types() -> RandomTypes {
        RandomTypes(
            user: varied(Self.userType), doc: varied(Self.docType), context: varied(Self.contextType),
            userTags: chance(70) ? .string : chance(50) ? .long : nil)
    }

    private mutating func varied(_ record: RecordType) -> RecordType {
        var attributes: [AttributeType] = []
        for attribute in record.attributes where !chance(4) {
            var type = attribute.type
            if case .record(let inner) = type { type = .record(varied(inner)) }
            if chance(5) {
                type = pick([.bool, .long, .string, .entity("User"), .set(.string), .set(.long), .decimal])
            }
            let isRequired = chance(85) ? attribute.isRequired : !attribute.isRequired
            attributes.append(AttributeType(name: attribute.name, type: type, isRequired: isRequired))
        }
        return RecordType(attributes)
    }
}

// SPDX-License-Identifier: Apache-2.0

import StrictJSON

@testable import Cedar

/// A small generator of numbers that gives the same ones for the same seed.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

/// Random policies, entities and requests about users, teams, documents and folders.
///
/// With `isTyped`, policies are mostly well typed and data conform to `schema`; otherwise anything may be of any type.
struct RandomWorld {
    private var numbers: SeededNumbers

    mutating func nextNumber() -> UInt64 { numbers.next() }

    let isTyped: Bool

    init(seed: UInt64, isTyped: Bool) {
        numbers = SeededNumbers(seed: seed)
        self.isTyped = isTyped
    }

    // MARK: Schema

    static let userType = RecordType([
        AttributeType(name: "level", type: .long), AttributeType(name: "name", type: .string),
        AttributeType(name: "manager", type: .entity("User"), isRequired: false),
        AttributeType(name: "teams", type: .set(.string)),
        AttributeType(
            name: "home",
            type: .record(
                RecordType([
                    AttributeType(name: "city", type: .string),
                    AttributeType(name: "zip", type: .long, isRequired: false),
                ])), isRequired: false), AttributeType(name: "active", type: .bool),
    ])

    static let docType = RecordType([
        AttributeType(name: "owner", type: .entity("User")),
        AttributeType(name: "labels", type: .set(.string), isRequired: false),
        AttributeType(name: "created", type: .datetime), AttributeType(name: "price", type: .decimal),
        AttributeType(name: "level", type: .long),
    ])

    static let contextType = RecordType([
        AttributeType(name: "n", type: .long), AttributeType(name: "s", type: .string, isRequired: false),
        AttributeType(name: "flag", type: .bool), AttributeType(name: "host", type: .ip),
        AttributeType(name: "now", type: .datetime, isRequired: false),
        AttributeType(name: "who", type: .entity("User"), isRequired: false),
        AttributeType(name: "list", type: .set(.long)), AttributeType(name: "price", type: .decimal),
        AttributeType(
            name: "r",
            type: .record(
                RecordType([
                    AttributeType(name: "a", type: .long, isRequired: false), AttributeType(name: "b", type: .bool),
                ]))),
    ])

    static let schema: Schema = {
        func type(
            _ name: EntityTypeName, _ attributes: RecordType, tags: CedarType? = nil, parents: Set<EntityTypeName>
        ) -> EntityType {
            EntityType(
                name: name, kind: .standard(attributes: attributes, tags: tags), parents: parents, ancestors: parents)
        }
        let types = [
            type("User", userType, tags: .string, parents: ["Team"]), type("Team", RecordType(), parents: ["Team"]),
            type("Doc", docType, parents: ["Folder"]), type("Folder", RecordType(), parents: ["Folder"]),
        ]
        let all = EntityUID(type: "Action", id: "all")
        var actions = [all: ActionType(uid: all, parents: [], ancestors: [], appliesTo: nil)]
        for name: UTF8String in ["view", "edit", "drop"] {
            let uid = EntityUID(type: "Action", id: name)
            let parents: Set<EntityUID> = name == "drop" ? [] : [all]
            actions[uid] = ActionType(
                uid: uid, parents: parents, ancestors: parents,
                appliesTo: AppliesTo(
                    principals: ["User", "Team"], resources: ["Doc", "Folder"], context: contextType))
        }
        return Schema(
            entityTypes: Dictionary(uniqueKeysWithValues: types.map { ($0.name, $0) }), actions: actions)
    }()

    // MARK: Choices

    mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: 0..<values.count, using: &numbers)] }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &numbers) < percent }

    mutating func uid(_ type: EntityTypeName) -> EntityUID {
        EntityUID(type: type, id: pick(["a", "b", "c", "d"]))
    }

    // MARK: Data

    mutating func entities() -> Entities {
        var list: [Entity] = []
        for id: UTF8String in ["a", "b", "c", "d"] {
            if chance(80) {
                list.append(
                    Entity(
                        uid: EntityUID(type: "User", id: id), attrs: record(Self.userType), tags: tags(),
                        parents: parents("Team", above: "")))
            }
            if chance(80) {
                list.append(
                    Entity(
                        uid: EntityUID(type: "Doc", id: id), attrs: record(Self.docType),
                        parents: parents("Folder", above: "")))
            }
            for group: EntityTypeName in ["Team", "Folder"] where chance(70) {
                list.append(Entity(uid: EntityUID(type: group, id: id), parents: parents(group, above: id)))
            }
        }
        let all = EntityUID(type: "Action", id: "all")
        for name: UTF8String in ["view", "edit"] {
            list.append(Entity(uid: EntityUID(type: "Action", id: name), parents: [all]))
        }
        list.append(Entity(uid: EntityUID(type: "Action", id: "drop")))
        list.append(Entity(uid: all))
        do throws(EntityError) { return try Entities(list) } catch { return Entities() }
    }

    /// Groups with greater ids only, so that there are no cycles.
    private mutating func parents(_ type: EntityTypeName, above id: UTF8String) -> Set<EntityUID> {
        var parents: Set<EntityUID> = []
        for other: UTF8String in ["a", "b", "c", "d"] where other > id && chance(30) {
            parents.insert(EntityUID(type: type, id: other))
        }
        return parents
    }

    private mutating func tags() -> CedarRecord {
        var tags = CedarRecord()
        for name: UTF8String in ["x", "y"] where chance(50) { tags[name] = value(.string) }
        return tags
    }

    mutating func record(_ type: RecordType) -> CedarRecord {
        var record = CedarRecord()
        for attribute in type.attributes {
            let present = isTyped && attribute.isRequired ? true : chance(65)
            if present { record[attribute.name] = value(attribute.type) }
        }
        return record
    }

    mutating func value(_ type: CedarType) -> CedarValue {
        if !isTyped, chance(12) {
            return value(pick([.bool, .long, .string, .entity("User"), .set(.long), .record(Self.userType), .ip]))
        }
        switch type {
        case .bool: return .bool(chance(50))
        case .long: return .long(pick([0, 1, 2, 3, 5, 10, -1, .max, .min]))
        case .string: return .string(pick(["", "a", "b", "ab", "x", "y"]))
        case .entity(let type): return .entity(uid(type))
        case .set(let element):
            return .set(CedarSet((0..<Int.random(in: 0...3, using: &numbers)).map { _ in value(element) }))
        case .record(let type): return .record(record(type))
        case .decimal: return CedarDecimal(pick(["0.0", "1.5", "100.0"])).map { .decimal($0) } ?? 0
        case .ip: return CedarIPAddress(pick(["10.0.0.1", "192.168.1.1", "::1"])).map { .ip($0) } ?? 0
        case .datetime: return CedarDatetime(pick(["2024-01-01", "2030-01-01"])).map { .datetime($0) } ?? 0
        case .duration: return CedarDuration(pick(["1d", "1h"])).map { .duration($0) } ?? 0
        }
    }

    mutating func request() -> Request {
        Request(
            principal: uid(pick(["User", "User", "User", "Team"])),
            action: EntityUID(type: "Action", id: pick(["view", "view", "edit", "drop"])),
            resource: uid(pick(["Doc", "Doc", "Doc", "Folder"])), context: record(Self.contextType))
    }

    // MARK: Policies

    /// The text of a few policies, each with its `@id`.
    mutating func policies(_ count: ClosedRange<Int> = 1...4) -> String {
        (0..<Int.random(in: count, using: &numbers)).map { policy(id: "p\($0)") }.joined(separator: "\n")
    }

    mutating func policy(id: String) -> String {
        let effect = pick(["permit", "permit", "forbid"])
        let principal = pick([
            "", "", " is User", " == User::\"a\"", " in Team::\"b\"", " is User in Team::\"c\"", " is Team",
        ])
        let action = pick([
            "", " == Action::\"view\"", " in Action::\"all\"", " in [Action::\"view\", Action::\"edit\"]",
        ])
        let resource = pick(["", "", " is Doc", " == Doc::\"a\"", " in Folder::\"b\"", " is Doc in Folder::\"c\""])
        var text = "@id(\"\(id)\")\n\(effect) (principal\(principal), action\(action), resource\(resource))"
        for _ in 0..<pick([0, 1, 1, 2]) {
            text += "\n\(pick(["when", "when", "unless"])) { \(expression(.bool, 3)) }"
        }
        return text + ";"
    }

    /// The text of an expression that is, in a typed world, of that type and mostly guarded.
    mutating func expression(_ type: CedarType, _ depth: Int) -> String {
        if !isTyped, chance(4) { return expression(pick([.bool, .long, .string, .set(.long)]), depth - 1) }
        if depth > 0, chance(8) {
            let (first, second) = (expression(type, depth - 1), expression(type, depth - 1))
            return "(if \(expression(.bool, depth - 1)) then \(first) else \(second))"
        }
        switch type {
        case .bool: return depth > 0 ? "(\(condition(depth)))" : pick(["true", "false", "context.flag", "context.r.b"])
        case .long: return long(depth)
        case .string:
            return pick(["\"a\"", "\"ab\"", "principal.name", "context.s", "\"x\"", "principal.getTag(\"x\")"])
        case .entity("User"):
            return pick(["principal", "context.who", "resource.owner", "principal.manager", "User::\"a\""])
        case .entity:
            return pick(["resource", "principal", "Folder::\"b\"", "Team::\"b\"", "User::\"b\"", "Doc::\"c\""])
        case .set(.string): return pick(["[\"a\", \"b\"]", "principal.teams", "resource.labels", "[\"a\", context.s]"])
        case .set: return pick(["[1, 2, 3]", "context.list", "[context.n, 1]", "[principal.level]"])
        case .record: return pick(["context", "context.r", "{a: context.n, b: context.flag}", "principal.home"])
        case .decimal: return pick(["decimal(\"1.5\")", "context.price", "resource.price"])
        case .ip: return pick(["ip(\"10.0.0.0/8\")", "context.host"])
        case .datetime:
            return pick(["datetime(\"2024-06-01\")", "context.now", "resource.created", "context.now.toDate()"])
        case .duration: return pick(["duration(\"1d\")", "context.now.durationSince(resource.created)"])
        }
    }

    private mutating func long(_ depth: Int) -> String {
        guard depth > 0, chance(35) else {
            return pick(["1", "2", "10", "-1", "context.n", "principal.level", "context.r.a", "resource.level"])
        }
        let (left, right) = (expression(.long, depth - 1), expression(.long, depth - 1))
        return chance(80) ? "(\(left) \(pick(["+", "-", "*"])) \(right))" : "(-(\(left)))"
    }

    private mutating func condition(_ depth: Int) -> String {
        let one = depth - 1
        switch Int.random(in: 0..<20, using: &numbers) {
        case 0, 1, 2:
            return (0...Int.random(in: 1...2, using: &numbers)).map { _ in expression(.bool, one) }
                .joined(separator: " && ")
        case 3, 4:
            return (0...Int.random(in: 1...2, using: &numbers)).map { _ in expression(.bool, one) }
                .joined(separator: " || ")
        case 5: return "!\(expression(.bool, one))"
        case 6:
            let type: CedarType = pick([.long, .string, .entity("User"), .bool, .set(.string), .record(RecordType())])
            return "\(expression(type, one)) \(pick(["==", "!="])) \(expression(type, one))"
        case 7, 8:
            let type: CedarType = pick([.long, .long, .datetime])
            return "\(expression(type, one)) \(pick(["<", "<=", ">", ">="])) \(expression(type, one))"
        case 9:
            let group = pick(["Team::\"b\"", "Folder::\"b\"", "[Team::\"a\", Team::\"c\"]", "resource", "User::\"a\""])
            return "\(expression(pick([.entity("User"), .entity("Doc")]), one)) in \(group)"
        case 10, 11:
            return pick([
                "context has s && context.s == \"a\"", "context has who && context.who in Team::\"b\"",
                "context has r.a && context.r.a > 1", "principal has home.zip && principal.home.zip == 1",
                "principal has manager && principal.manager has level && principal.manager.level > 2",
                "resource has labels && resource.labels.contains(\"a\")", "principal has nothing",
                "context has nothing",
                "principal.hasTag(\"x\") && principal.getTag(\"x\") like \"a*\"", "context has now && context has s",
                "context.r has a", "context.r has b", "resource has owner && resource.owner has level",
                "principal has level", "context has n", "{a: context.n} has a", "{a: context.n}.a == 1",
            ])
        case 12: return "\(expression(.string, one)) like \(pick(["\"a*\"", "\"*b\"", "\"a\""]))"
        case 13:
            return "\(expression(pick([.entity("User"), .entity("Doc")]), one)) is "
                + pick(["User", "Doc", "User in Team::\"b\"", "Folder"])
        case 14: return "\(expression(.set(.long), one)).contains(\(expression(.long, one)))"
        case 15:
            return "\(expression(.set(.string), one)).\(pick(["containsAll", "containsAny"]))"
                + "(\(expression(.set(.string), one)))"
        case 16: return "\(expression(.set(.long), one)).isEmpty()"
        case 17: return "principal.hasTag(\(expression(.string, one)))"
        case 18: return "\(expression(.decimal, one)).lessThan(\(expression(.decimal, one)))"
        default:
            return pick([
                "context.host.isInRange(ip(\"10.0.0.0/8\"))", "context.flag", "principal.active", "context.r.b",
            ])
        }
    }
}

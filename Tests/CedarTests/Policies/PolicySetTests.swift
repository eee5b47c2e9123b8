// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct PolicySetTests {
    private static let any = "permit (principal, action, resource);"

    private func parse(_ files: [(UTF8String, String)], _ naming: PolicyNaming = .idOrPosition) throws -> PolicySet {
        try PolicySet.parse(files.map { PolicyFile(name: $0.0, bytes: Array($0.1.utf8)) }, naming: naming)
    }

    @Test func `ids are annotations or places, and policies are sorted by them`() throws {
        let template = "permit (principal == ?principal, action, resource);"
        let set = try parse([
            ("z.cedar", "\(Self.any) @id(\"named\") \(Self.any) \(template)"), ("a.cedar", "\(Self.any)\(Self.any)"),
        ])
        #expect(set.policies.map(\.id) == ["a.cedar#0", "a.cedar#1", "named", "z.cedar#0"])
        #expect(set.templates.map(\.id) == ["z.cedar#2"])
        #expect(set["named"]?.file == "z.cedar")
        #expect(set["z.cedar#2"] == nil)
        #expect(set.template("z.cedar#2")?.slots == [.principal])

        let numbered = try parse([("z", "\(Self.any) @id(\"x\") \(Self.any)"), ("a", Self.any)], .position)
        #expect(numbered.policies.map(\.id) == ["policy0", "policy1", "policy2"])
        let own = try parse([("z", Self.any)], PolicyNaming { UTF8String("\($0.file)/\($0.indexInSet)") })
        #expect(own.policies.map(\.id) == ["z/0"])
    }

    @Test func `one id twice is a mistake, in one file or two, and templates count`() throws {
        let named = "@id(\"x\") \(Self.any)"
        let template = "@id(\"x\") permit (principal == ?principal, action, resource);"
        for files in [[("a", "\(named)\(named)")], [("a", named), ("b", named)], [("a", named), ("b", template)]] {
            let files = files.map { (UTF8String($0.0), $0.1) }
            let errors = #expect(throws: PolicyErrors.self) { try parse(files) }
            #expect(errors?.all.map(\.code) == [.duplicateID])
            #expect(errors?.all.first?.file == files.last?.0)
        }
        #expect(throws: PolicyErrors.self) { try parse([("a", Self.any), ("a", Self.any)]) }
        let errors = #expect(throws: PolicyErrors.self) { try parse([("a", "@id \(Self.any)")]) }
        #expect(errors?.all.map(\.code) == [.emptyID])
    }

    @Test func `canonically equivalent ids are two ids`() throws {
        let set = try parse([("a", "@id(\"\u{e9}\") \(Self.any) @id(\"e\u{301}\") \(Self.any)")])
        #expect(set.policies.count == 2)
        #expect(set["\u{e9}"]?.id == "\u{e9}")
    }

    @Test func `mistakes of all files are reported together`() throws {
        let errors = #expect(throws: PolicyErrors.self) { try parse([("a", "x;"), ("b", "\(Self.any) y; z;")]) }
        #expect(errors?.all.map(\.file) == ["a", "b", "b"])
    }

    @Test func `a policy knows its annotations`() throws {
        let policy = try #require(
            try parse([("a", "@id(\"p\") @reason(\"be\\ncause\") @flag @if(\"x\") \(Self.any)")]).policies.first)
        #expect(policy.annotations["reason"] == "be\ncause")
        #expect(policy.annotations["flag"] == "")
        #expect(policy.annotations["if"] == "x")
        #expect(policy.annotations["none"] == nil)
        #expect(policy.annotations.all.map(\.name) == ["id", "reason", "flag", "if"])
        #expect(policy.annotations.all.map(\.value) == ["p", "be\ncause", nil, "x"])
        #expect(policy.effect == .permit)
    }

    @Test func `a link fills a template's slots and keeps its annotations`() throws {
        var set = try parse([
            (
                "t",
                "@id(\"t\") @code(\"c\") forbid (principal is U in ?principal, action, resource == ?resource) when { true };"
            )
        ])
        let (group, file) = (EntityUID(type: "U", id: "g"), EntityUID(type: "F", id: "f"))
        try set.link("t", as: "l", [.principal: group, .resource: file])
        let policy = try #require(set["l"])
        #expect(policy.principal == .isTypeWithin("U", .entity(group)))
        #expect(policy.resource == .equal(.entity(file)))
        #expect(policy.annotations["code"] == "c")
        #expect(policy.link?.templateID == "t")
        #expect(policy.link?.values == [.principal: group, .resource: file])
        #expect(policy.statement.slots.isEmpty)

        let entities = try Entities([Entity(uid: EntityUID(type: "U", id: "u"), parents: [group])])
        func decide(_ principal: EntityUID, _ resource: EntityUID) -> [UTF8String] {
            let request = Request(principal: principal, action: EntityUID(type: "Action", id: "a"), resource: resource)
            return Authorizer.authorize(request, policies: set, entities: entities).determiningPolicies
        }
        #expect(decide(EntityUID(type: "U", id: "u"), file) == ["l"])
        #expect(decide(EntityUID(type: "U", id: "u"), group) == [])
        #expect(decide(EntityUID(type: "U", id: "v"), file) == [])
    }

    @Test func `each policy keeps its own scope and conditions, whatever is linked between or filtered out`() throws {
        let uid = EntityUID(type: "U", id: "u")
        var set = try parse([
            ("b", "forbid (principal == U::\"v\", action, resource);"),
            ("d", "permit (principal, action == Action::\"a\", resource) when { resource == F::\"f\" };"),
            ("f", "permit (principal, action == Action::\"z\", resource);"),
            ("t", "forbid (principal == ?principal, action, resource) when { resource == F::\"g\" };"),
        ])
        for id in ["c", "e", "a", "g"] as [UTF8String] {
            try set.link("t#0", as: id, [.principal: id == "e" ? EntityUID(type: "U", id: "v") : uid])
        }
        for kept in [set, set.filter { $0.id != "b#0" }, set.filter { $0.id != "a" && $0.id != "e" }] {
            for (resource, action) in [("f", "a"), ("g", "a"), ("f", "z"), ("g", "z")] {
                for principal in [uid, EntityUID(type: "U", id: "v")] {
                    let request = Request(
                        principal: principal, action: EntityUID(type: "Action", id: UTF8String(action)),
                        resource: EntityUID(type: "F", id: UTF8String(resource)))
                    let evaluator = Evaluator(request, entities: Entities())
                    let alone = try kept.policies.filter { try evaluator.isSatisfied($0) }.map(\.id)
                    let response = Authorizer.authorize(request, policies: kept, entities: Entities())
                    #expect(response.notable.map(\.policyID) == alone)
                    #expect(response.outcomes.map(\.policyID) == kept.policies.map(\.id))
                }
            }
        }
    }

    @Test func `a template alone authorizes nothing`() throws {
        let set = try parse([("t", "permit (principal == ?principal, action, resource);")])
        #expect(set.policies.isEmpty)
        let response = Authorizer.authorize(Evaluation.request, policies: set, entities: Entities())
        #expect(response.decision == .deny && response.outcomes.isEmpty)
    }

    @Test func `a link that does not fit is refused and changes nothing`() throws {
        var set = try parse([
            ("t", "@id(\"t\") permit (principal == ?principal, action, resource); @id(\"p\") \(Self.any)")
        ])
        let uid = EntityUID(type: "U", id: "u")
        #expect(throws: LinkError.unknownTemplate) { try set.link("p", as: "l", [.principal: uid]) }
        #expect(throws: LinkError.unknownTemplate) { try set.link("x", as: "l", [.principal: uid]) }
        #expect(throws: LinkError.slotsDiffer) { try set.link("t", as: "l", [:]) }
        #expect(throws: LinkError.slotsDiffer) { try set.link("t", as: "l", [.resource: uid]) }
        #expect(throws: LinkError.slotsDiffer) { try set.link("t", as: "l", [.principal: uid, .resource: uid]) }
        #expect(throws: LinkError.invalidID) { try set.link("t", as: "t", [.principal: uid]) }
        #expect(throws: LinkError.invalidID) { try set.link("t", as: "p", [.principal: uid]) }
        #expect(throws: LinkError.invalidID) { try set.link("t", as: "", [.principal: uid]) }
        #expect(set.policies.map(\.id) == ["p"])
        try set.link("t", as: "a", [.principal: uid])
        try set.link("t", as: "z", [.principal: uid])
        #expect(throws: LinkError.invalidID) { try set.link("t", as: "a", [.principal: uid]) }
        #expect(set.policies.map(\.id) == ["a", "p", "z"])
    }

    @Test func `a filtered set has the policies asked for`() throws {
        let set = try parse([("a", "@id(\"x\") \(Self.any) @id(\"y\") @mode(\"shadow\") \(Self.any)")])
        let shadows = set.filter { $0.annotations["mode"] == "shadow" }
        #expect(shadows.policies.map(\.id) == ["y"])
        #expect(shadows["x"] == nil)
        #expect(set.policies.count == 2)
    }
}

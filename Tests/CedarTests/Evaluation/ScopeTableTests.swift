// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Which policies a request is about is looked up; it is as if each had been asked.
@Suite struct ScopeTableTests {
    private static let principals = [
        "principal", #"principal == U::"u""#, #"principal in U::"u""#, #"principal in G::"g""#, #"principal in G::"h""#,
        "principal is U", "principal is G", #"principal is U in G::"g""#, #"principal is G in G::"g""#,
    ]
    private static let actions = [
        "action", #"action == Action::"a""#, #"action in Action::"all""#, #"action in [Action::"a", Action::"b"]"#,
        "action in []", #"action in [Action::"all", Action::"none"]"#,
    ]
    private static let resources = [
        "resource", #"resource == F::"f""#, #"resource in D::"d""#, #"resource in D::"e""#, "resource is F",
        #"resource is D in D::"d""#,
    ]

    private static let policies = principals.flatMap { principal in
        actions.flatMap { action in resources.map { "permit (\(principal), \(action), \($0));" } }
    }

    private static func uid(_ type: EntityTypeName, _ id: UTF8String) -> EntityUID { EntityUID(type: type, id: id) }

    /// Where everything is in one thing at most, where something is in two, and nothing at all.
    private static func stores() throws -> [Entities] {
        let lines = [
            Entity(uid: uid("U", "u"), parent: uid("G", "g")), Entity(uid: uid("G", "g"), parent: uid("G", "h")),
            Entity(uid: uid("Action", "a"), parent: uid("Action", "all")),
            Entity(uid: uid("F", "f"), parent: uid("D", "d")), Entity(uid: uid("D", "d"), parent: uid("D", "e")),
        ]
        let second = Entity(uid: uid("F", "g"), parents: [uid("D", "d"), uid("D", "x")])
        return [try Entities(lines), try Entities(lines + [second]), Entities()]
    }

    @Test func `a request is about the policies whose scopes hold, each asked alone`() throws {
        let text = Self.policies.joined(separator: "\n")
        let set = try PolicySet.parse([PolicyFile(name: "f", bytes: Array(text.utf8))])
        var count = 0
        for store in try Self.stores() {
            for principal in [Self.uid("U", "u"), Self.uid("G", "g"), Self.uid("G", "u")] {
                for action in ["a", "b", "all"] as [UTF8String] {
                    for resource in [Self.uid("F", "f"), Self.uid("F", "g"), Self.uid("D", "d"), Self.uid("D", "f")] {
                        let request = Request(
                            principal: principal, action: Self.uid("Action", action), resource: resource)
                        let evaluator = Evaluator(request, entities: store)
                        let alone = try set.policies.filter { try evaluator.isSatisfied($0) }.map(\.id)
                        let together = Authorizer.authorize(request, policies: set, entities: store)
                        #expect(together.determiningPolicies == alone)
                        count += alone.count
                    }
                }
            }
        }
        #expect(count > 1_000)
    }
}

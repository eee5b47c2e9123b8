// SPDX-License-Identifier: Apache-2.0

import Cedar
import StrictJSON
import Testing

@Suite struct EntitiesTests {
    private func uid(_ id: UTF8String) -> EntityUID { EntityUID(type: "U", id: id) }

    private func entity(_ id: UTF8String, _ parents: UTF8String...) -> Entity {
        Entity(uid: uid(id), parents: Set(parents.map(uid)))
    }

    @Test func `ancestors are found through any number of parents`() throws {
        let store = try Entities([
            entity("a", "b", "c"), entity("b", "d"), entity("c", "d"), entity("d", "absent"), entity("e"),
        ])
        for ancestor in ["a", "b", "c", "d", "absent"] as [UTF8String] { #expect(store.isIn(uid("a"), uid(ancestor))) }
        #expect(!store.isIn(uid("a"), uid("e")))
        #expect(!store.isIn(uid("d"), uid("a")))
        #expect(!store.isIn(uid("b"), uid("c")))
        #expect(store.isIn(uid("never"), uid("never")))
        #expect(!store.isIn(uid("absent"), uid("a")))
    }

    @Test(
        arguments: [
            ["a": ["a"]], ["a": ["b"], "b": ["a"]], ["a": ["b"], "b": ["c"], "c": ["a"]],
            ["x": ["a"], "a": ["b"], "b": ["c"], "c": ["d", "a"], "d": []],
        ] as [[UTF8String: [UTF8String]]])
    func `an entity that is its own ancestor is refused`(parents: [UTF8String: [UTF8String]]) {
        let entities = parents.map { Entity(uid: uid($0.key), parents: Set($0.value.map(uid))) }
        let error = #expect(throws: EntityError.self) { try Entities(entities) }
        #expect(error?.code == .cycle)
    }

    @Test func `one entity may come twice only if nothing differs`() throws {
        let one = Entity(uid: uid("a"), attrs: ["n": [1, 2]], tags: ["t": 1], parents: [uid("p"), uid("q")])
        let same = Entity(uid: uid("a"), attrs: ["n": [2, 1]], tags: ["t": 1], parents: [uid("q"), uid("p")])
        #expect(try Entities([one, same]).count == 1)
        for other in [
            Entity(uid: uid("a"), attrs: ["n": [1]], tags: one.tags, parents: one.parents),
            Entity(uid: uid("a"), attrs: one.attrs, tags: ["t": 2], parents: one.parents),
            Entity(uid: uid("a"), attrs: one.attrs, tags: one.tags, parents: [uid("p")]),
        ] {
            let error = #expect(throws: EntityError.self) { try Entities([one, other]) }
            #expect(error?.code == .duplicateEntity)
        }
    }

    @Test func `adding finds the ancestors anew`() throws {
        let store = try Entities([entity("a", "b")]).adding([entity("b", "c")])
        #expect(store.isIn(uid("a"), uid("c")))
        #expect(throws: EntityError.self) { try store.adding([entity("c", "a")]) }
        #expect(throws: EntityError.self) { try store.adding([entity("a", "c")]) }
        #expect(try store.adding([entity("a", "b")]).count == 2)
    }

    @Test func `a long chain is no deep recursion, and its size is bounded`() throws {
        func chain(_ count: Int) -> [Entity] {
            (0..<count).map { entity(UTF8String(String($0)), UTF8String(String($0 + 1))) }
        }
        let store = try Entities(chain(1500))
        #expect(store.isIn(uid("0"), uid("1500")))
        let error = #expect(throws: EntityError.self) { try Entities(chain(2500)) }
        #expect(error?.code == .limitExceeded)
    }

    @Test func `who is in what is the same, whether or not something else has two parents`() throws {
        // Only actions may stand in the scope of an action.
        func uid(_ id: UTF8String) -> EntityUID { EntityUID(type: "Action", id: id) }
        let tree = [("a", "b"), ("b", "d"), ("c", "d"), ("d", "absent"), ("e", "other")].map {
            Entity(uid: uid(UTF8String($0.0)), parents: [uid(UTF8String($0.1))])
        }
        let stores = [
            try Entities(tree), try Entities(tree + [Entity(uid: uid("z"), parents: [uid("y"), uid("x")])]),
        ]
        let names = ["a", "b", "c", "d", "e", "absent", "other", "never"].map { uid(UTF8String($0)) }
        let policies = try PolicySet.parse([
            PolicyFile(
                name: "p",
                bytes: Array(
                    """
                    permit (principal, action in Action::"absent", resource in Action::"d")
                    when { resource in [Action::"b", Action::"never"] && resource in Action::"absent" };
                    """.utf8))
        ])
        var permitted = 0
        for name in names {
            for other in names {
                #expect(stores[0].isIn(name, other) == stores[1].isIn(name, other))
                let request = Request(principal: name, action: other, resource: name)
                let decisions = stores.map { Authorizer.authorize(request, policies: policies, entities: $0).decision }
                #expect(decisions[0] == decisions[1])
                if decisions[0] == .allow { permitted += 1 }
            }
        }
        // a and b are in b and in absent; a to d, and absent itself, are in absent.
        #expect(permitted == 2 * 5)
    }

    @Test func `canonically equivalent names are two entities`() throws {
        let store = try Entities([entity("\u{e9}", "x"), entity("e\u{301}")])
        #expect(store.count == 2)
        #expect(store.isIn(uid("\u{e9}"), uid("x")))
        #expect(!store.isIn(uid("e\u{301}"), uid("x")))
    }
}

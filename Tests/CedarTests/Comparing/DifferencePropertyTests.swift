// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// What a comparison says of a change holds for random requests.
@Suite struct DifferencePropertyTests {
    @Test(arguments: [true, false], [true, false])
    func `what narrows never gains an allow, and what widens never loses one`(
        _ isTyped: Bool, _ failingForbidsDeny: Bool
    ) throws {
        func decision(_ request: Request, _ policies: PolicySet, _ entities: Entities) -> Decision {
            let response = Authorizer.authorize(request, policies: policies, entities: entities)
            let fails = failingForbidsDeny && response.errors.contains { $0.effect == .forbid }
            return fails ? .deny : response.decision
        }
        var counts: [PolicySetDifference.Direction: Int] = [:]
        var moved = 0
        for seed in UInt64(1)...400 {
            var world = RandomWorld(seed: seed, isTyped: isTyped)
            let before = world.drafts()
            let after = world.edited(before)
            let texts = (before.map(\.text).joined(separator: "\n"), after.map(\.text).joined(separator: "\n"))
            let old = try PolicySet.parse([PolicyFile(name: "old", bytes: Array(texts.0.utf8))])
            let new = try PolicySet.parse([PolicyFile(name: "new", bytes: Array(texts.1.utf8))])
            let difference = PolicySetDifference(
                from: old, to: new, schema: isTyped ? RandomWorld.schema : nil, failingForbidsDeny: failingForbidsDeny)
            counts[difference.direction, default: 0] += 1
            for _ in 0..<6 {
                let entities = world.entities()
                for _ in 0..<4 {
                    let request = world.request()
                    let found = (decision(request, old, entities), decision(request, new, entities))
                    if found.0 != found.1 { moved += 1 }
                    let fault = Self.fault(difference, request, entities, found.0, found.1)
                    #expect(
                        fault == nil, "seed \(seed): \(fault ?? "")\n\(texts.0)\n---\n\(texts.1)\n\(difference.text)")
                }
            }
        }
        print(
            "differences, typed \(isTyped), failing forbids deny \(failingForbidsDeny): \(counts), \(moved) decisions moved"
        )
        for direction in PolicySetDifference.Direction.allCases {
            #expect(counts[direction, default: 0] > 10)
        }
        #expect(moved > 300)
    }

    private static func fault(
        _ difference: PolicySetDifference, _ request: Request, _ entities: Entities, _ old: Decision, _ new: Decision
    ) -> String? {
        func contradicts(_ direction: PolicySetDifference.Direction) -> Bool {
            switch direction {
            case .same: old != new
            case .narrows: old == .deny && new == .allow
            case .widens: old == .allow && new == .deny
            case .both, .unknown: false
            }
        }
        if contradicts(difference.direction) {
            return "\(difference.direction), but \(old) became \(new) for \(request)"
        }
        let evaluator = Evaluator(request, entities: entities)
        for scope in difference.scopes {
            let isInScope =
                evaluator.scope(scope.principal, holdsFor: request.principal) && evaluator.scope(scope.action)
                && evaluator.scope(scope.resource, holdsFor: request.resource)
            if isInScope, contradicts(scope.direction) { return "\(scope), but \(old) became \(new) for \(request)" }
        }
        return nil
    }
}

/// A policy in parts, to be edited.
struct PolicyDraft {
    var id: String
    var effect: String
    var scope: [String]
    var when: [String]
    var unless: [String]

    var text: String {
        var text = "@id(\"\(id)\")\n\(effect) (principal\(scope[0]), action\(scope[1]), resource\(scope[2]))"
        if !when.isEmpty { text += "\nwhen { \(when.joined(separator: " && ")) }" }
        if !unless.isEmpty { text += "\nunless { \(unless.joined(separator: " || ")) }" }
        return text + ";"
    }
}

extension RandomWorld {
    private static let scopes = [
        ["", " is User", " == User::\"a\"", " in Team::\"b\"", " is User in Team::\"c\"", " is Team"],
        [
            "", " == Action::\"view\"", " in Action::\"all\"", " in [Action::\"view\", Action::\"edit\"]",
            " == Action::\"drop\"",
            " in Action::\"view\"",
        ], ["", " is Doc", " == Doc::\"a\"", " in Folder::\"b\"", " is Doc in Folder::\"c\""],
    ]

    private mutating func test() -> String {
        switch Int.random(in: 0..<6, using: &self) {
        case 0:
            return
                "\(pick(["context.n", "principal.level"])) \(pick(["<", "<=", ">", ">=", "==", "!="])) \(pick(["0", "1", "2", "3", "5"]))"
        case 1: return "\(pick(["[1, 2]", "[1, 2, 3]", "[0, 5]"])).contains(context.n)"
        case 2: return "\(pick(["2", "5"])) > context.n"
        case 3:
            return pick([
                "context has r.a", "context has r", "context has s", "principal is User in Team::\"b\"",
                "principal is User",
            ])
        case 4:
            let (first, second) = (
                pick(["context.flag", "principal.active"]), pick(["context.n < 2", "context.n < 5"])
            )
            return pick([
                "(\(first) || \(second))", "(\(first) || \(second) || context.r.b)", "!(\(first) && \(second))",
                "!(\(first))",
            ])
        default: return "(\(expression(.bool, 2)))"
        }
    }

    private mutating func draft(_ id: String) -> PolicyDraft {
        PolicyDraft(
            id: id, effect: pick(["permit", "permit", "forbid"]),
            scope: Self.scopes.map { chance(60) ? "" : pick($0) },
            when: (0..<pick([0, 1, 2])).map { _ in test() }, unless: (0..<pick([0, 0, 1])).map { _ in test() })
    }

    mutating func drafts() -> [PolicyDraft] { (0..<Int.random(in: 1...4, using: &self)).map { draft("p\($0)") } }

    /// The policies after one change or a few.
    mutating func edited(_ drafts: [PolicyDraft]) -> [PolicyDraft] {
        var drafts = drafts
        for number in 0..<pick([1, 1, 2]) {
            guard !drafts.isEmpty, chance(85) else {
                drafts.append(draft("new\(number)"))
                continue
            }
            let index = Int.random(in: drafts.indices, using: &self)
            switch Int.random(in: 0..<10, using: &self) {
            case 0: drafts.remove(at: index)
            case 1: drafts[index].when.append(test())
            case 2: if !drafts[index].when.isEmpty { drafts[index].when.removeLast() }
            case 3: drafts[index].unless.append(test())
            case 4: if !drafts[index].unless.isEmpty { drafts[index].unless.removeFirst() }
            case 5:
                let part = Int.random(in: 0..<3, using: &self)
                drafts[index].scope[part] = pick(Self.scopes[part])
            case 6: drafts[index].effect = pick(["permit", "forbid"])
            case 7: drafts[index].id = "renamed\(number)"
            case 8:
                drafts[index].when = drafts[index].when.map { when in
                    when.replacing("< 2", with: "< 5").replacing("[1, 2]", with: "[1, 2, 3]")
                }
            default: if !drafts[index].when.isEmpty { drafts[index].when[0] = test() }
            }
        }
        return drafts
    }
}

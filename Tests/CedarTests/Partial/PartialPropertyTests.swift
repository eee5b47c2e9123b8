// SPDX-License-Identifier: Apache-2.0

import StrictJSON
import Testing

@testable import Cedar

/// Partial evaluation says nothing that a full request contradicts.
@Suite struct PartialPropertyTests {
    @Test(arguments: [true, false], [true, false])
    func `what is left of random policies comes out as the policies do`(_ isTyped: Bool, _ hasSchema: Bool) throws {
        guard isTyped || !hasSchema else { return }
        var counts = PartialCounts()
        for seed in UInt64(1)...600 {
            var world = RandomWorld(seed: seed, isTyped: isTyped)
            let text = world.policies()
            let policies = try PolicySet.parse([PolicyFile(name: "random", bytes: Array(text.utf8))])
            let entities = world.entities()
            for _ in 0..<4 {
                let request = world.request()
                let partial = try world.partial(of: request, hasSchema: hasSchema)
                let known = try world.partial(of: entities)
                let difference = try PartialAgreement.difference(
                    partial, known, request, policies, entities, &counts)
                #expect(difference == nil, "seed \(seed): \(difference ?? "")\n\(text)\n\(request)\n\(partial)")
            }
        }
        print("partial evaluation, typed \(isTyped), schema \(hasSchema): \(counts)")
        // Nothing is shown by residuals that are all there is, nor by none.
        #expect(counts.residual > 500)
        #expect(counts.determined > 500)
        #expect(counts.decided > 100)
    }

    @Test(arguments: [true, false]) func `with everything known nothing is left`(_ isTyped: Bool) throws {
        for seed in UInt64(1)...300 {
            var world = RandomWorld(seed: seed, isTyped: isTyped)
            let text = world.policies()
            let policies = try PolicySet.parse([PolicyFile(name: "random", bytes: Array(text.utf8))])
            let entities = world.entities()
            let request = world.request()
            let response = Authorizer.authorize(request, policies: policies, entities: entities)
            let partial = PartialAuthorizer.authorize(
                PartialRequest(request), policies: policies, entities: PartialEntities(entities, others: .absent))
            #expect(partial.residuals.isEmpty, "seed \(seed)\n\(text)")
            #expect(partial.decision == response.decision, "seed \(seed)\n\(text)")
            #expect(try partial.reauthorize(request, entities: entities) == response, "seed \(seed)\n\(text)")
        }
    }
}

extension PartialRequest {
    /// A request of which all is known.
    init(_ request: Request) {
        self.init(
            principal: .known(request.principal), action: request.action, resource: .known(request.resource),
            context: PartialRecord(request.context))
    }
}

extension RandomWorld {
    /// The request with parts of it unknown.
    mutating func partial(of request: Request, hasSchema: Bool) throws -> PartialRequest {
        let principal = partial(of: request.principal)
        let resource = partial(of: request.resource)
        let context = partial(of: request.context, depth: 2)
        guard hasSchema else {
            return PartialRequest(principal: principal, action: request.action, resource: resource, context: context)
        }
        return try PartialRequest(
            principal: principal, action: request.action, resource: resource, context: context, schema: Self.schema)
    }

    private mutating func partial(of uid: EntityUID) -> PartialEntityUID {
        chance(40) ? .known(uid) : chance(70) ? .unknown(uid.type) : .unknown(nil)
    }

    private mutating func partial(of record: CedarRecord, depth: Int) -> PartialRecord {
        var partial = PartialRecord(record)
        guard chance(90) else { return partial }
        partial.isOpen = chance(60)
        for (name, value) in record.sorted {
            switch Int.random(in: 0..<4, using: &self) {
            case 0 where partial.isOpen: partial.attributes[name] = nil
            case 1: partial.attributes[name]?.value = .unknown
            case 2:
                if case .record(let inner) = value, depth > 0 {
                    partial.attributes[name]?.value = .record(self.partial(of: inner, depth: depth - 1))
                }
            default: break
            }
            if chance(20) { partial.attributes[name]?.isRequired = false }
        }
        return partial
    }

    /// Some of the entities, and nothing said of the others; or all of them.
    mutating func partial(of entities: Entities) throws -> PartialEntities {
        guard chance(70) else { return PartialEntities(entities, others: .absent) }
        let share = pick([0, 50, 80])
        return PartialEntities(try Entities(entities.sorted.filter { _ in chance(share) }), others: .unknown)
    }
}

extension RandomWorld: RandomNumberGenerator {
    mutating func next() -> UInt64 { nextNumber() }
}

struct PartialCounts: CustomStringConvertible {
    var residual = 0
    var never = 0
    var determined = 0
    var decided = 0
    var cases = 0

    var description: String {
        "\(cases) cases, \(decided) decided; policies: \(determined) determined, \(never) never, \(residual) residual"
    }
}

enum PartialAgreement {
    /// What a partial answer says otherwise than the full one, in words.
    static func difference(
        _ partial: PartialRequest, _ known: PartialEntities, _ request: Request, _ policies: PolicySet,
        _ entities: Entities, _ counts: inout PartialCounts
    ) throws -> String? {
        guard partial.admits(request) else { return "the request is not admitted" }
        let full = Authorizer.authorize(request, policies: policies, entities: entities)
        let response = PartialAuthorizer.authorize(partial, policies: policies, entities: known)
        counts.cases += 1
        if let decision = response.decision {
            counts.decided += 1
            guard decision == full.decision else { return "decided \(decision), in full \(full.decision)" }
        }
        for (outcome, expected) in zip(response.outcomes, full.outcomes) {
            if let difference = difference(outcome, expected.result, &counts) {
                return "\(outcome.policy.id): \(difference), in full \(expected.result): \(outcome)"
            }
            guard let residual = outcome.residual else { continue }
            let printed = residual.statement.description
            let again = PolicyParser.parse(Array(printed.utf8), file: "printed").statements
            // Annotations stay, so the whole statement must come back.
            guard again == [residual.statement] else { return "printed and parsed again, it differs: \(printed)" }
        }
        let again = try response.reauthorize(request, entities: entities)
        let outcomesAgree = zip(again.outcomes, full.outcomes).allSatisfy { agree($0.result, $1.result) }
        guard outcomesAgree, again.decision == full.decision, again.determiningPolicies == full.determiningPolicies
        else {
            let residuals = response.residuals.map(\.statement.description).joined(separator: "\n")
            return "the residuals give \(again.outcomes), in full \(full.outcomes): \(residuals)"
        }
        return nil
    }

    /// Errors of residuals tell the place in what is left of the policy.
    private static func agree(_ left: PolicyOutcome.Result, _ right: PolicyOutcome.Result) -> Bool {
        if case .error(let a) = left, case .error(let b) = right { return a.code == b.code }
        return left == right
    }

    private static func difference(
        _ outcome: PartialOutcome, _ expected: PolicyOutcome.Result, _ counts: inout PartialCounts
    ) -> String? {
        if case .error = expected, !outcome.mayFail { return "it cannot fail" }
        switch outcome.result {
        case .satisfied:
            counts.determined += 1
            return expected == .satisfied ? nil : "satisfied"
        case .notSatisfied:
            counts.determined += 1
            return expected == .notSatisfied ? nil : "not satisfied"
        case .error(let error):
            counts.determined += 1
            return expected == .error(error) ? nil : "error \(error)"
        case .neverSatisfied:
            counts.never += 1
            return expected == .satisfied ? "never satisfied" : nil
        case .residual:
            counts.residual += 1
            return nil
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Cedar

/// Random schemas, policies, entities and requests on whose validity this module and cedarpy, which has the Rust
/// implementation inside, must agree.
///
/// `CEDAR_VALIDATION_SEEDS=first,count` runs other seeds than the fixed ones.
@Suite struct ValidationPeerTests {
    @Test(
        .enabled(if: CedarPeer.python != nil, CedarPeer.whySkipped), .timeLimit(.minutes(15)))
    func `what is random is valid, or not and why, as with cedarpy`() throws {
        let chosen = ProcessInfo.processInfo.environment["CEDAR_VALIDATION_SEEDS"]
        let seeds = (chosen ?? "1,700").split(separator: ",").map(String.init)
        let lines = try CedarPeer.lines("cedar_validation_peer.py", seeds)

        var counts = Counts()
        for line in lines {
            let json = try JSON(parsing: Array(line))
            let seed = json["seed"]?.int64 ?? -1
            for difference in try counts.differences(json) { Issue.record("seed \(seed): \(difference)") }
        }
        print("cedarpy, validation: \(counts)")
        #expect(counts.cases == Int(seeds.last ?? "") ?? -1)
        guard chosen == nil else { return }
        #expect(counts.policies.valid > 2000 && counts.policies.invalid > 1000)
        #expect(counts.entities.valid > 1000 && counts.entities.invalid > 200)
        #expect(counts.requests.valid > 1000 && counts.requests.invalid > 200)
        #expect(counts.kinds.count > 12)
        #expect(counts.evaluations > 10_000)
    }
}

private struct Counts: CustomStringConvertible {
    struct Pair {
        var valid = 0
        var invalid = 0

        mutating func add(_ isValid: Bool) { if isValid { valid += 1 } else { invalid += 1 } }
    }

    var cases = 0
    var policies = Pair()
    var entities = Pair()
    var requests = Pair()
    var kinds: Set<ValidationFinding.Code> = []
    /// Valid policies evaluated on requests and stores that conform.
    var evaluations = 0

    var description: String {
        "\(cases) schemas; policies: \(policies.valid) valid, \(policies.invalid) not, \(kinds.count) kinds of errors; "
            + "entities: \(entities.valid) valid, \(entities.invalid) not; "
            + "requests: \(requests.valid) valid, \(requests.invalid) not; \(evaluations) evaluations of valid policies"
    }

    /// What came out otherwise than with cedarpy, in words.
    mutating func differences(_ json: JSON) throws -> [String] {
        cases += 1
        let text = try #require(json["schema"]?.string)
        let schema = try Schema(parsing: text)
        let validator = Validator(schema)
        var differences: [String] = []
        var valid: [PolicySet] = []
        var stores = [try Entities().addingActions(of: schema)]
        for policy in try #require(json["policies"]?.array) {
            let found = try self.differences(policy: policy, validator)
            differences += found
            guard found.isEmpty, policy["valid"]?.bool == true, let text = policy["text"]?.string else { continue }
            valid.append(try PolicySet.parse([PolicyFile(name: "peer", bytes: text.bytes)], naming: .position))
        }
        for case let store in try #require(json["entities"]?.array) {
            let isValid = try #require(store["valid"]?.bool as Bool?)
            entities.add(isValid)
            let bytes = try #require(store["entities"]?.string?.bytes)
            let entities = try Entities(parsingCedarJSON: bytes)
            let errors = validator.errors(in: entities)
            if errors.isEmpty { stores.append(try entities.addingActions(of: schema)) }
            if errors.isEmpty != isValid { differences.append("\(store): \(errors)") }
        }
        for json in try #require(json["requests"]?.array) {
            let isValid = try #require(json["valid"]?.bool as Bool?)
            requests.add(isValid)
            let parts = try #require(json["request"])
            let request = Request(
                principal: try EntityUID(cedarJSON: try #require(parts["principal"])),
                action: try EntityUID(cedarJSON: try #require(parts["action"])),
                resource: try EntityUID(cedarJSON: try #require(parts["resource"])),
                context: try CedarRecord(cedarJSON: try #require(parts["context"])))
            let errors = validator.errors(in: request)
            if errors.isEmpty != isValid { differences.append("\(json): \(errors)") }
            if errors.isEmpty { differences += try typeErrors(valid, request, stores) }
        }
        return differences.isEmpty ? [] : differences + ["with the schema\n\(text)"]
    }

    /// Errors that valid policies do not have on what conforms.
    private mutating func typeErrors(
        _ policies: [PolicySet], _ request: Request, _ stores: [Entities]
    ) throws -> [String] {
        var found: [String] = []
        for set in policies {
            for entities in stores {
                evaluations += 1
                for failure in Authorizer.authorize(request, policies: set, entities: entities).errors
                where !SoundnessTests.lawful.contains(failure.error.code) {
                    let text = set.policies.map(\.statement.description).joined()
                    found.append("valid, but \(failure.error): \(text)\n\(request)")
                }
            }
        }
        return found
    }

    private mutating func differences(policy json: JSON, _ validator: Validator) throws -> [String] {
        let text = try #require(json["text"]?.string)
        let isValid = try #require(json["valid"]?.bool as Bool?)
        policies.add(isValid)
        let set = try PolicySet.parse([PolicyFile(name: "peer", bytes: text.bytes)], naming: .position)
        let report = validator.report(on: set)
        let messages = (json["errors"]?.array ?? []).compactMap(\.string?.string)
        guard report.isValid == isValid else { return ["\(text)\nexpected \(messages), found \(report)"] }
        var expected = messages.map(RustMessage.init)
        kinds.formUnion(expected.compactMap(\.code))
        let codes = Set(report.errors.map(\.code))
        // After a mistake in what is before or inside `has a.b.c`, Rust finds `a` unguarded too, which is no mistake of
        // the policy.
        let isAfterMistake = !codes.isDisjoint(with: [.unexpectedType, .unguardedAttribute])
        expected.removeAll {
            $0.code == .unguardedAttribute && isAfterMistake && $0.isAboutPath(in: text.string)
                && !$0.isToldBy(report.errors)
        }
        guard codes == Set(expected.compactMap(\.code)), expected.allSatisfy({ $0.isToldBy(report.errors) }) else {
            return ["\(text)\nfor other reasons: expected \(messages), found \(report)"]
        }
        return []
    }
}

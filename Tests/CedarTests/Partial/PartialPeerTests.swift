// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Cedar

/// Random partial requests of which cedarpy, which has the Rust implementation inside, can say something.
///
/// `CEDAR_PEER_SEEDS=first,count` runs other seeds than the fixed ones.
@Suite struct PartialPeerTests {
    @Test(
        .enabled(if: CedarPeer.python != nil, CedarPeer.whySkipped), .timeLimit(.minutes(15)))
    func `what cedarpy's partial evaluation decides is decided alike`() throws {
        let chosen = ProcessInfo.processInfo.environment["CEDAR_PEER_SEEDS"]
        let seeds = (chosen ?? "1,1500").split(separator: ",")

        var counts = PeerDecisions()
        for line in try CedarPeer.lines("partial_peer.py", seeds.map(String.init)) {
            let json = try JSON(parsing: Array(line))
            for difference in try Self.differences(json, &counts) {
                Issue.record("seed \(json["seed"]?.int64 ?? -1): \(difference)")
            }
        }
        print("cedarpy, partial: \(counts)")
        guard chosen == nil else { return }
        #expect(counts.both > 500 && counts.neither > 100 && counts.satisfied > 100 && counts.errors > 100)
    }

    private static func differences(_ json: JSON, _ counts: inout PeerDecisions) throws -> [String] {
        let text = try #require(json["policies"]?.string)
        let policies = try PolicySet.parse([PolicyFile(name: "peer", bytes: text.bytes)], naming: .position)
        let store: Entities
        do throws(EntityError) {
            store = try Entities(parsingCedarJSON: json["entities"]?.string?.bytes ?? [])
        } catch {
            // Cedar takes malformed escapes for records; this module refuses them on purpose.
            return error.code == .malformedEscape ? [] : ["entities refused: \(error)"]
        }
        let entities = PartialEntities(store, others: .absent)
        var differences: [String] = []
        for case_ in try #require(json["requests"]?.array) {
            let parts = try #require(case_["request"])
            let request = PartialRequest(
                principal: try uid(parts["principal"]), action: try EntityUID(cedarJSON: try #require(parts["action"])),
                resource: try uid(parts["resource"]), context: try context(parts["context"]))
            let response = PartialAuthorizer.authorize(request, policies: policies, entities: entities)
            let faults = try faults(response, try #require(case_["expected"]), &counts)
            let shown = String(decoding: parts.serialized(), as: UTF8.self)
            differences += faults.map { "\($0)\n\(text)\n\(shown)\n\(json["entities"]?.string ?? "")" }
        }
        return differences
    }

    private static func faults(
        _ response: PartialResponse, _ expected: JSON, _ counts: inout PeerDecisions
    ) throws -> [String] {
        var faults: [String] = []
        let found = response.decision?.rawValue
        switch (found, expected["decision"]?.string?.string) {
        case (let own?, let other?):
            counts.both += 1
            if own != other { faults.append("decided \(own), expected \(other)") }
        case (nil, nil): counts.neither += 1
        case (_?, nil): counts.onlyHere += 1
        case (nil, let other?): faults.append("not decided, expected \(other)")
        }
        let outcomes = Dictionary(uniqueKeysWithValues: response.outcomes.map { ($0.policy.id, $0) })
        for id in (expected["reason"]?.array ?? []).compactMap(\.string) {
            counts.satisfied += 1
            guard case .satisfied? = outcomes[id]?.result else {
                faults.append("\(id) is satisfied with cedarpy")
                continue
            }
        }
        for id in (expected["errors"]?.array ?? []).compactMap(\.string) {
            counts.errors += 1
            switch outcomes[id]?.result {
            case .error?, .neverSatisfied?: break
            default: faults.append("\(id) fails with cedarpy: \(String(describing: outcomes[id]?.result))")
            }
        }
        return faults
    }

    private static func uid(_ json: JSON?) throws -> PartialEntityUID {
        guard let json, !json.isNull else { return .unknown(nil) }
        return .known(try EntityUID(cedarJSON: json))
    }

    private static func context(_ json: JSON?) throws -> PartialRecord {
        guard let json, !json.isNull else { return .unknown }
        return PartialRecord(try CedarRecord(cedarJSON: json))
    }
}

private struct PeerDecisions: CustomStringConvertible {
    var both = 0
    var neither = 0
    var onlyHere = 0
    var satisfied = 0
    var errors = 0

    var description: String {
        "\(both) decided by both, \(onlyHere) only here, \(neither) by neither; \(satisfied) policies satisfied, "
            + "\(errors) failing with cedarpy"
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Cedar

/// Random cases on which this module and cedarpy, which has the Rust implementation inside, must agree.
///
/// `CEDAR_PEER_SEEDS=first,count` runs other seeds than the fixed ones.
@Suite struct PeerTests {
    @Test(
        .enabled(if: CedarPeer.python != nil, CedarPeer.whySkipped), .timeLimit(.minutes(15)))
    func `random cases come out as with cedarpy`() throws {
        let chosen = ProcessInfo.processInfo.environment["CEDAR_PEER_SEEDS"]
        let seeds = (chosen ?? "1,2000").split(separator: ",")
        let lines = try CedarPeer.lines("cedar_peer.py", seeds.map(String.init))

        var counts = PeerCounts()
        for line in lines {
            let json = try JSON(parsing: Array(line))
            let differences = try PeerCase(json).differences(&counts)
            for difference in differences {
                Issue.record("seed \(json["seed"]?.int64 ?? -1): \(difference)")
            }
        }
        print("cedarpy: \(counts)")
        #expect(counts.cases == Int(seeds.last ?? "") ?? -1)
        guard chosen == nil else { return }
        #expect(counts.parsed > 0 && counts.refused > 0 && counts.allowed > 0 && counts.withErrors > 0)
    }
}

private struct PeerCounts: CustomStringConvertible {
    var cases = 0
    var parsed = 0
    var refused = 0
    var links = 0
    var requests = 0
    var allowed = 0
    var withErrors = 0

    var description: String {
        "\(cases) cases: \(parsed) parse, \(refused) do not; \(links) links; "
            + "\(requests) requests, \(allowed) allowed, \(withErrors) with errors"
    }
}

/// One line of `cedar_peer.py`.
private struct PeerCase {
    let json: JSON

    init(_ json: JSON) { self.json = json }

    /// What came out otherwise than with cedarpy, in words.
    func differences(_ counts: inout PeerCounts) throws -> [String] {
        counts.cases += 1
        let text = try #require(json["policies"]?.string)
        let parses = try #require(json["parses"]?.bool as Bool?)
        var policies: PolicySet
        do throws(PolicyErrors) {
            policies = try PolicySet.parse([PolicyFile(name: "peer", bytes: text.bytes)], naming: .position)
        } catch {
            counts.refused += 1
            return parses ? ["refused: \(error)\n\(text)"] : []
        }
        counts.parsed += 1
        guard parses else { return ["accepted:\n\(text)"] }
        var differences = try printingDifferences(policies)
        differences += try link(&policies, &counts)

        let loads = try #require(json["loads"]?.bool as Bool?)
        var entities = Entities()
        do throws(EntityError) {
            entities = try Entities(parsingCedarJSON: json["entities"]?.string?.bytes ?? [])
            if !loads { differences.append("loaded \(json["entities"]?.string ?? "")") }
            if try Entities(cedarJSON: try entities.cedarJSON()).sorted != entities.sorted {
                differences.append("entities differ after writing")
            }
        } catch {
            // Cedar takes malformed escapes for records; this module refuses them on purpose.
            if loads, error.code == .malformedEscape { return differences }
            if loads { differences.append("refused \(json["entities"]?.string ?? ""): \(error)") }
        }
        for request in try #require(json["requests"]?.array) {
            differences += try self.differences(request, policies, entities, &counts)
        }
        return differences
    }

    private func printingDifferences(_ policies: PolicySet) throws -> [String] {
        let statements = policies.policies.map(\.statement) + policies.templates.map(\.statement)
        let text = statements.map(\.description).joined(separator: "\n")
        let parsed = PolicyParser.parse(Array(text.utf8), file: "printed")
        return parsed.statements == statements ? [] : ["printed and parsed again, the policies differ:\n\(text)"]
    }

    private func link(_ policies: inout PolicySet, _ counts: inout PeerCounts) throws -> [String] {
        var differences: [String] = []
        for attempt in try #require(json["links"]?.array) {
            let link = try #require(attempt["link"])
            var values: [Slot: EntityUID] = [:]
            for member in try #require(link["values"]?.object).members {
                values[try #require(Slot(rawValue: member.key.string))] = try EntityUID(cedarJSON: member.value)
            }
            var links = true
            do throws(LinkError) {
                try policies.link(
                    link["template_id"]?.string ?? "", as: link["new_id"]?.string ?? "", values)
                counts.links += 1
            } catch {
                links = false
            }
            if attempt["links"]?.bool != links { differences.append("link \(text(link)) comes out as \(links)") }
        }
        return differences
    }

    private func differences(
        _ json: JSON, _ policies: PolicySet, _ entities: Entities, _ counts: inout PeerCounts
    ) throws -> [String] {
        counts.requests += 1
        let parts = try #require(json["request"])
        let request = Request(
            principal: try EntityUID(cedarJSON: try #require(parts["principal"])),
            action: try EntityUID(cedarJSON: try #require(parts["action"])),
            resource: try EntityUID(cedarJSON: try #require(parts["resource"])),
            context: try CedarRecord(cedarJSON: try #require(parts["context"])))
        let response = Authorizer.authorize(request, policies: policies, entities: entities)
        if response.decision == .allow { counts.allowed += 1 }
        if !response.errors.isEmpty { counts.withErrors += 1 }
        let expected = try #require(json["expected"])
        let found: JSON = [
            "decision": .text(response.decision.rawValue),
            "reason": .array(response.determiningPolicies.map { .string($0) }),
            "errors": .array(response.errors.map { .string($0.policyID) }),
        ]
        guard found != expected else { return [] }
        let failures = Dictionary(uniqueKeysWithValues: response.errors.map { ($0.policyID, $0.error) })
        let details = policies.policies.compactMap { policy -> String? in
            func state(_ json: JSON) -> [Bool] {
                ["reason", "errors"].map { json[$0]?.array?.contains(.string(policy.id)) ?? false }
            }
            guard state(found) != state(expected) else { return nil }
            let error = failures[policy.id].map { "\($0)" } ?? "no error"
            return "\(policy.id) (\(error)): \(policy.statement)"
        }
        return ["expected \(text(expected)), found \(text(found))\n\(details.joined(separator: "\n"))\n\(text(parts))"]
    }

    private func text(_ json: JSON) -> String { String(decoding: json.serialized(), as: UTF8.self) }
}

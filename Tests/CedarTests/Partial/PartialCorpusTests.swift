// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Cedar

/// Cedar's own integration tests with everything known, with parts unknown, and explained.
@Suite struct PartialCorpusTests {
    private static let archive = TestFiles.shared("data/cedar/cedar-corpus.tar.gz")

    @Test(
        .enabled(if: archive != nil, "skipped: no data/cedar/cedar-corpus.tar.gz in WRIT_SHARED or ../shared"),
        .timeLimit(.minutes(15)))
    func `Cedar's corpus comes out the same with parts unknown until later, and explained`() async throws {
        let archive = try #require(Self.archive)
        let folder = FileManager.default.temporaryDirectory.appending(path: "cedar-corpus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
        }
        try #require(try TestFiles.run("/bin/tar", ["-xzf", archive.path, "-C", folder.path, "./corpus-tests"]) == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "corpus-tests").path)
            .filter { $0.hasSuffix(".json") && !$0.contains(".entities.") }.sorted()
        let workers = 2
        let tally = try await withThrowingTaskGroup(of: PartialTally.self) { group in
            for worker in 0..<workers {
                group.addTask {
                    var tally = PartialTally()
                    for index in stride(from: worker, to: names.count, by: workers) {
                        try tally.run(names[index], number: index, in: folder)
                    }
                    return tally
                }
            }
            return try await group.reduce(into: PartialTally()) { $0.add($1) }
        }
        print("Cedar corpus, partial: \(tally.requests) requests; with parts unknown \(tally.counts)")
        for difference in tally.differences.prefix(10) { Issue.record("\(difference)") }
        #expect(tally.differences.isEmpty)
        #expect(tally.requests == 47_544)
        #expect(tally.counts.residual > 3000 && tally.counts.decided > 30_000)
    }
}

private struct PartialTally {
    var requests = 0
    var counts = PartialCounts()
    var differences: [String] = []

    mutating func add(_ other: PartialTally) {
        requests += other.requests
        counts.add(other.counts)
        differences += other.differences
    }

    mutating func run(_ name: String, number: Int, in folder: URL) throws {
        let test = try JSON(parsing: try TestFiles.bytes(folder.appending(path: "corpus-tests/\(name)")))
        func bytes(_ key: UTF8String) throws -> [UInt8] {
            try TestFiles.bytes(folder.appending(path: try #require(test[key]?.string).string))
        }
        let schema = try Schema(parsing: try bytes("schema"))
        let policies = try PolicySet.parse(
            [PolicyFile(name: "policies", bytes: try bytes("policies"))], naming: .position)
        let entities = try Entities(parsingCedarJSON: try bytes("entities"))
        let known = PartialEntities(entities, others: .absent)
        for (index, json) in try #require(test["requests"]?.array).enumerated() {
            requests += 1
            let request = Request(
                principal: try EntityUID(cedarJSON: try #require(json["principal"])),
                action: try EntityUID(cedarJSON: try #require(json["action"])),
                resource: try EntityUID(cedarJSON: try #require(json["resource"])),
                context: try CedarRecord(cedarJSON: try #require(json["context"])))
            try checkWhole(request, json, policies, known, name)
            // One request of every fourth test in every way is enough.
            guard number % 4 == 0, index == number / 4 % 8 else { continue }
            try checkParts(request, policies, entities, schema, name)
        }
    }

    /// With everything known partial evaluation gives what the corpus expects, and the explanation says so.
    private mutating func checkWhole(
        _ request: Request, _ json: JSON, _ policies: PolicySet, _ known: PartialEntities, _ name: String
    ) throws {
        let partial = PartialAuthorizer.authorize(PartialRequest(request), policies: policies, entities: known)
        let response = try partial.reauthorize(request, entities: known.known)
        let reasons = Set((json["reason"]?.array ?? []).compactMap(\.string))
        let errors = Set((json["errors"]?.array ?? []).compactMap(\.string))
        let decision = json["decision"]?.string
        guard partial.residuals.isEmpty, partial.decision.map({ UTF8String($0.rawValue) }) == decision,
            Set(response.determiningPolicies) == reasons, Set(response.errors.map(\.policyID)) == errors
        else {
            differences.append("\(name): expected \(json), found \(partial.outcomes)")
            return
        }
        let explanation = Explanation(of: request, policies: policies, entities: known.known)
        if let difference = Agreement.difference(explanation, response, request, policies, known.known) {
            differences.append("\(name): explained: \(difference)")
        }
    }

    private mutating func checkParts(
        _ request: Request, _ policies: PolicySet, _ entities: Entities, _ schema: Schema, _ name: String
    ) throws {
        let someEntities = try Entities(entities.sorted.enumerated().filter { $0.offset % 2 == 0 }.map(\.element))
        let stores = [
            PartialEntities(entities, others: .absent), PartialEntities(entities, others: .unknown),
            PartialEntities(someEntities, others: .unknown),
        ]
        let (principal, resource) = (request.principal, request.resource)
        let uids: [(PartialEntityUID, PartialEntityUID)] = [
            (.known(principal), .known(resource)), (.unknown(principal.type), .known(resource)),
            (.known(principal), .unknown(resource.type)), (.unknown(nil), .unknown(nil)),
        ]
        for (index, uids) in uids.enumerated() {
            for context in index == 0 ? [PartialRecord.unknown] : [PartialRecord(request.context), .unknown] {
                let typed = try PartialRequest(
                    principal: uids.0, action: request.action, resource: uids.1, context: context, schema: schema)
                let untyped = PartialRequest(
                    principal: uids.0, action: request.action, resource: uids.1, context: context)
                for partial in [typed, untyped] {
                    for store in stores {
                        let difference = try PartialAgreement.difference(
                            partial, store, request, policies, entities, &counts)
                        if let difference { differences.append("\(name): \(difference)") }
                    }
                }
            }
        }
    }
}

extension PartialCounts {
    mutating func add(_ other: PartialCounts) {
        residual += other.residual
        never += other.never
        determined += other.determined
        decided += other.decided
        cases += other.cases
    }
}

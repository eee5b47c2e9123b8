// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Cedar

/// Entities, contexts and decisions of Cedar's integration tests, all read by their schemas.
@Suite struct EntitiesBySchemaCorpusTests {
    @Test(.enabled(if: FormatsCorpus.archive != nil, FormatsCorpus.whySkipped), .timeLimit(.minutes(15)))
    func `entities and contexts of the corpus are read by their schemas and decide the same`() async throws {
        let parts = ["./corpus-tests", "./tests", "./sample-data"]
        try await FormatsCorpus.unpacked(parts) { folder in
            let files = ["corpus-tests", "tests"].flatMap { part in
                FormatsCorpus.files(in: folder.appending(path: part), endingIn: ".json")
                    .filter { !$0.lastPathComponent.contains(".entities.") }
            }
            let results = try await FormatsCorpus.inParallel(files) { file in
                do {
                    return try Self.differences(file, in: folder).map { "\(file.lastPathComponent): \($0)" }
                } catch { return ["\(file.lastPathComponent): \(error)"] }
            }
            print("Cedar corpus, entities by schema: \(files.count) tests, \(results.count) differences")
            for difference in results.prefix(20) { Issue.record("\(difference)") }
            #expect(files.count > 5900)
        }
    }

    private static func differences(_ file: URL, in folder: URL) throws -> [String] {
        let test = try JSON(parsing: try TestFiles.bytes(file))
        func bytes(_ member: UTF8String) throws -> [UInt8] {
            try TestFiles.bytes(folder.appending(path: try #require(test[member]?.string).string))
        }
        let schema = try Schema(
            parsing: try bytes("schema"), format: test["schemaFormat"]?.string == "json" ? .json : .text)
        var differences: [String] = []
        let entities = try Entities(parsingCedarJSON: try bytes("entities"), schema: schema)
        let again = try Entities(cedarJSON: try entities.cedarJSON(), schema: schema)
        if again.sorted != entities.sorted { differences.append("entities, written and read by the schema") }
        // The generated tests write all escapes, so that a schema must not change what is read.
        let isGenerated = file.path.contains("/corpus-tests/")
        if isGenerated {
            let plain = try Entities(parsingCedarJSON: try bytes("entities")).addingActions(of: schema)
            if plain.sorted != entities.sorted { differences.append("entities with and without schema") }
        }

        let policies = try PolicySet.parse(
            [PolicyFile(name: "corpus", bytes: try bytes("policies"))], naming: .position)
        let reread = try PolicySet(parsingCedarJSON: try policies.cedarJSON().serialized())
        for request in try #require(test["requests"]?.array).prefix(isGenerated ? 3 : 100) {
            let action = try EntityUID(cedarJSON: try #require(request["action"]))
            let context = try CedarRecord(
                cedarJSON: try #require(request["context"]), schema: schema, action: action)
            if isGenerated, try CedarRecord(cedarJSON: try #require(request["context"])) != context {
                differences.append("context with and without schema")
            }
            let response = Authorizer.authorize(
                Request(
                    principal: try EntityUID(cedarJSON: try #require(request["principal"])), action: action,
                    resource: try EntityUID(cedarJSON: try #require(request["resource"])), context: context),
                policies: reread, entities: entities)
            let reasons = (request["reason"]?.array ?? []).compactMap(\.string).sorted()
            let errors = (request["errors"]?.array ?? []).compactMap(\.string).sorted()
            if UTF8String(response.decision.rawValue) != request["decision"]?.string
                || response.determiningPolicies.sorted() != reasons
                || response.errors.map(\.policyID).sorted() != errors
            {
                differences.append("\(request["description"]?.string ?? ""): \(response.decision)")
            }
        }
        return differences
    }
}

// SPDX-License-Identifier: Apache-2.0

import Cedar
import Foundation
import StrictJSON
import Testing

/// Cedar's own integration tests, where their archive is at hand.
@Suite struct CorpusTests {
    private static let archive = TestFiles.shared("data/cedar/cedar-corpus.tar.gz")

    @Test(
        .enabled(if: archive != nil, "skipped: no data/cedar/cedar-corpus.tar.gz in WRIT_SHARED or ../shared"),
        .timeLimit(.minutes(15)))
    func `every request of Cedar's corpus gives the expected decision, reasons and errors`() async throws {
        let archive = try #require(Self.archive)
        let folder = FileManager.default.temporaryDirectory.appending(path: "cedar-corpus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
        }
        let status = try TestFiles.run(
            "/bin/tar",
            [
                "-xzf", archive.path, "-C", folder.path, "--exclude=*.cedarschema", "./corpus-tests", "./tests",
                "./sample-data",
            ])
        try #require(status == 0)

        // These write extension values and entities in a way that only a schema tells from strings and records.
        let needSchemas = ["4d.json", "4e.json", "4f.json", "multi/3.json", "multi/4.json"]

        let generated = try await run(try Self.testFiles(in: folder.appending(path: "corpus-tests")), in: folder)
        let writtenFiles = try Self.testFiles(in: folder.appending(path: "tests"))
        let written = try await run(
            writtenFiles.filter { file in !needSchemas.contains { file.path.hasSuffix("/\($0)") } }, in: folder)
        print("Cedar corpus: generated \(generated), hand-written \(written)")
        for difference in (generated.differences + written.differences).prefix(20) {
            Issue.record("\(difference)")
        }
        #expect(generated.differences.isEmpty)
        #expect(written.differences.isEmpty)
        #expect(generated.tests == 5943)
        #expect(generated.requests == 47_544)
        #expect(written.tests == 17)
    }

    private static func testFiles(in folder: URL) throws -> [URL] {
        let paths = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let urls = (paths?.allObjects ?? []).compactMap { $0 as? URL }
        return urls.filter { $0.lastPathComponent.hasSuffix(".json") && !$0.lastPathComponent.contains(".entities.") }
            .sorted { $0.path < $1.path }
    }

    private func run(_ files: [URL], in folder: URL) async throws -> Tally {
        let workers = 4
        return try await withThrowingTaskGroup(of: Tally.self) { group in
            for worker in 0..<workers {
                group.addTask {
                    var tally = Tally()
                    for index in stride(from: worker, to: files.count, by: workers) {
                        try tally.run(files[index], in: folder)
                    }
                    return tally
                }
            }
            return try await group.reduce(into: Tally()) { $0.add($1) }
        }
    }
}

/// What came of some corpus tests.
private struct Tally: CustomStringConvertible {
    var tests = 0
    var requests = 0
    var allowed = 0
    var errors = 0
    var differences: [String] = []

    var description: String {
        "\(tests) tests, \(requests) requests, \(allowed) allowed, \(errors) with errors, "
            + "\(differences.count) differences"
    }

    mutating func add(_ other: Tally) {
        tests += other.tests
        requests += other.requests
        allowed += other.allowed
        errors += other.errors
        differences += other.differences
    }

    mutating func run(_ file: URL, in folder: URL) throws {
        tests += 1
        let name = file.lastPathComponent
        let test = try JSON(parsing: try TestFiles.bytes(file))
        let policyPath = try #require(test["policies"]?.string)
        let entityPath = try #require(test["entities"]?.string)
        let policyFile = PolicyFile(
            name: policyPath, bytes: try TestFiles.bytes(folder.appending(path: policyPath.string)))
        let policies: PolicySet
        do {
            policies = try PolicySet.parse([policyFile], naming: .position)
        } catch {
            differences.append("\(name): \(error)")
            return
        }
        try checkPrinting(policies, name)
        let entities: Entities
        do {
            entities = try Entities(
                parsingCedarJSON: try TestFiles.bytes(folder.appending(path: entityPath.string)))
            let again = try Entities(cedarJSON: try entities.cedarJSON())
            if again.sorted != entities.sorted { differences.append("\(name): entities differ after writing") }
        } catch {
            differences.append("\(name): \(error)")
            return
        }
        for request in try #require(test["requests"]?.array) {
            try check(request, policies: policies, entities: entities, name)
        }
    }

    private mutating func checkPrinting(_ policies: PolicySet, _ name: String) throws {
        let text = policies.policies.map(\.statement.description).joined(separator: "\n")
        let again = try PolicySet.parse(
            [PolicyFile(name: "printed", bytes: Array(text.utf8))], naming: .position)
        if again.policies.map(\.statement) != policies.policies.map(\.statement) {
            differences.append("\(name): printed and parsed again, the policies differ")
        }
    }

    private mutating func check(_ json: JSON, policies: PolicySet, entities: Entities, _ name: String) throws {
        requests += 1
        let request = Request(
            principal: try EntityUID(cedarJSON: try #require(json["principal"])),
            action: try EntityUID(cedarJSON: try #require(json["action"])),
            resource: try EntityUID(cedarJSON: try #require(json["resource"])),
            context: try CedarRecord(cedarJSON: try #require(json["context"])))
        let response = Authorizer.authorize(request, policies: policies, entities: entities)
        let expected = Expectation(json)
        let found = Expectation(response)
        if response.decision == .allow { allowed += 1 }
        if !response.errors.isEmpty { errors += 1 }
        if found != expected {
            differences.append("\(name), \(json["description"]?.string ?? ""): expected \(expected), found \(found)")
        }
    }
}

private struct Expectation: Equatable {
    let decision: UTF8String?
    let reasons: Set<UTF8String>
    let errors: Set<UTF8String>

    init(_ json: JSON) {
        decision = json["decision"]?.string
        reasons = Set((json["reason"]?.array ?? []).compactMap(\.string))
        errors = Set((json["errors"]?.array ?? []).compactMap(\.string))
    }

    init(_ response: Response) {
        decision = UTF8String(response.decision.rawValue)
        reasons = Set(response.determiningPolicies)
        errors = Set(response.errors.map(\.policyID))
    }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Cedar

/// What the Rust implementation says of the policies, entities and requests of Cedar's own integration tests.
@Suite struct ValidationCorpusTests {
    private static let archive = TestFiles.shared("data/cedar/cedar-corpus.tar.gz")

    @Test(
        .enabled(if: archive != nil, "skipped: no data/cedar/cedar-corpus.tar.gz in WRIT_SHARED or ../shared"),
        .timeLimit(.minutes(15)))
    func `policies, entities and requests of Cedar's corpus are found valid or not as by Rust, for the same reasons`()
        async throws
    {
        let archive = try #require(Self.archive)
        let folder = FileManager.default.temporaryDirectory.appending(path: "cedar-corpus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
        }
        let status = try TestFiles.run(
            "/bin/tar",
            ["-xzf", archive.path, "-C", folder.path, "./corpus-tests", "./corpus-tests-validation"])
        try #require(status == 0)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "corpus-tests").path)
            .filter { $0.hasSuffix(".json") && !$0.contains(".entities.") }.sorted()

        let tally = try await withThrowingTaskGroup(of: Tally.self) { group in
            let workers = 2
            for worker in 0..<workers {
                group.addTask {
                    var tally = Tally()
                    for index in stride(from: worker, to: names.count, by: workers) {
                        try tally.run(names[index], in: folder)
                    }
                    return tally
                }
            }
            return try await group.reduce(into: Tally()) { $0.add($1) }
        }
        print("Cedar corpus, validation: \(tally)")
        for difference in tally.differences.prefix(20) { Issue.record("\(difference)") }
        #expect(tally.differences.isEmpty)
        #expect(tally.tests == 5943)
        #expect(tally.invalid == 1245)
        #expect(tally.explained == 5895)
        #expect(tally.errors > 2000 && tally.entities > 30_000)
        #expect(tally.requests == 47_544)
    }
}

private struct Tally: CustomStringConvertible {
    var tests = 0
    var invalid = 0
    var explained = 0
    var errors = 0
    var entities = 0
    var requests = 0
    var differences: [String] = []

    var description: String {
        "\(tests) tests, \(invalid) invalid; \(explained) with Rust's \(errors) errors; \(entities) entities, "
            + "\(requests) requests, \(differences.count) differences"
    }

    mutating func add(_ other: Tally) {
        tests += other.tests
        invalid += other.invalid
        explained += other.explained
        errors += other.errors
        entities += other.entities
        requests += other.requests
        differences += other.differences
    }

    mutating func run(_ name: String, in folder: URL) throws {
        tests += 1
        let test = try JSON(parsing: try TestFiles.bytes(folder.appending(path: "corpus-tests/\(name)")))
        func bytes(_ key: UTF8String) throws -> [UInt8] {
            try TestFiles.bytes(folder.appending(path: try #require(test[key]?.string).string))
        }
        let validator = Validator(try Schema(parsing: try bytes("schema")))
        let policies = try PolicySet.parse(
            [PolicyFile(name: "policies", bytes: try bytes("policies"))], naming: .position)
        let report = validator.report(on: policies)
        let shouldValidate = try #require(test["shouldValidate"]?.bool as Bool?)
        if !shouldValidate { invalid += 1 }
        if report.isValid != shouldValidate {
            differences.append("\(name): found \(report.isValid ? "valid" : "invalid")\n\(report)")
        }
        try compare(report, name, in: folder)

        let entities = try Entities(parsingCedarJSON: try bytes("entities"))
        self.entities += entities.count
        for error in validator.errors(in: entities) { differences.append("\(name): \(error)") }
        for json in try #require(test["requests"]?.array) {
            requests += 1
            let request = Request(
                principal: try EntityUID(cedarJSON: try #require(json["principal"])),
                action: try EntityUID(cedarJSON: try #require(json["action"])),
                resource: try EntityUID(cedarJSON: try #require(json["resource"])),
                context: try CedarRecord(cedarJSON: try #require(json["context"])))
            for error in validator.errors(in: request) { differences.append("\(name): \(error)") }
        }
    }

    /// Compares the codes of the errors with the kinds of Rust's, and what both name.
    private mutating func compare(_ report: ValidationReport, _ name: String, in folder: URL) throws {
        let path = "corpus-tests-validation/\(name.replacingOccurrences(of: ".json", with: ".validation.json"))"
        guard FileManager.default.fileExists(atPath: folder.appending(path: path).path) else { return }
        explained += 1
        let json = try JSON(parsing: try TestFiles.bytes(folder.appending(path: path)))
        for member in try #require(json["policyValidation"]?["perPolicy"]?.object).members {
            let messages = (member.value["strictErrors"]?.array ?? []).compactMap(\.string?.string)
            errors += messages.count
            let found = report[member.key].filter { $0.severity == .error }
            let expectedCodes = messages.map { RustMessage($0).code?.rawValue ?? $0 }
            let codes = found.map(\.code.rawValue)
            // Of these, Rust repeats the same words about one place.
            func counted(_ codes: [String]) -> [String] {
                codes.filter { $0 != "unknownAttribute" && $0 != "unguardedTag" }.sorted()
            }
            if Set(codes) != Set(expectedCodes) || counted(codes) != counted(expectedCodes) {
                differences.append("\(name), \(member.key): expected \(messages), found \(found)")
                continue
            }
            for message in messages.map(RustMessage.init) where !message.isToldBy(found) {
                differences.append("\(name), \(member.key): expected \(message.text), found \(found)")
            }
        }
    }
}

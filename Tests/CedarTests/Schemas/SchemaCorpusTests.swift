// SPDX-License-Identifier: Apache-2.0

import Foundation
import StrictJSON
import Testing

@testable import Cedar

/// The schemas of Cedar's own integration tests, where their archive is at hand.
@Suite struct SchemaCorpusTests {
    private static let archive = TestFiles.shared("data/cedar/cedar-corpus.tar.gz")

    @Test(
        .enabled(if: archive != nil, "skipped: no data/cedar/cedar-corpus.tar.gz in WRIT_SHARED or ../shared"),
        .timeLimit(.minutes(15)))
    func `every schema of the corpus is read, resolved and written, and translated as by Rust`() async throws {
        let archive = try #require(Self.archive)
        let folder = FileManager.default.temporaryDirectory.appending(path: "cedar-schemas-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do { try FileManager.default.removeItem(at: folder) } catch { print("left behind: \(folder.path)") }
        }
        let status = try TestFiles.run(
            "/bin/tar",
            [
                "-xzf", archive.path, "-C", folder.path, "--wildcards", "*.cedarschema", "*.cedarschema.json",
            ])
        try #require(status == 0)

        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects ?? []
        let schemas = files.compactMap { $0 as? URL }.filter { $0.pathExtension == "cedarschema" }
            .sorted { $0.path < $1.path }
        let generated = schemas.filter { $0.path.contains("/corpus-tests/") }
        let tally = try await run(schemas, translations: folder.appending(path: "corpus-tests-json-schemas"))
        print("Cedar schemas: \(schemas.count), of them \(tally.translations) with a translation by Rust")
        for difference in tally.differences.prefix(20) { Issue.record("\(difference)") }
        #expect(tally.differences.isEmpty)
        #expect(generated.count == 5943)
        #expect(schemas.count > generated.count)
        #expect(tally.translations == 5895)
    }

    private func run(_ schemas: [URL], translations: URL) async throws -> SchemaTally {
        let workers = 4
        return try await withThrowingTaskGroup(of: SchemaTally.self) { group in
            for worker in 0..<workers {
                group.addTask {
                    var tally = SchemaTally()
                    for index in stride(from: worker, to: schemas.count, by: workers) {
                        let name = schemas[index].lastPathComponent
                        try tally.run(schemas[index], translation: translations.appending(path: "\(name).json"))
                    }
                    return tally
                }
            }
            return try await group.reduce(into: SchemaTally()) { tally, part in
                tally.translations += part.translations
                tally.differences += part.differences
            }
        }
    }
}

/// What came of some schemas of the corpus.
private struct SchemaTally {
    var translations = 0
    var differences: [String] = []

    mutating func run(_ file: URL, translation: URL) throws {
        let name = UTF8String(file.lastPathComponent)
        do throws(SchemaErrors) {
            let fragment = try SchemaFragment(parsing: try bytes(file), file: name)
            let schema = try Schema([fragment])
            let json = try fragment.json
            let fromJSON = try SchemaFragment(parsing: json.serialized(), file: name, format: .json)
            if fromJSON != fragment { differences.append("\(name): read from its JSON, it differs") }
            let fromText = try SchemaFragment(parsing: try fragment.text, file: name)
            if fromText != fragment { differences.append("\(name): read from its own text, it differs") }
            guard FileManager.default.fileExists(atPath: translation.path) else { return }
            translations += 1
            try compare(json, schema, with: try JSON.parsed(try bytes(translation)), name)
        } catch { differences.append("\(error)") }
    }

    private func bytes(_ file: URL) throws(SchemaErrors) -> [UInt8] {
        do { return try TestFiles.bytes(file) } catch {
            throw SchemaErrors([SchemaError(.invalidJSON, "\(error)", file: UTF8String(file.path))])
        }
    }

    private mutating func compare(
        _ found: JSON, _ schema: Schema, with expected: JSON, _ name: UTF8String
    ) throws(SchemaErrors) {
        if found.sortedByKeys != expected.sortedByKeys {
            let shown = String(decoding: found.serialized(), as: UTF8.self).prefix(2000)
            differences.append("\(name): Rust translates it otherwise: \(shown)")
        }
        if try Schema([try SchemaFragment(expected, file: name)]) != schema {
            differences.append("\(name): the schema of Rust's translation differs")
        }
    }
}

extension JSON {
    fileprivate static func parsed(_ bytes: [UInt8]) throws(SchemaErrors) -> JSON {
        do throws(JSONError) { return try JSON(parsing: bytes, limits: JSONLimits(depthMax: 300)) } catch {
            throw SchemaErrors([SchemaError(.invalidJSON, "\(error)", file: "Rust's translation")])
        }
    }

    /// The same document with the members of every object in the order of their names, which neither form of a schema
    /// gives a meaning to. Nothing else is normalised before the comparison with Rust.
    fileprivate var sortedByKeys: JSON {
        switch self {
        case .object(let object):
            let members = object.members.map { JSONMember(key: $0.key, value: $0.value.sortedByKeys) }
            return .object(JSONObject(members.sorted { $0.key < $1.key }) ?? JSONObject())
        case .array(let elements): return .array(elements.map(\.sortedByKeys))
        default: return self
        }
    }
}
